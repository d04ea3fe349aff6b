/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-call.h"

#include "cs-worker.h"
#include "cs-xero-private.h"

typedef struct
{
  CsHttp *http;
  CsHttpRequest *request;
  CsXeroReading reading;
} Fetch;

typedef struct
{
  CsXeroReading reading;
  GBytes *body;
} Decoding;

static void
decoding_free (gpointer data)
{
  Decoding *decoding = data;

  g_free (decoding->reading.text);
  g_bytes_unref (decoding->body);
  g_free (decoding);
}

static DexFuture *
decode_on_worker (gpointer data)
{
  Decoding *decoding = data;

  return decoding->reading.decode (decoding->body, &decoding->reading);
}

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  cs_http_unref (fetch->http);
  g_clear_pointer (&fetch->request, cs_http_request_free);
  g_free (fetch->reading.text);
  g_free (fetch);
}

static DexFuture *
fetch_fiber (gpointer data)
{
  Fetch *fetch = data;
  g_autoptr (CsHttpResponse) response = NULL;
  GError *error = NULL;
  Decoding *decoding;

  response = cs_await_record (cs_http_send (fetch->http, g_steal_pointer (&fetch->request)), &error);
  if (response == NULL && fetch->reading.none_if_not_found
      && g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      return cs_future_new_for_record (NULL, NULL);
    }
  if (response == NULL)
    return cs_future_new_take_error (error);
  decoding = g_new0 (Decoding, 1);
  decoding->reading = fetch->reading;
  decoding->reading.text = g_strdup (fetch->reading.text);
  decoding->body = g_bytes_ref (response->body);
  return cs_run_on_worker (decode_on_worker, decoding, decoding_free);
}

/**
 * cs_xero_call:
 * @http: sends it
 * @request: (transfer full): what to ask
 * @reading: what to do with the answer
 *
 * Returns: (transfer full): what @reading makes of it
 */
DexFuture *
cs_xero_call (CsHttp *http, CsHttpRequest *request, CsXeroReading reading)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  request->service = "Xero";
  request->explain = cs_xero_explain;
  fetch->http = cs_http_ref (http);
  fetch->request = request;
  fetch->reading = reading;
  return cs_spawn (fetch_fiber, fetch, fetch_free);
}

/**
 * cs_xero_request_new:
 * @xero: the organisation, which goes into the tenant header
 * @method: static
 * @route: static
 * @url: (transfer full): the address
 *
 * Returns: (transfer full): a request whose refusals are read as Xero's
 */
CsHttpRequest *
cs_xero_request_new (CsXero *xero, const char *method, const char *route, char *url)
{
  CsHttpRequest *request = cs_http_request_new (method, route);

  request->url = url;
  request->tenant_id = g_strdup (xero->tenant_id);
  request->service = "Xero";
  request->explain = cs_xero_explain;
  return request;
}
