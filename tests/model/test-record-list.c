/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list that is read again keeps its objects, tells the fewest changes, and is whole at each of them. */
#include "cs-client-item.h"
#include "cs-record-list.h"

#include <string.h>

#define ROUNDS 400
#define ITEMS_MAX 24

/* A client whose id is made from @letter, so that a list reads as a word. */
static CsRecord *
make_item (char letter, gint64 revision)
{
  CsClient *client = cs_client_new ();

  client->id = cs_uuid_from_name ("test", &letter, 1);
  g_free (client->name);
  client->name = g_strdup_printf ("%c", letter);
  client->revision = revision;
  return cs_client_item_new (client);
}

static GPtrArray *
make_items (const char *word, gint64 revision)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (const char *letter = word; *letter != '\0'; letter++)
    g_ptr_array_add (items, make_item (*letter, revision));
  return items;
}

static char *
spell (GListModel *model)
{
  GString *word = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (CsClientItem) item = g_list_model_get_item (model, i);

      g_string_append (word, cs_client_item_get (item)->name);
    }
  return g_string_free_and_steal (word);
}

/* A view that only knows what it is told. */
typedef struct
{
  GString *word;
  guint n_signals;
  guint n_touched;
} View;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  View *view = data;
  g_autofree char *whole = NULL;

  g_string_erase (view->word, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (CsClientItem) item = g_list_model_get_item (model, i);

      g_string_insert (view->word, i, cs_client_item_get (item)->name);
    }
  view->n_signals++;
  view->n_touched += removed + added;
  /* It must agree with the list in the middle of a change, too. */
  whole = spell (model);
  g_assert_cmpstr (view->word->str, ==, whole);
}

static void
change (const char *before, const char *after, guint n_signals, guint n_touched)
{
  g_autoptr (CsRecordList) list = cs_record_list_new (NULL, NULL);
  View view = { g_string_new (NULL), 0, 0 };

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &view);
  cs_record_list_take (list, make_items (before, 1));
  view.n_signals = view.n_touched = 0;
  cs_record_list_take (list, make_items (after, 1));
  g_assert_cmpstr (view.word->str, ==, after);
  g_assert_cmpuint (view.n_signals, ==, n_signals);
  g_assert_cmpuint (view.n_touched, ==, n_touched);
  g_string_free (view.word, TRUE);
}

static void
test_few_changes (void)
{
  change ("", "abc", 1, 3);
  change ("abc", "abc", 0, 0);
  change ("abc", "", 1, 3);
  change ("abc", "xabc", 1, 1);
  change ("abcdef", "abdef", 1, 1);
  change ("abcdef", "abxdef", 1, 2);
  change ("abcdef", "xabcdefy", 2, 2);
  change ("abcdef", "bcdefa", 2, 2); /* one moved to the end: taken away, put back */
  change ("abcdef", "acbdef", 2, 2);
  change ("abc", "xyz", 1, 6);
}

static void
changed_cb (CsRecord *record, gpointer count)
{
  ++*(guint *)count;
}

static void
test_identity (void)
{
  g_autoptr (CsRecordList) list = cs_record_list_new (NULL, NULL);
  g_autoptr (GObject) before = NULL;
  g_autoptr (GObject) after = NULL;
  View view = { g_string_new (NULL), 0, 0 };
  guint n_changed = 0;

  cs_record_list_take (list, make_items ("abc", 1));
  before = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_signal_connect (before, "changed", G_CALLBACK (changed_cb), &n_changed);
  g_string_append (view.word, "abc");
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &view);

  cs_record_list_take (list, make_items ("abc", 1));
  g_assert_cmpuint (n_changed, ==, 0);
  cs_record_list_take (list, make_items ("abc", 2)); /* new content, same row */
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (view.n_signals, ==, 0);
  g_assert_cmpint (cs_client_item_get (CS_CLIENT_ITEM (before))->revision, ==, 2);

  cs_record_list_take (list, make_items ("xcb", 2)); /* even where it moved */
  after = g_list_model_get_item (G_LIST_MODEL (list), 2);
  g_assert_true (before == after);
  g_assert_true (cs_record_list_find (list, cs_record_get_id (CS_RECORD (after))) == after);
  g_string_free (view.word, TRUE);
}

static char *
draw_word (GRand *random)
{
  char letters[] = "abcdefghijklmnopqrstuvwx";
  guint n = (guint)g_rand_int_range (random, 0, ITEMS_MAX + 1);

  for (guint i = 0; i < ITEMS_MAX; i++)
    {
      guint other = (guint)g_rand_int_range (random, 0, ITEMS_MAX);
      char kept = letters[i];

      /* Mostly in order, as lists are. */
      if (g_rand_int_range (random, 0, 4) > 0)
        continue;
      letters[i] = letters[other];
      letters[other] = kept;
    }
  return g_strndup (letters, n);
}

static void
test_random_changes (void)
{
  g_autoptr (CsRecordList) list = cs_record_list_new (NULL, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  View view = { g_string_new (NULL), 0, 0 };

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &view);
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autofree char *word = draw_word (random);

      cs_record_list_take (list, make_items (word, round));
      g_assert_cmpstr (view.word->str, ==, word);
    }
  g_string_free (view.word, TRUE);
}

static GPtrArray *
make_numbered (guint n, guint step)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i += step)
    {
      CsClient *client = cs_client_new ();

      client->id = cs_uuid_from_name ("test", &i, sizeof i);
      g_ptr_array_add (items, cs_client_item_new (client));
    }
  return items;
}

static void
count_cb (GListModel *model, guint position, guint removed, guint added, gpointer count)
{
  ++*(guint *)count;
}

/* Hundreds of scattered changes are told as one: a view lays itself out for each. */
static void
test_many_changes (void)
{
  g_autoptr (CsRecordList) list = cs_record_list_new (NULL, NULL);
  guint n_signals = 0;

  cs_record_list_take (list, make_numbered (2000, 1));
  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &n_signals);
  cs_record_list_take (list, make_numbered (2000, 3));
  g_assert_cmpuint (n_signals, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 667);
  cs_record_list_take (list, make_numbered (2000, 1));
  g_assert_cmpuint (n_signals, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/record-list/few-changes", test_few_changes);
  g_test_add_func ("/model/record-list/identity", test_identity);
  g_test_add_func ("/model/record-list/random-changes", test_random_changes);
  g_test_add_func ("/model/record-list/many-changes", test_many_changes);
  return g_test_run ();
}
