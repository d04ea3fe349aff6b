/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan of a read against ledgers made up at random, which people edit between the pages. What is lost or
 * stale at the end is what a practice would miss. */
#include "config.h"

#include "cs-pull-plan.h"

#define START_MS G_GINT64_CONSTANT (1795219200000)
#define PAGE_SIZE 5u
#define IN_FLIGHT 5u
#define TODAY ((CsDate){ 20778 })

typedef struct
{
  guint32 id;
  gint64 updated_ms;
  CsDate date;
  guint version; /* counts every edit, those too that leave updated_ms alone */
  gint64 seen_run;
  gboolean is_gone;
} Record;

typedef struct
{
  CsPullQuery query;
  CsPullAnswer answer;
  GArray *records;
  gboolean is_answered; /* by the ledger; not yet handed over */
  gboolean is_refused;
} Question;

typedef struct
{
  GRand *rand;
  gint64 now_ms;  /* the ledger's */
  gint64 skew_ms; /* of our clock */
  GArray *ledger; /* of Record */
  GHashTable *mirror;
  guint too_many;     /* how many it refuses to search; 0: never */
  guint n_edits;      /* still to come while the plan runs */
  guint n_crashes;    /* likewise */
  gboolean is_import; /* what is edited is edited in one second */
  guint n_calls;
  guint n_refused;

  CsPullTraits traits;
  gint64 cursor_ms; /* as stored */
  char *plan;
  gint64 run;
} World;

/* --- the ledger --- */

static guint32
draw_id (World *world)
{
  return g_rand_int (world->rand);
}

static CsDate
draw_date (World *world)
{
  return (CsDate){ TODAY.days - g_rand_int_range (world->rand, 0, 4000) };
}

static void
add_record (World *world)
{
  const Record record = { draw_id (world), world->now_ms, draw_date (world), 1, 0, FALSE };

  g_array_append_val (world->ledger, record);
}

static void
edit (World *world)
{
  Record *record = NULL;

  if (world->ledger->len == 0 || g_rand_int_range (world->rand, 0, 3) == 0)
    {
      add_record (world);
      return;
    }
  record = &g_array_index (world->ledger, Record,
                           (guint)g_rand_int_range (world->rand, 0, (gint32)world->ledger->len));
  record->version++;
  record->updated_ms = world->now_ms;
  if (g_rand_boolean (world->rand))
    record->date = draw_date (world);
}

static int
compare_by_id (gconstpointer a, gconstpointer b)
{
  const Record *left = a, *right = b;

  return left->id < right->id ? -1 : left->id > right->id;
}

static int
compare_by_change (gconstpointer a, gconstpointer b)
{
  const Record *left = a, *right = b;

  if (left->updated_ms / 1000 != right->updated_ms / 1000)
    return left->updated_ms < right->updated_ms ? -1 : 1;
  return compare_by_id (a, b);
}

static gboolean
matches (const Record *record, const CsPullQuery *query)
{
  return record->updated_ms / 1000 >= query->modified_since_ms / 1000
         && (!cs_date_is_set (query->from) || record->date.days >= query->from.days)
         && (!cs_date_is_set (query->before) || record->date.days < query->before.days)
         && record->updated_ms >= query->changed_from_ms
         && (query->changed_before_ms == 0 || record->updated_ms < query->changed_before_ms);
}

/* As the ledger is at this moment. */
static void
answer (World *world, Question *question)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Record));
  guint first = (question->query.page - 1) * PAGE_SIZE;

  for (guint i = 0; i < world->ledger->len; i++)
    if (matches (&g_array_index (world->ledger, Record, i), &question->query))
      g_array_append_val (found, g_array_index (world->ledger, Record, i));
  question->is_answered = TRUE;
  world->n_calls++;
  if (world->too_many != 0 && found->len > world->too_many)
    {
      question->is_refused = TRUE;
      world->n_refused++;
      return;
    }
  g_array_sort (found, question->query.by_id ? compare_by_id : compare_by_change);
  question->answer.item_count = found->len;
  question->answer.page_count = (found->len + PAGE_SIZE - 1) / PAGE_SIZE;
  question->answer.clock_ms = world->now_ms;
  question->answer.now_ms = world->now_ms + world->skew_ms;
  for (guint i = first; i < MIN (first + PAGE_SIZE, found->len); i++)
    {
      const Record *record = &g_array_index (found, Record, i);

      g_array_append_val (question->records, *record);
      question->answer.high_water_ms = MAX (question->answer.high_water_ms, record->updated_ms);
    }
  question->answer.n_records = question->records->len;
}

/* --- the mirror --- */

static void
save_page (World *world, CsPullPlan *plan, const Question *question)
{
  for (guint i = 0; i < question->records->len; i++)
    {
      const Record *record = &g_array_index (question->records, Record, i);
      Record *mine = g_hash_table_lookup (world->mirror, GUINT_TO_POINTER (record->id));

      if (mine == NULL)
        {
          mine = g_new0 (Record, 1);
          g_hash_table_insert (world->mirror, GUINT_TO_POINTER (record->id), mine);
        }
      if (record->updated_ms >= mine->updated_ms)
        *mine = *record;
      mine->seen_run = cs_pull_plan_get_run (plan);
      mine->is_gone = FALSE;
    }
}

static void
save_plan (World *world, CsPullPlan *plan)
{
  g_free (world->plan);
  world->plan = cs_pull_plan_to_string (plan);
  world->cursor_ms = cs_pull_plan_get_cursor_ms (plan);
}

static void
compare (World *world, CsPullPlan *plan, const CsPullQuery *query)
{
  GHashTableIter iter;
  Record *mine = NULL;
  guint n = 0, n_unseen = 0;
  gint64 run = cs_pull_plan_get_run (plan), cursor_ms = cs_pull_plan_get_cursor_ms (plan);

  for (int marks = 0; marks < 2; marks++)
    {
      g_hash_table_iter_init (&iter, world->mirror);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&mine))
        {
          CsPullQuery range = *query;
          gboolean is_unseen = mine->seen_run != run && mine->updated_ms <= cursor_ms;

          range.modified_since_ms = 0;
          if (mine->is_gone || !matches (mine, &range))
            continue;
          if (marks == 0)
            {
              n++;
              n_unseen += is_unseen;
            }
          else
            mine->is_gone = is_unseen;
        }
      if (marks == 0 && !cs_pull_plan_compared (plan, query, n, query->needs_unseen ? n_unseen : 0))
        return;
    }
}

/* --- driving --- */

static void
question_free (gpointer data)
{
  Question *question = data;

  g_array_unref (question->records);
  g_free (question);
}

static void
tick (World *world)
{
  if (!world->is_import)
    world->now_ms += g_rand_int_range (world->rand, 0, 3000);
  if (world->n_edits > 0 && g_rand_int_range (world->rand, 0, 2) == 0)
    {
      world->n_edits--;
      edit (world);
    }
}

static void
hand_over (World *world, CsPullPlan *plan, const Question *question)
{
  if (question->is_refused)
    {
      g_assert_true (cs_pull_plan_split (plan, &question->query, TODAY, ++world->run));
      return;
    }
  cs_pull_plan_answered (plan, &question->query, &question->answer);
  if (question->query.what == CS_PULL_READ)
    save_page (world, plan, question);
  save_plan (world, plan);
}

/* FALSE: crashed; what was stored is stored. */
static gboolean
drive (World *world, CsPullPlan *plan)
{
  g_autoptr (GPtrArray) flight = g_ptr_array_new_with_free_func (question_free);

  for (guint n = 0; n < 5000; n++)
    {
      CsPullQuery query;
      Question *question = NULL;

      while (flight->len < IN_FLIGHT && cs_pull_plan_next (plan, &query))
        {
          if (query.what == CS_PULL_COMPARE)
            {
              compare (world, plan, &query);
              save_plan (world, plan);
              continue;
            }
          question = g_new0 (Question, 1);
          question->query = query;
          question->records = g_array_new (FALSE, FALSE, sizeof (Record));
          g_ptr_array_add (flight, question);
        }
      if (flight->len == 0)
        break;
      tick (world);
      if (world->n_crashes > 0 && g_rand_int_range (world->rand, 0, 20) == 0)
        {
          world->n_crashes--;
          return FALSE;
        }
      /* The ledger answers in whatever order it likes; they are handed over in the order asked. */
      question = g_ptr_array_index (flight, g_rand_int_range (world->rand, 0, (gint32)flight->len));
      if (!question->is_answered)
        answer (world, question);
      while (flight->len > 0 && ((Question *)flight->pdata[0])->is_answered)
        {
          hand_over (world, plan, flight->pdata[0]);
          g_ptr_array_remove_index (flight, 0);
        }
    }
  g_assert_true (cs_pull_plan_is_done (plan));
  return TRUE;
}

/* Answers how many it says are missing. */
static guint
pull (World *world, gboolean is_full)
{
  for (;;)
    {
      g_autoptr (CsPullPlan) plan = cs_pull_plan_new (&world->traits, world->cursor_ms, world->plan);

      cs_pull_plan_start (plan, is_full, ++world->run);
      if (!drive (world, plan))
        continue;
      save_plan (world, plan);
      g_assert_cmpstr (world->plan, ==, "");
      return cs_pull_plan_get_missing (plan);
    }
}

static World *
world_new (guint32 seed, guint n_records)
{
  World *world = g_new0 (World, 1);

  world->rand = g_rand_new_with_seed (seed);
  world->ledger = g_array_new (FALSE, FALSE, sizeof (Record));
  world->mirror = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  world->traits = (CsPullTraits){ .has_dates = TRUE, .has_marks = TRUE, .is_glanced = TRUE };
  world->now_ms = START_MS;
  for (guint i = 0; i < n_records; i++)
    {
      world->now_ms
          += g_rand_int_range (world->rand, 0, 4) == 0 ? g_rand_int_range (world->rand, 0, 5000) : 0;
      add_record (world);
    }
  world->now_ms += g_rand_int_range (world->rand, 0, 2 * CS_PULL_MARGIN_MS);
  return world;
}

static void
world_free (World *world)
{
  g_rand_free (world->rand);
  g_array_unref (world->ledger);
  g_hash_table_unref (world->mirror);
  g_free (world->plan);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static gboolean
is_equal (const World *world)
{
  guint n_gone = 0;
  GHashTableIter iter;
  Record *mine = NULL;

  for (guint i = 0; i < world->ledger->len; i++)
    {
      const Record *record = &g_array_index (world->ledger, Record, i);

      mine = g_hash_table_lookup (world->mirror, GUINT_TO_POINTER (record->id));
      if (mine == NULL || mine->version != record->version || mine->is_gone)
        return FALSE;
    }
  g_hash_table_iter_init (&iter, world->mirror);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&mine))
    n_gone += mine->is_gone;
  return g_hash_table_size (world->mirror) == world->ledger->len + n_gone;
}

/* --- tests --- */

/* Nothing lost and nothing stale, or it is said. */
static void
test_edits_between_pages (void)
{
  guint n_said = 0, n_split = 0;

  for (guint32 seed = 1; seed <= 3000; seed++)
    {
      g_autoptr (World) world = world_new (seed, (guint)(seed % 83));
      guint missing = 0;

      world->n_edits = seed % 3 == 0 ? 0 : seed % 17;
      world->n_crashes = seed % 5;
      world->too_many = seed % 4 == 0 ? 20 : 0;
      world->now_ms += world->too_many > 0 ? 86400 * 1000 : 0;
      world->skew_ms = (gint64)(seed % 3) * 3600 * 1000 - 3600 * 1000;
      missing = pull (world, TRUE);
      n_said += missing > 0;
      n_split += world->n_refused > 0;
      world->n_edits = world->n_crashes = 0;
      missing = missing > 0 ? pull (world, TRUE) : pull (world, FALSE);
      if (missing != 0 || !is_equal (world))
        g_error ("seed %u: the mirror differs from the ledger", seed);
    }
  /* Else the check is only an excuse. */
  g_assert_cmpuint (n_said, <, 40);
  g_assert_cmpuint (n_split, >, 400);
}

/* Day after day: changes, and what changes without a trace until the nightly read. */
static void
test_days (void)
{
  for (guint32 seed = 1; seed <= 500; seed++)
    {
      g_autoptr (World) world = world_new (seed, 30);

      world->too_many = seed % 2 == 0 ? 25 : 0;
      world->now_ms += 86400 * 1000;
      pull (world, FALSE);
      for (guint day = 0; day < 6; day++)
        {
          world->now_ms += 86400 * 1000;
          for (guint i = 0; i < day; i++)
            edit (world);
          g_assert_cmpuint (pull (world, FALSE), ==, 0);
          if (!is_equal (world))
            g_error ("seed %u, day %u: the mirror differs from the ledger", seed, day);
          /* xero-accounting.md 5.4: not every change moves UpdatedDateUTC. */
          g_array_index (world->ledger, Record, seed % world->ledger->len).version++;
          world->n_edits = day;
          g_assert_cmpuint (pull (world, TRUE), ==, 0);
          world->n_edits = 0;
          g_assert_cmpuint (pull (world, FALSE), ==, 0);
          if (!is_equal (world))
            g_error ("seed %u, night %u: the mirror differs from the ledger", seed, day);
        }
    }
}

/* Contacts: no date, but a last change, which every edit moves. Nothing lost, stale, or called gone that is
 * there; or it is said. */
static World *
world_new_by_change (guint32 seed, guint n_records)
{
  World *world = world_new (seed, n_records);

  world->traits = (CsPullTraits){ .has_marks = TRUE, .has_changes = TRUE };
  world->now_ms = START_MS + 86400 * 1000;
  for (guint i = 0; i < n_records; i++)
    g_array_index (world->ledger, Record, i).updated_ms
        = START_MS - g_rand_int_range (world->rand, 0, 100000000) * G_GINT64_CONSTANT (1000);
  return world;
}

static void
test_ranges_by_change (void)
{
  guint n_said = 0, n_split = 0;

  for (guint32 seed = 800; seed < 1300; seed++)
    {
      g_autoptr (World) world = world_new_by_change (seed, (guint)(seed % 83));

      world->too_many = seed % 4 == 0 ? 0 : 20;
      /* The first read, and one of the night after. */
      for (guint night = 0; night < 2; night++)
        {
          guint missing = 0;

          world->n_edits = seed % 3 == night ? 0 : seed % 17;
          world->n_crashes = seed % 5;
          missing = pull (world, TRUE);
          n_said += missing > 0;
          n_split += world->n_refused > 0;
          world->n_edits = world->n_crashes = 0;
          world->now_ms += 3600 * 1000;
          missing = missing > 0 ? pull (world, TRUE) : pull (world, FALSE);
          if (missing != 0 || !is_equal (world))
            g_error ("seed %u, read %u: the mirror differs from the ledger", seed, night);
        }
    }
  /* Else the check is only an excuse. */
  g_assert_cmpuint (n_said, <, 40);
  g_assert_cmpuint (n_split, >, 500);
}

/* More than a page within one second, while others are edited: by the time of change that leads nowhere. */
static void
test_import (void)
{
  for (guint32 seed = 1; seed <= 500; seed++)
    {
      g_autoptr (World) world = world_new (seed, 10);

      g_assert_cmpuint (pull (world, FALSE), ==, 0);
      world->now_ms += 3600 * 1000;
      for (guint i = 0; i < 3 * PAGE_SIZE + seed % 7; i++)
        add_record (world);
      if (seed % 2 == 0)
        world->now_ms += 2 * CS_PULL_MARGIN_MS;
      world->n_edits = seed % 9;
      world->is_import = seed % 3 == 0;
      pull (world, FALSE);
      world->n_edits = 0;
      world->is_import = FALSE;
      pull (world, FALSE);
      if (!is_equal (world))
        g_error ("seed %u: the mirror differs from the ledger", seed);
    }
}

/* The ledger takes nothing away; should it, it is marked, and comes back when it comes back. */
static void
test_vanished (void)
{
  for (guint32 seed = 1; seed <= 300; seed++)
    {
      g_autoptr (World) world = world_new (seed, 40);
      Record lost = { 0 };

      world->too_many = seed % 2 == 0 ? 15 : 0;
      world->now_ms += 86400 * 1000;
      pull (world, FALSE);
      lost = g_array_index (world->ledger, Record, seed % 40);
      g_array_remove_index (world->ledger, seed % 40);
      world->now_ms += 86400 * 1000;
      world->n_edits = seed % 5;
      g_assert_cmpuint (pull (world, TRUE), ==, 0);
      g_assert_true (((Record *)g_hash_table_lookup (world->mirror, GUINT_TO_POINTER (lost.id)))->is_gone);
      world->n_edits = 0;
      pull (world, FALSE);
      g_assert_true (is_equal (world));
      g_array_append_val (world->ledger, lost);
      g_assert_cmpuint (pull (world, TRUE), ==, 0);
      g_assert_true (is_equal (world));
    }
}

/* performance.md section 6, P15: the pages, and no more than three calls beside them. */
static void
test_calls (void)
{
  g_autoptr (World) world = world_new (7, 100 * PAGE_SIZE);

  world->now_ms += 86400 * 1000;
  pull (world, FALSE);
  g_assert_true (is_equal (world));
  g_assert_cmpuint (world->n_calls, <=, 100 + 3);
  world->n_calls = 0;
  pull (world, FALSE);
  g_assert_cmpuint (world->n_calls, <=, 2);
  world->n_calls = 0;
  pull (world, TRUE);
  g_assert_cmpuint (world->n_calls, <=, 100 + 3);
}

/* What the ledger took away is marked, by ranges of change, too. */
static void
test_vanished_by_change (void)
{
  for (guint32 seed = 1; seed <= 300; seed++)
    {
      g_autoptr (World) world = world_new_by_change (seed, 40);
      Record lost = { 0 };

      world->too_many = seed % 2 == 0 ? 15 : 0;
      pull (world, FALSE);
      lost = g_array_index (world->ledger, Record, seed % 40);
      g_array_remove_index (world->ledger, seed % 40);
      world->now_ms += 86400 * 1000;
      g_assert_cmpuint (pull (world, TRUE), ==, 0);
      g_assert_true (((Record *)g_hash_table_lookup (world->mirror, GUINT_TO_POINTER (lost.id)))->is_gone);
      g_assert_true (is_equal (world));
      g_array_append_val (world->ledger, lost);
      g_assert_cmpuint (pull (world, TRUE), ==, 0);
      g_assert_true (is_equal (world));
    }
}

/* The first answer has what a person looks for first. */
static void
test_glance (void)
{
  const CsPullTraits traits = { .is_glanced = TRUE };
  g_autoptr (CsPullPlan) plan = cs_pull_plan_new (&traits, 0, NULL);
  const CsPullAnswer answered = { .n_records = 1, .page_count = 1, .item_count = 1, .now_ms = START_MS };
  CsPullQuery query;

  cs_pull_plan_start (plan, FALSE, 1);
  g_assert_true (cs_pull_plan_next (plan, &query));
  g_assert_true (query.newest_first && query.open_only);
  g_assert_false (cs_pull_plan_next (plan, &query));
  /* Then all, in an order that no edit changes (page drift, xero-accounting.md 5.2). */
  cs_pull_plan_answered (plan, &query, &answered);
  g_assert_true (cs_pull_plan_next (plan, &query));
  g_assert_true (query.by_id && !query.open_only && query.modified_since_ms == 0);
}

/* Neither a date nor a change to ask by: it is said rather than tried for ever. */
static void
test_no_smaller_question (void)
{
  const CsPullTraits traits = { .has_marks = TRUE };
  g_autoptr (CsPullPlan) plan = cs_pull_plan_new (&traits, 0, NULL);
  CsPullQuery query;

  cs_pull_plan_start (plan, FALSE, 1);
  g_assert_true (cs_pull_plan_next (plan, &query));
  g_assert_false (cs_pull_plan_split (plan, &query, TODAY, 2));
}

/* A ledger that refuses whatever the dates, or the changes: halving ends. */
static void
test_halving_ends (gconstpointer traits)
{
  g_autoptr (CsPullPlan) plan = cs_pull_plan_new (traits, 0, NULL);
  CsPullQuery query;
  guint n = 0;

  cs_pull_plan_start (plan, FALSE, 1);
  do
    {
      g_assert_true (cs_pull_plan_next (plan, &query));
      g_assert_cmpuint (n++, <, 1000);
    }
  while (cs_pull_plan_split (plan, &query, TODAY, 2));
}

/* What a file holds is not trusted. */
static void
test_nonsense (void)
{
  const char *const stored[] = { "x",
                                 "1",
                                 "1 3 0 0 0 0 0",
                                 "1 9 5 0 0 0 0;0 0 0 0 0 1 1",
                                 "1 3 5 0 0 0 0",
                                 "1 3 5 0 0 0 0;1 2 1 0 2 1 1",
                                 "2 3 5 0 0 0 0;0 0 0 0 0 1 1",
                                 ";" };
  const CsPullTraits traits = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (stored); i++)
    {
      g_autoptr (CsPullPlan) plan = cs_pull_plan_new (&traits, 5, stored[i]);

      cs_pull_plan_start (plan, FALSE, 9);
      g_assert_false (cs_pull_plan_is_full (plan));
      g_assert_cmpint (cs_pull_plan_get_run (plan), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  const CsPullTraits dated = { .has_dates = TRUE }, changed = { .has_changes = TRUE };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pull-plan/edits-between-pages", test_edits_between_pages);
  g_test_add_func ("/pull-plan/ranges-by-change", test_ranges_by_change);
  g_test_add_func ("/pull-plan/vanished-by-change", test_vanished_by_change);
  g_test_add_func ("/pull-plan/day-after-day", test_days);
  g_test_add_func ("/pull-plan/import-within-a-second", test_import);
  g_test_add_func ("/pull-plan/what-vanished-is-marked", test_vanished);
  g_test_add_func ("/pull-plan/P15-calls", test_calls);
  g_test_add_func ("/pull-plan/newest-and-open-first", test_glance);
  g_test_add_func ("/pull-plan/no-smaller-question", test_no_smaller_question);
  g_test_add_data_func ("/pull-plan/halving-ends", &dated, test_halving_ends);
  g_test_add_data_func ("/pull-plan/halving-by-change-ends", &changed, test_halving_ends);
  g_test_add_func ("/pull-plan/nonsense-is-passed-over", test_nonsense);
  return g_test_run ();
}
