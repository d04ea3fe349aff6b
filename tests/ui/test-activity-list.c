/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Activity in its groups, in a list view that shows them: rows go from one group to another while others come
 * and go, as when many invoices are sent at once. GTK aborts where a group is not the one that it was told
 * of. */
#include "cs-activity-list.h"
#include "cs-id-selection.h"
#include "cs-journal-item.h"

#include <adwaita.h>

#define N_OPERATIONS 40
#define N_ROUNDS 1500

static const CsJournalState STATES[]
    = { CS_JOURNAL_BLOCKED, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED, CS_JOURNAL_SENDING, CS_JOURNAL_DONE };

typedef struct
{
  gboolean is_there;
  CsJournalState state;
} Row;

static CsRecord *
make_item (guint index, CsJournalState state)
{
  CsOperation *operation = g_new0 (CsOperation, 1);

  operation->id = cs_uuid_from_name ("test", &index, sizeof index);
  operation->title = g_strdup ("Kauri Plumbing");
  operation->number = g_strdup_printf ("INV-%u", index);
  operation->outcome_message = g_strdup ("");
  operation->correlation_id = g_strdup ("");
  operation->remote_id = g_strdup ("");
  operation->contact_id = g_strdup ("");
  operation->planned_reference = g_strdup ("");
  operation->actor = g_strdup ("");
  operation->state = state;
  return cs_journal_item_new (operation);
}

static void
take (CsRecordList *journal, const Row *rows)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_OPERATIONS; i++)
    if (rows[i].is_there)
      g_ptr_array_add (fresh, make_item (i, rows[i].state));
  cs_record_list_take (journal, g_steal_pointer (&fresh));
}

static void
label_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new ("row"));
}

static GtkListItemFactory *
make_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (label_cb), NULL);
  return factory;
}

static GtkWidget *
show (GListModel *grouped)
{
  GtkWidget *list = gtk_list_view_new (GTK_SELECTION_MODEL (cs_id_selection_new (g_object_ref (grouped))),
                                       make_factory ());
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autoptr (GtkListItemFactory) header = cs_activity_header_factory_new ();

  gtk_list_view_set_header_factory (GTK_LIST_VIEW (list), header);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 600);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* (nullable): what the first header says */
static const char *
get_name (GtkWidget *widget)
{
  const char *name = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "caption-heading"))
    return gtk_label_get_text (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && name == NULL;
       child = gtk_widget_get_next_sibling (child))
    name = get_name (child);
  return name;
}

/* By group, and each group is one section. */
static void
assert_grouped (GListModel *grouped)
{
  guint n = g_list_model_get_n_items (grouped);

  for (guint i = 1; i < n; i++)
    {
      g_autoptr (GObject) before = g_list_model_get_item (grouped, i - 1);
      g_autoptr (GObject) item = g_list_model_get_item (grouped, i);
      guint start = 0;
      guint end = 0;

      gtk_section_model_get_section (GTK_SECTION_MODEL (grouped), i, &start, &end);
      g_assert_cmpint (cs_activity_list_get_group (before), <=, cs_activity_list_get_group (item));
      g_assert_true ((cs_activity_list_get_group (before) == cs_activity_list_get_group (item))
                     == (start < i));
    }
}

static void
change (Row *rows)
{
  for (guint n = (guint)g_test_rand_int_range (1, 6); n > 0; n--)
    {
      Row *row = &rows[g_test_rand_int_range (0, N_OPERATIONS)];

      row->is_there = g_test_rand_int_range (0, 6) != 0;
      row->state = STATES[g_test_rand_int_range (0, G_N_ELEMENTS (STATES))];
    }
}

static void
test_groups_while_rows_come_and_go (void)
{
  g_autoptr (CsRecordList) alerts = cs_record_list_new (NULL, NULL);
  g_autoptr (CsRecordList) journal = cs_record_list_new (NULL, NULL);
  g_autoptr (GListModel) grouped = cs_activity_list_new (alerts, journal);
  GtkWidget *window = show (grouped);
  Row rows[N_OPERATIONS] = { 0 };

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      change (rows);
      take (journal, rows);
      if (g_test_rand_int_range (0, 3) == 0)
        {
          settle ();
          assert_grouped (grouped);
        }
    }
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

/* A header names the group that its rows stand in: not another one before they are there, nor afterwards. */
static void
test_header_goes_with_its_rows (void)
{
  g_autoptr (CsRecordList) alerts = cs_record_list_new (NULL, NULL);
  g_autoptr (CsRecordList) journal = cs_record_list_new (NULL, NULL);
  g_autoptr (GListModel) grouped = cs_activity_list_new (alerts, journal);
  GtkWidget *window = show (grouped);
  Row rows[N_OPERATIONS]
      = { { .is_there = TRUE, .state = CS_JOURNAL_HELD }, { .is_there = TRUE, .state = CS_JOURNAL_HELD } };

  take (journal, rows);
  settle ();
  g_assert_cmpstr (get_name (window), ==, "Waiting");
  rows[0].state = CS_JOURNAL_DONE;
  take (journal, rows);
  g_assert_cmpstr (get_name (window), ==, "Waiting");
  settle ();
  g_assert_cmpstr (get_name (window), ==, "Waiting");
  rows[1].state = CS_JOURNAL_DONE;
  take (journal, rows);
  settle ();
  g_assert_cmpstr (get_name (window), ==, "Done");
  /* Both, and nothing else: the same section under another name. */
  rows[0].state = rows[1].state = CS_JOURNAL_SENDING;
  take (journal, rows);
  settle ();
  g_assert_cmpstr (get_name (window), ==, "Going out");
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/activity-list/groups-while-rows-come-and-go", test_groups_while_rows_come_and_go);
  g_test_add_func ("/ui/activity-list/header-goes-with-its-rows", test_header_goes_with_its_rows);
  return g_test_run ();
}
