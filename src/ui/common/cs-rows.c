/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-rows.h"
#include "cs-state-pill.h"

#define DASH "\xe2\x80\x93"
#define CHILDREN_KEY "cs-children"

typedef enum
{
  KIND_OTHER, /* is never kept */
  KIND_PROPERTY,
  KIND_PROPERTY_LINK,
  KIND_LINK,
  KIND_AMOUNT,
  KIND_SUM,
} Kind;

#define CS_TYPE_DETAIL_ROW (cs_detail_row_get_type ())
G_DECLARE_FINAL_TYPE (CsDetailRow, cs_detail_row, CS, DETAIL_ROW, AdwActionRow)

struct _CsDetailRow
{
  AdwActionRow parent_instance;
  Kind kind;
  GtkLabel *amount; /* (nullable) (unowned): at its end */
};

G_DEFINE_FINAL_TYPE (CsDetailRow, cs_detail_row, ADW_TYPE_ACTION_ROW)

static void
cs_detail_row_class_init (CsDetailRowClass *class)
{
}

static void
cs_detail_row_init (CsDetailRow *self)
{
  /* First of all: what was set before would have been read as markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

static void
set_words (GtkWidget *row, const char *title, const char *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
}

static const char *
get_value (const char *value)
{
  return value != NULL && *value != '\0' ? value : DASH;
}

/** cs_rows_new: Returns: (transfer full): a row of @title and @subtitle (nullable) */
GtkWidget *
cs_rows_new (const char *title, const char *subtitle)
{
  GtkWidget *row = g_object_new (CS_TYPE_DETAIL_ROW, NULL);

  set_words (row, title, subtitle);
  return row;
}

/** cs_rows_new_property: Returns: (transfer full): a row of a small name and a value, which can be selected
 */
GtkWidget *
cs_rows_new_property (const char *title, const char *value)
{
  GtkWidget *row = cs_rows_new (title, get_value (value));

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
  CS_DETAIL_ROW (row)->amount = GTK_LABEL (label);
}

/** cs_rows_add_pill: adds a state at the end. */
void
cs_rows_add_pill (GtkWidget *row, CsPill pill)
{
  GtkWidget *widget = cs_state_pill_new ();

  cs_state_pill_set (CS_STATE_PILL (widget), pill);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
}

/* The target first: a row that is in a window already would ask for the action with none. */
static void
set_action (GtkActionable *row, const char *detailed_action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_action_parse_detailed_name (detailed_action, &name, &target, &error))
    {
      g_critical ("%s", error->message);
      return;
    }
  gtk_actionable_set_action_target_value (row, target);
  gtk_actionable_set_action_name (row, name);
}

/** cs_rows_set_action: makes @row a link. */
void
cs_rows_set_action (GtkWidget *row, const char *detailed_action)
{
  GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  set_action (GTK_ACTIONABLE (row), detailed_action);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  /* A row that is a link can't have text to select, too. */
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), FALSE);
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

static void
children_changed_cb (GtkListBox *list)
{
  GtkWidget *placeholder = NULL;
  gboolean is_empty = TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_BOX_ROW (child))
      is_empty = FALSE;
    else
      placeholder = child;
  if (placeholder != NULL)
    gtk_widget_set_visible (placeholder, is_empty);
}

/* While there are rows. GTK only takes it out of sight, and the style goes on taking it for the last child:
 * the last row would have a line under it that sticks out of the round corners. */
static void
hide_placeholder (GtkListBox *list)
{
  GListModel *children;

  if (g_object_get_data (G_OBJECT (list), CHILDREN_KEY) != NULL)
    return;
  children = gtk_widget_observe_children (GTK_WIDGET (list));
  g_object_set_data_full (G_OBJECT (list), CHILDREN_KEY, children, g_object_unref);
  g_signal_connect_object (children, "items-changed", G_CALLBACK (children_changed_cb), list,
                           G_CONNECT_SWAPPED);
  children_changed_cb (list);
}

/** cs_rows_clear: takes every row away; gtk_list_box_remove_all() would take the placeholder, too. */
void
cs_rows_clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  hide_placeholder (list);
  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* --- rows that stay --- */

/** cs_rows_fill_start: Returns: what the rows of @list are filled by, from the first on */
CsRowsFill
cs_rows_fill_start (GtkListBox *list)
{
  CsRowsFill fill = { list, 0 };

  hide_placeholder (list);
  return fill;
}

static GtkWidget *
new_row (Kind kind, const char *title)
{
  gboolean is_property = kind == KIND_PROPERTY || kind == KIND_PROPERTY_LINK;
  GtkWidget *row = is_property ? cs_rows_new_property (title, NULL) : cs_rows_new (title, NULL);

  CS_DETAIL_ROW (row)->kind = kind;
  if (kind == KIND_AMOUNT || kind == KIND_SUM)
    cs_rows_add_amount (row, NULL);
  if (kind == KIND_SUM)
    gtk_widget_add_css_class (row, "strong");
  return row;
}

/* A property goes by its name, too: who is on one would be on another otherwise. */
static gboolean
is_row_of (GtkListBoxRow *row, Kind kind, const char *title)
{
  gboolean is_named = kind == KIND_PROPERTY || kind == KIND_PROPERTY_LINK;

  return CS_DETAIL_ROW (row)->kind == kind
         && (!is_named || g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title));
}

static int
find_row (CsRowsFill *fill, Kind kind, const char *title)
{
  GtkListBoxRow *row;

  for (int i = fill->position; (row = gtk_list_box_get_row_at_index (fill->list, i)) != NULL; i++)
    if (is_row_of (row, kind, title))
      return i;
  return -1;
}

/* The next row, which is of @kind: of those that are there, or else a new one in front of them. */
static GtkWidget *
take_row (CsRowsFill *fill, Kind kind, const char *title, const char *subtitle)
{
  int found = find_row (fill, kind, title);
  GtkWidget *row = NULL;

  if (found < 0)
    gtk_list_box_insert (fill->list, new_row (kind, title), fill->position);
  for (; found > fill->position; found--)
    gtk_list_box_remove (fill->list, GTK_WIDGET (gtk_list_box_get_row_at_index (fill->list, fill->position)));
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (fill->list, fill->position++));
  set_words (row, title, subtitle);
  return row;
}

static void
link_row (GtkWidget *row, const char *detailed_action)
{
  if (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)) == NULL)
    cs_rows_set_action (row, detailed_action);
  else
    set_action (GTK_ACTIONABLE (row), detailed_action);
}

/** cs_rows_fill_property: as cs_rows_new_property(). */
void
cs_rows_fill_property (CsRowsFill *fill, const char *title, const char *value)
{
  take_row (fill, KIND_PROPERTY, title, get_value (value));
}

/** cs_rows_fill_property_link: the same, and leads somewhere: see cs_rows_set_action(). */
void
cs_rows_fill_property_link (CsRowsFill *fill,
                            const char *title,
                            const char *value,
                            const char *detailed_action)
{
  link_row (take_row (fill, KIND_PROPERTY_LINK, title, get_value (value)), detailed_action);
}

/** cs_rows_fill_link: @subtitle: (nullable) */
void
cs_rows_fill_link (CsRowsFill *fill, const char *title, const char *subtitle, const char *detailed_action)
{
  link_row (take_row (fill, KIND_LINK, title, subtitle), detailed_action);
}

/** cs_rows_fill_amount: @subtitle: (nullable) */
void
cs_rows_fill_amount (CsRowsFill *fill, const char *title, const char *subtitle, const char *amount)
{
  gtk_label_set_text (CS_DETAIL_ROW (take_row (fill, KIND_AMOUNT, title, subtitle))->amount, amount);
}

/** cs_rows_fill_sum: what those above come to. */
void
cs_rows_fill_sum (CsRowsFill *fill, const char *title, const char *amount)
{
  gtk_label_set_text (CS_DETAIL_ROW (take_row (fill, KIND_SUM, title, NULL))->amount, amount);
}

/** cs_rows_fill_end: takes away the rows that nothing was said in. */
void
cs_rows_fill_end (CsRowsFill *fill)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (fill->list, fill->position)) != NULL)
    gtk_list_box_remove (fill->list, GTK_WIDGET (row));
}
