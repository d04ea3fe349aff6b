/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include <stdlib.h>

/* plain-table [ROWS|adwaita]   what the window is measured beside: an empty GTK window, or an empty one of
 * libadwaita, which is the least that any program of that kind takes; or one with a GtkColumnView as anybody
 * would write it, of so many rows and nine columns, each cell a GtkLabel that is set when it is bound. F5
 * puts other rows in the place of all, by one "items-changed", as a change of view that is not thought about
 * does. */

#define COLUMNS 9

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static gboolean
key_cb (GtkStringList *rows, guint key)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (rows));
  g_auto (GStrv) others = NULL;

  if (key != GDK_KEY_F5)
    return GDK_EVENT_PROPAGATE;
  others = g_new0 (char *, n_rows + 1);
  for (guint i = 0; i < n_rows; i++)
    others[i] = g_strdup_printf ("INV-%07u", n_rows - i);
  gtk_string_list_splice (rows, 0, n_rows, (const char *const *)others);
  return GDK_EVENT_STOP;
}

static void
attach_key (GtkWidget *view, GtkStringList *rows)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), rows, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, keys);
}

static GtkWidget *
make_table (guint n_rows)
{
  GtkStringList *rows = gtk_string_list_new (NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = NULL;

  for (guint i = 0; i < n_rows; i++)
    gtk_string_list_take (rows, g_strdup_printf ("INV-%07u", i));
  view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (rows))));
  for (int i = 0; i < COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new ("Column", factory);

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }
  attach_key (view, rows);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  return scroller;
}

static void
activate_cb (GtkApplication *app, gpointer n_rows)
{
  GtkWidget *window = gtk_application_window_new (app);

  gtk_window_set_default_size (GTK_WINDOW (window), 1500, 900);
  if (GPOINTER_TO_UINT (n_rows) > 0)
    gtk_window_set_child (GTK_WINDOW (window), make_table (GPOINTER_TO_UINT (n_rows)));
  gtk_window_present (GTK_WINDOW (window));
}

static void
activate_adwaita_cb (GtkApplication *app)
{
  GtkWidget *window = adw_application_window_new (app);
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  gtk_window_set_default_size (GTK_WINDOW (window), 1500, 900);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  const char *id = "io.github.countersign.PlainTable";
  gboolean is_adwaita = argc > 1 && g_str_equal (argv[1], "adwaita");
  g_autoptr (GtkApplication) app
      = is_adwaita ? GTK_APPLICATION (adw_application_new (id, G_APPLICATION_DEFAULT_FLAGS))
                   : gtk_application_new (id, G_APPLICATION_DEFAULT_FLAGS);
  guint n_rows = argc > 1 ? (guint)atoi (argv[1]) : 0;

  if (is_adwaita)
    g_signal_connect (app, "activate", G_CALLBACK (activate_adwaita_cb), NULL);
  else
    g_signal_connect (app, "activate", G_CALLBACK (activate_cb), GUINT_TO_POINTER (n_rows));
  return g_application_run (G_APPLICATION (app), 0, NULL);
}
