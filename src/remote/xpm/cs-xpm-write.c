/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"

/* xpm.md section 4. No write has a key against doing it twice (7.1). */
static const struct
{
  const char *method;
  const char *route;
} operations[CS_XPM_N_OPERATIONS] = {
  [CS_XPM_ADD_CLIENT] = { "POST", "/client.api/add" },
  [CS_XPM_UPDATE_CLIENT] = { "PUT", "/client.api/update" },
  [CS_XPM_ADD_JOB] = { "POST", "/job.api/add" },
  [CS_XPM_APPLY_TEMPLATE] = { "POST", "/job.api/applytemplate" },
  [CS_XPM_ASSIGN] = { "PUT", "/job.api/assign" },
  [CS_XPM_SET_STATE] = { "PUT", "/job.api/state" },
};

/* While the caller, and so @failure, is there. */
typedef struct
{
  CsXpmOperation operation;
  CsRemoteFailure *failure; /* (nullable) (unowned) */
} Sending;

static DexFuture *
decode_client (const CsXmlElement *response)
{
  CsWorkClient *client = cs_xpm_decode_one_client (response, NULL);

  if (client == NULL)
    return cs_future_new_take_error (cs_xpm_unknown_outcome ());
  return cs_future_new_for_record (client, (GDestroyNotify)cs_work_client_free);
}

static DexFuture *
decode_job (const CsXmlElement *response)
{
  CsWorkJob *job = cs_xpm_decode_job (cs_xml_get_child (response, "Job"), NULL);

  if (job == NULL)
    return cs_future_new_take_error (cs_xpm_unknown_outcome ());
  return cs_future_new_for_record (job, (GDestroyNotify)cs_work_job_free);
}

/* What was made, or why not; never "perhaps" without saying so [U-19]. */
static DexFuture *
decode_answer (CsXpmOperation operation, GBytes *body)
{
  g_autoptr (CsXmlDocument) document = cs_xml_document_parse (body, NULL);
  const CsXmlElement *response;
  GError *error = NULL;

  if (document == NULL)
    return cs_future_new_take_error (cs_xpm_unknown_outcome ());
  response = cs_xml_document_get_root (document);
  if (!cs_xpm_check_envelope (response, TRUE, &error))
    return cs_future_new_take_error (error);
  if (operation == CS_XPM_ADD_CLIENT || operation == CS_XPM_UPDATE_CLIENT)
    return decode_client (response);
  if (operation == CS_XPM_ADD_JOB)
    return decode_job (response);
  return dex_future_new_for_boolean (TRUE);
}

/* A refusal inside a 200 is told as one outside. */
static DexFuture *
on_answered (DexFuture *completed, gpointer data)
{
  Sending *sending = data;
  g_autoptr (CsHttpResponse) response = NULL;
  const GValue *value = dex_future_get_value (completed, NULL);
  DexFuture *decoded;

  response = value != NULL ? cs_box_steal (g_value_get_boxed (value)) : NULL;
  if (response == NULL)
    return dex_ref (completed);
  decoded = decode_answer (sending->operation, response->body);
  if (dex_future_is_rejected (decoded) && sending->failure != NULL)
    {
      cs_remote_failure_clear (sending->failure);
      sending->failure->correlation_id = g_strdup (response->correlation_id);
      sending->failure->status = response->status;
    }
  return decoded;
}

/**
 * cs_xpm_send:
 * @xpm: the practice
 * @operation: what to do
 * @body: of the cs_xpm_encode function that belongs to it
 * @failure: (nullable): zeroed once by the caller; outlives the future
 *
 * Returns: (transfer full): as @operation says, else that it was done; REFUSED has Xero's own words;
 * UNKNOWN_OUTCOME when it may have been done, which only a probe tells
 */
DexFuture *
cs_xpm_send (CsXpm *xpm, CsXpmOperation operation, GBytes *body, CsRemoteFailure *failure)
{
  CsHttpRequest *request;
  Sending *sending;

  g_return_val_if_fail (xpm != NULL && body != NULL && (gsize)operation < CS_XPM_N_OPERATIONS, NULL);

  request = cs_xpm_request_new (xpm, operations[operation].method, operations[operation].route,
                                g_strconcat (xpm->api_url, operations[operation].route, NULL));
  request->body = g_bytes_ref (body);
  request->is_push = TRUE;
  sending = g_new0 (Sending, 1);
  sending->operation = operation;
  sending->failure = failure;
  return dex_future_then (cs_http_send_full (xpm->http, request, failure), on_answered, sending, g_free);
}
