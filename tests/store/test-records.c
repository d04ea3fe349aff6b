/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <string.h>

static void
test_settings (Practice *practice, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSettings) settings = cs_store_get_settings (practice->store, &error);
  g_autoptr (CsSettings) again = NULL;
  g_autofree char *number = cs_settings_format_number (settings, 7);
  g_autofree char *long_number = cs_settings_format_number (settings, 123456);

  g_assert_no_error (error);
  g_assert_cmpstr (settings->number_prefix, ==, "CS-");
  g_assert_cmpint (settings->number_next, ==, 1);
  g_assert_cmpuint (settings->designated_day, ==, 1);
  g_assert_cmpint (settings->due_days, ==, 14);
  g_assert_false (settings->authorise);
  g_assert_cmpint (settings->hold_seconds, ==, 15);
  g_assert_true (settings->push_email);
  g_assert_cmpstr (settings->currency.code, ==, "NZD");
  g_assert_cmpint (settings->tax_mode, ==, CS_TAX_MODE_EXCLUSIVE);
  g_assert_cmpstr (settings->actor, !=, "");
  g_assert_cmpstr (settings->time_zone, !=, "");
  g_assert_cmpstr (number, ==, "CS-0007");
  g_assert_cmpstr (long_number, ==, "CS-123456");

  g_set_str (&settings->practice_name, "Hikurangi");
  g_set_str (&settings->actor, "Tama");
  settings->authorise = TRUE;
  settings->due_days = 20;
  cs_store_save_settings (practice->store, settings, &error);
  g_assert_no_error (error);
  again = cs_store_get_settings (practice->store, &error);
  g_assert_cmpstr (again->practice_name, ==, "Hikurangi");
  g_assert_true (again->authorise);
  g_assert_cmpint (again->due_days, ==, 20);
  /* The audit row says what changed, and only that. */
  g_assert_cmpint (practice_query (practice,
                                   "SELECT details = '{\"actor\":\"Tama\",\"authorise\":1,\"due_days\":20,"
                                   "\"practice_name\":\"Hikurangi\"}' AND actor = 'Mia'"
                                   " FROM audit ORDER BY sequence DESC LIMIT 1"),
                   ==, 1);
}

static void
test_settings_refused (Practice *practice, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = practice_dump (practice);
  g_autofree char *after = NULL;

  for (int i = 0; i < 6; i++)
    {
      g_autoptr (CsSettings) settings = cs_store_get_settings (practice->store, NULL);

      if (i == 0)
        settings->designated_day = 32;
      else if (i == 1)
        settings->due_days = -1;
      else if (i == 2)
        settings->number_next = 0;
      else if (i == 3)
        g_set_str (&settings->number_prefix, "Rechnung-ä");
      else if (i == 4)
        settings->currency = (CsCurrency){ "" };
      else
        settings->hold_seconds = -1;
      g_assert_false (cs_store_save_settings (practice->store, settings, &error));
      assert_store_error (error, CS_STORE_ERROR_INVALID);
    }
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
}

static void
test_client (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea Ltd", "kea@example.com");
  g_autoptr (CsClient) other = practice_get_client (practice, &client->id);
  g_autoptr (CsClient) last = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (client->number, ==, "CL-000001");
  g_assert_cmpint (client->revision, ==, 1);
  g_assert_cmpint (client->created_ms, ==, practice->now_ms);
  g_assert_cmpstr (other->name, ==, "Kea Ltd");
  g_assert_cmpstr (other->email, ==, "kea@example.com");
  g_assert_cmpstr (other->remote_contact_id, ==, "");
  g_assert_cmpint (other->state, ==, CS_CLIENT_LEAD);

  g_set_str (&client->phone, "09 123");
  practice_wait (practice, 5);
  cs_store_save_client (practice->store, client, &error);
  g_assert_no_error (error);
  g_assert_cmpint (client->revision, ==, 2);
  g_assert_cmpint (client->updated_ms, ==, practice->now_ms);

  g_set_str (&other->phone, "lost");
  g_assert_false (cs_store_save_client (practice->store, other, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  g_assert_cmpint (other->revision, ==, 1);
  last = practice_get_client (practice, &client->id);
  g_assert_cmpstr (last->phone, ==, "09 123");
}

static void
test_client_refused (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (GError) error = NULL;
  CsUuid unknown = cs_store_new_uuid (practice->store);

  g_set_str (&client->name, "  \t");
  g_assert_false (cs_store_save_client (practice->store, client, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_assert_true (cs_uuid_is_none (&client->id));
  g_set_str (&client->name, "Kea");
  client->id = unknown;
  g_assert_false (cs_store_save_client (practice->store, client, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_assert_null (cs_store_get_client (practice->store, &unknown, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_assert_false (cs_store_archive_client (practice->store, &unknown, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
}

/* U-29: a list is saved whole or not at all, and given back as it was it is as it was. */
static void
test_client_lists (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) known = practice_add_client (practice, "Kea Ltd", "kea@example.com");
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_client_free);
  CsClient *changed = cs_client_copy (known);
  CsClient *made = cs_client_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (CsClient) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&changed->phone, "09 123");
  g_set_str (&made->name, "Tui & Co");
  g_ptr_array_add (list, made);
  g_ptr_array_add (list, changed);
  changed->revision--;
  before = practice_dump (practice);
  g_assert_false (cs_store_save_clients (practice->store, list, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  after = practice_dump (practice);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (cs_uuid_is_none (&made->id));

  changed->revision++;
  cs_store_save_clients (practice->store, list, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made->number, ==, "CL-000002");
  g_assert_cmpint (changed->revision, ==, 2);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit WHERE action IN"
                                             " ('client.created', 'client.saved')"),
                   ==, 3);

  made->state = CS_CLIENT_ARCHIVED;
  g_set_str (&changed->phone, known->phone);
  cs_store_save_clients (practice->store, list, &error);
  g_assert_no_error (error);
  loaded = practice_get_client (practice, &known->id);
  g_assert_cmpstr (loaded->phone, ==, "");
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM client WHERE state <> 'archived'"), ==, 1);
}

/* What the ledger would not take is not taken; a name that came from a ledger stands until it is changed. */
static void
test_names_and_prefixes (Practice *practice, gconstpointer data)
{
  static const char *const names[] = { "Kea  Ltd", " Kea", "Kea <b>" };
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "");
  g_autoptr (CsClient) imported = NULL;
  g_autoptr (CsSettings) settings = cs_store_get_settings (practice->store, NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (CsClient) fresh = cs_client_new ();

      g_set_str (&fresh->name, names[i]);
      g_assert_false (cs_store_save_client (practice->store, fresh, &error));
      assert_store_error (error, CS_STORE_ERROR_INVALID);
      g_set_str (&client->name, names[i]);
      g_assert_false (cs_store_save_client (practice->store, client, &error));
      assert_store_error (error, CS_STORE_ERROR_INVALID);
    }
  g_assert_true (cs_sql_execute (practice->store->sql, "UPDATE client SET name = '<a href=x>R&D'", NULL));
  imported = practice_get_client (practice, &client->id);
  g_set_str (&imported->phone, "09 123");
  cs_store_save_client (practice->store, imported, &error);
  g_assert_no_error (error);

  g_set_str (&settings->number_prefix, "A,B");
  g_assert_false (cs_store_save_settings (practice->store, settings, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_set_str (&settings->number_prefix, "\xc3\x84-");
  g_assert_false (cs_store_save_settings (practice->store, settings, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
}

static void
test_client_list (Practice *practice, gconstpointer data)
{
  static const char *const sorted[] = { "alpha", "Beta", "beta", "Gamma" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clients = NULL;

  cs_client_free (practice_add_client (practice, "Gamma", ""));
  cs_client_free (practice_add_client (practice, "Beta", ""));
  cs_client_free (practice_add_client (practice, "beta", ""));
  cs_client_free (practice_add_client (practice, "alpha", ""));
  clients = cs_store_list_clients (practice->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (clients->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (((CsClient *)g_ptr_array_index (clients, i))->name, ==, sorted[i]);
}

static void
test_link_and_relink (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) kea = practice_add_client (practice, "Kea", "");
  g_autoptr (CsClient) tui = practice_add_client (practice, "Tui", "");
  g_autoptr (GError) error = NULL;
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  CsUuid back;

  cs_store_link_client (practice->store, &kea->id, &connection_id, "contact-1", "person", &error);
  g_assert_no_error (error);
  g_assert_false (
      cs_store_link_client (practice->store, &tui->id, &connection_id, "contact-1", "person", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  cs_store_link_client (practice->store, &kea->id, &connection_id, "contact-2", "person", &error);
  g_assert_no_error (error);
  cs_store_link_client (practice->store, &tui->id, &connection_id, "contact-1", "person", &error);
  g_assert_no_error (error);
  {
    g_autoptr (CsClient) again = practice_get_client (practice, &kea->id);

    g_assert_cmpstr (again->remote_contact_id, ==, "contact-2");
    g_assert_true (cs_uuid_equal (&again->connection_id, &connection_id));
  }

  /* another tenant has no links; the first one, connected again, has its own. */
  back = practice_connect (practice, "tenant-2");
  g_assert_false (cs_uuid_equal (&back, &connection_id));
  {
    g_autoptr (CsClient) elsewhere = practice_get_client (practice, &kea->id);

    g_assert_cmpstr (elsewhere->remote_contact_id, ==, "");
  }
  back = practice_connect (practice, "tenant-1");
  g_assert_true (cs_uuid_equal (&back, &connection_id));
  {
    g_autoptr (CsClient) again = practice_get_client (practice, &kea->id);

    g_assert_cmpstr (again->remote_contact_id, ==, "contact-2");
  }
}

static void
save_contact (Practice *practice,
              const CsUuid *connection_id,
              const char *id,
              const char *name,
              const char *email)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (page, make_contact (id, name, email));
  cs_store_save_contacts (practice->store, connection_id, page, NULL, &error);
  g_assert_no_error (error);
}

/* [C-02, C-04, K-4] */
static void
test_import (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) same = practice_add_client (practice, "Tui Ltd", "tui@example.com");
  g_autoptr (CsClient) alike = practice_add_client (practice, "Kea Ltd", "other@example.com");
  g_autoptr (CsClient) first = NULL;
  g_autoptr (CsClient) again = NULL;
  g_autoptr (CsClient) matched = NULL;
  g_autoptr (GError) error = NULL;

  save_contact (practice, &connection_id, "c-kea", "Kea Ltd", "kea@example.com");
  save_contact (practice, &connection_id, "c-tui", "Tui Ltd", "TUI@example.com");

  first = cs_store_import_contact (practice->store, &connection_id, "c-kea", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (cs_uuid_equal (&first->id, &alike->id)); /* the name alone links nothing */
  g_assert_cmpint (first->source, ==, CS_SOURCE_XERO);
  g_assert_cmpstr (first->email, ==, "kea@example.com");
  g_assert_cmpstr (first->remote_contact_id, ==, "c-kea");

  again = cs_store_import_contact (practice->store, &connection_id, "c-kea", NULL, &error);
  g_assert_true (cs_uuid_equal (&again->id, &first->id));
  matched = cs_store_import_contact (practice->store, &connection_id, "c-tui", NULL, &error);
  g_assert_true (cs_uuid_equal (&matched->id, &same->id));
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM client"), ==, 3);

  g_assert_null (cs_store_import_contact (practice->store, &connection_id, "c-nobody", NULL, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
}

static void
test_import_in_doubt (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (CsClient) one = practice_add_client (practice, "Tui Ltd", "tui@example.com");
  g_autoptr (CsClient) two = practice_add_client (practice, "Tui Ltd", "tui@example.com");
  g_autoptr (CsClient) made = NULL;

  save_contact (practice, &connection_id, "c-tui", "Tui Ltd", "tui@example.com");
  made = cs_store_import_contact (practice->store, &connection_id, "c-tui", NULL, NULL);
  g_assert_false (cs_uuid_equal (&made->id, &one->id));
  g_assert_false (cs_uuid_equal (&made->id, &two->id));
}

static void
test_connection (Practice *practice, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsConnection) none = cs_store_get_connection (practice->store, &error);
  g_autoptr (CsConnection) found = NULL;
  g_autoptr (CsConnection) later = NULL;
  CsUuid id, unknown = cs_store_new_uuid (practice->store);

  g_assert_no_error (error);
  g_assert_null (none);
  id = practice_connect (practice, "tenant-1");
  found = cs_store_get_connection (practice->store, &error);
  g_assert_true (cs_uuid_equal (&found->id, &id));
  g_assert_cmpstr (found->tenant_name, ==, "Hikurangi Accounting");
  g_assert_cmpint (found->connected_ms, ==, practice->now_ms);

  cs_store_set_connection_state (practice->store, &id, CS_CONNECTION_DISCONNECTED, &error);
  g_assert_no_error (error);
  cs_store_mark_synced (practice->store, &id, 42, &error);
  g_assert_no_error (error);
  later = cs_store_get_connection (practice->store, &error);
  g_assert_cmpint (later->state, ==, CS_CONNECTION_DISCONNECTED);
  g_assert_cmpint (later->synced_ms, ==, 42);
  g_assert_false (cs_store_set_connection_state (practice->store, &unknown, CS_CONNECTION_CONNECTED, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  g_assert_false (cs_store_mark_synced (practice->store, &unknown, 1, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
}

static void
assert_connection_state (Practice *practice, CsConnectionState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsConnection) found = cs_store_get_connection (practice->store, &error);

  g_assert_no_error (error);
  g_assert_cmpint (found->state, ==, state);
}

/* U-22: told late, that a login is lost says nothing of the one that took its place, nor of what was given up
 * meanwhile. */
static void
test_lost_grant (Practice *practice, gconstpointer data)
{
  CsUuid id = practice_connect (practice, "tenant-1");
  CsUuid other = cs_store_new_uuid (practice->store);
  g_autoptr (CsConnection) found = cs_store_get_connection (practice->store, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_lose_grant (practice->store, &other, &error));
  assert_connection_state (practice, CS_CONNECTION_CONNECTED);
  g_assert_true (cs_store_lose_grant (practice->store, &found->grant_id, &error));
  assert_connection_state (practice, CS_CONNECTION_SIGN_IN_NEEDED);
  g_assert_true (cs_store_set_connection_state (practice->store, &id, CS_CONNECTION_DISCONNECTED, &error));
  g_assert_true (cs_store_lose_grant (practice->store, &found->grant_id, &error));
  assert_connection_state (practice, CS_CONNECTION_DISCONNECTED);
  g_assert_no_error (error);
}

static void
save_organisation (Practice *practice, const CsUuid *connection_id, const char *currency)
{
  g_autoptr (CsLedgerOrganisation) organisation = cs_ledger_organisation_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&organisation->name, "Wattle Books");
  g_set_str (&organisation->short_code, "!abc");
  g_strlcpy (organisation->currency.code, currency, sizeof organisation->currency.code);
  organisation->default_tax_mode = CS_TAX_MODE_INCLUSIVE;
  organisation->period_lock = FIXTURE_TODAY;
  cs_store_save_organisation (practice->store, connection_id, organisation, &error);
  g_assert_no_error (error);
}

static void
test_organisation (Practice *practice, gconstpointer data)
{
  CsUuid connection_id = practice_connect (practice, "tenant-1");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLedgerOrganisation) organisation = NULL;
  g_autoptr (CsSettings) first = NULL;
  g_autoptr (CsSettings) second = NULL;
  g_autoptr (CsConnection) connection = NULL;
  g_autoptr (CsClient) client = NULL;

  g_assert_null (cs_store_get_organisation (practice->store, &connection_id, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  save_organisation (practice, &connection_id, "AUD");
  organisation = cs_store_get_organisation (practice->store, &connection_id, &error);
  g_assert_cmpstr (organisation->name, ==, "Wattle Books");
  g_assert_cmpint (cs_date_compare (organisation->period_lock, FIXTURE_TODAY), ==, 0);
  g_assert_false (cs_date_is_set (organisation->year_lock));
  connection = cs_store_get_connection (practice->store, &error);
  g_assert_cmpstr (connection->currency.code, ==, "AUD");
  g_assert_cmpstr (connection->short_code, ==, "!abc");
  first = cs_store_get_settings (practice->store, &error);
  g_assert_cmpstr (first->currency.code, ==, "AUD");
  g_assert_cmpint (first->tax_mode, ==, CS_TAX_MODE_INCLUSIVE);

  /* Once there is a proposal, the settings are the practice's own. */
  client = practice_add_client (practice, "Kea", "");
  cs_proposal_free (practice_add_proposal (practice, client));
  save_organisation (practice, &connection_id, "GBP");
  second = cs_store_get_settings (practice->store, &error);
  g_assert_cmpstr (second->currency.code, ==, "AUD");
}

static void
count_up (guint8 *bytes, gsize size, gpointer data)
{
  memset (bytes, (*(guint8 *)data)++, size);
}

static void
test_random_is_handed_in (Practice *practice, gconstpointer data)
{
  guint8 next = 1;
  CsUuid a, b;

  cs_store_set_random (practice->store, count_up, &next);
  a = cs_store_new_uuid (practice->store);
  b = cs_store_new_uuid (practice->store);
  g_assert_cmpuint (a.bytes[0], ==, 1);
  g_assert_cmpuint (b.bytes[0], ==, 2);
  cs_store_set_random (practice->store, NULL, NULL);
  a = cs_store_new_uuid (practice->store);
  b = cs_store_new_uuid (practice->store);
  g_assert_false (cs_uuid_equal (&a, &b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/settings/round-trip", test_settings);
  ADD_TEST ("/store/settings/refused", test_settings_refused);
  ADD_TEST ("/store/client/stale", test_client);
  ADD_TEST ("/store/client/refused", test_client_refused);
  ADD_TEST ("/store/client/lists-U-29", test_client_lists);
  ADD_TEST ("/store/client/names-of-the-ledger", test_names_and_prefixes);
  ADD_TEST ("/store/client/list-by-name", test_client_list);
  ADD_TEST ("/store/client/link-and-relink-X-14", test_link_and_relink);
  ADD_TEST ("/store/client/import-C-02-K-4", test_import);
  ADD_TEST ("/store/client/import-in-doubt-K-4", test_import_in_doubt);
  ADD_TEST ("/store/connection/states", test_connection);
  ADD_TEST ("/store/connection/U-22-lost-grant", test_lost_grant);
  ADD_TEST ("/store/organisation/settings-follow", test_organisation);
  ADD_TEST ("/store/random", test_random_is_handed_in);
  return g_test_run ();
}
