/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-json.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* Who holds a practice, as it says itself. */
typedef struct
{
  const char *program; /* "window", "agent" or "command-line" */
  CsActivity activity;
  CsLinkState link_state;
  char *problem; /* of the last background run, for a person; "" */
} CsDeskHolder;

/* How a practice stands: one JSON object in a stable format (README.md), read from its file. @holder: NULL
 * when nobody holds it, or nobody answered. */
char *cs_desk_status_to_json (CsStore *store,
                              const CsPracticeEntry *entry,
                              const CsDeskHolder *holder,
                              GError **error); /* (transfer full) */

/* The member "journal": how many rows are in each state, by the states' words. */
void cs_desk_status_write_journal (CsJsonBuilder *builder, const CsJournalCounts *counts);
void cs_desk_status_read_journal (const CsJsonValue *object, CsJournalCounts *counts);
gboolean cs_desk_count_journal (CsStore *store, CsJournalCounts *counts, GError **error);

G_END_DECLS
