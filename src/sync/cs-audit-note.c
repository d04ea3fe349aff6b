/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-audit-note.h"

#include <glib/gi18n-lib.h>

#include "cs-json.h"
#include "cs-session-private.h"
#include "cs-store-audit.h"
#include "cs-vault.h"

/* How often another process may note a head before ours is left to it. */
#define NOTES_MAX 5u
#define WALK_EVERY_MS (24 * G_GINT64_CONSTANT (3600000))

/** cs_audit_note_make: Returns: (transfer full) (nullable): of the chain as it is; %NULL with CS_STORE_ERROR
 */
char *
cs_audit_note_make (CsStore *store, GError **error)
{
  gint64 sequence = 0;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  if (!cs_store_get_audit_head (store, &sequence, &hash, error))
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", sequence, hash);
}

/**
 * cs_audit_note_check:
 * @store: a store
 * @note: of cs_audit_note_make(), at some time before
 * @error: return location
 *
 * Returns: whether the chain still holds what was noted; else %CS_STORE_ERROR_DAMAGED, or what the file said
 */
gboolean
cs_audit_note_check (CsStore *store, const char *note, GError **error)
{
  char *end = NULL;
  gint64 sequence = 0;
  g_autofree char *hash = NULL;
  g_autofree char *number = NULL;

  g_return_val_if_fail (store != NULL && note != NULL, FALSE);

  sequence = g_ascii_strtoll (note, &end, 10);
  if (sequence == 0) /* noted before the first row, or not readable: it vouches for nothing */
    return TRUE;
  if (!cs_store_get_audit_hash (store, sequence, &hash, error))
    return FALSE;
  if (hash != NULL && *end == ' ' && g_str_equal (hash, end + 1))
    return TRUE;
  number = g_strdup_printf ("%" G_GINT64_FORMAT, sequence);
  g_set_error (
      error, CS_STORE_ERROR, CS_STORE_ERROR_DAMAGED,
      hash == NULL
          ? _ ("The audit chain was shortened: the keyring remembers row %s, which is gone. Keep the file "
               "as it is, and compare it with a backup.")
          : _ ("The audit chain was rewritten: its row %s is not the one that the keyring remembers. Keep "
               "the file as it is, and compare it with a backup."),
      number);
  return FALSE;
}

/* --- after a run --- */

typedef struct
{
  char *note; /* (nullable): as the keyring has it */
  gboolean was_restored;
} Job;

static void
job_free (Job *job)
{
  g_free (job->note);
  g_free (job);
}

/* A backup that was put back ends before what the keyring remembers. That is told already, and the chain says
 * from now on what it was followed by. */
static gboolean
write_replaced (CsStore *store, const char *note, GError **error)
{
  g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *details = NULL;

  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "noted", note);
  cs_json_builder_end_object (builder);
  bytes = cs_json_builder_end (builder);
  details = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return cs_store_append_audit (store, "audit.head_replaced", NULL, details, error);
}

static gpointer
compare_job (CsStore *store, gpointer data, GError **error)
{
  const Job *job = data;
  g_autoptr (GError) local = NULL;

  if (job->note == NULL || cs_audit_note_check (store, job->note, &local))
    return cs_audit_note_make (store, error);
  if (!job->was_restored || !g_error_matches (local, CS_STORE_ERROR, CS_STORE_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return write_replaced (store, job->note, error) ? cs_audit_note_make (store, error) : NULL;
}

/* TRUE: the keyring knows the head. Else somebody else has noted one meanwhile, unless @error is set. */
static gboolean
note_once (CsSession *session, GError **error)
{
  Job *job = NULL;
  GError *failed = NULL;
  g_autofree char *before = cs_await_record (cs_vault_lookup_note (session->vault, CS_AUDIT_NOTE), &failed);
  g_autofree char *after = NULL;
  gboolean is_noted;

  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  job = g_new0 (Job, 1);
  job->note = g_strdup (before);
  job->was_restored = session->was_restored;
  after = cs_await_record (cs_session_write (session, compare_job, job, (GDestroyNotify)job_free, g_free),
                           error);
  if (after == NULL)
    return FALSE;
  if (g_strcmp0 (before, after) == 0)
    return TRUE;
  is_noted = cs_await_boolean (cs_vault_replace_note (session->vault, CS_AUDIT_NOTE, before, after), &failed);
  if (failed != NULL)
    g_propagate_error (error, failed);
  return is_noted;
}

static gboolean
note_head (CsSession *session, GError **error)
{
  for (guint n_tries = 0; n_tries < NOTES_MAX; n_tries++)
    {
      GError *failed = NULL;

      if (note_once (session, &failed))
        return TRUE;
      if (failed != NULL)
        {
          g_propagate_error (error, failed);
          return FALSE;
        }
    }
  return TRUE; /* who notes so often has noted this practice's head, too */
}

/* --- whether all of it fits --- */

static gpointer
walk_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_verify_audit (store, NULL, error);
  return NULL;
}

/* Each row, once a day: a chain grows long, and nobody waits for this. */
static gboolean
walk_daily (CsSession *session, GError **error)
{
  gint64 now_ms = cs_timer_now_ms (&session->timer);
  gint64 since_ms = now_ms - session->audit_walked_ms;
  GError *failed = NULL;

  if (session->audit_walked_ms > 0 && since_ms >= 0 && since_ms < WALK_EVERY_MS)
    return TRUE;
  cs_await (cs_session_read (session, walk_job, NULL, NULL, NULL), &failed);
  if (failed == NULL)
    session->audit_walked_ms = now_ms;
  else
    g_propagate_error (error, failed);
  return failed == NULL;
}

static gpointer
set_break_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_set_audit_break (store, data, error);
  return NULL;
}

/* Raises the alert, or closes it. What else went wrong says nothing of the chain. */
static gboolean
tell_break (CsSession *session, const GError *found, GError **error)
{
  if (found != NULL && !g_error_matches (found, CS_STORE_ERROR, CS_STORE_ERROR_DAMAGED))
    return TRUE;
  if (found == NULL && session->audit_fits)
    return TRUE;
  if (!cs_await (cs_session_write (session, set_break_job, found != NULL ? g_strdup (found->message) : NULL,
                                   g_free, NULL),
                 error))
    return FALSE;
  session->audit_fits = found == NULL;
  cs_session_emit_changed (session, CS_CHANGE_ALERTS);
  return TRUE;
}

static DexFuture *
note_fiber (gpointer data)
{
  CsSession *session = data;
  GError *found = NULL;
  GError *error = NULL;
  gboolean is_told;

  if (walk_daily (session, &found))
    note_head (session, &found);
  is_told = tell_break (session, found, &error);
  if (found != NULL)
    {
      g_clear_error (&error);
      return cs_future_new_take_error (found);
    }
  return is_told ? dex_future_new_for_boolean (TRUE) : cs_future_new_take_error (error);
}

/** cs_session_note_audit: Returns: (transfer full): resolves once the keyring knows the head; see the header
 */
DexFuture *
cs_session_note_audit (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  /* A simulation has no keyring. */
  if (session->vault == NULL || session->options->ledger_func != NULL)
    return dex_future_new_for_boolean (TRUE);
  return cs_spawn (note_fiber, g_object_ref (session), g_object_unref);
}

/* --- a person's word --- */

typedef struct
{
  CsSession *session;
  char *reason;
} Accept;

static void
accept_free (Accept *accept)
{
  g_object_unref (accept->session);
  g_free (accept->reason);
  g_free (accept);
}

typedef struct
{
  char *note; /* (nullable) */
  char *reason;
} Accepted;

static void
accepted_free (Accepted *accepted)
{
  g_free (accepted->note);
  g_free (accepted->reason);
  g_free (accepted);
}

static gpointer
accept_job (CsStore *store, gpointer data, GError **error)
{
  const Accepted *accepted = data;

  return cs_store_accept_audit (store, accepted->note, accepted->reason, error)
             ? cs_audit_note_make (store, error)
             : NULL;
}

static DexFuture *
accept_fiber (gpointer data)
{
  const Accept *accept = data;
  CsSession *session = accept->session;
  GError *error = NULL;
  g_autofree char *before = cs_await_record (cs_vault_lookup_note (session->vault, CS_AUDIT_NOTE), &error);
  g_autofree char *after = NULL;
  Accepted *accepted = NULL;

  if (error != NULL)
    return cs_future_new_take_error (error);
  accepted = g_new0 (Accepted, 1);
  accepted->note = g_strdup (before);
  accepted->reason = g_strdup (accept->reason);
  after = cs_await_record (
      cs_session_write (session, accept_job, accepted, (GDestroyNotify)accepted_free, g_free), &error);
  if (after == NULL)
    return cs_future_new_take_error (error);
  session->audit_fits = TRUE;
  cs_session_emit_changed (session, CS_CHANGE_ALERTS);
  if (!cs_await_boolean (cs_vault_replace_note (session->vault, CS_AUDIT_NOTE, before, after), &error)
      && error != NULL)
    return cs_future_new_take_error (error);
  return dex_future_new_for_boolean (TRUE);
}

/** cs_session_accept_audit: Returns: (transfer full): resolves once @reason is in the chain and the keyring
 * remembers its head; CS_STORE_ERROR_INVALID without a reason, _STATE, VAULT_LOCKED, VAULT_ABSENT */
DexFuture *
cs_session_accept_audit (CsSession *session, const char *reason)
{
  Accept *accept = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);
  g_return_val_if_fail (session->vault != NULL && reason != NULL, NULL);

  accept = g_new0 (Accept, 1);
  accept->session = g_object_ref (session);
  accept->reason = g_strdup (reason);
  return cs_spawn_to_the_end (accept_fiber, accept, (GDestroyNotify)accept_free);
}
