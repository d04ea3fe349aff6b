/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What stands before the first row. */
#define FIRST_PREVIOUS "0000000000000000000000000000000000000000000000000000000000000000"
#define ACCEPTED_ACTION "audit.break-accepted"
/* More is no accident that somebody could have looked into. */
#define ACCEPTED_ROWS_MAX 100u

/**
 * cs_audit_entry_free:
 * @entry: (transfer full) (nullable): an audit row
 */
void
cs_audit_entry_free (CsAuditEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->actor);
  g_free (entry->action);
  g_free (entry->subject);
  g_free (entry->details);
  g_free (entry->hash);
  g_free (entry);
}

CsJsonBuilder *
cs_audit_details_new (void)
{
  CsJsonBuilder *details = cs_json_builder_new ();

  cs_json_builder_begin_object (details);
  return details;
}

/* Ends @builder and brings what it holds into the form that is hashed. */
GBytes *
cs_json_canonical_end (CsJsonBuilder *builder, GError **error)
{
  g_autoptr (GBytes) plain = cs_json_builder_end (builder);

  return cs_json_canonicalise (plain, error);
}

static char *
bytes_to_text (GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strndup (data, size);
}

static char *
compute_hash (const CsAuditEntry *entry, const char *previous, GError **error)
{
  g_autoptr (CsJsonBuilder) builder = cs_audit_details_new ();
  g_autoptr (GBytes) canonical = NULL;

  cs_json_builder_set_string (builder, "action", entry->action);
  cs_json_builder_set_string (builder, "actor", entry->actor);
  cs_json_builder_set_integer (builder, "at_ms", entry->at_ms);
  cs_json_builder_set_string (builder, "details", entry->details);
  cs_json_builder_set_string (builder, "previous_hash", previous);
  cs_json_builder_set_integer (builder, "sequence", entry->sequence);
  cs_json_builder_set_string (builder, "subject", entry->subject);
  cs_json_builder_end_object (builder);
  canonical = cs_json_canonical_end (builder, error);
  if (canonical == NULL)
    return NULL;
  return cs_sha256_hex (g_bytes_get_data (canonical, NULL), g_bytes_get_size (canonical));
}

static gboolean
load_head (CsStore *store, gint64 *sequence, char **hash, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1");

  *sequence = 0;
  if (!cs_sql_next (row, error))
    {
      g_set_str (hash, FIRST_PREVIOUS);
      return !cs_sql_has_failed (row);
    }
  *sequence = cs_sql_read_integer (row);
  cs_sql_read_text (row, hash);
  return TRUE;
}

static gboolean
write_row (CsStore *store, const char *action, const char *subject, const char *details, GError **error)
{
  g_autofree char *previous = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  CsAuditEntry entry = { .at_ms = cs_store_now_ms (store),
                         .actor = store->actor,
                         .action = (char *)action,
                         .subject = (char *)subject,
                         .details = (char *)details };

  if (!load_head (store, &entry.sequence, &previous, error))
    return FALSE;
  entry.sequence++;
  hash = compute_hash (&entry, previous, error);
  if (hash == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql, "INSERT INTO audit (sequence, at_ms, actor, action, subject, details,"
                                    " previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  cs_sql_bind_integer (row, entry.sequence);
  cs_sql_bind_integer (row, entry.at_ms);
  cs_sql_bind_text (row, entry.actor);
  cs_sql_bind_text (row, entry.action);
  cs_sql_bind_text (row, entry.subject);
  cs_sql_bind_text (row, entry.details);
  cs_sql_bind_text (row, previous);
  cs_sql_bind_text (row, hash);
  return cs_sql_run (row, error);
}

/* Inside the caller's transaction. @details is ended, but not freed. */
gboolean
cs_store_write_audit (CsStore *store,
                      const char *action,
                      const char *subject,
                      CsJsonBuilder *details,
                      GError **error)
{
  g_autoptr (GBytes) canonical = NULL;
  g_autofree char *text = NULL;

  if (details == NULL)
    return write_row (store, action, subject, "{}", error);
  cs_json_builder_end_object (details);
  canonical = cs_json_canonical_end (details, error);
  if (canonical == NULL)
    return FALSE;
  text = bytes_to_text (canonical);
  return write_row (store, action, subject, text, error);
}

gboolean
cs_store_write_audit_id (CsStore *store,
                         const char *action,
                         const CsUuid *subject,
                         CsJsonBuilder *details,
                         GError **error)
{
  g_autofree char *text = cs_uuid_to_string (subject);

  return cs_store_write_audit (store, action, text, details, error);
}

/**
 * cs_store_append_audit:
 * @store: a store
 * @action: a word such as "journal.exported", never translated
 * @subject: (nullable): the id or number of what it was done to
 * @details_json: (nullable): a JSON object; it is stored in canonical form
 * @error: return location
 *
 * For what happens outside of the store and yet belongs in the chain.
 *
 * Returns: whether it is in the chain; else %CS_STORE_ERROR_INVALID for what is not JSON, or what the file
 * said
 */
gboolean
cs_store_append_audit (CsStore *store,
                       const char *action,
                       const char *subject,
                       const char *details_json,
                       GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) canonical = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (store != NULL && action != NULL, FALSE);

  if (details_json == NULL || *details_json == '\0')
    details_json = "{}";
  plain = g_bytes_new (details_json, strlen (details_json));
  canonical = cs_json_canonicalise (plain, &local);
  if (canonical == NULL)
    {
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID,
                   "The details of an audit row are not JSON: %s", local->message);
      return FALSE;
    }
  text = bytes_to_text (canonical);
  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && write_row (store, action, subject != NULL ? subject : "", text, error)
         && cs_sql_commit (transaction, error);
}

/**
 * cs_store_get_audit_head:
 * @store: a store
 * @sequence: (out): the newest row's; 0 when there is none yet
 * @hash: (out) (transfer full): its hash, in hex
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
cs_store_get_audit_head (CsStore *store, gint64 *sequence, char **hash, GError **error)
{
  g_autofree char *found = NULL;

  g_return_val_if_fail (store != NULL && sequence != NULL && hash != NULL, FALSE);

  if (!load_head (store, sequence, &found, error))
    return FALSE;
  *hash = g_steal_pointer (&found);
  return TRUE;
}

/**
 * cs_store_get_audit_hash:
 * @store: a store
 * @sequence: which row
 * @hash: (out) (transfer full) (nullable): its hash, in hex; %NULL when there is no such row
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
cs_store_get_audit_hash (CsStore *store, gint64 sequence, char **hash, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;
  g_autofree char *found = NULL;

  g_return_val_if_fail (store != NULL && hash != NULL, FALSE);

  row = cs_sql_prepare (store->sql, "SELECT hash FROM audit WHERE sequence = ?");
  cs_sql_bind_integer (row, sequence);
  if (cs_sql_next (row, error))
    cs_sql_read_text (row, &found);
  *hash = g_steal_pointer (&found);
  return !cs_sql_has_failed (row);
}

static CsAuditEntry *
read_entry (CsSqlStatement *row)
{
  CsAuditEntry *entry = g_new0 (CsAuditEntry, 1);

  entry->sequence = cs_sql_read_integer (row);
  entry->at_ms = cs_sql_read_integer (row);
  cs_sql_read_text (row, &entry->actor);
  cs_sql_read_text (row, &entry->action);
  cs_sql_read_text (row, &entry->subject);
  cs_sql_read_text (row, &entry->details);
  cs_sql_read_text (row, &entry->hash);
  return entry;
}

/**
 * cs_store_list_audit:
 * @store: a store
 * @limit: at most so many; 0 for all
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsAuditEntry) (nullable): the rows, newest first
 */
GPtrArray *
cs_store_list_audit (CsStore *store, guint limit, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_audit_entry_free);
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT sequence, at_ms, actor, action, subject, details, hash FROM audit"
                                    " ORDER BY sequence DESC LIMIT ?");

  cs_sql_bind_integer (row, limit > 0 ? (gint64)limit : -1);
  while (cs_sql_next (row, error))
    g_ptr_array_add (entries, read_entry (row));
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&entries);
}

/* What doesn't fit, as a sentence; NULL when all does. */
static const char *
find_fault (const CsAuditEntry *entry,
            gint64 expected,
            const char *previous,
            const char *noted,
            const char *computed)
{
  if (entry->sequence != expected)
    return _ ("a row before it is missing");
  if (g_strcmp0 (previous, noted) != 0)
    return _ ("it does not follow from the row before it");
  if (g_strcmp0 (entry->hash, computed) != 0)
    return _ ("it was changed after it was written");
  return NULL;
}

/* --- what a person has accepted --- */

/* What was found at a row, so that accepting it says nothing of what becomes of it later. */
static char *
mark_fault (const CsAuditEntry *entry, const char *previous, const char *computed)
{
  g_autofree char *text
      = g_strdup_printf ("%" G_GINT64_FORMAT " %s %s %s", entry->sequence, previous, entry->hash, computed);

  return cs_sha256_hex (text, strlen (text));
}

/* Of marks. */
static GHashTable *
list_accepted (CsStore *store, GError **error)
{
  g_autoptr (GHashTable) marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT f.value ->> 'found' FROM audit a,"
                                    " json_each (iif (json_valid (a.details), a.details, '{}'), '$.rows') f"
                                    " WHERE a.action = '" ACCEPTED_ACTION "'");

  while (cs_sql_next (row, error))
    g_hash_table_add (marks, g_strdup (cs_sql_peek_text (row)));
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&marks);
}

/* FALSE ends the walk. */
typedef gboolean (*FaultFunc) (const CsAuditEntry *entry, const char *fault, const char *mark, gpointer data);

/* Calls @func for each row that doesn't fit and that nobody accepted as it is. FALSE: the file couldn't be
 * read. */
static gboolean
walk (CsStore *store, FaultFunc func, gpointer data, GError **error)
{
  g_autoptr (GHashTable) accepted = list_accepted (store, error);
  g_autoptr (CsSqlStatement) row = NULL;
  g_autofree char *previous = g_strdup (FIRST_PREVIOUS);

  if (accepted == NULL)
    return FALSE;
  row = cs_sql_prepare (store->sql,
                        "SELECT sequence, at_ms, actor, action, subject, details, hash, previous_hash"
                        " FROM audit ORDER BY sequence");
  for (gint64 expected = 1; cs_sql_next (row, error); expected++)
    {
      g_autoptr (CsAuditEntry) entry = read_entry (row);
      const char *noted = cs_sql_peek_text (row);
      g_autofree char *computed = compute_hash (entry, noted, NULL);
      const char *fault = find_fault (entry, expected, previous, noted, computed);

      if (fault != NULL)
        {
          g_autofree char *mark = mark_fault (entry, previous, computed);

          if (!g_hash_table_contains (accepted, mark) && !func (entry, fault, mark, data))
            return TRUE;
          expected = entry->sequence;
        }
      g_set_str (&previous, entry->hash);
    }
  return !cs_sql_has_failed (row);
}

typedef struct
{
  gint64 sequence;
  const char *fault;
} FirstBad;

static gboolean
take_first (const CsAuditEntry *entry, const char *fault, const char *mark, gpointer data)
{
  *(FirstBad *)data = (FirstBad){ entry->sequence, fault };
  return FALSE;
}

/**
 * cs_store_verify_audit:
 * @store: a store
 * @first_bad: (out) (optional): the sequence of the first row that doesn't fit; 0 when all do
 * @error: return location
 *
 * Computes the whole chain anew (design.md section 4). Rows cut off at its end can't be seen from within:
 * that is what the head's copies elsewhere are for. What cs_store_accept_audit() accepted fits for as long as
 * it stays as it was then.
 *
 * Returns: whether every row fits; else %CS_STORE_ERROR_DAMAGED, or what the file said with *@first_bad 0
 */
gboolean
cs_store_verify_audit (CsStore *store, gint64 *first_bad, GError **error)
{
  FirstBad found = { 0, NULL };
  g_autofree char *number = NULL;

  g_return_val_if_fail (store != NULL, FALSE);

  if (first_bad != NULL)
    *first_bad = 0;
  if (!walk (store, take_first, &found, error))
    return FALSE;
  if (found.fault == NULL)
    return TRUE;
  if (first_bad != NULL)
    *first_bad = found.sequence;
  number = g_strdup_printf ("%" G_GINT64_FORMAT, found.sequence);
  g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_DAMAGED,
               _ ("Row %s of the audit chain doesn’t fit: %s."), number, found.fault);
  return FALSE;
}

typedef struct
{
  CsJsonBuilder *details;
  guint n;
} Accepting;

static gboolean
take_each (const CsAuditEntry *entry, const char *fault, const char *mark, gpointer data)
{
  Accepting *accepting = data;

  if (++accepting->n > ACCEPTED_ROWS_MAX)
    return FALSE;
  cs_json_builder_begin_object (accepting->details);
  cs_json_builder_name (accepting->details, "row");
  cs_json_builder_integer (accepting->details, entry->sequence);
  cs_json_builder_set_string (accepting->details, "found", mark);
  cs_json_builder_end_object (accepting->details);
  return TRUE;
}

static gboolean
write_accepted (CsStore *store, const char *noted, const char *reason, GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();
  Accepting accepting = { details, 0 };

  if (noted != NULL)
    cs_json_builder_set_string (details, "noted", noted);
  cs_json_builder_set_string (details, "reason", reason);
  cs_json_builder_name (details, "rows");
  cs_json_builder_begin_array (details);
  if (!walk (store, take_each, &accepting, error))
    return FALSE;
  cs_json_builder_end_array (details);
  if (accepting.n > ACCEPTED_ROWS_MAX)
    return cs_store_refuse (
        error, CS_STORE_ERROR_STATE,
        _ ("More of the audit chain doesn’t fit than can be accepted. Go back to a backup "
           "that fits, and keep this file beside it."));
  return cs_store_write_audit (store, ACCEPTED_ACTION, "", details, error);
}

/**
 * cs_store_accept_audit:
 * @store: a store
 * @noted: (nullable): the head that somebody else remembered, which is not that of this chain
 * @reason: what the person says of it, not empty
 * @error: return location
 *
 * A chain that doesn't fit is never mended, since nobody knows how it was. But a person may have found out
 * why, and has to be told when more is changed. So it is written into the chain what doesn't fit now, who has
 * accepted it and why; from then on only other breaks are found. Closes %CS_ALERT_AUDIT.
 *
 * Returns: whether it is in the chain; else %CS_STORE_ERROR_INVALID without a reason, %CS_STORE_ERROR_STATE
 * for too many rows, or what the file said
 */
gboolean
cs_store_accept_audit (CsStore *store, const char *noted, const char *reason, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autofree char *said = NULL;

  g_return_val_if_fail (store != NULL && reason != NULL, FALSE);

  said = g_strstrip (g_strdup (reason));
  if (*said == '\0')
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("Say why you accept it: that is kept with it."));
  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && write_accepted (store, noted, said, error)
         && cs_sql_execute (store->sql, "DELETE FROM audit_break", error)
         && cs_sql_commit (transaction, error);
}

/**
 * cs_store_set_audit_break:
 * @store: a store
 * @words: (nullable): what doesn't fit, for a person; %NULL: all fits
 * @error: return location
 *
 * Raises %CS_ALERT_AUDIT, or closes it.
 *
 * Returns: whether it is noted
 */
gboolean
cs_store_set_audit_break (CsStore *store, const char *words, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  if (words == NULL)
    row = cs_sql_prepare (store->sql, "DELETE FROM audit_break");
  else
    {
      row = cs_sql_prepare (store->sql, "INSERT INTO audit_break (id, words, since_ms) VALUES (1, ?, ?)"
                                        " ON CONFLICT (id) DO UPDATE SET words = excluded.words"
                                        " WHERE words <> excluded.words");
      cs_sql_bind_text (row, words);
      cs_sql_bind_integer (row, cs_store_now_ms (store));
    }
  return cs_sql_run (row, error) && cs_sql_commit (transaction, error);
}
