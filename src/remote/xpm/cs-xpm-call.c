/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"

#include "cs-worker.h"

/* One call: ask, then decode on a worker. */
typedef struct
{
  CsHttp *http;
  CsHttpRequest *request;
  CsXpmReading reading;
} Fetch;

typedef struct
{
  CsXpmReading reading;
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
  GError *error = NULL;
  g_autoptr (CsXmlDocument) document = cs_xml_document_parse (decoding->body, &error);

  if (document == NULL)
    return cs_future_new_take_error (cs_xpm_bad_reply (error));
  if (!cs_xpm_check_envelope (cs_xml_document_get_root (document), FALSE, &error))
    return cs_future_new_take_error (error);
  return decoding->reading.decode (cs_xml_document_get_root (document), decoding->reading.text);
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
  if (response == NULL)
    return cs_future_new_take_error (error);
  decoding = g_new0 (Decoding, 1);
  decoding->reading = fetch->reading;
  fetch->reading.text = NULL;
  decoding->body = g_bytes_ref (response->body);
  return cs_run_on_worker (decode_on_worker, decoding, decoding_free);
}

/**
 * cs_xpm_call:
 * @xpm: the practice
 * @request: (transfer full): what to ask
 * @reading: what to do with the answer
 *
 * Returns: (transfer full): what @reading makes of it; REFUSED when the envelope says ERROR [U-19]
 */
DexFuture *
cs_xpm_call (CsXpm *xpm, CsHttpRequest *request, CsXpmReading reading)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->http = cs_http_ref (xpm->http);
  fetch->request = request;
  fetch->reading = reading;
  return cs_spawn (fetch_fiber, fetch, fetch_free);
}

/**
 * cs_xpm_request_new:
 * @xpm: the practice, which goes into the tenant header
 * @method: static
 * @route: static
 * @url: (transfer full): the address
 *
 * Returns: (transfer full): a request for XML whose refusals are read as Practice Manager's (xpm.md 1.1)
 */
CsHttpRequest *
cs_xpm_request_new (CsXpm *xpm, const char *method, const char *route, char *url)
{
  CsHttpRequest *request = cs_http_request_new (method, route);

  request->url = url;
  request->tenant_id = g_strdup (xpm->tenant_id);
  request->service = "Practice Manager";
  request->accept = "application/xml";
  request->content_type = "application/xml; charset=utf-8";
  request->explain = cs_xpm_explain;
  return request;
}
