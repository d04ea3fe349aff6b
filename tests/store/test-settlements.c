/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <string.h>

/* Payments and credits, what they make stale, merges, summaries, and the short lists that shape an invoice.
 */

#define BEFORE_MS (FIXTURE_NOW_MS - 1000)
#define AFTER_MS (FIXTURE_NOW_MS + 1000)

static CsLedgerSettlement *
make_settlement (const char *kind, const char *remote_id, gint64 updated_ms, const char *invoice_ids)
{
  CsLedgerSettlement *settlement = cs_ledger_settlement_new ();

  g_set_str (&settlement->remote_id, remote_id);
  g_set_str (&settlement->kind, kind);
  g_set_str (&settlement->number, "Part 1");
  g_set_str (&settlement->contact_id, "contact-1");
  g_set_str (&settlement->status, "AUTHORISED");
  settlement->date = FIXTURE_TODAY;
  settlement->total = (CsMoney){ 5000, { "NZD" } };
  settlement->remaining = (CsMoney){ 1250, { "NZD" } };
  settlement->updated_ms = updated_ms;
  g_strfreev (settlement->invoice_ids);
  settlement->invoice_ids = g_strsplit (invoice_ids, " ", -1);
  return settlement;
}

static void
save_settlement (Practice *practice, const CsUuid *connection_id, CsLedgerSettlement *settlement)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_settlement_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (page, settlement);
  g_assert_true (cs_store_save_settlements (practice->store, connection_id, "payments", page, NULL, &error));
  g_assert_no_error (error);
}

static void
save_payment (Practice *practice, const CsUuid *connection_id, gint64 updated_ms, const char *invoice_ids)
{
  save_settlement (practice, connection_id, make_settlement ("payment", "p-1", updated_ms, invoice_ids));
}

/* (transfer full) @invoice (nullable) */
static GPtrArray *
page_of (CsLedgerInvoice *invoice)
{
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);

  if (invoice != NULL)
    g_ptr_array_add (page, invoice);
  return page;
}

static void
save_invoice_in_run (Practice *practice, const CsUuid *connection_id, CsLedgerInvoice *invoice, gint64 run)
{
  g_autoptr (GPtrArray) page = page_of (invoice);
  const CsCursor cursor = { .high_water_ms = 1000, .run = run };
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_save_invoices (practice->store, connection_id, page, &cursor, &error));
  g_assert_no_error (error);
}

static void
save_invoice (Practice *practice, const CsUuid *connection_id, const char *remote_id)
{
  save_invoice_in_run (practice, connection_id, make_invoice (remote_id, remote_id, FIXTURE_TODAY, 10000), 0);
}

static void
assert_stale (Practice *practice, const CsUuid *connection_id, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = cs_store_list_stale_invoices (practice->store, connection_id, 100, &error);
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  g_ptr_array_sort_values (ids, (GCompareFunc)strcmp);
  g_ptr_array_add (ids, NULL);
  joined = g_strjoinv (" ", (char **)ids->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
follow (Practice *practice, const CsUuid *connection_id, const char *asked, CsLedgerInvoice *answer)
{
  g_auto (GStrv) ids = g_strsplit (asked, " ", -1);
  g_autoptr (GPtrArray) page = page_of (answer);
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_save_followed_invoices (practice->store, connection_id, (const char *const *)ids,
                                                  page, &error));
  g_assert_no_error (error);
}

static void
test_round_trip (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsUuid unknown = cs_store_new_uuid (practice->store);
  const CsCursor cursor = { .high_water_ms = 1000, .page = 2 };
  CsCursor found_cursor = { 0 };
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_settlement_free);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  const CsLedgerSettlement *settlement;

  g_ptr_array_add (page, make_settlement ("credit-note", "n-1", AFTER_MS, "i-1 i-2"));
  g_ptr_array_add (page, make_settlement ("payment", "p-1", AFTER_MS, ""));
  g_assert_true (
      cs_store_save_settlements (practice->store, &connection_id, "credit-notes", page, &cursor, &error));
  g_assert_true (cs_store_get_cursor (practice->store, &connection_id, "credit-notes", &found_cursor, NULL));
  g_assert_cmpint (found_cursor.high_water_ms, ==, 1000);
  g_assert_cmpuint (found_cursor.page, ==, 2);
  found = cs_store_list_settlements_of_contact (practice->store, &connection_id, "contact-1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  settlement = g_ptr_array_index (found, 0);
  g_assert_cmpstr (settlement->remote_id, ==, "n-1");
  g_assert_cmpstr (settlement->kind, ==, "credit-note");
  g_assert_cmpint (settlement->total.minor, ==, 5000);
  g_assert_cmpint (settlement->remaining.minor, ==, 1250);
  g_assert_cmpstr (settlement->total.currency.code, ==, "NZD");
  g_assert_cmpint (cs_date_compare (settlement->date, FIXTURE_TODAY), ==, 0);
  g_assert_cmpuint (g_strv_length (settlement->invoice_ids), ==, 2);
  g_assert_cmpuint (g_strv_length (((CsLedgerSettlement *)g_ptr_array_index (found, 1))->invoice_ids), ==, 0);
  g_assert_false (
      cs_store_save_settlements (practice->store, &unknown, "credit-notes", page, &cursor, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID); /* no such connection */
  practice_assert_sound (practice);
}

/* xero-accounting.md 5.4: the ledger does not say of the invoice that it changed; the payment does. It is
 * followed once, and reading the same page again asks for nothing. */
static void
test_stale_is_followed_once (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsLedgerInvoice *paid = make_invoice ("i-1", "i-1", FIXTURE_TODAY, 10000);
  g_autoptr (CsLedgerInvoice) found = NULL;

  save_invoice (practice, &connection_id, "i-1");
  save_payment (practice, &connection_id, BEFORE_MS, "i-1");
  assert_stale (practice, &connection_id, ""); /* the copy is of later */
  save_payment (practice, &connection_id, AFTER_MS, "i-1");
  assert_stale (practice, &connection_id, "i-1");
  save_payment (practice, &connection_id, BEFORE_MS, "i-1"); /* a page that was asked for earlier */
  assert_stale (practice, &connection_id, "i-1");
  paid->paid.minor = 5000; /* and updated_ms stays as it was */
  follow (practice, &connection_id, "i-1", paid);
  assert_stale (practice, &connection_id, "");
  found = cs_store_get_invoice (practice->store, &connection_id, "i-1", NULL);
  g_assert_cmpint (found->paid.minor, ==, 5000);
  save_payment (practice, &connection_id, AFTER_MS, "i-1");
  assert_stale (practice, &connection_id, "");
  save_payment (practice, &connection_id, AFTER_MS + 1, "i-1"); /* changed again */
  assert_stale (practice, &connection_id, "i-1");
}

/* While everything is read anew, what changed before that began needs no following; what changed since does.
 */
static void
test_covered_by_a_full_read (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsCursor cursor = { .high_water_ms = 1, .covered_ms = AFTER_MS };
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_settlement_free);

  g_ptr_array_add (page, make_settlement ("payment", "p-1", AFTER_MS - 1, "i-1"));
  g_assert_true (
      cs_store_save_settlements (practice->store, &connection_id, "payments", page, &cursor, NULL));
  assert_stale (practice, &connection_id, "");
  g_ptr_array_set_size (page, 0);
  g_ptr_array_add (page, make_settlement ("payment", "p-2", AFTER_MS, "i-1"));
  g_assert_true (
      cs_store_save_settlements (practice->store, &connection_id, "payments", page, &cursor, NULL));
  assert_stale (practice, &connection_id, "i-1");
}

/* An invoice that is not here is asked for, and once only where the ledger has none for us. */
static void
test_missing_is_asked_for_once (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsUuid other_id = practice_connect (practice, "tenant-2");

  save_payment (practice, &connection_id, AFTER_MS, "i-1 i-2");
  assert_stale (practice, &connection_id, "i-1 i-2");
  assert_stale (practice, &other_id, "");
  follow (practice, &connection_id, "i-1", NULL);
  assert_stale (practice, &connection_id, "i-2");
  save_payment (practice, &connection_id, AFTER_MS, "i-1 i-2");
  assert_stale (practice, &connection_id, "i-2");
}

/* What a page that was read later brings along needs no reading of its own. */
static void
test_read_later_is_fresh (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsLedgerInvoice *early = make_invoice ("i-1", "i-1", FIXTURE_TODAY, 10000);
  CsLedgerInvoice *later = make_invoice ("i-1", "i-1", FIXTURE_TODAY, 10000);
  CsLedgerInvoice *changed = make_invoice ("i-2", "i-2", FIXTURE_TODAY, 10000);

  early->read_ms = AFTER_MS - 1;
  later->read_ms = AFTER_MS;
  changed->updated_ms = AFTER_MS;
  save_payment (practice, &connection_id, AFTER_MS, "i-1 i-2");
  save_invoice_in_run (practice, &connection_id, early, 0);
  assert_stale (practice, &connection_id, "i-1 i-2");
  save_invoice_in_run (practice, &connection_id, changed, 0);
  assert_stale (practice, &connection_id, "i-1");
  save_invoice_in_run (practice, &connection_id, later, 0);
  assert_stale (practice, &connection_id, "");
  save_settlement (practice, &connection_id, make_settlement ("payment", "p-2", AFTER_MS, "i-1"));
  assert_stale (practice, &connection_id, "");
}

/* Credit that was taken back changes an invoice that it does not name any more, and the ledger may not even
 * say that the credit changed. */
static void
test_taken_back (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");

  save_invoice (practice, &connection_id, "i-1");
  save_invoice (practice, &connection_id, "i-2");
  save_settlement (practice, &connection_id,
                   make_settlement ("credit-note", "n-1", FIXTURE_NOW_MS, "i-1 i-2"));
  assert_stale (practice, &connection_id, "");
  save_settlement (practice, &connection_id, make_settlement ("credit-note", "n-1", AFTER_MS, "i-2"));
  assert_stale (practice, &connection_id, "i-1 i-2");
  follow (practice, &connection_id, "i-1 i-2", NULL);
  save_settlement (practice, &connection_id, make_settlement ("credit-note", "n-1", AFTER_MS, ""));
  assert_stale (practice, &connection_id, "i-2");
  save_invoice (practice, &connection_id, "i-2"); /* of the same time: that does not show it */
  assert_stale (practice, &connection_id, "i-2");
  follow (practice, &connection_id, "i-2", make_invoice ("i-2", "i-2", FIXTURE_TODAY, 10000));
  save_settlement (practice, &connection_id, make_settlement ("credit-note", "n-1", AFTER_MS, ""));
  assert_stale (practice, &connection_id, "");
}

/* Summaries and runs */

/* xero-accounting.md 5.2: never overwrite a full record with a summary. */
static void
test_summary_keeps_lines (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsLedgerInvoice *summary = make_summary ("i-1", "i-1", FIXTURE_TODAY, 10000);
  CsLedgerInvoice *new_one = make_summary ("i-2", "i-2", FIXTURE_TODAY, 10000);
  CsLedgerInvoice *older = make_invoice ("i-1", "older", FIXTURE_TODAY, 10000);
  CsLedgerInvoice *whole = make_invoice ("i-2", "i-2", FIXTURE_TODAY, 10000);
  g_autoptr (CsLedgerInvoice) found = NULL, found_new = NULL, found_whole = NULL;

  save_invoice (practice, &connection_id, "i-1");
  save_payment (practice, &connection_id, AFTER_MS, "i-1");
  summary->is_summary = new_one->is_summary = older->is_summary = TRUE;
  summary->updated_ms = AFTER_MS;
  summary->read_ms = AFTER_MS;
  summary->due = cs_date_add_days (FIXTURE_TODAY, 90);
  older->updated_ms = BEFORE_MS;
  save_invoice_in_run (practice, &connection_id, summary, 7);
  save_invoice_in_run (practice, &connection_id, new_one, 7);
  save_invoice_in_run (practice, &connection_id, older, 7);
  found = cs_store_get_invoice (practice->store, &connection_id, "i-1", NULL);
  g_assert_cmpuint (found->n_lines, ==, 1);
  g_assert_cmpint (found->due.days, ==, FIXTURE_TODAY.days + 90);
  g_assert_cmpstr (found->number, ==, "i-1");
  g_assert_cmpint (found->updated_ms, ==, FIXTURE_NOW_MS); /* of the lines that are there */
  assert_stale (practice, &connection_id, "i-1");
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM ledger_invoice WHERE seen_run = 7"), ==,
                   2);
  found_new = cs_store_get_invoice (practice->store, &connection_id, "i-2", NULL);
  g_assert_cmpuint (found_new->n_lines, ==, 0);
  save_invoice_in_run (practice, &connection_id, whole, 0);
  found_whole = cs_store_get_invoice (practice->store, &connection_id, "i-2", NULL);
  g_assert_cmpuint (found_whole->n_lines, ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM ledger_invoice WHERE seen_run = 7"), ==,
                   2);
}

/* A full read has seen a record also where the mirror's state is later. */
static void
test_seen_although_older (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsLedgerInvoice *older = make_invoice ("i-1", "older", FIXTURE_TODAY, 100);
  CsLedgerContact *contact = make_contact ("c-1", "older", "");
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  const CsCursor cursor = { .run = 9 };

  save_invoice (practice, &connection_id, "i-1");
  save_invoice (practice, &connection_id, "i-2");
  older->updated_ms = BEFORE_MS;
  save_invoice_in_run (practice, &connection_id, older, 9);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM ledger_invoice WHERE seen_run = 9"
                                             " AND number = 'i-1'"),
                   ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM ledger_invoice WHERE seen_run = 9"), ==,
                   1);
  g_ptr_array_add (contacts, make_contact ("c-1", "newer", ""));
  g_assert_true (cs_store_save_contacts (practice->store, &connection_id, contacts, NULL, NULL));
  contact->updated_ms = BEFORE_MS;
  g_ptr_array_set_size (contacts, 0);
  g_ptr_array_add (contacts, contact);
  g_assert_true (cs_store_save_contacts (practice->store, &connection_id, contacts, &cursor, NULL));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM ledger_contact WHERE seen_run = 9"
                                             " AND name = 'newer'"),
                   ==, 1);
}

/* Merges */

static CsLedgerContact *
make_merged (const char *remote_id, const char *into)
{
  CsLedgerContact *contact = make_contact (remote_id, remote_id, "");

  contact->is_archived = TRUE;
  contact->updated_ms = AFTER_MS;
  g_set_str (&contact->merged_into, into);
  return contact;
}

static void
save_contact (Practice *practice, const CsUuid *connection_id, CsLedgerContact *contact)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (page, contact);
  g_assert_true (cs_store_save_contacts (practice->store, connection_id, page, NULL, &error));
  g_assert_no_error (error);
}

static CsUuid
add_linked_client (Practice *practice, const CsUuid *connection_id, const char *remote_id)
{
  g_autoptr (CsClient) client = practice_add_client (practice, remote_id, "");
  g_autoptr (GError) error = NULL;

  save_contact (practice, connection_id, make_contact (remote_id, remote_id, ""));
  g_assert_true (
      cs_store_link_client (practice->store, &client->id, connection_id, remote_id, "person", &error));
  g_assert_no_error (error);
  return client->id;
}

static void
assert_linked (Practice *practice,
               const CsUuid *connection_id,
               const CsUuid *client_id,
               const char *remote_id)
{
  g_autofree char *found = NULL;

  g_assert_true (
      cs_store_load_link (practice->store, CS_LINK_CLIENT, client_id, connection_id, &found, NULL));
  g_assert_cmpstr (found, ==, remote_id);
}

/* xero-accounting.md 8.5: the client of a contact that was merged goes with it, and that is in the chain;
 * what was invoiced to the loser is read again, once. */
static void
test_merge_is_followed (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsUuid client_id = add_linked_client (practice, &connection_id, "contact-1");
  gint64 audits;

  save_invoice (practice, &connection_id, "i-1"); /* contact-1's */
  save_contact (practice, &connection_id, make_contact ("contact-2", "winner", ""));
  audits = practice_query (practice, "SELECT count(*) FROM audit WHERE action = 'client.linked'");
  save_contact (practice, &connection_id, make_merged ("contact-1", "contact-2"));
  assert_linked (practice, &connection_id, &client_id, "contact-2");
  assert_stale (practice, &connection_id, "i-1");
  follow (practice, &connection_id, "i-1", make_invoice ("i-1", "i-1", FIXTURE_TODAY, 10000));
  save_contact (practice, &connection_id, make_merged ("contact-1", "contact-2"));
  assert_stale (practice, &connection_id, "");
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit WHERE action = 'client.linked'"), ==,
                   audits + 1);
  practice_assert_sound (practice);
}

/* Whatever the order in which a chain of merges arrives; and a ring ends. */
static void
test_merges_of_merges (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsUuid first = add_linked_client (practice, &connection_id, "contact-1");
  CsUuid second = add_linked_client (practice, &connection_id, "contact-4");

  save_contact (practice, &connection_id, make_contact ("contact-3", "winner", ""));
  save_contact (practice, &connection_id, make_merged ("contact-2", "contact-3"));
  save_contact (practice, &connection_id, make_merged ("contact-1", "contact-2"));
  assert_linked (practice, &connection_id, &first, "contact-3");
  save_contact (practice, &connection_id, make_merged ("contact-5", "contact-4"));
  save_contact (practice, &connection_id, make_merged ("contact-4", "contact-5"));
  assert_linked (practice, &connection_id, &second, "contact-4");
}

/* Two clients, one contact: a person decides. */
static void
test_merge_with_two_clients (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsUuid loser = add_linked_client (practice, &connection_id, "contact-1");
  CsUuid winner = add_linked_client (practice, &connection_id, "contact-2");

  save_contact (practice, &connection_id, make_merged ("contact-1", "contact-2"));
  assert_linked (practice, &connection_id, &loser, "contact-1");
  assert_linked (practice, &connection_id, &winner, "contact-2");
}

/* Lists */

static CsLedgerTrackingCategory *
make_category (const char *remote_id, const char *name, const char *const *options)
{
  CsLedgerTrackingCategory *category = cs_ledger_tracking_category_new ();

  g_set_str (&category->remote_id, remote_id);
  g_set_str (&category->name, name);
  category->is_active = TRUE;
  for (guint i = 0; options[i] != NULL; i++)
    {
      CsLedgerTrackingOption *option = cs_ledger_tracking_option_new ();

      g_set_str (&option->remote_id, options[i]);
      g_set_str (&option->name, options[i]);
      option->is_active = i == 0;
      g_ptr_array_add (category->options, option);
    }
  return category;
}

static void
test_tracking (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (GPtrArray) sent
      = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_tracking_category_free);
  g_autoptr (GPtrArray) found = NULL, less = NULL;
  g_autoptr (GError) error = NULL;
  const CsLedgerTrackingCategory *category;

  g_ptr_array_add (sent, make_category ("t-2", "region", (const char *const[]){ "south", "north", NULL }));
  g_ptr_array_add (sent, make_category ("t-1", "Partner", (const char *const[]){ NULL }));
  g_assert_true (cs_store_save_tracking (practice->store, &connection_id, sent, &error));
  found = cs_store_list_tracking (practice->store, &connection_id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  category = g_ptr_array_index (found, 1);
  g_assert_cmpstr (category->remote_id, ==, "t-2");
  g_assert_cmpuint (category->options->len, ==, 2);
  g_assert_cmpstr (((CsLedgerTrackingOption *)g_ptr_array_index (category->options, 0))->name, ==, "north");
  g_assert_false (((CsLedgerTrackingOption *)g_ptr_array_index (category->options, 0))->is_active);
  g_ptr_array_set_size (sent, 0);
  g_ptr_array_add (sent, make_category ("t-2", "Region", (const char *const[]){ "south", NULL }));
  g_assert_true (cs_store_save_tracking (practice->store, &connection_id, sent, &error));
  less = cs_store_list_tracking (practice->store, &connection_id, &error);
  g_assert_cmpuint (less->len, ==, 1);
  g_assert_cmpuint (((CsLedgerTrackingCategory *)g_ptr_array_index (less, 0))->options->len, ==, 1);
  practice_assert_sound (practice);
}

static void
test_themes_and_items (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (GError) error = NULL;

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GPtrArray) themes
          = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_branding_theme_free);
      g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_item_free);
      g_autoptr (GPtrArray) found_themes = NULL;
      g_autoptr (GPtrArray) found_items = NULL;
      const CsLedgerItem *item;

      for (guint i = 0; i < 3 - round; i++)
        {
          CsLedgerBrandingTheme *theme = cs_ledger_branding_theme_new ();
          CsLedgerItem *new_item = cs_ledger_item_new ();

          theme->remote_id = (g_free (theme->remote_id), g_strdup_printf ("b-%u", i));
          theme->sort_order = (int)(10 - i);
          g_ptr_array_add (themes, theme);
          new_item->remote_id = (g_free (new_item->remote_id), g_strdup_printf ("x-%u", i));
          new_item->code = (g_free (new_item->code), g_strdup_printf ("CODE%u", 9 - i));
          new_item->unit_price = (CsDecimal){ 1201250 };
          new_item->is_sold = i == 0;
          g_set_str (&new_item->account_code, "200");
          g_ptr_array_add (items, new_item);
        }
      g_assert_true (cs_store_save_branding_themes (practice->store, &connection_id, themes, &error));
      g_assert_true (cs_store_save_items (practice->store, &connection_id, items, &error));
      found_themes = cs_store_list_branding_themes (practice->store, &connection_id, &error);
      found_items = cs_store_list_items (practice->store, &connection_id, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found_themes->len, ==, 3 - round);
      g_assert_cmpstr (((CsLedgerBrandingTheme *)g_ptr_array_index (found_themes, 0))->remote_id, ==,
                       round == 0 ? "b-2" : "b-1");
      g_assert_cmpuint (found_items->len, ==, 3 - round);
      item = g_ptr_array_index (found_items, found_items->len - 1);
      g_assert_cmpstr (item->remote_id, ==, "x-0");
      g_assert_cmpint (item->unit_price.units, ==, 1201250);
      g_assert_cmpstr (item->account_code, ==, "200");
      g_assert_true (item->is_sold);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/settlements/round-trip", test_round_trip);
  ADD_TEST ("/store/settlements/stale-is-followed-once", test_stale_is_followed_once);
  ADD_TEST ("/store/settlements/missing-is-asked-for-once", test_missing_is_asked_for_once);
  ADD_TEST ("/store/settlements/read-later-is-fresh", test_read_later_is_fresh);
  ADD_TEST ("/store/settlements/taken-back", test_taken_back);
  ADD_TEST ("/store/settlements/covered-by-a-full-read", test_covered_by_a_full_read);
  ADD_TEST ("/store/settlements/summary-keeps-lines", test_summary_keeps_lines);
  ADD_TEST ("/store/settlements/seen-although-older", test_seen_although_older);
  ADD_TEST ("/store/settlements/merge-is-followed", test_merge_is_followed);
  ADD_TEST ("/store/settlements/merges-of-merges", test_merges_of_merges);
  ADD_TEST ("/store/settlements/merge-with-two-clients", test_merge_with_two_clients);
  ADD_TEST ("/store/settlements/tracking", test_tracking);
  ADD_TEST ("/store/settlements/themes-and-items", test_themes_and_items);
  return g_test_run ();
}
