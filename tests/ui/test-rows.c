/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of details that are filled anew: they say what they should, in that order, and those that stay are the
 * same, so that who is on one, or has chosen words in it, is not thrown out by a refresh. */
#include "cs-rows.h"

static GtkListBox *
make_list (void)
{
  return GTK_LIST_BOX (g_object_ref_sink (gtk_list_box_new ()));
}

static GtkWidget *
get_row (GtkListBox *list, int index)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (list, index));
}

static void
assert_row (GtkListBox *list, int index, const char *title, const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (get_row (list, index));

  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, title);
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, subtitle);
}

static gboolean
has_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static void
fill_facts (GtkListBox *list, const char *date, const char *client, const char *reference)
{
  CsRowsFill fill = cs_rows_fill_start (list);

  cs_rows_fill_property (&fill, "Date", date);
  if (client != NULL)
    cs_rows_fill_property_link (&fill, "Client", client, "win.show-client::1");
  cs_rows_fill_property (&fill, "Reference", reference);
  cs_rows_fill_end (&fill);
}

static void
test_rows_stay (void)
{
  g_autoptr (GtkListBox) list = make_list ();
  GtkWidget *date;
  GtkWidget *reference;

  fill_facts (list, "1 May", "Ada", "A <1> & b");
  date = get_row (list, 0);
  reference = get_row (list, 2);
  assert_row (list, 1, "Client", "Ada");
  assert_row (list, 2, "Reference", "A <1> & b");
  fill_facts (list, "2 May", "Bo", "");
  g_assert_true (get_row (list, 0) == date);
  g_assert_true (get_row (list, 2) == reference);
  assert_row (list, 0, "Date", "2 May");
  assert_row (list, 1, "Client", "Bo");
  assert_row (list, 2, "Reference", "\xe2\x80\x93");
  g_assert_null (get_row (list, 3));
}

static void
test_rows_come_and_go (void)
{
  g_autoptr (GtkListBox) list = make_list ();
  GtkWidget *reference;

  fill_facts (list, "1 May", NULL, "x");
  reference = get_row (list, 1);
  fill_facts (list, "1 May", "Ada", "x");
  assert_row (list, 0, "Date", "1 May");
  assert_row (list, 1, "Client", "Ada");
  g_assert_true (get_row (list, 2) == reference);
  fill_facts (list, "1 May", NULL, "y");
  g_assert_true (get_row (list, 1) == reference);
  assert_row (list, 1, "Reference", "y");
  g_assert_null (get_row (list, 2));
}

static void
fill_contact (GtkListBox *list, const char *person)
{
  CsRowsFill fill = cs_rows_fill_start (list);

  if (person != NULL)
    cs_rows_fill_property (&fill, "Contact person", person);
  cs_rows_fill_property (&fill, "E-mail", "a@example.org");
  cs_rows_fill_property (&fill, "Phone", "1");
  cs_rows_fill_end (&fill);
}

/* Of the same kind, and yet another fact. */
static void
test_properties_keep_their_names (void)
{
  g_autoptr (GtkListBox) list = make_list ();
  GtkWidget *phone;

  fill_contact (list, NULL);
  phone = get_row (list, 1);
  fill_contact (list, "Ada");
  assert_row (list, 0, "Contact person", "Ada");
  assert_row (list, 1, "E-mail", "a@example.org");
  g_assert_true (get_row (list, 2) == phone);
  fill_contact (list, NULL);
  g_assert_true (get_row (list, 1) == phone);
  assert_row (list, 1, "Phone", "1");
  g_assert_null (get_row (list, 2));
}

static void
fill_lines (GtkListBox *list, int n_lines)
{
  CsRowsFill fill = cs_rows_fill_start (list);

  for (int i = 0; i < n_lines; i++)
    {
      g_autofree char *title = g_strdup_printf ("Line %d", i);
      g_autofree char *amount = g_strdup_printf ("%d.00", i);

      cs_rows_fill_amount (&fill, title, i % 2 == 0 ? "1 hour" : NULL, amount);
    }
  cs_rows_fill_sum (&fill, "Total", "9.99");
  cs_rows_fill_end (&fill);
}

/* Whatever was there before: the lines, and one sum under them. */
static void
test_amounts (void)
{
  g_autoptr (GtkListBox) list = make_list ();
  const int counts[] = { 2, 5, 1, 0, 3, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      fill_lines (list, counts[i]);
      for (int line = 0; line < counts[i]; line++)
        {
          g_autofree char *title = g_strdup_printf ("Line %d", line);
          g_autofree char *amount = g_strdup_printf ("%d.00", line);

          assert_row (list, line, title, line % 2 == 0 ? "1 hour" : "");
          g_assert_true (has_label (get_row (list, line), amount));
          g_assert_false (gtk_widget_has_css_class (get_row (list, line), "strong"));
        }
      assert_row (list, counts[i], "Total", "");
      g_assert_true (has_label (get_row (list, counts[i]), "9.99"));
      g_assert_true (gtk_widget_has_css_class (get_row (list, counts[i]), "strong"));
      g_assert_null (get_row (list, counts[i] + 1));
    }
}

/* A window's, whose actions want to know whom to show: asked for with nobody, GTK would complain. */
static GtkWidget *
make_window (GtkListBox *list)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("show-proposal", G_VARIANT_TYPE_STRING);

  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (list));
  return window;
}

/* [GTK] What is only out of sight is the last child all the same, for the style. */
static void
test_placeholder (void)
{
  g_autoptr (GtkListBox) list = make_list ();
  GtkWidget *placeholder = gtk_label_new ("None yet");

  gtk_list_box_set_placeholder (list, placeholder);
  cs_rows_clear (list);
  g_assert_true (gtk_widget_get_visible (placeholder));
  gtk_list_box_append (list, cs_rows_new ("One", NULL));
  gtk_list_box_append (list, cs_rows_new ("Two", NULL));
  g_assert_false (gtk_widget_get_visible (placeholder));
  gtk_list_box_remove (list, get_row (list, 0));
  g_assert_false (gtk_widget_get_visible (placeholder));
  cs_rows_clear (list);
  g_assert_true (gtk_widget_get_visible (placeholder));
}

static void
test_links (void)
{
  g_autoptr (GtkListBox) list = make_list ();
  GtkWidget *window = make_window (list);

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.show-proposal::%d", i);
      CsRowsFill fill = cs_rows_fill_start (list);
      g_autoptr (GVariant) target = NULL;

      cs_rows_fill_link (&fill, "Proposal", i == 0 ? "P-1" : NULL, action);
      cs_rows_fill_end (&fill);
      assert_row (list, 0, "Proposal", i == 0 ? "P-1" : "");
      target = g_variant_ref_sink (g_variant_new_string (i == 0 ? "0" : "1"));
      g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (get_row (list, 0))), ==,
                       "win.show-proposal");
      g_assert_cmpvariant (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (get_row (list, 0))),
                           target);
      g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (get_row (list, 0))));
      g_assert_false (adw_action_row_get_subtitle_selectable (ADW_ACTION_ROW (get_row (list, 0))));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  adw_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/rows/stay", test_rows_stay);
  g_test_add_func ("/ui/rows/come-and-go", test_rows_come_and_go);
  g_test_add_func ("/ui/rows/properties-keep-their-names", test_properties_keep_their_names);
  g_test_add_func ("/ui/rows/amounts", test_amounts);
  g_test_add_func ("/ui/rows/links", test_links);
  g_test_add_func ("/ui/rows/placeholder", test_placeholder);
  return g_test_run ();
}
