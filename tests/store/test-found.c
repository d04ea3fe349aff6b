/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-pull.h"
#include "store-fixture.h"

/* What the ledger has under the number of an invoice in doubt, taken over by a person's word; and what is
 * frozen for a contact that is merged into another [B-02]. */

typedef struct
{
  CsUuid connection_id;
  CsUuid client_id;
  CsUuid proposal_id;
  CsUuid invoice_row;
} Scene;

/* A client with the contact c-kea, and an invoice that may go. */
static Scene
make_scene (Practice *practice)
{
  Scene scene = { .connection_id = practice_connect (practice, "tenant-1") };
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsLedgerContact) contact = make_contact ("c-kea", "Kea", "kea@example.com");
  g_autoptr (CsJournalEntry) contact_row = NULL;
  g_autoptr (CsJournalEntry) invoice_row = NULL;
  g_autoptr (GError) error = NULL;

  practice_claim (practice);
  practice_accept (practice, proposal);
  contact_row = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  invoice_row = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  practice_change (practice, &contact_row->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &contact_row->id, CS_JOURNAL_QUEUED, 1);
  cs_store_finish_contact (practice->store, &contact_row->id, contact, FALSE, "", &error);
  g_assert_no_error (error);
  practice_change (practice, &invoice_row->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  scene.client_id = client->id;
  scene.proposal_id = proposal->id;
  scene.invoice_row = invoice_row->id;
  return scene;
}

static CsLedgerInvoice *
make_found (gint64 total_minor)
{
  CsLedgerInvoice *invoice = make_invoice ("i-1", "CS-0001", FIXTURE_TODAY, total_minor);

  g_set_str (&invoice->contact_id, "c-kea");
  return invoice;
}

/* Sent, in doubt, and found with a cent more. */
static Scene
make_blocked (Practice *practice)
{
  Scene scene = make_scene (practice);
  g_autoptr (CsLedgerInvoice) found = make_found (115001);
  const CsJournalChange change = { .expected = CS_JOURNAL_DOUBTFUL,
                                   .state = CS_JOURNAL_BLOCKED,
                                   .generation = 1,
                                   .outcome_code = cs_outcome_to_string (CS_OUTCOME_DIFFERENT),
                                   .outcome_message = "Differs" };
  g_autoptr (GError) error = NULL;

  practice_freeze (practice, &scene.invoice_row, CS_JOURNAL_QUEUED, 1);
  practice_change (practice, &scene.invoice_row, CS_JOURNAL_SENDING, CS_JOURNAL_DOUBTFUL);
  cs_store_block_found (practice->store, &scene.invoice_row, &change, found, &error);
  g_assert_no_error (error);
  return scene;
}

static void
assert_refused (Practice *practice, const Scene *scene, const CsLedgerInvoice *invoice, CsStoreError code)
{
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_store_adopt_found (practice->store, &scene->invoice_row, invoice, &error));
  assert_store_error (error, code);
  row = practice_get_row (practice, &scene->invoice_row);
  g_assert_cmpint (row->state, !=, CS_JOURNAL_DONE);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM link WHERE kind = 'invoice'"
                                             " AND how = 'adopted'"),
                   ==, 0);
  practice_assert_sound (practice);
}

static void
test_adopted (Practice *practice, gconstpointer data)
{
  Scene scene = make_blocked (practice);
  g_autoptr (CsLedgerInvoice) read_back = make_found (115001);
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++) /* the second time nothing more happens */
    {
      g_assert_true (cs_store_adopt_found (practice->store, &scene.invoice_row, read_back, &error));
      g_assert_no_error (error);
    }
  row = practice_get_row (practice, &scene.invoice_row);
  g_assert_cmpint (row->state, ==, CS_JOURNAL_DONE);
  g_assert_cmpstr (row->remote_id, ==, "i-1");
  g_assert_cmpstr (row->outcome_code, ==, "changed-by-ledger");
  g_assert_nonnull (strstr (row->outcome_message, "1150.01 NZD"));
  g_assert_nonnull (strstr (row->outcome_message, "1150.00 NZD"));
  plan = cs_store_list_planned (practice->store, &scene.proposal_id, NULL);
  g_assert_cmpstr (((CsPlannedInvoice *)g_ptr_array_index (plan, 0))->remote_invoice_id, ==, "i-1");
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM link WHERE kind = 'invoice'"
                                             " AND remote_id = 'i-1' AND how = 'adopted'"),
                   ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit WHERE action = 'invoice.adopted'"),
                   ==, 1);
  /* The person saw it: nobody is told again. */
  g_assert_cmpint (practice_query (practice, "SELECT is_seen FROM journal WHERE state = 'done'"
                                             " AND kind = 'invoice.create'"),
                   ==, 1);
  practice_assert_sound (practice);
}

/* A card that was read before the pull offers the next number: what is there is this one, so it is not given.
 */
static void
test_no_next_number (Practice *practice, gconstpointer data)
{
  Scene scene = make_blocked (practice);
  const CsJournalChange again
      = { .expected = CS_JOURNAL_BLOCKED, .state = CS_JOURNAL_QUEUED, .generation = 1 };
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_store_renumber_journal (practice->store, &scene.invoice_row, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  g_assert_false (cs_store_retry_journal (practice->store, &scene.invoice_row, &again, TRUE, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  row = practice_get_row (practice, &scene.invoice_row);
  g_assert_cmpint (row->state, ==, CS_JOURNAL_BLOCKED);
  g_assert_cmpstr (row->number, ==, "CS-0001");
  practice_assert_sound (practice);
}

/* Each difference is told. */
static void
test_all_is_told (Practice *practice, gconstpointer data)
{
  Scene scene = make_blocked (practice);
  g_autoptr (CsLedgerInvoice) read_back = make_found (115001);
  g_autoptr (CsJournalEntry) row = NULL;

  read_back->date = cs_date_from_parts (2026, 11, 23);
  read_back->updated_ms += 1000;
  g_assert_true (cs_store_adopt_found (practice->store, &scene.invoice_row, read_back, NULL));
  row = practice_get_row (practice, &scene.invoice_row);
  g_assert_nonnull (strstr (row->outcome_message, "1150.01 NZD"));
  g_assert_nonnull (strstr (row->outcome_message, "It is dated 2026-11-23 there; planned was 2026-11-22."));
  g_assert_null (strstr (row->outcome_message, "reference"));
}

/* What is later known than what was read back counts: a pull came between. */
static void
test_voided_by_a_pull (Practice *practice, gconstpointer data)
{
  Scene scene = make_blocked (practice);
  g_autoptr (CsLedgerInvoice) read_back = make_found (115001);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  CsLedgerInvoice *voided = make_found (115001);
  g_autoptr (CsFoundInvoice) found = NULL;

  voided->status = CS_LEDGER_VOIDED;
  voided->updated_ms += 1000;
  g_ptr_array_add (page, voided);
  g_assert_true (cs_store_save_invoices (practice->store, &scene.connection_id, page, NULL, NULL));
  assert_refused (practice, &scene, read_back, CS_STORE_ERROR_INVALID);
  found = cs_store_get_found (practice->store, &scene.invoice_row, NULL);
  g_assert_cmpint (found->kind, ==, CS_FOUND_DEAD);
}

/* And where what was read back is what is new, it stays read although the answer is no. */
static void
test_voided_when_read_back (Practice *practice, gconstpointer data)
{
  Scene scene = make_blocked (practice);
  g_autoptr (CsLedgerInvoice) read_back = make_found (115001);
  g_autoptr (CsFoundInvoice) found = NULL;

  read_back->status = CS_LEDGER_VOIDED;
  read_back->updated_ms += 1000;
  assert_refused (practice, &scene, read_back, CS_STORE_ERROR_INVALID);
  found = cs_store_get_found (practice->store, &scene.invoice_row, NULL);
  g_assert_cmpint (found->kind, ==, CS_FOUND_DEAD);
}

static void
test_linked_elsewhere (Practice *practice, gconstpointer data)
{
  Scene scene = make_blocked (practice);
  g_autoptr (CsLedgerInvoice) read_back = make_found (115001);
  g_autoptr (CsFoundInvoice) found = NULL;

  practice_run_sql (
      practice, "INSERT INTO link (id, kind, local_id, connection_id, remote_id, how, linked_by, linked_ms)"
                " SELECT randomblob (16), 'invoice', randomblob (16), connection_id, 'i-1', 'created', 'x', 1"
                " FROM link LIMIT 1");
  assert_refused (practice, &scene, read_back, CS_STORE_ERROR_INVALID);
  found = cs_store_get_found (practice->store, &scene.invoice_row, NULL);
  g_assert_cmpint (found->kind, ==, CS_FOUND_ANOTHERS);
  g_assert_true (found->is_linked);
}

/* Only what waits for that word, and only what that word was about. */
static void
test_guards (Practice *practice, gconstpointer data)
{
  Scene scene = make_blocked (practice);
  g_autoptr (CsLedgerInvoice) read_back = make_found (115001);
  g_autoptr (CsLedgerInvoice) other = make_invoice ("i-2", "CS-0001", FIXTURE_TODAY, 115001);
  g_autoptr (CsFoundInvoice) found = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (practice, &scene, other, CS_STORE_ERROR_STATE);
  practice_change (practice, &scene.invoice_row, CS_JOURNAL_BLOCKED, CS_JOURNAL_QUEUED);
  assert_refused (practice, &scene, read_back, CS_STORE_ERROR_STATE); /* tried again meanwhile */
  found = cs_store_get_found (practice->store, &scene.invoice_row, &error);
  g_assert_null (found);
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  practice_run_sql (practice, "UPDATE practice SET epoch = epoch + 1"); /* taken over by another process */
  g_assert_false (cs_store_adopt_found (practice->store, &scene.invoice_row, read_back, &error));
  assert_store_error (error, CS_STORE_ERROR_EPOCH);
}

/* --- a contact that is merged into another --- */

static void
freeze_for (Practice *practice,
            const Scene *scene,
            CsJournalState from,
            guint generation,
            const char *contact_id)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;

  cs_store_freeze_journal (practice->store, &scene->invoice_row, from, generation, bytes, contact_id,
                           practice->epoch, &error);
  g_assert_no_error (error);
}

static void
merge (Practice *practice, const Scene *scene)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  CsLedgerContact *loser = make_contact ("c-kea", "Kea", "kea@example.com");
  g_autoptr (GError) error = NULL;

  loser->is_archived = TRUE;
  g_set_str (&loser->merged_into, "c-tui");
  loser->updated_ms += 1000;
  g_ptr_array_add (page, make_contact ("c-tui", "Tui", ""));
  g_ptr_array_add (page, loser);
  cs_store_save_contacts (practice->store, &scene->connection_id, page, NULL, &error);
  g_assert_no_error (error);
  cs_store_mark_synced (practice->store, &scene->connection_id, practice->now_ms, &error);
  g_assert_no_error (error);
}

static void
block_for_contact (Practice *practice, const Scene *scene)
{
  const CsJournalChange change = { .expected = CS_JOURNAL_SENDING,
                                   .state = CS_JOURNAL_BLOCKED,
                                   .generation = 1,
                                   .keep_frozen = TRUE,
                                   .outcome_code = cs_outcome_to_string (CS_OUTCOME_ARCHIVED_CONTACT),
                                   .outcome_message = "Unable to assign an Archived contact." };
  g_autoptr (GError) error = NULL;

  freeze_for (practice, scene, CS_JOURNAL_QUEUED, 1, "c-kea");
  cs_store_change_journal (practice->store, &scene->invoice_row, &change, &error);
  g_assert_no_error (error);
}

static void
assert_row (Practice *practice, const Scene *scene, CsJournalState state, gboolean has_bytes)
{
  g_autoptr (CsJournalEntry) row = practice_get_row (practice, &scene->invoice_row);

  g_assert_cmpint (row->state, ==, state);
  g_assert_cmpint (row->frozen != NULL, ==, has_bytes);
  g_assert_cmpuint (row->generation, ==, 1); /* the next is begun by the next freezing */
  practice_assert_sound (practice);
}

/* Refused for the loser: once the merge is seen it goes on by itself, with other bytes. */
static void
test_merged_goes_on (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);

  block_for_contact (practice, &scene);
  cs_store_mark_synced (practice->store, &scene.connection_id, practice->now_ms, NULL);
  assert_row (practice, &scene, CS_JOURNAL_BLOCKED, TRUE); /* archived alone: a person's affair */
  merge (practice, &scene);
  assert_row (practice, &scene, CS_JOURNAL_QUEUED, FALSE);
}

static void
test_linked_by_a_person_goes_on (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);

  block_for_contact (practice, &scene);
  g_assert_true (cs_store_link_client (practice->store, &scene.client_id, &scene.connection_id, "c-tui",
                                       "person", NULL));
  assert_row (practice, &scene, CS_JOURNAL_QUEUED, FALSE);
}

/* What may have arrived is looked for, as it was sent. */
static void
test_doubtful_keeps_its_bytes (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);

  freeze_for (practice, &scene, CS_JOURNAL_QUEUED, 1, "c-kea");
  practice_change (practice, &scene.invoice_row, CS_JOURNAL_SENDING, CS_JOURNAL_DOUBTFUL);
  merge (practice, &scene);
  assert_row (practice, &scene, CS_JOURNAL_DOUBTFUL, TRUE);
}

/* Written for the one, and the client went to the other before *sending* was committed: nothing leaves. */
static void
test_not_for_the_loser (Practice *practice, gconstpointer data)
{
  Scene scene = make_scene (practice);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  merge (practice, &scene);
  g_assert_false (cs_store_freeze_journal (practice->store, &scene.invoice_row, CS_JOURNAL_QUEUED, 1, bytes,
                                           "c-kea", practice->epoch, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  freeze_for (practice, &scene, CS_JOURNAL_QUEUED, 1, "c-tui");
  row = practice_get_row (practice, &scene.invoice_row);
  g_assert_cmpstr (row->sent_contact, ==, "c-tui");
}

/* A contact whose answer was lost, and which was merged before it was found: its client belongs to the
 * winner. */
static void
test_found_merged (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsLedgerContact) contact = make_contact ("c-kea", "Kea", "kea@example.com");
  g_autoptr (CsJournalEntry) row = NULL;
  g_autoptr (CsClient) after = NULL;
  g_autoptr (GError) error = NULL;

  practice_claim (practice);
  practice_accept (practice, proposal);
  row = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  practice_change (practice, &row->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &row->id, CS_JOURNAL_QUEUED, 1);
  practice_change (practice, &row->id, CS_JOURNAL_SENDING, CS_JOURNAL_DOUBTFUL);
  contact->is_archived = TRUE;
  g_set_str (&contact->merged_into, "c-tui");
  g_assert_true (cs_store_finish_contact (practice->store, &row->id, contact, TRUE, "", &error));
  g_assert_no_error (error);
  g_assert_true (cs_store_mark_synced (practice->store, &connection_id, practice->now_ms, NULL));
  after = practice_get_client (practice, &client->id);
  g_assert_cmpstr (after->remote_contact_id, ==, "c-tui");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/found/B-02-adopted-by-a-person", test_adopted);
  ADD_TEST ("/store/found/I-13-all-is-told", test_all_is_told);
  ADD_TEST ("/store/found/B-02-no-next-number", test_no_next_number);
  ADD_TEST ("/store/found/B-02-voided-by-a-pull", test_voided_by_a_pull);
  ADD_TEST ("/store/found/B-02-voided-when-read-back", test_voided_when_read_back);
  ADD_TEST ("/store/found/B-02-linked-elsewhere", test_linked_elsewhere);
  ADD_TEST ("/store/found/B-02-guards", test_guards);
  ADD_TEST ("/store/found/B-02-merged-goes-on", test_merged_goes_on);
  ADD_TEST ("/store/found/B-02-linked-by-a-person-goes-on", test_linked_by_a_person_goes_on);
  ADD_TEST ("/store/found/B-02-doubtful-keeps-its-bytes", test_doubtful_keeps_its_bytes);
  ADD_TEST ("/store/found/B-02-not-for-the-loser", test_not_for_the_loser);
  ADD_TEST ("/store/found/B-02-found-merged", test_found_merged);
  return g_test_run ();
}
