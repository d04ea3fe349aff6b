/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-command-private.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "cs-process.h"
#include "cs-store.h"
#include "cs-system-clock.h"

static const struct
{
  const char *name;
  int (*run) (CsCommand *command);
  const char *summary;
} COMMANDS[] = {
  { "sync", cs_command_sync,
    N_ ("Sends what waits and reads what is new, as “Sync now” does in the window. Without --practice it is "
        "the practice that was opened last. Where a window or the background process has the practice open, "
        "that one is asked to do it.") },
  { "status", cs_command_status,
    N_ ("Says how each practice stands: its connection, when it was last read, what waits to be sent, and "
        "which program has it open. Changes nothing.") },
  { "support-bundle", cs_command_support,
    N_ ("Prints what somebody who helps needs to know of each practice: versions, states, counts and calls, "
        "and no names, amounts or passwords. Changes nothing.") },
  { "verify", cs_command_verify,
    N_ ("Goes through the audit chain of each practice and names the first row that doesn’t fit; then "
        "compares its head with what the keyring remembers. Changes nothing, unless --accept-because says "
        "why "
        "what doesn’t fit may stay: that is written into the chain, and only later changes are told.") },
};

/* --- waiting --- */

static gboolean
on_signal (gpointer data)
{
  CsCommand *command = data;

  command->is_interrupted = TRUE;
  return G_SOURCE_CONTINUE;
}

gboolean
cs_command_wait (CsCommand *command, DexFuture *future)
{
  while (dex_future_is_pending (future) && !command->is_interrupted)
    g_main_context_iteration (NULL, TRUE);
  return !dex_future_is_pending (future);
}

static const GValue *
get_value (CsCommand *command, DexFuture *future, GError **error)
{
  if (cs_command_wait (command, future))
    return dex_future_get_value (future, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                       _ ("Interrupted. What was being sent is looked for in Xero at the next run."));
  return NULL;
}

gpointer
cs_command_wait_record (CsCommand *command, DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = get_value (command, owned, error);

  return value != NULL ? cs_box_steal (g_value_get_boxed (value)) : NULL;
}

gpointer
cs_command_wait_object (CsCommand *command, DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = get_value (command, owned, error);

  return value != NULL ? g_value_dup_object (value) : NULL;
}

char *
cs_command_wait_string (CsCommand *command, DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = get_value (command, owned, error);

  return value != NULL ? g_value_dup_string (value) : NULL;
}

/* --- which practices --- */

static gboolean
is_meant (const CsCommand *command, const CsPracticeEntry *entry)
{
  g_autofree char *id = cs_uuid_to_string (&entry->id);

  return command->practice == NULL || g_str_equal (command->practice, entry->name)
         || g_ascii_strcasecmp (command->practice, id) == 0;
}

static CsDeskOutcome
say_ambiguous (const CsCommand *command, GPtrArray *meant)
{
  g_printerr (_ ("Several practices are called “%s”. Name one of them by its id:\n"), command->practice);
  for (guint i = 0; i < meant->len; i++)
    {
      g_autofree char *id = cs_uuid_to_string (&((CsPracticeEntry *)g_ptr_array_index (meant, i))->id);

      g_printerr ("  %s\n", id);
    }
  return CS_DESK_WRONG_USAGE;
}

GPtrArray *
cs_command_list_practices (CsCommand *command, CsDeskOutcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRegistry) registry = cs_registry_open (command->data_folder, command->clock, &error);
  g_autoptr (GPtrArray) all = registry != NULL ? cs_registry_list (registry, &error) : NULL;
  g_autoptr (GPtrArray) meant = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_practice_entry_free);

  if (all == NULL)
    {
      *outcome = cs_command_say_error (error, NULL);
      return NULL;
    }
  for (guint i = 0; i < all->len; i++)
    if (is_meant (command, g_ptr_array_index (all, i)))
      g_ptr_array_add (meant, cs_practice_entry_copy (g_ptr_array_index (all, i)));
  *outcome = CS_DESK_DONE;
  if (command->practice != NULL && meant->len == 0)
    {
      g_printerr (_ ("There is no practice “%s” on this computer. “countersign status” lists them.\n"),
                  command->practice);
      *outcome = CS_DESK_WRONG_USAGE;
    }
  else if (command->practice != NULL && meant->len > 1)
    *outcome = say_ambiguous (command, meant);
  return *outcome == CS_DESK_DONE ? g_steal_pointer (&meant) : NULL;
}

CsDeskOutcome
cs_command_do_each (CsCommand *command, GPtrArray *entries, CsCommandFunc func, gpointer data)
{
  CsDeskOutcome outcome = CS_DESK_DONE;

  for (guint i = 0; i < entries->len && !command->is_interrupted; i++)
    {
      CsDeskOutcome of_one = func (command, g_ptr_array_index (entries, i), data);

      outcome = MAX (outcome, of_one); /* which works its arguments out twice */
    }
  return outcome;
}

/** cs_command_say_error: Returns: the exit code that fits @error, which is said on standard error */
int
cs_command_say_error (const GError *error, const CsPracticeEntry *entry)
{
  if (entry != NULL)
    g_printerr ("%s: %s\n", entry->name, error->message);
  else
    g_printerr ("%s\n", error->message);
  return cs_desk_outcome_from_error (error);
}

/* --- options --- */

static gboolean
parse (CsCommand *command, guint index, int *argc, char ***argv)
{
  const GOptionEntry entries[]
      = { { "practice", 0, 0, G_OPTION_ARG_STRING, &command->practice,
            N_ ("Which practice, by its name or id"), N_ ("NAME") },
          { "json", 0, 0, G_OPTION_ARG_NONE, &command->is_json, N_ ("Print JSON, for other programs"), NULL },
          { "data-folder", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &command->data_folder, NULL,
            NULL },
          { "sandbox", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &command->sandbox, NULL, NULL },
          { "now", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &command->now, NULL, NULL },
          G_OPTION_ENTRY_NULL };
  const GOptionEntry directions[]
      = { { "push", 0, 0, G_OPTION_ARG_NONE, &command->is_push, N_ ("Only send what waits"), NULL },
          { "pull", 0, 0, G_OPTION_ARG_NONE, &command->is_pull, N_ ("Only read what is new"), NULL },
          G_OPTION_ENTRY_NULL };
  const GOptionEntry acceptance[] = { { "accept-because", 0, 0, G_OPTION_ARG_STRING, &command->accept_because,
                                        N_ ("Accept what doesn’t fit now"), N_ ("REASON") },
                                      G_OPTION_ENTRY_NULL };
  g_autofree char *usage = g_strdup_printf ("%s …", COMMANDS[index].name);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, _ (COMMANDS[index].summary));
  g_option_context_set_description (
      context,
      _ ("Exit codes: 0 done; 1 something needs a person; 2 wrong usage; 3 Xero could not be reached, or "
         "not all could be sent yet; 4 another program has the practice open and did not answer; 5 a "
         "problem with the file."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (COMMANDS[index].run == cs_command_sync)
    g_option_context_add_main_entries (context, directions, GETTEXT_PACKAGE);
  if (COMMANDS[index].run == cs_command_verify)
    g_option_context_add_main_entries (context, acceptance, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error) && *argc == 1)
    return TRUE;
  g_printerr (_ ("%s\nTry “countersign %s --help”.\n"),
              error != NULL ? error->message : _ ("That is one word too many."), COMMANDS[index].name);
  return FALSE;
}

/** cs_command_line_has: Returns: whether @argv names one of the commands */
gboolean
cs_command_line_has (int argc, char **argv)
{
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (COMMANDS); i++)
    if (g_str_equal (argv[1], COMMANDS[i].name))
      return TRUE;
  return FALSE;
}

/* A real practice speaks to the real ledger, at the real time. */
static gboolean
set_clock (CsCommand *command)
{
  gint64 then_ms = 0;
  g_autoptr (GError) error = NULL;

  if (command->now != NULL && command->sandbox == NULL)
    {
      g_printerr ("%s\n", _ ("--now is for the demo practice: use it with --sandbox."));
      return FALSE;
    }
  if (command->now != NULL && !cs_instant_parse (command->now, &then_ms, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  command->clock = cs_system_clock_new (command->now != NULL ? then_ms - g_get_real_time () / 1000 : 0);
  return TRUE;
}

static int
run (CsCommand *command, guint index)
{
  guint interrupted = 0, terminated = 0;
  int code = 0;

  if (command->data_folder == NULL)
    command->data_folder = cs_process_get_data_folder ();
  if (!set_clock (command))
    return CS_DESK_WRONG_USAGE;
  interrupted = g_unix_signal_add (SIGINT, on_signal, command);
  terminated = g_unix_signal_add (SIGTERM, on_signal, command);
  code = COMMANDS[index].run (command);
  g_source_remove (interrupted);
  g_source_remove (terminated);
  return code;
}

/** cs_command_line_run: Returns: the exit code; @argv names one of the commands */
int
cs_command_line_run (int argc, char **argv)
{
  CsCommand command = { 0 };
  guint index = 0;
  int code = CS_DESK_WRONG_USAGE;
  /* Without the command's own word, which GOption would take for one too many. */
  g_autofree char *name = g_strdup_printf ("countersign %s", argv[1]);
  g_autofree char **rest = g_memdup2 (argv + 1, (gsize)argc * sizeof *argv);

  while (!g_str_equal (argv[1], COMMANDS[index].name))
    index++;
  argc--;
  g_set_prgname (name);
  if (parse (&command, index, &argc, &rest))
    code = run (&command, index);
  g_clear_pointer (&command.clock, cs_system_clock_free);
  g_free (command.data_folder);
  g_free (command.practice);
  g_free (command.accept_because);
  g_free (command.sandbox);
  g_free (command.now);
  return code;
}
