/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-keyring-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <sys/stat.h>
#include <unistd.h>

/* A write takes milliseconds. Who waits longer waits for a process that stands still. */
#define LOCK_WAIT_MS 15000
#define LOCK_LOOK_MS 15
#define FOLDER_MODE 0700
#define LOCK_MODE 0600

struct _CsKeyringLock
{
  int fd;
};

/* What the file was when libsecret last read or wrote it for us. */
typedef struct
{
  gboolean is_known;
  gboolean exists;
  struct stat about;
} Seen;

static Seen last_seen;

/* As libsecret 0.21.7 finds it (secret-backend.c and secret-file-backend.c): (nullable), no file is used. */
static char *
dup_path (void)
{
  const char *backend = g_getenv ("SECRET_BACKEND");
  const char *path = g_getenv ("SECRET_FILE_TEST_PATH");

  if (g_strcmp0 (backend, "file") != 0 && g_getenv ("SNAP_NAME") == NULL
      && !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return NULL;
  if (path != NULL && *path != '\0')
    return g_strdup (path);
  return g_build_filename (g_get_user_data_dir (), "keyrings", SECRET_COLLECTION_DEFAULT ".keyring", NULL);
}

/** cs_keyring_is_file: Returns: whether libsecret keeps a file of this program's own here */
gboolean
cs_keyring_is_file (void)
{
  g_autofree char *path = dup_path ();

  return path != NULL;
}

static Seen
look (const char *path)
{
  Seen seen = { .is_known = TRUE };

  seen.exists = stat (path, &seen.about) == 0;
  return seen;
}

static gboolean
is_same (const Seen *one, const Seen *other)
{
  if (one->exists != other->exists)
    return FALSE;
  return !one->exists
         || (one->about.st_dev == other->about.st_dev && one->about.st_ino == other->about.st_ino
             && one->about.st_size == other->about.st_size
             && one->about.st_mtim.tv_sec == other->about.st_mtim.tv_sec
             && one->about.st_mtim.tv_nsec == other->about.st_mtim.tv_nsec);
}

/**
 * cs_keyring_file_refresh:
 *
 * Lets libsecret forget a file that another process has written since: by itself it sees that only a whole
 * second later, and until then answers the old and writes nothing.
 */
void
cs_keyring_file_refresh (void)
{
  g_autofree char *path = dup_path ();
  Seen now;

  if (path == NULL)
    return;
  now = look (path);
  if (last_seen.is_known && is_same (&last_seen, &now))
    return;
  secret_service_disconnect (); /* of the backend, whichever it is */
  last_seen = now;
}

/**
 * cs_keyring_file_written:
 * @is_done: whether it was
 *
 * To be told while the lock is held. After a failure libsecret remembers what the file doesn't hold, so that
 * the next use reads it anew.
 */
void
cs_keyring_file_written (gboolean is_done)
{
  g_autofree char *path = dup_path ();

  if (path != NULL && is_done)
    last_seen = look (path);
  else
    last_seen.is_known = FALSE;
}

static void
set_file_error (GError **error, int code)
{
  g_set_error_literal (error, G_IO_ERROR, (int)g_io_error_from_errno (code), g_strerror (code));
}

static int
open_lock (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strconcat (path, ".lock", NULL);
  int fd;

  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    {
      set_file_error (error, errno);
      return -1;
    }
  fd = open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, LOCK_MODE);
  if (fd < 0)
    set_file_error (error, errno);
  return fd;
}

/* TRUE: held. Of the open file, as a practice's is: the system lets go of it when the process ends. */
static gboolean
try_lock (int fd, gboolean *is_taken, GError **error)
{
  struct flock region = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  *is_taken = FALSE;
  if (fcntl (fd, F_OFD_SETLK, &region) == 0)
    return TRUE;
  *is_taken = errno == EAGAIN || errno == EACCES;
  if (!*is_taken)
    set_file_error (error, errno);
  return FALSE;
}

/**
 * cs_keyring_file_lock:
 * @error: why not; %G_IO_ERROR_BUSY when another process has held it all the time
 *
 * To be called in a fiber, which waits while another process writes.
 *
 * Returns: (transfer full) (nullable): held until freed; %NULL without an error where the keyring is no file
 */
CsKeyringLock *
cs_keyring_file_lock (GError **error)
{
  g_autofree char *path = dup_path ();
  g_autoptr (CsKeyringLock) lock = NULL;
  gint64 end_us = g_get_monotonic_time () + LOCK_WAIT_MS * G_TIME_SPAN_MILLISECOND;
  gboolean is_taken = FALSE;

  if (path == NULL)
    return NULL;
  lock = g_new0 (CsKeyringLock, 1);
  lock->fd = open_lock (path, error);
  if (lock->fd < 0)
    return NULL;
  while (!try_lock (lock->fd, &is_taken, error))
    {
      g_autoptr (GError) waited = NULL;

      if (!is_taken)
        return NULL;
      if (g_get_monotonic_time () >= end_us)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, g_strerror (EBUSY));
          return NULL;
        }
      /* a time-out rejects by design */
      cs_await (dex_future_first (dex_timeout_new_msec (LOCK_LOOK_MS), NULL), &waited);
      if (cs_error_is_cancelled (waited))
        {
          g_propagate_error (error, g_steal_pointer (&waited));
          return NULL;
        }
    }
  return g_steal_pointer (&lock);
}

/** cs_keyring_lock_free: lets the next writer in. */
void
cs_keyring_lock_free (CsKeyringLock *lock)
{
  g_return_if_fail (lock != NULL);

  if (lock->fd >= 0)
    close (lock->fd);
  g_free (lock);
}
