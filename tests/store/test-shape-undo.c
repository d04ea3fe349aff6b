/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What shapes an invoice is kept at once, and can be put back: exactly, or not at all. */
#include "store-fixture.h"

#define THEME "7b7e6a30-0000-4000-8000-000000000001"

/* A client whose invoices are planned, and inherit when they fall due. */
static CsClient *
accept_a_deal (Practice *practice)
{
  CsClient *client = NULL;
  g_autoptr (CsProposal) proposal = NULL;
  g_autoptr (GError) error = NULL;

  practice_claim (practice);
  practice_connect (practice, "tenant-1");
  client = practice_add_client (practice, "Kea", "kea@example.com");
  proposal = practice_new_proposal (client);
  proposal->terms_kind = CS_TERMS_INHERITED;
  proposal->inherits_status = TRUE;
  cs_store_save_proposal (practice->store, proposal, &error);
  g_assert_no_error (error);
  practice_accept (practice, proposal);
  return client;
}

static CsShape *
get_client_shape (Practice *practice, const CsClient *client)
{
  g_autoptr (GError) error = NULL;
  CsShape *shape = cs_store_get_client_shape (practice->store, &client->id, &error);

  g_assert_no_error (error);
  return shape;
}

static CsShape *
replace_client_terms (Practice *practice, const CsClient *client, const char *terms)
{
  g_autoptr (CsShape) shape = get_client_shape (practice, client);
  g_autoptr (GError) error = NULL;
  CsShape *before = NULL;

  g_set_str (&shape->values[CS_SHAPE_TERMS], terms);
  g_assert_true (cs_store_replace_client_shape (practice->store, &client->id, NULL, shape, &before, &error));
  g_assert_no_error (error);
  return before;
}

static void
assert_client_terms (Practice *practice, const CsClient *client, const char *terms)
{
  g_autoptr (CsShape) shape = get_client_shape (practice, client);

  g_assert_cmpstr (shape->values[CS_SHAPE_TERMS], ==, terms);
}

/* What is undone is what really was there before, and what is planned follows it back. */
static void
test_client_shape_is_undone (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = accept_a_deal (practice);
  g_autoptr (CsShape) before = NULL;
  g_autoptr (CsShape) after = NULL;
  g_autoptr (CsShape) replaced = NULL;
  g_autoptr (GError) error = NULL;

  cs_shape_free (replace_client_terms (practice, client, "invoice+30"));
  before = replace_client_terms (practice, client, "invoice+45");
  g_assert_cmpstr (before->values[CS_SHAPE_TERMS], ==, "invoice+30");
  g_assert_cmpint (practice_query (practice, "SELECT min (due - date) FROM planned_invoice"
                                             " WHERE number = ''"),
                   ==, 45);
  after = get_client_shape (practice, client);
  g_assert_true (
      cs_store_replace_client_shape (practice->store, &client->id, after, before, &replaced, &error));
  g_assert_no_error (error);
  g_assert_true (cs_shape_equal (replaced, after));
  assert_client_terms (practice, client, "invoice+30");
  g_assert_cmpint (practice_query (practice, "SELECT max (due - date) FROM planned_invoice"
                                             " WHERE number = ''"),
                   ==, 30);
}

/* Somebody saved it since: what they say stands, and nothing is written. */
static void
test_undo_of_a_client_comes_too_late (Practice *practice, gconstpointer data)
{
  g_autoptr (CsClient) client = practice_add_client (practice, "Kea", "kea@example.com");
  g_autoptr (CsShape) before = replace_client_terms (practice, client, "invoice+45");
  g_autoptr (CsShape) after = get_client_shape (practice, client);
  g_autoptr (CsShape) replaced = NULL;
  g_autoptr (GError) error = NULL;
  gint64 audited;

  g_assert_true (cs_shape_is_empty (before));
  cs_shape_free (replace_client_terms (practice, client, "invoice+60"));
  audited = practice_query (practice, "SELECT count(*) FROM audit");
  g_assert_false (
      cs_store_replace_client_shape (practice->store, &client->id, after, before, &replaced, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  g_assert_null (replaced);
  assert_client_terms (practice, client, "invoice+60");
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit"), ==, audited);
}

static CsSettings *
get_settings (Practice *practice)
{
  g_autoptr (GError) error = NULL;
  CsSettings *settings = cs_store_get_settings (practice->store, &error);

  g_assert_no_error (error);
  return settings;
}

/* All of the practice's that shapes an invoice. */
static CsSettings *
reshape_practice (Practice *practice, CsSettings **before)
{
  g_autoptr (GError) error = NULL;
  CsSettings *settings = get_settings (practice);

  settings->terms_kind = CS_TERMS_OF_NEXT_MONTH;
  settings->due_days = 20;
  settings->authorise = !settings->authorise;
  settings->bill_alone = TRUE;
  settings->lock_date = cs_date_from_parts (2026, 3, 31);
  g_set_str (&settings->theme_id, THEME);
  g_set_str (&settings->tracking, "a=1");
  g_set_str (&settings->number_prefix, "UNDO-");
  g_set_str (&settings->default_account_code, "260");
  g_set_str (&settings->default_tax_type, "OUTPUT2");
  g_assert_true (cs_store_replace_settings (practice->store, settings, before, &error));
  g_assert_no_error (error);
  return settings;
}

/* What shapes invoices is put back, every bit of it; what else was set since stays. */
static void
test_practice_shape_is_undone (Practice *practice, gconstpointer data)
{
  g_autoptr (CsSettings) before = NULL;
  g_autoptr (CsSettings) after = reshape_practice (practice, &before);
  g_autoptr (CsSettings) now = get_settings (practice);
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_settings_equal_shape (before, after));
  g_set_str (&now->practice_name, "Renamed since");
  now->number_next = 7;
  cs_store_save_settings (practice->store, now, &error);
  g_assert_no_error (error);
  g_assert_true (cs_store_restore_settings_shape (practice->store, before, after, &error));
  g_assert_no_error (error);
  g_clear_pointer (&now, cs_settings_free);
  now = get_settings (practice);
  g_assert_true (cs_settings_equal_shape (now, before));
  g_assert_cmpstr (now->number_prefix, ==, before->number_prefix);
  g_assert_cmpint (now->lock_date.days, ==, before->lock_date.days);
  g_assert_cmpstr (now->practice_name, ==, "Renamed since");
  g_assert_cmpint (now->number_next, ==, 7);
}

static void
assert_undo_is_refused (Practice *practice, const CsSettings *before, const CsSettings *after)
{
  g_autoptr (GError) error = NULL;
  gint64 audited = practice_query (practice, "SELECT count(*) FROM audit");

  g_assert_false (cs_store_restore_settings_shape (practice->store, before, after, &error));
  assert_store_error (error, CS_STORE_ERROR_STALE);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM audit"), ==, audited);
}

/* Somebody saved it since, or a number of the series was used: nothing is done. */
static void
test_undo_of_the_practice_comes_too_late (Practice *practice, gconstpointer data)
{
  g_autoptr (CsSettings) before = NULL;
  g_autoptr (CsSettings) after = reshape_practice (practice, &before);
  g_autoptr (CsSettings) now = get_settings (practice);
  g_autoptr (CsSettings) numbered = NULL;
  g_autoptr (CsSettings) renumbered_before = NULL;
  g_autoptr (GError) error = NULL;

  now->due_days = 21;
  cs_store_save_settings (practice->store, now, &error);
  g_assert_no_error (error);
  assert_undo_is_refused (practice, before, after);

  numbered = cs_settings_copy (now);
  numbered->number_next = 100;
  g_set_str (&numbered->number_prefix, "N-");
  g_assert_true (cs_store_replace_settings (practice->store, numbered, &renumbered_before, &error));
  g_assert_no_error (error);
  g_set_str (&now->number_prefix, "N-");
  now->number_next = 101;
  cs_store_save_settings (practice->store, now, &error);
  g_assert_no_error (error);
  assert_undo_is_refused (practice, renumbered_before, numbered);
}

#define ADD_TEST(path, func) g_test_add (path, Practice, NULL, practice_set_up, func, practice_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/store/shape-undo/I-11-client-shape-is-undone", test_client_shape_is_undone);
  ADD_TEST ("/store/shape-undo/I-11-undo-of-a-client-comes-too-late", test_undo_of_a_client_comes_too_late);
  ADD_TEST ("/store/shape-undo/I-11-practice-shape-is-undone", test_practice_shape_is_undone);
  ADD_TEST ("/store/shape-undo/I-11-undo-of-the-practice-comes-too-late",
            test_undo_of_the_practice_comes_too_late);
  return g_test_run ();
}
