/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "countersign-remote"
#include "config.h"

#include "cs-http.h"

#include "cs-http-check.h"
#include "cs-http-wire.h"
#include "cs-secret.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

struct _CsHttp
{
  gatomicrefcount references;
  CsHttpWire *wire;
  const CsClock *clock;
  CsHttpHooks hooks;
  CsHttpAuthorise authorise;
  gpointer authorise_data;
};

/* One call of cs_http_send(): the fiber's, and until it is over the caller's. */
typedef struct
{
  gatomicrefcount references;
  CsHttp *http;
  CsHttpRequest *request;
  CsRemoteFailure failed;
  CsRemoteFailure *failure; /* (nullable) (unowned) the caller's */
} Call;

/**
 * cs_http_new:
 * @loopback_only: a demo practice: this computer and nothing else; otherwise https and never this computer
 * @clock: (transfer none): outlives the object
 *
 * Returns: (transfer full): a pipeline without connections, hooks or token (design.md section 5)
 */
CsHttp *
cs_http_new (gboolean loopback_only, const CsClock *clock)
{
  CsHttp *http;

  g_return_val_if_fail (clock != NULL, NULL);

  http = g_new0 (CsHttp, 1);
  g_atomic_ref_count_init (&http->references);
  http->wire = cs_http_wire_new (loopback_only, clock);
  http->clock = clock;
  return http;
}

/** cs_http_ref: Returns: (transfer full): @http */
CsHttp *
cs_http_ref (CsHttp *http)
{
  g_return_val_if_fail (http != NULL, NULL);

  g_atomic_ref_count_inc (&http->references);
  return http;
}

/** cs_http_unref: closes the connections with the last reference. */
void
cs_http_unref (CsHttp *http)
{
  g_return_if_fail (http != NULL);

  if (!g_atomic_ref_count_dec (&http->references))
    return;
  cs_http_wire_free (http->wire);
  g_free (http);
}

/** cs_http_set_hooks: @hooks is copied; its data outlives the object. */
void
cs_http_set_hooks (CsHttp *http, const CsHttpHooks *hooks)
{
  g_return_if_fail (http != NULL);

  http->hooks = hooks != NULL ? *hooks : (CsHttpHooks){ 0 };
}

/** cs_http_set_authorise: where bearer tokens come from; @data outlives the object. */
void
cs_http_set_authorise (CsHttp *http, CsHttpAuthorise authorise, gpointer data)
{
  g_return_if_fail (http != NULL);

  http->authorise = authorise;
  http->authorise_data = data;
}

/** cs_http_set_timeout: how long a peer may be silent; all of an answer may take five times that. */
void
cs_http_set_timeout (CsHttp *http, guint seconds)
{
  g_return_if_fail (http != NULL);

  cs_http_wire_set_timeout (http->wire, seconds);
}

/** cs_http_get_signs: Returns: (transfer none): what the newest exchange told beside its answer */
const CsHttpSigns *
cs_http_get_signs (CsHttp *http)
{
  g_return_val_if_fail (http != NULL, NULL);

  return cs_http_wire_get_signs (http->wire);
}

static Call *
call_ref (Call *call)
{
  g_atomic_ref_count_inc (&call->references);
  return call;
}

static void
call_unref (gpointer data)
{
  Call *call = data;

  if (!g_atomic_ref_count_dec (&call->references))
    return;
  cs_http_unref (call->http);
  cs_http_request_free (call->request);
  cs_remote_failure_clear (&call->failed);
  g_free (call);
}

static gboolean
get_token (Call *call, gboolean stale, char **token, GError **error)
{
  CsHttp *http = call->http;

  if (call->request->anonymous)
    return TRUE;
  if (http->authorise == NULL)
    {
      /* Its link is gone, or never was: sent without a token it would be told that the sign-in is lost. */
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The connection was let go of");
      return FALSE;
    }
  cs_secret_clear (token);
  *token = cs_await_string (http->authorise (stale, http->authorise_data), error);
  return *token != NULL;
}

/* After a 401 with @token: another call may have refreshed it in the meantime; only the same one is stale. */
static gboolean
renew_token (Call *call, char **token, GError **error)
{
  CS_AUTO_SECRET char *refused = g_steal_pointer (token);

  if (!get_token (call, FALSE, token, error))
    return FALSE;
  return g_strcmp0 (refused, *token) != 0 || get_token (call, TRUE, token, error);
}

static void
give_back_permit (Call *call, const CsHttpResponse *response)
{
  const CsHttpHooks *hooks = &call->http->hooks;

  if (call->request->unpaced || hooks->acquire == NULL || hooks->answered == NULL)
    return;
  hooks->answered (response, hooks->data);
}

static gboolean
take_permit (Call *call, GError **error)
{
  const CsHttpHooks *hooks = &call->http->hooks;
  g_autoptr (DexFuture) permit = NULL;

  if (call->request->unpaced || hooks->acquire == NULL)
    return TRUE;
  permit = hooks->acquire (call->request->is_push, hooks->data);
  if (cs_await (dex_ref (permit), error))
    return TRUE;
  /* Given in the very moment in which we were stopped: it must not get lost. */
  if (dex_future_is_resolved (permit))
    give_back_permit (call, NULL);
  return FALSE;
}

/* design.md section 5, *record*: routes, since paths and queries carry names; never bodies, codes or tokens.
 */
static void
record (Call *call, gint64 started_us, const CsHttpResponse *response)
{
  const CsHttpHooks *hooks = &call->http->hooks;
  CsHttpRecord entry = {
    .at_ms = cs_clock_now_ms (call->http->clock),
    .method = call->request->method,
    .route = call->request->route,
    .status = response != NULL ? response->status : 0,
    .elapsed_ms = (g_get_monotonic_time () - started_us) / 1000,
    .bytes = response != NULL ? g_bytes_get_size (response->body) + response->file_bytes : 0,
    .correlation_id = response != NULL ? response->correlation_id : NULL,
    .is_push = call->request->is_push,
  };

  g_debug ("%s %s %u %" G_GINT64_FORMAT " ms %" G_GSIZE_FORMAT " bytes %s", entry.method, entry.route,
           entry.status, entry.elapsed_ms, entry.bytes,
           entry.correlation_id != NULL ? entry.correlation_id : "-");
  if (hooks->record != NULL)
    hooks->record (&entry, hooks->data);
}

/* Authorised already; one permit, one request, one answer. */
static CsHttpResponse *
exchange (Call *call, const char *token, GError **error)
{
  g_autoptr (CsHttpResponse) response = NULL;
  GError *cause = NULL;
  gboolean may_have_left = FALSE;
  gint64 started_us;

  if (!take_permit (call, error))
    return NULL;
  started_us = g_get_monotonic_time ();
  response = cs_http_wire_exchange (call->http->wire, call->request, token, &may_have_left, &cause);
  give_back_permit (call, response);
  record (call, started_us, response);
  if (response == NULL)
    g_propagate_error (error, cs_http_check_transport (call->request, may_have_left, cause));
  return g_steal_pointer (&response);
}

static void
note_failure (Call *call, const CsHttpResponse *response)
{
  cs_remote_failure_clear (&call->failed);
  if (response == NULL)
    return;
  call->failed.retry_after_ms = response->retry_after_ms;
  call->failed.correlation_id = g_strdup (response->correlation_id);
  call->failed.status = response->status;
}

/* A remote may echo what it got: its words go on screen without our secrets. */
static void
scrub (Call *call, const char *token, GError *error)
{
  CsHttpRequest *request = call->request;
  gsize size = 0;
  const char *body = NULL;
  g_autofree char *form = NULL;
  g_autoptr (GHashTable) fields = NULL;
  GHashTableIter iterator;
  gpointer value;

  cs_secret_scrub (&error->message, token);
  if (!request->anonymous || request->body == NULL)
    return;
  body = g_bytes_get_data (request->body, &size);
  form = g_strndup (body, size);
  fields = soup_form_decode (form);
  g_hash_table_iter_init (&iterator, fields);
  while (g_hash_table_iter_next (&iterator, NULL, &value))
    if (!g_str_has_prefix (value, "http") && !g_str_equal (value, "refresh_token")
        && !g_str_equal (value, "authorization_code"))
      cs_secret_scrub (&error->message, value);
}

/* authorise → pace → send → check → record, and once more with a fresh token after a 401 (2.7 rule 5). */
static CsHttpResponse *
run_call (Call *call, GError **error)
{
  CS_AUTO_SECRET char *token = NULL;

  if (!get_token (call, FALSE, &token, error))
    return NULL;
  for (gboolean is_second = FALSE;; is_second = TRUE)
    {
      g_autoptr (CsHttpResponse) response = exchange (call, token, error);
      g_autoptr (GError) refusal = NULL;
      gboolean token_stale = FALSE;

      if (response == NULL)
        return NULL;
      if (cs_http_check_response (call->request, response, &token_stale, &refusal))
        return g_steal_pointer (&response);
      if (!token_stale || is_second || token == NULL)
        {
          note_failure (call, response);
          scrub (call, token, refusal);
          g_propagate_error (error, g_steal_pointer (&refusal));
          return NULL;
        }
      if (!renew_token (call, &token, error))
        return NULL;
    }
}

static DexFuture *
call_fiber (gpointer data)
{
  GError *error = NULL;
  CsHttpResponse *response = run_call (data, &error);

  if (response == NULL)
    return cs_future_new_take_error (error);
  return cs_future_new_for_record (response, (GDestroyNotify)cs_http_response_free);
}

/* Runs only while the caller still holds the future, and so @failure. */
static DexFuture *
tell_failure (DexFuture *completed, gpointer data)
{
  Call *call = data;

  cs_remote_failure_clear (call->failure);
  if (dex_future_is_rejected (completed))
    {
      *call->failure = call->failed;
      call->failed = (CsRemoteFailure){ 0 };
    }
  return dex_ref (completed);
}

/**
 * cs_http_send_full:
 * @http: the pipeline
 * @request: (transfer full): what to send
 * @failure: (nullable): zeroed once by the caller; outlives the future
 *
 * Returns: (transfer full): of #CsHttpResponse; dropping it cancels
 */
DexFuture *
cs_http_send_full (CsHttp *http, CsHttpRequest *request, CsRemoteFailure *failure)
{
  Call *call;
  DexFuture *work;

  g_return_val_if_fail (http != NULL, NULL);
  g_return_val_if_fail (request != NULL && request->method != NULL && request->route != NULL, NULL);

  call = g_new0 (Call, 1);
  g_atomic_ref_count_init (&call->references);
  call->http = cs_http_ref (http);
  call->request = request;
  call->failure = failure;
  if (failure == NULL)
    return cs_spawn (call_fiber, call, call_unref);
  work = cs_spawn (call_fiber, call_ref (call), call_unref);
  return dex_future_finally (work, tell_failure, call, call_unref);
}

/** cs_http_send: as cs_http_send_full() where the error says enough. */
DexFuture *
cs_http_send (CsHttp *http, CsHttpRequest *request)
{
  return cs_http_send_full (http, request, NULL);
}
