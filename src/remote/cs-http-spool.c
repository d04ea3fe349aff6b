/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-http-spool.h"

#include "cs-remote-error.h"
#include "cs-worker.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _CsHttpSpool
{
  int file;
  gsize size;
  GOutputStream *stream;
};

static int
open_nameless (GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "countersign", NULL);
  g_autofree char *path = g_build_filename (folder, "answer-XXXXXX", NULL);
  int file;

  /* Not the folder for temporary files, which may be in memory. */
  if (g_mkdir_with_parents (folder, 0700) == 0)
    {
      file = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
      if (file >= 0)
        return file;
      file = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
      if (file >= 0)
        {
          g_unlink (path);
          return file;
        }
    }
  g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
               "An answer can't be kept on disk: %s", g_strerror (errno));
  return -1;
}

static DexFuture *
open_on_worker (gpointer data)
{
  GError *error = NULL;
  int file = open_nameless (&error);

  return file >= 0 ? dex_future_new_for_int64 (file) : cs_future_new_take_error (error);
}

/** cs_http_spool_new: in a fiber. Returns: (transfer full) (nullable): an empty file, for this person alone
 */
CsHttpSpool *
cs_http_spool_new (GError **error)
{
  GError *failure = NULL;
  gint64 file = cs_await_int64 (cs_run_on_worker (open_on_worker, NULL, NULL), &failure);
  CsHttpSpool *spool;

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  spool = g_new0 (CsHttpSpool, 1);
  spool->file = (int)file;
  spool->stream = g_unix_output_stream_new (spool->file, FALSE);
  return spool;
}

/** cs_http_spool_free: gives the space back unless cs_http_spool_end() handed it on. */
void
cs_http_spool_free (CsHttpSpool *spool)
{
  if (spool == NULL)
    return;
  g_object_unref (spool->stream);
  if (spool->file >= 0)
    close (spool->file);
  g_free (spool);
}

/**
 * cs_http_spool_append:
 * @spool: a file
 * @chunk: what comes next
 * @error: what the disk said, or %CS_REMOTE_ERROR_TOO_LARGE
 *
 * In a fiber; the main thread doesn't wait for the disk.
 *
 * Returns: whether it is in the file
 */
gboolean
cs_http_spool_append (CsHttpSpool *spool, GBytes *chunk, GError **error)
{
  gsize written = 0;
  gsize size;

  g_return_val_if_fail (spool != NULL && chunk != NULL, FALSE);

  size = g_bytes_get_size (chunk);
  if (spool->size + size > CS_HTTP_LARGE_BYTES_MAX)
    {
      g_set_error_literal (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TOO_LARGE, "");
      return FALSE;
    }
  while (written < size)
    {
      g_autoptr (GBytes) rest = g_bytes_new_from_bytes (chunk, written, size - written);
      GError *failure = NULL;
      gint64 n = cs_await_int64 (dex_output_stream_write_bytes (spool->stream, rest, G_PRIORITY_DEFAULT),
                                 &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      written += (gsize)n;
    }
  spool->size += size;
  return TRUE;
}

/** cs_http_spool_get_size: Returns: the bytes so far */
gsize
cs_http_spool_get_size (const CsHttpSpool *spool)
{
  g_return_val_if_fail (spool != NULL, 0);

  return spool->size;
}

/** cs_http_spool_end: Returns: (transfer full) (nullable): the file from its first byte; @spool is empty then
 */
GInputStream *
cs_http_spool_end (CsHttpSpool *spool, GError **error)
{
  GInputStream *stream;

  g_return_val_if_fail (spool != NULL && spool->file >= 0, NULL);

  if (lseek (spool->file, 0, SEEK_SET) < 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  stream = g_unix_input_stream_new (spool->file, TRUE);
  spool->file = -1;
  return stream;
}
