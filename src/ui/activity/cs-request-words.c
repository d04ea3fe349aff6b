/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-request-words.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *method;
  const char *route;
  const char *words;
} CALLS[] = {
  { "GET", "/Organisation", N_ ("Read the organisation") },
  { "GET", "/Organisation/Actions", N_ ("Ask what this login may do") },
  { "GET", "/Contacts", N_ ("Read contacts") },
  { "GET", "/Contacts/{ContactNumber}", N_ ("Look for a contact of ours") },
  { "PUT", "/Contacts", N_ ("Create a contact") },
  { "POST", "/Contacts", N_ ("Change a contact") },
  { "GET", "/Invoices", N_ ("Read invoices") },
  { "GET", "/Invoices (by number)", N_ ("Look for an invoice of ours") },
  { "PUT", "/Invoices", N_ ("Create an invoice") },
  { "POST", "/Invoices", N_ ("Change an invoice") },
  { "GET", "/Payments", N_ ("Read payments") },
  { "GET", "/CreditNotes", N_ ("Read credit notes") },
  { "GET", "/Prepayments", N_ ("Read prepayments") },
  { "GET", "/Overpayments", N_ ("Read overpayments") },
  { "GET", "/Accounts", N_ ("Read accounts") },
  { "GET", "/TaxRates", N_ ("Read tax rates") },
  { "GET", "/TrackingCategories", N_ ("Read tracking categories") },
  { "GET", "/BrandingThemes", N_ ("Read branding themes") },
  { "GET", "/Items", N_ ("Read items") },
  { "GET", "/connections", N_ ("Ask which organisations are connected") },
  { "DELETE", "/connections/{id}", N_ ("Disconnect the organisation") },
  { "POST", "/connect/token", N_ ("Renew the permission") },
  { "POST", "/connect/revocation", N_ ("Give the permission back") },
};

/** cs_request_words_what: Returns: (transfer none): what was asked for */
const char *
cs_request_words_what (const CsRequest *request)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CALLS); i++)
    if (g_strcmp0 (CALLS[i].method, request->method) == 0 && g_strcmp0 (CALLS[i].route, request->route) == 0)
      return _ (CALLS[i].words);
  return g_str_equal (request->method, "GET") ? _ ("Read from Xero") : _ ("Write to Xero");
}

/** cs_request_words_route: Returns: (transfer full): "GET /Invoices" */
char *
cs_request_words_route (const CsRequest *request)
{
  return g_strdup_printf ("%s %s", request->method, request->route);
}

/** cs_request_words_cost: Returns: (transfer full): how long it took, and how much came */
char *
cs_request_words_cost (const CsRequest *request)
{
  g_autofree char *size = g_format_size ((guint64)MAX (request->bytes, 0));

  /* Translators: milliseconds, and a size such as "51.2 kB". */
  return g_strdup_printf (_ ("%'u ms · %s"), (guint)MAX (request->elapsed_ms, 0), size);
}

/** cs_request_words_answer: Returns: how it was answered */
CsPill
cs_request_words_answer (const CsRequest *request)
{
  if (request->status == 0)
    return (CsPill){ _ ("No answer"), "network-offline-symbolic", "warning" };
  if (request->status == 304)
    return (CsPill){ _ ("Nothing new"), "object-select-symbolic", "" };
  if (request->status < 400)
    return (CsPill){ _ ("Answered"), "object-select-symbolic", "success" };
  if (request->status == 401 || request->status == 403)
    return (CsPill){ _ ("Not allowed"), "dialog-password-symbolic", "warning" };
  if (request->status == 404)
    return (CsPill){ _ ("Not there"), "edit-find-symbolic", "" };
  if (request->status == 429)
    return (CsPill){ _ ("Too many calls"), "appointment-soon-symbolic", "warning" };
  if (request->status >= 500)
    return (CsPill){ _ ("Xero’s error"), "dialog-warning-symbolic", "warning" };
  return (CsPill){ _ ("Refused"), "dialog-error-symbolic", "error" };
}
