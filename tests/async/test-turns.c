/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One at a time, in order; who stops waiting is passed over, and never keeps the others waiting. */
#include "cs-future.h"
#include "cs-turns.h"

#include <gio/gio.h>

#define VISITORS 200u

typedef struct
{
  CsTurns *turns;
  guint inside;
  GArray *order; /* of guint */
} Room;

typedef struct
{
  Room *room;
  guint number;
} Visit;

static DexFuture *
visit_fiber (gpointer data)
{
  const Visit *visit = data;
  Room *room = visit->room;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsTurn) turn = cs_await_record (cs_turns_wait (room->turns), &error);

  if (turn == NULL)
    return cs_future_new_take_error (g_steal_pointer (&error));
  g_assert_cmpuint (room->inside, ==, 0);
  room->inside++;
  g_array_append_val (room->order, visit->number);
  /* the others get every chance to come in */
  for (guint i = 0; i < 3; i++)
    cs_await (dex_future_first (dex_timeout_new_msec (0), NULL), NULL);
  g_assert_cmpuint (room->inside, ==, 1);
  room->inside--;
  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
visit (Room *room, guint number)
{
  Visit *data = g_new0 (Visit, 1);

  data->room = room;
  data->number = number;
  return cs_spawn (visit_fiber, data, g_free);
}

static void
settle (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (dex_future_is_resolved (future));
}

static void
test_in_order (void)
{
  Room room = { .turns = cs_turns_new (), .order = g_array_new (FALSE, FALSE, sizeof (guint)) };
  DexFuture *futures[VISITORS];

  for (guint i = 0; i < VISITORS; i++)
    futures[i] = visit (&room, i);
  for (guint i = 0; i < VISITORS; i++)
    settle (futures[i]);
  g_assert_cmpuint (room.order->len, ==, VISITORS);
  for (guint i = 0; i < VISITORS; i++)
    {
      g_assert_cmpuint (g_array_index (room.order, guint, i), ==, i);
      dex_unref (futures[i]);
    }
  g_array_unref (room.order);
  cs_turns_free (room.turns);
}

/* Every third leaves while waiting, a few of them as their turn comes. */
static void
test_who_leaves (void)
{
  Room room = { .turns = cs_turns_new (), .order = g_array_new (FALSE, FALSE, sizeof (guint)) };
  DexFuture *futures[VISITORS];
  g_autoptr (DexFuture) last = NULL;
  guint before = 0;

  for (guint i = 0; i < VISITORS; i++)
    futures[i] = visit (&room, i);
  for (guint i = 0; i < VISITORS; i++)
    if (i % 3 == 2)
      {
        if (i % 2 == 0)
          settle (futures[i - 1]);
        dex_clear (&futures[i]);
      }
  for (guint i = 0; i < VISITORS; i++)
    if (futures[i] != NULL)
      {
        settle (futures[i]);
        dex_unref (futures[i]);
      }
  for (guint i = 0; i < room.order->len; i++)
    {
      guint number = g_array_index (room.order, guint, i);

      g_assert_true (i == 0 || number > before);
      before = number;
    }
  g_assert_cmpuint (room.order->len, >=, VISITORS * 2 / 3);
  /* the last turn was ended, too */
  last = visit (&room, VISITORS);
  settle (last);
  g_array_unref (room.order);
  cs_turns_free (room.turns);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turns/in-order", test_in_order);
  g_test_add_func ("/turns/who-leaves", test_who_leaves);
  return g_test_run ();
}
