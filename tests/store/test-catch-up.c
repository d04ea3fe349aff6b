/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <string.h>

/* What was missed: every period offered, none billed twice or lost [U-10 to U-13, B-08]. */

#define DAY_MS G_GINT64_CONSTANT (86400000)

/* Three months away: the plan's first days of December, January and February are missed, March's is today. */
#define BACK (cs_date_from_parts (2027, 3, 1))

static CsProposal *
accept_and_go_away (Practice *practice)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  CsProposal *proposal = practice_add_proposal (practice, client);

  practice_accept (practice, proposal);
  g_assert_true (cs_store_release_due (practice->store, FIXTURE_TODAY, NULL, NULL));
  practice_wait (practice, (BACK.days - FIXTURE_TODAY.days) * DAY_MS);
  return proposal;
}

static guint
look (Practice *practice)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  cs_store_release_due (practice->store, BACK, &n, &error);
  g_assert_no_error (error);
  return n;
}

static GPtrArray *
list (Practice *practice)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = cs_store_list_catch_up (practice->store, BACK, &error);

  g_assert_no_error (error);
  return items;
}

static const CsUuid *
get_id (GPtrArray *items, guint index)
{
  return &((CsCatchUpItem *)g_ptr_array_index (items, index))->planned->id;
}

static CsPlannedSeen
get_seen (GPtrArray *items, guint index)
{
  return cs_planned_invoice_get_seen (((CsCatchUpItem *)g_ptr_array_index (items, index))->planned);
}

static gboolean
bill (Practice *practice, GPtrArray *items, guint index, CsCatchUpDating dating, GError **error)
{
  CsPlannedSeen seen = get_seen (items, index);

  return cs_store_bill_catch_up (practice->store, &seen, 1, dating, BACK, error);
}

static gboolean
skip (Practice *practice, GPtrArray *items, guint index, const char *reason, GError **error)
{
  CsPlannedSeen seen = get_seen (items, index);

  return cs_store_skip_planned (practice->store, &seen, 1, reason, error);
}

static void
close_books (Practice *practice, CsDate until)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsLedgerOrganisation) organisation = cs_ledger_organisation_new ();
  g_autoptr (GError) error = NULL;

  organisation->currency = (CsCurrency){ "NZD" };
  organisation->period_lock = until;
  organisation->year_lock = CS_DATE_NONE;
  cs_store_save_organisation (practice->store, &connection_id, organisation, &error);
  g_assert_no_error (error);
}

/* A jump of three months: the right list, with who and what; today's goes by itself. */
static void
test_clock_jump (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_and_go_away (practice);
  g_autoptr (GPtrArray) items = NULL;

  g_assert_cmpuint (look (practice), ==, 1);
  items = list (practice);
  g_assert_cmpuint (items->len, ==, 3);
  for (guint i = 0; i < items->len; i++)
    {
      const CsCatchUpItem *item = g_ptr_array_index (items, i);

      g_assert_cmpint (cs_date_compare (item->planned->date,
                                        cs_date_add_months (cs_date_from_parts (2026, 12, 1), (int)i, 0)),
                       ==, 0);
      g_assert_cmpstr (item->client_name, ==, "Kea");
      g_assert_cmpstr (item->proposal_number, ==, proposal->number);
      g_assert_true (cs_uuid_equal (&item->client_id, &proposal->client_id));
      g_assert_false (item->is_closed);
    }
}

/* Some are billed, one is skipped, one waits; whatever runs how often, each is billed once. */
static void
test_some (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_and_go_away (practice);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  CsPlannedSeen second;

  look (practice);
  items = list (practice);
  second = get_seen (items, 1);
  bill (practice, items, 0, CS_CATCH_UP_ON_ITS_DAY, &error);
  g_assert_no_error (error);
  skip (practice, items, 1, "On leave", &error);
  g_assert_no_error (error);
  before = practice_dump (practice);
  for (int i = 0; i < 10; i++)
    {
      g_assert_cmpuint (look (practice), ==, 0);
      g_assert_false (bill (practice, items, 0, CS_CATCH_UP_TODAY, &error));
      assert_store_error (error, CS_STORE_ERROR_STATE);
      g_assert_false (skip (practice, items, 0, "Late thought", &error));
      assert_store_error (error, CS_STORE_ERROR_STATE);
      g_assert_false (cs_store_release_planned (practice->store, &second, &error));
      assert_store_error (error, CS_STORE_ERROR_STATE);
    }
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
  left = list (practice);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_true (cs_uuid_equal (get_id (left, 0), get_id (items, 2)));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM journal WHERE kind = 'invoice.create'"),
                   ==, 3); /* at acceptance, today's, and the one that was billed */
  g_assert_cmpint (practice_query (practice, "SELECT hold_until_ms FROM journal ORDER BY created_ms DESC,"
                                             " number DESC LIMIT 1"),
                   ==, practice->now_ms + 15000);
  practice_assert_sound (practice);
  g_assert_false (cs_uuid_is_none (&proposal->id));
}

/* All at once under today's date: as many invoices, as many days to pay; their periods stay [U-12]. */
static void
test_today (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_and_go_away (practice);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GError) error = NULL;
  CsPlannedSeen seen[3];

  look (practice);
  items = list (practice);
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    seen[i] = get_seen (items, i);
  cs_store_bill_catch_up (practice->store, seen, G_N_ELEMENTS (seen), CS_CATCH_UP_TODAY, BACK, &error);
  g_assert_no_error (error);
  plan = cs_store_list_planned (practice->store, &proposal->id, &error);
  g_assert_no_error (error);
  for (guint i = 1; i <= 3; i++)
    {
      const CsPlannedInvoice *planned = g_ptr_array_index (plan, i);
      const CsPlannedInvoice *was = ((CsCatchUpItem *)g_ptr_array_index (items, i - 1))->planned;
      const CsPlannedLine *line = g_ptr_array_index (planned->lines, 0);
      const CsPlannedLine *line_was = g_ptr_array_index (was->lines, 0);

      g_assert_true (cs_uuid_equal (&planned->id, &was->id));
      g_assert_cmpint (cs_date_compare (planned->date, BACK), ==, 0);
      g_assert_cmpint (planned->due.days - planned->date.days, ==, was->due.days - was->date.days);
      g_assert_cmpint (cs_date_compare (line->period.start, line_was->period.start), ==, 0);
      g_assert_cmpstr (planned->number, !=, "");
    }
  /* The plan is told by the dates of its rules: topping it up makes none of them anew. */
  g_assert_cmpuint (look (practice), ==, 0);
  practice_assert_sound (practice);
}

/* Nothing is billed on a day for which the ledger's books are closed, and none of the others with it. */
static void
test_closed_period (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_and_go_away (practice);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  CsPlannedSeen seen[2];

  look (practice);
  close_books (practice, cs_date_from_parts (2026, 12, 31));
  items = list (practice);
  g_assert_true (((CsCatchUpItem *)g_ptr_array_index (items, 0))->is_closed);
  g_assert_false (((CsCatchUpItem *)g_ptr_array_index (items, 1))->is_closed);
  seen[0] = get_seen (items, 1);
  seen[1] = get_seen (items, 0);
  g_assert_false (cs_store_bill_catch_up (practice->store, seen, 2, CS_CATCH_UP_ON_ITS_DAY, BACK, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_ptr_array_unref (g_steal_pointer (&items));
  items = list (practice);
  g_assert_cmpuint (items->len, ==, 3);
  g_assert_true (cs_store_bill_catch_up (practice->store, seen, 2, CS_CATCH_UP_TODAY, BACK, NULL));
  g_assert_false (cs_uuid_is_none (&proposal->id));
}

/* Skipped, with a reason, in the audit chain; taken back, it waits again. */
static void
test_skip (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_and_go_away (practice);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GError) error = NULL;

  look (practice);
  items = list (practice);
  g_assert_false (skip (practice, items, 0, "", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_true (skip (practice, items, 0, "On leave", NULL));
  plan = cs_store_list_planned (practice->store, &proposal->id, NULL);
  g_assert_cmpstr (((CsPlannedInvoice *)g_ptr_array_index (plan, 1))->skip_reason, ==, "On leave");
  g_assert_cmpint (((CsPlannedInvoice *)g_ptr_array_index (plan, 1))->skipped_ms, ==, practice->now_ms);
  g_assert_true (cs_store_undo_skip (practice->store, get_id (items, 0), 1, NULL));
  g_assert_false (cs_store_undo_skip (practice->store, get_id (items, 0), 1, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_ptr_array_unref (g_steal_pointer (&items));
  items = list (practice);
  g_assert_cmpuint (items->len, ==, 3);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit WHERE action IN ('invoice.skipped',"
                                             " 'invoice.skip-undone') AND details LIKE '%On leave%'"),
                   ==, 2);
  practice_assert_sound (practice);
}

/* The schedule: what a person chose, and from when its rounds are counted [K-5]. */
static void
test_schedule (Practice *practice, gconstpointer data)
{
  g_autoptr (CsSchedule) schedule = cs_store_get_schedule (practice->store, NULL);
  g_autoptr (CsSchedule) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint ((int)schedule->push_when, ==, CS_PUSH_IMMEDIATELY);
  g_assert_true (cs_store_mark_pulled (practice->store, 77, NULL));
  schedule->push_when = CS_PUSH_DAILY;
  schedule->push_at = 1440;
  g_assert_false (cs_store_save_schedule (practice->store, schedule, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  schedule->push_at = 990;
  g_assert_true (cs_store_save_schedule (practice->store, schedule, NULL));
  after = cs_store_get_schedule (practice->store, NULL);
  g_assert_cmpint ((int)after->push_when, ==, CS_PUSH_DAILY);
  g_assert_cmpint (after->push_at, ==, 990);
  g_assert_cmpint (after->pushed_ms, ==, 0); /* no round: what was queued by then waits for one */
  g_assert_cmpint (after->chosen_ms, ==, practice->now_ms);
  g_assert_cmpint (after->pulled_ms, ==, 77);
  practice_wait (practice, 1000);
  after->pull_at = 200;
  g_assert_true (cs_store_save_schedule (practice->store, after, NULL));
  g_clear_pointer (&after, cs_schedule_free);
  after = cs_store_get_schedule (practice->store, NULL);
  g_assert_cmpint (after->chosen_ms, ==, practice->now_ms - 1000); /* pushes were not chosen anew */
  g_assert_true (cs_store_mark_pushed (practice->store, practice->now_ms, NULL));
  g_clear_pointer (&after, cs_schedule_free);
  after = cs_store_get_schedule (practice->store, NULL);
  g_assert_cmpint (after->pushed_ms, ==, practice->now_ms);
  g_assert_cmpint (after->chosen_ms, ==, 0);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit WHERE action = 'schedule.saved'"),
                   ==, 2);
}

/* Which refusal it is: the words are all that a person is told. */
static void
assert_says (const GError *error, const char *words)
{
  g_assert_nonnull (error);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in “%s”", words, error->message);
}

/* Billed by mistake: until they leave they can be taken back, numbers, dates and all, and then billed again.
 */
static void
test_bill_undone (Practice *practice, gconstpointer data)
{
  g_autoptr (CsProposal) proposal = accept_and_go_away (practice);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (CsPlannedInvoice) first = NULL;
  g_autoptr (CsPlannedInvoice) billed = NULL;
  g_autoptr (GError) error = NULL;
  CsPlannedSeen seen[2];
  CsUuid ids[2];

  look (practice);
  items = list (practice);
  g_assert_cmpuint (items->len, ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      seen[i] = get_seen (items, i);
      ids[i] = seen[i].id;
    }
  g_assert_true (cs_store_bill_catch_up (practice->store, seen, 2, CS_CATCH_UP_TODAY, BACK, NULL));
  first = cs_store_load_planned (practice->store, &ids[0], NULL);
  g_assert_cmpstr (first->number, !=, "");

  g_assert_true (cs_store_undo_bill_catch_up (practice->store, ids, 2, &error));
  g_assert_no_error (error);
  again = list (practice);
  g_assert_cmpuint (again->len, ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned (practice->store, &ids[i], NULL);

      g_assert_true (cs_uuid_is_none (&planned->journal_id));
      g_assert_cmpstr (planned->number, ==, "");
      g_assert_cmpint (cs_date_compare (planned->date, ((CsCatchUpItem *)items->pdata[i])->planned->date), ==,
                       0);
      g_assert_cmpint (cs_date_compare (planned->due, ((CsCatchUpItem *)items->pdata[i])->planned->due), ==,
                       0);
    }
  practice_assert_sound (practice);

  /* Nothing is taken back twice, which another window may have done, and of several all or none. */
  g_assert_false (cs_store_undo_bill_catch_up (practice->store, ids, 2, &error));
  assert_says (error, "taken back before");
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_assert_true (cs_store_bill_catch_up (practice->store, seen, 1, CS_CATCH_UP_ON_ITS_DAY, BACK, NULL));
  billed = cs_store_load_planned (practice->store, &ids[0], NULL);
  g_assert_cmpstr (billed->number, ==, first->number);
  g_assert_false (cs_store_undo_bill_catch_up (practice->store, ids, 2, &error));
  assert_says (error, "taken back before");
  assert_store_error (error, CS_STORE_ERROR_STATE);
  /* What is on its way stays. */
  practice_change (practice, &billed->journal_id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  g_assert_false (cs_store_undo_bill_catch_up (practice->store, ids, 1, &error));
  assert_says (error, "on their way to Xero");
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_clear_pointer (&again, g_ptr_array_unref);
  again = list (practice);
  g_assert_cmpuint (again->len, ==, 2);
  practice_assert_sound (practice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/catch-up/clock-jump-B-08", test_clock_jump);
  ADD_TEST ("/store/catch-up/some-U-11", test_some);
  ADD_TEST ("/store/catch-up/today-U-12", test_today);
  ADD_TEST ("/store/catch-up/bill-undone", test_bill_undone);
  ADD_TEST ("/store/catch-up/closed-period", test_closed_period);
  ADD_TEST ("/store/catch-up/skip-U-11", test_skip);
  ADD_TEST ("/store/catch-up/schedule-K-5", test_schedule);
  return g_test_run ();
}
