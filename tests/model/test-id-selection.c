/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The selected row is a record, whatever its position does. Needs GTK's types, but no display. */
#include "cs-client-item.h"
#include "cs-id-selection.h"
#include "cs-record-list.h"

static CsRecord *
make_item (char letter)
{
  CsClient *client = cs_client_new ();

  client->id = cs_uuid_from_name ("test", &letter, 1);
  g_free (client->name);
  client->name = g_strdup_printf ("%c", letter);
  return cs_client_item_new (client);
}

static void
take (CsRecordList *list, const char *word)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (const char *letter = word; *letter != '\0'; letter++)
    g_ptr_array_add (items, make_item (*letter));
  cs_record_list_take (list, items);
}

static void
assert_selected (CsIdSelection *selection, guint position, const char *name)
{
  CsClientItem *item = cs_id_selection_get_item (selection);
  guint n_selected = 0;

  g_assert_cmpuint (cs_id_selection_get_position (selection), ==, position);
  g_assert_cmpstr (item != NULL ? cs_client_item_get (item)->name : NULL, ==, name);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (selection)); i++)
    n_selected += gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), i);
  g_assert_cmpuint (n_selected, ==, name != NULL ? 1 : 0);
}

static void
count_cb (CsIdSelection *selection, GParamSpec *spec, gpointer count)
{
  ++*(guint *)count;
}

static void
test_follows_the_record (void)
{
  CsRecordList *list = cs_record_list_new (NULL, NULL);
  g_autoptr (CsIdSelection) selection = cs_id_selection_new (G_LIST_MODEL (list));
  g_autofree char *id = NULL;
  guint n_notified = 0;

  take (list, "abcd");
  assert_selected (selection, GTK_INVALID_LIST_POSITION, NULL);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 2, TRUE);
  assert_selected (selection, 2, "c");
  g_signal_connect (selection, "notify::selected-id", G_CALLBACK (count_cb), &n_notified);

  take (list, "xyabcd"); /* newer ones above */
  assert_selected (selection, 4, "c");
  take (list, "cxyabd"); /* another order */
  assert_selected (selection, 0, "c");
  take (list, "abd"); /* gone, or filtered away: nothing else is selected */
  assert_selected (selection, GTK_INVALID_LIST_POSITION, NULL);
  take (list, "abdc"); /* and back */
  assert_selected (selection, 3, "c");
  take (list, "");
  take (list, "dcba");
  assert_selected (selection, 1, "c");
  g_assert_cmpuint (n_notified, ==, 0); /* it was the same record all the time */

  id = g_strdup (cs_id_selection_get_id (selection));
  cs_id_selection_set_id (selection, NULL);
  assert_selected (selection, GTK_INVALID_LIST_POSITION, NULL);
  cs_id_selection_set_id (selection, id);
  assert_selected (selection, 1, "c");
  g_assert_cmpuint (n_notified, ==, 2);
}

/* A link may lead to a record that the list has not read yet. */
static void
test_before_it_is_there (void)
{
  CsRecordList *list = cs_record_list_new (NULL, NULL);
  g_autoptr (CsIdSelection) selection = cs_id_selection_new (G_LIST_MODEL (list));
  g_autoptr (CsRecord) wanted = make_item ('b');

  cs_id_selection_set_id (selection, cs_record_get_id (wanted));
  assert_selected (selection, GTK_INVALID_LIST_POSITION, NULL);
  take (list, "abc");
  assert_selected (selection, 1, "b");
}

static void
test_moves (void)
{
  CsRecordList *list = cs_record_list_new (NULL, NULL);
  g_autoptr (CsIdSelection) selection = cs_id_selection_new (G_LIST_MODEL (list));

  g_assert_false (cs_id_selection_move (selection, 1));
  take (list, "abc");
  g_assert_true (cs_id_selection_move (selection, -1)); /* the first, when none was */
  assert_selected (selection, 0, "a");
  g_assert_false (cs_id_selection_move (selection, -1));
  g_assert_true (cs_id_selection_move (selection, 1));
  g_assert_true (cs_id_selection_move (selection, 1));
  assert_selected (selection, 2, "c");
  g_assert_false (cs_id_selection_move (selection, 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/id-selection/follows-the-record", test_follows_the_record);
  g_test_add_func ("/ui/id-selection/before-it-is-there", test_before_it_is_there);
  g_test_add_func ("/ui/id-selection/moves", test_moves);
  return g_test_run ();
}
