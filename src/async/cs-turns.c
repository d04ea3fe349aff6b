/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-turns.h"

#include "cs-future.h"

struct _CsTurns
{
  GQueue waiting; /* of DexPromise */
  gboolean is_taken;
};

struct _CsTurn
{
  CsTurns *turns;
};

/** cs_turns_new: Returns: (transfer full): a queue for one thread, whose first turn is free */
CsTurns *
cs_turns_new (void)
{
  CsTurns *turns = g_new0 (CsTurns, 1);

  g_queue_init (&turns->waiting);
  return turns;
}

/** cs_turns_free: frees a queue in which nobody is. */
void
cs_turns_free (CsTurns *turns)
{
  g_return_if_fail (turns != NULL);

  g_assert (!turns->is_taken && g_queue_is_empty (&turns->waiting));
  g_free (turns);
}

/* Who has stopped waiting holds the promise no more. Then the turn is freed with it, which ends it. */
static void
give (CsTurns *turns, DexPromise *promise)
{
  CsTurn *turn = g_new0 (CsTurn, 1);

  turn->turns = turns;
  turns->is_taken = TRUE;
  dex_promise_resolve_boxed (promise, CS_TYPE_BOX, cs_box_new (turn, (GDestroyNotify)cs_turn_end));
}

/** cs_turn_end: takes @turn (transfer full), and gives the next one to who has waited longest. */
void
cs_turn_end (CsTurn *turn)
{
  CsTurns *turns;
  g_autoptr (DexPromise) next = NULL;

  g_return_if_fail (turn != NULL);

  turns = turn->turns;
  g_free (turn);
  turns->is_taken = FALSE;
  next = g_queue_pop_head (&turns->waiting);
  if (next != NULL)
    give (turns, next);
}

/**
 * cs_turns_wait:
 * @turns: the queue; it must live for as long as anybody is in it
 *
 * Returns: (transfer full): of a #CsTurn as a record, once all who asked before have ended theirs; dropping
 * it leaves the queue
 */
DexFuture *
cs_turns_wait (CsTurns *turns)
{
  DexPromise *promise;

  g_return_val_if_fail (turns != NULL, NULL);

  promise = dex_promise_new ();
  if (turns->is_taken)
    g_queue_push_tail (&turns->waiting, dex_ref (promise));
  else
    give (turns, promise);
  return DEX_FUTURE (promise);
}
