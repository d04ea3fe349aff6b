/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

/* An alert is there exactly while its cause is. */

#define DAY_MS G_GINT64_CONSTANT (86400000)

static GPtrArray *
list (Practice *practice)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *alerts = cs_store_list_alerts (practice->store, &error);

  g_assert_no_error (error);
  return alerts;
}

static guint
count (Practice *practice, CsAlertCode code)
{
  g_autoptr (GPtrArray) alerts = list (practice);
  guint n = 0;

  for (guint i = 0; i < alerts->len; i++)
    n += ((CsAlert *)g_ptr_array_index (alerts, i))->code == code;
  return n;
}

/* The newest of this code, of which there must be one. */
static CsAlert *
take (Practice *practice, CsAlertCode code)
{
  g_autoptr (GPtrArray) alerts = list (practice);

  for (guint i = 0; i < alerts->len; i++)
    if (((CsAlert *)g_ptr_array_index (alerts, i))->code == code)
      return g_ptr_array_steal_index (alerts, i);
  g_error ("There is no alert of the code %s", cs_alert_code_to_string (code));
}

static void
assert_parameter (const CsAlert *alert, const char *name, const char *value)
{
  g_assert_cmpstr (cs_alert_get_parameter (alert, name), ==, value);
}

static CsJournalChange
get_change (CsJournalState from, CsJournalState to)
{
  return (CsJournalChange){ .expected = from, .state = to, .generation = 1, .keep_frozen = TRUE };
}

static void
change (Practice *practice, const CsUuid *id, const CsJournalChange *wanted)
{
  g_autoptr (GError) error = NULL;

  cs_store_change_journal (practice->store, id, wanted, &error);
  g_assert_no_error (error);
}

static CsProposal *
accept (Practice *practice, const char *name)
{
  g_autoptr (CsClient) client = practice_add_client (practice, name, "");
  CsProposal *proposal = practice_add_proposal (practice, client);

  practice_accept (practice, proposal);
  return proposal;
}

/* Another proposal of the same client: its invoice waits for the same contact. */
static CsProposal *
accept_again (Practice *practice, const CsProposal *proposal)
{
  g_autoptr (CsClient) client = practice_get_client (practice, &proposal->client_id);
  CsProposal *another = practice_add_proposal (practice, client);

  practice_accept (practice, another);
  return another;
}

static CsUuid
find (Practice *practice, const CsProposal *proposal, const char *kind)
{
  g_autoptr (CsJournalEntry) row = practice_find_row (practice, &proposal->id, kind);

  return row->id;
}

/* Its invoice is refused: the contact is done, so that it may be sent at all. */
static CsUuid
block (Practice *practice, const CsProposal *proposal, CsOutcome outcome, const char *message)
{
  CsUuid id = find (practice, proposal, CS_JOURNAL_KIND_INVOICE);
  CsJournalChange blocked = get_change (CS_JOURNAL_HELD, CS_JOURNAL_BLOCKED);

  blocked.outcome_code = cs_outcome_to_string (outcome);
  blocked.outcome_message = message;
  change (practice, &id, &blocked);
  return id;
}

static void
retry (Practice *practice, const CsUuid *id)
{
  CsJournalChange queued = get_change (CS_JOURNAL_BLOCKED, CS_JOURNAL_QUEUED);

  change (practice, id, &queued);
}

/* Three invoices of a client whose contact is archived are one thing to settle. */
static void
test_shared_cause (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) first = NULL;
  g_autoptr (CsProposal) second = NULL;
  g_autoptr (CsProposal) third = NULL;
  g_autoptr (CsProposal) other = NULL;
  g_autoptr (CsAlert) alert = NULL;
  g_autoptr (CsAlert) again = NULL;
  CsUuid ids[3], oldest;

  practice_connect (practice, "tenant-1");
  first = accept (practice, "Kea");
  second = accept_again (practice, first);
  third = accept_again (practice, first);
  other = accept (practice, "Tui");
  ids[0] = block (practice, first, CS_OUTCOME_ARCHIVED_CONTACT, "Archived");
  alert = take (practice, CS_ALERT_BLOCKED);
  practice_wait (practice, 60000);
  ids[1] = block (practice, second, CS_OUTCOME_ARCHIVED_CONTACT, "Archived");
  ids[2] = block (practice, third, CS_OUTCOME_ARCHIVED_CONTACT, "Archived");
  g_assert_cmpuint (count (practice, CS_ALERT_BLOCKED), ==, 1);
  again = take (practice, CS_ALERT_BLOCKED);
  g_assert_true (cs_uuid_equal (&alert->id, &again->id));
  g_assert_cmpint (again->raised_ms, ==, alert->raised_ms);
  assert_parameter (again, "count", "3");
  assert_parameter (again, "client", "Kea");
  assert_parameter (again, "outcome", "archived-contact");
  assert_parameter (again, "message", "Archived");
  assert_parameter (again, "currency", "NZD");
  g_assert_cmpint (cs_alert_get_number (again, "amount"), ==, 3 * 115000);
  g_assert_cmpstr (again->subject_kind, ==, "journal");
  oldest = again->subject_id;
  g_assert_true (cs_uuid_equal (&oldest, &ids[0]) || cs_uuid_equal (&oldest, &ids[1])
                 || cs_uuid_equal (&oldest, &ids[2]));

  block (practice, other, CS_OUTCOME_ARCHIVED_CONTACT, "Archived");
  g_assert_cmpuint (count (practice, CS_ALERT_BLOCKED), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_cmpuint (count (practice, CS_ALERT_BLOCKED), ==, 2);
      retry (practice, &ids[i]);
    }
  g_assert_cmpuint (count (practice, CS_ALERT_BLOCKED), ==, 1);
  practice_assert_sound (practice);
}

/* Refusals in the same words are one; a number that is taken is each invoice's own affair. */
static void
test_own_causes (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) first = NULL;
  g_autoptr (CsProposal) second = NULL;
  CsUuid a, b;

  practice_connect (practice, "tenant-1");
  first = accept (practice, "Kea");
  second = accept (practice, "Tui");
  a = block (practice, first, CS_OUTCOME_NUMBER_TAKEN, "Taken");
  b = block (practice, second, CS_OUTCOME_NUMBER_TAKEN, "Taken");
  g_assert_cmpuint (count (practice, CS_ALERT_BLOCKED), ==, 2);
  retry (practice, &a);
  retry (practice, &b);
  g_assert_cmpuint (count (practice, CS_ALERT_BLOCKED), ==, 0);
  practice_run_sql (practice, "UPDATE journal SET state = 'blocked', outcome_code = 'refused',"
                              " outcome_message = 'Account 200 is archived' WHERE kind = 'invoice.create'");
  practice_wait (practice, 1000);
  practice_reopen (practice);
  cs_store_release_due (practice->store, FIXTURE_TODAY, NULL, NULL);
  g_assert_cmpuint (count (practice, CS_ALERT_BLOCKED), ==, 1);
}

/* Raised, settled, raised anew as another alert when it comes back; never twice meanwhile. */
static void
test_comes_back (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = NULL;
  g_autoptr (CsAlert) first = NULL;
  g_autoptr (CsAlert) second = NULL;
  g_autoptr (CsSettings) settings = cs_store_get_settings (practice->store, NULL);
  CsJournalChange blocked = get_change (CS_JOURNAL_QUEUED, CS_JOURNAL_BLOCKED);
  CsUuid id;

  practice_connect (practice, "tenant-1");
  proposal = accept (practice, "Kea");
  id = block (practice, proposal, CS_OUTCOME_DIFFERENT, "Differs");
  first = take (practice, CS_ALERT_BLOCKED);
  g_assert_true (cs_store_save_settings (practice->store, settings, NULL));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM alert"), ==, 1);
  practice_wait (practice, 5000);
  retry (practice, &id);
  g_assert_cmpuint (count (practice, CS_ALERT_BLOCKED), ==, 0);
  g_assert_cmpint (practice_query (practice, "SELECT settled_ms FROM alert"), ==, practice->now_ms);
  blocked.outcome_code = cs_outcome_to_string (CS_OUTCOME_DIFFERENT);
  change (practice, &id, &blocked);
  second = take (practice, CS_ALERT_BLOCKED);
  g_assert_false (cs_uuid_equal (&first->id, &second->id));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM alert"), ==, 2);
}

static void
test_sign_in (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsProposal) proposal = accept (practice, "Kea");
  g_autoptr (CsAlert) alert = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count (practice, CS_ALERT_SIGN_IN), ==, 0);
  for (int i = 0; i < 3; i++)
    cs_store_set_connection_state (practice->store, &connection_id, CS_CONNECTION_SIGN_IN_NEEDED, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (practice, CS_ALERT_SIGN_IN), ==, 1);
  alert = take (practice, CS_ALERT_SIGN_IN);
  g_assert_true (cs_uuid_equal (&alert->subject_id, &connection_id));
  assert_parameter (alert, "count", "2");
  g_assert_cmpstr (cs_alert_get_parameter (alert, "organisation"), !=, "");
  cs_store_set_connection_state (practice->store, &connection_id, CS_CONNECTION_CONNECTED, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (practice, CS_ALERT_SIGN_IN), ==, 0);
  g_assert_false (cs_uuid_is_none (&proposal->id));
}

static void
set_condition (Practice *practice, CsAlertCode code, gboolean holds, gint64 until_ms)
{
  g_autoptr (GError) error = NULL;

  cs_store_set_condition (practice->store, code, holds, practice->now_ms, until_ms, &error);
  g_assert_no_error (error);
}

static void
test_keyring (Practice *practice, gconstpointer data)
{
  g_autoptr (CsAlert) alert = NULL;
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, practice->now_ms);

  set_condition (practice, CS_ALERT_KEYRING, TRUE, 0);
  practice_wait (practice, 1000);
  set_condition (practice, CS_ALERT_KEYRING, TRUE, 0);
  g_assert_cmpuint (count (practice, CS_ALERT_KEYRING), ==, 1);
  alert = take (practice, CS_ALERT_KEYRING);
  assert_parameter (alert, "since_ms", since);
  set_condition (practice, CS_ALERT_KEYRING, FALSE, 0);
  g_assert_cmpuint (count (practice, CS_ALERT_KEYRING), ==, 0);
}

/* The day's limit is nobody's affair while nothing waits for it [B-21]. */
static void
test_day_limit (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = NULL;
  g_autoptr (CsAlert) alert = NULL;
  CsUuid contact_id;

  practice_connect (practice, "tenant-1");
  set_condition (practice, CS_ALERT_DAY_LIMIT, TRUE, practice->now_ms + DAY_MS);
  g_assert_cmpuint (count (practice, CS_ALERT_DAY_LIMIT), ==, 0);
  proposal = accept (practice, "Kea");
  g_assert_cmpuint (count (practice, CS_ALERT_DAY_LIMIT), ==, 0); /* held: not yet */
  contact_id = find (practice, proposal, CS_JOURNAL_KIND_CONTACT);
  practice_change (practice, &contact_id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  alert = take (practice, CS_ALERT_DAY_LIMIT);
  g_assert_cmpint (cs_alert_get_number (alert, "until_ms"), ==, practice->now_ms + DAY_MS);
  assert_parameter (alert, "count", "2");
  set_condition (practice, CS_ALERT_DAY_LIMIT, FALSE, 0);
  g_assert_cmpuint (count (practice, CS_ALERT_DAY_LIMIT), ==, 0);
}

/* Trying is the program's affair, until it has tried long. */
static void
test_retries (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = NULL;
  g_autoptr (CsAlert) alert = NULL;
  CsJournalChange waiting = get_change (CS_JOURNAL_HELD, CS_JOURNAL_WAITING);
  CsJournalChange queued = get_change (CS_JOURNAL_WAITING, CS_JOURNAL_QUEUED);
  CsUuid id;

  practice_connect (practice, "tenant-1");
  proposal = accept (practice, "Kea");
  id = find (practice, proposal, CS_JOURNAL_KIND_CONTACT);
  waiting.outcome_code = cs_outcome_to_string (CS_OUTCOME_UNREACHABLE);
  waiting.attempts = CS_ALERT_ATTEMPTS - 1;
  change (practice, &id, &waiting);
  g_assert_cmpuint (count (practice, CS_ALERT_RETRIES), ==, 0);
  waiting.expected = CS_JOURNAL_WAITING;
  waiting.attempts = CS_ALERT_ATTEMPTS;
  change (practice, &id, &waiting);
  alert = take (practice, CS_ALERT_RETRIES);
  assert_parameter (alert, "outcome", "unreachable");
  assert_parameter (alert, "attempts", "10");
  assert_parameter (alert, "doubtful", "0");
  change (practice, &id, &queued);
  g_assert_cmpuint (count (practice, CS_ALERT_RETRIES), ==, 0);
}

/* The ledger made it another total [I-13]: until a person has seen it, or it is as we sent it. */
static void
test_changed (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsProposal) proposal = accept (practice, "Kea");
  g_autoptr (GPtrArray) invoices = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);
  g_autoptr (CsAlert) alert = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsAlert) keyring = NULL;
  CsCursor cursor = { 0 };

  practice_claim (practice);
  practice_send_all (practice, &proposal->id);
  g_assert_cmpuint (count (practice, CS_ALERT_CHANGED), ==, 0);
  practice_run_sql (practice, "UPDATE journal SET outcome_code = 'changed-by-ledger', remote_id = 'far-1',"
                              " outcome_message = 'Other' WHERE kind = 'invoice.create'");
  set_condition (practice, CS_ALERT_KEYRING, FALSE, 0);
  alert = take (practice, CS_ALERT_CHANGED);
  assert_parameter (alert, "client", "Kea");

  g_ptr_array_add (invoices, make_invoice ("far-1", "CS-0001", FIXTURE_TODAY, 114999));
  g_assert_true (cs_store_save_invoices (practice->store, &connection_id, invoices, &cursor, NULL));
  g_assert_true (cs_store_mark_synced (practice->store, &connection_id, practice->now_ms, NULL));
  g_assert_cmpuint (count (practice, CS_ALERT_CHANGED), ==, 1);
  ((CsLedgerInvoice *)g_ptr_array_index (invoices, 0))->total.minor = 115000;
  g_assert_true (cs_store_save_invoices (practice->store, &connection_id, invoices, &cursor, NULL));
  g_assert_true (cs_store_mark_synced (practice->store, &connection_id, practice->now_ms, NULL));
  g_assert_cmpuint (count (practice, CS_ALERT_CHANGED), ==, 0);

  practice_run_sql (practice, "UPDATE journal SET is_seen = 0 WHERE kind = 'invoice.create'");
  set_condition (practice, CS_ALERT_KEYRING, TRUE, 0);
  keyring = take (practice, CS_ALERT_KEYRING);
  g_assert_false (cs_store_mark_seen (practice->store, &keyring->id, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  set_condition (practice, CS_ALERT_KEYRING, FALSE, 0);
  g_clear_pointer (&alert, cs_alert_free);
  alert = take (practice, CS_ALERT_CHANGED);
  cs_store_mark_seen (practice->store, &alert->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (practice, CS_ALERT_CHANGED), ==, 0);
  g_assert_false (cs_store_mark_seen (practice->store, &alert->id, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  practice_assert_sound (practice);
}

static void
test_catch_up (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept (practice, "Kea");
  g_autoptr (CsAlert) alert = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  CsDate today = cs_date_from_parts (2027, 2, 20);
  guint n = 0;

  g_assert_cmpuint (count (practice, CS_ALERT_CATCH_UP), ==, 0);
  cs_store_release_due (practice->store, today, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
  alert = take (practice, CS_ALERT_CATCH_UP);
  assert_parameter (alert, "count", "3");
  assert_parameter (alert, "first", "2026-12-01");
  assert_parameter (alert, "last", "2027-02-01");
  assert_parameter (alert, "client", "Kea");
  items = cs_store_list_catch_up (practice->store, today, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 3);
  for (guint i = 0; i < items->len; i++)
    {
      const CsCatchUpItem *item = g_ptr_array_index (items, i);
      CsPlannedSeen seen = cs_planned_invoice_get_seen (item->planned);

      g_assert_cmpuint (count (practice, CS_ALERT_CATCH_UP), ==, 1);
      g_assert_true (
          i == 1 ? cs_store_skip_planned (practice->store, &seen, 1, "Agreed", NULL)
                 : cs_store_bill_catch_up (practice->store, &seen, 1, CS_CATCH_UP_ON_ITS_DAY, today, NULL));
    }
  g_assert_cmpuint (count (practice, CS_ALERT_CATCH_UP), ==, 0);
  g_assert_false (cs_uuid_is_none (&proposal->id));
}

/* A restored file waits for a pull, as soon as something waits to be sent. */
static void
test_restored (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsProposal) proposal = NULL;

  practice_claim (practice);
  practice_run_sql (practice, "UPDATE practice SET restored_epoch = epoch");
  proposal = accept (practice, "Kea");
  g_assert_cmpuint (count (practice, CS_ALERT_RESTORED), ==, 1);
  g_assert_true (cs_store_mark_synced (practice->store, &connection_id, practice->now_ms, NULL));
  g_assert_cmpuint (count (practice, CS_ALERT_RESTORED), ==, 0);
  g_assert_false (cs_uuid_is_none (&proposal->id));
}

/* Told once for as long as it is so, with what was found last; a person's word closes it, as does a chain
 * that fits again. */
static void
test_audit (Practice *practice, gconstpointer data)
{
  g_autoptr (GPtrArray) alerts = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_set_audit_break (practice->store, "Row 3", &error));
  g_assert_true (cs_store_set_audit_break (practice->store, "Row 2", &error));
  g_assert_cmpuint (count (practice, CS_ALERT_AUDIT), ==, 1);
  alerts = cs_store_list_alerts (practice->store, &error);
  g_assert_cmpstr (cs_alert_get_parameter (g_ptr_array_index (alerts, 0), "message"), ==, "Row 2");
  g_assert_true (cs_store_set_audit_break (practice->store, NULL, &error));
  g_assert_cmpuint (count (practice, CS_ALERT_AUDIT), ==, 0);
  g_assert_true (cs_store_set_audit_break (practice->store, "Row 3", &error));
  g_assert_cmpuint (count (practice, CS_ALERT_AUDIT), ==, 1);
  g_assert_true (cs_store_accept_audit (practice->store, NULL, "Known", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (practice, CS_ALERT_AUDIT), ==, 0);
}

/* What was meant for an organisation that was connected before is in nobody's way. */
static void
test_another_tenant (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = NULL;

  practice_connect (practice, "tenant-1");
  proposal = accept (practice, "Kea");
  block (practice, proposal, CS_OUTCOME_REFUSED, "No");
  g_assert_cmpuint (count (practice, CS_ALERT_BLOCKED), ==, 1);
  practice_wait (practice, 1000);
  practice_connect (practice, "tenant-2");
  g_assert_cmpuint (count (practice, CS_ALERT_BLOCKED), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/alerts/shared-cause-R-04", test_shared_cause);
  ADD_TEST ("/store/alerts/own-causes-R-04", test_own_causes);
  ADD_TEST ("/store/alerts/comes-back-R-04", test_comes_back);
  ADD_TEST ("/store/alerts/sign-in-R-04", test_sign_in);
  ADD_TEST ("/store/alerts/keyring-R-04", test_keyring);
  ADD_TEST ("/store/alerts/day-limit-B-21", test_day_limit);
  ADD_TEST ("/store/alerts/retries-R-03", test_retries);
  ADD_TEST ("/store/alerts/changed-I-13", test_changed);
  ADD_TEST ("/store/alerts/catch-up-U-11", test_catch_up);
  ADD_TEST ("/store/alerts/restored", test_restored);
  ADD_TEST ("/store/alerts/another-tenant", test_another_tenant);
  ADD_TEST ("/store/alerts/audit", test_audit);
  return g_test_run ();
}
