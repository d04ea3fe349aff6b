/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-origin.h"
#include "store-fixture.h"

#include <sqlite3.h>

/* B-22: an invoice that a proposal made says which clause, rule and period each of its lines is of, and leads
 * to the client and the proposal. */
static void
test_clauses (Practice *practice, gconstpointer data)
{
  CsUuid connection = practice_connect (practice, "tenant");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kauri & Co", "office@kauri.example");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsInvoiceOrigin) origin = NULL;
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;
  const CsInvoiceClause *upfront;

  practice_accept (practice, proposal);
  practice_send_all (practice, &proposal->id);
  row = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_cmpstr (row->remote_id, !=, "");
  origin = cs_store_get_invoice_origin (practice->store, &connection, row->remote_id, &error);
  g_assert_no_error (error);
  g_assert_true (cs_uuid_equal (&origin->proposal_id, &proposal->id));
  g_assert_cmpstr (origin->proposal_number, ==, proposal->number);
  g_assert_cmpstr (origin->proposal_title, ==, proposal->title);
  g_assert_true (cs_uuid_equal (&origin->client_id, &client->id));
  g_assert_cmpstr (origin->client_name, ==, "Kauri & Co");
  g_assert_cmpint (origin->gone_ms, ==, 0);
  g_assert_cmpuint (origin->clauses->len, >=, 1);
  upfront = origin->clauses->pdata[0];
  g_assert_cmpuint (upfront->clause, ==, 1);
  g_assert_cmpint (upfront->rule.unit, ==, CS_BILLING_UNIT_ONCE);
  g_assert_cmpint (upfront->period.start.days, ==, FIXTURE_TODAY.days);
}

/* Most of a ledger's invoices were made there: that is no error, and nothing is made up. */
static void
test_of_nobody (Practice *practice, gconstpointer data)
{
  CsUuid connection = practice_connect (practice, "tenant");
  g_autoptr (GPtrArray) invoices = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  g_autoptr (CsInvoiceOrigin) origin = NULL;
  g_autoptr (CsInvoiceOrigin) unknown = NULL;
  g_autoptr (GError) error = NULL;
  CsLedgerInvoice *invoice = make_invoice ("invoice-1", "INV-1", FIXTURE_TODAY, 10000);
  CsCursor cursor = { 0 };

  g_ptr_array_add (contacts, make_contact ("contact-1", "Harbour Café", "till@harbour.example"));
  g_assert_true (cs_store_save_contacts (practice->store, &connection, contacts, &cursor, &error));
  g_set_str (&invoice->contact_id, "contact-1");
  g_ptr_array_add (invoices, invoice);
  g_assert_true (cs_store_save_invoices (practice->store, &connection, invoices, &cursor, &error));
  g_assert_no_error (error);
  origin = cs_store_get_invoice_origin (practice->store, &connection, "invoice-1", &error);
  g_assert_no_error (error);
  g_assert_true (cs_uuid_is_none (&origin->client_id));
  g_assert_true (cs_uuid_is_none (&origin->proposal_id));
  g_assert_cmpuint (origin->clauses->len, ==, 0);
  g_assert_cmpstr (origin->contact_email, ==, "till@harbour.example");
  unknown = cs_store_get_invoice_origin (practice->store, &connection, "no-such", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (unknown->contact_email, ==, "");
}

/* What a full read did not find any more is told with when that was noticed. */
static void
test_gone (Practice *practice, gconstpointer data)
{
  CsUuid connection = practice_connect (practice, "tenant");
  g_autoptr (GPtrArray) invoices = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (CsInvoiceOrigin) origin = NULL;
  g_autoptr (GError) error = NULL;
  CsCursor cursor = { 0 };

  g_ptr_array_add (invoices, make_invoice ("invoice-1", "INV-1", FIXTURE_TODAY, 10000));
  g_assert_true (cs_store_save_invoices (practice->store, &connection, invoices, &cursor, &error));
  practice_run_sql (practice, "INSERT INTO ledger_gone (id, connection_id, kind, noticed_ms)"
                              " SELECT id, connection_id, 'invoices', 1795338000000 FROM ledger_invoice");
  origin = cs_store_get_invoice_origin (practice->store, &connection, "invoice-1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (origin->gone_ms, ==, G_GINT64_CONSTANT (1795338000000));
}

static void
assert_no_scan (Practice *practice, const char *statement)
{
  sqlite3_stmt *row = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (cs_sql_get_handle (practice->store->sql), statement, -1, &row, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (row) == SQLITE_ROW)
    g_assert_false (g_str_has_prefix ((const char *)sqlite3_column_text (row, 3), "SCAN"));
  sqlite3_finalize (row);
}

/* At a million invoices it is a matter of looking up, for each that is chosen in the list. */
static void
test_plans (Practice *practice, gconstpointer data)
{
  assert_no_scan (practice, "EXPLAIN QUERY PLAN SELECT g.noticed_ms, c.id FROM ledger_invoice i LEFT JOIN "
                            "ledger_gone g ON g.id = i.id"
                            " LEFT JOIN link l ON l.connection_id = i.connection_id AND l.remote_id = "
                            "i.contact_id AND l.kind = 'client'"
                            " LEFT JOIN client c ON c.id = l.local_id WHERE i.id = ?");
  assert_no_scan (practice, "EXPLAIN QUERY PLAN SELECT e.description FROM planned_line n"
                            " JOIN engagement_line e ON e.id = n.line_id WHERE n.planned_id = ?"
                            " ORDER BY n.position");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/origin/clauses", test_clauses);
  ADD_TEST ("/store/origin/of-nobody", test_of_nobody);
  ADD_TEST ("/store/origin/gone", test_gone);
  ADD_TEST ("/store/origin/plans", test_plans);
  return g_test_run ();
}
