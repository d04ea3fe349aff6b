/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-command-private.h"

#include <glib/gi18n-lib.h>

#include "cs-store-audit.h"

static CsDeskOutcome
verify_chain (CsCommand *command, const CsPracticeEntry *entry)
{
  g_autofree char *path = g_build_filename (entry->folder, "practice.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStore) store = cs_store_open (path, CS_STORE_READ_ONLY, command->clock, &error);
  gint64 first_bad = 0;

  if (store == NULL)
    return cs_command_say_error (error, entry);
  if (!cs_store_verify_audit (store, &first_bad, &error))
    {
      CsDeskOutcome outcome = cs_command_say_error (error, entry);

      return first_bad > 0 ? CS_DESK_NEEDS_PERSON : outcome;
    }
  g_print (_ ("%s: every row of the audit chain fits.\n"), entry->name);
  return CS_DESK_DONE;
}

int
cs_command_verify (CsCommand *command)
{
  CsDeskOutcome outcome = CS_DESK_DONE;
  g_autoptr (GPtrArray) entries = cs_command_list_practices (command, &outcome);

  if (entries == NULL)
    return outcome;
  for (guint i = 0; i < entries->len && !command->is_interrupted; i++)
    outcome = MAX (outcome, verify_chain (command, g_ptr_array_index (entries, i)));
  return outcome;
}
