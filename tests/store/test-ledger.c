/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "cs-store-pull.h"
#include "cs-store-review.h"

#include <string.h>

static GPtrArray *
new_page (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
}

static void
save_invoice (Practice *practice, const CsUuid *connection_id, CsLedgerInvoice *invoice)
{
  g_autoptr (GPtrArray) page = new_page ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (page, invoice);
  cs_store_save_invoices (practice->store, connection_id, page, NULL, &error);
  g_assert_no_error (error);
}

static void
test_invoice_round_trip (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsLedgerInvoice) sent = make_invoice ("i-1", "INV-1", FIXTURE_TODAY, 27629);
  g_autoptr (CsLedgerInvoice) found = NULL;
  g_autoptr (GBytes) details = cs_ledger_details_build (sent);
  g_autoptr (GBytes) canonical = NULL;
  g_autoptr (GError) error = NULL;
  const CsLedgerLine *line;
  const CsLedgerPayment *payment;

  canonical = cs_json_canonicalise (details, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (details, canonical)); /* as it is built */

  sent->due = CS_DATE_NONE; /* [V-16] */
  save_invoice (practice, &connection_id, g_steal_pointer (&sent));
  found = cs_store_get_invoice (practice->store, &connection_id, "i-1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->number, ==, "INV-1");
  g_assert_cmpstr (found->contact_name, ==, "<a href=x>R&D");
  g_assert_false (cs_date_is_set (found->due));
  g_assert_cmpint (found->status, ==, CS_LEDGER_AUTHORISED);
  g_assert_cmpint (found->total.minor, ==, 27629);
  g_assert_cmpint (found->balance.minor, ==, 27628);
  g_assert_cmpstr (found->total.currency.code, ==, "NZD");
  g_assert_cmpuint (found->n_lines, ==, 1);
  line = &found->lines[0];
  g_assert_cmpstr (line->description, ==, "Zwölf \"Monate\"\n");
  g_assert_cmpint (line->unit_price.units, ==, 1201250);
  g_assert_cmpint (line->amount.minor, ==, 24025);
  g_assert_cmpint (line->tax.minor, ==, 3604);
  g_assert_cmpuint (found->n_payments, ==, 1);
  payment = &found->payments[0];
  g_assert_cmpstr (payment->kind, ==, "payment");
  g_assert_cmpint (cs_date_compare (payment->date, FIXTURE_TODAY), ==, 0);

  g_assert_null (cs_store_get_invoice (practice->store, &connection_id, "i-2", &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
}

static void
test_invoice_order (Practice *practice, gconstpointer data)
{
  static const char *const sorted[] = { "i-3", "i-2", "i-1", "i-5" };
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsUuid other_id;
  CsLedgerInvoice *bill = make_invoice ("i-4", "BILL", FIXTURE_TODAY, 1);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  bill->is_sales = FALSE;
  save_invoice (practice, &connection_id, make_invoice ("i-1", "INV-1", FIXTURE_TODAY, 100));
  save_invoice (practice, &connection_id, make_invoice ("i-2", "INV-2", FIXTURE_TODAY, 100));
  save_invoice (practice, &connection_id,
                make_invoice ("i-3", "INV-0", cs_date_add_days (FIXTURE_TODAY, 1), 100));
  save_invoice (practice, &connection_id,
                make_invoice ("i-5", "INV-9", cs_date_add_days (FIXTURE_TODAY, -1), 100));
  save_invoice (practice, &connection_id, bill);
  other_id = practice_connect (practice, "tenant-2");
  save_invoice (practice, &other_id, make_invoice ("i-1", "INV-1", FIXTURE_TODAY, 999));
  list = cs_store_list_invoices (practice->store, &connection_id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (sorted));
  for (guint i = 0; i < list->len; i++)
    {
      const CsLedgerInvoice *invoice = g_ptr_array_index (list, i);

      g_assert_cmpstr (invoice->remote_id, ==, sorted[i]);
      g_assert_cmpint (invoice->total.minor, ==, 100);
      g_assert_cmpuint (invoice->n_lines, ==, 0);
    }
  /* By its index, without a sort. */
  g_assert_cmpint (
      practice_query (practice, "SELECT count(*) FROM sqlite_schema WHERE name = 'ledger_invoice_newest'"),
      ==, 1);
}

/* By the index that is named, without a sort. */
static void
assert_plan (Practice *practice, const char *where, const char *order, const char *index)
{
  sqlite3_stmt *row = NULL;
  g_autoptr (GString) plan = g_string_new (NULL);
  g_autofree char *statement = g_strdup_printf (
      "EXPLAIN QUERY PLAN SELECT remote_id, number FROM ledger_invoice WHERE %s %s", where, order);

  g_assert_cmpint (sqlite3_prepare_v2 (cs_sql_get_handle (practice->store->sql), statement, -1, &row, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (row) == SQLITE_ROW)
    g_string_append_printf (plan, "%s\n", (const char *)sqlite3_column_text (row, 3));
  sqlite3_finalize (row);
  g_assert_nonnull (strstr (plan->str, index));
  g_assert_null (strstr (plan->str, "TEMP B-TREE"));
}

static void
test_plan_of_list (Practice *practice, gconstpointer data)
{
  static const char newest[] = "ORDER BY date DESC, number DESC, rid";

  assert_plan (practice, "connection_id = ? AND is_sales = 1", newest, "ledger_invoice_newest");
  assert_plan (practice, "connection_id = ? AND contact_id = ? AND is_sales = 1", newest,
               "ledger_invoice_contact");
  /* Whether a number is taken is asked for each invoice that is made. */
  assert_plan (practice, "connection_id = ? AND number = ? COLLATE NOCASE AND is_sales = 1", "",
               "ledger_invoice_number");
  /* And after a restore, whether the ledger has one with our reference. */
  assert_plan (practice, "connection_id = ? AND reference = ? AND reference <> '' AND is_sales = 1", "",
               "ledger_invoice_reference");
}

static void
test_invoices_of_contact (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsLedgerInvoice *other = make_invoice ("i-3", "INV-3", FIXTURE_TODAY, 100);
  CsLedgerInvoice *bill = make_invoice ("i-4", "INV-4", FIXTURE_TODAY, 100);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&other->contact_id, "contact-2");
  bill->is_sales = FALSE;
  save_invoice (practice, &connection_id, make_invoice ("i-1", "INV-1", FIXTURE_TODAY, 100));
  save_invoice (practice, &connection_id, make_invoice ("i-2", "INV-2", FIXTURE_TODAY, 100));
  save_invoice (practice, &connection_id, other);
  save_invoice (practice, &connection_id, bill);
  found = cs_store_list_invoices_of_contact (practice->store, &connection_id, "contact-1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (((CsLedgerInvoice *)g_ptr_array_index (found, 0))->remote_id, ==, "i-2");
  g_assert_cmpstr (((CsLedgerInvoice *)g_ptr_array_index (found, 1))->remote_id, ==, "i-1");
  none = cs_store_list_invoices_of_contact (practice->store, &connection_id, "contact-9", &error);
  g_assert_cmpuint (none->len, ==, 0);
}

/* What was asked for earlier may arrive later. */
static void
test_older_state_loses (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsLedgerInvoice *newer = make_invoice ("i-1", "INV-1", FIXTURE_TODAY, 200);
  CsLedgerInvoice *older = make_invoice ("i-1", "INV-1", FIXTURE_TODAY, 100);
  CsLedgerInvoice *same = make_invoice ("i-1", "INV-1", FIXTURE_TODAY, 300);
  g_autoptr (CsLedgerInvoice) first = NULL;
  g_autoptr (CsLedgerInvoice) second = NULL;

  newer->updated_ms = same->updated_ms = 2000;
  older->updated_ms = 1000;
  save_invoice (practice, &connection_id, newer);
  save_invoice (practice, &connection_id, older);
  first = cs_store_get_invoice (practice->store, &connection_id, "i-1", NULL);
  g_assert_cmpint (first->total.minor, ==, 200);
  save_invoice (practice, &connection_id, same);
  second = cs_store_get_invoice (practice->store, &connection_id, "i-1", NULL);
  g_assert_cmpint (second->total.minor, ==, 300);
}

static void
assert_cursor (Practice *practice,
               const CsUuid *connection_id,
               const char *kind,
               gint64 high_water_ms,
               guint page)
{
  CsCursor cursor = { 1, 1 };

  g_assert_true (cs_store_get_cursor (practice->store, connection_id, kind, &cursor, NULL));
  g_assert_cmpint (cursor.high_water_ms, ==, high_water_ms);
  g_assert_cmpuint (cursor.page, ==, page);
}

/* Design.md section 4: a page and its cursor, or neither. */
static void
test_page_and_cursor (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsUuid unknown = cs_store_new_uuid (practice->store);
  g_autoptr (GPtrArray) good = new_page ();
  g_autoptr (GPtrArray) bad = new_page ();
  CsLedgerInvoice *mixed = make_invoice ("i-3", "INV-3", FIXTURE_TODAY, 100);
  const CsCursor first = { 1000, 2 };
  const CsCursor second = { 2000, 0 };
  g_autoptr (GError) error = NULL;

  assert_cursor (practice, &connection_id, "invoices", 0, 0);
  g_ptr_array_add (good, make_invoice ("i-1", "INV-1", FIXTURE_TODAY, 100));
  cs_store_save_invoices (practice->store, &connection_id, good, &first, &error);
  g_assert_no_error (error);
  assert_cursor (practice, &connection_id, "invoices", 1000, 2);
  assert_cursor (practice, &connection_id, "contacts", 0, 0);

  mixed->tax.currency = (CsCurrency){ "AUD" };
  g_ptr_array_add (bad, make_invoice ("i-2", "INV-2", FIXTURE_TODAY, 100));
  g_ptr_array_add (bad, mixed);
  g_assert_false (cs_store_save_invoices (practice->store, &connection_id, bad, &second, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  assert_cursor (practice, &connection_id, "invoices", 1000, 2);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM ledger_invoice"), ==, 1);

  g_assert_false (cs_store_save_invoices (practice->store, &unknown, good, &second, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID); /* no such connection */
}

static void
test_full_disk_within_page (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (GPtrArray) page = new_page ();
  const CsCursor cursor = { 1000, 2 };
  g_autofree char *limit = NULL;
  g_autofree char *big = g_strnfill (3000, 'x');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("i-%u", i);
      CsLedgerInvoice *invoice = make_invoice (id, id, FIXTURE_TODAY, 100);

      g_set_str (&invoice->reference, big);
      g_ptr_array_add (page, invoice);
    }
  limit = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT,
                           practice_query (practice, "PRAGMA page_count") + 20);
  g_assert_true (cs_sql_execute (practice->store->sql, limit, NULL));
  g_assert_false (cs_store_save_invoices (practice->store, &connection_id, page, &cursor, &error));
  assert_store_error (error, CS_STORE_ERROR_FULL);
  assert_cursor (practice, &connection_id, "invoices", 0, 0);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM ledger_invoice"), ==, 0);

  /* Once there is room, the same page goes in. */
  g_assert_true (cs_sql_execute (practice->store->sql, "PRAGMA max_page_count = 1073741823", NULL));
  g_assert_true (cs_store_save_invoices (practice->store, &connection_id, page, &cursor, &error));
  assert_cursor (practice, &connection_id, "invoices", 1000, 2);
  practice_assert_sound (practice);
}

static void
test_contacts (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  CsLedgerContact *merged = make_contact ("c-2", "Anahera", "");
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (CsLedgerContact) found = NULL;
  g_autoptr (GError) error = NULL;

  merged->is_archived = TRUE;
  g_set_str (&merged->merged_into, "c-1");
  g_ptr_array_add (page, make_contact ("c-3", "zoe", ""));
  g_ptr_array_add (page, make_contact ("c-1", "Zara", "z@example.com"));
  g_ptr_array_add (page, merged);
  g_assert_true (cs_store_save_contacts (practice->store, &connection_id, page, NULL, &error));
  list = cs_store_list_contacts (practice->store, &connection_id, &error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((CsLedgerContact *)g_ptr_array_index (list, 0))->name, ==, "Zara");
  found = cs_store_get_contact (practice->store, &connection_id, "c-2", &error);
  g_assert_no_error (error);
  g_assert_true (found->is_archived);
  g_assert_cmpstr (found->merged_into, ==, "c-1");
  g_assert_null (cs_store_get_contact (practice->store, &connection_id, "c-9", &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
}

static void
test_small_lists_replace (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (GError) error = NULL;

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GPtrArray) accounts
          = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_account_free);
      g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_tax_rate_free);
      g_autoptr (GPtrArray) found_accounts = NULL;
      g_autoptr (GPtrArray) found_rates = NULL;

      for (guint i = 0; i < 3 - round; i++)
        {
          CsLedgerAccount *account = cs_ledger_account_new ();
          CsLedgerTaxRate *rate = cs_ledger_tax_rate_new ();

          account->remote_id = (g_free (account->remote_id), g_strdup_printf ("a-%u", i));
          account->code = (g_free (account->code), g_strdup_printf ("%u", 300 - i));
          account->is_active = TRUE;
          g_ptr_array_add (accounts, account);
          rate->tax_type = (g_free (rate->tax_type), g_strdup_printf ("TYPE%u", i));
          rate->rate = CS_DECIMAL (15);
          rate->applies_to_revenue = TRUE;
          g_ptr_array_add (rates, rate);
        }
      g_assert_true (cs_store_save_accounts (practice->store, &connection_id, accounts, &error));
      g_assert_true (cs_store_save_tax_rates (practice->store, &connection_id, rates, &error));
      found_accounts = cs_store_list_accounts (practice->store, &connection_id, &error);
      found_rates = cs_store_list_tax_rates (practice->store, &connection_id, &error);
      g_assert_cmpuint (found_accounts->len, ==, 3 - round);
      g_assert_cmpuint (found_rates->len, ==, 3 - round);
      g_assert_cmpstr (((CsLedgerAccount *)g_ptr_array_index (found_accounts, 0))->code, ==,
                       round == 0 ? "298" : "299");
      g_assert_cmpint (((CsLedgerTaxRate *)g_ptr_array_index (found_rates, 0))->rate.units, ==, 150000);
      g_assert_true (((CsLedgerTaxRate *)g_ptr_array_index (found_rates, 0))->applies_to_revenue);
    }
}

/* What a full read did not find any more is told of the client that hangs on it, and of the invoice. */
static void
test_gone (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsClient) other = practice_add_client (practice, "Tui", "");
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  g_autoptr (GPtrArray) clients = NULL;
  g_autoptr (CsClient) found = NULL;
  g_autoptr (CsLedgerInvoice) invoice = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (contacts, make_contact ("c-1", "Kea", ""));
  g_ptr_array_add (contacts, make_contact ("c-2", "Tui", ""));
  g_assert_true (cs_store_save_contacts (practice->store, &connection_id, contacts, NULL, &error));
  save_invoice (practice, &connection_id, make_invoice ("i-1", "INV-1", FIXTURE_TODAY, 100));
  cs_store_link_client (practice->store, &client->id, &connection_id, "c-1", "person", &error);
  cs_store_link_client (practice->store, &other->id, &connection_id, "c-2", "person", &error);
  g_assert_no_error (error);
  g_assert_true (cs_sql_execute (practice->store->sql,
                                 "INSERT INTO ledger_gone (id, connection_id, kind, noticed_ms)"
                                 " SELECT id, connection_id, 'contacts', 77 FROM ledger_contact"
                                 " WHERE remote_id = 'c-1' UNION ALL"
                                 " SELECT id, connection_id, 'invoices', 78 FROM ledger_invoice",
                                 &error));
  found = cs_store_get_client (practice->store, &client->id, &error);
  g_assert_cmpint (found->contact_gone_ms, ==, 77);
  clients = cs_store_list_clients (practice->store, &error);
  g_assert_cmpuint (clients->len, ==, 2);
  g_assert_cmpint (((CsClient *)g_ptr_array_index (clients, 0))->contact_gone_ms, ==, 77);
  g_assert_cmpint (((CsClient *)g_ptr_array_index (clients, 1))->contact_gone_ms, ==, 0);
  invoice = cs_store_get_invoice (practice->store, &connection_id, "i-1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (invoice->gone_ms, ==, 78);
  listed = cs_store_list_invoices (practice->store, &connection_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((CsLedgerInvoice *)g_ptr_array_index (listed, 0))->gone_ms, ==, 78);
}

/* Whoever shows it is told, so that it reads it anew [K-9]. */
static void
test_gone_is_told (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsMirrorRange range = {
    .kind = "invoices", .from = CS_DATE_NONE, .before = CS_DATE_NONE, .run = 2, .changed_until_ms = G_MAXINT64
  };
  g_autoptr (CsInvoiceReading) before = NULL;
  g_autoptr (CsInvoiceReading) after = NULL;
  g_autoptr (GError) error = NULL;

  save_invoice (practice, &connection_id, make_invoice ("i-1", "INV-1", FIXTURE_TODAY, 100));
  before = cs_store_read_invoice_table (practice->store, &connection_id, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_true (cs_store_mark_gone (practice->store, &connection_id, &range, &error));
  g_assert_no_error (error);
  after = cs_store_read_invoice_table (practice->store, &connection_id, before->table, before->sequence,
                                       &error);
  g_assert_no_error (error);
  g_assert_nonnull (after->changed);
  g_assert_true (cs_row_set_has (after->changed, cs_invoice_table_get_key (before->table, 0)));
}

static void
save_contact (Practice *practice, const CsUuid *connection_id, const char *remote_id, gint64 updated_ms)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  CsLedgerContact *contact = make_contact (remote_id, remote_id, "");
  g_autoptr (GError) error = NULL;

  contact->updated_ms = updated_ms;
  g_ptr_array_add (page, contact);
  cs_store_save_contacts (practice->store, connection_id, page, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_mirror (Practice *practice,
               const CsUuid *connection_id,
               const CsMirrorRange *range,
               guint n,
               guint n_unseen)
{
  CsMirrorCount count;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_count_mirror (practice->store, connection_id, range, &count, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count.n, ==, n);
  g_assert_cmpuint (count.n_unseen, ==, n_unseen);
}

/* Contacts have no date: they are counted, and missed, by their last change, from a moment up to another. */
static void
test_contacts_by_change (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsMirrorRange range = { .kind = "contacts",
                          .from = CS_DATE_NONE,
                          .before = CS_DATE_NONE,
                          .changed_from_ms = 2000,
                          .changed_before_ms = 4000,
                          .run = 2,
                          .changed_until_ms = G_MAXINT64,
                          .needs_unseen = TRUE };
  g_autoptr (GError) error = NULL;

  save_contact (practice, &connection_id, "c-1", 1999);
  save_contact (practice, &connection_id, "c-2", 2000);
  save_contact (practice, &connection_id, "c-3", 3999);
  save_contact (practice, &connection_id, "c-4", 4000);
  assert_mirror (practice, &connection_id, &range, 2, 2);
  range.changed_from_ms = 0;
  assert_mirror (practice, &connection_id, &range, 3, 3);
  range.changed_before_ms = 0;
  assert_mirror (practice, &connection_id, &range, 4, 4);
  range.changed_from_ms = 2000;
  assert_mirror (practice, &connection_id, &range, 3, 3);
  range.changed_before_ms = 4000;
  g_assert_true (cs_store_mark_gone (practice->store, &connection_id, &range, &error));
  g_assert_no_error (error);
  assert_mirror (practice, &connection_id, &range, 0, 0);
  range.changed_from_ms = range.changed_before_ms = 0;
  assert_mirror (practice, &connection_id, &range, 2, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/ledger/invoice-round-trip", test_invoice_round_trip);
  ADD_TEST ("/store/ledger/invoice-order", test_invoice_order);
  ADD_TEST ("/store/ledger/invoice-list-plan", test_plan_of_list);
  ADD_TEST ("/store/ledger/invoices-of-contact", test_invoices_of_contact);
  ADD_TEST ("/store/ledger/older-state-loses", test_older_state_loses);
  ADD_TEST ("/store/ledger/page-and-cursor", test_page_and_cursor);
  ADD_TEST ("/store/ledger/full-disk-within-page", test_full_disk_within_page);
  ADD_TEST ("/store/ledger/contacts", test_contacts);
  ADD_TEST ("/store/ledger/contacts-by-change", test_contacts_by_change);
  ADD_TEST ("/store/ledger/small-lists-replace", test_small_lists_replace);
  ADD_TEST ("/store/ledger/gone", test_gone);
  ADD_TEST ("/store/ledger/gone-is-told", test_gone_is_told);
  return g_test_run ();
}
