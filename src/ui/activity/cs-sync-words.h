/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-sync-progress.h"

G_BEGIN_DECLS

/* How far a reading is, for a person: "12,000 of 250,000 records · 1,900 a second · done in 2 minutes".
 * (transfer full) */
char *cs_sync_words_progress (const CsSyncProgress *progress, gint64 now_ms);
/* Between 0 and 1; negative: not known. */
double cs_sync_words_fraction (const CsSyncProgress *progress);

G_END_DECLS
