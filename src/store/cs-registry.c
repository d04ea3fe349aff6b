/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-practice-lock.h"
#include "cs-registry.h"
#include "cs-store-private.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/random.h>
#include <sys/stat.h>

#define PRACTICES_FOLDER "practices"

struct _CsRegistry
{
  CsSql *sql;
  char *data_folder;
  const CsClock *clock;
};

/**
 * cs_registry_open:
 * @data_folder: the user's data folder for this program; made (0700) when it is not there
 * @clock: (transfer none): outlives the registry
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the registry; %NULL as cs_store_open()
 */
CsRegistry *
cs_registry_open (const char *data_folder, const CsClock *clock, GError **error)
{
  g_autoptr (CsRegistry) registry = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (data_folder != NULL && clock != NULL, NULL);

  registry = g_new0 (CsRegistry, 1);
  registry->clock = clock;
  registry->data_folder = g_canonicalize_filename (data_folder, NULL);
  path = g_build_filename (registry->data_folder, "registry.sqlite", NULL);
  registry->sql = cs_sql_open (path, FALSE, &cs_registry_schema, clock, error);
  return registry->sql != NULL ? g_steal_pointer (&registry) : NULL;
}

/**
 * cs_registry_close:
 * @registry: (transfer full) (nullable): a registry
 */
void
cs_registry_close (CsRegistry *registry)
{
  if (registry == NULL)
    return;
  cs_sql_close (registry->sql);
  g_free (registry->data_folder);
  g_free (registry);
}

/* Not stored, so that the data folder may be moved, and so that no row of the file can name a folder
 * elsewhere. */
static char *
get_folder (CsRegistry *registry, const CsUuid *id)
{
  g_autofree char *name = cs_uuid_to_string (id);

  return g_build_filename (registry->data_folder, PRACTICES_FOLDER, name, NULL);
}

static CsPracticeEntry *
read_entry (CsRegistry *registry, CsSqlStatement *row)
{
  CsPracticeEntry *entry = g_new0 (CsPracticeEntry, 1);

  entry->id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &entry->name);
  entry->is_demo = cs_sql_read_boolean (row);
  entry->created_ms = cs_sql_read_integer (row);
  entry->opened_ms = cs_sql_read_integer (row);
  entry->folder = get_folder (registry, &entry->id);
  return entry;
}

/**
 * cs_registry_list:
 * @registry: a registry
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsPracticeEntry) (nullable): the practices, last opened first
 */
GPtrArray *
cs_registry_list (CsRegistry *registry, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_practice_entry_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (registry != NULL, NULL);

  row = cs_sql_prepare (registry->sql, "SELECT id, name, is_demo, created_ms, opened_ms FROM practice"
                                       " ORDER BY opened_ms DESC, created_ms DESC, id");
  while (cs_sql_next (row, error))
    g_ptr_array_add (entries, read_entry (registry, row));
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&entries);
}

static CsPracticeEntry *
load_entry (CsRegistry *registry, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      registry->sql, "SELECT id, name, is_demo, created_ms, opened_ms FROM practice WHERE id = ?");

  cs_sql_bind_uuid (row, id);
  if (cs_sql_next (row, error))
    return read_entry (registry, row);
  if (!cs_sql_has_failed (row))
    g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such practice."));
  return NULL;
}

static gboolean
check_name (const char *name, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name));

  if (*trimmed != '\0')
    return TRUE;
  g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID, _ ("A practice needs a name."));
  return FALSE;
}

/**
 * cs_registry_add:
 * @registry: a registry
 * @name: what a person calls it
 * @is_demo: whether it may only ever speak to the sandbox, and may be thrown away
 * @error: return location
 *
 * Makes its folder (0700), and then the entry.
 *
 * Returns: (transfer full) (nullable): the entry; %NULL with %CS_STORE_ERROR_INVALID without a name,
 *   %CS_STORE_ERROR_FULL or %CS_STORE_ERROR_FAILED
 */
CsPracticeEntry *
cs_registry_add (CsRegistry *registry, const char *name, gboolean is_demo, GError **error)
{
  g_autoptr (CsPracticeEntry) entry = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  guint8 bytes[16];

  g_return_val_if_fail (registry != NULL && name != NULL, NULL);

  if (!check_name (name, error))
    return NULL;
  if (getrandom (bytes, sizeof bytes, 0) != (gssize)sizeof bytes)
    g_error ("The system gave no random bytes");
  entry = g_new0 (CsPracticeEntry, 1);
  entry->id = cs_uuid_from_random (bytes);
  entry->name = g_strdup (name);
  entry->folder = get_folder (registry, &entry->id);
  entry->is_demo = is_demo != FALSE;
  entry->created_ms = cs_clock_now_ms (registry->clock);
  if (g_mkdir_with_parents (entry->folder, 0700) != 0 || g_chmod (entry->folder, 0700) != 0)
    {
      g_set_error (error, CS_STORE_ERROR,
                   errno == ENOSPC || errno == EROFS ? CS_STORE_ERROR_FULL : CS_STORE_ERROR_FAILED,
                   _ ("The folder %s cannot be made: %s"), entry->folder, g_strerror (errno));
      return NULL;
    }
  row = cs_sql_prepare (registry->sql,
                        "INSERT INTO practice (id, name, is_demo, created_ms) VALUES (?, ?, ?, ?)");
  cs_sql_bind_uuid (row, &entry->id);
  cs_sql_bind_text (row, entry->name);
  cs_sql_bind_boolean (row, entry->is_demo);
  cs_sql_bind_integer (row, entry->created_ms);
  return cs_sql_run (row, error) ? g_steal_pointer (&entry) : NULL;
}

/* Runs an update of one entry, whose id is its last value. */
static gboolean
run_on_entry (CsRegistry *registry, CsSqlStatement *row, const CsUuid *id, GError **error)
{
  cs_sql_bind_uuid (row, id);
  if (!cs_sql_run (row, error))
    return FALSE;
  if (cs_sql_count_changes (registry->sql) > 0)
    return TRUE;
  g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND, _ ("There is no such practice."));
  return FALSE;
}

/**
 * cs_registry_mark_opened:
 * @registry: a registry
 * @id: a practice
 * @error: return location
 *
 * Returns: whether it is now the one that was opened last; else %CS_STORE_ERROR_NOT_FOUND or what the file
 * said
 */
gboolean
cs_registry_mark_opened (CsRegistry *registry, const CsUuid *id, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (registry != NULL && id != NULL, FALSE);

  /* Later than every other, also when the clock went back. */
  row = cs_sql_prepare (registry->sql, "UPDATE practice SET opened_ms = max (?,"
                                       " (SELECT max (opened_ms) + 1 FROM practice)) WHERE id = ?");
  cs_sql_bind_integer (row, cs_clock_now_ms (registry->clock));
  return run_on_entry (registry, row, id, error);
}

/**
 * cs_registry_rename:
 * @registry: a registry
 * @id: a practice
 * @name: its new name
 * @error: return location
 *
 * Returns: whether it was renamed; else %CS_STORE_ERROR_INVALID, %CS_STORE_ERROR_NOT_FOUND or what the file
 * said
 */
gboolean
cs_registry_rename (CsRegistry *registry, const CsUuid *id, const char *name, GError **error)
{
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (registry != NULL && id != NULL && name != NULL, FALSE);

  if (!check_name (name, error))
    return FALSE;
  row = cs_sql_prepare (registry->sql, "UPDATE practice SET name = ? WHERE id = ?");
  cs_sql_bind_text (row, name);
  return run_on_entry (registry, row, id, error);
}

/* Follows no links: what is not a folder itself is unlinked. */
static gboolean
delete_tree (GFile *file, GError **error)
{
  g_autoptr (GFileEnumerator) children = NULL;
  g_autoptr (GError) local = NULL;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL) == G_FILE_TYPE_DIRECTORY)
    {
      children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                            G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
      if (children == NULL)
        return FALSE;
      while (TRUE)
        {
          GFile *child = NULL;

          if (!g_file_enumerator_iterate (children, NULL, &child, NULL, error))
            return FALSE;
          if (child == NULL)
            break;
          if (!delete_tree (child, error))
            return FALSE;
        }
    }
  if (g_file_delete (file, NULL, &local) || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Nobody may have it open: the lock says so. */
static gboolean
delete_demo (const CsPracticeEntry *entry, GError **error)
{
  g_autoptr (CsPracticeLock) lock = NULL;
  g_autoptr (GFile) folder = g_file_new_for_path (entry->folder);
  g_autoptr (GError) local = NULL;

  if (!g_file_test (entry->folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  lock = cs_practice_lock_take (entry->folder, error);
  if (lock == NULL)
    return FALSE;
  if (delete_tree (folder, &local))
    return TRUE;
  g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_FAILED, _ ("The demo’s folder cannot be removed: %s"),
               local->message);
  return FALSE;
}

/**
 * cs_registry_remove:
 * @registry: a registry
 * @id: a practice
 * @error: return location
 *
 * A demo's folder goes with it; a real practice's never does.
 *
 * Returns: whether the entry is gone; else %CS_STORE_ERROR_NOT_FOUND, %CS_STORE_ERROR_LOCKED while a demo is
 *   open, or what the file said
 */
gboolean
cs_registry_remove (CsRegistry *registry, const CsUuid *id, GError **error)
{
  g_autoptr (CsPracticeEntry) entry = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (registry != NULL && id != NULL, FALSE);

  entry = load_entry (registry, id, error);
  if (entry == NULL || (entry->is_demo && !delete_demo (entry, error)))
    return FALSE;
  row = cs_sql_prepare (registry->sql, "DELETE FROM practice WHERE id = ?");
  return run_on_entry (registry, row, id, error);
}
