/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-agent.h"

#include <gio/gio.h>

#include "cs-desk-bus.h"
#include "cs-desk-due.h"
#include "cs-desk-run.h"
#include "cs-practices.h"
#include "cs-timer.h"

/* The longest sleep: the machine may have slept meanwhile, or a practice may have been made. */
#define LOOK_AGAIN_MS G_GINT64_CONSTANT (900000)
/* After a run that left something undone, or could not be had: no sooner than this. */
#define TRY_AGAIN_MS G_GINT64_CONSTANT (900000)

typedef struct
{
  gint64 when_ms;
  CsDeskOutcome outcome;
} Try;

struct _CsAgent
{
  CsAgentOptions options;
  CsTimer timer;
  GNetworkMonitor *network;
  gulong network_handler;
  gboolean was_away;  /* there was no network when it was last looked for */
  guint n_returns;    /* how often it came back */
  GHashTable *tried;  /* id as text → Try *: the last run */
  DexPromise *wake;   /* resolved to end a sleep */
  DexPromise *let_go; /* (nullable): resolved when the practice in hand is wanted */
  CsSession *session; /* (nullable): the practice in hand */
  CsDeskOutcome worst;
  gboolean is_stopped;
};

static void
resolve (DexPromise *promise)
{
  if (promise != NULL && dex_future_is_pending (DEX_FUTURE (promise)))
    dex_promise_resolve_boolean (promise, TRUE);
}

static gboolean
was_unreachable (gpointer id, gpointer try, gpointer data)
{
  return ((const Try *)try)->outcome == CS_DESK_UNREACHABLE;
}

/* What failed because there was no network need not wait any longer once there is. */
static void
on_network_changed (GNetworkMonitor *network, gboolean is_available, gpointer data)
{
  CsAgent *agent = data;

  if (is_available && agent->was_away)
    {
      g_hash_table_foreach_remove (agent->tried, was_unreachable, NULL);
      agent->n_returns++;
    }
  agent->was_away = !is_available;
  resolve (agent->wake);
}

/**
 * cs_agent_new:
 * @options: copied
 *
 * Returns: (transfer full): an agent that does nothing yet
 */
CsAgent *
cs_agent_new (const CsAgentOptions *options)
{
  CsAgent *agent = g_new0 (CsAgent, 1);

  agent->options = *options;
  agent->options.data_folder = g_strdup (options->data_folder);
  agent->options.sandbox = g_strdup (options->sandbox);
  agent->timer.clock = options->clock;
  agent->network
      = g_object_ref (options->network != NULL ? options->network : g_network_monitor_get_default ());
  agent->network_handler
      = g_signal_connect (agent->network, "network-changed", G_CALLBACK (on_network_changed), agent);
  agent->tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  agent->wake = dex_promise_new ();
  return agent;
}

/** cs_agent_free: once its run has ended */
void
cs_agent_free (CsAgent *agent)
{
  if (agent == NULL)
    return;
  g_signal_handler_disconnect (agent->network, agent->network_handler);
  g_clear_object (&agent->network);
  g_hash_table_unref (agent->tried);
  dex_clear (&agent->wake);
  dex_clear (&agent->let_go);
  g_clear_object (&agent->session);
  g_free (agent->options.data_folder);
  g_free (agent->options.sandbox);
  g_free (agent);
}

/** cs_agent_stop: see the header */
void
cs_agent_stop (CsAgent *agent)
{
  g_return_if_fail (agent != NULL);

  agent->is_stopped = TRUE;
  resolve (agent->let_go);
  resolve (agent->wake);
}

/* --- one run --- */

/* For a window, which a person waits in front of. */
static DexFuture *
yield_cb (gpointer data)
{
  CsAgent *agent = data;

  resolve (agent->let_go);
  return cs_session_close (agent->session);
}

static void
use_session (CsAgent *agent, CsDeskMode mode, Try *try)
{
  g_autoptr (CsDeskBus) bus = cs_desk_bus_export (agent->session, "agent", yield_cb, agent);
  g_autoptr (DexFuture) running = cs_desk_run_scheduled (agent->session, mode);
  g_autoptr (CsDeskReport) report = NULL;

  dex_clear (&agent->let_go);
  agent->let_go = dex_promise_new ();
  if (agent->is_stopped)
    resolve (agent->let_go);
  cs_await (dex_future_first (dex_ref (running), dex_ref (agent->let_go), NULL), NULL);
  if (!dex_future_is_pending (running))
    report = cs_await_record (g_steal_pointer (&running), NULL);
  dex_clear (&running); /* when somebody wants the practice: what is in hand is finished, no more is begun */
  cs_await (cs_session_close (agent->session), NULL);
  if (report == NULL)
    return;
  try->outcome = report->outcome;
  agent->worst = MAX (agent->worst, report->outcome);
  g_message ("%s: %s, outcome %d. %s", cs_session_get_practice (agent->session)->name,
             cs_desk_mode_to_string (mode), report->outcome, report->problem);
}

static void
run_practice (CsAgent *agent, const CsPracticeEntry *entry, CsDeskMode mode, Try *try)
{
  CsSessionOptions *options = g_new0 (CsSessionOptions, 1);
  g_autoptr (GError) error = NULL;
  options->clock = agent->options.clock;
  options->is_commanded = TRUE;
  options->build_client_id = g_strdup (XERO_CLIENT_ID);
  options->sandbox_address = g_strdup (agent->options.sandbox);
  agent->session = cs_await_object (cs_session_open (entry, options), &error);
  if (agent->session == NULL)
    {
      /* Mostly a window has it, which does all this by itself. */
      g_debug ("%s: %s", entry->name, error->message);
      agent->worst = MAX (agent->worst, cs_desk_outcome_from_error (error));
      return;
    }
  use_session (agent, mode, try);
  g_clear_object (&agent->session);
}

static void
try_practice (CsAgent *agent, const CsPracticeEntry *entry, CsDeskMode mode)
{
  Try try = { cs_timer_now_ms (&agent->timer), CS_DESK_DONE };
  guint n_returns = agent->n_returns;

  run_practice (agent, entry, mode, &try);
  /* The network went and came back meanwhile, which ends the next sleep at once. */
  if (try.outcome == CS_DESK_UNREACHABLE && agent->n_returns != n_returns)
    return;
  g_hash_table_insert (agent->tried, cs_uuid_to_string (&entry->id), g_memdup2 (&try, sizeof try));
}

/* --- which, and when --- */

/* The earliest moment for @due, or for trying again. A run that lies ahead was noted by a clock that was, and
 * has been put right since: it keeps nothing waiting. */
static gint64
not_before (CsAgent *agent, const CsPracticeEntry *entry, gint64 due_ms, gint64 now_ms)
{
  g_autofree char *id = cs_uuid_to_string (&entry->id);
  const Try *try = g_hash_table_lookup (agent->tried, id);

  if (due_ms == CS_DESK_NEVER_MS || try == NULL || try->when_ms > now_ms)
    return due_ms;
  return MAX (due_ms, try->when_ms + TRY_AGAIN_MS);
}

/* Returns when to look at it again. */
static gint64
look_at (CsAgent *agent, const CsPracticeEntry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autofree CsDeskDue *due = cs_await_record (cs_desk_read_due (entry, agent->options.clock), &error);
  gint64 now_ms = cs_timer_now_ms (&agent->timer);
  gint64 pull_ms = 0, push_ms = 0;

  if (due == NULL)
    {
      g_debug ("%s: %s", entry->name, error->message);
      agent->worst = MAX (agent->worst, cs_desk_outcome_from_error (error));
      return CS_DESK_NEVER_MS;
    }
  if (!due->is_connected)
    return CS_DESK_NEVER_MS;
  pull_ms = agent->options.is_once ? now_ms : not_before (agent, entry, due->pull_ms, now_ms);
  push_ms = not_before (agent, entry, due->push_ms, now_ms);
  if (MIN (pull_ms, push_ms) > now_ms)
    return MIN (pull_ms, push_ms);
  try_practice (agent, entry, pull_ms <= now_ms ? CS_DESK_SYNC : CS_DESK_PUSH);
  return now_ms + TRY_AGAIN_MS;
}

/* A demo's ledger runs only while its window is open. */
static gboolean
is_ours (const CsAgent *agent, const CsPracticeEntry *entry)
{
  return entry->is_demo == (agent->options.sandbox != NULL);
}

static gint64
look_at_all (CsAgent *agent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries
      = cs_await_array (cs_practices_list (agent->options.data_folder, agent->options.clock), &error);
  gint64 next_ms = CS_DESK_NEVER_MS;

  if (entries == NULL)
    {
      g_message ("The list of practices can't be read: %s", error->message);
      agent->worst = MAX (agent->worst, cs_desk_outcome_from_error (error));
      return next_ms;
    }
  for (guint i = 0; i < entries->len && !agent->is_stopped; i++)
    if (is_ours (agent, g_ptr_array_index (entries, i)))
      {
        gint64 again_ms = look_at (agent, g_ptr_array_index (entries, i)); /* MIN() would look twice */

        next_ms = MIN (next_ms, again_ms);
      }
  return next_ms;
}

/* A sandbox is on this computer, which needs no network. */
static gboolean
has_network (CsAgent *agent)
{
  gboolean is_there = (agent->options.sandbox != NULL && agent->options.network == NULL)
                      || g_network_monitor_get_network_available (agent->network);

  agent->was_away |= !is_there;
  return is_there;
}

static DexFuture *
run_fiber (gpointer data)
{
  CsAgent *agent = data;

  while (!agent->is_stopped)
    {
      gint64 next_ms = CS_DESK_NEVER_MS;

      dex_clear (&agent->wake);
      agent->wake = dex_promise_new ();
      if (has_network (agent) || agent->options.is_once)
        next_ms = look_at_all (agent);
      if (agent->options.is_once || agent->is_stopped)
        break;
      /* A time-out rejects by design: it only says that it is time. */
      cs_await (dex_future_first (dex_ref (agent->wake),
                                  cs_timer_wait_until (&agent->timer, next_ms, LOOK_AGAIN_MS), NULL),
                NULL);
    }
  return dex_future_new_for_int64 (agent->worst);
}

/**
 * cs_agent_run:
 * @agent: an agent, which outlives the future
 *
 * Returns: (transfer full): see the header
 */
DexFuture *
cs_agent_run (CsAgent *agent)
{
  g_return_val_if_fail (agent != NULL, NULL);

  return cs_spawn (run_fiber, agent, NULL);
}
