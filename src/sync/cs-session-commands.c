/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-push-row.h"
#include "cs-session-private.h"

#include "cs-journal-engine.h"
#include "cs-store-clients.h"
#include "cs-store-journal.h"
#include "cs-store-proposals.h"

/* A command is one job on the writer thread; when it is on disk, the copies at hand are read again, the
 * window is told what changed and the pusher looks. The answer is the job's own record. */
typedef struct
{
  CsUuid id;
  CsUuid connection_id;
  CsClient *client;
  CsProposal *proposal;
  CsSettings *settings;
  CsAcceptance *acceptance;
  char *remote_id;
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
  g_clear_pointer (&arguments->acceptance, cs_acceptance_free);
  g_free (arguments->remote_id);
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
      = dex_await_boxed (cs_session_write (session, command->func, g_steal_pointer (&command->arguments),
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

/* --- the jobs
 * ------------------------------------------------------------------------------------------------ */

static gpointer
save_settings_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_save_settings (store, ((Arguments *)data)->settings, error);
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

  return cs_store_import_contact (store, &arguments->connection_id, arguments->remote_id, error);
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
  cs_store_release_planned (store, &((Arguments *)data)->id, error);
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
  if (!cs_journal_apply (&row, event, arguments->now_ms, 0, 0, error))
    return FALSE;
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

static gpointer
cancel_job (CsStore *store, gpointer data, GError **error)
{
  feed_person (store, data, CS_EVENT_PERSON_CANCEL, error);
  return NULL;
}

/* --- the commands
 * -------------------------------------------------------------------------------------------- */

#define CHANGE_ACCEPTANCE (CS_CHANGE_PROPOSALS | CS_CHANGE_CLIENTS | CS_CHANGE_JOURNAL | CS_CHANGE_SETTINGS)

/** cs_session_save_settings: Returns: (transfer full): resolves when @settings are stored;
 * CS_STORE_ERROR_INVALID */
DexFuture *
cs_session_save_settings (CsSession *session, const CsSettings *settings)
{
  Arguments *arguments = arguments_new (NULL);

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (settings != NULL, NULL);

  arguments->settings = cs_settings_copy (settings);
  return run_command (session, save_settings_job, arguments, NULL, CS_CHANGE_SETTINGS);
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

/** cs_session_archive_client: Returns: (transfer full): resolves when the client is archived here; the ledger
 * keeps it */
DexFuture *
cs_session_archive_client (CsSession *session, const CsUuid *id)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return run_command (session, archive_client_job, arguments_new (id), NULL, CS_CHANGE_CLIENTS);
}

/** cs_session_import_contact: Returns: (transfer full): the #CsClient linked to that contact, made if need be
 * [C-02] */
DexFuture *
cs_session_import_contact (CsSession *session, const char *remote_contact_id)
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
  return run_command (session, import_contact_job, arguments, (GDestroyNotify)cs_client_free,
                      CS_CHANGE_CLIENTS);
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
 * [U-11] */
DexFuture *
cs_session_release_planned (CsSession *session, const CsUuid *planned_id)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return run_command (session, release_planned_job, arguments_new (planned_id), NULL,
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

/** cs_session_cancel_journal: Returns: (transfer full): a future; CS_DOMAIN_ERROR_STATE when it may have
 * arrived */
DexFuture *
cs_session_cancel_journal (CsSession *session, const CsUuid *id)
{
  Arguments *arguments = arguments_new (id);

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  arguments->now_ms = cs_clock_now_ms (session->options->clock);
  return run_command (session, cancel_job, arguments, NULL, CS_CHANGE_JOURNAL | CS_CHANGE_PROPOSALS);
}

/* --- remote runs
 * --------------------------------------------------------------------------------------------- */

typedef struct
{
  CsSession *session;
  DexFuture *pull; /* unowned: to tell it from a later one */
} Landing;

static void
landing_free (Landing *landing)
{
  g_object_unref (landing->session);
  g_free (landing);
}

static DexFuture *
pull_landed_cb (DexFuture *done, gpointer data)
{
  Landing *landing = data;

  if (landing->session->pull == landing->pull)
    dex_clear (&landing->session->pull);
  return dex_ref (done);
}

/* What only a person can mend is not tried again by a timer: each try would put up the keyring's prompt, or
 * present a dead token. */
static DexFuture *
refuse_to_call (CsSession *session)
{
  if (session->link_state == CS_LINK_VAULT_LOCKED)
    return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_VAULT_LOCKED, "%s",
                                  _ ("Your keyring is locked. Unlock it to go on."));
  return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED, "%s",
                                _ ("Xero needs you to sign in again."));
}

/** cs_session_push_now: Returns: (transfer full): resolves at once; the loop looks at the journal now [K-15]
 */
DexFuture *
cs_session_push_now (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  if (session->link_state == CS_LINK_VAULT_LOCKED)
    cs_session_set_link_state (session, CS_LINK_CONNECTED);
  session->retry_waiting = TRUE;
  cs_session_wake (session);
  return dex_future_new_for_boolean (TRUE);
}

/** cs_session_pull_now: Returns: (transfer full): the one pull in the air, started if there is none */
DexFuture *
cs_session_pull_now (CsSession *session)
{
  Landing *landing = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  if (session->pull != NULL)
    return dex_ref (session->pull);
  if (session->is_closing)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CLOSED, "The practice is closed.");
  if (session->link_state == CS_LINK_VAULT_LOCKED || session->link_state == CS_LINK_SIGN_IN_NEEDED)
    return refuse_to_call (session);
  landing = g_new0 (Landing, 1);
  landing->session = g_object_ref (session);
  landing->pull = session->pull
      = dex_future_finally (cs_puller_run (session), pull_landed_cb, landing, (GDestroyNotify)landing_free);
  return dex_ref (session->pull);
}

/** cs_session_sync_now: Returns: (transfer full): push looks at once, and resolves when the pull is done
 * [K-15] */
DexFuture *
cs_session_sync_now (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  dex_future_disown (cs_session_push_now (session));
  return cs_session_pull_now (session);
}

/* --- disconnecting
 * ------------------------------------------------------------------------------------------- */

static gpointer
mark_disconnected_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_set_connection_state (store, &((Arguments *)data)->id, CS_CONNECTION_DISCONNECTED, error);
  return NULL;
}

/* This connection is deleted at Xero; the grant is revoked only when no organisation uses it any more, since
 * a revocation takes all of the login's connections to this app with it (xero-accounting.md 2.4). */
static gboolean
tell_xero (CsRemoteLink *link, const char *remote_connection_id, GError **error)
{
  CsHttp *http = cs_remote_link_get_http (link);
  const CsHosts *hosts = cs_remote_link_get_hosts (link);
  g_autoptr (GPtrArray) tenants = NULL;
  g_autoptr (GError) local = NULL;

  if (!cs_await (cs_xero_delete_connection (http, hosts, remote_connection_id), &local)
      && !g_error_matches (local, CS_REMOTE_ERROR, CS_REMOTE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  tenants = cs_await_array (cs_xero_list_tenants (http, hosts), error);
  if (tenants == NULL)
    return FALSE;
  return tenants->len > 0 || cs_await (cs_grant_revoke (cs_remote_link_get_grant (link)), error);
}

static DexFuture *
disconnect_fiber (gpointer data)
{
  CsSession *session = data;
  g_autoptr (CsConnection) connection
      = session->connection != NULL ? cs_connection_copy (session->connection) : NULL;
  g_autoptr (CsRemoteLink) link = session->link != NULL ? cs_remote_link_ref (session->link) : NULL;
  g_autoptr (GError) told = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *grant_id = NULL;

  if (connection == NULL)
    return dex_future_new_for_boolean (TRUE);
  if (link != NULL)
    tell_xero (link, connection->remote_id, &told);

  /* Whatever Xero said, this desk forgets: the tokens go, and nothing more is sent. */
  grant_id = cs_uuid_to_string (&connection->grant_id);
  if (!cs_await (run_command (session, mark_disconnected_job, arguments_new (&connection->id), NULL,
                              CS_CHANGE_CONNECTION),
                 &error))
    return cs_future_new_take_error (g_steal_pointer (&error));
  cs_session_update_link (session);
  cs_session_emit_changed (session, CS_CHANGE_CONNECTION);
  /* A pull stops at the next page; until then it may still refresh a token, and so put one into the keyring.
   */
  if (session->pull != NULL)
    dex_await (dex_ref (session->pull), NULL);
  if (!cs_await (cs_vault_clear (session->vault, grant_id), &error))
    return cs_future_new_take_error (g_steal_pointer (&error));
  if (told != NULL)
    return dex_future_new_reject (
        CS_REMOTE_ERROR, told->domain == CS_REMOTE_ERROR ? told->code : CS_REMOTE_ERROR_UNREACHABLE,
        _ ("This desk is disconnected, but Xero could not be told (%s). Remove Countersign under "
           "Connected apps in Xero."),
        told->message);
  return dex_future_new_for_boolean (TRUE);
}

/** cs_session_disconnect: Returns: (transfer full): resolves when this desk has forgotten the grant [W-09];
 * an error says what Xero could not be told, or that the keyring kept the tokens */
DexFuture *
cs_session_disconnect (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_spawn_to_the_end (disconnect_fiber, g_object_ref (session), g_object_unref);
}

/* --- links to the ledger's own pages
 * ------------------------------------------------------------------------- */

/* A demo's ledger is the sandbox, which shows its records under the same paths as Xero's pages. */
static char *
make_link (CsSession *session, const char *remote_id, char *(*link) (const char *short_code, const char *id))
{
  const CsConnection *connection = session->connection;
  g_autofree char *address = NULL;
  const char *path = NULL;

  if (connection == NULL || *connection->short_code == '\0' || remote_id == NULL || *remote_id == '\0')
    return NULL;
  address = link (connection->short_code, remote_id);
  if (!session->practice->is_demo)
    return g_steal_pointer (&address);
  path = strstr (address, "/app/");
  return path != NULL ? g_strconcat (session->options->sandbox_address, path, NULL) : NULL;
}

/** cs_session_get_invoice_link: Returns: (transfer full) (nullable): the invoice's page at Xero */
char *
cs_session_get_invoice_link (CsSession *session, const char *remote_invoice_id)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return make_link (session, remote_invoice_id, cs_xero_invoice_link);
}

/** cs_session_get_contact_link: Returns: (transfer full) (nullable): the contact's page at Xero */
char *
cs_session_get_contact_link (CsSession *session, const char *remote_contact_id)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return make_link (session, remote_contact_id, cs_xero_contact_link);
}
