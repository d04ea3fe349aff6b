/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-push-row.h"
#include "cs-session-private.h"

#include "cs-journal-engine.h"
#include "cs-store-clients.h"
#include "cs-store-journal.h"
#include "cs-store-proposals.h"
#include "cs-store-shape.h"

/* A command is one job on the writer thread; when it is on disk, the copies at hand are read again, the
 * window is told what changed and the pusher looks. The answer is the job's own record. */
typedef struct
{
  CsUuid id;
  CsUuid connection_id;
  CsPlannedSeen seen;
  CsClient *client;
  CsProposal *proposal;
  CsSettings *settings;
  CsSettings *settings_before; /* (nullable): an undo brings them back */
  CsShape *shape;
  CsShape *expected; /* (nullable): an undo saves where this stands alone */
  CsAcceptance *acceptance;
  char *remote_id;
  char *work_id; /* (nullable) */
  gboolean renumber;
  gint64 now_ms;
} Arguments;

typedef struct
{
  CsSession *session;
  CsDatabaseFunc func;
  Arguments *arguments;
  GDestroyNotify free_result;
  CsChange change;
} Command;

static void
arguments_free (Arguments *arguments)
{
  g_clear_pointer (&arguments->client, cs_client_free);
  g_clear_pointer (&arguments->proposal, cs_proposal_free);
  g_clear_pointer (&arguments->settings, cs_settings_free);
  g_clear_pointer (&arguments->settings_before, cs_settings_free);
  g_clear_pointer (&arguments->shape, cs_shape_free);
  g_clear_pointer (&arguments->expected, cs_shape_free);
  g_clear_pointer (&arguments->acceptance, cs_acceptance_free);
  g_free (arguments->remote_id);
  g_free (arguments->work_id);
  g_free (arguments);
}

static void
command_free (Command *command)
{
  g_clear_pointer (&command->arguments, arguments_free);
  g_object_unref (command->session);
  g_free (command);
}

static DexFuture *
command_fiber (gpointer data)
{
  Command *command = data;
  CsSession *session = command->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsBox) box
      = cs_await_boxed (cs_session_write (session, command->func, g_steal_pointer (&command->arguments),
                                          (GDestroyNotify)arguments_free, command->free_result),
                        &error);
  GValue value = G_VALUE_INIT;
  DexFuture *answer = NULL;

  if (box == NULL)
    return cs_future_new_take_error (g_steal_pointer (&error));
  if ((command->change & (CS_CHANGE_SETTINGS | CS_CHANGE_CONNECTION)) != 0
      && !cs_await (cs_session_refresh_copies (session), &error))
    return cs_future_new_take_error (g_steal_pointer (&error));
  cs_session_emit_changed (session, command->change);
  cs_session_wake (session);

  g_value_init (&value, CS_TYPE_BOX);
  g_value_set_boxed (&value, box);
  answer = dex_future_new_for_value (&value);
  g_value_unset (&value);
  return answer;
}

static DexFuture *
run_command (CsSession *session,
             CsDatabaseFunc func,
             Arguments *arguments,
             GDestroyNotify free_result,
             CsChange change)
{
  Command *command = g_new0 (Command, 1);

  *command = (Command){ g_object_ref (session), func, arguments, free_result, change };
  return cs_spawn_to_the_end (command_fiber, command, (GDestroyNotify)command_free);
}

static Arguments *
arguments_new (const CsUuid *id)
{
  Arguments *arguments = g_new0 (Arguments, 1);

  if (id != NULL)
    arguments->id = *id;
  return arguments;
}

/* --- the jobs --- */

static gpointer
save_settings_job (CsStore *store, gpointer data, GError **error)
{
  CsSettings *before = NULL;

  cs_store_replace_settings (store, ((Arguments *)data)->settings, &before, error);
  return before;
}

static gpointer
restore_settings_shape_job (CsStore *store, gpointer data, GError **error)
{
  Arguments *arguments = data;

  cs_store_restore_settings_shape (store, arguments->settings_before, arguments->settings, error);
  return NULL;
}

static gpointer
save_client_job (CsStore *store, gpointer data, GError **error)
{
  Arguments *arguments = data;

  return cs_store_save_client (store, arguments->client, error) ? g_steal_pointer (&arguments->client) : NULL;
}

static gpointer
archive_client_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_archive_client (store, &((Arguments *)data)->id, error);
  return NULL;
}

static gpointer
import_contact_job (CsStore *store, gpointer data, GError **error)
{
  Arguments *arguments = data;

  return cs_store_import_contact (store, &arguments->connection_id, arguments->remote_id, arguments->work_id,
                                  error);
}

static gpointer
link_client_job (CsStore *store, gpointer data, GError **error)
{
  Arguments *arguments = data;

  cs_store_link_client (store, &arguments->id, &arguments->connection_id, arguments->remote_id, "person",
                        error);
  return NULL;
}

static gpointer
save_client_shape_job (CsStore *store, gpointer data, GError **error)
{
  Arguments *arguments = data;
  CsShape *before = NULL;

  cs_store_replace_client_shape (store, &arguments->id, arguments->expected, arguments->shape, &before,
                                 error);
  return before;
}

static gpointer
save_proposal_job (CsStore *store, gpointer data, GError **error)
{
  Arguments *arguments = data;

  return cs_store_save_proposal (store, arguments->proposal, error) ? g_steal_pointer (&arguments->proposal)
                                                                    : NULL;
}

static gpointer
delete_proposal_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_delete_proposal (store, &((Arguments *)data)->id, error);
  return NULL;
}

static gpointer
accept_job (CsStore *store, gpointer data, GError **error)
{
  Arguments *arguments = data;

  cs_store_accept_proposal (store, &arguments->id, arguments->acceptance, error);
  return NULL;
}

static gpointer
undo_acceptance_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_undo_acceptance (store, &((Arguments *)data)->id, error);
  return NULL;
}

static gpointer
release_acceptance_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_release_acceptance (store, &((Arguments *)data)->id, error);
  return NULL;
}

static gpointer
release_planned_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_release_planned (store, &((Arguments *)data)->seen, error);
  return NULL;
}

/* A person's word about a row goes through the engine like every other event, so that a row which may have
 * arrived can neither be cancelled nor sent again. */
static gboolean
feed_person (CsStore *store, const Arguments *arguments, CsJournalEvent event, GError **error)
{
  g_autoptr (CsJournalEntry) entry = cs_store_get_journal (store, &arguments->id, error);
  CsJournalRow row;
  CsJournalChange change;

  if (entry == NULL)
    return FALSE;
  row = cs_push_row_read (entry);
  if (!cs_journal_apply (&row, event, arguments->now_ms, 0, 0, NULL))
    return cs_push_row_refuse_person (error);
  change = (CsJournalChange){ .expected = entry->state,
                              .state = row.state,
                              .generation = row.generation,
                              .attempts = row.attempts,
                              .next_ms = row.next_ms,
                              .keep_frozen = row.has_frozen_bytes,
                              .outcome_code = row.state == CS_JOURNAL_DOUBTFUL ? entry->outcome_code : NULL,
                              .outcome_message
                              = row.state == CS_JOURNAL_DOUBTFUL ? entry->outcome_message : NULL };
  return arguments->renumber ? cs_store_retry_journal (store, &arguments->id, &change, TRUE, error)
                             : cs_store_change_journal (store, &arguments->id, &change, error);
}

static gpointer
retry_job (CsStore *store, gpointer data, GError **error)
{
  feed_person (store, data, CS_EVENT_PERSON_RETRY, error);
  return NULL;
}

/* In a file that came back, what was never sent as far as it knows may have been sent since. Cancelled, it
 * would never be looked for, and what is at the ledger would be nobody's: it stops, and a person who has
 * looked cancels it for good. */
static gboolean
stop_for_person (CsStore *store, const CsJournalEntry *entry, GError **error)
{
  g_autofree char *words = g_strdup_printf (
      /* Translators: %s is an invoice's or a contact's number. */
      _ ("This practice was restored from a backup, or copied, and %s may have been sent since. Look for it "
         "in Xero: if it is not there, or not wanted, cancel it once more."),
      entry->number);
  const CsJournalChange change = { .expected = entry->state,
                                   .state = CS_JOURNAL_BLOCKED,
                                   .generation = entry->generation,
                                   .keep_frozen = entry->frozen != NULL,
                                   .outcome_code = cs_outcome_to_string (CS_OUTCOME_UNKNOWN),
                                   .outcome_message = words };

  return cs_store_change_journal (store, &entry->id, &change, error);
}

static gpointer
cancel_job (CsStore *store, gpointer data, GError **error)
{
  const Arguments *arguments = data;
  g_autoptr (CsJournalEntry) entry = cs_store_get_journal (store, &arguments->id, error);

  if (entry == NULL)
    return NULL;
  if (entry->probe_first
      && (entry->state == CS_JOURNAL_HELD || entry->state == CS_JOURNAL_QUEUED
          || entry->state == CS_JOURNAL_WAITING))
    {
      stop_for_person (store, entry, error);
      return NULL;
    }
  return feed_person (store, data, CS_EVENT_PERSON_CANCEL, error)
             ? g_memdup2 (&arguments->id, sizeof arguments->id)
             : NULL;
}

/* --- the commands --- */

#define CHANGE_ACCEPTANCE (CS_CHANGE_PROPOSALS | CS_CHANGE_CLIENTS | CS_CHANGE_JOURNAL | CS_CHANGE_SETTINGS)

#define CHANGE_SETTINGS (CS_CHANGE_SETTINGS | CS_CHANGE_JOURNAL)
#define CHANGE_CLIENT_SHAPE (CS_CHANGE_CLIENTS | CS_CHANGE_PROPOSALS | CS_CHANGE_JOURNAL)

/** cs_session_save_settings: Returns: (transfer full): the #CsSettings that were there before, when @settings
 * are stored; CS_STORE_ERROR_INVALID */
DexFuture *
cs_session_save_settings (CsSession *session, const CsSettings *settings)
{
  Arguments *arguments = arguments_new (NULL);

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (settings != NULL, NULL);

  arguments->settings = cs_settings_copy (settings);
  return run_command (session, save_settings_job, arguments, (GDestroyNotify)cs_settings_free,
                      CHANGE_SETTINGS);
}

/** cs_session_restore_settings_shape: Returns: (transfer full): resolves when what shapes invoices is as it
 * was before that save; CS_STORE_ERROR_STALE where it was changed since */
DexFuture *
cs_session_restore_settings_shape (CsSession *session, const CsSettings *before, const CsSettings *after)
{
  Arguments *arguments = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  arguments = arguments_new (NULL);
  arguments->settings_before = cs_settings_copy (before);
  arguments->settings = cs_settings_copy (after);
  return run_command (session, restore_settings_shape_job, arguments, NULL, CHANGE_SETTINGS);
}

/** cs_session_save_client: Returns: (transfer full): the #CsClient as saved; CS_STORE_ERROR_STALE, _INVALID
 */
DexFuture *
cs_session_save_client (CsSession *session, const CsClient *client)
{
  Arguments *arguments = arguments_new (NULL);

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (client != NULL, NULL);

  arguments->client = cs_client_copy (client);
  return run_command (session, save_client_job, arguments, (GDestroyNotify)cs_client_free, CS_CHANGE_CLIENTS);
}

static DexFuture *
save_client_shape (CsSession *session, const CsUuid *client_id, const CsShape *expected, const CsShape *shape)
{
  Arguments *arguments = arguments_new (client_id);

  arguments->expected = cs_shape_copy (expected);
  arguments->shape = cs_shape_copy (shape);
  return run_command (session, save_client_shape_job, arguments, (GDestroyNotify)cs_shape_free,
                      CHANGE_CLIENT_SHAPE);
}

/** cs_session_save_client_shape: Returns: (transfer full): the #CsShape that was there before, when it is
 * saved and what is planned follows; CS_STORE_ERROR_INVALID */
DexFuture *
cs_session_save_client_shape (CsSession *session, const CsUuid *client_id, const CsShape *shape)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (client_id != NULL && shape != NULL, NULL);

  return save_client_shape (session, client_id, NULL, shape);
}

/** cs_session_restore_client_shape: Returns: (transfer full): resolves when the client has @before of its own
 * again; CS_STORE_ERROR_STALE where it is not @after any more */
DexFuture *
cs_session_restore_client_shape (CsSession *session,
                                 const CsUuid *client_id,
                                 const CsShape *before,
                                 const CsShape *after)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (client_id != NULL && before != NULL && after != NULL, NULL);

  return save_client_shape (session, client_id, after, before);
}

/** cs_session_archive_client: Returns: (transfer full): resolves when the client is archived here; the ledger
 * keeps it */
DexFuture *
cs_session_archive_client (CsSession *session, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return run_command (session, archive_client_job, arguments_new (id), NULL, CS_CHANGE_CLIENTS);
}

/** cs_session_import_contact: Returns: (transfer full): the #CsClient linked to that contact, made if need be
 * [C-02]. @work_id: the client of the practice manager that it is, "": none of them, %NULL: nobody was asked,
 * which is %CS_STORE_ERROR_STATE where somebody must be [K-3] */
DexFuture *
cs_session_import_contact (CsSession *session, const char *remote_contact_id, const char *work_id)
{
  Arguments *arguments = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (remote_contact_id != NULL, NULL);

  if (session->connection == NULL)
    return dex_future_new_reject (CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND, "%s",
                                  _ ("This practice is not connected to Xero."));
  arguments = arguments_new (NULL);
  arguments->connection_id = session->connection->id;
  arguments->remote_id = g_strdup (remote_contact_id);
  arguments->work_id = g_strdup (work_id);
  return run_command (session, import_contact_job, arguments, (GDestroyNotify)cs_client_free,
                      CS_CHANGE_CLIENTS | CS_CHANGE_WORK);
}

/** cs_session_link_client: Returns: (transfer full): resolves when the client is linked to that contact, and
 * what waited for it goes on [C-01, K-4] */
DexFuture *
cs_session_link_client (CsSession *session, const CsUuid *client_id, const char *remote_contact_id)
{
  Arguments *arguments = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (client_id != NULL && remote_contact_id != NULL, NULL);

  if (session->connection == NULL)
    return dex_future_new_reject (CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND, "%s",
                                  _ ("This practice is not connected to Xero."));
  arguments = arguments_new (client_id);
  arguments->connection_id = session->connection->id;
  arguments->remote_id = g_strdup (remote_contact_id);
  return run_command (session, link_client_job, arguments, NULL,
                      CS_CHANGE_CLIENTS | CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS);
}

/** cs_session_save_proposal: Returns: (transfer full): the #CsProposal as saved; CS_STORE_ERROR_STALE, _STATE
 */
DexFuture *
cs_session_save_proposal (CsSession *session, const CsProposal *proposal)
{
  Arguments *arguments = arguments_new (NULL);

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (proposal != NULL, NULL);

  arguments->proposal = cs_proposal_copy (proposal);
  return run_command (session, save_proposal_job, arguments, (GDestroyNotify)cs_proposal_free,
                      CS_CHANGE_PROPOSALS);
}

/** cs_session_delete_proposal: Returns: (transfer full): resolves when the draft is gone */
DexFuture *
cs_session_delete_proposal (CsSession *session, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return run_command (session, delete_proposal_job, arguments_new (id), NULL, CS_CHANGE_PROPOSALS);
}

/**
 * cs_session_accept_proposal:
 * @session: an open session
 * @id: the proposal
 * @acceptance: who, when, how
 *
 * Freezes the agreement, makes the client active, plans the invoices and journals what goes out now, held for
 * the practice's hold time (design.md section 3, "Acceptance"; I-04, I-05, P-02 to P-05).
 *
 * Returns: (transfer full): resolves when that is on disk; CS_STORE_ERROR_INVALID names what is missing
 */
DexFuture *
cs_session_accept_proposal (CsSession *session, const CsUuid *id, const CsAcceptance *acceptance)
{
  Arguments *arguments = arguments_new (id);

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (acceptance != NULL, NULL);

  arguments->acceptance = cs_acceptance_copy (acceptance);
  return run_command (session, accept_job, arguments, NULL, CHANGE_ACCEPTANCE);
}

/** cs_session_undo_acceptance: Returns: (transfer full): resolves when it is as if not accepted; STATE after
 * the hold */
DexFuture *
cs_session_undo_acceptance (CsSession *session, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return run_command (session, undo_acceptance_job, arguments_new (id), NULL, CHANGE_ACCEPTANCE);
}

/** cs_session_release_acceptance: Returns: (transfer full): resolves when the hold is over, by a person's
 * word */
DexFuture *
cs_session_release_acceptance (CsSession *session, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return run_command (session, release_acceptance_job, arguments_new (id), NULL,
                      CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS);
}

/** cs_session_release_planned: Returns: (transfer full): resolves when that planned invoice is journalled
 * [U-11]; CS_STORE_ERROR_STALE when it comes to another amount than was seen */
DexFuture *
cs_session_release_planned (CsSession *session, const CsPlannedSeen *seen)
{
  Arguments *arguments = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session) && seen != NULL, NULL);

  arguments = arguments_new (NULL);
  arguments->seen = *seen;
  return run_command (session, release_planned_job, arguments, NULL,
                      CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS | CS_CHANGE_SETTINGS);
}

/** cs_session_retry_journal: @renumber: with the next number of the series. Returns: (transfer full): a
 * future */
DexFuture *
cs_session_retry_journal (CsSession *session, const CsUuid *id, gboolean renumber)
{
  Arguments *arguments = arguments_new (id);

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  arguments->renumber = renumber;
  arguments->now_ms = cs_clock_now_ms (session->options->clock);
  return run_command (session, retry_job, arguments, NULL,
                      CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS | CS_CHANGE_SETTINGS);
}

/** cs_session_cancel_journal: Returns: (transfer full): the #CsUuid of what is cancelled now; none where it
 * was only stopped, as the first time in a restored file, since when it may have been sent;
 * CS_STORE_ERROR_STATE when it may have arrived. */
DexFuture *
cs_session_cancel_journal (CsSession *session, const CsUuid *id)
{
  Arguments *arguments = arguments_new (id);

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  arguments->now_ms = cs_clock_now_ms (session->options->clock);
  return run_command (session, cancel_job, arguments, g_free, CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS);
}
