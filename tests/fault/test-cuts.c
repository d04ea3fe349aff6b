/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [B-02] Exactly once, by the built program, over real sockets: killed at every state of the journal, at its
 * n-th write, flush and send, and cut off by the ledger in every way. Each time it is started again, later,
 * and then the sandbox is counted: nothing twice, nothing lost. Between the runs seven minutes pass, so that
 * the ledger's memory of idempotency keys can't hide a mistake. COUNTERSIGN_NIGHTLY=1 does hundreds. */
#include "fault-program.h"

#include <signal.h>

#define INVOICES "/api.xro/2.0/Invoices"
#define CONTACTS "/api.xro/2.0/Contacts"
/* Of each kind of call, in the normal run. */
#define KILLS_PER_KIND 7u
#define NIGHTLY_CUTS 520u
#define STATE_SECONDS 90

static const char *const STATES[] = { "held", "queued", "sending", "doubtful", "waiting", "blocked", "done" };
static guint killed_in[G_N_ELEMENTS (STATES)];

static gboolean
is_nightly (void)
{
  return g_strcmp0 (g_getenv ("COUNTERSIGN_NIGHTLY"), "1") == 0;
}

/* In which states the rows of the newest acceptance were when it was killed. */
static void
note_states (const FaultPractice *practice)
{
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    {
      guint n = fault_practice_count (practice, STATES[i]);
      gboolean is_done = g_str_equal (STATES[i], "done");

      killed_in[i] += is_done ? n % 2 : n > 0;
    }
}

/* --- killed at the n-th call --- */

typedef struct
{
  const char *name;
  guint n_calls;
  guint n_killed;
} Calls;

static void
kill_at (FaultPractice *practice, Calls *calls, guint number, const char *when)
{
  g_autofree char *order = g_strdup_printf ("%s:%u:%s", calls->name, number, when);
  FaultEnd end;

  fault_practice_accept (practice, 0);
  end = fault_program_run (practice, order);
  if (end.was_killed)
    {
      calls->n_killed++;
      note_states (practice);
    }
  fault_program_recover (practice);
}

static void
sweep (FaultPractice *practice, Calls *calls, guint n_kills)
{
  for (guint i = 0; i < n_kills; i++)
    {
      /* Evenly over the run; where there are more kills than calls, before and after each in turn. */
      guint number = 1 + (guint)((guint64)i * calls->n_calls / n_kills);

      kill_at (practice, calls, number, i % 2 == 0 ? "before" : "after");
    }
}

static void
test_killed_at_calls (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  Calls calls[] = { { .name = "write" }, { .name = "flush" }, { .name = "send" } };
  guint counts[3] = { 0 };
  guint n_killed = 0;

  fault_practice_accept (practice, 0);
  fault_program_measure (practice, counts);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      calls[i].n_calls = counts[i];
      g_assert_cmpuint (counts[i], >, 0);
      sweep (practice, &calls[i], is_nightly () ? NIGHTLY_CUTS / G_N_ELEMENTS (calls) : KILLS_PER_KIND);
      g_test_message ("killed at a %s %u times (a run has %u)", calls[i].name, calls[i].n_killed, counts[i]);
      n_killed += calls[i].n_killed;
    }
  /* A run makes a few calls more or less, as the threads fall; the last kill may come too late. */
  g_assert_cmpuint (n_killed, >=, G_N_ELEMENTS (calls) * (KILLS_PER_KIND - 1));
  fault_practice_check_all (practice);
}

/* --- killed in a state --- */

static void
fault (FaultPractice *practice, const char *method, const char *path, const char *kind, guint seconds)
{
  sandbox_fixture_fault (practice->sandbox, method, path, kind, 1, seconds);
}

static void
kill_in_state (FaultPractice *practice, const char *state)
{
  g_autoptr (GSubprocess) program = fault_program_start (practice, NULL);
  gint64 deadline = g_get_monotonic_time () + STATE_SECONDS * G_USEC_PER_SEC;

  while ((!fault_program_has_lock (practice, program) || fault_practice_count (practice, state) == 0)
         && g_get_monotonic_time () < deadline)
    g_usleep (2000);
  g_subprocess_send_signal (program, SIGKILL);
  if (!fault_program_wait (program).was_killed)
    {
      fault_program_print (practice);
      g_test_fail_printf ("it ended before a row was %s", state);
    }
  /* It may have gone on in the moment before the signal. */
  note_states (practice);
}

static void
test_killed_in_states (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();

  fault_practice_accept (practice, 60);
  kill_in_state (practice, "held");
  fault_program_recover (practice);

  fault_practice_accept (practice, 0);
  kill_in_state (practice, "queued");
  fault_program_recover (practice);

  /* The ledger has done it, and takes its time to say so. */
  fault_practice_accept (practice, 0);
  fault (practice, "PUT", CONTACTS, "delay", 3);
  kill_in_state (practice, "sending");
  fault_program_recover (practice);
  fault_practice_accept (practice, 0);
  fault (practice, "PUT", INVOICES, "delay", 3);
  kill_in_state (practice, "sending");
  fault_program_recover (practice);

  fault_practice_accept (practice, 0);
  fault (practice, "PUT", CONTACTS, "cut-after", 0);
  kill_in_state (practice, "doubtful");
  fault_program_recover (practice);
  fault_practice_accept (practice, 0);
  fault (practice, "PUT", INVOICES, "cut-after", 0);
  kill_in_state (practice, "doubtful");
  fault_practice_advance (practice);
  fault (practice, "GET", INVOICES, "delay", 3); /* and once more, while it looks */
  kill_in_state (practice, "doubtful");
  fault_program_recover (practice);

  fault_practice_accept (practice, 0);
  fault (practice, "PUT", INVOICES, "429", 5);
  kill_in_state (practice, "waiting");
  fault_program_recover (practice);
  fault_practice_check_all (practice);
}

/* --- cut off by the ledger --- */

static const char *const KINDS[] = { "cut-before", "cut-after", "half-body", "500", "503", "wrong-json" };

/* One run meets all of them: each of the writes of this many clients is the next fault's. */
static void
cut_off (FaultPractice *practice, guint *n_cuts)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    {
      fault_practice_accept (practice, 0);
      fault (practice, "PUT", CONTACTS, KINDS[i], 0);
      fault (practice, "PUT", INVOICES, KINDS[i], 0);
      *n_cuts += 2;
    }
  fault (practice, "GET", CONTACTS, "cut-before", 0);
  fault (practice, "GET", INVOICES, "half-body", 0);
  *n_cuts += 2;
  fault_program_run (practice, NULL);
  fault_program_recover (practice);
}

static void
test_cut_off (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  guint n_cuts = 0;

  for (guint i = 0; i < (is_nightly () ? 10 : 1); i++)
    cut_off (practice, &n_cuts);
  /* Tokens end while it is away, and the answer to the refresh is lost. */
  fault_practice_accept (practice, 0);
  sandbox_fixture_post (practice->sandbox, "/sandbox/tokens", "{\"action\":\"expire\"}");
  fault (practice, "POST", "/connect/token", "cut-after", 0);
  n_cuts++;
  fault_program_run (practice, NULL);
  fault_program_recover (practice);
  g_test_message ("cut off by the ledger %u times", n_cuts);
  fault_practice_check_all (practice);
}

static void
print_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    g_test_message ("killed with a row %s: %u times", STATES[i], killed_in[i]);
}

static void
test_every_state_was_met (void)
{
  print_states ();
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    if (!g_str_equal (STATES[i], "blocked")) /* where a person is waited for, nothing runs */
      g_assert_cmpuint (killed_in[i], >, 0);
}

int
main (int argc, char **argv)
{
  dex_init ();
  fault_practice_prepare_if_asked (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cuts/B-02/killed-in-each-state", test_killed_in_states);
  g_test_add_func ("/cuts/B-02/killed-at-each-call", test_killed_at_calls);
  g_test_add_func ("/cuts/B-02/every-state-was-met", test_every_state_was_met);
  g_test_add_func ("/cuts/B-02/cut-off-by-the-ledger", test_cut_off);
  return g_test_run ();
}
