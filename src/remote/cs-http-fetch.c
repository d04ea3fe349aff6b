/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-http-fetch.h"

#include "cs-worker.h"

typedef struct
{
  CsHttpDecode decode;
  gpointer data;
  GDestroyNotify free_data;
  GBytes *body;
} Decoding;

typedef struct
{
  CsHttp *http;
  CsHttpRequest *request;
  Decoding *decoding;
} Fetch;

static void
decoding_free (gpointer data)
{
  Decoding *decoding = data;

  if (decoding->free_data != NULL)
    decoding->free_data (decoding->data);
  g_clear_pointer (&decoding->body, g_bytes_unref);
  g_free (decoding);
}

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  cs_http_unref (fetch->http);
  g_clear_pointer (&fetch->request, cs_http_request_free);
  g_clear_pointer (&fetch->decoding, decoding_free);
  g_free (fetch);
}

static DexFuture *
decode_on_worker (gpointer data)
{
  Decoding *decoding = data;

  return decoding->decode (decoding->body, decoding->data);
}

static DexFuture *
fetch_fiber (gpointer data)
{
  Fetch *fetch = data;
  g_autoptr (CsHttpResponse) response = NULL;
  GError *error = NULL;

  response = cs_await_record (cs_http_send (fetch->http, g_steal_pointer (&fetch->request)), &error);
  if (response == NULL)
    return cs_future_new_take_error (error);
  fetch->decoding->body = g_bytes_ref (response->body);
  return cs_run_on_worker (decode_on_worker, g_steal_pointer (&fetch->decoding), decoding_free);
}

/**
 * cs_http_fetch:
 * @http: sends it
 * @request: (transfer full): what to ask
 * @decode: what to do with the body of the answer
 * @data: (transfer full): for @decode
 * @free_data: (nullable): frees @data, on whichever thread was last with it
 *
 * One call of an adapter: ask, then decode on a worker.
 *
 * Returns: (transfer full): what @decode makes of the answer; else what cs_http_send() refused with
 */
DexFuture *
cs_http_fetch (CsHttp *http,
               CsHttpRequest *request,
               CsHttpDecode decode,
               gpointer data,
               GDestroyNotify free_data)
{
  Fetch *fetch;

  g_return_val_if_fail (http != NULL && request != NULL && decode != NULL, NULL);

  fetch = g_new0 (Fetch, 1);
  fetch->http = cs_http_ref (http);
  fetch->request = request;
  fetch->decoding = g_new0 (Decoding, 1);
  *fetch->decoding = (Decoding){ .decode = decode, .data = data, .free_data = free_data };
  return cs_spawn (fetch_fiber, fetch, fetch_free);
}
