/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-practice-lock-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOTES_BYTES_MAX 256

struct _CsPracticeLock
{
  int fd;
  char *path;
  gint64 epoch;
};

static gboolean
set_file_error (GError **error, const char *what, int saved_errno)
{
  CsStoreError code
      = saved_errno == ENOSPC || saved_errno == EDQUOT || saved_errno == EROFS || saved_errno == EACCES
            ? CS_STORE_ERROR_FULL
            : CS_STORE_ERROR_FAILED;

  g_set_error (error, CS_STORE_ERROR, code, _ ("The practice's lock cannot be used (%s): %s"), what,
               g_strerror (saved_errno));
  return FALSE;
}

/* One line a note. What cannot be read counts as nought: the store then finds itself ahead and probes. */
gboolean
cs_lock_notes_read (int fd, CsLockNotes *notes, GError **error)
{
  char text[NOTES_BYTES_MAX] = "";
  ssize_t size = pread (fd, text, sizeof text - 1, 0);
  long long epoch = 0, claimed = 0, sent = 0, pid = 0;

  *notes = (CsLockNotes){ 0 };
  if (size < 0)
    return set_file_error (error, "read", errno);
  text[size] = '\0';
  if (sscanf (text, "epoch %lld\nclaimed %lld\nsent %lld\npid %lld\n", &epoch, &claimed, &sent, &pid) >= 1)
    *notes = (CsLockNotes){ epoch, claimed, sent, pid };
  return TRUE;
}

/* Every number has its full width, so that a write never leaves a tail and fits one sector. */
gboolean
cs_lock_notes_write (int fd, const CsLockNotes *notes, GError **error)
{
  g_autofree char *text = g_strdup_printf ("epoch %020" G_GINT64_FORMAT "\nclaimed %020" G_GINT64_FORMAT
                                           "\nsent %020" G_GINT64_FORMAT "\npid %020" G_GINT64_FORMAT "\n",
                                           notes->epoch, notes->claimed, notes->sent, notes->pid);
  ssize_t size = (ssize_t)strlen (text);

  if (pwrite (fd, text, (gsize)size, 0) != size)
    return set_file_error (error, "write", errno != 0 ? errno : ENOSPC);
  if (fsync (fd) != 0)
    return set_file_error (error, "fsync", errno);
  return TRUE;
}

static gboolean
set_locked (int fd, GError **error)
{
  CsLockNotes notes = { 0 };
  g_autofree char *holder = NULL;

  cs_lock_notes_read (fd, &notes, NULL);
  holder = g_strdup_printf ("%" G_GINT64_FORMAT, notes.pid);
  g_set_error (
      error, CS_STORE_ERROR, CS_STORE_ERROR_LOCKED,
      _ ("Another Countersign (process %s) has this practice open. Use that one, or close it first."),
      holder);
  return FALSE;
}

/* Of the open file, not of the process: so it holds between two stores of one process, too, and is not lost
 * when another descriptor of the file is closed. The system lets go of it when the process ends, however it
 * ends. */
static gboolean
lock_file (int fd, GError **error)
{
  struct flock region = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  if (fcntl (fd, F_OFD_SETLK, &region) == 0)
    return TRUE;
  return errno == EAGAIN || errno == EACCES ? set_locked (fd, error) : set_file_error (error, "lock", errno);
}

static gboolean
take_epoch (CsPracticeLock *lock, gint64 above, GError **error)
{
  CsLockNotes notes;

  if (!cs_lock_notes_read (lock->fd, &notes, error))
    return FALSE;
  notes.epoch = MAX (notes.epoch, above) + 1;
  notes.pid = getpid ();
  if (!cs_lock_notes_write (lock->fd, &notes, error))
    return FALSE;
  lock->epoch = notes.epoch;
  return TRUE;
}

/**
 * cs_practice_lock_take:
 * @folder: the practice's folder, which exists
 * @error: return location
 *
 * Takes the OS lock on "lock" in @folder, and adds one to the epoch in it (design.md section 2: one process
 * sends).
 *
 * Returns: (transfer full) (nullable): the lock; %NULL with %CS_STORE_ERROR_LOCKED, whose message names the
 *   holder, %CS_STORE_ERROR_FULL or %CS_STORE_ERROR_FAILED
 */
CsPracticeLock *
cs_practice_lock_take (const char *folder, GError **error)
{
  g_autoptr (CsPracticeLock) lock = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  lock = g_new0 (CsPracticeLock, 1);
  lock->path = g_build_filename (folder, "lock", NULL);
  lock->fd = g_open (lock->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock->fd < 0)
    {
      set_file_error (error, lock->path, errno);
      return NULL;
    }
  if (!lock_file (lock->fd, error) || !take_epoch (lock, 0, error))
    return NULL;
  return g_steal_pointer (&lock);
}

/**
 * cs_practice_lock_release:
 * @lock: (transfer full) (nullable): a lock
 */
void
cs_practice_lock_release (CsPracticeLock *lock)
{
  if (lock == NULL)
    return;
  if (lock->fd >= 0)
    {
      struct flock region = { .l_type = F_UNLCK, .l_whence = SEEK_SET };

      fcntl (lock->fd, F_OFD_SETLK, &region); /* a store may hold a duplicate */
      close (lock->fd);
    }
  g_free (lock->path);
  g_free (lock);
}

/**
 * cs_practice_lock_get_epoch:
 * @lock: a lock
 *
 * Returns: the epoch that taking it began
 */
gint64
cs_practice_lock_get_epoch (const CsPracticeLock *lock)
{
  g_return_val_if_fail (lock != NULL, 0);

  return lock->epoch;
}

int
cs_practice_lock_get_fd (const CsPracticeLock *lock)
{
  return lock->fd;
}

gboolean
cs_practice_lock_raise (CsPracticeLock *lock, gint64 above, GError **error)
{
  return take_epoch (lock, above, error);
}

/* Whether the file that we hold is still the one that others would find. */
static gboolean
is_same_file (const CsPracticeLock *lock)
{
  struct stat held, found;

  return fstat (lock->fd, &held) == 0 && stat (lock->path, &found) == 0 && held.st_ino == found.st_ino
         && held.st_dev == found.st_dev;
}

/**
 * cs_practice_lock_check:
 * @lock: a lock
 * @error: return location
 *
 * Re-reads the file, before the first byte of every write (design.md section 2).
 *
 * Returns: whether it is still ours; else %CS_STORE_ERROR_EPOCH
 */
gboolean
cs_practice_lock_check (CsPracticeLock *lock, GError **error)
{
  CsLockNotes notes;

  g_return_val_if_fail (lock != NULL, FALSE);

  if (!cs_lock_notes_read (lock->fd, &notes, error))
    return FALSE;
  if (notes.epoch == lock->epoch && is_same_file (lock))
    return TRUE;
  g_set_error_literal (
      error, CS_STORE_ERROR, CS_STORE_ERROR_EPOCH,
      _ ("Another Countersign has taken over this practice. Nothing more is sent from here: open "
         "the practice again."));
  return FALSE;
}
