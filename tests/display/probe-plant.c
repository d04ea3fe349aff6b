/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probe-plant.h"

#include <adwaita.h>

#define PLANTED_SLEEP_US (200 * 1000)
#define PLANTED_WIDTH 4000

static GtkWidget *
find_header_bar (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (ADW_IS_HEADER_BAR (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_header_bar (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
make_planted (const char *fault)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_name (button, "planted");
  if (g_str_equal (fault, "unnamed button"))
    gtk_button_set_child (GTK_BUTTON (button), gtk_image_new_from_icon_name ("list-add-symbolic"));
  else
    gtk_button_set_label (GTK_BUTTON (button), "Planted");
  if (g_str_equal (fault, "fixed width"))
    gtk_widget_set_size_request (button, PLANTED_WIDTH, -1);
  if (g_str_equal (fault, "unreachable button"))
    gtk_widget_set_focusable (button, FALSE);
  return button;
}

void
probe_plant (const char *fault)
{
  static GtkWidget *planted;
  g_autoptr (GtkWidget) window = g_list_model_get_item (gtk_window_get_toplevels (), 0);
  GtkWidget *bar = find_header_bar (window);

  if (g_str_equal (fault, "sleep"))
    {
      g_usleep (PLANTED_SLEEP_US);
      return;
    }
  if (planted != NULL)
    adw_header_bar_remove (ADW_HEADER_BAR (gtk_widget_get_ancestor (planted, ADW_TYPE_HEADER_BAR)), planted);
  planted = NULL;
  if (*fault == '\0' || bar == NULL)
    return;
  planted = make_planted (fault);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), planted);
}
