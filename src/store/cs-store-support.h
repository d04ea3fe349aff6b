/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-store.h"

G_BEGIN_DECLS

/* What helps to understand a file from afar, and names nobody. */
gboolean cs_store_get_schema_version (CsStore *store, gint64 *version, GError **error);
const char *cs_store_get_engine_version (void); /* SQLite's */

/* How many rows of the journal are of a kind, in a state and of an outcome. */
typedef struct
{
  char *kind;
  char *state;
  char *outcome; /* "" for none */
  gint64 count;
} CsJournalCount;
void cs_journal_count_free (CsJournalCount *count);
GPtrArray *cs_store_count_journal (CsStore *store, GError **error); /* of CsJournalCount, by kind and state */

G_END_DECLS
