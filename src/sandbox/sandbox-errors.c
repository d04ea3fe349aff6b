/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-errors.h"

#include "sandbox-actions.h"

void
sandbox_outcome_refuse (SandboxOutcome *outcome, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (outcome->errors, g_strdup_vprintf (format, arguments));
  va_end (arguments);
  if (outcome->result == SANDBOX_WRITE_OK)
    outcome->result = SANDBOX_WRITE_REFUSED;
}

void
sandbox_outcome_malformed (SandboxOutcome *outcome, const char *message)
{
  g_ptr_array_insert (outcome->errors, 0, g_strdup (message));
  outcome->result = SANDBOX_WRITE_MALFORMED;
}

void
sandbox_outcome_forbid (SandboxOutcome *outcome)
{
  outcome->result = SANDBOX_WRITE_FORBIDDEN;
}

gboolean
sandbox_id_check (SandboxOutcome *outcome, const char *id)
{
  if (id == NULL || g_uuid_string_is_valid (id))
    return TRUE;
  sandbox_outcome_malformed (outcome, "Unrecognized Guid format.");
  return FALSE;
}

static void
outcome_clear (gpointer data)
{
  SandboxOutcome *outcome = data;

  g_ptr_array_unref (outcome->errors);
  g_ptr_array_unref (outcome->warnings);
  if (outcome->free_record != NULL && outcome->record != NULL)
    outcome->free_record (outcome->record);
}

static void
write_messages (SandboxJson *json, const char *name, GPtrArray *messages)
{
  sandbox_json_open (json, name, '[');
  for (guint i = 0; i < messages->len; i++)
    {
      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "Message", messages->pdata[i]);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

static void
write_element (const SandboxCall *call,
               const SandboxOutcome *outcome,
               SandboxWriteMembers write_members,
               gboolean with_status,
               SandboxJson *json)
{
  gboolean refused = outcome->result != SANDBOX_WRITE_OK;
  const char *status = refused ? "ERROR" : outcome->warnings->len > 0 ? "WARNING" : "OK";

  sandbox_json_open (json, NULL, '{');
  if (outcome->record != NULL)
    write_members (call, outcome->record, json);
  if (with_status)
    {
      sandbox_json_string (json, "StatusAttributeString", status);
      sandbox_json_bool (json, "HasErrors", refused);
    }
  sandbox_json_bool (json, "HasValidationErrors", refused);
  if (refused)
    write_messages (json, "ValidationErrors", outcome->errors);
  if (outcome->warnings->len > 0)
    write_messages (json, "Warnings", outcome->warnings);
  sandbox_json_close (json, '}');
}

/* Without summarizeErrors=false one bad element makes a 400 that lists the bad ones alone; the good ones were
 * saved all the same and are not reported (xero-accounting 7.3: "treat as unknown"). */
static void
reply_with_exception (const SandboxCall *call, GArray *outcomes, SandboxWriteMembers write_members)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_integer (&json, "ErrorNumber", 10);
  sandbox_json_string (&json, "Type", "ValidationException");
  sandbox_json_string (&json, "Message", "A validation exception occurred");
  sandbox_json_open (&json, "Elements", '[');
  for (guint i = 0; i < outcomes->len; i++)
    {
      const SandboxOutcome *outcome = &g_array_index (outcomes, SandboxOutcome, i);

      if (outcome->result != SANDBOX_WRITE_OK)
        write_element (call, outcome, write_members, FALSE, &json);
    }
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_BAD_REQUEST, &json);
}

static void
reply_with_elements (const SandboxCall *call,
                     const char *plural,
                     GArray *outcomes,
                     SandboxWriteMembers write_members,
                     gboolean with_status)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_call_open_envelope (call, &json);
  sandbox_json_open (&json, plural, '[');
  for (guint i = 0; i < outcomes->len; i++)
    write_element (call, &g_array_index (outcomes, SandboxOutcome, i), write_members, with_status, &json);
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_OK, &json);
}

/* Applies one element; says whether it was readable at all. */
static gboolean
apply_element (const SandboxCall *call, yyjson_val *element, SandboxApply apply, GArray *outcomes)
{
  SandboxOutcome outcome = { SANDBOX_WRITE_OK, g_ptr_array_new_with_free_func (g_free),
                             g_ptr_array_new_with_free_func (g_free), NULL, NULL };

  if (yyjson_is_obj (element))
    apply (call, element, &outcome);
  else
    sandbox_outcome_malformed (&outcome, "JSON for an object was expected.");
  call->reply->changed |= outcome.result == SANDBOX_WRITE_OK;
  if (outcome.result == SANDBOX_WRITE_FORBIDDEN)
    sandbox_actions_refuse (call->reply);
  if (outcome.result == SANDBOX_WRITE_MALFORMED)
    sandbox_reply_exception (call->reply, 14, "PostDataInvalidException", outcome.errors->pdata[0]);
  g_array_append_val (outcomes, outcome);
  return outcome.result != SANDBOX_WRITE_MALFORMED && outcome.result != SANDBOX_WRITE_FORBIDDEN;
}

static GArray *
apply_all (const SandboxCall *call, const char *plural, yyjson_val *root, SandboxApply apply)
{
  g_autoptr (GArray) outcomes = g_array_new (FALSE, TRUE, sizeof (SandboxOutcome));
  yyjson_val *list = sandbox_json_get (root, plural);
  size_t i, n;
  yyjson_val *element;

  g_array_set_clear_func (outcomes, outcome_clear);
  if (list == NULL) /* a bare object is taken too (xero-accounting 1) */
    return apply_element (call, root, apply, outcomes) ? g_steal_pointer (&outcomes) : NULL;
  yyjson_arr_foreach (list, i, n, element) if (!apply_element (call, element, apply, outcomes)) return NULL;
  return g_steal_pointer (&outcomes);
}

static gboolean
any_refused (GArray *outcomes)
{
  gboolean refused = FALSE;

  for (guint i = 0; i < outcomes->len; i++)
    refused |= g_array_index (outcomes, SandboxOutcome, i).result != SANDBOX_WRITE_OK;
  return refused;
}

/* FALSE: one element is bad, so that none may be saved; the reply says so. */
static gboolean
rehearse (const SandboxCall *call,
          const char *plural,
          yyjson_val *root,
          SandboxApply apply,
          SandboxWriteMembers write_members)
{
  SandboxCall rehearsal = *call;
  g_autoptr (GArray) outcomes = NULL;

  rehearsal.rehearsal = TRUE;
  outcomes = apply_all (&rehearsal, plural, root, apply);
  call->reply->changed = FALSE;
  if (outcomes == NULL)
    return FALSE;
  if (!any_refused (outcomes))
    return TRUE;
  reply_with_exception (call, outcomes, write_members);
  return FALSE;
}

void
sandbox_write_elements (const SandboxCall *call,
                        const char *plural,
                        SandboxApply apply,
                        SandboxWriteMembers write_members)
{
  g_autoptr (yyjson_doc) document = sandbox_json_read (call->request->body, call->request->body_length);
  yyjson_val *root = document != NULL ? yyjson_doc_get_root (document) : NULL;
  const char *summarize = sandbox_request_query (call->request, "summarizeErrors");
  gboolean each = summarize != NULL && g_ascii_strcasecmp (summarize, "false") == 0;
  g_autoptr (GArray) outcomes = NULL;

  if (root == NULL)
    {
      sandbox_reply_exception (call->reply, 14, "PostDataInvalidException", "The body is not valid JSON.");
      return;
    }
  if (!each && !sandbox_call_assumes (call, SANDBOX_ASSUME_GOOD_ONES_SAVED)
      && !rehearse (call, plural, root, apply, write_members))
    return;
  outcomes = apply_all (call, plural, root, apply);
  if (outcomes == NULL)
    return;
  if (any_refused (outcomes) && !each)
    reply_with_exception (call, outcomes, write_members);
  else
    reply_with_elements (call, plural, outcomes, write_members, each);
}
