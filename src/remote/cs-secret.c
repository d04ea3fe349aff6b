/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-secret.h"

#include <string.h>

typedef struct
{
  gpointer data;
  gsize size;
} Block;

/**
 * cs_secret_free:
 * @secret: (transfer full) (nullable): text that nobody shall find in freed memory
 *
 * Wipes and frees (style.md section 8, habit 14).
 */
void
cs_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/** cs_secret_clear: wipes and frees what @secret points to, and sets it to %NULL. */
void
cs_secret_clear (char **secret)
{
  cs_secret_free (g_steal_pointer (secret));
}

static void
block_free (gpointer data)
{
  Block *block = data;

  if (block->data != NULL)
    explicit_bzero (block->data, block->size);
  g_free (block->data);
  g_free (block);
}

/**
 * cs_secret_bytes_new_take:
 * @data: (transfer full): memory of g_malloc()
 * @size: its size
 *
 * Returns: (transfer full): bytes that wipe themselves
 */
GBytes *
cs_secret_bytes_new_take (gpointer data, gsize size)
{
  Block *block = g_new (Block, 1);

  *block = (Block){ data, size };
  return g_bytes_new_with_free_func (data, size, block_free, block);
}

/**
 * cs_secret_scrub:
 * @text: (inout): a message for a person or a log
 * @secret: (nullable): what must not be in it; shorter than 8 characters is no secret and left alone
 *
 * A remote may echo what it was sent; its words go on screen only without that.
 */
void
cs_secret_scrub (char **text, const char *secret)
{
  g_autoptr (GString) clean = NULL;

  if (secret == NULL || strlen (secret) < 8 || strstr (*text, secret) == NULL)
    return;
  clean = g_string_new (*text);
  g_string_replace (clean, secret, "…", 0);
  cs_secret_clear (text);
  *text = g_string_free (g_steal_pointer (&clean), FALSE);
}
