/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-http.h"

/**
 * cs_http_request_new:
 * @method: (transfer none): "GET", "PUT" …; static
 * @route: (transfer none): what the record calls it; static
 *
 * Returns: (transfer full): a request to fill and hand to cs_http_send(); anything but GET counts as a write
 */
CsHttpRequest *
cs_http_request_new (const char *method, const char *route)
{
  CsHttpRequest *request = g_new0 (CsHttpRequest, 1);

  request->method = method;
  request->route = route;
  request->is_write = g_strcmp0 (method, "GET") != 0;
  return request;
}

/** cs_http_request_free: frees the request and what it owns. */
void
cs_http_request_free (CsHttpRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->url);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request->idempotency_key);
  g_free (request->tenant_id);
  g_free (request);
}

/** cs_http_response_free: frees the answer. */
void
cs_http_response_free (CsHttpResponse *response)
{
  if (response == NULL)
    return;
  g_clear_pointer (&response->body, g_bytes_unref);
  g_clear_object (&response->file);
  g_free (response->content_type);
  g_free (response->challenge);
  g_free (response->correlation_id);
  g_free (response);
}

/** cs_remote_failure_clear: empties the record, which must have been zeroed once. */
void
cs_remote_failure_clear (CsRemoteFailure *failure)
{
  g_return_if_fail (failure != NULL);

  g_clear_pointer (&failure->correlation_id, g_free);
  failure->retry_after_ms = 0;
  failure->status = 0;
}
