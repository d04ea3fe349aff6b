/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulation-disk.h"
#include "test-vfs.h"

#include <fcntl.h>
#include <unistd.h>

/* Disks write whole sectors: a torn write is one of which some sectors arrived. */
#define SECTOR_BYTES 512

/* One change that was not synced yet. */
typedef struct
{
  gint64 offset;
  gint64 size_before; /* of the file */
  GBytes *before;     /* what lay there, as far as the file went */
  GBytes *after;      /* NULL: the file was cut off at @offset */
} Change;

typedef struct
{
  TestVfsFile parent;
  char *path; /* NULL: a temporary file, of no interest after a crash */
} DiskFile;

static struct
{
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  sqlite3_io_methods methods;
  GHashTable *unsynced; /* path → GPtrArray of Change, oldest first */
  guint n_good;
  guint n_failures;
  int code;
  gboolean is_dead;
} disk;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->before, g_bytes_unref);
  g_clear_pointer (&change->after, g_bytes_unref);
  g_free (change);
}

/* Before each change: what it answers. */
static int
get_fate (void)
{
  if (disk.is_dead)
    return SQLITE_IOERR_WRITE;
  if (disk.n_failures == 0)
    return SQLITE_OK;
  if (disk.n_good > 0)
    {
      disk.n_good--;
      return SQLITE_OK;
    }
  disk.n_failures--;
  return disk.code;
}

static void
remember (sqlite3_file *file, gint64 offset, const void *data, gint64 size)
{
  const char *path = ((DiskFile *)(gpointer)file)->path;
  GPtrArray *changes = path != NULL ? g_hash_table_lookup (disk.unsynced, path) : NULL;
  Change *change = NULL;
  sqlite3_int64 size_before = 0;
  gint64 old_size = 0;

  if (path == NULL)
    return;
  if (changes == NULL)
    {
      changes = g_ptr_array_new_with_free_func (change_free);
      g_hash_table_insert (disk.unsynced, g_strdup (path), changes);
    }
  TEST_VFS_PASS (file, xFileSize, &size_before);
  change = g_new0 (Change, 1);
  change->offset = offset;
  change->size_before = size_before;
  old_size = data != NULL ? MIN (size, size_before - offset) : size_before - offset;
  if (old_size > 0)
    {
      guint8 *before = g_malloc ((gsize)old_size);

      TEST_VFS_PASS (file, xRead, before, (int)old_size, offset);
      change->before = g_bytes_new_take (before, (gsize)old_size);
    }
  change->after = data != NULL ? g_bytes_new (data, (gsize)size) : NULL;
  g_ptr_array_add (changes, change);
}

/* --- the file's methods --- */

static int
file_close (sqlite3_file *file)
{
  g_free (((DiskFile *)(gpointer)file)->path);
  return test_vfs_methods.xClose (file);
}

static int
file_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  int code = get_fate ();

  if (code != SQLITE_OK)
    return code;
  remember (file, offset, data, size);
  return TEST_VFS_PASS (file, xWrite, data, size, offset);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int code = get_fate ();

  if (code != SQLITE_OK)
    return code;
  remember (file, size, NULL, 0);
  return TEST_VFS_PASS (file, xTruncate, size);
}

/* The real disk is not troubled: only what we remember counts. */
static int
file_sync (sqlite3_file *file, int flags)
{
  const char *path = ((DiskFile *)(gpointer)file)->path;
  int code = get_fate ();

  if (code == SQLITE_OK && path != NULL)
    g_hash_table_remove (disk.unsynced, path);
  return code == SQLITE_OK ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

/* --- the disk's methods --- */

static int
disk_open (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
  DiskFile *self = (DiskFile *)(gpointer)file;
  int code = get_fate ();

  file->pMethods = NULL;
  if (code != SQLITE_OK && !disk.is_dead)
    return SQLITE_CANTOPEN;
  code = test_vfs_open (disk.real, name, file, flags, out_flags, &disk.methods);
  if (code == SQLITE_OK)
    self->path = g_strdup (name);
  return code;
}

static int
disk_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  int code = get_fate ();

  if (code != SQLITE_OK)
    return code;
  g_hash_table_remove (disk.unsynced, name);
  return disk.real->xDelete (disk.real, name, sync);
}

void
simulation_disk_register (void)
{
  disk.real = sqlite3_vfs_find (NULL);
  disk.vfs = *disk.real;
  disk.vfs.zName = "simulation";
  disk.vfs.pNext = NULL;
  disk.vfs.szOsFile = (int)sizeof (DiskFile);
  disk.vfs.xOpen = disk_open;
  disk.vfs.xDelete = disk_delete;
  disk.methods = test_vfs_methods;
  disk.methods.xClose = file_close;
  disk.methods.xWrite = file_write;
  disk.methods.xTruncate = file_truncate;
  disk.methods.xSync = file_sync;
  disk.unsynced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_assert_cmpint (sqlite3_vfs_register (&disk.vfs, 1), ==, SQLITE_OK);
}

void
simulation_disk_fail (guint n_good, guint n_failures, int code)
{
  disk.n_good = n_good;
  disk.n_failures = n_failures;
  disk.code = code;
}

gboolean
simulation_disk_is_failing (void)
{
  return disk.n_failures > 0;
}

void
simulation_disk_mend (void)
{
  disk.n_failures = 0;
}

void
simulation_disk_die (void)
{
  disk.is_dead = TRUE;
}

gboolean
simulation_disk_is_dead (void)
{
  return disk.is_dead;
}

void
simulation_disk_forget (void)
{
  g_hash_table_remove_all (disk.unsynced);
}

/* --- what is left after a cut of the power --- */

static void
write_at (int fd, GBytes *bytes, gsize from, gsize size, gint64 offset)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  g_assert_cmpint (pwrite (fd, data + from, size, offset + (gint64)from), ==, (gssize)size);
}

static void
take_back (int fd, const Change *change)
{
  if (change->before != NULL)
    write_at (fd, change->before, 0, g_bytes_get_size (change->before), change->offset);
  g_assert_cmpint (ftruncate (fd, change->size_before), ==, 0);
}

static void
do_again (int fd, const Change *change, GRand *rand)
{
  gsize size = change->after != NULL ? g_bytes_get_size (change->after) : 0;
  int fate = g_rand_int_range (rand, 0, 3);

  if (fate == 0)
    return;
  if (change->after == NULL)
    {
      g_assert_cmpint (ftruncate (fd, change->offset), ==, 0);
      return;
    }
  for (gsize from = 0; from < size; from += SECTOR_BYTES)
    if (fate == 1 || g_rand_boolean (rand))
      write_at (fd, change->after, from, MIN (SECTOR_BYTES, size - from), change->offset);
}

static void
cut_file (const char *path, GPtrArray *changes, GRand *rand)
{
  int fd = open (path, O_RDWR | O_CLOEXEC);

  if (fd < 0)
    return;
  for (guint i = changes->len; i > 0; i--)
    take_back (fd, g_ptr_array_index (changes, i - 1));
  for (guint i = 0; i < changes->len; i++)
    do_again (fd, g_ptr_array_index (changes, i), rand);
  close (fd);
}

void
simulation_disk_restart (GRand *rand, gboolean power_was_cut)
{
  g_autoptr (GList) paths = g_list_sort (g_hash_table_get_keys (disk.unsynced), (GCompareFunc)g_strcmp0);

  for (GList *path = paths; power_was_cut && path != NULL; path = path->next)
    cut_file (path->data, g_hash_table_lookup (disk.unsynced, path->data), rand);
  simulation_disk_forget ();
  simulation_disk_mend ();
  disk.is_dead = FALSE;
}
