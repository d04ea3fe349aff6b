/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* A file of SQLite's that lies over a real one: each of its methods hands on to that one's. Who makes it fail
 * copies them and puts others in the place of some. */
typedef struct
{
  sqlite3_file base;
  sqlite3_file *real;
} TestVfsFile;

#define TEST_VFS_REAL(file) (((TestVfsFile *)(gpointer)(file))->real)
#define TEST_VFS_PASS(file, method, ...)                                                                     \
  (TEST_VFS_REAL (file)->pMethods->method (TEST_VFS_REAL (file), ##__VA_ARGS__))

extern const sqlite3_io_methods test_vfs_methods;

/* What a VFS's own xOpen comes to. */
int test_vfs_open (sqlite3_vfs *real,
                   sqlite3_filename name,
                   sqlite3_file *file,
                   int flags,
                   int *out_flags,
                   const sqlite3_io_methods *methods);

G_END_DECLS
