/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which client of the practice manager does a person mean? By name, unique id, number or pasted address, over
 * real sockets to the sandbox. */
#include "wrong-turns.h"

#include "cs-work-links.h"
#include "cs-xpm.h"

static gboolean
is_settled (gpointer future)
{
  return !dex_future_is_pending (future);
}

static GPtrArray *
search_near (Turn *turn, const char *text, const char *near_name)
{
  DexFuture *future = cs_work_search (turn_get_work (turn), text, near_name);
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  g_assert_true (test_wait_until (is_settled, future));
  found = g_value_dup_boxed (dex_future_get_value (future, &error));
  g_assert_no_error (error);
  dex_unref (future);
  return found;
}

static GPtrArray *
search (Turn *turn, const char *text)
{
  return search_near (turn, text, NULL);
}

/* @found: taken. @remote_id: (nullable): whom alone; NULL: nobody */
static void
assert_found (GPtrArray *found, const char *remote_id)
{
  g_assert_cmpuint (found->len, ==, remote_id != NULL ? 1 : 0);
  if (remote_id != NULL)
    g_assert_cmpstr (((const CsWorkClient *)g_ptr_array_index (found, 0))->remote_id, ==, remote_id);
  g_ptr_array_unref (found);
}

static char *
enter (Turn *turn, const char *name)
{
  g_autofree char *body = g_strdup_printf ("{\"Name\":\"%s\"}", name);

  return sandbox_fixture_enter (turn->fixture, "/sandbox/practice/clients", body);
}

/* by a part of the name, two namesakes; by unique id; linked anew, and back. */
static void
test_remap (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *former = NULL;
  g_autofree char *link = NULL;
  g_autofree char *address = NULL;
  g_autoptr (CsClient) client = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (CsWorkView) view = NULL;
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  second = enter (turn, "Ngaio Ltd");
  client = turn_pick_from_work (turn, "{\"Name\":\"Ngaio Ltd\"}", &first);
  found = search (turn, "ngaio");
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  assert_found (search (turn, second), second);

  former = test_await_record (cs_work_link_client (turn_get_work (turn), &client->id, second), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (former, ==, first);
  view = test_await_record (cs_work_read_view (turn_get_work (turn), &client->id), &error);
  g_assert_cmpstr (view->remote_id, ==, second);
  g_assert_cmpstr (view->client->web_id, !=, "");
  link = cs_work_get_client_link (turn_get_work (turn), view->client->web_id);
  g_assert_nonnull (strstr (link, view->client->web_id));
  address = cs_xpm_client_link (view->client->web_id);
  assert_found (search (turn, address), second);
  g_clear_pointer (&view, cs_work_view_free);
  g_free (test_await_record (cs_work_link_client (turn_get_work (turn), &client->id, first), &error));
  view = test_await_record (cs_work_read_view (turn_get_work (turn), &client->id), &error);
  g_assert_cmpstr (view->remote_id, ==, first);
}

static char *
find_number (Turn *turn, const char *remote_id)
{
  g_autofree char *path = g_strdup_printf ("/sandbox/practice/clients/%s", remote_id);

  return g_strdup_printf ("%" G_GINT64_FORMAT,
                          sandbox_fixture_read_integer (turn->fixture, path, "web_number"));
}

/* the address of a client that was never linked nor read alone is found among those that are called
 * about the same, namesakes too, and is known from then on; one that nobody has finds nobody. */
static void
test_pasted_address (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *number = NULL;
  g_autofree char *address = NULL;

  turn_connect (turn, 0);
  first = enter (turn, "Ngaio Ltd");
  second = enter (turn, "Ngaio Ltd");
  turn_pull_work (turn);
  number = find_number (turn, second);
  address = g_strdup_printf ("https://practicemanager.xero.com/Client/%s/Detail", number);
  assert_found (search (turn, address), NULL);
  assert_found (search_near (turn, address, "The Ngaio Trust"), second);
  assert_found (search (turn, number), second);
  assert_found (search_near (turn, "999999999", "Ngaio Ltd"), NULL);
}

/* a unique id, alone or in an address, is exact whatever the client is called, and before it was ever
 * read; where there can't be asked that is said, and nobody is taken for gone. */
static void
test_pasted_id (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autofree char *id = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *shouted = NULL;
  g_autofree char *address = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  id = enter (turn, "Zig Zag Ltd");
  gone = enter (turn, "Ngaio Ltd");
  shouted = g_ascii_strup (id, -1);
  address = g_strdup_printf ("https://practicemanager.xero.com/Client/%s/Detail", shouted);
  path = g_strdup_printf ("/sandbox/practice/clients/%s/delete", gone);
  sandbox_fixture_post (turn->fixture, path, "{}");
  sandbox_fixture_fault (turn->fixture, "GET", "/practicemanager/3.1/client.api/get", "lost-scope", 1, 0);
  g_assert_false (test_await (cs_work_search (turn_get_work (turn), id, "Ngaio Ltd"), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_FORBIDDEN);
  sandbox_fixture_forgive (turn->fixture);
  assert_found (search_near (turn, address, "Ngaio Ltd"), id);
  assert_found (search_near (turn, shouted, "Ngaio Ltd"), id);
  assert_found (search_near (turn, gone, "Ngaio Ltd"), NULL);
}

typedef struct
{
  guint n_told;
  guint n_all;
} Looked;

static void
on_looked (guint n_looked, guint n_all, gpointer object)
{
  Looked *looked = g_object_get_data (object, "looked");

  g_assert_cmpuint (n_looked, ==, looked->n_told++);
  looked->n_all = n_all;
}

static GPtrArray *
look_through (Turn *turn, const char *number, Looked *looked)
{
  g_autoptr (GObject) object = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  *looked = (Looked){ 0 };
  g_object_set_data (object, "looked", looked);
  future = cs_work_look_through (turn_get_work (turn), number, on_looked, object);
  g_assert_true (test_wait_until (is_settled, future));
  found = g_value_dup_boxed (dex_future_get_value (future, &error));
  g_assert_no_error (error);
  return found;
}

/* the number of a client that is called otherwise is found by looking through all there, once somebody
 * says so; who was looked at is known from then on and is not asked for again. */
static void
test_number_of_anybody (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autofree char *id = NULL;
  g_autofree char *number = NULL;
  Looked looked;
  guint n_all;

  turn_connect (turn, 0);
  id = enter (turn, "Zig Zag Ltd");
  turn_pull_work (turn);
  number = find_number (turn, id);
  assert_found (search_near (turn, number, "Ngaio Ltd"), NULL);
  assert_found (look_through (turn, number, &looked), id);
  n_all = looked.n_all;
  g_assert_cmpuint (looked.n_told, >, 0);
  assert_found (search_near (turn, number, "Ngaio Ltd"), id);
  assert_found (look_through (turn, "999999999", &looked), NULL);
  g_assert_cmpuint (looked.n_told, <, n_all);
  assert_found (look_through (turn, "999999999", &looked), NULL);
  g_assert_cmpuint (looked.n_told, ==, 0);
}

/* where Practice Manager's own search knows numbers, that is one call. */
static void
test_number_by_search (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autofree char *id = NULL;
  g_autofree char *number = NULL;

  turn_connect (turn, 0);
  sandbox_fixture_post (turn->fixture, "/sandbox/assumptions", "{\"search-finds-numbers\":true}");
  id = enter (turn, "Zig Zag Ltd");
  number = find_number (turn, id);
  assert_found (search_near (turn, number, "Ngaio Ltd"), id);
}

/* of the namesakes that a search finds the numbers are read, so that they can be held against the
 * address; of many none is. */
static void
test_numbers (void)
{
  g_autoptr (Turn) turn = turn_new_for_work ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree guint *n = NULL;
  g_autofree guint *n_more = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  turn_connect (turn, 0);
  first = enter (turn, "Ngaio Ltd");
  second = enter (turn, "Ngaio Ltd");
  turn_pull_work (turn);
  found = search (turn, "ngaio");
  n = test_await_record (cs_work_learn_numbers (turn_get_work (turn), found), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (*n, ==, 2);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search (turn, "ngaio");
  for (guint i = 0; i < found->len; i++)
    {
      const CsWorkClient *client = g_ptr_array_index (found, i);
      g_autofree char *number = find_number (turn, client->remote_id);

      g_assert_cmpstr (client->web_id, ==, number);
    }
  all = turn_list_work (turn);
  n_more = test_await_record (cs_work_learn_numbers (turn_get_work (turn), all), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (*n_more, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/work-search/X-15-remap", test_remap);
  g_test_add_func ("/work-search/X-17-pasted-address", test_pasted_address);
  g_test_add_func ("/work-search/X-17-pasted-id", test_pasted_id);
  g_test_add_func ("/work-search/X-17-number-of-anybody", test_number_of_anybody);
  g_test_add_func ("/work-search/X-17-number-by-search", test_number_by_search);
  g_test_add_func ("/work-search/X-16-numbers", test_numbers);
  return g_test_run ();
}
