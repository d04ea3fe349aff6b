/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero.h"

#include "cs-http-check.h"
#include "cs-xero-call.h"
#include "cs-xero-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The record that was made, or why not; never "perhaps" without saying so. */
static DexFuture *
decode_created (GBytes *body,
                const char *list,
                gpointer (*decode) (const CsJsonValue *, GError **),
                GDestroyNotify free_func)
{
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (body, NULL);
  const CsJsonValue *element;
  GError *error = NULL;
  gpointer record;

  if (document == NULL)
    return cs_future_new_take_error (cs_xero_unknown_outcome ());
  element = cs_xero_check_element (document, list, &error);
  if (element == NULL)
    return cs_future_new_take_error (error);
  record = decode (element, NULL);
  if (record == NULL)
    return cs_future_new_take_error (cs_xero_unknown_outcome ());
  return cs_future_new_for_record (record, free_func);
}

static DexFuture *
decode_created_contact (GBytes *body, gconstpointer data)
{
  return decode_created (body, "Contacts",
                         (gpointer (*) (const CsJsonValue *, GError **))cs_xero_decode_contact,
                         (GDestroyNotify)cs_ledger_contact_free);
}

static DexFuture *
decode_created_invoice (GBytes *body, gconstpointer data)
{
  return decode_created (body, "Invoices",
                         (gpointer (*) (const CsJsonValue *, GError **))cs_xero_decode_invoice,
                         (GDestroyNotify)cs_ledger_invoice_free);
}

static void
created_free (gpointer data)
{
  CsXeroReading *reading = data;

  g_free (reading);
}

/* A block, not a fiber: it runs only while the caller, and so @failure, is there. */
static DexFuture *
on_created (DexFuture *completed, gpointer data)
{
  CsXeroReading *reading = data;
  g_autoptr (CsHttpResponse) response = NULL;
  const GValue *value = dex_future_get_value (completed, NULL);

  response = value != NULL ? cs_box_steal (g_value_get_boxed (value)) : NULL;
  if (response == NULL)
    return dex_ref (completed);
  return reading->decode (response->body, reading);
}

/* PUT creates only: a POST would overwrite what has the number (section 4). */
static DexFuture *
create (CsXero *xero,
        const char *route,
        const char *options,
        GBytes *body,
        const char *idempotency_key,
        CsRemoteFailure *failure,
        DexFuture *(*decode) (GBytes *, gconstpointer))
{
  CsHttpRequest *request = cs_xero_request_new (
      xero, "PUT", route, g_strdup_printf ("%s%s?summarizeErrors=false%s", xero->api_url, route, options));
  CsXeroReading *reading = g_new0 (CsXeroReading, 1);

  request->body = g_bytes_ref (body);
  request->idempotency_key = g_strdup (idempotency_key);
  request->is_push = TRUE;
  reading->decode = decode;
  return dex_future_then (cs_http_send_full (xero->http, request, failure), on_created, reading,
                          created_free);
}

/**
 * cs_xero_create_contact:
 * @xero: the organisation
 * @body: of cs_xero_encode_contact()
 * @idempotency_key: (nullable): from the operation, not from the attempt
 * @failure: (nullable): outlives the future
 *
 * Returns: (transfer full): #CsLedgerContact; REFUSED has Xero's own words; UNKNOWN_OUTCOME when it may have
 * arrived
 */
DexFuture *
cs_xero_create_contact (CsXero *xero, GBytes *body, const char *idempotency_key, CsRemoteFailure *failure)
{
  g_return_val_if_fail (xero != NULL && body != NULL, NULL);

  return create (xero, "/Contacts", "", body, idempotency_key, failure, decode_created_contact);
}

/**
 * cs_xero_create_invoice:
 * @xero: the organisation
 * @body: of cs_xero_encode_invoice()
 * @idempotency_key: (nullable): from the operation, not from the attempt
 * @failure: (nullable): outlives the future
 *
 * Returns: (transfer full): #CsLedgerInvoice; REFUSED has Xero's own words; UNKNOWN_OUTCOME when it may have
 * arrived
 */
DexFuture *
cs_xero_create_invoice (CsXero *xero, GBytes *body, const char *idempotency_key, CsRemoteFailure *failure)
{
  g_return_val_if_fail (xero != NULL && body != NULL, NULL);

  return create (xero, "/Invoices", "&unitdp=4", body, idempotency_key, failure, decode_created_invoice);
}

static DexFuture *
decode_found_contact (GBytes *body, gconstpointer data)
{
  const CsXeroReading *reading = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) contacts = cs_xero_decode_contacts (body, NULL, &error);

  if (contacts == NULL)
    return cs_future_new_take_error (error);
  for (guint i = 0; i < contacts->len; i++)
    if (g_strcmp0 (((CsLedgerContact *)g_ptr_array_index (contacts, i))->contact_number, reading->text) == 0)
      return cs_future_new_for_record (g_ptr_array_steal_index (contacts, i),
                                       (GDestroyNotify)cs_ledger_contact_free);
  return cs_future_new_for_record (NULL, NULL);
}

/**
 * cs_xero_find_contact:
 * @xero: the organisation
 * @contact_number: ours
 *
 * GET /Contacts/{ContactNumber} (xero-accounting.md section 4).
 *
 * Returns: (transfer full): #CsLedgerContact, or %NULL when there is none
 */
DexFuture *
cs_xero_find_contact (CsXero *xero, const char *contact_number)
{
  g_autofree char *escaped = NULL;
  CsHttpRequest *request;

  g_return_val_if_fail (xero != NULL && contact_number != NULL && contact_number[0] != '\0', NULL);

  escaped = g_uri_escape_string (contact_number, NULL, FALSE);
  request = cs_xero_request_new (xero, "GET", "/Contacts/{ContactNumber}",
                                 g_strdup_printf ("%s/Contacts/%s", xero->api_url, escaped));
  request->is_push = TRUE;
  return cs_xero_call (xero->http, request,
                       (CsXeroReading){ .decode = decode_found_contact,
                                        .text = g_strdup (contact_number),
                                        .none_if_not_found = TRUE });
}

static gboolean
is_dead (const CsLedgerInvoice *invoice)
{
  return invoice->status == CS_LEDGER_DELETED || invoice->status == CS_LEDGER_VOIDED;
}

/* The sales invoice of exactly this number; one that lives, if there are several. */
static DexFuture *
decode_found_invoice (GBytes *body, gconstpointer data)
{
  const CsXeroReading *reading = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) invoices = cs_xero_decode_invoices (body, NULL, &error);
  guint found = G_MAXUINT;

  if (invoices == NULL)
    return cs_future_new_take_error (error);
  for (guint i = 0; i < invoices->len; i++)
    {
      const CsLedgerInvoice *invoice = g_ptr_array_index (invoices, i);

      if (invoice->is_sales && g_strcmp0 (invoice->number, reading->text) == 0
          && (found == G_MAXUINT || !is_dead (invoice)))
        found = i;
    }
  if (found == G_MAXUINT)
    return cs_future_new_for_record (NULL, NULL);
  return cs_future_new_for_record (g_ptr_array_steal_index (invoices, found),
                                   (GDestroyNotify)cs_ledger_invoice_free);
}

/**
 * cs_xero_find_invoice:
 * @xero: the organisation
 * @invoice_number: ours, without a comma
 *
 * GET /Invoices?InvoiceNumbers=, then the exact match (xero-accounting.md section 4).
 *
 * Returns: (transfer full): #CsLedgerInvoice, or %NULL when there is none
 */
DexFuture *
cs_xero_find_invoice (CsXero *xero, const char *invoice_number)
{
  g_autofree char *escaped = NULL;
  CsHttpRequest *request;
  char *url;

  g_return_val_if_fail (xero != NULL && invoice_number != NULL && invoice_number[0] != '\0', NULL);

  if (strchr (invoice_number, ',') != NULL)
    return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED,
                                  _ ("An invoice number with a comma in it can’t be looked up in Xero."));
  escaped = g_uri_escape_string (invoice_number, NULL, FALSE);
  url = g_strdup_printf ("%s/Invoices?InvoiceNumbers=%s&page=1&pageSize=%d&unitdp=4", xero->api_url, escaped,
                         CS_XERO_PAGE_SIZE);
  request = cs_xero_request_new (xero, "GET", "/Invoices (by number)", url);
  request->is_push = TRUE;
  return cs_xero_call (xero->http, request,
                       (CsXeroReading){ .decode = decode_found_invoice, .text = g_strdup (invoice_number) });
}
