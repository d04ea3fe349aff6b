/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-item.h"
#include "cs-job-setup.h"

/* Jobs on screen: which view holds which, in which order they stand, what is found, what counts as a change.
 */

static CsJob *
make_job (const char *name, const char *client, CsJobState state, const char *due)
{
  CsJob *job = cs_job_new ();

  g_set_str (&job->planned->name, name);
  g_set_str (&job->client_name, client);
  g_set_str (&job->proposal_number, "PROP-0001");
  job->state = state;
  if (due != NULL)
    g_assert_true (cs_date_parse (due, &job->planned->due, NULL));
  return job;
}

static void
test_views (void)
{
  for (CsJobState state = CS_JOB_PLANNED; state <= CS_JOB_CANCELLED; state++)
    g_assert_true (cs_job_view_holds (CS_JOB_VIEW_ALL, state));
  g_assert_true (cs_job_view_holds (CS_JOB_VIEW_PLANNED, CS_JOB_PLANNED));
  g_assert_true (cs_job_view_holds (CS_JOB_VIEW_DEPLOYING, CS_JOB_DEPLOYING));
  g_assert_true (cs_job_view_holds (CS_JOB_VIEW_COMPLETED, CS_JOB_COMPLETED));
  g_assert_false (cs_job_view_holds (CS_JOB_VIEW_COMPLETED, CS_JOB_CANCELLED));
  /* It is there, and yet somebody is needed. */
  g_assert_true (cs_job_view_holds (CS_JOB_VIEW_LIVE, CS_JOB_INCOMPLETE));
  g_assert_true (cs_job_view_holds (CS_JOB_VIEW_BLOCKED, CS_JOB_INCOMPLETE));
  g_assert_false (cs_job_view_holds (CS_JOB_VIEW_BLOCKED, CS_JOB_LIVE));
}

static void
check_way (CsJobOrder order, gboolean is_descending, const CsNamedJob *first, const CsNamedJob *second)
{
  g_assert_cmpint (cs_job_order_compare (order, is_descending, first, second), <, 0);
  g_assert_cmpint (cs_job_order_compare (order, is_descending, second, first), >, 0);
  g_assert_cmpint (cs_job_order_compare (order, is_descending, first, first), ==, 0);
}

static void
check_before (CsJobOrder order, const CsNamedJob *first, const CsNamedJob *second)
{
  check_way (order, FALSE, first, second);
  check_way (order, TRUE, second, first);
}

static void
test_orders (void)
{
  g_autoptr (CsNamedJob) early = cs_named_job_new (make_job ("Zebra", "Huia", CS_JOB_LIVE, "2026-11-30"));
  g_autoptr (CsNamedJob) late
      = cs_named_job_new (make_job ("Accounts", "Kauri", CS_JOB_BLOCKED, "2026-12-14"));
  g_autoptr (CsNamedJob) never = cs_named_job_new (make_job ("Books", "Aroha", CS_JOB_PLANNED, NULL));

  check_before (CS_JOB_ORDER_DUE, early, late);
  check_before (CS_JOB_ORDER_NAME, late, never);
  check_before (CS_JOB_ORDER_CLIENT, never, early);
  check_before (CS_JOB_ORDER_STATE, late, never);
  check_before (CS_JOB_ORDER_STATE, never, early);
  /* What was changed there counts. */
  g_assert_true (cs_date_parse ("2027-01-31", &early->job->there->due, NULL));
  check_before (CS_JOB_ORDER_DUE, late, early);
}

/* What has no value stands last, whichever way the order goes; two that are alike stand by their due day. */
static void
test_orders_of_nothing (void)
{
  static const CsJobOrder orders[] = { CS_JOB_ORDER_DUE, CS_JOB_ORDER_START, CS_JOB_ORDER_NUMBER,
                                       CS_JOB_ORDER_MANAGER, CS_JOB_ORDER_BUDGET };
  CsCurrency currency = { "NZD" };
  g_autoptr (CsNamedJob) some = cs_named_job_new (make_job ("Zebra", "Huia", CS_JOB_LIVE, "2026-11-30"));
  g_autoptr (CsNamedJob) more = cs_named_job_new (make_job ("Zebra", "Huia", CS_JOB_LIVE, "2026-12-14"));
  g_autoptr (CsNamedJob) none = cs_named_job_new (make_job ("Accounts", "Aroha", CS_JOB_LIVE, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      CsJobOrder parsed;

      g_set_str (&some->job->there->number, "J000001");
      g_set_str (&some->manager, "Mere Tane");
      g_assert_true (cs_date_parse ("2026-10-01", &some->job->there->start, NULL));
      some->job->planned->has_budget = TRUE;
      g_assert_true (cs_money_parse ("99", currency, &some->job->planned->budget, NULL));
      check_way (orders[i], FALSE, some, none);
      check_way (orders[i], TRUE, some, none);
      g_assert_true (cs_job_order_parse (cs_job_order_to_string (orders[i]), &parsed));
      g_assert_cmpint (parsed, ==, orders[i]);
      g_assert_false (cs_job_order_parse ("nothing", &parsed));
    }
  more->job->planned->has_budget = TRUE;
  g_assert_true (cs_money_parse ("1000", currency, &more->job->planned->budget, NULL));
  check_before (CS_JOB_ORDER_BUDGET, some, more);
  check_way (CS_JOB_ORDER_CLIENT, FALSE, some, more);
  check_way (CS_JOB_ORDER_CLIENT, TRUE, some, more);
}

static void
test_search (void)
{
  CsNamedJob *named
      = cs_named_job_new (make_job ("Annual accounts", "Kōwhai Joinery", CS_JOB_LIVE, "2026-12-14"));
  g_autoptr (CsRecord) item = NULL;

  g_set_str (&named->job->there->number, "J000321");
  g_set_str (&named->templates, "GST Return");
  g_set_str (&named->staff, "Mia Tamihana");
  item = cs_job_item_new (named);
  g_assert_true (cs_job_item_matches (CS_JOB_ITEM (item), "kowhai"));
  g_assert_true (cs_job_item_matches (CS_JOB_ITEM (item), "j000321"));
  g_assert_true (cs_job_item_matches (CS_JOB_ITEM (item), "gst"));
  g_assert_true (cs_job_item_matches (CS_JOB_ITEM (item), "tamihana"));
  g_assert_true (cs_job_item_matches (CS_JOB_ITEM (item), NULL));
  g_assert_false (cs_job_item_matches (CS_JOB_ITEM (item), "payroll"));
}

/* A new read tells only of what is different: else each list would be drawn anew at each. */
static void
test_adopt (void)
{
  g_autoptr (CsRecord) item
      = cs_job_item_new (cs_named_job_new (make_job ("Accounts", "Kauri", CS_JOB_LIVE, "2026-12-14")));
  g_autoptr (CsRecord) same
      = cs_job_item_new (cs_named_job_new (make_job ("Accounts", "Kauri", CS_JOB_LIVE, "2026-12-14")));
  CsNamedJob *named = cs_named_job_new (make_job ("Accounts", "Kauri", CS_JOB_LIVE, "2026-12-14"));
  CsWorkTask *task = cs_work_task_new ();
  g_autoptr (CsRecord) changed = NULL;

  g_assert_false (cs_record_adopt (item, same));
  g_set_str (&task->name, "Prepare accounts");
  g_ptr_array_add (named->job->there->tasks, task);
  changed = cs_job_item_new (named);
  g_assert_true (cs_record_adopt (item, changed));
  g_assert_cmpuint (cs_job_item_get (CS_JOB_ITEM (item))->job->there->tasks->len, ==, 1);
}

static void
test_names (void)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_entry_free);
  CsWorkEntry *entry = cs_work_entry_new ();

  g_set_str (&entry->remote_id, "39ce9006-af43-4f39-83d9-c7183d92d617");
  g_set_str (&entry->name, "Annual Accounts");
  g_ptr_array_add (entries, entry);
  g_assert_cmpstr (cs_work_entries_name (entries, "39CE9006-AF43-4F39-83D9-C7183D92D617"), ==,
                   "Annual Accounts");
  g_assert_cmpstr (cs_work_entries_name (entries, "another"), ==, "another");
  g_assert_cmpstr (cs_work_entries_name (NULL, "another"), ==, "another");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job-item/J-01/views", test_views);
  g_test_add_func ("/job-item/orders", test_orders);
  g_test_add_func ("/job-item/orders of nothing", test_orders_of_nothing);
  g_test_add_func ("/job-item/search", test_search);
  g_test_add_func ("/job-item/adopt", test_adopt);
  g_test_add_func ("/job-item/P-08/names", test_names);
  return g_test_run ();
}
