/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-pull.h"
#include "store-fixture.h"

#include <string.h>

/* A connected, claimed practice with one accepted proposal. */
typedef struct
{
  CsUuid connection_id;
  CsUuid client_id;
  CsUuid proposal_id;
  CsUuid contact_row;
  CsUuid invoice_row;
} Scene;

static Scene
make_scene (Practice *practice)
{
  Scene scene = { .connection_id = practice_connect (practice, "tenant-1") };
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsJournalEntry) contact = NULL;
  g_autoptr (CsJournalEntry) invoice = NULL;

  practice_claim (practice);
  practice_accept (practice, proposal);
  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  invoice = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  scene.client_id = client->id;
  scene.proposal_id = proposal->id;
  scene.contact_row = contact->id;
  scene.invoice_row = invoice->id;
  return scene;
}

static gboolean
try_freeze (Practice *practice,
            const CsUuid *id,
            CsJournalState from,
            guint generation,
            gint64 epoch,
            GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);

  return cs_store_freeze_journal (practice->store, id, from, generation, bytes, "", epoch, error);
}

static void
send_contact (Practice *practice, const Scene *scene)
{
  practice_change (practice, &scene->contact_row, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &scene->contact_row, CS_JOURNAL_QUEUED, 1);
}

static void
finish_contact (Practice *practice, const Scene *scene)
{
  g_autoptr (CsLedgerContact) contact = make_contact ("c-kea", "Kea", "kea@example.com");
  g_autoptr (GError) error = NULL;

  cs_store_finish_contact (practice->store, &scene->contact_row, contact, FALSE, "corr", &error);
  g_assert_no_error (error);
}

static void
send_invoice (Practice *practice, const Scene *scene)
{
  send_contact (practice, scene);
  finish_contact (practice, scene);
  practice_change (practice, &scene->invoice_row, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &scene->invoice_row, CS_JOURNAL_QUEUED, 1);
}

static void
test_whole_way (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsLedgerInvoice) invoice = make_invoice ("i-1", "CS-0001", FIXTURE_TODAY, 115000);
  g_autoptr (CsLedgerInvoice) mirrored = NULL;
  g_autoptr (CsJournalEntry) contact = NULL;
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (CsClient) client = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GPtrArray) unfinished = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = cs_sha256_hex ("{\"Name\":\"R&D\"}", 14);

  send_contact (practice, &scene);
  contact = practice_get_row (practice, &scene.contact_row);
  g_assert_cmpint (contact->state, ==, CS_JOURNAL_SENDING);
  g_assert_cmpint (contact->epoch, ==, practice->epoch);
  g_assert_cmpuint (contact->generation, ==, 1);
  g_assert_cmpstr (contact->frozen_sha256, ==, sha256);
  g_assert_cmpint (contact->sent_ms, ==, practice->now_ms);
  finish_contact (practice, &scene);
  client = practice_get_client (practice, &scene.client_id);
  g_assert_cmpstr (client->remote_contact_id, ==, "c-kea");

  practice_change (practice, &scene.invoice_row, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &scene.invoice_row, CS_JOURNAL_QUEUED, 1);
  cs_store_finish_invoice (practice->store, &scene.invoice_row, invoice, FALSE, "corr-9", &error);
  g_assert_no_error (error);
  row = practice_get_row (practice, &scene.invoice_row);
  g_assert_cmpint (row->state, ==, CS_JOURNAL_DONE);
  g_assert_cmpstr (row->remote_id, ==, "i-1");
  g_assert_cmpstr (row->correlation_id, ==, "corr-9");
  g_assert_cmpstr (row->outcome_code, ==, "");
  g_assert_cmpint (row->finished_ms, ==, practice->now_ms);
  plan = cs_store_list_planned (practice->store, &scene.proposal_id, NULL);
  g_assert_cmpstr (((CsPlannedInvoice *)g_ptr_array_index (plan, 0))->remote_invoice_id, ==, "i-1");
  mirrored = cs_store_get_invoice (practice->store, &scene.connection_id, "i-1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (mirrored->total.minor, ==, 115000);
  unfinished = cs_store_list_unfinished (practice->store, NULL, NULL);
  g_assert_cmpuint (unfinished->len, ==, 0);
  g_assert_cmpint (
      practice_query (practice, "SELECT action = 'invoice.sent' FROM audit ORDER BY sequence DESC"), ==, 1);
  practice_assert_sound (practice);
}

/* Design.md section 4: the lines that no row crosses. */
static void
test_forbidden_changes (Practice *practice, gconstpointer data)
{
  static const struct
  {
    CsJournalState from, to;
  } forbidden[] = {
    { CS_JOURNAL_HELD, CS_JOURNAL_SENDING },      { CS_JOURNAL_QUEUED, CS_JOURNAL_DONE },
    { CS_JOURNAL_SENDING, CS_JOURNAL_CANCELLED }, { CS_JOURNAL_SENDING, CS_JOURNAL_HELD },
    { CS_JOURNAL_SENDING, CS_JOURNAL_DONE },      { CS_JOURNAL_DOUBTFUL, CS_JOURNAL_CANCELLED },
    { CS_JOURNAL_DOUBTFUL, CS_JOURNAL_SENDING },  { CS_JOURNAL_DONE, CS_JOURNAL_QUEUED },
    { CS_JOURNAL_CANCELLED, CS_JOURNAL_QUEUED },
  };
  Scene scene = make_scene (practice);

  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      CsJournalChange change
          = { .expected = forbidden[i].from, .state = forbidden[i].to, .keep_frozen = TRUE };
      g_autofree char *force
          = g_strdup_printf ("UPDATE journal SET state = '%s', frozen = x'00' WHERE kind = 'contact.create'",
                             cs_journal_state_to_string (forbidden[i].from));
      g_autoptr (GError) error = NULL;

      g_assert_true (cs_sql_execute (practice->store->sql, force, NULL));
      g_assert_false (cs_store_change_journal (practice->store, &scene.contact_row, &change, &error));
      assert_store_error (error, CS_STORE_ERROR_STATE);
    }
}

static void
test_change (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  CsJournalChange change = { .expected = CS_JOURNAL_SENDING,
                             .state = CS_JOURNAL_WAITING,
                             .generation = 1,
                             .attempts = 3,
                             .next_ms = 77,
                             .keep_frozen = TRUE,
                             .outcome_code = "busy",
                             .outcome_message = "Too many",
                             .correlation_id = "x-1" };
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  send_contact (practice, &scene);
  cs_store_change_journal (practice->store, &scene.contact_row, &change, &error);
  g_assert_no_error (error);
  row = practice_get_row (practice, &scene.contact_row);
  g_assert_cmpint (row->state, ==, CS_JOURNAL_WAITING);
  g_assert_cmpuint (row->attempts, ==, 3);
  g_assert_cmpint (row->next_ms, ==, 77);
  g_assert_cmpstr (row->outcome_code, ==, "busy");
  g_assert_cmpstr (row->outcome_message, ==, "Too many");
  g_assert_cmpstr (row->correlation_id, ==, "x-1");
  g_assert_nonnull (row->frozen);

  /* A stale copy changes nothing. */
  g_assert_false (cs_store_change_journal (practice->store, &scene.contact_row, &change, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  /* A generation never goes back. */
  change.expected = CS_JOURNAL_WAITING;
  change.generation = 0;
  g_assert_false (cs_store_change_journal (practice->store, &scene.contact_row, &change, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  /* A new one drops the bytes. */
  change.generation = 2;
  change.keep_frozen = FALSE;
  g_assert_true (cs_store_change_journal (practice->store, &scene.contact_row, &change, &error));
  cs_journal_entry_free (g_steal_pointer (&row));
  row = practice_get_row (practice, &scene.contact_row);
  g_assert_null (row->frozen);
  g_assert_cmpstr (row->frozen_sha256, ==, "");
}

static void
test_freeze_guards (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (GError) error = NULL;

  g_assert_false (try_freeze (practice, &scene.contact_row, CS_JOURNAL_HELD, 1, practice->epoch, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE); /* held */
  practice_change (practice, &scene.contact_row, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_change (practice, &scene.invoice_row, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  g_assert_false (
      try_freeze (practice, &scene.contact_row, CS_JOURNAL_QUEUED, 1, practice->epoch - 1, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
  g_assert_false (try_freeze (practice, &scene.contact_row, CS_JOURNAL_QUEUED, 0, practice->epoch, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE); /* no generation */
  g_assert_false (try_freeze (practice, &scene.invoice_row, CS_JOURNAL_QUEUED, 1, practice->epoch, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE); /* its contact is not done */
  g_assert_true (try_freeze (practice, &scene.contact_row, CS_JOURNAL_QUEUED, 1, practice->epoch, &error));
  g_assert_false (try_freeze (practice, &scene.contact_row, CS_JOURNAL_QUEUED, 1, practice->epoch, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE); /* sent already */
}

/* What is meant for one organisation is never sent to another. */
static void
test_other_tenant (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (GPtrArray) for_now = NULL;
  g_autoptr (GPtrArray) for_first = NULL;
  g_autoptr (GError) error = NULL;

  practice_change (practice, &scene.contact_row, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_connect (practice, "tenant-2");
  g_assert_false (try_freeze (practice, &scene.contact_row, CS_JOURNAL_QUEUED, 1, practice->epoch, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  for_now = cs_store_list_unfinished (practice->store, NULL, NULL);
  g_assert_cmpuint (for_now->len, ==, 0);
  for_first = cs_store_list_unfinished (practice->store, &scene.connection_id, NULL);
  g_assert_cmpuint (for_first->len, ==, 2);
  g_assert_cmpstr (((CsJournalEntry *)g_ptr_array_index (for_first, 0))->kind, ==, CS_JOURNAL_KIND_CONTACT);
}

static void
test_finish_guards (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsLedgerContact) contact = make_contact ("c-kea", "Kea", "");
  g_autoptr (CsLedgerContact) nameless = make_contact ("", "Kea", "");
  g_autoptr (CsLedgerInvoice) invoice = make_invoice ("i-1", "CS-0001", FIXTURE_TODAY, 115000);
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_store_finish_contact (practice->store, &scene.contact_row, contact, FALSE, "", &error));
  assert_store_error (error, CS_STORE_ERROR_STATE); /* held: no answer is expected */
  send_contact (practice, &scene);
  g_assert_false (cs_store_finish_invoice (practice->store, &scene.contact_row, invoice, FALSE, "", &error));
  assert_store_error (error, CS_STORE_ERROR_STATE); /* another kind of row */
  g_assert_false (cs_store_finish_contact (practice->store, &scene.contact_row, nameless, FALSE, "", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  practice_change (practice, &scene.contact_row, CS_JOURNAL_SENDING, CS_JOURNAL_DOUBTFUL);
  g_assert_false (cs_store_finish_contact (practice->store, &scene.contact_row, contact, FALSE, "", &error));
  assert_store_error (error, CS_STORE_ERROR_STATE); /* a doubt is only left through a probe */
  g_assert_true (cs_store_finish_contact (practice->store, &scene.contact_row, contact, TRUE, "", &error));
  g_assert_false (cs_store_finish_contact (practice->store, &scene.contact_row, contact, TRUE, "", &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_assert_cmpint (practice_query (practice, "SELECT how = 'adopted' FROM link"), ==, 1);
}

/* Design.md section 6: adopt only what is not linked already. */
static void
test_adoption_guard (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsClient) other = practice_add_client (practice, "Kea's twin", "");
  g_autoptr (CsLedgerContact) contact = make_contact ("c-twin", "Kea", "");
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_linked = FALSE;

  g_assert_true (
      cs_store_is_remote_linked (practice->store, &scene.connection_id, "c-twin", &is_linked, NULL));
  g_assert_false (is_linked);
  g_assert_true (
      cs_store_link_client (practice->store, &other->id, &scene.connection_id, "c-twin", "person", NULL));
  g_assert_true (
      cs_store_is_remote_linked (practice->store, &scene.connection_id, "c-twin", &is_linked, NULL));
  g_assert_true (is_linked);
  send_contact (practice, &scene);
  practice_change (practice, &scene.contact_row, CS_JOURNAL_SENDING, CS_JOURNAL_DOUBTFUL);
  g_assert_false (cs_store_finish_contact (practice->store, &scene.contact_row, contact, TRUE, "", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  row = practice_get_row (practice, &scene.contact_row);
  g_assert_cmpint (row->state, ==, CS_JOURNAL_DOUBTFUL);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM ledger_contact"), ==, 0);
}

/* Nor what a row of the journal became, though no link says so. */
static void
test_adoption_of_a_row (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsLedgerContact) contact = make_contact ("c-kea", "Kea", "");
  g_autoptr (CsClient) other = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, other);
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  send_contact (practice, &scene);
  finish_contact (practice, &scene);
  g_assert_true (cs_store_link_client (practice->store, &scene.client_id, &scene.connection_id, "c-other",
                                       "person", NULL));
  practice_accept (practice, proposal);
  row = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  practice_change (practice, &row->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &row->id, CS_JOURNAL_QUEUED, 1);
  practice_change (practice, &row->id, CS_JOURNAL_SENDING, CS_JOURNAL_DOUBTFUL);
  g_assert_false (cs_store_finish_contact (practice->store, &row->id, contact, TRUE, "", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
}

static void
test_adopted_invoice_of_another (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsLedgerInvoice) invoice = make_invoice ("i-1", "CS-0001", FIXTURE_TODAY, 115000);
  g_autoptr (CsJournalEntry) second = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  send_invoice (practice, &scene);
  g_assert_true (cs_store_finish_invoice (practice->store, &scene.invoice_row, invoice, FALSE, "", NULL));
  g_assert_true (cs_store_release_due (practice->store, cs_date_from_parts (2026, 12, 1), &n, NULL));
  {
    g_autoptr (GPtrArray) rows = cs_store_list_unfinished (practice->store, NULL, NULL);

    second = practice_get_row (practice, &((CsJournalEntry *)g_ptr_array_index (rows, 0))->id);
  }
  practice_change (practice, &second->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &second->id, CS_JOURNAL_QUEUED, 1);
  practice_change (practice, &second->id, CS_JOURNAL_SENDING, CS_JOURNAL_DOUBTFUL);
  g_assert_false (cs_store_finish_invoice (practice->store, &second->id, invoice, TRUE, "", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
}

/* [I-13, U-15] */
static void
test_changed_by_ledger (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsLedgerInvoice) invoice = make_invoice ("i-1", "CS-0001", FIXTURE_TODAY, 115001);
  g_autoptr (CsJournalEntry) row = NULL;

  send_invoice (practice, &scene);
  g_assert_true (cs_store_finish_invoice (practice->store, &scene.invoice_row, invoice, FALSE, "", NULL));
  row = practice_get_row (practice, &scene.invoice_row);
  g_assert_cmpint (row->state, ==, CS_JOURNAL_DONE);
  g_assert_cmpstr (row->outcome_code, ==, "changed-by-ledger");
  g_assert_nonnull (strstr (row->outcome_message, "1150.01 NZD"));
  g_assert_nonnull (strstr (row->outcome_message, "1150.00 NZD"));
}

/* A person cannot map a client whose contact may just have been made. */
static void
test_link_while_sending (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  send_contact (practice, &scene);
  g_assert_false (cs_store_link_client (practice->store, &scene.client_id, &scene.connection_id, "c-1",
                                        "person", &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM link"), ==, 0);
  practice_change (practice, &scene.contact_row, CS_JOURNAL_SENDING, CS_JOURNAL_BLOCKED);
  g_assert_true (cs_store_link_client (practice->store, &scene.client_id, &scene.connection_id, "c-1",
                                       "person", &error));
  row = practice_get_row (practice, &scene.invoice_row);
  g_assert_true (row->dependencies_done);
}

static void
test_load_push (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsPlannedInvoice) invoice = NULL;
  g_autoptr (CsClient) client = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (
      cs_store_load_invoice_push (practice->store, &scene.contact_row, &invoice, &client, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  send_contact (practice, &scene);
  finish_contact (practice, &scene);
  g_assert_true (cs_store_load_invoice_push (practice->store, &scene.invoice_row, &invoice, &client, &error));
  g_assert_cmpstr (invoice->number, ==, "CS-0001");
  g_assert_cmpuint (invoice->lines->len, ==, 1);
  g_assert_cmpint (invoice->totals.total.minor, ==, 115000);
  g_assert_cmpstr (client->remote_contact_id, ==, "c-kea");
}

static void
test_renumber (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GError) error = NULL;

  send_invoice (practice, &scene);
  g_assert_false (cs_store_renumber_journal (practice->store, &scene.invoice_row, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  practice_change (practice, &scene.invoice_row, CS_JOURNAL_SENDING, CS_JOURNAL_BLOCKED);
  cs_store_renumber_journal (practice->store, &scene.invoice_row, &error);
  g_assert_no_error (error);
  row = practice_get_row (practice, &scene.invoice_row);
  g_assert_cmpstr (row->number, ==, "CS-0002");
  g_assert_cmpuint (row->generation, ==, 2);
  g_assert_null (row->frozen);
  g_assert_cmpint (row->state, ==, CS_JOURNAL_BLOCKED);
  plan = cs_store_list_planned (practice->store, &scene.proposal_id, NULL);
  g_assert_cmpstr (((CsPlannedInvoice *)g_ptr_array_index (plan, 0))->number, ==, "CS-0002");
}

static void
assert_row (Practice *practice, const CsUuid *id, CsJournalState state, CsOutcome outcome)
{
  g_autoptr (CsJournalEntry) row = practice_get_row (practice, id);

  g_assert_cmpint (row->state, ==, state);
  g_assert_cmpstr (row->outcome_code, ==, cs_outcome_to_string (outcome));
}

/* The contact was refused by the ledger, and a person cancels it: the invoice does not wait for ever. */
static void
cancel_contact (Practice *practice, const Scene *scene)
{
  send_contact (practice, scene);
  practice_change (practice, &scene->invoice_row, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_change (practice, &scene->contact_row, CS_JOURNAL_SENDING, CS_JOURNAL_BLOCKED);
  practice_change (practice, &scene->contact_row, CS_JOURNAL_BLOCKED, CS_JOURNAL_CANCELLED);
  assert_row (practice, &scene->invoice_row, CS_JOURNAL_BLOCKED, CS_OUTCOME_DEPENDENCY_CANCELLED);
}

static void
test_dependency_cancelled (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsJournalEntry) invoice = NULL;
  g_autoptr (CsJournalEntry) contact = NULL;

  cancel_contact (practice, &scene);
  invoice = practice_get_row (practice, &scene.invoice_row);
  g_assert_cmpstr (invoice->outcome_message, !=, "");

  practice_change (practice, &scene.invoice_row, CS_JOURNAL_BLOCKED, CS_JOURNAL_QUEUED);
  contact = practice_get_row (practice, &scene.contact_row);
  g_assert_cmpint (contact->state, ==, CS_JOURNAL_QUEUED);
  g_assert_cmpuint (contact->generation, ==, 2); /* the ledger replays its answer to the old key */
  g_assert_null (contact->frozen);
  g_assert_cmpstr (contact->outcome_code, ==, "");
  g_assert_cmpint (contact->finished_ms, ==, 0);
  practice_freeze (practice, &scene.contact_row, CS_JOURNAL_QUEUED, 2);
  finish_contact (practice, &scene);
  practice_freeze (practice, &scene.invoice_row, CS_JOURNAL_QUEUED, 1);
  practice_assert_sound (practice);
}

/* Mapped instead: the contact is not needed, and the invoice goes on. */
static void
test_dependency_linked (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (GError) error = NULL;

  cancel_contact (practice, &scene);
  cs_store_link_client (practice->store, &scene.client_id, &scene.connection_id, "c-1", "person", &error);
  g_assert_no_error (error);
  assert_row (practice, &scene.contact_row, CS_JOURNAL_DONE, CS_OUTCOME_LINKED);
  assert_row (practice, &scene.invoice_row, CS_JOURNAL_QUEUED, CS_OUTCOME_NONE);
  practice_freeze (practice, &scene.invoice_row, CS_JOURNAL_QUEUED, 1);
  practice_assert_sound (practice);
}

/* Both cancelled, the client mapped, the invoice released again: it waits for nothing any more. */
static void
test_released_after_link (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  cancel_contact (practice, &scene);
  practice_change (practice, &scene.invoice_row, CS_JOURNAL_BLOCKED, CS_JOURNAL_CANCELLED);
  g_assert_true (
      cs_store_link_client (practice->store, &scene.client_id, &scene.connection_id, "c-1", "person", NULL));
  row = practice_get_row (practice, &scene.invoice_row);
  practice_release (practice, row, &error);
  g_assert_no_error (error);
  g_clear_pointer (&row, cs_journal_entry_free);
  row = practice_get_row (practice, &scene.invoice_row);
  g_assert_cmpint (row->state, ==, CS_JOURNAL_HELD);
  g_assert_true (row->dependencies_done);
}

/* A day without a network: each try goes through *sending*, and the chain says so once a generation. */
static void
test_tries_audited_once (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  static const char count[] = "SELECT count(*) FROM audit WHERE action = 'journal.sending'";

  send_contact (practice, &scene);
  for (int i = 0; i < 5; i++)
    {
      practice_change (practice, &scene.contact_row, CS_JOURNAL_SENDING, CS_JOURNAL_WAITING);
      practice_freeze (practice, &scene.contact_row, CS_JOURNAL_WAITING, 1);
    }
  g_assert_cmpint (practice_query (practice, count), ==, 1);
  practice_change (practice, &scene.contact_row, CS_JOURNAL_SENDING, CS_JOURNAL_WAITING);
  practice_freeze (practice, &scene.contact_row, CS_JOURNAL_WAITING, 2);
  g_assert_cmpint (practice_query (practice, count), ==, 2);
}

/* Whoever was taken over while an answer was on its way changes nothing when it comes: neither a row that the
 * new holder has sent again, nor what it has read. */
static void
test_taken_over (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsLedgerContact) contact = make_contact ("c-late", "Kea", "kea@example.com");
  g_autoptr (GPtrArray) contacts = g_ptr_array_new ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (CsStore) old = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const char *const asked[] = { "i-1", NULL };
  const CsCursor cursor = { .high_water_ms = 1, .page = 1 };
  const CsJournalChange change
      = { .expected = CS_JOURNAL_SENDING, .state = CS_JOURNAL_BLOCKED, .generation = 2, .outcome_code = "" };

  send_contact (practice, &scene);
  old = g_steal_pointer (&practice->store);
  practice->store = cs_store_open (practice->path, CS_STORE_READ_WRITE, &practice->clock, &error);
  g_assert_no_error (error);
  practice_claim (practice);
  practice_change (practice, &scene.contact_row, CS_JOURNAL_DOUBTFUL, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &scene.contact_row, CS_JOURNAL_QUEUED, 2);
  before = practice_dump (practice);

  g_assert_false (cs_store_finish_contact (old, &scene.contact_row, contact, FALSE, "corr", &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
  g_assert_false (cs_store_change_journal (old, &scene.contact_row, &change, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
  g_ptr_array_add (contacts, contact);
  g_assert_false (cs_store_save_contacts (old, &scene.connection_id, contacts, &cursor, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
  g_assert_false (cs_store_save_followed_invoices (old, &scene.connection_id, asked, none, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
  g_assert_false (cs_store_note_swept (old, &scene.connection_id, 1, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
  g_assert_false (cs_store_mark_synced (old, &scene.connection_id, practice->now_ms, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
  finish_contact (practice, &scene); /* the new holder's own answer */
  practice_assert_sound (practice);
}

/* The number and the change are one: when the change is refused, the number was not taken. */
static void
test_retry (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  CsJournalChange change
      = { .expected = CS_JOURNAL_BLOCKED, .state = CS_JOURNAL_SENDING, .generation = 1, .keep_frozen = TRUE };
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  send_invoice (practice, &scene);
  practice_change (practice, &scene.invoice_row, CS_JOURNAL_SENDING, CS_JOURNAL_BLOCKED);
  g_assert_false (cs_store_retry_journal (practice->store, &scene.invoice_row, &change, TRUE, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_assert_cmpint (practice_query (practice, "SELECT number_next FROM settings"), ==, 2);

  change.state = CS_JOURNAL_QUEUED;
  cs_store_retry_journal (practice->store, &scene.invoice_row, &change, TRUE, &error);
  g_assert_no_error (error);
  row = practice_get_row (practice, &scene.invoice_row);
  g_assert_cmpint (row->state, ==, CS_JOURNAL_QUEUED);
  g_assert_cmpstr (row->number, ==, "CS-0002");
  g_assert_cmpuint (row->generation, ==, 2);
  g_assert_null (row->frozen);
  g_assert_cmpint (practice_query (practice, "SELECT number = 'CS-0002' FROM planned_invoice"
                                             " WHERE journal_id IS NOT NULL"),
                   ==, 1);

  practice_change (practice, &scene.invoice_row, CS_JOURNAL_QUEUED, CS_JOURNAL_BLOCKED);
  change.generation = 2;
  cs_store_retry_journal (practice->store, &scene.invoice_row, &change, FALSE, &error);
  g_assert_no_error (error);
  g_clear_pointer (&row, cs_journal_entry_free);
  row = practice_get_row (practice, &scene.invoice_row);
  g_assert_cmpstr (row->number, ==, "CS-0002");

  /* A contact has no number of the series. */
  change.expected = CS_JOURNAL_DONE;
  g_assert_false (cs_store_retry_journal (practice->store, &scene.contact_row, &change, TRUE, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
}

/* A card stands in a window that was taken over, and its buttons are pressed: the row is the new holder's. */
static void
test_retry_taken_over (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  const CsJournalChange again
      = { .expected = CS_JOURNAL_BLOCKED, .state = CS_JOURNAL_QUEUED, .generation = 1, .keep_frozen = TRUE };
  g_autoptr (CsStore) old = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  send_invoice (practice, &scene);
  practice_change (practice, &scene.invoice_row, CS_JOURNAL_SENDING, CS_JOURNAL_BLOCKED);
  old = g_steal_pointer (&practice->store);
  practice->store = cs_store_open (practice->path, CS_STORE_READ_WRITE, &practice->clock, &error);
  g_assert_no_error (error);
  practice_claim (practice);
  before = practice_dump (practice);
  g_assert_false (cs_store_retry_journal (old, &scene.invoice_row, &again, FALSE, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
  g_assert_false (cs_store_retry_journal (old, &scene.invoice_row, &again, TRUE, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
  g_assert_false (cs_store_renumber_journal (old, &scene.invoice_row, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (cs_store_retry_journal (practice->store, &scene.invoice_row, &again, FALSE, &error));
  practice_assert_sound (practice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/journal/whole-way-B-02", test_whole_way);
  ADD_TEST ("/store/journal/taken-over-changes-nothing", test_taken_over);
  ADD_TEST ("/store/journal/forbidden-changes", test_forbidden_changes);
  ADD_TEST ("/store/journal/change", test_change);
  ADD_TEST ("/store/journal/freeze-guards", test_freeze_guards);
  ADD_TEST ("/store/journal/other-tenant", test_other_tenant);
  ADD_TEST ("/store/journal/finish-guards", test_finish_guards);
  ADD_TEST ("/store/journal/adoption-guard", test_adoption_guard);
  ADD_TEST ("/store/journal/adoption-of-a-row", test_adoption_of_a_row);
  ADD_TEST ("/store/journal/adopted-invoice-of-another", test_adopted_invoice_of_another);
  ADD_TEST ("/store/journal/changed-by-ledger-I-13", test_changed_by_ledger);
  ADD_TEST ("/store/journal/link-while-sending", test_link_while_sending);
  ADD_TEST ("/store/journal/load-push", test_load_push);
  ADD_TEST ("/store/journal/renumber", test_renumber);
  ADD_TEST ("/store/journal/dependency-cancelled", test_dependency_cancelled);
  ADD_TEST ("/store/journal/dependency-linked", test_dependency_linked);
  ADD_TEST ("/store/journal/released-after-link", test_released_after_link);
  ADD_TEST ("/store/journal/tries-audited-once", test_tries_audited_once);
  ADD_TEST ("/store/journal/retry-renumbers", test_retry);
  ADD_TEST ("/store/journal/retry-taken-over", test_retry_taken_over);
  return g_test_run ();
}
