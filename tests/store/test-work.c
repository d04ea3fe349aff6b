/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "cs-store-connections.h"
#include "cs-store-work.h"

#include <string.h>

static CsUuid
connect_manager (Practice *practice, const char *tenant_id)
{
  g_autoptr (CsConnection) connection = cs_connection_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&connection->system, CS_WORK_SYSTEM);
  g_set_str (&connection->tenant_id, tenant_id);
  practice_wait (practice, 1);
  cs_store_save_connection (practice->store, connection, &error);
  g_assert_no_error (error);
  return connection->id;
}

static CsWorkClient *
make_client (const char *remote_id, const char *name)
{
  CsWorkClient *client = cs_work_client_new ();

  g_set_str (&client->remote_id, remote_id);
  g_set_str (&client->fields->values[CS_WORK_FIELD_NAME], name);
  g_set_str (&client->fields->values[CS_WORK_FIELD_ADDRESS], "12 Totara St\nTe Aro");
  return client;
}

static void
write_clients (Practice *practice, const CsUuid *connection_id, CsWorkClient *first, CsWorkClient *second)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_client_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (clients, first);
  if (second != NULL)
    g_ptr_array_add (clients, second);
  g_assert_true (cs_store_write_work_clients (practice->store, connection_id, clients, 0, &error));
  g_assert_no_error (error);
}

/* A practice manager stands beside the ledger, and neither takes the other's place. */
static void
test_connections (Practice *practice, gconstpointer data)
{
  CsUuid ledger_id = practice_connect (practice, "tenant-1");
  CsUuid first_id = connect_manager (practice, "practice-1");
  CsUuid second_id = connect_manager (practice, "practice-2");
  g_autoptr (CsConnection) ledger = NULL;
  g_autoptr (CsConnection) manager = NULL;
  g_autoptr (GError) error = NULL;

  ledger = cs_store_get_connection (practice->store, &error);
  manager = cs_store_get_work_connection (practice->store, &error);
  g_assert_no_error (error);
  g_assert_true (cs_uuid_equal (&ledger->id, &ledger_id));
  g_assert_cmpint (ledger->state, ==, CS_CONNECTION_CONNECTED);
  g_assert_false (cs_uuid_equal (&first_id, &second_id));
  g_assert_true (cs_uuid_equal (&manager->id, &second_id));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM connection WHERE state = 'connected'"), ==,
                   2);
  practice_connect (practice, "tenant-2");
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM connection WHERE state = 'connected'"), ==,
                   2);
  practice_assert_sound (practice);
}

/* K-1, K-2 */
static void
test_settings (Practice *practice, gconstpointer data)
{
  CsWorkSettings settings;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_get_work_settings (practice->store, &settings, &error));
  g_assert_cmpint (settings.direction, ==, CS_WORK_SYNC_FROM);
  g_assert_cmpint (settings.import, ==, CS_WORK_IMPORT_PICK);
  settings = (CsWorkSettings){ CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_NAME, CS_WORK_IMPORT_ASK, TRUE };
  g_assert_true (cs_store_save_work_settings (practice->store, &settings, &error));
  settings = (CsWorkSettings){ 0 };
  practice_reopen (practice);
  g_assert_true (cs_store_get_work_settings (practice->store, &settings, &error));
  g_assert_no_error (error);
  g_assert_cmpint (settings.direction, ==, CS_WORK_SYNC_BOTH);
  g_assert_cmpint (settings.level, ==, CS_WORK_LEVEL_NAME);
  g_assert_cmpint (settings.import, ==, CS_WORK_IMPORT_ASK);
  g_assert_true (settings.allows_ledger_import);
  practice_assert_sound (practice);
}

/* X-08, K-3 */
static void
test_precedence (Practice *practice, gconstpointer data)
{
  CsUuid ledger_id = practice_connect (practice, "tenant-1");
  CsUuid manager_id = connect_manager (practice, "practice-1");
  CsWorkSettings settings = { CS_WORK_SYNC_FROM, CS_WORK_LEVEL_EVERYTHING, CS_WORK_IMPORT_PICK, TRUE };
  g_autoptr (GError) error = NULL;
  gboolean may = TRUE;

  g_assert_true (cs_store_may_import_from_ledger (practice->store, &may, &error));
  g_assert_false (may);
  g_assert_null (cs_store_import_contact (practice->store, &ledger_id, "contact-1", NULL, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_true (cs_store_save_work_settings (practice->store, &settings, &error));
  g_assert_true (cs_store_may_import_from_ledger (practice->store, &may, &error));
  g_assert_true (may);
  settings.allows_ledger_import = FALSE;
  g_assert_true (cs_store_save_work_settings (practice->store, &settings, &error));
  g_assert_true (
      cs_store_set_connection_state (practice->store, &manager_id, CS_CONNECTION_DISCONNECTED, &error));
  g_assert_true (cs_store_may_import_from_ledger (practice->store, &may, &error));
  g_assert_true (may);
}

/* K-2, X-16, X-17: what can be picked, namesakes by their ids, found by the number in an address. */
static void
test_clients (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice, "practice-1");
  CsWorkClient *archived = make_client ("u3", "Archived");
  CsWorkClient *known = make_client ("u1", "kauri");
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (CsWorkClient) one = NULL;
  g_autoptr (CsWorkClient) found = NULL;
  g_autoptr (GError) error = NULL;

  archived->is_archived = TRUE;
  g_set_str (&known->web_id, "900123");
  known->is_prospect = CS_TRISTATE_YES;
  write_clients (practice, &id, archived, known);
  write_clients (practice, &id, make_client ("u2", "Kauri"), make_client ("u1", "Kauri"));
  first = cs_store_list_work_clients (practice->store, &id, NULL, NULL, 1, &error);
  rest = cs_store_list_work_clients (practice->store, &id, "Kauri", "u1", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_cmpstr (((CsWorkClient *)g_ptr_array_index (first, 0))->remote_id, ==, "u1");
  g_assert_cmpstr (((CsWorkClient *)g_ptr_array_index (rest, 0))->remote_id, ==, "u2");
  one = cs_store_get_work_client (practice->store, &id, "u1", &error);
  found = cs_store_find_work_client (practice->store, &id, "900123", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cs_work_client_get (one, CS_WORK_FIELD_ADDRESS), ==, "12 Totara St\nTe Aro");
  g_assert_null (one->fields->values[CS_WORK_FIELD_CITY]);
  g_assert_cmpint (one->is_prospect, ==, CS_TRISTATE_UNKNOWN);
  g_assert_cmpstr (found->remote_id, ==, "u1");
  g_assert_null (cs_store_get_work_client (practice->store, &id, "u9", &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_assert_null (cs_store_find_work_client (practice->store, &id, "", &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  practice_assert_sound (practice);
}

static void
test_lists (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice, "practice-1");
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_entry_free);
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  gboolean may_not_list = TRUE;

  for (int i = 0; i < 2; i++)
    {
      CsWorkEntry *entry = cs_work_entry_new ();

      g_set_str (&entry->remote_id, i == 0 ? "t2" : "t1");
      g_set_str (&entry->name, "Sam Lee");
      g_ptr_array_add (entries, entry);
    }
  g_assert_true (cs_store_write_work_list (practice->store, &id, "staff", entries, &error));
  known = cs_store_list_work_entries (practice->store, &id, "staff", &may_not_list, &error);
  g_assert_no_error (error);
  g_assert_false (may_not_list);
  g_assert_cmpuint (known->len, ==, 2);
  g_assert_cmpstr (((CsWorkEntry *)g_ptr_array_index (known, 0))->remote_id, ==, "t2");
  g_assert_true (cs_store_write_work_list (practice->store, &id, "staff", NULL, &error));
  none = cs_store_list_work_entries (practice->store, &id, "staff", &may_not_list, &error);
  g_assert_no_error (error);
  g_assert_true (may_not_list);
  g_assert_cmpuint (none->len, ==, 0);
  practice_assert_sound (practice);
}

static void
link_client (Practice *practice,
             const CsClient *client,
             const CsUuid *id,
             const char *remote_id,
             const char *expected)
{
  g_autofree char *former = NULL;
  g_autofree char *now = NULL;
  g_autoptr (GError) error = NULL;

  cs_store_link_work_client (practice->store, &client->id, id, remote_id, NULL, &former, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (former, ==, expected);
  now = cs_store_get_work_link (practice->store, &client->id, id, &error);
  g_assert_cmpstr (now, ==, remote_id);
}

/* linked anew, and back again with the snapshot that it had. */
static void
test_remap (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice, "practice-1");
  g_autoptr (CsClient) client = practice_add_client (practice, "Kauri", "a@b.example");
  g_autoptr (CsClient) other = practice_add_client (practice, "Kauri", "c@d.example");
  g_autoptr (CsWorkFields) fields = cs_work_fields_new ();
  g_autoptr (CsWorkFields) none = NULL;
  g_autoptr (CsWorkFields) base = NULL;
  g_autoptr (GError) error = NULL;

  fields->values[CS_WORK_FIELD_NAME] = g_strdup ("Kauri");
  link_client (practice, client, &id, "u1", "");
  g_assert_true (cs_store_save_work_base (practice->store, &client->id, &id, "u1", fields, &error));
  link_client (practice, client, &id, "u2", "u1");
  none = cs_store_get_work_base (practice->store, &client->id, &id, "u2", &error);
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_false (cs_store_link_work_client (practice->store, &other->id, &id, "u2", NULL, NULL, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  link_client (practice, client, &id, "u1", "u2");
  base = cs_store_get_work_base (practice->store, &client->id, &id, "u1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (base->values[CS_WORK_FIELD_NAME], ==, "Kauri");
  practice_assert_sound (practice);
}

static void
set_settings (Practice *practice, CsWorkSync direction, CsWorkImport import)
{
  CsWorkSettings settings = { direction, CS_WORK_LEVEL_EVERYTHING, import, FALSE };
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_save_work_settings (practice->store, &settings, &error));
  g_assert_no_error (error);
}

static CsWorkTaken
take (Practice *practice, const CsUuid *connection_id)
{
  CsWorkTaken taken;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_take_work_clients (practice->store, connection_id, &taken, &error));
  g_assert_no_error (error);
  return taken;
}

static void
rewrite (Practice *practice,
         const CsUuid *connection_id,
         const char *remote_id,
         const char *name,
         const char *phone)
{
  CsWorkClient *client = make_client (remote_id, name);

  g_set_str (&client->fields->values[CS_WORK_FIELD_EMAIL], "office@kauri.example");
  g_set_str (&client->fields->values[CS_WORK_FIELD_PHONE], phone);
  write_clients (practice, connection_id, client, NULL);
}

/* X-02, K-2: as leads at once, each once however often it is read; else they can be picked. */
static void
test_leads (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice, "practice-1");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (CsClient) picked = NULL;
  g_autoptr (CsClient) again = NULL;
  guint n = 0;

  write_clients (practice, &id, make_client ("u1", "Kauri"), make_client ("u2", "Kauri"));
  set_settings (practice, CS_WORK_SYNC_FROM, CS_WORK_IMPORT_PICK);
  g_assert_cmpuint (take (practice, &id).n_created, ==, 0);
  entries = cs_store_list_new_work_clients (practice->store, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  picked = cs_store_add_work_client (practice->store, &id, "u1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (picked->state, ==, CS_CLIENT_LEAD);
  g_assert_cmpint (picked->source, ==, CS_SOURCE_XPM);
  again = cs_store_add_work_client (practice->store, &id, "u1", &error);
  g_assert_true (cs_uuid_equal (&picked->id, &again->id));
  g_assert_true (cs_store_count_new_work_clients (practice->store, &id, &n, &error));
  g_assert_cmpuint (n, ==, 1);

  set_settings (practice, CS_WORK_SYNC_FROM, CS_WORK_IMPORT_LEADS);
  g_assert_cmpuint (take (practice, &id).n_created, ==, 1);
  g_assert_cmpuint (take (practice, &id).n_created, ==, 0);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM client WHERE state = 'lead'"), ==, 2);
  practice_assert_sound (practice);
}

/* K-4, X-16: the same name and address link by themselves; two namesakes there never do. */
static void
test_links_itself (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice, "practice-1");
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *link = NULL;

  g_set_str (&client->name, "Kauri");
  g_set_str (&client->email, "Office@Kauri.example");
  g_assert_true (cs_store_save_client (practice->store, client, &error));
  set_settings (practice, CS_WORK_SYNC_OFF, CS_WORK_IMPORT_PICK);
  rewrite (practice, &id, "u1", "Kauri", "1");
  rewrite (practice, &id, "u2", "Kauri", "2");
  g_assert_cmpuint (take (practice, &id).n_linked, ==, 0);
  rewrite (practice, &id, "u2", "Rimu", "2");
  g_assert_cmpuint (take (practice, &id).n_linked, ==, 1);
  link = cs_store_get_work_link (practice->store, &client->id, &id, &error);
  g_assert_cmpstr (link, ==, "u1");
  practice_assert_sound (practice);
}

/* K-1: what one side changed wins; what both did is kept on both, is an alert, and a person's to decide; what
 * is kept of ours goes there. X-06: of a lead nothing does. */
static void
test_both_ways (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice, "practice-1");
  g_autoptr (CsClient) client = NULL;
  g_autoptr (CsClient) now = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GPtrArray) gifts = NULL;
  g_autoptr (GError) error = NULL;
  const char *alerts = "SELECT count(*) FROM alert WHERE code = 'conflict' AND settled_ms = 0";

  set_settings (practice, CS_WORK_SYNC_BOTH, CS_WORK_IMPORT_PICK);
  rewrite (practice, &id, "u1", "Kauri", "1");
  client = cs_store_add_work_client (practice->store, &id, "u1", &error);
  g_assert_no_error (error);
  rewrite (practice, &id, "u1", "Kauri Ltd", "1");
  g_assert_cmpuint (take (practice, &id).n_taken, ==, 1);
  now = cs_store_get_client (practice->store, &client->id, &error);
  g_assert_cmpstr (now->name, ==, "Kauri Ltd");

  g_set_str (&now->phone, "ours");
  g_assert_true (cs_store_save_client (practice->store, now, &error));
  rewrite (practice, &id, "u1", "Kauri Ltd", "theirs");
  g_assert_cmpuint (take (practice, &id).n_conflicts, ==, 1);
  g_assert_cmpint (practice_query (practice, alerts), ==, 1);
  conflicts = cs_store_list_work_conflicts (practice->store, &client->id, &id, &error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpstr (((CsWorkConflict *)conflicts->pdata[0])->ours, ==, "ours");
  g_assert_cmpstr (((CsWorkConflict *)conflicts->pdata[0])->theirs, ==, "theirs");
  g_assert_true (
      cs_store_settle_work_conflict (practice->store, &client->id, &id, CS_WORK_FIELD_PHONE, FALSE, &error));
  g_assert_cmpint (practice_query (practice, alerts), ==, 0);
  g_assert_false (
      cs_store_settle_work_conflict (practice->store, &client->id, &id, CS_WORK_FIELD_PHONE, FALSE, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  gifts = cs_store_list_work_gifts (practice->store, &id, &error);
  g_assert_cmpuint (gifts->len, ==, 0); /* a lead */
  g_clear_pointer (&gifts, g_ptr_array_unref);
  practice_run_sql (practice, "UPDATE client SET state = 'active'");
  gifts = cs_store_list_work_gifts (practice->store, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gifts->len, ==, 1);
  g_assert_cmpstr (((CsWorkGift *)gifts->pdata[0])->ours->values[CS_WORK_FIELD_PHONE], ==, "ours");
  practice_assert_sound (practice);
}

/* A full read that did not see a client any more: it is gone there; one of changes says nothing of the
 * others. */
static void
test_gone (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice, "practice-1");
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_client_free);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  write_clients (practice, &id, make_client ("u1", "Kauri"), make_client ("u2", "Rimu"));
  g_assert_true (cs_store_finish_work_clients (practice->store, &id, 0, 5000, &error));
  g_assert_true (cs_store_count_work_clients (practice->store, &id, &n, &error));
  g_assert_cmpuint (n, ==, 2);
  g_ptr_array_add (seen, make_client ("u1", "Kauri"));
  g_assert_true (cs_store_write_work_clients (practice->store, &id, seen, 1, &error));
  g_assert_true (cs_store_finish_work_clients (practice->store, &id, 1, 6000, &error));
  g_assert_true (cs_store_count_work_clients (practice->store, &id, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
}

/* X-10, K-14: no column and no member for it. */
static void
test_no_tax_number (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice, "practice-1");
  CsWorkClient *full = make_client ("u1", "Kauri");
  g_autofree char *dump = NULL;

  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    g_set_str (&full->fields->values[i], "x");
  write_clients (practice, &id, full, NULL);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM work_client WHERE fields LIKE '%tax%'"),
                   ==, 0);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM pragma_table_info('work_client')"
                                             " WHERE name LIKE '%tax%' OR name LIKE '%bank%'"),
                   ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/work/connections", test_connections);
  ADD_TEST ("/store/work/settings (K-1, K-2)", test_settings);
  ADD_TEST ("/store/work/precedence (X-08, K-3)", test_precedence);
  ADD_TEST ("/store/work/clients (K-2, X-16, X-17)", test_clients);
  ADD_TEST ("/store/work/lists", test_lists);
  ADD_TEST ("/store/work/remap (X-15)", test_remap);
  ADD_TEST ("/store/work/leads (X-02, K-2)", test_leads);
  ADD_TEST ("/store/work/links itself (K-4, X-16)", test_links_itself);
  ADD_TEST ("/store/work/both ways (K-1, X-06)", test_both_ways);
  ADD_TEST ("/store/work/gone", test_gone);
  ADD_TEST ("/store/work/no tax number (X-10, K-14)", test_no_tax_number);
  return g_test_run ();
}
