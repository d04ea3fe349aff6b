/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"

#include "cs-http-fetch.h"

static void
reading_free (gpointer data)
{
  CsXpmReading *reading = data;

  g_free (reading->text);
  g_free (reading);
}

static DexFuture *
decode (GBytes *body, gpointer data)
{
  CsXpmReading *reading = data;
  GError *error = NULL;
  g_autoptr (CsXmlDocument) document = cs_xml_document_parse (body, &error);

  if (document == NULL)
    return cs_future_new_take_error (cs_xpm_bad_reply (error));
  if (!cs_xpm_check_envelope (cs_xml_document_get_root (document), FALSE, &error))
    return cs_future_new_take_error (error);
  return reading->decode (cs_xml_document_get_root (document), reading->text);
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
  return cs_http_fetch (xpm->http, request, decode, g_memdup2 (&reading, sizeof reading), reading_free);
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
