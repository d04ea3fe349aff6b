/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-invoices.h"

#include "sandbox-actions.h"
#include "sandbox-documents.h"
#include "sandbox-notes.h"
#include "sandbox-pdf.h"

#include <string.h>

#define EQUAL SANDBOX_FAST_EQUAL
#define RANGE (SANDBOX_FAST_EQUAL | SANDBOX_FAST_RANGE)

/* What is optimised: xero-accounting 5.5; what to order by: 5.2. */
static const SandboxFieldRule invoice_fields[] = {
  [SANDBOX_FIELD_ID] = { "InvoiceID", SANDBOX_FIELD_TEXT, EQUAL | SANDBOX_FAST_OR | SANDBOX_FAST_ORDER },
  [SANDBOX_FIELD_DOCUMENT_NUMBER] = { "InvoiceNumber", SANDBOX_FIELD_TEXT, EQUAL },
  [SANDBOX_FIELD_REFERENCE] = { "Reference", SANDBOX_FIELD_TEXT, EQUAL },
  [SANDBOX_FIELD_STATUS] = { "Status", SANDBOX_FIELD_TEXT, EQUAL },
  [SANDBOX_FIELD_TYPE] = { "Type", SANDBOX_FIELD_TEXT, EQUAL },
  [SANDBOX_FIELD_CONTACT_ID] = { "Contact.ContactID", SANDBOX_FIELD_TEXT, EQUAL },
  [SANDBOX_FIELD_CONTACT_NAME] = { "Contact.Name", SANDBOX_FIELD_TEXT, EQUAL },
  [SANDBOX_FIELD_CONTACT_NUMBER] = { "Contact.ContactNumber", SANDBOX_FIELD_TEXT, EQUAL },
  [SANDBOX_FIELD_DATE] = { "Date", SANDBOX_FIELD_INSTANT, RANGE | SANDBOX_FAST_ORDER },
  [SANDBOX_FIELD_DUE_DATE] = { "DueDate", SANDBOX_FIELD_INSTANT, RANGE },
  [SANDBOX_FIELD_UPDATED] = { "UpdatedDateUTC", SANDBOX_FIELD_INSTANT, SANDBOX_FAST_ORDER },
  [SANDBOX_FIELD_AMOUNT_DUE] = { "AmountDue", SANDBOX_FIELD_NUMBER, RANGE },
  [SANDBOX_FIELD_AMOUNT_PAID] = { "AmountPaid", SANDBOX_FIELD_NUMBER, EQUAL },
  [SANDBOX_FIELD_AMOUNT_CREDITED] = { "AmountCredited", SANDBOX_FIELD_NUMBER, 0 },
  [SANDBOX_FIELD_TOTAL] = { "Total", SANDBOX_FIELD_NUMBER, 0 },
  [SANDBOX_FIELD_CURRENCY] = { "CurrencyCode", SANDBOX_FIELD_TEXT, 0 },
  { NULL, SANDBOX_FIELD_TEXT, 0 },
};

static SandboxFieldValue
text_value (const char *text)
{
  return (SandboxFieldValue){ .text = text };
}

static SandboxFieldValue
number_value (gint64 number)
{
  return (SandboxFieldValue){ .number = number };
}

static SandboxFieldValue
day_value (int day)
{
  return number_value (day == SANDBOX_NO_DAY ? G_MININT64 : day * SANDBOX_DAY_MS);
}

SandboxFieldValue
sandbox_document_value (gconstpointer row, guint field)
{
  const SandboxInvoice *document = row;

  switch (field)
    {
    case SANDBOX_FIELD_ID:
      return text_value (document->id);
    case SANDBOX_FIELD_DOCUMENT_NUMBER:
      return text_value (document->number);
    case SANDBOX_FIELD_REFERENCE:
      return text_value (document->reference);
    case SANDBOX_FIELD_STATUS:
      return text_value (sandbox_status_names[document->status]);
    case SANDBOX_FIELD_TYPE:
      return text_value (sandbox_document_names[document->kind].types[document->bill]);
    case SANDBOX_FIELD_CONTACT_ID:
      return text_value (document->contact->id);
    case SANDBOX_FIELD_CONTACT_NAME:
      return text_value (document->contact->text[SANDBOX_CONTACT_NAME]);
    case SANDBOX_FIELD_CONTACT_NUMBER:
      return text_value (document->contact->text[SANDBOX_CONTACT_NUMBER]);
    case SANDBOX_FIELD_DATE:
      return day_value (document->day);
    case SANDBOX_FIELD_DUE_DATE:
      return day_value (document->due_day);
    case SANDBOX_FIELD_UPDATED:
      return number_value (document->updated_ms);
    case SANDBOX_FIELD_AMOUNT_DUE:
      return number_value (sandbox_invoice_due (document) * 100);
    case SANDBOX_FIELD_AMOUNT_PAID:
      return number_value (document->paid * 100);
    case SANDBOX_FIELD_AMOUNT_CREDITED:
      return number_value (document->credited * 100);
    case SANDBOX_FIELD_TOTAL:
      return number_value (document->total * 100);
    case SANDBOX_FIELD_CURRENCY:
      return text_value (document->currency);
    default:
      g_assert_not_reached ();
    }
}

typedef struct
{
  GHashTable *ids;
  GHashTable *numbers;
  GHashTable *contact_ids;
  GHashTable *statuses;
  const char *client_id; /* createdByMyApp */
  char *search;          /* folded */
} Choice;

static void
choice_clear (Choice *choice)
{
  g_clear_pointer (&choice->ids, g_hash_table_unref);
  g_clear_pointer (&choice->numbers, g_hash_table_unref);
  g_clear_pointer (&choice->contact_ids, g_hash_table_unref);
  g_clear_pointer (&choice->statuses, g_hash_table_unref);
  g_free (choice->search);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choice, choice_clear)

static gboolean
matches (gconstpointer record, gconstpointer data)
{
  const SandboxInvoice *invoice = record;
  const Choice *choice = data;

  return sandbox_list_names (choice->ids, invoice->id)
         && sandbox_list_names (choice->numbers, invoice->number)
         && sandbox_list_names (choice->contact_ids, invoice->contact->id)
         && sandbox_list_names (choice->statuses, sandbox_status_names[invoice->status])
         && (choice->client_id == NULL || g_strcmp0 (choice->client_id, invoice->created_by) == 0)
         && (choice->search == NULL || sandbox_text_contains (invoice->number, choice->search)
             || sandbox_text_contains (invoice->reference, choice->search));
}

static void
write_invoice (const SandboxCall *call, gconstpointer record, SandboxDetail detail, SandboxJson *json)
{
  sandbox_document_write (call, record, detail, json);
  sandbox_json_bool (json, "HasErrors", FALSE);
}

static const SandboxListing listing = {
  "Invoices", SANDBOX_LIST_INVOICES, { invoice_fields, sandbox_document_value }, write_invoice, matches,
};

static void
get_list (const SandboxCall *call)
{
  const SandboxRequest *request = call->request;
  const char *search = sandbox_request_query (request, "searchTerm");
  g_auto (Choice) choice = { sandbox_list_parameter (call, "IDs"),
                             sandbox_list_parameter (call, "InvoiceNumbers"),
                             sandbox_list_parameter (call, "ContactIDs"),
                             sandbox_list_parameter (call, "Statuses"),
                             sandbox_request_flag (request, "createdByMyApp") ? call->client_id : NULL,
                             search != NULL ? sandbox_text_fold (search) : NULL };
  gboolean chosen = choice.ids != NULL || choice.numbers != NULL || choice.contact_ids != NULL
                    || choice.statuses != NULL || choice.client_id != NULL || choice.search != NULL;

  sandbox_list_serve (call, &listing, chosen ? &choice : NULL,
                      choice.statuses != NULL || sandbox_request_flag (request, "summaryOnly"));
}

/* Xero gives the address of a page in the browser; not for a draft (xero-accounting 9.7). */
static void
get_online_invoice (const SandboxCall *call, const SandboxInvoice *invoice)
{
  g_autofree char *address = g_strdup_printf ("https://in.xero.example/%s", invoice->id);
  g_auto (SandboxJson) json = { NULL };

  if (invoice->bill || invoice->status == SANDBOX_STATUS_DRAFT)
    {
      sandbox_reply_not_found (call->reply);
      return;
    }
  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_open (&json, "OnlineInvoices", '[');
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_string (&json, "OnlineInvoiceUrl", address);
  sandbox_json_close (&json, '}');
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_OK, &json);
}

static void
serve_action (const SandboxCall *call)
{
  const SandboxInvoice *invoice
      = sandbox_organisation_document (call->organisation, SANDBOX_LIST_INVOICES, call->element);

  if (invoice == NULL || call->part != NULL)
    sandbox_reply_not_found (call->reply);
  else if (g_ascii_strcasecmp (call->action, "History") == 0)
    sandbox_notes_serve_invoice (call, invoice);
  else if (g_ascii_strcasecmp (call->action, "OnlineInvoice") == 0
           && sandbox_request_is (call->request, "GET"))
    get_online_invoice (call, invoice);
  else
    sandbox_reply_not_found (call->reply);
}

static void
get_one (const SandboxCall *call)
{
  const SandboxInvoice *invoice
      = sandbox_organisation_document (call->organisation, SANDBOX_LIST_INVOICES, call->element);

  if (invoice != NULL && sandbox_pdf_is_asked_for (call->request))
    sandbox_pdf_serve (call, invoice);
  else
    sandbox_list_serve_single (call, &listing, invoice);
}

void
sandbox_invoices_serve (const SandboxCall *call)
{
  gboolean is_get = sandbox_request_is (call->request, "GET");

  if (is_get && !sandbox_actions_allow (call, SANDBOX_ACTION_VIEW_INVOICES))
    sandbox_actions_refuse (call->reply);
  else if (call->action != NULL)
    serve_action (call);
  else if (is_get && call->element == NULL)
    get_list (call);
  else if (is_get)
    get_one (call);
  else if (!sandbox_call_is_write (call))
    sandbox_reply_not_implemented (call->reply);
  else if (call->element != NULL && sandbox_request_is (call->request, "PUT"))
    sandbox_reply_not_found (call->reply);
  else
    sandbox_documents_write (call, SANDBOX_LIST_INVOICES);
}
