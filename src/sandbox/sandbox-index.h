/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-records.h"

/* Records in Xero's default order, UpdatedDateUTC and then id (xero-accounting 5.2), so that a page and
 * If-Modified-Since are a search and not a sort. */

typedef struct
{
  GPtrArray *rows; /* of SandboxRecord, lent */
  gboolean unsorted;
} SandboxIndex;

void sandbox_index_init (SandboxIndex *self);
void sandbox_index_clear (SandboxIndex *self);
void sandbox_index_append (SandboxIndex *self, gpointer record);
void sandbox_index_file (SandboxIndex *self, gpointer record);
void sandbox_index_move (SandboxIndex *self, gpointer record);
void sandbox_index_sort (SandboxIndex *self);
guint sandbox_index_from (const SandboxIndex *self, gint64 since_ms);
