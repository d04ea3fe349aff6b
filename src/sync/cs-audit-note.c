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

static DexFuture *
note_fiber (gpointer data)
{
  for (guint n_tries = 0; n_tries < NOTES_MAX; n_tries++)
    {
      GError *error = NULL;

      if (note_once (data, &error))
        break;
      if (error != NULL)
        return cs_future_new_take_error (error);
    }
  /* Who notes so often has noted this practice's head, too. */
  return dex_future_new_for_boolean (TRUE);
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
