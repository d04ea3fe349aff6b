/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

/* Random people, and after each of their steps what must always be so. */

#define WORLDS 12
#define STEPS 120
/* What is checked by reading all again. */
#define CHECK_EVERY 4

typedef struct
{
  Practice practice;
  GArray *clients;   /* of CsUuid */
  GArray *proposals; /* of CsUuid */
  GRand *rand;
  CsDate today;
} World;

static const CsUuid *
pick (World *world, GArray *ids)
{
  return ids->len == 0
             ? NULL
             : &g_array_index (ids, CsUuid, (guint)g_rand_int_range (world->rand, 0, (gint32)ids->len));
}

/* A step may be refused, but only in words of ours and never by a rule of the file that it ran into. */
static void
check_refusal (gboolean went_well, GError **location)
{
  GError *error = *location; /* read after the call that may set it */

  g_assert_cmpint (went_well, ==, error == NULL);
  if (error == NULL)
    return;
  g_assert_true (error->domain == CS_STORE_ERROR);
  g_assert_true (error->code == CS_STORE_ERROR_STATE || error->code == CS_STORE_ERROR_INVALID);
  g_assert_null (g_strstr_len (error->message, -1, "constraint"));
}

static void
step_client (World *world)
{
  g_autofree char *name = g_strdup_printf ("Client %u", world->clients->len);
  g_autoptr (CsClient) client = practice_add_client (&world->practice, name, "");

  g_array_append_val (world->clients, client->id);
}

static void
step_proposal (World *world)
{
  const CsUuid *id = pick (world, world->clients);

  if (id != NULL)
    {
      g_autoptr (CsClient) client = practice_get_client (&world->practice, id);
      g_autoptr (CsProposal) proposal = practice_add_proposal (&world->practice, client);

      g_array_append_val (world->proposals, proposal->id);
    }
}

static void
step_save (World *world)
{
  const CsUuid *id = pick (world, world->proposals);

  if (id != NULL)
    {
      g_autoptr (CsProposal) proposal = practice_get_proposal (&world->practice, id);
      g_autoptr (GError) error = NULL;

      g_ptr_array_set_size (proposal->lines, 1);
      check_refusal (cs_store_save_proposal (world->practice.store, proposal, &error), &error);
    }
}

static void
step_accept (World *world)
{
  const CsUuid *id = pick (world, world->proposals);

  if (id != NULL)
    {
      g_autoptr (CsAcceptance) acceptance
          = practice_new_acceptance (cs_date_add_days (world->today, -g_rand_int_range (world->rand, 0, 3)));
      g_autoptr (GError) error = NULL;

      check_refusal (cs_store_accept_proposal (world->practice.store, id, acceptance, &error), &error);
    }
}

static void
step_undo (World *world)
{
  const CsUuid *id = pick (world, world->proposals);
  g_autoptr (GError) error = NULL;

  if (id != NULL)
    check_refusal (cs_store_undo_acceptance (world->practice.store, id, &error), &error);
}

static void
step_release (World *world)
{
  const CsUuid *id = pick (world, world->proposals);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (id != NULL)
    check_refusal (cs_store_release_acceptance (world->practice.store, id, &error), &error);
  g_clear_error (&error);
  cs_store_release_due (world->practice.store, world->today, &n, &error);
  g_assert_no_error (error);
}

static void
step_day (World *world)
{
  int days = g_rand_int_range (world->rand, 1, 40);

  world->today = cs_date_add_days (world->today, days);
  practice_wait (&world->practice, days * G_GINT64_CONSTANT (86400000));
}

static void
step_catch_up (World *world)
{
  const CsUuid *id = pick (world, world->proposals);
  g_autoptr (GPtrArray) plan = id != NULL ? cs_store_list_planned (world->practice.store, id, NULL) : NULL;

  if (plan != NULL && plan->len > 0)
    {
      const CsPlannedInvoice *planned
          = g_ptr_array_index (plan, (guint)g_rand_int_range (world->rand, 0, (gint32)plan->len));
      CsPlannedSeen seen = cs_planned_invoice_get_seen (planned);
      g_autoptr (GError) error = NULL;

      check_refusal (cs_store_release_planned (world->practice.store, &seen, &error), &error);
    }
}

/* A person goes through what was missed: bills some, skips some, thinks better of it [U-11]. */
static void
step_review (World *world)
{
  g_autoptr (GPtrArray) items = cs_store_list_catch_up (world->practice.store, world->today, NULL);
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (CsPlannedSeen));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      CsPlannedSeen seen
          = cs_planned_invoice_get_seen (((CsCatchUpItem *)g_ptr_array_index (items, i))->planned);

      if (g_rand_boolean (world->rand))
        g_array_append_val (chosen, seen);
    }
  if (g_rand_boolean (world->rand))
    cs_store_bill_catch_up (world->practice.store, (CsPlannedSeen *)chosen->data, chosen->len,
                            g_rand_boolean (world->rand) ? CS_CATCH_UP_TODAY : CS_CATCH_UP_ON_ITS_DAY,
                            world->today, &error);
  else
    cs_store_skip_planned (world->practice.store, (CsPlannedSeen *)chosen->data, chosen->len, "Agreed",
                           &error);
  g_assert_no_error (error);
  for (guint i = 0; i < chosen->len; i++)
    if (g_rand_int_range (world->rand, 0, 4) == 0)
      check_refusal (
          cs_store_undo_skip (world->practice.store, &g_array_index (chosen, CsPlannedSeen, i).id, 1, &error),
          &error),
          g_clear_error (&error);
}

static void
step_condition (World *world)
{
  g_autoptr (GError) error = NULL;

  cs_store_set_condition (world->practice.store,
                          g_rand_boolean (world->rand) ? CS_ALERT_KEYRING : CS_ALERT_DAY_LIMIT,
                          g_rand_boolean (world->rand), world->practice.now_ms, 0, &error);
  g_assert_no_error (error);
}

/* Refused, and for reasons that others may share. */
static void
block (World *world, const CsJournalEntry *entry)
{
  static const CsOutcome reasons[]
      = { CS_OUTCOME_ARCHIVED_CONTACT, CS_OUTCOME_REFUSED, CS_OUTCOME_NUMBER_TAKEN, CS_OUTCOME_NONE };
  CsOutcome reason = reasons[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (reasons))];
  CsJournalChange change = { .expected = entry->state,
                             .state = CS_JOURNAL_BLOCKED,
                             .generation = entry->generation,
                             .outcome_code = cs_outcome_to_string (reason),
                             .outcome_message = "No" };

  g_assert_true (cs_store_change_journal (world->practice.store, &entry->id, &change, NULL));
}

/* The engine and the wire, in one: a row moves on, is cancelled or stays where it is. */
static void
step_journal (World *world)
{
  g_autoptr (GPtrArray) rows = cs_store_list_unfinished (world->practice.store, NULL, NULL);
  g_autoptr (CsConnection) connection = cs_store_get_connection (world->practice.store, NULL);
  gboolean is_connected = connection != NULL && connection->state == CS_CONNECTION_CONNECTED;

  for (guint i = 0; i < rows->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (rows, i);
      g_autoptr (CsJournalEntry) now = practice_get_row (&world->practice, &entry->id);
      int what = g_rand_int_range (world->rand, 0, 4);

      if (now->state == CS_JOURNAL_HELD && what == 0)
        practice_change (&world->practice, &now->id, CS_JOURNAL_HELD, CS_JOURNAL_CANCELLED);
      else if (now->state == CS_JOURNAL_HELD && what == 1 && now->hold_until_ms <= world->practice.now_ms)
        practice_change (&world->practice, &now->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
      else if (now->state == CS_JOURNAL_QUEUED && now->dependencies_done && what == 0)
        block (world, now);
      else if (now->state == CS_JOURNAL_QUEUED && now->dependencies_done && is_connected)
        {
          g_autofree char *remote_id = cs_uuid_to_string (&now->id);
          g_autoptr (CsLedgerContact) contact = make_contact (remote_id, now->title, "");
          g_autoptr (CsLedgerInvoice) invoice
              = make_invoice (remote_id, now->number, world->today, now->amount.minor);
          g_autoptr (GError) error = NULL;

          practice_freeze (&world->practice, &now->id, CS_JOURNAL_QUEUED, now->generation + 1);
          if (g_str_equal (now->kind, CS_JOURNAL_KIND_CONTACT))
            cs_store_finish_contact (world->practice.store, &now->id, contact, FALSE, "", &error);
          else
            cs_store_finish_invoice (world->practice.store, &now->id, invoice, FALSE, "", &error);
          g_assert_no_error (error);
        }
    }
}

/* A person: sends again what is blocked, or maps a client. */
static void
step_person (World *world)
{
  g_autoptr (GPtrArray) rows = cs_store_list_unfinished (world->practice.store, NULL, NULL);
  g_autoptr (CsConnection) connection = cs_store_get_connection (world->practice.store, NULL);
  const CsUuid *client = pick (world, world->clients);

  for (guint i = 0; i < rows->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (rows, i);
      CsJournalChange change
          = { .expected = CS_JOURNAL_BLOCKED, .state = CS_JOURNAL_QUEUED, .generation = entry->generation };
      g_autoptr (GError) error = NULL;

      if (entry->state != CS_JOURNAL_BLOCKED || g_rand_boolean (world->rand))
        continue;
      cs_store_retry_journal (
          world->practice.store, &entry->id, &change,
          g_str_equal (entry->kind, CS_JOURNAL_KIND_INVOICE) && g_rand_boolean (world->rand), &error);
      g_assert_no_error (error);
    }
  if (client != NULL && connection != NULL && g_rand_int_range (world->rand, 0, 8) == 0)
    {
      g_autofree char *remote_id = cs_uuid_to_string (client);
      g_autoptr (CsClient) found = practice_get_client (&world->practice, client);
      g_autoptr (GError) error = NULL;

      if (*found->remote_contact_id == '\0')
        check_refusal (cs_store_link_client (world->practice.store, client, &connection->id, remote_id,
                                             "person", &error),
                       &error);
    }
}

static void
step_connect (World *world)
{
  g_autoptr (CsConnection) connection = cs_store_get_connection (world->practice.store, NULL);

  if (connection == NULL || g_rand_boolean (world->rand))
    practice_connect (&world->practice, "tenant-1");
  else
    g_assert_true (cs_store_set_connection_state (world->practice.store, &connection->id,
                                                  CS_CONNECTION_DISCONNECTED, NULL));
}

static void
step_reopen (World *world)
{
  practice_reopen (&world->practice);
  g_assert_false (practice_claim (&world->practice));
}

static void
assert_none (World *world, const char *statement)
{
  g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM (%s)", statement);

  if (practice_query (&world->practice, count) != 0)
    g_error ("This should find nothing: %s", statement);
}

/* An alert is open exactly while its cause is there, and says of it what is so. */
static void
check_alerts (World *world)
{
  assert_none (world, "SELECT code, cause, parameters FROM alert WHERE settled_ms = 0"
                      " EXCEPT SELECT code, cause, parameters FROM alert_source");
  assert_none (world, "SELECT code, cause, parameters FROM alert_source"
                      " EXCEPT SELECT code, cause, parameters FROM alert WHERE settled_ms = 0");
  /* The same, told without the view: each blocked row is in one alert, and only those are. */
  assert_none (world, "SELECT 1 FROM practice WHERE (SELECT count(*) FROM journal WHERE state = 'blocked')"
                      " <> (SELECT ifnull (sum (json_extract (parameters, '$.count')), 0) FROM alert"
                      "     WHERE settled_ms = 0 AND code = 'blocked')");
  assert_none (world, "SELECT 1 FROM planned_invoice i, practice WHERE i.journal_id IS NULL"
                      " AND i.skipped_ms = 0 AND i.date < last_due_day"
                      " AND NOT EXISTS (SELECT 1 FROM alert WHERE code = 'catch-up' AND settled_ms = 0)");
}

/* Each past invoice is journalled, skipped, in the list, or goes at the next look: never two, never none
 * [U-10, U-11]. */
static void
check_nothing_lost (World *world)
{
  g_autoptr (GPtrArray) items = cs_store_list_catch_up (world->practice.store, world->today, NULL);
  g_autoptr (GArray) by_itself = cs_store_load_open (world->practice.store, world->today, TRUE, NULL);
  g_autofree char *past = g_strdup_printf ("SELECT count(*) FROM planned_invoice WHERE journal_id IS NULL"
                                           " AND skipped_ms = 0 AND date <= %d",
                                           world->today.days);

  g_assert_cmpint (practice_query (&world->practice, past), ==, items->len + by_itself->len);
  assert_none (world, "SELECT 1 FROM planned_invoice WHERE journal_id IS NOT NULL AND skipped_ms > 0");
}

static void
check (World *world)
{
  /* Active if and only if accepted and agreed. */
  assert_none (world, "SELECT 1 FROM proposal p WHERE (state = 'active')"
                      " <> EXISTS (SELECT 1 FROM acceptance WHERE proposal_id = p.id)");
  assert_none (world, "SELECT 1 FROM proposal p WHERE (state = 'active')"
                      " <> EXISTS (SELECT 1 FROM agreement WHERE proposal_id = p.id)");
  /* A plan, and rows of invoices, only of what is active. */
  assert_none (world, "SELECT 1 FROM planned_invoice i JOIN proposal p ON p.id = i.proposal_id"
                      " WHERE p.state <> 'active'");
  assert_none (world,
               "SELECT 1 FROM journal j JOIN proposal p ON p.id = j.proposal_id WHERE p.state <> 'active'");
  /* Every row of an invoice has its plan, its number and a number that no other has. */
  assert_none (world, "SELECT 1 FROM journal j LEFT JOIN planned_invoice i ON i.journal_id = j.id"
                      " WHERE j.kind = 'invoice.create' AND (i.id IS NULL OR i.id <> j.subject_id"
                      " OR i.number <> j.number OR i.total_minor <> j.amount_minor)");
  assert_none (world,
               "SELECT number FROM planned_invoice WHERE number <> '' GROUP BY number HAVING count(*) > 1");
  assert_none (world, "SELECT 1 FROM planned_invoice, settings WHERE number_serial >= number_next");
  /* [U-10] */
  assert_none (world, "SELECT 1 FROM planned_line GROUP BY line_id, period_start HAVING count(*) > 1");
  /* Nothing is sent before its contact is there; what is done is linked. */
  assert_none (world, "SELECT 1 FROM journal j JOIN journal_dependency d ON d.journal_id = j.id"
                      " JOIN journal w ON w.id = d.waits_for WHERE j.state = 'done' AND w.state <> 'done'");
  assert_none (world, "SELECT 1 FROM journal j WHERE state = 'done' AND NOT EXISTS"
                      " (SELECT 1 FROM link WHERE remote_id = j.remote_id AND local_id = j.subject_id)");
  /* An invoice of a client without a link waits for one. */
  assert_none (world,
               "SELECT 1 FROM journal j JOIN proposal p ON p.id = j.proposal_id"
               " WHERE j.kind = 'invoice.create' AND j.state NOT IN ('done', 'cancelled') AND NOT EXISTS"
               " (SELECT 1 FROM link WHERE local_id = p.client_id AND connection_id = j.connection_id)"
               " AND NOT EXISTS (SELECT 1 FROM journal_dependency WHERE journal_id = j.id)");
  /* Nothing waits for what was cancelled without a person knowing. */
  assert_none (world, "SELECT 1 FROM journal j JOIN journal_dependency d ON d.journal_id = j.id"
                      " JOIN journal w ON w.id = d.waits_for WHERE w.state = 'cancelled'"
                      " AND j.state IN ('held', 'queued', 'waiting')");
  /* A client is active if something of it is. */
  assert_none (world, "SELECT 1 FROM client c WHERE (state = 'active')"
                      " <> EXISTS (SELECT 1 FROM proposal WHERE client_id = c.id AND state = 'active')");
}

static void
run_world (guint32 seed)
{
  static void (*const steps[]) (World *)
      = { step_client,  step_proposal, step_proposal, step_save,   step_accept,   step_accept,   step_accept,
          step_undo,    step_release,  step_release,  step_day,    step_catch_up, step_journal,  step_journal,
          step_journal, step_connect,  step_reopen,   step_person, step_review,   step_condition };
  World world = { .clients = g_array_new (FALSE, FALSE, sizeof (CsUuid)),
                  .proposals = g_array_new (FALSE, FALSE, sizeof (CsUuid)),
                  .rand = g_rand_new_with_seed (seed),
                  .today = FIXTURE_TODAY };

  g_test_message ("world %u", seed);
  practice_set_up (&world.practice, NULL);
  practice_claim (&world.practice);
  for (guint i = 0; i < STEPS; i++)
    {
      steps[g_rand_int_range (world.rand, 0, G_N_ELEMENTS (steps))](&world);
      practice_wait (&world.practice, g_rand_int_range (world.rand, 0, 20000));
      check (&world);
      if (i % CHECK_EVERY == 0)
        {
          check_alerts (&world);
          check_nothing_lost (&world);
        }
    }
  practice_assert_sound (&world.practice);
  practice_tear_down (&world.practice, NULL);
  g_array_unref (world.clients);
  g_array_unref (world.proposals);
  g_rand_free (world.rand);
}

static void
test_worlds (void)
{
  for (guint32 i = 0; i < WORLDS; i++)
    run_world (i);
  for (guint32 i = 0; i < WORLDS; i++)
    run_world (g_test_rand_int () & 0xffffff);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/property/random-worlds", test_worlds);
  return g_test_run ();
}
