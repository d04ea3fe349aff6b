/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulation-world.h"

#include "cs-session-billing.h"
#include "cs-session-catch-up.h"
#include "cs-store-proposals.h"

#include <string.h>

/* A recurring service is paused, resumed, stopped and taken back, its invoices skipped and brought back, at
 * any moment [U-13]; and what the plan must be then. */

static gpointer
get_proposal_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_get_proposal (store, data, error);
}

static gpointer
list_planned_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_planned (store, data, error);
}

CsProposal *
world_get_proposal (World *world, guint index)
{
  return world_await_record (world,
                             cs_session_read (world->session, get_proposal_job, &world->proposals[index],
                                              NULL, (GDestroyNotify)cs_proposal_free),
                             NULL);
}

GPtrArray *
world_list_planned (World *world, guint index)
{
  return world_await_record (world,
                             cs_session_read (world->session, list_planned_job, &world->proposals[index],
                                              NULL, (GDestroyNotify)g_ptr_array_unref),
                             NULL);
}

static gboolean
recurs (const CsProposalLine *line)
{
  return line->billing.unit != CS_BILLING_UNIT_ONCE;
}

/* --- what people do --- */

static void
take_back_last (World *world, const CsProposalLine *line)
{
  const CsBillingChange *last = NULL;
  g_autoptr (GError) error = NULL;

  if (line->changes == NULL)
    return;
  last = g_ptr_array_index (line->changes, line->changes->len - 1);
  error = world_await (world, cs_session_take_back_billing (world->session, &last->id));
  world_say (world, "take back %s: %s", cs_billing_change_kind_to_string (last->kind),
             error != NULL ? error->message : "ok");
}

static void
say_something (World *world, const CsProposalLine *line)
{
  CsDate today = cs_session_get_today (world->session);
  CsBillingChangeKind kind = (CsBillingChangeKind)world_draw (world, 3);
  CsDate from = cs_date_add_days (today, world_draw (world, 150) - 40);
  CsDate until = kind == CS_BILLING_PAUSE && world_chance (world, 50)
                     ? cs_date_add_days (from, 1 + world_draw (world, 100))
                     : CS_DATE_NONE;
  g_autoptr (CsBillingChange) change = cs_billing_change_new (kind, from, until, "They said so");
  g_autofree char *day = cs_date_to_string (from);
  g_autoptr (GError) error
      = world_await (world, cs_session_change_billing (world->session, &line->id, NULL, change));

  world_say (world, "%s from %s: %s", cs_billing_change_kind_to_string (kind), day,
             error != NULL ? error->message : "ok");
  world->tally.n_changes += error == NULL ? 1 : 0;
}

static void
skip_something (World *world, guint index)
{
  g_autoptr (GPtrArray) planned = world_list_planned (world, index);
  const CsPlannedInvoice *invoice = NULL;
  g_autoptr (GError) error = NULL;
  CsPlannedSeen seen;

  if (planned == NULL || planned->len == 0)
    return;
  invoice = g_ptr_array_index (planned, (guint)world_draw (world, (int)planned->len));
  seen = cs_planned_invoice_get_seen (invoice);
  error = world_await (world, invoice->skipped_ms > 0
                                  ? cs_session_undo_skip (world->session, &invoice->id, 1)
                                  : cs_session_skip_planned (world->session, &seen, 1, "A gift"));
  world_say (world, "skip or bring back: %s", error != NULL ? error->message : "ok");
}

/* Whatever is said now, that is not taken back. What is said of a service plans anew, so what is left out
 * from now on is not released later either. */
static void
remember_settled (World *world, guint index)
{
  g_autoptr (GPtrArray) planned = world_list_planned (world, index);

  for (guint i = 0; planned != NULL && i < planned->len; i++)
    {
      const CsPlannedInvoice *invoice = g_ptr_array_index (planned, i);

      if (!cs_uuid_is_none (&invoice->journal_id))
        g_hash_table_add (world->settled, cs_uuid_to_string (&invoice->id));
    }
}

static gboolean
was_kept_back (World *world, const CsJournalEntry *entry)
{
  g_autofree char *planned = cs_uuid_to_string (&entry->subject_id);

  return entry->state == CS_JOURNAL_CANCELLED && g_str_equal (entry->kind, CS_JOURNAL_KIND_INVOICE)
         && !cs_uuid_is_none (&entry->proposal_id)
         && books_get_live_invoice_of (world->books, planned) == NULL;
}

/* Send after all: what a person kept from being sent is wanted, whatever was said of its services since. They
 * look first that it is not there. */
void
people_send_after_all (World *world)
{
  g_autoptr (GPtrArray) rows = check_list_journal (world);
  guint first = rows != NULL && rows->len > 0 ? (guint)world_draw (world, (int)rows->len) : 0;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (rows, (first + i) % rows->len);
      CsPlannedSeen seen = { entry->subject_id, entry->amount };
      g_autoptr (GError) error = NULL;

      if (!was_kept_back (world, entry))
        continue;
      error = world_await (world, cs_session_release_planned (world->session, &seen));
      world_say (world, "send %s after all: %s", entry->number, error != NULL ? error->message : "ok");
      if (error != NULL)
        return;
      g_hash_table_insert (world->wanted, cs_uuid_to_string (&entry->subject_id),
                           cs_uuid_to_string (&entry->proposal_id));
      world->tally.n_sent_after_all++;
      return;
    }
}

static gboolean
is_of (gpointer planned, gpointer proposal, gpointer id)
{
  return g_str_equal (planned, id) || g_str_equal (proposal, id);
}

/* Cancelled again, or undone; also where the answer to that was lost. */
void
people_want_no_more (World *world, const char *id)
{
  g_hash_table_foreach_remove (world->wanted, is_of, (gpointer)id);
}

/* One that was accepted, from any on. */
static CsProposal *
find_active (World *world, guint *index)
{
  guint first = (guint)world_draw (world, WORLD_N_PROPOSALS);

  for (guint i = 0; i < WORLD_N_PROPOSALS; i++)
    {
      g_autoptr (CsProposal) proposal = world_get_proposal (world, (first + i) % WORLD_N_PROPOSALS);

      *index = (first + i) % WORLD_N_PROPOSALS;
      if (proposal != NULL && proposal->state == CS_PROPOSAL_ACTIVE
          && recurs (g_ptr_array_index (proposal->lines, proposal->lines->len - 1)))
        return g_steal_pointer (&proposal);
    }
  return NULL;
}

void
people_change_billing (World *world)
{
  guint index = 0;
  g_autoptr (CsProposal) proposal = find_active (world, &index);
  const CsProposalLine *line = NULL;

  if (proposal == NULL)
    return;
  /* The first of them is billed once. */
  line = g_ptr_array_index (proposal->lines, 1 + (guint)world_draw (world, (int)proposal->lines->len - 1));
  if (world_chance (world, 25))
    skip_something (world, index);
  else if (world_chance (world, 20))
    take_back_last (world, line);
  else
    say_something (world, line);
  remember_settled (world, index);
}

/* --- what must hold --- */

/* What holds on one day, told change by change and without the program's own rule: a resumption ends what
 * held on its day. */
static gboolean
is_out_on (const GPtrArray *changes, CsDate day)
{
  g_autoptr (GPtrArray) holding = g_ptr_array_new ();

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const CsBillingChange *change = g_ptr_array_index (changes, i);

      if (change->kind != CS_BILLING_RESUME && change->from.days <= day.days
          && (change->kind == CS_BILLING_STOP || !cs_date_is_set (change->until)
              || change->until.days > day.days))
        g_ptr_array_add (holding, (gpointer)change);
      for (guint k = holding->len; change->kind == CS_BILLING_RESUME && k > 0; k--)
        if (change->from.days <= day.days
            && ((const CsBillingChange *)holding->pdata[k - 1])->from.days <= change->from.days)
          g_ptr_array_remove_index (holding, k - 1);
    }
  return holding->len > 0;
}

/* How often a period is in the plan; and whether an invoice with it is neither released nor skipped. */
static guint
count_planned (const GPtrArray *planned, const CsUuid *line_id, CsDate start, gboolean *is_open)
{
  guint n = 0;

  *is_open = FALSE;
  for (guint i = 0; i < planned->len; i++)
    {
      const CsPlannedInvoice *invoice = g_ptr_array_index (planned, i);

      for (guint k = 0; k < invoice->lines->len; k++)
        {
          const CsPlannedLine *one = g_ptr_array_index (invoice->lines, k);

          if (!cs_uuid_equal (&one->line_id, line_id) || cs_date_compare (one->period.start, start) != 0)
            continue;
          n++;
          *is_open |= cs_uuid_is_none (&invoice->journal_id) && invoice->skipped_ms == 0;
        }
    }
  return n;
}

/* The plan of the first year is what the rule says, less what people left out: every other period once, and
 * of those left out none that was not on its way, or skipped, before. */
static void
check_line_plan (World *world,
                 const CsProposal *proposal,
                 const CsProposalLine *line,
                 const GPtrArray *planned)
{
  CsDate accepted_on = proposal->acceptance->accepted_on;
  CsBillingAnchors anchors = { accepted_on, proposal->start };
  g_autoptr (GArray) periods = cs_billing_rule_list_periods (
      &line->billing, &anchors, cs_date_add_months (accepted_on, CS_PLAN_MONTHS, 0));

  for (guint i = 0; i < periods->len; i++)
    {
      CsDate start = g_array_index (periods, CsBillingPeriod, i).start;
      gboolean is_left_out = is_out_on (line->changes, start);
      gboolean is_open;
      guint n = count_planned (planned, &line->id, start, &is_open);
      g_autofree char *day = cs_date_to_string (start);

      if (cs_date_compare (start, accepted_on) < 0)
        continue;
      if (is_left_out && is_open)
        books_violate (world->books, "left-out-is-not-planned", "%s of %s bills %s, which is left out",
                       line->description, proposal->number, day);
      if (!is_left_out && n != 1)
        books_violate (world->books, "the-rest-is-planned-once", "%s of %s bills %s %u times",
                       line->description, proposal->number, day, n);
    }
}

static gboolean
parse_day (const char *text, CsDate *day)
{
  g_autofree char *word = g_strndup (text, strcspn (text, " "));

  return cs_date_parse (word, day, NULL);
}

/* What is left out is at the ledger only where it was on its way before. */
static void
check_left_out (World *world, const CsProposal *proposal, const CsProposalLine *line)
{
  g_autofree char *id = cs_uuid_to_string (&line->id);

  for (guint i = 0; !world->was_restored && i < world->books->invoices->len; i++)
    {
      const BooksInvoice *there = g_ptr_array_index (world->books->invoices, i);
      const char *charge = strstr (there->charges, id);
      CsDate start;

      if (charge == NULL || there->record->status == CS_LEDGER_VOIDED
          || g_hash_table_contains (world->settled, there->planned))
        continue;
      g_assert_true (charge[strlen (id)] == '@');
      if (parse_day (charge + strlen (id) + 1, &start) && is_out_on (line->changes, start))
        books_violate (world->books, "left-out-is-not-billed", "%s bills %s of %s, which is left out",
                       there->record->number, line->description, proposal->number);
    }
}

/* Cancelled, and wanted after all by a person whom the desk answered: done, or with a person. */
void
check_wanted (World *world, GPtrArray *rows)
{
  GHashTableIter iter;
  gpointer planned;

  g_hash_table_iter_init (&iter, world->wanted);
  while (!world->was_restored && g_hash_table_iter_next (&iter, &planned, NULL))
    {
      gboolean goes = FALSE;

      for (guint i = 0; !goes && i < rows->len; i++)
        {
          const CsJournalEntry *entry = g_ptr_array_index (rows, i);
          g_autofree char *id = cs_uuid_to_string (&entry->subject_id);

          goes = g_str_equal (id, planned)
                 && (entry->state == CS_JOURNAL_DONE || entry->state == CS_JOURNAL_BLOCKED);
        }
      if (!goes)
        books_violate (world->books, "wanted-after-all-goes", "%s was to be sent after all",
                       (const char *)planned);
    }
}

void
check_plans (World *world)
{
  for (guint i = 0; i < WORLD_N_PROPOSALS; i++)
    {
      g_autoptr (CsProposal) proposal = world_get_proposal (world, i);
      g_autoptr (GPtrArray) planned = proposal != NULL ? world_list_planned (world, i) : NULL;

      if (planned == NULL)
        books_violate (world->books, "the-file-is-sound", "the plan of proposal %u cannot be read", i);
      if (planned == NULL || proposal->state != CS_PROPOSAL_ACTIVE)
        continue;
      for (guint k = 0; k < proposal->lines->len; k++)
        {
          const CsProposalLine *line = g_ptr_array_index (proposal->lines, k);

          if (recurs (line))
            {
              check_line_plan (world, proposal, line, planned);
              check_left_out (world, proposal, line);
            }
        }
    }
}
