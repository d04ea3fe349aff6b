/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's own views of invoices, and how the list was left, are kept in the practice's file. */
#include "config.h"

#include "store-fixture.h"
#include "cs-store-review.h"

static void
test_saved_views (Practice *practice, gconstpointer data)
{
  g_autoptr (CsSavedView) view = cs_saved_view_new ();
  g_autoptr (CsSavedView) twin = cs_saved_view_new ();
  g_autoptr (GPtrArray) views = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_store_save_view (practice->store, view, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_set_str (&view->name, "  Old debts ");
  view->filter->ageing = CS_AGEING_OVER_90;
  view->filter->shown = CS_INVOICES_UNPAID;
  g_set_str (&view->filter->search, "café 100%");
  g_set_str (&view->columns, "number date");
  g_assert_true (cs_store_save_view (practice->store, view, NULL));
  g_assert_false (cs_uuid_is_none (&view->id));
  g_set_str (&twin->name, "OLD DEBTS");
  g_assert_false (cs_store_save_view (practice->store, twin, &error));
  assert_store_error (error, CS_STORE_ERROR_INVALID);
  g_set_str (&view->name, "Oldest debts");
  g_assert_true (cs_store_save_view (practice->store, view, NULL));
  practice_reopen (practice);
  views = cs_store_list_saved_views (practice->store, NULL);
  g_assert_cmpuint (views->len, ==, 1);
  g_assert_cmpstr (((CsSavedView *)views->pdata[0])->name, ==, "Oldest debts");
  g_assert_cmpstr (((CsSavedView *)views->pdata[0])->columns, ==, "number date");
  g_assert_true (cs_invoice_filter_equal (((CsSavedView *)views->pdata[0])->filter, view->filter));
  g_assert_true (cs_store_delete_view (practice->store, &view->id, NULL));
  g_assert_false (cs_store_delete_view (practice->store, &view->id, &error));
  assert_store_error (error, CS_STORE_ERROR_NOT_FOUND);
  none = cs_store_list_saved_views (practice->store, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  /* That is how a deletion is undone. */
  g_assert_true (cs_store_save_view (practice->store, view, NULL));
  again = cs_store_list_saved_views (practice->store, NULL);
  g_assert_true (cs_uuid_equal (&((CsSavedView *)again->pdata[0])->id, &view->id));
  practice_assert_sound (practice);
}

static void
test_remembered (Practice *practice, gconstpointer data)
{
  g_autofree char *nothing = cs_store_get_remembered (practice->store, "invoices.columns", NULL);
  g_autofree char *value = NULL;

  g_assert_cmpstr (nothing, ==, "");
  g_assert_true (cs_store_remember (practice->store, "invoices.columns", "number", NULL));
  g_assert_true (cs_store_remember (practice->store, "invoices.columns", "number date=120", NULL));
  practice_reopen (practice);
  value = cs_store_get_remembered (practice->store, "invoices.columns", NULL);
  g_assert_cmpstr (value, ==, "number date=120");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TEST ("/views/saved", test_saved_views);
  ADD_TEST ("/views/remembered", test_remembered);
  return g_test_run ();
}
