/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-clients.h"
#include "cs-store-sets.h"
#include "store-fixture.h"

static CsClientSet *
save_group (Practice *practice, const char *name, const CsClient *first, const CsClient *second)
{
  CsClientSet *group = cs_client_set_new (CS_CLIENT_SET_GROUP);
  g_autoptr (GError) error = NULL;

  g_set_str (&group->name, name);
  cs_client_set_put (group, &first->id, TRUE);
  cs_client_set_put (group, &second->id, TRUE);
  cs_client_set_put (group, &second->id, TRUE); /* nothing happens */
  cs_store_save_client_set (practice->store, group, &error);
  g_assert_no_error (error);
  return group;
}

static GPtrArray *
list (Practice *practice, CsClientSetKind kind)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *sets = cs_store_list_client_sets (practice->store, kind, &error);

  g_assert_no_error (error);
  return sets;
}

/* The only person, who has that many clients. */
static void
assert_person (Practice *practice, const char *name, guint n_clients)
{
  g_autoptr (GPtrArray) people = list (practice, CS_CLIENT_SET_PERSON);

  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpstr (((CsClientSet *)people->pdata[0])->name, ==, name);
  g_assert_cmpuint (((CsClientSet *)people->pdata[0])->client_ids->len, ==, n_clients);
}

/* K-12: a client is in any number of groups, and a group has any number of clients. */
static void
test_groups (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) kea = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsClient) tui = practice_add_client (practice, "Tui", "tui@example.com");
  g_autoptr (CsClientSet) birds = save_group (practice, "  Birds ", kea, tui);
  g_autoptr (CsClientSet) alps = save_group (practice, "alps", kea, kea);
  g_autoptr (GPtrArray) groups = list (practice, CS_CLIENT_SET_GROUP);
  g_autoptr (GPtrArray) people = list (practice, CS_CLIENT_SET_PERSON);
  g_autoptr (GPtrArray) of_kea = cs_store_list_sets_of_client (practice->store, &kea->id, NULL);
  g_autoptr (GPtrArray) of_birds = cs_store_list_clients_of_set (practice->store, &birds->id, NULL);

  g_assert_cmpuint (groups->len, ==, 2);
  g_assert_cmpstr (((CsClientSet *)groups->pdata[0])->name, ==, "alps");
  g_assert_cmpstr (((CsClientSet *)groups->pdata[1])->name, ==, "Birds");
  g_assert_cmpuint (((CsClientSet *)groups->pdata[1])->client_ids->len, ==, 2);
  g_assert_cmpuint (alps->client_ids->len, ==, 1);
  g_assert_cmpuint (people->len, ==, 0);
  g_assert_cmpuint (of_kea->len, ==, 2);
  g_assert_cmpuint (of_birds->len, ==, 2);
  practice_assert_sound (practice);
}

static void
test_save_again (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) kea = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsClient) tui = practice_add_client (practice, "Tui", "tui@example.com");
  g_autoptr (CsClientSet) birds = save_group (practice, "Birds", kea, tui);
  g_autoptr (CsClientSet) before = cs_client_set_copy (birds);
  g_autoptr (CsClientSet) after = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&birds->name, "Alpine birds");
  cs_client_set_put (birds, &tui->id, FALSE);
  g_assert_true (cs_store_save_client_set (practice->store, birds, &error));
  after = cs_store_get_client_set (practice->store, &birds->id, &error);
  g_assert_cmpstr (after->name, ==, "Alpine birds");
  g_assert_cmpuint (after->client_ids->len, ==, 1);
  g_assert_true (cs_client_set_has (after, &kea->id));
  g_assert_cmpint (after->revision, ==, 2);
  g_assert_false (cs_store_save_client_set (practice->store, before, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
}

static void
test_refused (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) kea = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsClientSet) birds = save_group (practice, "Birds", kea, kea);
  g_autoptr (CsClientSet) other = cs_client_set_new (CS_CLIENT_SET_GROUP);
  g_autoptr (CsClientSet) person = cs_client_set_new (CS_CLIENT_SET_PERSON);
  g_autofree char *too_long = g_strnfill (256, 'x');
  g_autoptr (GError) error = NULL;

  g_set_str (&other->name, "  ");
  g_assert_false (cs_store_save_client_set (practice->store, other, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_set_str (&other->name, too_long);
  g_assert_false (cs_store_save_client_set (practice->store, other, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_set_str (&other->name, "BIRDS");
  g_assert_false (cs_store_save_client_set (practice->store, other, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_true (cs_uuid_is_none (&other->id));
  g_set_str (&person->name, "birds"); /* a person may be called as a group is */
  g_assert_true (cs_store_save_client_set (practice->store, person, &error));
  g_assert_null (cs_store_get_client_set (practice->store, &kea->id, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_assert_null (cs_store_list_clients_of_set (practice->store, &kea->id, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
}

/* Clients outlive their group; undo brings it back as it was. */
static void
test_delete (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) kea = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsClient) tui = practice_add_client (practice, "Tui", "tui@example.com");
  g_autoptr (CsClientSet) birds = save_group (practice, "Birds", kea, tui);
  g_autoptr (CsClientSet) back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_delete_client_set (practice->store, &birds->id, &error));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM client_set_member"), ==, 0);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM client"), ==, 2);
  g_assert_false (cs_store_delete_client_set (practice->store, &birds->id, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_assert_true (cs_store_save_client_set (practice->store, birds, &error));
  back = cs_store_get_client_set (practice->store, &birds->id, &error);
  g_assert_cmpstr (back->name, ==, "Birds");
  g_assert_cmpuint (back->client_ids->len, ==, 2);
  practice_assert_sound (practice);
}

/* K-12: whom clients name is a person; two that name the same, whatever the case, have the same. */
static void
test_contact_person (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) kea = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsClient) tui = practice_add_client (practice, "Tui", "tui@example.com");
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (CsClientSet) person = NULL;
  g_autoptr (CsClient) renamed = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&kea->contact_name, "Aroha Nguyen");
  g_assert_true (cs_store_save_client (practice->store, kea, &error));
  g_set_str (&tui->contact_name, "AROHA nguyen");
  g_assert_true (cs_store_save_client (practice->store, tui, &error));
  assert_person (practice, "Aroha Nguyen", 2);
  g_set_str (&tui->contact_name, "");
  g_assert_true (cs_store_save_client (practice->store, tui, &error));
  assert_person (practice, "Aroha Nguyen", 1);

  people = list (practice, CS_CLIENT_SET_PERSON);
  person = g_ptr_array_steal_index (people, 0);
  g_set_str (&person->name, "Aroha Mitchell");
  g_assert_true (cs_store_save_client_set (practice->store, person, &error));
  renamed = practice_get_client (practice, &kea->id);
  g_assert_cmpstr (renamed->contact_name, ==, "Aroha Mitchell");
  assert_person (practice, "Aroha Mitchell", 1);
  practice_assert_sound (practice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/sets/K-12/groups", test_groups);
  ADD_TEST ("/store/sets/save-again", test_save_again);
  ADD_TEST ("/store/sets/refused", test_refused);
  ADD_TEST ("/store/sets/delete-and-undo", test_delete);
  ADD_TEST ("/store/sets/K-12/contact-person", test_contact_person);
  return g_test_run ();
}
