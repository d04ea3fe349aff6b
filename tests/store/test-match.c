/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

static void
mirror_contacts (Practice *practice, const CsUuid *connection_id, ...)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  g_autoptr (GError) error = NULL;
  const char *remote_id;
  va_list list;

  va_start (list, connection_id);
  while ((remote_id = va_arg (list, const char *)) != NULL)
    {
      const char *name = va_arg (list, const char *);

      g_ptr_array_add (page, make_contact (remote_id, name, va_arg (list, const char *)));
    }
  va_end (list);
  cs_store_save_contacts (practice->store, connection_id, page, NULL, &error);
  g_assert_no_error (error);
}

/* [K-4]: the contact is there already, by exact e-mail and name: none is made beside it. */
static void
test_link_at_acceptance (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsClient) linked = NULL;
  g_autoptr (CsClient) unlinked = NULL;
  g_autoptr (CsJournalEntry) invoice = NULL;
  g_autoptr (GError) error = NULL;

  mirror_contacts (practice, &connection_id, "c-1", "Kea", "KEA@example.com", "c-2", "Kea",
                   "other@example.com", NULL);
  practice_accept (practice, proposal);
  linked = practice_get_client (practice, &client->id);
  g_assert_cmpstr (linked->remote_contact_id, ==, "c-1");
  g_assert_cmpint (practice_query (practice, "SELECT how = 'acceptance' FROM link"), ==, 1);
  g_assert_cmpuint (practice_count_rows (practice, &proposal->id), ==, 1);
  invoice = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_true (invoice->dependencies_done);

  cs_store_undo_acceptance (practice->store, &proposal->id, &error);
  g_assert_no_error (error);
  unlinked = practice_get_client (practice, &client->id);
  g_assert_cmpstr (unlinked->remote_contact_id, ==, "");
  practice_assert_sound (practice);
}

/* Two that fit, one that is another client's, one of the same name alone, one that is archived: doubt. */
static void
test_no_link_at_acceptance (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) twice = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsClient) taken = practice_add_client (practice, "Tui", "tui@example.com");
  g_autoptr (CsClient) owner = practice_add_client (practice, "Tui Trust", "");
  g_autoptr (CsClient) name_alone = practice_add_client (practice, "Moa", "moa@example.com");
  g_autoptr (CsClient) archived = practice_add_client (practice, "Weka", "weka@example.com");
  const CsClient *const clients[] = { twice, taken, name_alone, archived };

  mirror_contacts (practice, &connection_id, "c-1", "Kea", "kea@example.com", "c-2", "Kea", "kea@example.com",
                   "c-3", "Tui", "tui@example.com", "c-4", "Moa", "", "c-5", "Weka", "weka@example.com",
                   NULL);
  g_assert_true (cs_sql_execute (practice->store->sql,
                                 "UPDATE ledger_contact SET is_archived = 1 WHERE remote_id = 'c-5'", NULL));
  g_assert_true (cs_store_link_client (practice->store, &owner->id, &connection_id, "c-3", "person", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (CsProposal) proposal = practice_add_proposal (practice, clients[i]);
      g_autoptr (CsJournalEntry) contact = NULL;

      practice_accept (practice, proposal);
      contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
      g_assert_nonnull (contact);
      g_assert_cmpint (contact->state, ==, CS_JOURNAL_HELD);
    }
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM link"), ==, 1);
}

/* What a person may choose from, best first [K-4]; and the choice lets the invoice go. */
static void
test_candidates (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsClient) other = practice_add_client (practice, "Other", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (CsJournalEntry) contact = NULL;
  g_autoptr (CsJournalEntry) invoice = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const wanted[] = { "c-name", "c-email", "c-similar" };

  mirror_contacts (practice, &connection_id, "c-none", "Moa", "", "c-similar", "KEA Ltd", "", "c-email",
                   "Parrots", "kea@example.com", "c-name", "Kea", "", "c-taken", "Kea", "", NULL);
  g_assert_true (
      cs_store_link_client (practice->store, &other->id, &connection_id, "c-taken", "person", NULL));
  practice_claim (practice);
  practice_accept (practice, proposal);
  found = cs_store_list_candidates (practice->store, &client->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpstr (((CsLedgerContact *)g_ptr_array_index (found, i))->remote_id, ==, wanted[i]);

  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  practice_change (practice, &contact->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &contact->id, CS_JOURNAL_QUEUED, 1);
  practice_change (practice, &contact->id, CS_JOURNAL_SENDING, CS_JOURNAL_BLOCKED); /* the name is taken */
  cs_store_link_client (practice->store, &client->id, &connection_id, "c-name", "person", &error);
  g_assert_no_error (error);
  g_clear_pointer (&contact, cs_journal_entry_free);
  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  invoice = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_cmpint (contact->state, ==, CS_JOURNAL_DONE);
  g_assert_cmpstr (contact->remote_id, ==, "c-name");
  practice_change (practice, &invoice->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &invoice->id, CS_JOURNAL_QUEUED, 1);
}

static void
test_candidates_at_most_20 (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (GPtrArray) found = NULL;
  CsUuid unknown = cs_store_new_uuid (practice->store);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *id = g_strdup_printf ("c-%02u", i);

      mirror_contacts (practice, &connection_id, id, "kea", "", NULL);
    }
  mirror_contacts (practice, &connection_id, "c-best", "Kea", "", NULL);
  found = cs_store_list_candidates (practice->store, &client->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 20);
  g_assert_cmpstr (((CsLedgerContact *)g_ptr_array_index (found, 0))->remote_id, ==, "c-best");
  g_assert_null (cs_store_list_candidates (practice->store, &unknown, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
}

/* A contact that is mapped during the hold is not made, and does not stand in the way of undoing. */
static void
test_link_during_hold (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsProposal) proposal = practice_add_proposal (practice, client);
  g_autoptr (CsJournalEntry) contact = NULL;
  g_autoptr (CsJournalEntry) invoice = NULL;
  g_autoptr (GError) error = NULL;

  practice_accept (practice, proposal);
  cs_store_link_client (practice->store, &client->id, &connection_id, "c-1", "person", &error);
  g_assert_no_error (error);
  contact = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_CONTACT);
  invoice = practice_find_row (practice, &proposal->id, CS_JOURNAL_KIND_INVOICE);
  g_assert_cmpint (contact->state, ==, CS_JOURNAL_DONE);
  g_assert_cmpstr (contact->outcome_code, ==, "linked");
  g_assert_true (invoice->dependencies_done);
  cs_store_undo_acceptance (practice->store, &proposal->id, &error);
  g_assert_no_error (error);
  cs_store_delete_proposal (practice->store, &proposal->id, &error);
  g_assert_no_error (error);
  practice_assert_sound (practice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/acceptance/links-K-4", test_link_at_acceptance);
  ADD_TEST ("/store/acceptance/links-not-in-doubt-K-4", test_no_link_at_acceptance);
  ADD_TEST ("/store/acceptance/candidates-K-4", test_candidates);
  ADD_TEST ("/store/acceptance/candidates-at-most-20", test_candidates_at_most_20);
  ADD_TEST ("/store/acceptance/link-during-hold", test_link_during_hold);
  return g_test_run ();
}
