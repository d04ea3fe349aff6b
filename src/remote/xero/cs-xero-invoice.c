/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cs-xero-call.h"
#include "cs-xero-decode-private.h"

/* What is read of one invoice when a person asks: its history, and Xero's own PDF (xero-accounting.md 9.7).
 */

static char *
make_url (const CsXero *xero, const char *invoice_id, const char *action)
{
  g_autofree char *escaped = g_uri_escape_string (invoice_id, NULL, FALSE);

  return g_strconcat (xero->api_url, "/Invoices/", escaped, action, NULL);
}

static gpointer
decode_note (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerNote) note = cs_ledger_note_new ();

  cs_xero_take_text (&note->change, value, "Changes");
  cs_xero_take_text (&note->user, value, "User");
  cs_xero_take_text (&note->details, value, "Details");
  if (!cs_json_read_instant (value, "DateUTC", &note->at_ms, error))
    return NULL;
  return g_steal_pointer (&note);
}

static const CsXeroDecoder note_decoder
    = { "HistoryRecords", decode_note, NULL, (GDestroyNotify)cs_ledger_note_free };

static gint
compare_notes (gconstpointer a, gconstpointer b)
{
  const CsLedgerNote *one = *(CsLedgerNote *const *)a;
  const CsLedgerNote *other = *(CsLedgerNote *const *)b;

  return (one->at_ms < other->at_ms) - (one->at_ms > other->at_ms);
}

/** cs_xero_decode_history: Returns: (transfer full) (nullable): of #CsLedgerNote, the newest first */
GPtrArray *
cs_xero_decode_history (GBytes *body, GError **error)
{
  GPtrArray *notes = cs_xero_decode_records (body, &note_decoder, NULL, error);

  /* Xero has them so already; no word of its documents promises it. The sort keeps what is of one instant. */
  if (notes != NULL)
    g_ptr_array_sort (notes, compare_notes);
  return notes;
}

static DexFuture *
decode_history (GBytes *body, gconstpointer data)
{
  GError *error = NULL;
  GPtrArray *notes = cs_xero_decode_history (body, &error);

  return notes != NULL ? cs_future_new_for_array (notes) : cs_future_new_take_error (error);
}

/** cs_xero_read_history: Returns: (transfer full): array of #CsLedgerNote, the newest first; NOT_FOUND when
 * there is no such invoice */
DexFuture *
cs_xero_read_history (CsXero *xero, const char *invoice_id)
{
  g_return_val_if_fail (xero != NULL && invoice_id != NULL, NULL);

  return cs_xero_call (xero->http,
                       cs_xero_request_new (xero, "GET", "/Invoices/{InvoiceID}/History",
                                            make_url (xero, invoice_id, "/History")),
                       (CsXeroReading){ .decode = decode_history });
}

static DexFuture *
decode_pdf (GBytes *body, gconstpointer data)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data (body, &size);

  if (size < strlen ("%PDF-") || memcmp (bytes, "%PDF-", strlen ("%PDF-")) != 0)
    return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_BAD_REPLY,
                                  "What came for the invoice is no PDF");
  return cs_future_new_for_record (g_bytes_ref (body), (GDestroyNotify)g_bytes_unref);
}

/** cs_xero_get_invoice_pdf: Returns: (transfer full): of the #GBytes of a PDF, laid out by the invoice's
 * branding theme; NOT_FOUND when there is no such invoice */
DexFuture *
cs_xero_get_invoice_pdf (CsXero *xero, const char *invoice_id)
{
  CsHttpRequest *request;

  g_return_val_if_fail (xero != NULL && invoice_id != NULL, NULL);

  request = cs_xero_request_new (xero, "GET", "/Invoices/{InvoiceID}", make_url (xero, invoice_id, ""));
  request->accept = "application/pdf";
  return cs_xero_call (xero->http, request, (CsXeroReading){ .decode = decode_pdf });
}
