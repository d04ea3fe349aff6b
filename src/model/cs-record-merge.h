/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-record.h"

G_BEGIN_DECLS

/* One step from the old order to the new: at @position of the list as it then is, take @removed away and put
 * @added items of the new order there, from its @position on. */
typedef struct
{
  guint position;
  guint removed;
  guint added;
} CsMergeStep;

/* Makes @fresh (of CsRecord) hold the objects of @old wherever an id is the same, and answers the fewest
 * steps (of CsMergeStep, first to last) that lead there. */
GArray *cs_record_merge (GPtrArray *old, GPtrArray *fresh);

G_END_DECLS
