/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* One at a time, in the order in which they asked: for what must not be done twice at once on one thread. */
typedef struct _CsTurns CsTurns;
CsTurns *cs_turns_new (void);
void cs_turns_free (CsTurns *turns); /* nobody may have or await a turn any more */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsTurns, cs_turns_free)

typedef struct _CsTurn CsTurn;
void cs_turn_end (CsTurn *turn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsTurn, cs_turn_end)

DexFuture *cs_turns_wait (CsTurns *turns) G_GNUC_WARN_UNUSED_RESULT; /* a CsTurn as a record */

G_END_DECLS
