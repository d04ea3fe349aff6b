/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-command-private.h"

#include <glib/gi18n-lib.h>

#include "cs-audit-note.h"
#include "cs-store-audit.h"
#include "cs-vault.h"

/* That each row fits the one before says nothing of a chain that was made anew from some row on: the keyring
 * knows its head. */
static CsDeskOutcome
compare_with_keyring (CsCommand *command, const CsPracticeEntry *entry, CsStore *store)
{
  g_autofree char *id = cs_uuid_to_string (&entry->id);
  g_autoptr (CsVault) vault = cs_vault_new (id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unread = NULL;
  g_autofree char *note
      = cs_command_wait_record (command, cs_vault_lookup_note (vault, CS_AUDIT_NOTE), &unread);

  if (note == NULL)
    {
      g_print (unread != NULL
                   ? _ ("%s: every row of the audit chain fits. The keyring could not be asked for "
                        "its head.\n")
                   : _ ("%s: every row of the audit chain fits. The keyring knows nothing of it yet.\n"),
               entry->name);
      return CS_DESK_DONE;
    }
  if (!cs_audit_note_check (store, note, &error))
    {
      CsDeskOutcome outcome = cs_command_say_error (error, entry);

      return g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_DAMAGED) ? CS_DESK_NEEDS_PERSON : outcome;
    }
  g_print (_ ("%s: every row of the audit chain fits, and it is the one that the keyring remembers.\n"),
           entry->name);
  return CS_DESK_DONE;
}

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
  return compare_with_keyring (command, entry, store);
}

/* By a session, so that no other program changes the file meanwhile and the keyring hears of it. */
static CsDeskOutcome
accept_chain (CsCommand *command, const CsPracticeEntry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSession) session
      = cs_command_wait_object (command, cs_command_open_session (command, entry), &error);
  g_autoptr (DexFuture) accepting = NULL;
  g_autoptr (DexFuture) closing = NULL;
  CsDeskOutcome outcome = CS_DESK_DONE;

  if (session == NULL)
    return cs_command_say_error (error, entry);
  accepting = cs_session_accept_audit (session, command->accept_because);
  if (!cs_command_wait (command, accepting) || dex_future_get_value (accepting, &error) == NULL)
    outcome = error != NULL ? (CsDeskOutcome)cs_command_say_error (error, entry) : CS_DESK_NEEDS_PERSON;
  else
    g_print (_ ("%s: accepted as it is. The reason is in the chain.\n"), entry->name);
  closing = cs_session_close (session);
  command->is_interrupted = FALSE;
  cs_command_wait (command, closing);
  return outcome;
}

static CsDeskOutcome
verify_practice (CsCommand *command, const CsPracticeEntry *entry, gpointer data)
{
  CsDeskOutcome outcome = verify_chain (command, entry);

  return outcome == CS_DESK_NEEDS_PERSON && command->accept_because != NULL ? accept_chain (command, entry)
                                                                            : outcome;
}

int
cs_command_verify (CsCommand *command)
{
  CsDeskOutcome outcome = CS_DESK_DONE;
  g_autoptr (GPtrArray) entries = cs_command_list_practices (command, &outcome);

  if (entries != NULL)
    outcome = cs_command_do_each (command, entries, verify_practice, NULL);
  return outcome;
}
