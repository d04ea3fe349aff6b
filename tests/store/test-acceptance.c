/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <string.h>

static void
assert_same_line (const CsProposalLine *a, const CsProposalLine *b)
{
  g_autofree char *x = cs_billing_rule_to_string (&a->billing);
  g_autofree char *y = cs_billing_rule_to_string (&b->billing);

  g_assert_true (cs_uuid_equal (&a->id, &b->id));
  g_assert_cmpstr (a->description, ==, b->description);
  g_assert_cmpint (a->quantity.units, ==, b->quantity.units);
  g_assert_cmpint (a->unit_price.units, ==, b->unit_price.units);
  g_assert_cmpstr (a->account_code, ==, b->account_code);
  g_assert_cmpstr (a->tax_type, ==, b->tax_type);
  g_assert_cmpint (a->tax_rate.units, ==, b->tax_rate.units);
  g_assert_cmpstr (x, ==, y);
}

static void
test_round_trip (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) found = NULL;

  practice_reopen (practice);
  found = practice_get_proposal (practice, &proposal->id);
  g_assert_cmpstr (found->number, ==, "PROP-0001");
  g_assert_cmpstr (found->title, ==, proposal->title);
  g_assert_cmpstr (found->client_name, ==, "Kea");
  g_assert_true (cs_uuid_equal (&found->client_id, &client->id));
  g_assert_cmpint (found->state, ==, CS_PROPOSAL_DRAFT);
  g_assert_false (cs_date_is_set (found->start));
  g_assert_cmpint (found->revision, ==, 1);
  g_assert_null (found->acceptance);
  g_assert_cmpuint (found->lines->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    assert_same_line (g_ptr_array_index (found->lines, i), g_ptr_array_index (proposal->lines, i));
}

static void
test_edit (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) stale = practice_get_proposal (practice, &proposal->id);
  g_autoptr (CsProposal) found = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_remove_index (proposal->lines, 0);
  proposal->state = CS_PROPOSAL_AWAITING;
  proposal->start = FIXTURE_TODAY;
  cs_store_save_proposal (practice->store, proposal, &error);
  g_assert_no_error (error);
  g_assert_false (cs_store_save_proposal (practice->store, stale, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  found = practice_get_proposal (practice, &proposal->id);
  g_assert_cmpuint (found->lines->len, ==, 1);
  g_assert_cmpint (found->state, ==, CS_PROPOSAL_AWAITING);
  g_assert_cmpint (cs_date_compare (found->start, FIXTURE_TODAY), ==, 0);
  g_assert_cmpint (found->revision, ==, 2);
}

static void
test_save_refused (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_new_proposal (client);
  g_autoptr (GError) error = NULL;

  proposal->designated_day = 0;
  g_assert_false (cs_store_save_proposal (practice->store, proposal, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  proposal->designated_day = 1;
  proposal->state = CS_PROPOSAL_ACTIVE;
  g_assert_false (cs_store_save_proposal (practice->store, proposal, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  proposal->state = CS_PROPOSAL_DRAFT;
  proposal->client_id = cs_store_new_uuid (practice->store);
  g_assert_false (cs_store_save_proposal (practice->store, proposal, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_assert_true (cs_uuid_is_none (&proposal->id));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM proposal"), ==, 0);
}

static void
test_list_and_delete (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) first = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) second = practice_add_proposal (practice, client);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = cs_store_list_proposals (practice->store, &error);

  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((CsProposal *)g_ptr_array_index (list, 0))->number, ==, "PROP-0002");
  g_assert_cmpuint (((CsProposal *)g_ptr_array_index (list, 0))->lines->len, ==, 2);

  practice_accept (practice, first);
  g_assert_false (cs_store_delete_proposal (practice->store, &first->id, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  cs_store_delete_proposal (practice->store, &second->id, &error);
  g_assert_no_error (error);
  g_assert_false (cs_store_delete_proposal (practice->store, &second->id, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM proposal_line"), ==, 2);
}

/* [I-04, I-09, X-07], design.md sections 3 and 6 */
static void
test_accept (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) accepted = NULL;
  g_autoptr (CsClient) active = NULL;
  g_autoptr (CsJournalEntry) contact = NULL;
  g_autoptr (CsJournalEntry) invoice = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  const CsPlannedInvoice *upfront;

  practice_accept (practice, proposal);
  accepted = practice_get_proposal (practice, &proposal->id);
  g_assert_cmpint (accepted->state, ==, CS_PROPOSAL_ACTIVE);
  g_assert_nonnull (accepted->acceptance);
  g_assert_cmpstr (accepted->acceptance->signatory, ==, "Aroha Ngata");
  g_assert_cmpint (accepted->acceptance->method, ==, CS_ACCEPTANCE_SIGNED_PAPER);
  g_assert_cmpstr (accepted->acceptance->actor, ==, "Mia");
  g_assert_cmpint (accepted->acceptance->accepted_ms, ==, practice->now_ms);
  g_assert_cmpuint (strlen (accepted->acceptance->agreement_sha256), ==, 64);
  active = practice_get_client (practice, &client->id);
  g_assert_cmpint (active->state, ==, CS_CLIENT_ACTIVE);

  g_assert_cmpuint (practice_count_rows (practice, &proposal->id), ==, 2);
  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  invoice = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_cmpint (contact->state, ==, CS_JOURNAL_HELD);
  g_assert_cmpint (contact->hold_until_ms, ==, practice->now_ms + 15000);
  g_assert_true (cs_uuid_equal (&contact->connection_id, &connection_id));
  g_assert_cmpstr (contact->number, ==, client->number);
  g_assert_true (contact->dependencies_done);
  g_assert_false (invoice->dependencies_done);
  g_assert_cmpuint (contact->n_waiting, ==, 1);
  g_assert_cmpuint (invoice->n_waiting, ==, 0);
  g_assert_cmpint (accepted->acceptance->hold_until_ms, ==, contact->hold_until_ms);
  g_assert_cmpstr (invoice->number, ==, "CS-0001");
  g_assert_cmpstr (invoice->title, ==, "Kea");
  g_assert_cmpint (invoice->amount.minor, ==, 115000);
  g_assert_cmpstr (invoice->amount.currency.code, ==, "NZD");

  plan = cs_store_list_planned (practice->store, &proposal->id, NULL);
  g_assert_cmpuint (plan->len, ==, 13);
  upfront = g_ptr_array_index (plan, 0);
  g_assert_cmpint (cs_date_compare (upfront->date, FIXTURE_TODAY), ==, 0);
  g_assert_cmpint (cs_date_compare (upfront->due, cs_date_from_parts (2026, 12, 6)), ==, 0);
  g_assert_cmpstr (upfront->number, ==, "CS-0001");
  g_assert_cmpstr (upfront->reference, ==, "PROP-0001");
  g_assert_true (cs_uuid_equal (&upfront->journal_id, &invoice->id));
  g_assert_true (cs_uuid_equal (&invoice->subject_id, &upfront->id));
  g_assert_cmpuint (upfront->lines->len, ==, 1);
  g_assert_cmpstr (((CsPlannedInvoice *)g_ptr_array_index (plan, 1))->number, ==, "");
  practice_assert_sound (practice);
}

static void
test_agreement_is_frozen (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea \"R&D\"", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) accepted = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (GBytes) stored = NULL;
  g_autoptr (GBytes) canonical = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = NULL;

  practice_accept (practice, proposal);
  accepted = practice_get_proposal (practice, &proposal->id);
  row = cs_sql_prepare (practice->store->sql, "SELECT canonical FROM agreement");
  g_assert_true (cs_sql_next (row, NULL));
  stored = cs_sql_read_bytes (row);
  canonical = cs_json_canonicalise (stored, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (stored, canonical));
  sha256 = cs_sha256_hex (g_bytes_get_data (stored, NULL), g_bytes_get_size (stored));
  g_assert_cmpstr (sha256, ==, accepted->acceptance->agreement_sha256);
  g_assert_nonnull (
      g_strstr_len (g_bytes_get_data (stored, NULL), (gssize)g_bytes_get_size (stored), "120.125"));
  cs_sql_finish (g_steal_pointer (&row));

  g_assert_false (cs_sql_execute (practice->store->sql, "UPDATE agreement SET canonical = '{}'", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_false (cs_sql_execute (practice->store->sql, "UPDATE engagement_line SET unit_price = 1", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_false (cs_store_save_proposal (practice->store, accepted, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  accepted->state = CS_PROPOSAL_DRAFT; /* nor by saying that it is a draft */
  g_assert_false (cs_store_save_proposal (practice->store, accepted, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
}

static void
test_accept_refused (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_new_proposal (client);
  g_autoptr (CsAcceptance) acceptance = practice_new_acceptance (FIXTURE_TODAY);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  CsProposalLine *line = g_ptr_array_index (proposal->lines, 1);
  CsUuid unknown = cs_store_new_uuid (practice->store);

  g_set_str (&line->account_code, "");
  cs_store_save_proposal (practice->store, proposal, NULL);
  before = practice_dump (practice);
  g_assert_false (cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error));
  g_assert_nonnull (strstr (error->message, "line-account:2"));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_false (cs_store_accept_proposal (practice->store, &unknown, acceptance, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);

  g_set_str (&line->account_code, "200");
  cs_store_save_proposal (practice->store, proposal, NULL);
  g_set_str (&acceptance->signatory, "");
  g_assert_false (cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_set_str (&acceptance->signatory, "Aroha");
  acceptance->accepted_on = CS_DATE_NONE;
  g_assert_false (cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  cs_store_archive_client (practice->store, &client->id, NULL);
  acceptance->accepted_on = FIXTURE_TODAY;
  g_assert_false (cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
}

static void
assert_not_acceptable (Practice *practice, const CsProposal *proposal)
{
  g_autoptr (CsAcceptance) acceptance = practice_new_acceptance (FIXTURE_TODAY);
  g_autofree char *before = practice_dump (practice);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
}

/* What the ledger would refuse is refused before anything is agreed, also where an older version let it in.
 */
static void
test_accept_limits (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_new_proposal (client);
  CsProposalLine *line = g_ptr_array_index (proposal->lines, 0);
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (GError) error = NULL;

  g_free (line->description);
  line->description = g_strnfill (4001, 'x');
  cs_store_save_proposal (practice->store, proposal, &error); /* a draft may be wrong */
  g_assert_no_error (error);
  assert_not_acceptable (practice, proposal);
  g_set_str (&line->description, "Set-up");
  g_assert_true (cs_store_save_proposal (practice->store, proposal, NULL));

  g_assert_true (cs_sql_execute (practice->store->sql, "UPDATE settings SET number_prefix = 'C,'", NULL));
  assert_not_acceptable (practice, proposal);
  g_assert_true (cs_sql_execute (practice->store->sql,
                                 "UPDATE settings SET number_prefix = 'C-';"
                                 "UPDATE client SET name = 'Kea  <b>'",
                                 NULL));
  assert_not_acceptable (practice, proposal);
  /* One that is linked has its name at the ledger already. */
  g_assert_true (cs_store_link_client (practice->store, &client->id, &connection_id, "c-1", "person", NULL));
  practice_accept (practice, proposal);
}

/* In the practice's zone: it is the 23rd in Auckland while it is the 22nd in Greenwich. */
static void
test_accept_ahead (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsAcceptance) acceptance = practice_new_acceptance (cs_date_add_days (FIXTURE_TODAY, 1));
  g_autoptr (CsSettings) settings = cs_store_get_settings (practice->store, NULL);
  g_autoptr (GError) error = NULL;

  practice_wait (practice, 4 * G_GINT64_CONSTANT (3600000));
  g_assert_false (cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error));
  g_assert_nonnull (strstr (error->message, "2026-11-23"));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM journal"), ==, 0);
  g_set_str (&settings->time_zone, "Pacific/Auckland");
  g_assert_true (cs_store_save_settings (practice->store, settings, NULL));
  cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (practice_count_rows (practice, &proposal->id), ==, 2);
}

static void
test_accept_twice (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsAcceptance) acceptance = practice_new_acceptance (FIXTURE_TODAY);
  g_autoptr (GError) error = NULL;

  practice_accept (practice, proposal);
  g_assert_false (cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_assert_cmpuint (practice_count_rows (practice, &proposal->id), ==, 2);
}

/* Another window made it dearer after this one showed it: that is not what was agreed to here. */
static void
test_accept_seen (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsAcceptance) acceptance = practice_new_acceptance (FIXTURE_TODAY);
  g_autoptr (GError) error = NULL;

  acceptance->seen_revision = proposal->revision;
  ((CsProposalLine *)g_ptr_array_index (proposal->lines, 0))->quantity = CS_DECIMAL (2);
  g_assert_true (cs_store_save_proposal (practice->store, proposal, &error));
  g_assert_false (cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM journal"), ==, 0);
  acceptance->seen_revision = proposal->revision;
  g_assert_true (cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error));
}

/* [I-08]: a linked client needs no contact. */
static void
test_accept_linked (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsJournalEntry) invoice = NULL;

  g_assert_true (cs_store_link_client (practice->store, &client->id, &connection_id, "c-1", "person", NULL));
  practice_accept (practice, proposal);
  g_assert_cmpuint (practice_count_rows (practice, &proposal->id), ==, 1);
  invoice = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_true (invoice->dependencies_done);
}

/* Nothing is due yet, but the client will be needed: the contact is made on acceptance. */
static void
test_accept_monthly_alone (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_new_proposal (client);
  g_autoptr (CsJournalEntry) contact = NULL;

  g_ptr_array_remove_index (proposal->lines, 0);
  g_assert_true (cs_store_save_proposal (practice->store, proposal, NULL));
  practice_accept (practice, proposal);
  g_assert_cmpuint (practice_count_rows (practice, &proposal->id), ==, 1);
  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  g_assert_true (cs_uuid_equal (&contact->connection_id, &connection_id));
  g_assert_cmpint (practice_query (practice, "SELECT number_next FROM settings"), ==, 1);
}

/* Accepted on the train: the rows wait for a ledger and take the one that comes. */
static void
test_accept_unconnected (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsJournalEntry) before = NULL;
  g_autoptr (CsJournalEntry) contact = NULL;
  g_autoptr (CsJournalEntry) invoice = NULL;
  CsUuid connection_id;

  practice_accept (practice, proposal);
  before = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_true (cs_uuid_is_none (&before->connection_id));
  g_assert_false (before->dependencies_done);
  connection_id = practice_connect (practice, "tenant-1");
  invoice = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  g_assert_true (cs_uuid_equal (&invoice->id, &before->id));
  g_assert_true (cs_uuid_equal (&invoice->connection_id, &connection_id));
  g_assert_true (cs_uuid_equal (&contact->connection_id, &connection_id));
  g_assert_false (invoice->dependencies_done);
  g_assert_cmpint (contact->state, ==, CS_JOURNAL_HELD);
  practice_claim (practice);
  practice_send_all (practice, &proposal->id);
  practice_assert_sound (practice);
}

/* Disconnected, accepted, and the tenant comes back, which knows the client already. */
static void
test_accept_disconnected (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsJournalEntry) contact = NULL;
  g_autoptr (CsJournalEntry) invoice = NULL;

  g_assert_true (cs_store_link_client (practice->store, &client->id, &connection_id, "c-1", "person", NULL));
  g_assert_true (
      cs_store_set_connection_state (practice->store, &connection_id, CS_CONNECTION_DISCONNECTED, NULL));
  practice_accept (practice, proposal);
  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  g_assert_true (cs_uuid_is_none (&contact->connection_id));
  practice_connect (practice, "tenant-1");
  g_assert_null (practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT));
  invoice = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_true (invoice->dependencies_done);
  g_assert_true (cs_uuid_equal (&invoice->connection_id, &connection_id));
}

/* Everything but the audit chain, the revisions and the times is as it was. */
static void
test_undo (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) undone = NULL;
  g_autoptr (CsClient) lead = NULL;
  g_autoptr (GError) error = NULL;

  proposal->state = CS_PROPOSAL_AWAITING;
  g_assert_true (cs_store_save_proposal (practice->store, proposal, NULL));
  practice_accept (practice, proposal);
  practice_wait (practice, 14999);
  cs_store_undo_acceptance (practice->store, &proposal->id, &error);
  g_assert_no_error (error);
  undone = practice_get_proposal (practice, &proposal->id);
  g_assert_cmpint (undone->state, ==, CS_PROPOSAL_AWAITING);
  g_assert_null (undone->acceptance);
  g_assert_cmpuint (undone->lines->len, ==, 2);
  lead = practice_get_client (practice, &client->id);
  g_assert_cmpint (lead->state, ==, CS_CLIENT_LEAD);
  for (gsize i = 0; i < 7; i++)
    {
      static const char *const tables[]
          = { "journal",    "journal_dependency", "planned_invoice", "planned_line",
              "acceptance", "agreement",          "engagement_line" };
      g_autofree char *statement = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      g_assert_cmpint (practice_query (practice, statement), ==, 0);
    }
  g_assert_cmpint (practice_query (practice, "SELECT number_next FROM settings"), ==, 1);
  g_assert_false (cs_store_undo_acceptance (practice->store, &proposal->id, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);

  /* And it can be accepted again, to the same identity and number. */
  practice_accept (practice, proposal);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM journal WHERE number = 'CS-0001'"), ==, 1);
  practice_assert_sound (practice);
}

static void
test_undo_after_release (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsJournalEntry) contact = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  practice_accept (practice, proposal);
  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  practice_change (practice, &contact->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  before = practice_dump (practice);
  g_assert_false (cs_store_undo_acceptance (practice->store, &proposal->id, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (cs_uuid_is_none (&connection_id));
}

/* A number that others were given after stays unused, and the chain says so. */
static void
test_numbers_given_back (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) first = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) second = practice_add_proposal (practice, client);
  g_autoptr (GError) error = NULL;

  practice_accept (practice, first);
  practice_accept (practice, second);
  g_assert_cmpint (practice_query (practice, "SELECT number_next FROM settings"), ==, 3);
  cs_store_undo_acceptance (practice->store, &first->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (practice_query (practice, "SELECT number_next FROM settings"), ==, 3);
  g_assert_cmpint (practice_query (practice,
                                   "SELECT details LIKE '%\"given_back\":[],%\"stay_unused\":[\"CS-0001\"]%'"
                                   " FROM audit ORDER BY sequence DESC LIMIT 1"),
                   ==, 1);
  cs_store_undo_acceptance (practice->store, &second->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (practice_query (practice, "SELECT number_next FROM settings"), ==, 2);
  g_assert_cmpint (practice_query (practice, "SELECT details LIKE '%\"given_back\":[\"CS-0002\"]%'"
                                             " FROM audit ORDER BY sequence DESC LIMIT 1"),
                   ==, 1);
}

/* Two proposals of one client share the row of its contact: undoing the first hands it over. */
static void
test_undo_shared_contact (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) first = practice_add_proposal (practice, client);
  g_autoptr (CsProposal) second = practice_add_proposal (practice, client);
  g_autoptr (CsClient) still = NULL;
  g_autoptr (CsClient) lead = NULL;
  g_autoptr (CsJournalEntry) contact = NULL;
  g_autoptr (CsJournalEntry) invoice = NULL;
  g_autoptr (GError) error = NULL;

  practice_accept (practice, first);
  practice_wait (practice, 5000);
  practice_accept (practice, second);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM journal WHERE kind = 'contact.create'"),
                   ==, 1);
  cs_store_undo_acceptance (practice->store, &first->id, &error);
  g_assert_no_error (error);
  contact = practice_find_row (practice, &second->id, CS_JOURNAL_KIND_CONTACT);
  invoice = practice_find_row (practice, &second->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_cmpint (contact->hold_until_ms, ==, practice->now_ms + 15000);
  g_assert_false (invoice->dependencies_done);
  still = practice_get_client (practice, &client->id);
  g_assert_cmpint (still->state, ==, CS_CLIENT_ACTIVE);
  cs_store_undo_acceptance (practice->store, &second->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM journal"), ==, 0);
  lead = practice_get_client (practice, &client->id);
  g_assert_cmpint (lead->state, ==, CS_CLIENT_LEAD);
  g_assert_false (cs_uuid_is_none (&connection_id));
  practice_assert_sound (practice);
}

static void
test_release_acceptance (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsJournalEntry) invoice = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_store_release_acceptance (practice->store, &proposal->id, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  practice_accept (practice, proposal);
  practice_wait (practice, 2000);
  cs_store_release_acceptance (practice->store, &proposal->id, &error);
  g_assert_no_error (error);
  invoice = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_cmpint (invoice->hold_until_ms, ==, practice->now_ms);
  g_assert_cmpint (invoice->state, ==, CS_JOURNAL_HELD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/proposal/round-trip", test_round_trip);
  ADD_TEST ("/store/proposal/edit-stale", test_edit);
  ADD_TEST ("/store/proposal/save-refused", test_save_refused);
  ADD_TEST ("/store/proposal/list-and-delete", test_list_and_delete);
  ADD_TEST ("/store/acceptance/accept-I-04-I-09-X-07", test_accept);
  ADD_TEST ("/store/acceptance/agreement-is-frozen", test_agreement_is_frozen);
  ADD_TEST ("/store/acceptance/refused", test_accept_refused);
  ADD_TEST ("/store/acceptance/limits-of-the-ledger", test_accept_limits);
  ADD_TEST ("/store/acceptance/ahead-of-today", test_accept_ahead);
  ADD_TEST ("/store/acceptance/twice", test_accept_twice);
  ADD_TEST ("/store/acceptance/seen", test_accept_seen);
  ADD_TEST ("/store/acceptance/linked-I-08", test_accept_linked);
  ADD_TEST ("/store/acceptance/monthly-alone", test_accept_monthly_alone);
  ADD_TEST ("/store/acceptance/unconnected", test_accept_unconnected);
  ADD_TEST ("/store/acceptance/disconnected", test_accept_disconnected);
  ADD_TEST ("/store/undo/within-hold", test_undo);
  ADD_TEST ("/store/undo/after-release", test_undo_after_release);
  ADD_TEST ("/store/undo/numbers-given-back", test_numbers_given_back);
  ADD_TEST ("/store/undo/shared-contact", test_undo_shared_contact);
  ADD_TEST ("/store/acceptance/release", test_release_acceptance);
  return g_test_run ();
}
