/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The zones of the countries that the ledger serves. */
const char *cs_ledger_zone_to_iana (const char *word); /* NULL where we don't know the word */
const char *const *cs_zone_list_names (void);          /* IANA, by country; NULL at the end */
/* Whether both have the same day at every moment of the year that begins at @now_ms. */
gboolean cs_zone_same_days (const char *a, const char *b, gint64 now_ms);

G_END_DECLS
