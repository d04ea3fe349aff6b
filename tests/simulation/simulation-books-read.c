/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulation-books.h"

/* The books' lists and pages. */

#define CURRENCY ((CsCurrency){ "NZD" })

static gboolean
is_asked_for (const CsLedgerQuery *query, const char *remote_id, gint64 updated_ms, CsDate date)
{
  if (query->ids != NULL && !g_strv_contains (query->ids, remote_id))
    return FALSE;
  /* To the second, and not the second that is named (xero-accounting.md 5.3). */
  if (updated_ms < query->changed_from_ms
      || (query->changed_before_ms > 0 && updated_ms >= query->changed_before_ms))
    return FALSE;
  if (query->modified_since_ms > 0 && updated_ms / 1000 <= query->modified_since_ms / 1000)
    return FALSE;
  return (!cs_date_is_set (query->from) || cs_date_compare (date, query->from) >= 0)
         && (!cs_date_is_set (query->before) || cs_date_compare (date, query->before) < 0);
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_invoices (gconstpointer a, gconstpointer b, gpointer data)
{
  const CsLedgerInvoice *x = (*(BooksInvoice *const *)a)->record;
  const CsLedgerInvoice *y = (*(BooksInvoice *const *)b)->record;
  const CsLedgerQuery *query = data;
  int order = query->by_id          ? 0
              : query->newest_first ? cs_date_compare (y->date, x->date)
                                    : compare_numbers (x->updated_ms, y->updated_ms);

  return order != 0 ? order : g_strcmp0 (x->remote_id, y->remote_id);
}

static int
compare_contacts (gconstpointer a, gconstpointer b, gpointer data)
{
  const CsLedgerContact *x = &(*(BooksContact *const *)a)->record;
  const CsLedgerContact *y = &(*(BooksContact *const *)b)->record;
  const CsLedgerQuery *query = data;
  int order = query->by_id ? 0 : compare_numbers (x->updated_ms, y->updated_ms);

  return order != 0 ? order : g_strcmp0 (x->remote_id, y->remote_id);
}

static GPtrArray *
list_invoices (Books *books, const CsLedgerQuery *query)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < books->invoices->len; i++)
    {
      BooksInvoice *invoice = g_ptr_array_index (books->invoices, i);
      const CsLedgerInvoice *record = invoice->record;

      if (is_asked_for (query, record->remote_id, record->updated_ms, record->date)
          && (!query->open_only || record->status == CS_LEDGER_AUTHORISED))
        g_ptr_array_add (found, invoice);
    }
  g_ptr_array_sort_with_data (found, compare_invoices, (gpointer)query);
  return found;
}

static GPtrArray *
list_contacts (Books *books, const CsLedgerQuery *query)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < books->contacts->len; i++)
    {
      BooksContact *contact = g_ptr_array_index (books->contacts, i);

      if (is_asked_for (query, contact->record.remote_id, contact->record.updated_ms, CS_DATE_NONE))
        g_ptr_array_add (found, contact);
    }
  g_ptr_array_sort_with_data (found, compare_contacts, (gpointer)query);
  return found;
}

static gpointer
find_record (DexFuture *answer)
{
  const GValue *value = dex_future_get_value (answer, NULL);
  g_autoptr (CsBox) box = g_value_dup_boxed (value);

  dex_unref (answer);
  return cs_box_steal (box);
}

static void
fill_page (Books *books, const CsLedgerQuery *query, GPtrArray *found, CsLedgerPage *page)
{
  guint from = (MAX (query->page, 1) - 1) * books->page_size;
  gboolean are_contacts = query->kind == CS_LEDGER_KIND_CONTACTS;

  for (guint i = from; i < MIN (found->len, from + books->page_size); i++)
    {
      gpointer entry = g_ptr_array_index (found, i);

      if (are_contacts)
        {
          const BooksContact *contact = entry;

          page->high_water_ms = MAX (page->high_water_ms, contact->record.updated_ms);
          g_ptr_array_add (page->records, find_record (books_answer_contact (contact)));
        }
      else
        {
          const BooksInvoice *invoice = entry;

          page->high_water_ms = MAX (page->high_water_ms, invoice->record->updated_ms);
          g_ptr_array_add (page->records, find_record (books_answer_invoice (books, invoice)));
        }
    }
}

DexFuture *
books_read_page (Books *books, const CsLedgerQuery *query)
{
  CsLedgerPage *page = g_new0 (CsLedgerPage, 1);
  g_autoptr (GPtrArray) found = query->kind == CS_LEDGER_KIND_CONTACTS   ? list_contacts (books, query)
                                : query->kind == CS_LEDGER_KIND_INVOICES ? list_invoices (books, query)
                                                                         : g_ptr_array_new ();

  page->records = g_ptr_array_new_with_free_func (query->kind == CS_LEDGER_KIND_CONTACTS
                                                      ? (GDestroyNotify)cs_ledger_contact_free
                                                      : (GDestroyNotify)cs_ledger_invoice_free);
  page->page = MAX (query->page, 1);
  page->item_count = found->len;
  page->clock_ms = books->now_ms;
  page->page_count = (found->len + books->page_size - 1) / books->page_size;
  fill_page (books, query, found, page);
  return cs_future_new_for_record (page, (GDestroyNotify)cs_ledger_page_free);
}

static void
add_accounts (GPtrArray *list)
{
  CsLedgerAccount *account = cs_ledger_account_new ();

  g_ptr_array_set_free_func (list, (GDestroyNotify)cs_ledger_account_free);
  g_set_str (&account->code, "200");
  g_set_str (&account->remote_id, "account-200");
  g_set_str (&account->name, "Sales");
  g_set_str (&account->type, "REVENUE");
  g_set_str (&account->class_name, "REVENUE");
  g_set_str (&account->tax_type, "OUTPUT2");
  account->is_active = TRUE;
  g_ptr_array_add (list, account);
}

static void
add_tax_rates (GPtrArray *list)
{
  CsLedgerTaxRate *rate = cs_ledger_tax_rate_new ();

  g_ptr_array_set_free_func (list, (GDestroyNotify)cs_ledger_tax_rate_free);
  g_set_str (&rate->tax_type, "OUTPUT2");
  g_set_str (&rate->name, "15% GST on Income");
  rate->rate = CS_DECIMAL (15);
  rate->is_active = rate->applies_to_revenue = TRUE;
  g_ptr_array_add (list, rate);
}

DexFuture *
books_read_list (Books *books, CsLedgerListKind kind)
{
  GPtrArray *list = g_ptr_array_new ();

  if (kind == CS_LEDGER_LIST_ACCOUNTS)
    add_accounts (list);
  else if (kind == CS_LEDGER_LIST_TAX_RATES)
    add_tax_rates (list);
  return cs_future_new_for_array (list);
}

DexFuture *
books_get_organisation (Books *books)
{
  CsLedgerOrganisation *organisation = cs_ledger_organisation_new ();

  g_set_str (&organisation->remote_id, "organisation-1");
  g_set_str (&organisation->name, "Hikurangi Accounting");
  g_set_str (&organisation->short_code, "!abc12");
  organisation->currency = CURRENCY;
  g_set_str (&organisation->country_code, "NZ");
  g_set_str (&organisation->time_zone, "NEWZEALANDSTANDARDTIME");
  organisation->period_lock = organisation->year_lock = CS_DATE_NONE;
  return cs_future_new_for_record (organisation, (GDestroyNotify)cs_ledger_organisation_free);
}
