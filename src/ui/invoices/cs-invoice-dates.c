/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-browser-private.h"
#include "cs-typed-value.h"

#include <glib/gi18n-lib.h>

/* The span of invoice dates [V-08]: typed, or one of the usual ones; nothing happens before Apply. */

typedef struct
{
  CsInvoiceBrowser *browser; /* not held: the popover is in it */
  GtkWidget *popover;
  GtkEditable *from;
  GtkEditable *to;
  GtkLabel *problem;
} Dates;

static gboolean
read_date (Dates *dates, GtkEditable *entry, CsDate *date)
{
  CsTypedValue value;
  gboolean is_valid;

  cs_typed_value_init (&value);
  value.kind = CS_TYPED_DATE;
  value.today = cs_session_get_today (dates->browser->session);
  is_valid = cs_typed_value_read (&value, gtk_editable_get_text (entry));
  *date = value.date;
  if (!is_valid)
    {
      gtk_label_set_text (dates->problem, value.problem);
      gtk_widget_set_visible (GTK_WIDGET (dates->problem), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (entry));
    }
  cs_typed_value_clear (&value);
  return is_valid;
}

static void
apply_cb (Dates *dates)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_copy (dates->browser->filter);

  gtk_widget_set_visible (GTK_WIDGET (dates->problem), FALSE);
  if (!read_date (dates, dates->from, &filter->from) || !read_date (dates, dates->to, &filter->to))
    return;
  if (cs_date_is_set (filter->from) && cs_date_is_set (filter->to)
      && cs_date_compare (filter->from, filter->to) > 0)
    {
      gtk_label_set_text (dates->problem, _ ("The first day is after the last one."));
      gtk_widget_set_visible (GTK_WIDGET (dates->problem), TRUE);
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (dates->popover));
  cs_invoice_browser_set_filter (dates->browser, filter);
}

static void
fill (Dates *dates, CsDate from, CsDate to)
{
  g_autofree char *first = cs_date_to_string (from);
  g_autofree char *last = cs_date_to_string (to);

  gtk_editable_set_text (dates->from, first);
  gtk_editable_set_text (dates->to, last);
  gtk_widget_set_visible (GTK_WIDGET (dates->problem), FALSE);
}

static void
clear_cb (Dates *dates)
{
  fill (dates, CS_DATE_NONE, CS_DATE_NONE);
  apply_cb (dates);
}

static void
preset_cb (GtkButton *button, gpointer data)
{
  Dates *dates = data;
  int months = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "cs-months"));
  int back = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "cs-back"));
  int year, month, day;
  CsDate first;

  cs_date_get_parts (cs_session_get_today (dates->browser->session), &year, &month, &day);
  first = cs_date_from_parts (year, months == 12 ? 1 : months == 3 ? (month - 1) / 3 * 3 + 1 : month, 1);
  first = cs_date_add_months (first, -back * months, 1);
  fill (dates, first, cs_date_add_days (cs_date_add_months (first, months, 1), -1));
}

static void
shown_cb (Dates *dates)
{
  fill (dates, dates->browser->filter->from, dates->browser->filter->to);
}

static GtkWidget *
make_entry (Dates *dates, GtkWidget *box, const char *label)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), FALSE);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (apply_cb), dates);
  gtk_list_box_append (GTK_LIST_BOX (box), row);
  return row;
}

static void
add_presets (Dates *dates, GtkWidget *box)
{
  static const struct
  {
    const char *label;
    int months;
    int back;
  } presets[] = { { N_ ("This month"), 1, 0 },   { N_ ("Last month"), 1, 1 }, { N_ ("This quarter"), 3, 0 },
                  { N_ ("Last quarter"), 3, 1 }, { N_ ("This year"), 12, 0 }, { N_ ("Last year"), 12, 1 } };
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (presets[i].label));

      g_object_set_data (G_OBJECT (button), "cs-months", GINT_TO_POINTER (presets[i].months));
      g_object_set_data (G_OBJECT (button), "cs-back", GINT_TO_POINTER (presets[i].back));
      g_signal_connect (button, "clicked", G_CALLBACK (preset_cb), dates);
      gtk_grid_attach (GTK_GRID (grid), button, (int)i % 2, (int)i / 2, 1, 1);
    }
  gtk_box_append (GTK_BOX (box), grid);
}

static void
add_buttons (Dates *dates, GtkWidget *box)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *clear = gtk_button_new_with_mnemonic (_ ("All _dates"));
  GtkWidget *apply = gtk_button_new_with_mnemonic (_ ("_Apply"));

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_widget_add_css_class (apply, "suggested-action");
  g_signal_connect_swapped (clear, "clicked", G_CALLBACK (clear_cb), dates);
  g_signal_connect_swapped (apply, "clicked", G_CALLBACK (apply_cb), dates);
  gtk_box_append (GTK_BOX (row), clear);
  gtk_box_append (GTK_BOX (row), apply);
  gtk_box_append (GTK_BOX (box), row);
}

static GtkWidget *
make_popover (CsInvoiceBrowser *browser)
{
  Dates *dates = g_new0 (Dates, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();

  dates->browser = browser;
  dates->popover = gtk_popover_new ();
  g_object_set_data_full (G_OBJECT (dates->popover), "cs-dates", dates, g_free);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  dates->from = GTK_EDITABLE (make_entry (dates, list, _ ("First day")));
  dates->to = GTK_EDITABLE (make_entry (dates, list, _ ("Last day")));
  dates->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (dates->problem, TRUE);
  gtk_label_set_xalign (dates->problem, 0);
  gtk_widget_add_css_class (GTK_WIDGET (dates->problem), "error");
  gtk_widget_set_visible (GTK_WIDGET (dates->problem), FALSE);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (dates->problem));
  add_presets (dates, box);
  add_buttons (dates, box);
  gtk_popover_set_child (GTK_POPOVER (dates->popover), box);
  g_signal_connect_swapped (dates->popover, "show", G_CALLBACK (shown_cb), dates);
  return dates->popover;
}

static void
make_cb (GtkMenuButton *button, gpointer browser)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, make_popover (browser));
}

/* Made when it is wanted first. */
void
cs_invoice_dates_attach (CsInvoiceBrowser *self)
{
  gtk_menu_button_set_create_popup_func (self->dates_button, make_cb, self, NULL);
}
