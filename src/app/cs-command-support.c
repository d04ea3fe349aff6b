/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-command-private.h"

#include <glib/gi18n-lib.h>

#include "cs-store.h"
#include "cs-support-bundle.h"

static CsDeskOutcome
print_bundle (CsCommand *command, const CsPracticeEntry *entry, gpointer data)
{
  g_autofree char *path = g_build_filename (entry->folder, "practice.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStore) store = cs_store_open (path, CS_STORE_READ_ONLY, command->clock, &error);
  g_autofree char *bundle
      = store != NULL ? cs_support_bundle_make (store, cs_clock_now_ms (command->clock), &error) : NULL;

  if (bundle == NULL)
    return cs_command_say_error (error, entry);
  g_print ("%s", bundle);
  return CS_DESK_DONE;
}

/** cs_command_support: Returns: the exit code; a bundle that names nobody is printed for each practice */
int
cs_command_support (CsCommand *command)
{
  CsDeskOutcome outcome = CS_DESK_DONE;
  g_autoptr (GPtrArray) entries = cs_command_list_practices (command, &outcome);

  if (entries != NULL)
    outcome = cs_command_do_each (command, entries, print_bundle, NULL);
  return outcome;
}
