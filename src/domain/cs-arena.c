/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-arena.h"

#include <stdalign.h>
#include <stddef.h>
#include <string.h>

/* One record alone takes the first; a page of a thousand takes a dozen of the others. */
#define FIRST_BYTES (2 * 1024)
#define BLOCK_BYTES (64 * 1024)

typedef struct _Block Block;
struct _Block
{
  Block *before;
  max_align_t start[];
};

struct _CsArena
{
  gatomicrefcount n_refs;
  Block *last;
  char *at; /* in the last block */
  gsize left;
};

/**
 * cs_arena_new:
 *
 * Returns: (transfer full): an arena with nothing in it
 */
CsArena *
cs_arena_new (void)
{
  CsArena *arena = g_new0 (CsArena, 1);

  g_atomic_ref_count_init (&arena->n_refs);
  return arena;
}

/**
 * cs_arena_ref:
 * @arena: an arena
 *
 * Returns: (transfer full): the same, held once more; from any thread
 */
CsArena *
cs_arena_ref (CsArena *arena)
{
  g_atomic_ref_count_inc (&arena->n_refs);
  return arena;
}

/**
 * cs_arena_unref:
 * @arena: (transfer full) (nullable): an arena; the last to let go frees all that lies in it, in any thread
 */
void
cs_arena_unref (CsArena *arena)
{
  if (arena == NULL || !g_atomic_ref_count_dec (&arena->n_refs))
    return;
  while (arena->last != NULL)
    {
      Block *before = arena->last->before;

      g_free (arena->last);
      arena->last = before;
    }
  g_free (arena);
}

/* What is left of the block before is lost. */
static void
add_block (CsArena *arena, gsize size)
{
  gsize usual = arena->last == NULL ? FIRST_BYTES : BLOCK_BYTES;
  Block *block = NULL;

  arena->left = MAX (size, usual - offsetof (Block, start));
  block = g_malloc (offsetof (Block, start) + arena->left);
  block->before = arena->last;
  arena->last = block;
  arena->at = (char *)block->start;
}

static char *
take (CsArena *arena, gsize size)
{
  char *taken = NULL;

  if (size > arena->left)
    add_block (arena, size);
  taken = arena->at;
  arena->at += size;
  arena->left -= size;
  return taken;
}

/**
 * cs_arena_alloc0:
 * @arena: an arena; one thread at a time may take from it
 * @size: in bytes
 *
 * Returns: (transfer none): so much, all noughts, for any type; it lies there as long as @arena is held
 */
gpointer
cs_arena_alloc0 (CsArena *arena, gsize size)
{
  gsize over = (guintptr)arena->at % alignof (max_align_t);

  if (over != 0)
    (void)take (arena, MIN (alignof (max_align_t) - over, arena->left));
  return memset (take (arena, size), 0, size);
}

/**
 * cs_arena_dup_text:
 * @arena: an arena; one thread at a time may take from it
 * @text: (array length=size): text without a nought byte
 * @size: in bytes
 *
 * Returns: (transfer none): a copy, which lies there as long as @arena is held
 */
char *
cs_arena_dup_text (CsArena *arena, const char *text, gsize size)
{
  char *copy = take (arena, size + 1);

  memcpy (copy, text, size);
  copy[size] = '\0';
  return copy;
}
