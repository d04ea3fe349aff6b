/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-invoices.h"

#include "sandbox-query.h"

#include <string.h>

#define ROWS_MAX 100000 /* xero-accounting 3.1 */

enum
{
  FIELD_ID,
  FIELD_NUMBER,
  FIELD_REFERENCE,
  FIELD_STATUS,
  FIELD_TYPE,
  FIELD_CONTACT_ID,
  FIELD_CONTACT_NAME,
  FIELD_CONTACT_NUMBER,
  FIELD_DATE,
  FIELD_DUE_DATE,
  FIELD_UPDATED,
  FIELD_AMOUNT_DUE,
  FIELD_AMOUNT_PAID,
  FIELD_TOTAL
};

static const SandboxFieldRule invoice_fields[]
    = { [FIELD_ID] = { "InvoiceID", SANDBOX_FIELD_TEXT },
        [FIELD_NUMBER] = { "InvoiceNumber", SANDBOX_FIELD_TEXT },
        [FIELD_REFERENCE] = { "Reference", SANDBOX_FIELD_TEXT },
        [FIELD_STATUS] = { "Status", SANDBOX_FIELD_TEXT },
        [FIELD_TYPE] = { "Type", SANDBOX_FIELD_TEXT },
        [FIELD_CONTACT_ID] = { "Contact.ContactID", SANDBOX_FIELD_TEXT },
        [FIELD_CONTACT_NAME] = { "Contact.Name", SANDBOX_FIELD_TEXT },
        [FIELD_CONTACT_NUMBER] = { "Contact.ContactNumber", SANDBOX_FIELD_TEXT },
        [FIELD_DATE] = { "Date", SANDBOX_FIELD_INSTANT },
        [FIELD_DUE_DATE] = { "DueDate", SANDBOX_FIELD_INSTANT },
        [FIELD_UPDATED] = { "UpdatedDateUTC", SANDBOX_FIELD_INSTANT },
        [FIELD_AMOUNT_DUE] = { "AmountDue", SANDBOX_FIELD_NUMBER },
        [FIELD_AMOUNT_PAID] = { "AmountPaid", SANDBOX_FIELD_NUMBER },
        [FIELD_TOTAL] = { "Total", SANDBOX_FIELD_NUMBER },
        { NULL } };

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

static SandboxFieldValue
invoice_value (gconstpointer row, guint field)
{
  const SandboxInvoice *invoice = row;

  switch (field)
    {
    case FIELD_ID:
      return text_value (invoice->id);
    case FIELD_NUMBER:
      return text_value (invoice->number);
    case FIELD_REFERENCE:
      return text_value (invoice->reference);
    case FIELD_STATUS:
      return text_value (sandbox_status_names[invoice->status]);
    case FIELD_TYPE:
      return text_value (invoice->bill ? "ACCPAY" : "ACCREC");
    case FIELD_CONTACT_ID:
      return text_value (invoice->contact->id);
    case FIELD_CONTACT_NAME:
      return text_value (invoice->contact->text[SANDBOX_CONTACT_NAME]);
    case FIELD_CONTACT_NUMBER:
      return text_value (invoice->contact->text[SANDBOX_CONTACT_NUMBER]);
    case FIELD_DATE:
      return day_value (invoice->day);
    case FIELD_DUE_DATE:
      return day_value (invoice->due_day);
    case FIELD_UPDATED:
      return number_value (invoice->updated_ms);
    case FIELD_AMOUNT_DUE:
      return number_value (sandbox_invoice_due (invoice) * 100);
    case FIELD_AMOUNT_PAID:
      return number_value (invoice->paid * 100);
    case FIELD_TOTAL:
      return number_value (invoice->total * 100);
    default:
      g_assert_not_reached ();
    }
}

static const SandboxQueryRules invoice_rules
    = { invoice_fields, invoice_value, "UpdatedDateUTC ASC, InvoiceID ASC" };

typedef struct
{
  const char *ids;
  const char *numbers;
  const char *contact_ids;
  const char *statuses;
  const char *client_id; /* createdByMyApp */
  char *search;          /* case-folded */
  gint64 since;
} Lists;

static gboolean
text_contains (const char *text, const char *folded)
{
  g_autofree char *candidate = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return candidate != NULL && strstr (candidate, folded) != NULL;
}

static gboolean
lists_match (const Lists *lists, const SandboxInvoice *invoice)
{
  return invoice->updated_ms >= lists->since && sandbox_list_has (lists->ids, invoice->id)
         && sandbox_list_has (lists->numbers, invoice->number)
         && sandbox_list_has (lists->contact_ids, invoice->contact->id)
         && sandbox_list_has (lists->statuses, sandbox_status_names[invoice->status])
         && (lists->client_id == NULL || g_strcmp0 (lists->client_id, invoice->created_by) == 0)
         && (lists->search == NULL || text_contains (invoice->number, lists->search)
             || text_contains (invoice->reference, lists->search));
}

static GPtrArray *
select_invoices (const SandboxCall *call, GError **error)
{
  const SandboxRequest *request = call->request;
  const char *search = sandbox_request_query (request, "searchTerm");
  g_autofree char *folded = search != NULL ? g_utf8_casefold (search, -1) : NULL;
  Lists lists = { sandbox_request_query (request, "IDs"),
                  sandbox_request_query (request, "InvoiceNumbers"),
                  sandbox_request_query (request, "ContactIDs"),
                  sandbox_request_query (request, "Statuses"),
                  sandbox_request_flag (request, "createdByMyApp") ? call->client_id : NULL,
                  folded,
                  sandbox_modified_since (call) };
  g_autoptr (SandboxFilter) filter
      = sandbox_filter_new (&invoice_rules, sandbox_request_query (request, "where"), error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  if (filter == NULL)
    return NULL;
  for (guint i = 0; i < call->organisation->invoices->len; i++)
    {
      SandboxInvoice *invoice = call->organisation->invoices->pdata[i];

      if (lists_match (&lists, invoice) && sandbox_filter_matches (filter, invoice))
        g_ptr_array_add (rows, invoice);
    }
  if (!sandbox_order_rows (&invoice_rules, sandbox_request_query (request, "order"), rows, error))
    return NULL;
  return g_steal_pointer (&rows);
}

static void
reply_with_rows (const SandboxCall *call, GPtrArray *rows)
{
  gboolean summary = sandbox_request_flag (call->request, "summaryOnly");
  gboolean forced = summary || sandbox_request_query (call->request, "Statuses") != NULL;
  SandboxPage page = sandbox_page_cut (call, forced, rows->len);
  SandboxInvoiceDetail detail = summary      ? SANDBOX_INVOICE_SUMMARY
                                : page.paged ? SANDBOX_INVOICE_FULL
                                             : SANDBOX_INVOICE_UNPAGED;
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_call_open_envelope (call, &json);
  sandbox_page_write (&page, rows->len, &json);
  sandbox_json_open (&json, "Invoices", '[');
  for (guint i = page.first; i < page.end; i++)
    {
      sandbox_json_open (&json, NULL, '{');
      sandbox_invoice_write (call, rows->pdata[i], detail, &json);
      sandbox_json_bool (&json, "HasErrors", FALSE);
      sandbox_json_close (&json, '}');
    }
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_OK, &json);
}

static void
get_list (const SandboxCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = select_invoices (call, &error);

  if (rows == NULL)
    sandbox_reply_exception (call->reply, 16, "QueryParseException", error->message);
  else if (rows->len > ROWS_MAX)
    sandbox_reply_exception (call->reply, 51, "HighVolumeException",
                             "The number of records exceeds 100,000. Narrow the request with a filter.");
  else
    reply_with_rows (call, rows);
}

static void
get_single (const SandboxCall *call)
{
  SandboxInvoice *invoice = sandbox_organisation_invoice (call->organisation, call->element);
  g_auto (SandboxJson) json = { NULL };

  if (invoice == NULL)
    invoice = sandbox_organisation_invoice_by_number (call->organisation, call->element);
  if (invoice == NULL)
    {
      sandbox_reply_not_found (call->reply);
      return;
    }
  sandbox_json_init (&json);
  sandbox_call_open_envelope (call, &json);
  sandbox_json_open (&json, "Invoices", '[');
  sandbox_json_open (&json, NULL, '{');
  sandbox_invoice_write (call, invoice, SANDBOX_INVOICE_FULL, &json);
  sandbox_json_bool (&json, "HasErrors", FALSE);
  sandbox_json_close (&json, '}');
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_OK, &json);
}

void
sandbox_invoices_get (const SandboxCall *call)
{
  if (call->action != NULL)
    sandbox_reply_not_found (call->reply);
  else if (call->element != NULL)
    get_single (call);
  else
    get_list (call);
}
