/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-call.h"

#include "cs-http-fetch.h"
#include "cs-xero-private.h"

static void
reading_free (gpointer data)
{
  CsXeroReading *reading = data;

  g_free (reading->text);
  g_free (reading);
}

static DexFuture *
decode (GBytes *body, gpointer data)
{
  CsXeroReading *reading = data;

  return reading->decode (body, reading);
}

static DexFuture *
none_if_not_found (DexFuture *failed, gpointer data)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (failed, &error);
  return g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_NOT_FOUND)
             ? cs_future_new_for_record (NULL, NULL)
             : dex_ref (failed);
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
  DexFuture *reply;

  request->service = "Xero";
  request->explain = cs_xero_explain;
  reply = cs_http_fetch (http, request, decode, g_memdup2 (&reading, sizeof reading), reading_free);
  return reading.none_if_not_found ? dex_future_catch (reply, none_if_not_found, NULL, NULL) : reply;
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
