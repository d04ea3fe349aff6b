/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may be the same here, at the ledger and at the practice manager: shown side by side, and never merged
 * or made twice before a person has said so; and what was refused there. */
#include "config.h"

#include "store-fixture.h"

#include "cs-store-alerts.h"
#include "cs-store-clients.h"
#include "cs-store-connections.h"
#include "cs-store-ledger.h"
#include "cs-store-work.h"

static CsUuid
connect_manager (Practice *practice)
{
  g_autoptr (CsConnection) connection = cs_connection_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&connection->system, CS_WORK_SYSTEM);
  g_set_str (&connection->tenant_id, "practice-1");
  connection->state = CS_CONNECTION_CONNECTED;
  cs_store_save_connection (practice->store, connection, &error);
  g_assert_no_error (error);
  return connection->id;
}

static void
enter (Practice *practice, const CsUuid *id, const char *remote_id, const char *name, const char *email)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_client_free);
  CsWorkClient *client = cs_work_client_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&client->remote_id, remote_id);
  g_set_str (&client->fields->values[CS_WORK_FIELD_NAME], name);
  g_set_str (&client->fields->values[CS_WORK_FIELD_EMAIL], email);
  g_ptr_array_add (clients, client);
  g_assert_true (cs_store_write_work_clients (practice->store, id, clients, 0, &error));
  g_assert_no_error (error);
}

static void
set_settings (Practice *practice, CsWorkSync direction, CsWorkImport import, gboolean allows_ledger)
{
  CsWorkSettings settings = { direction, CS_WORK_LEVEL_EVERYTHING, import, allows_ledger };
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_save_work_settings (practice->store, &settings, &error));
  g_assert_no_error (error);
}

static void
save_contact (Practice *practice,
              const CsUuid *id,
              const char *remote_id,
              const char *name,
              const char *email)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  CsLedgerContact *contact = cs_ledger_contact_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&contact->remote_id, remote_id);
  g_set_str (&contact->name, name);
  g_set_str (&contact->email, email);
  g_ptr_array_add (page, contact);
  cs_store_save_contacts (practice->store, id, page, NULL, &error);
  g_assert_no_error (error);
}

static CsWorkTaken
take (Practice *practice, const CsUuid *id)
{
  CsWorkTaken taken;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_store_take_work_clients (practice->store, id, &taken, &error));
  g_assert_no_error (error);
  return taken;
}

static guint
count_alerts (Practice *practice, CsAlertCode code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) alerts = cs_store_list_alerts (practice->store, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < alerts->len; i++)
    n += ((const CsAlert *)alerts->pdata[i])->code == code;
  return n;
}

static void
assert_match (const GPtrArray *matches, guint index, CsMatch match, const char *remote_id)
{
  const CsWorkMatch *found = g_ptr_array_index (matches, index);

  g_assert_cmpint (found->match, ==, match);
  g_assert_cmpstr (found->client->remote_id, ==, remote_id);
}

/* K-3, K-4: by the ladder, best first; whoever is linked already, archived or called otherwise is none. */
static void
test_matches (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice);
  g_autoptr (CsClient) taken = practice_add_client (practice, "Tui Ltd", "");
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GError) error = NULL;

  enter (practice, &id, "u5", "Kea & Sons", "x@example.com");
  enter (practice, &id, "u4", "TUI", "x@example.com");
  enter (practice, &id, "u3", "Other", "TUI@example.com");
  enter (practice, &id, "u2", "Tui Ltd", "x@example.com");
  enter (practice, &id, "u1", "Tui Ltd", "tui@example.com");
  enter (practice, &id, "u0", "Tui Ltd", "tui@example.com");
  g_assert_true (cs_store_link_work_client (practice->store, &taken->id, &id, "u0", NULL, NULL, &error));
  matches = cs_store_list_work_matches (practice->store, &id, "Tui Ltd", "tui@example.com", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matches->len, ==, 4);
  assert_match (matches, 0, CS_MATCH_EMAIL_AND_NAME, "u1");
  assert_match (matches, 1, CS_MATCH_NAME, "u2");
  assert_match (matches, 2, CS_MATCH_EMAIL, "u3");
  assert_match (matches, 3, CS_MATCH_SIMILAR_NAME, "u4");
}

/* K-3, X-08: allowed beside the practice manager, a contact is still not imported before somebody was shown
 * whom it may be there; what they say is done in one go, and a contact that is nobody there needs no word. */
static void
test_import_beside (Practice *practice, gconstpointer data)
{
  CsUuid ledger_id = practice_connect (practice, "tenant-1");
  CsUuid id = connect_manager (practice);
  g_autoptr (CsClient) same = NULL;
  g_autoptr (CsClient) other = NULL;
  g_autoptr (CsClient) nobody = NULL;
  g_autofree char *link = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GError) error = NULL;

  save_contact (practice, &ledger_id, "c-tui", "Tui Ltd", "tui@example.com");
  save_contact (practice, &ledger_id, "c-tui-2", "Tui Limited", "");
  save_contact (practice, &ledger_id, "c-kea", "Kea Ltd", "kea@example.com");
  enter (practice, &id, "u1", "Tui Ltd", "office@tui.example");
  enter (practice, &id, "u2", "Tui Ltd.", "");
  set_settings (practice, CS_WORK_SYNC_FROM, CS_WORK_IMPORT_PICK, FALSE);
  g_assert_null (cs_store_import_contact (practice->store, &ledger_id, "c-tui", "u1", &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_clear_error (&error);
  set_settings (practice, CS_WORK_SYNC_FROM, CS_WORK_IMPORT_PICK, TRUE);
  g_assert_null (cs_store_import_contact (practice->store, &ledger_id, "c-tui", NULL, &error));
  assert_store_error (error, CS_STORE_ERROR_STATE);
  g_clear_error (&error);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM client"), ==, 0);

  same = cs_store_import_contact (practice->store, &ledger_id, "c-tui", "u1", &error);
  g_assert_no_error (error);
  link = cs_store_get_work_link (practice->store, &same->id, &id, &error);
  g_assert_cmpstr (link, ==, "u1");
  g_assert_cmpstr (same->remote_contact_id, ==, "c-tui");
  other = cs_store_import_contact (practice->store, &ledger_id, "c-tui-2", "", &error);
  g_assert_no_error (error);
  none = cs_store_get_work_link (practice->store, &other->id, &id, &error);
  g_assert_cmpstr (none, ==, "");
  nobody = cs_store_import_contact (practice->store, &ledger_id, "c-kea", NULL, &error);
  g_assert_no_error (error);
  practice_assert_sound (practice);
}

/* K-2, K-3: of those that are only there, one that may be a client here is made no lead of, whether at once
 * or all together, before a person has said which it is; a lead of those that a person chose alone. */
static void
test_review (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice);
  g_autoptr (CsClient) here = practice_add_client (practice, "Tui Ltd", "tui@example.com");
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const CsWorkNew *doubtful;
  guint n = 0;

  enter (practice, &id, "u1", "Tui Limited", "office@tui.example");
  enter (practice, &id, "u2", "Kea Ltd", "");
  enter (practice, &id, "u3", "Weka Ltd", "");
  set_settings (practice, CS_WORK_SYNC_FROM, CS_WORK_IMPORT_ASK, FALSE);
  g_assert_cmpuint (take (practice, &id).n_created, ==, 0);
  found = cs_store_review_new_work_clients (practice->store, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 3);
  doubtful = g_ptr_array_index (found, 1);
  g_assert_cmpstr (doubtful->entry->remote_id, ==, "u1");
  g_assert_cmpint (doubtful->match, ==, CS_MATCH_SIMILAR_NAME);
  g_assert_true (cs_uuid_equal (&doubtful->client_id, &here->id));
  g_assert_cmpint (((const CsWorkNew *)g_ptr_array_index (found, 0))->match, ==, CS_MATCH_NONE);

  g_ptr_array_add (chosen, (gpointer) "u3");
  g_assert_true (cs_store_add_some_work_clients (practice->store, &id, chosen, &n, &error));
  g_assert_cmpuint (n, ==, 1);
  set_settings (practice, CS_WORK_SYNC_FROM, CS_WORK_IMPORT_LEADS, FALSE);
  g_assert_cmpuint (take (practice, &id).n_created, ==, 1);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM client WHERE name = 'Tui Limited'"), ==,
                   0);
  g_assert_true (cs_store_add_new_work_clients (practice->store, &id, &n, &error));
  g_assert_cmpuint (n, ==, 0);
  practice_assert_sound (practice);
}

/* K-2: "ask" asks, until each was made a lead, linked or left out; "can be chosen" asks nobody. */
static void
test_asks (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice);
  g_autoptr (CsClient) here = practice_add_client (practice, "Kea Ltd", "");
  g_autoptr (CsClient) lead = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  enter (practice, &id, "u1", "Tui Ltd", "");
  enter (practice, &id, "u2", "Kea", "");
  enter (practice, &id, "u3", "Weka Ltd", "");
  set_settings (practice, CS_WORK_SYNC_FROM, CS_WORK_IMPORT_PICK, FALSE);
  g_assert_cmpuint (count_alerts (practice, CS_ALERT_ONLY_THERE), ==, 0);
  set_settings (practice, CS_WORK_SYNC_FROM, CS_WORK_IMPORT_ASK, FALSE);
  g_assert_cmpuint (count_alerts (practice, CS_ALERT_ONLY_THERE), ==, 1);
  lead = cs_store_add_work_client (practice->store, &id, "u1", &error);
  g_assert_no_error (error);
  g_assert_true (cs_store_link_work_client (practice->store, &here->id, &id, "u2", NULL, NULL, &error));
  g_assert_cmpuint (count_alerts (practice, CS_ALERT_ONLY_THERE), ==, 1);
  g_assert_true (cs_store_leave_work_client (practice->store, &id, "u3", TRUE, &error));
  g_assert_cmpuint (count_alerts (practice, CS_ALERT_ONLY_THERE), ==, 0);
  found = cs_store_review_new_work_clients (practice->store, &id, &error);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_true (cs_store_leave_work_client (practice->store, &id, "u3", FALSE, &error));
  g_assert_cmpuint (count_alerts (practice, CS_ALERT_ONLY_THERE), ==, 1);
  practice_assert_sound (practice);
}

/* X-18, U-19: what was refused there is told, and is not sent again as it is; changed, or wanted again, it
 * is; once nothing travels there it is no matter. */
static void
test_refused (Practice *practice, gconstpointer data)
{
  CsUuid id = connect_manager (practice);
  g_autoptr (CsClient) client = practice_add_client (practice, "Tui Ltd", "tui@example.com");
  g_autoptr (CsWorkFields) base = cs_work_fields_new ();
  g_autoptr (GPtrArray) gifts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  const CsWorkGift *gift;

  enter (practice, &id, "u1", "Tui Ltd", "old@example.com");
  base->values[CS_WORK_FIELD_NAME] = g_strdup ("Tui Ltd");
  base->values[CS_WORK_FIELD_EMAIL] = g_strdup ("old@example.com");
  set_settings (practice, CS_WORK_SYNC_TO, CS_WORK_IMPORT_PICK, FALSE);
  practice_run_sql (practice, "UPDATE client SET state = 'active'");
  g_assert_true (cs_store_link_work_client (practice->store, &client->id, &id, "u1", NULL, NULL, &error));
  g_assert_true (cs_store_save_work_base (practice->store, &client->id, &id, "u1", base, &error));
  gifts = cs_store_list_work_gifts (practice->store, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gifts->len, ==, 1);
  gift = g_ptr_array_index (gifts, 0);
  g_assert_true (
      cs_store_keep_work_refusal (practice->store, &client->id, &id, gift->ours, "Invalid email", &error));
  g_clear_pointer (&gifts, g_ptr_array_unref);
  gifts = cs_store_list_work_gifts (practice->store, &id, &error);
  g_assert_cmpuint (gifts->len, ==, 0);
  g_assert_cmpuint (count_alerts (practice, CS_ALERT_NOT_TAKEN), ==, 1);
  words = cs_store_get_work_refusal (practice->store, &client->id, &id, &error);
  g_assert_cmpstr (words, ==, "Invalid email");

  practice_run_sql (practice, "UPDATE client SET email = 'new@example.com'");
  g_clear_pointer (&gifts, g_ptr_array_unref);
  gifts = cs_store_list_work_gifts (practice->store, &id, &error);
  g_assert_cmpuint (gifts->len, ==, 1);
  set_settings (practice, CS_WORK_SYNC_FROM, CS_WORK_IMPORT_PICK, FALSE);
  take (practice, &id);
  g_assert_cmpuint (count_alerts (practice, CS_ALERT_NOT_TAKEN), ==, 0);
  practice_assert_sound (practice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/work-match/whom it may be (K-3, K-4)", test_matches);
  ADD_TEST ("/store/work-match/import beside (K-3, X-08)", test_import_beside);
  ADD_TEST ("/store/work-match/review (K-2, K-3)", test_review);
  ADD_TEST ("/store/work-match/asks (K-2)", test_asks);
  ADD_TEST ("/store/work-match/refused (X-18, U-19)", test_refused);
  return g_test_run ();
}
