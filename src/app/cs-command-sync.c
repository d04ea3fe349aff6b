/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-command-private.h"

#include <glib/gi18n-lib.h>

#include "cs-demo.h"
#include "cs-desk-bus.h"
#include "cs-desk-run.h"
#include "cs-store.h"

static CsDeskMode
get_mode (const CsCommand *command)
{
  if (command->is_push == command->is_pull)
    return CS_DESK_SYNC;
  return command->is_push ? CS_DESK_PUSH : CS_DESK_PULL;
}

/* --- what came of it --- */

static void
print_counts (const CsJournalCounts *counts)
{
  const struct
  {
    CsJournalState state;
    const char *label;
  } lines[] = {
    { CS_JOURNAL_DONE, _ ("sent") },
    { CS_JOURNAL_HELD, _ ("held, so that it can be undone") },
    { CS_JOURNAL_QUEUED, _ ("to be sent") },
    { CS_JOURNAL_WAITING, _ ("to be tried again") },
    { CS_JOURNAL_SENDING, _ ("being sent") },
    { CS_JOURNAL_DOUBTFUL, _ ("in doubt, to be looked for in Xero") },
    { CS_JOURNAL_BLOCKED, _ ("waiting for a person") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (counts->n[lines[i].state] > 0)
      g_print ("%6u %s\n", counts->n[lines[i].state], lines[i].label);
}

static int
say_report (CsCommand *command, const CsPracticeEntry *entry, const CsDeskReport *report)
{
  if (command->is_json)
    {
      g_autofree char *json = cs_desk_report_to_json (report);

      g_print ("%s\n", json);
    }
  else
    {
      g_print ("%s\n", entry->name);
      print_counts (&report->journal);
    }
  if (report->outcome != CS_DESK_DONE)
    g_printerr ("%s: %s\n", entry->name, report->problem);
  return report->outcome;
}

/* --- doing it --- */

/* Whoever has the practice open does it. */
static int
ask_holder (CsCommand *command, const CsPracticeEntry *entry, const GError *locked)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDeskReport) report
      = cs_command_wait_record (command, cs_desk_bus_ask_sync (&entry->id, get_mode (command)), &error);

  if (report != NULL)
    return say_report (command, entry, report);
  g_debug ("The holder did not answer: %s", error->message);
  if (command->is_interrupted)
    return cs_command_say_error (error, entry);
  return cs_command_say_error (locked, entry);
}

static int
run_here (CsCommand *command, CsSession *session)
{
  g_autoptr (CsDeskBus) bus = cs_desk_bus_export (session, "command-line", NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDeskReport) report
      = cs_command_wait_record (command, cs_desk_run (session, get_mode (command)), &error);
  g_autoptr (DexFuture) closing = cs_session_close (session);
  int code = report != NULL ? say_report (command, cs_session_get_practice (session), report)
                            : cs_command_say_error (error, cs_session_get_practice (session));

  command->is_interrupted = FALSE; /* what was committed must still be closed in good order */
  cs_command_wait (command, closing);
  return code;
}

DexFuture *
cs_command_open_session (CsCommand *command, const CsPracticeEntry *entry)
{
  CsSessionOptions *options = g_new0 (CsSessionOptions, 1);

  options->clock = command->clock;
  options->is_commanded = TRUE;
  options->build_client_id = g_strdup (entry->is_demo ? CS_DEMO_CLIENT_ID : XERO_CLIENT_ID);
  options->sandbox_address = g_strdup (entry->is_demo ? command->sandbox : NULL);
  return cs_session_open (entry, options);
}

static int
sync_practice (CsCommand *command, const CsPracticeEntry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSession) session
      = cs_command_wait_object (command, cs_command_open_session (command, entry), &error);

  if (session != NULL)
    return run_here (command, session);
  if (g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_LOCKED))
    return ask_holder (command, entry, error);
  return cs_command_say_error (error, entry);
}

/* A demo's ledger runs only as long as its window is open, so it is never meant unless it is named. */
static const CsPracticeEntry *
choose (const CsCommand *command, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const CsPracticeEntry *entry = g_ptr_array_index (entries, i);

      if (entry->is_demo == (command->sandbox != NULL) || (command->practice != NULL && command->now == NULL))
        return entry;
    }
  return NULL;
}

int
cs_command_sync (CsCommand *command)
{
  CsDeskOutcome outcome = CS_DESK_DONE;
  g_autoptr (GPtrArray) entries = cs_command_list_practices (command, &outcome);
  const CsPracticeEntry *entry = entries != NULL ? choose (command, entries) : NULL;

  if (entries == NULL)
    return outcome;
  if (entry != NULL)
    return sync_practice (command, entry);
  g_printerr ("%s\n", _ ("There is no practice on this computer yet. Open Countersign and create one."));
  return CS_DESK_NEEDS_PERSON;
}
