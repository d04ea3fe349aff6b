/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with one of each thing that the driver must find, read and move: the driver is tested on it before
 * anything else is blamed. */
#include <adwaita.h>

#define ROWS 200

static void
say (GtkWidget *from, const char *text)
{
  GtkLabel *label = g_object_get_data (G_OBJECT (gtk_widget_get_root (from)), "said");

  gtk_label_set_label (label, text);
}

static void
greet_cb (GtkWidget *button, GtkEditable *entry)
{
  g_autofree char *text = g_strdup_printf ("Hello, %s", gtk_editable_get_text (entry));

  say (button, text);
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, GtkWidget *window)
{
  GtkLabel *label = g_object_get_data (G_OBJECT (window), "said");

  gtk_label_set_label (label, response);
}

static void
ask_cb (GtkWidget *button)
{
  AdwDialog *dialog = adw_alert_dialog_new ("Really?", "It cannot be undone.");
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (button));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "no", "_No", "yes", "_Yes", NULL);
  g_signal_connect (dialog, "response", G_CALLBACK (answered_cb), window);
  adw_dialog_present (dialog, window);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row)
{
  say (GTK_WIDGET (list), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static void
line_activated_cb (GtkColumnView *view, guint position)
{
  g_autofree char *text = g_strdup_printf ("Line %u opened", position);

  say (GTK_WIDGET (view), text);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *line = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (line));
}

static void
switch_page_cb (GtkWidget *button, GtkStack *stack)
{
  gtk_stack_set_visible_child_name (stack, "second");
}

static void
browse_cb (GtkWidget *button)
{
  g_app_info_launch_default_for_uri_async (g_getenv ("LITTLE_WINDOW_ADDRESS"), NULL, NULL, NULL, NULL);
}

static GtkWidget *
add_button (GtkBox *box, const char *label, gpointer callback, gpointer data)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect (button, "clicked", G_CALLBACK (callback), data);
  gtk_box_append (box, button);
  return button;
}

static GtkWidget *
new_lines (void)
{
  GtkStringList *lines = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *view, *scroller;

  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *text = g_strdup_printf ("Line %u", i);
      gtk_string_list_append (lines, text);
    }
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (lines))));
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), gtk_column_view_column_new ("Number", factory));
  g_signal_connect (view, "activate", G_CALLBACK (line_activated_cb), NULL);
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
new_list (void)
{
  GtkWidget *list = gtk_list_box_new ();
  const char *titles[] = { "Kauri Plumbing Ltd", "Harbour Café", "<a href=x>R&D" };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      GtkWidget *row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), titles[i]);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, "Clients", -1);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), NULL);
  return list;
}

static void
hello_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_label_set_label (g_object_get_data (window, "said"), "Hello from the menu");
}

static GtkWidget *
new_menu_button (GtkWidget *window)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("hello", NULL);
  GtkWidget *button = gtk_menu_button_new ();

  g_signal_connect (action, "activate", G_CALLBACK (hello_cb), window);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (action));
  g_menu_append (menu, "Say _hello", "win.hello");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, "Main menu", -1);
  return button;
}

static GtkWidget *
new_choice (void)
{
  const char *kinds[] = { "Upfront", "Monthly", "Yearly", NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (kinds);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Billing");
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  return row;
}

static void
activate_cb (GtkApplication *app)
{
  GtkWidget *window = adw_application_window_new (app);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *said = gtk_label_new ("Nothing yet");
  GtkWidget *name = adw_entry_row_new ();
  GtkWidget *quiet = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (name), "Name");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (quiet), "Quiet");
  g_object_set_data (G_OBJECT (window), "said", said);
  gtk_box_append (box, said);
  adw_preferences_group_add (group, name);
  adw_preferences_group_add (group, quiet);
  adw_preferences_group_add (group, new_choice ());
  gtk_box_append (box, GTK_WIDGET (group));
  add_button (box, "_Greet", greet_cb, name);
  add_button (box, "_Ask", ask_cb, NULL);
  add_button (box, "Open _browser", browse_cb, NULL);
  add_button (box, "_Next page", switch_page_cb, stack);
  gtk_box_append (box, new_list ());
  gtk_box_append (box, new_lines ());
  gtk_stack_add_named (GTK_STACK (stack), GTK_WIDGET (box), "first");
  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("The second page"), "second");
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), new_menu_button (window));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), stack);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_set_title (GTK_WINDOW (window), "Little window");
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 800);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) app
      = adw_application_new ("io.github.countersign.LittleWindow", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
