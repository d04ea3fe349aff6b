/* SPDX-License-Identifier: GPL-3.0-or-later */
/* P10, P12: a list that a view is told of a few rows at a time; whoever listens knows the same rows as it
 * has. */
#include "cs-growing-list.h"

#define ROUNDS 2000
#define FEW 18

typedef struct
{
  GListStore *store;
  CsGrowingList *list;
  GPtrArray *seen; /* as a listener knows it from "items-changed" alone */
  guint added;     /* rows that the listener was told of as new */
} World;

static void
items_changed_cb (World *world, guint position, guint removed, guint added)
{
  g_assert_cmpuint (position + removed, <=, world->seen->len);
  if (removed > 0)
    g_ptr_array_remove_range (world->seen, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (world->seen, (int)(position + i),
                        g_list_model_get_item (G_LIST_MODEL (world->list), position + i));
  world->added += added;
}

static void
assert_same (World *world)
{
  g_assert_cmpuint (world->seen->len, ==, g_list_model_get_n_items (G_LIST_MODEL (world->list)));
  g_assert_cmpuint (world->seen->len, <=, g_list_model_get_n_items (G_LIST_MODEL (world->store)));
  for (guint i = 0; i < world->seen->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (world->store), i);

      g_assert_true (item == world->seen->pdata[i]);
    }
}

static void
splice (World *world, guint position, guint removed, guint added)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++)
    g_ptr_array_add (items, g_object_new (G_TYPE_OBJECT, NULL));
  world->added = 0;
  g_list_store_splice (world->store, position, removed, items->pdata, added);
}

/* As a review changes: at its end alone. */
static void
set_n (World *world, guint n)
{
  guint before = g_list_model_get_n_items (G_LIST_MODEL (world->store));

  splice (world, MIN (before, n), before - MIN (before, n), n - MIN (before, n));
  assert_same (world);
}

static World *
world_new (void)
{
  World *world = g_new0 (World, 1);

  world->store = g_list_store_new (G_TYPE_OBJECT);
  world->list = cs_growing_list_new (G_LIST_MODEL (world->store));
  world->seen = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_swapped (world->list, "items-changed", G_CALLBACK (items_changed_cb), world);
  return world;
}

static void
world_free (World *world)
{
  g_ptr_array_unref (world->seen);
  g_assert_finalize_object (world->list);
  g_assert_finalize_object (world->store);
  g_free (world);
}

static void
test_begins_with_a_screen (void)
{
  World *world = world_new ();
  guint frames = 0;

  set_n (world, 1000);
  g_assert_cmpuint (world->seen->len, ==, CS_GROWING_LIST_FIRST);
  while (cs_growing_list_grow (world->list))
    {
      assert_same (world);
      g_assert_cmpuint (world->seen->len, ==, CS_GROWING_LIST_FIRST + ++frames * CS_GROWING_LIST_STEP);
    }
  /* GTK keeps no more widgets than that: the last step may be a large one. */
  g_assert_cmpuint (CS_GROWING_LIST_FIRST + (frames + 1) * CS_GROWING_LIST_STEP, >=, CS_GROWING_LIST_WIDGETS);
  assert_same (world);
  g_assert_cmpuint (world->seen->len, ==, 1000);
  world_free (world);
}

static void
test_grows_from_a_short_view (void)
{
  World *world = world_new ();

  set_n (world, 20);
  g_assert_cmpuint (world->seen->len, ==, 20);
  set_n (world, 5000);
  g_assert_cmpuint (world->added, ==, CS_GROWING_LIST_STEP);
  cs_growing_list_finish (world->list);
  assert_same (world);
  g_assert_cmpuint (world->seen->len, ==, 5000);
  /* From one long view to another nothing is held back. */
  set_n (world, 300);
  set_n (world, 4000);
  g_assert_cmpuint (world->seen->len, ==, 4000);
  set_n (world, 7);
  set_n (world, 4000);
  g_assert_cmpuint (world->seen->len, ==, 7 + CS_GROWING_LIST_STEP);
  cs_growing_list_start_over (world->list, CS_GROWING_LIST_FIRST);
  assert_same (world);
  world_free (world);
}

static void
test_screens_differ (void)
{
  World *world = world_new ();

  cs_growing_list_start_over (world->list, FEW);
  set_n (world, 1000);
  g_assert_cmpuint (world->seen->len, ==, FEW);
  cs_growing_list_finish (world->list);
  cs_growing_list_start_over (world->list, CS_GROWING_LIST_FIRST);
  g_assert_cmpuint (world->seen->len, ==, CS_GROWING_LIST_FIRST);
  assert_same (world);
  world_free (world);
}

static void
test_tells_what_changed (void)
{
  World *world = world_new ();
  g_autoptr (GRand) chance = g_rand_new_with_seed (20261120);

  for (guint round = 0; round < ROUNDS; round++)
    {
      guint n = g_list_model_get_n_items (G_LIST_MODEL (world->store));
      guint position = (guint)g_rand_int_range (chance, 0, (gint32)n + 1);

      switch (g_rand_int_range (chance, 0, 6))
        {
        case 0:
          set_n (world, (guint)g_rand_int_range (chance, 0, 400));
          break;
        case 1: /* in its midst, which no review does */
          splice (world, position, (guint)g_rand_int_range (chance, 0, (gint32)(n - position) + 1),
                  (guint)g_rand_int_range (chance, 0, 40));
          break;
        case 2:
          cs_growing_list_finish (world->list);
          break;
        case 3:
          cs_growing_list_start_over (world->list, (guint)g_rand_int_range (chance, 1, 40));
          break;
        default:
          cs_growing_list_grow (world->list);
          break;
        }
      assert_same (world);
    }
  while (cs_growing_list_grow (world->list))
    ;
  g_assert_cmpuint (world->seen->len, ==, g_list_model_get_n_items (G_LIST_MODEL (world->store)));
  world_free (world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/growing-list/begins-with-a-screen", test_begins_with_a_screen);
  g_test_add_func ("/growing-list/grows-from-a-short-view", test_grows_from_a_short_view);
  g_test_add_func ("/growing-list/screens-differ", test_screens_differ);
  g_test_add_func ("/growing-list/tells-what-changed", test_tells_what_changed);
  return g_test_run ();
}
