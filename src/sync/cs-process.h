/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What each of our programs does first: no core dumps, large blocks of memory by themselves, the person's
 * language, the async machinery. */
void cs_process_begin (void);

/* Where practices are kept unless somebody says otherwise: $COUNTERSIGN_DATA_DIR, else the user's data
 * folder. (transfer full) */
char *cs_process_get_data_folder (void);

G_END_DECLS
