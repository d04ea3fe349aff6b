/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-decimal.h"
#include "cs-journal-engine.h"

#define NOW G_GINT64_CONSTANT (1795219200000)

static CsJournalRow
make_row (CsJournalState state)
{
  return (CsJournalRow){
    .state = state, .generation = 3, .attempts = 2, .next_ms = NOW, .epoch = 7, .has_frozen_bytes = TRUE
  };
}

static CsJournalRow
apply (CsJournalRow row, CsJournalEvent event, gint64 retry_after_ms, double jitter)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_journal_apply (&row, event, NOW, retry_after_ms, jitter, &error));
  g_assert_no_error (error);
  return row;
}

/* Every state by every event: what it becomes, by the letters of states, or '.' for refused. The
 * machine of design.md sections 4 and 6, written down a second time. */
static void
test_matrix (void)
{
  static const char states[] = "HQSUWBDC"; /* held queued sending (d)oUbtful waiting blocked done cancelled */
  static const struct
  {
    CsJournalEvent event;
    const char *becomes; /* a column a state, in the order above */
  } matrix[] = {
    /*                             HQSUWBDC */
    { CS_EVENT_HOLD_ENDED, /*   */ "Q......." }, { CS_EVENT_FROZEN, /*       */ ".S..S..." },
    { CS_EVENT_ACCEPTED, /*     */ "..D....." }, { CS_EVENT_REFUSED, /*      */ ".BB.B..." },
    { CS_EVENT_OUTDATED, /*     */ "..Q....." }, { CS_EVENT_NOT_SENT, /*     */ ".WW.W..." },
    { CS_EVENT_UNKNOWN, /*      */ "..U....." }, { CS_EVENT_SIGN_IN_NEEDED, /**/ ".WW.W..." },
    { CS_EVENT_PROBE_ABSENT, /* */ "...Q...." }, { CS_EVENT_PROBE_EQUAL, /*  */ "...D...." },
    { CS_EVENT_PROBE_DIFFERENT, "...B...." },    { CS_EVENT_PROBE_FAILED, /* */ "...U...." },
    { CS_EVENT_RESTARTED, /*    */ "..U....." }, { CS_EVENT_TAKEN, "..U....." },
    { CS_EVENT_RESTORED, /*     */ ".U..U..." }, { CS_EVENT_PERSON_RETRY, /* */ "...UWQ.." },
    { CS_EVENT_PERSON_ADOPT, /* */ ".....D.." }, { CS_EVENT_PERSON_CANCEL, /**/ "CC..CC.." },
  };

  g_assert_cmpuint (G_N_ELEMENTS (matrix), ==, CS_EVENT_PERSON_CANCEL + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (matrix); i++)
    for (int state = 0; state <= CS_JOURNAL_CANCELLED; state++)
      {
        const CsJournalRow before = make_row ((CsJournalState)state);
        CsJournalRow row = before;
        g_autoptr (GError) error = NULL;
        gboolean taken = cs_journal_apply (&row, matrix[i].event, NOW, 0, 0.5, &error);
        char expected = matrix[i].becomes[state];

        g_test_message ("%s, event %d", cs_journal_state_to_string ((CsJournalState)state),
                        (int)matrix[i].event);
        if (expected == '.')
          {
            g_assert_false (taken);
            g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_STATE);
            g_assert_cmpint (row.state, ==, before.state);
            g_assert_cmpuint (row.generation, ==, before.generation);
            g_assert_cmpuint (row.attempts, ==, before.attempts);
            g_assert_cmpint (row.next_ms, ==, before.next_ms);
            g_assert_true (row.has_frozen_bytes);
          }
        else
          {
            g_assert_true (taken);
            g_assert_no_error (error);
            g_assert_cmpint (states[row.state], ==, expected);
            g_assert_cmpint (row.epoch, ==, before.epoch);
          }
      }
}

static void
test_doubtful_leaves_by_probe (void)
{
  for (int event = 0; event <= CS_EVENT_PERSON_CANCEL; event++)
    {
      CsJournalRow row = make_row (CS_JOURNAL_DOUBTFUL);
      gboolean is_probe = event >= CS_EVENT_PROBE_ABSENT && event <= CS_EVENT_PROBE_FAILED;

      if (event == CS_EVENT_PERSON_RETRY)
        continue; /* asks for the probe sooner: below */
      g_assert_true (cs_journal_apply (&row, (CsJournalEvent)event, NOW, 0, 0.5, NULL) == is_probe);
    }
}

static void
test_doubtful_cannot_be_cancelled (void)
{
  CsJournalRow row = make_row (CS_JOURNAL_DOUBTFUL);
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_journal_apply (&row, CS_EVENT_PERSON_CANCEL, NOW, 0, 0.5, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_STATE);
  g_assert_cmpint (row.state, ==, CS_JOURNAL_DOUBTFUL);

  /* A person's "try again" only brings the probe nearer, and not so near that the remote may still be at
   * work. */
  row.next_ms = NOW + 500000;
  g_assert_true (cs_journal_apply (&row, CS_EVENT_PERSON_RETRY, NOW, 0, 0.5, NULL));
  g_assert_cmpint (row.state, ==, CS_JOURNAL_DOUBTFUL);
  g_assert_cmpint (row.next_ms, ==, NOW + 2000);
  g_assert_true (row.has_frozen_bytes);
}

static void
test_generations (void)
{
  CsJournalRow row = { .state = CS_JOURNAL_QUEUED };

  row = apply (row, CS_EVENT_FROZEN, 0, 0.5);
  g_assert_cmpuint (row.generation, ==, 1);
  g_assert_true (row.has_frozen_bytes);

  /* Surely not sent: the same bytes, the same key. */
  row = apply (row, CS_EVENT_NOT_SENT, 0, 0.5);
  g_assert_true (row.has_frozen_bytes);
  row = apply (row, CS_EVENT_FROZEN, 0, 0.5);
  g_assert_cmpuint (row.generation, ==, 1);

  /* An empty probe starts a new one. */
  row = apply (row, CS_EVENT_UNKNOWN, 0, 0.5);
  row = apply (row, CS_EVENT_PROBE_ABSENT, 0, 0.5);
  g_assert_false (row.has_frozen_bytes);
  g_assert_cmpuint (row.generation, ==, 1);
  row = apply (row, CS_EVENT_FROZEN, 0, 0.5);
  g_assert_cmpuint (row.generation, ==, 2);

  /* So does a definite refusal, once a person has mended what it was for. */
  row = apply (row, CS_EVENT_REFUSED, 0, 0.5);
  g_assert_true (row.has_frozen_bytes);
  row = apply (row, CS_EVENT_PERSON_RETRY, 0, 0.5);
  g_assert_false (row.has_frozen_bytes);
  row = apply (row, CS_EVENT_FROZEN, 0, 0.5);
  g_assert_cmpuint (row.generation, ==, 3);
  row = apply (row, CS_EVENT_ACCEPTED, 0, 0.5);
  g_assert_cmpuint (row.attempts, ==, 0);
}

static void
test_waits (void)
{
  CsJournalRow row = make_row (CS_JOURNAL_SENDING);
  CsJournalRow after;

  after = apply (row, CS_EVENT_NOT_SENT, 0, 1.0);
  g_assert_cmpint (after.next_ms, ==, NOW + 4000); /* the third in a row */
  g_assert_cmpuint (after.attempts, ==, 3);
  after = apply (row, CS_EVENT_NOT_SENT, 30000, 1.0);
  g_assert_cmpint (after.next_ms, ==, NOW + 30000);
  after = apply (row, CS_EVENT_NOT_SENT, 1000, 1.0);
  g_assert_cmpint (after.next_ms, ==, NOW + 4000);
  after = apply (row, CS_EVENT_NOT_SENT, -5, 0.0);
  g_assert_cmpint (after.next_ms, ==, NOW);
  after = apply (row, CS_EVENT_NOT_SENT, G_MAXINT64, 0.0);
  g_assert_cmpint (after.next_ms, ==, NOW + 86400000);

  /* The remote may still be at work: never probe at once. */
  after = apply (row, CS_EVENT_UNKNOWN, 0, 0.0);
  g_assert_cmpint (after.next_ms, ==, NOW + 2000);
  after = apply (row, CS_EVENT_RESTARTED, 0, 0.0);
  g_assert_cmpint (after.next_ms, ==, NOW + 2000);
  after = apply (row, CS_EVENT_UNKNOWN, 60000, 1.0);
  g_assert_cmpint (after.next_ms, ==, NOW + 60000);

  row.state = CS_JOURNAL_DOUBTFUL;
  after = apply (row, CS_EVENT_PROBE_FAILED, 0, 1.0);
  g_assert_cmpint (after.next_ms, ==, NOW + 4000);
  g_assert_cmpuint (after.attempts, ==, 3);
  /* A remote that never answers is asked ever more slowly, round and round. */
  after = apply (row, CS_EVENT_PROBE_ABSENT, 0, 1.0);
  g_assert_cmpuint (after.attempts, ==, 2);
}

/* Refused because the number is there already: if what is there is ours it is adopted, and nothing is sent
 * again. */
static void
test_taken (void)
{
  CsJournalRow row = make_row (CS_JOURNAL_SENDING);
  CsJournalRow after = apply (row, CS_EVENT_TAKEN, 0, 0.0);

  g_assert_cmpint (after.state, ==, CS_JOURNAL_DOUBTFUL);
  g_assert_cmpint (after.next_ms, ==, NOW);
  g_assert_true (after.was_taken);
  g_assert_cmpint (apply (after, CS_EVENT_PROBE_EQUAL, 0, 0.0).state, ==, CS_JOURNAL_DONE);
  g_assert_cmpint (apply (after, CS_EVENT_PROBE_DIFFERENT, 0, 0.0).state, ==, CS_JOURNAL_BLOCKED);
  g_assert_cmpint (apply (after, CS_EVENT_PROBE_ABSENT, 0, 0.0).state, ==, CS_JOURNAL_BLOCKED);
  after.was_taken = FALSE;
  g_assert_cmpint (apply (after, CS_EVENT_PROBE_ABSENT, 0, 0.0).state, ==, CS_JOURNAL_QUEUED);
}

static void
test_backoff (void)
{
  g_assert_cmpint (cs_backoff_ms (0, 1.0), ==, 1000);
  g_assert_cmpint (cs_backoff_ms (1, 1.0), ==, 2000);
  g_assert_cmpint (cs_backoff_ms (3, 0.5), ==, 4000);
  g_assert_cmpint (cs_backoff_ms (9, 1.0), ==, 512000);
  g_assert_cmpint (cs_backoff_ms (10, 1.0), ==, CS_BACKOFF_MAX_MS);
  g_assert_cmpint (cs_backoff_ms (29, 1.0), ==, CS_BACKOFF_MAX_MS);
  g_assert_cmpint (cs_backoff_ms (30, 1.0), ==, CS_BACKOFF_MAX_MS);
  g_assert_cmpint (cs_backoff_ms (G_MAXUINT, 1.0), ==, CS_BACKOFF_MAX_MS);
  g_assert_cmpint (cs_backoff_ms (G_MAXUINT, 0.0), ==, 0);
}

static void
assert_step (CsJournalState state, gboolean dependencies_done, gint64 due_in_ms, CsJournalStep expected)
{
  CsJournalRow row = make_row (state);

  row.next_ms = NOW + due_in_ms;
  g_assert_cmpint ((int)cs_journal_next_step (&row, dependencies_done, 7, NOW), ==, (int)expected);
}

static void
test_steps (void)
{
  assert_step (CS_JOURNAL_HELD, TRUE, 1, CS_STEP_WAIT);
  assert_step (CS_JOURNAL_HELD, TRUE, 0, CS_STEP_RELEASE);
  assert_step (CS_JOURNAL_HELD, FALSE, 0, CS_STEP_RELEASE);
  assert_step (CS_JOURNAL_QUEUED, TRUE, 0, CS_STEP_FREEZE);
  assert_step (CS_JOURNAL_QUEUED, TRUE, 1, CS_STEP_WAIT);
  assert_step (CS_JOURNAL_QUEUED, FALSE, 0, CS_STEP_NOTHING);
  assert_step (CS_JOURNAL_WAITING, TRUE, 1, CS_STEP_WAIT);
  assert_step (CS_JOURNAL_WAITING, TRUE, 0, CS_STEP_FREEZE);
  assert_step (CS_JOURNAL_WAITING, FALSE, 0, CS_STEP_NOTHING);
  assert_step (CS_JOURNAL_DOUBTFUL, TRUE, 1, CS_STEP_WAIT);
  assert_step (CS_JOURNAL_DOUBTFUL, FALSE, 0, CS_STEP_PROBE);
  assert_step (CS_JOURNAL_SENDING, TRUE, 0, CS_STEP_NOTHING);
  assert_step (CS_JOURNAL_BLOCKED, TRUE, 0, CS_STEP_NOTHING);
  assert_step (CS_JOURNAL_DONE, TRUE, 0, CS_STEP_NOTHING);
  assert_step (CS_JOURNAL_CANCELLED, TRUE, 0, CS_STEP_NOTHING);
}

/* The clock was a year ahead when the row was told to wait, and was put right: it goes at once. What may be a
 * wait still is one, and a hold is not cut short. */
static void
test_wrong_clock (void)
{
  gint64 day = G_GINT64_CONSTANT (86400000);

  assert_step (CS_JOURNAL_WAITING, TRUE, 365 * day, CS_STEP_FREEZE);
  assert_step (CS_JOURNAL_WAITING, FALSE, 365 * day, CS_STEP_NOTHING);
  assert_step (CS_JOURNAL_DOUBTFUL, TRUE, 365 * day, CS_STEP_PROBE);
  assert_step (CS_JOURNAL_QUEUED, TRUE, 365 * day, CS_STEP_FREEZE);
  assert_step (CS_JOURNAL_WAITING, TRUE, day, CS_STEP_WAIT);
  assert_step (CS_JOURNAL_DOUBTFUL, TRUE, day, CS_STEP_WAIT);
  assert_step (CS_JOURNAL_HELD, TRUE, 365 * day, CS_STEP_WAIT);
}

static void
test_orphans (void)
{
  CsJournalRow row = make_row (CS_JOURNAL_SENDING);

  g_assert_false (cs_journal_is_orphaned (&row, 7));
  g_assert_true (cs_journal_is_orphaned (&row, 8));
  g_assert_cmpint (cs_journal_next_step (&row, TRUE, 8, NOW), ==, CS_STEP_NOTHING);
  row.state = CS_JOURNAL_WAITING;
  g_assert_false (cs_journal_is_orphaned (&row, 8));
}

static void
test_retry_now (void)
{
  CsJournalRow row = make_row (CS_JOURNAL_WAITING);

  row.next_ms = NOW + 600000;
  row = apply (row, CS_EVENT_PERSON_RETRY, 0, 1.0);
  g_assert_cmpint (row.state, ==, CS_JOURNAL_WAITING);
  g_assert_cmpint (row.next_ms, ==, NOW);
  g_assert_cmpuint (row.generation, ==, 3);
  g_assert_true (row.has_frozen_bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/every-state-by-every-event", test_matrix);
  g_test_add_func ("/journal/doubtful-leaves-only-through-a-probe", test_doubtful_leaves_by_probe);
  g_test_add_func ("/journal/doubtful-cannot-be-cancelled", test_doubtful_cannot_be_cancelled);
  g_test_add_func ("/journal/B-02-generations", test_generations);
  g_test_add_func ("/journal/waits-and-retry-after", test_waits);
  g_test_add_func ("/journal/U-07-taken-is-probed-before-it-blocks", test_taken);
  g_test_add_func ("/journal/backoff-with-full-jitter", test_backoff);
  g_test_add_func ("/journal/next-steps", test_steps);
  g_test_add_func ("/journal/a-wrong-clock-parks-nothing", test_wrong_clock);
  g_test_add_func ("/journal/sending-of-another-epoch-is-orphaned", test_orphans);
  g_test_add_func ("/journal/a-waiting-row-can-go-at-once", test_retry_now);
  return g_test_run ();
}
