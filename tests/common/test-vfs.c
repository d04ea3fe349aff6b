/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-vfs.h"

static int
file_close (sqlite3_file *file)
{
  int code = TEST_VFS_PASS (file, xClose);

  g_free (TEST_VFS_REAL (file));
  return code;
}

static int
file_read (sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
  return TEST_VFS_PASS (file, xRead, data, size, offset);
}

static int
file_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  return TEST_VFS_PASS (file, xWrite, data, size, offset);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return TEST_VFS_PASS (file, xTruncate, size);
}

static int
file_sync (sqlite3_file *file, int flags)
{
  return TEST_VFS_PASS (file, xSync, flags);
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return TEST_VFS_PASS (file, xFileSize, size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return TEST_VFS_PASS (file, xLock, level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return TEST_VFS_PASS (file, xUnlock, level);
}

static int
file_check_reserved (sqlite3_file *file, int *is_reserved)
{
  return TEST_VFS_PASS (file, xCheckReservedLock, is_reserved);
}

static int
file_control (sqlite3_file *file, int operation, void *argument)
{
  return TEST_VFS_PASS (file, xFileControl, operation, argument);
}

static int
file_sector_size (sqlite3_file *file)
{
  return TEST_VFS_PASS (file, xSectorSize);
}

static int
file_characteristics (sqlite3_file *file)
{
  return TEST_VFS_PASS (file, xDeviceCharacteristics);
}

static int
file_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **mapped)
{
  return TEST_VFS_PASS (file, xShmMap, page, size, extend, mapped);
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return TEST_VFS_PASS (file, xShmLock, offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  TEST_VFS_PASS (file, xShmBarrier);
}

static int
file_shm_unmap (sqlite3_file *file, int delete)
{
  return TEST_VFS_PASS (file, xShmUnmap, delete);
}

const sqlite3_io_methods test_vfs_methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

int
test_vfs_open (sqlite3_vfs *real,
               sqlite3_filename name,
               sqlite3_file *file,
               int flags,
               int *out_flags,
               const sqlite3_io_methods *methods)
{
  TestVfsFile *self = (TestVfsFile *)(gpointer)file;
  int code;

  self->base.pMethods = NULL;
  self->real = g_malloc0 ((gsize)real->szOsFile);
  code = real->xOpen (real, name, self->real, flags, out_flags);
  if (code == SQLITE_OK)
    self->base.pMethods = methods;
  else
    g_clear_pointer (&self->real, g_free);
  return code;
}
