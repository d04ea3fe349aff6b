/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-json.h"

/* What a record is made of, in a table, so that making, freeing, saving and loading are one function each for
 * all of Practice Manager's records. References are ids. */

typedef enum
{
  SANDBOX_SLOT_ID,     /* char[SANDBOX_ID_SIZE] */
  SANDBOX_SLOT_TEXT,   /* char * */
  SANDBOX_SLOT_NUMBER, /* gint64 */
  SANDBOX_SLOT_DAY,    /* int; SANDBOX_NO_DAY where there is none */
  SANDBOX_SLOT_FLAG,   /* gboolean */
  SANDBOX_SLOT_PARTS   /* GPtrArray of another shape */
} SandboxSlotKind;

typedef struct _SandboxShape SandboxShape;

typedef struct
{
  const char *name; /* in the state file */
  SandboxSlotKind kind;
  gsize offset;
  const SandboxShape *part;
} SandboxSlot;

struct _SandboxShape
{
  gsize size;
  const SandboxSlot *slots;
  guint n_slots;
};

gpointer sandbox_shape_new (const SandboxShape *shape);
void sandbox_shape_free (const SandboxShape *shape, gpointer record);
gpointer sandbox_shape_copy (const SandboxShape *shape, gconstpointer record);
gpointer sandbox_shape_add_part (const SandboxShape *shape, GPtrArray *parts);
void sandbox_shape_swap (const SandboxShape *shape, gpointer kept, gpointer changed);
void sandbox_shape_save (const SandboxShape *shape, gconstpointer record, SandboxJson *json);
void sandbox_shape_load (const SandboxShape *shape, gpointer record, yyjson_val *element);
