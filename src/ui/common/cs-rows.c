/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-rows.h"
#include "cs-state-pill.h"

#define DASH "\xe2\x80\x93"

/** cs_rows_new: Returns: (transfer full): a row of @title and @subtitle (nullable) */
GtkWidget *
cs_rows_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  /* First of all: what was set before would have been read as markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

/** cs_rows_new_property: Returns: (transfer full): a row of a small name and a value, which can be selected
 */
GtkWidget *
cs_rows_new_property (const char *title, const char *value)
{
  GtkWidget *row = cs_rows_new (title, value != NULL && *value != '\0' ? value : DASH);

  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  return row;
}

/** cs_rows_add_amount: adds @amount at the end. */
void
cs_rows_add_amount (GtkWidget *row, const char *amount)
{
  GtkWidget *label = gtk_label_new (amount);

  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

/** cs_rows_add_pill: adds a state at the end. */
void
cs_rows_add_pill (GtkWidget *row, CsPill pill)
{
  GtkWidget *widget = cs_state_pill_new ();

  cs_state_pill_set (CS_STATE_PILL (widget), pill);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
}

/** cs_rows_set_action: makes @row a link. */
void
cs_rows_set_action (GtkWidget *row, const char *detailed_action)
{
  GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (row), detailed_action);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
}

/** cs_rows_add_button: Returns: (transfer none): a button at the end of @row */
GtkWidget *
cs_rows_add_button (GtkWidget *row, const char *label, const char *detailed_action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), detailed_action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

/** cs_rows_clear: takes every row away; gtk_list_box_remove_all() would take the placeholder, too. */
void
cs_rows_clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}
