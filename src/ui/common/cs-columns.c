/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-columns.h"

#include "cs-column-titles.h"
#include "cs-follow.h"

#include <adwaita.h>

#define ROWS_A_TURN 8

struct _CsColumns
{
  GtkWidget parent_instance;
  GtkColumnView *header;
  GtkListView *list;
  GMenu *menu;
  GSimpleActionGroup *actions;
  CsColumnSheet sheet;
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment; /* the list's */
  GtkScrollablePolicy hscroll_policy;
  guint widening;
  guint catching_up;
};

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY
};

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (CsColumns,
                               cs_columns,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* --- rows --- */

/* (nullable): the row of @item, or of the first of GTK's list items after it that has one; @item: (inout):
 * what comes after that */
static CsColumnRow *
next_row (GtkWidget **item)
{
  while (*item != NULL)
    {
      GtkWidget *child = gtk_widget_get_first_child (*item);

      *item = gtk_widget_get_next_sibling (*item);
      if (CS_IS_COLUMN_ROW (child))
        return CS_COLUMN_ROW (child);
    }
  return NULL;
}

static void
for_each_row (CsColumns *self, void (*call) (CsColumnRow *row))
{
  GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  CsColumnRow *row;

  while ((row = next_row (&item)) != NULL)
    call (row);
}

static void
look_again_cb (CsColumns *self)
{
  for_each_row (self, cs_column_row_look_again);
}

/* Those that are not on screen wait until there is time: GTK keeps two hundred. */
static gboolean
catch_up_cb (gpointer data)
{
  CsColumns *self = data;
  GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  CsColumnRow *row;
  guint n = 0;

  while ((row = next_row (&item)) != NULL)
    if (cs_column_row_catch_up (row) && ++n == ROWS_A_TURN)
      return G_SOURCE_CONTINUE;
  self->catching_up = 0;
  return G_SOURCE_REMOVE;
}

static void
is_late (gpointer data)
{
  CsColumns *self = data;

  if (self->catching_up == 0)
    self->catching_up = g_idle_add (catch_up_cb, self);
}

static void
fill_row (GtkListItem *list_item, gpointer item)
{
  cs_column_row_take (CS_COLUMN_ROW (gtk_list_item_get_child (list_item)), item);
}

static void
setup_cb (CsColumns *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, cs_column_row_new (&self->sheet, list_item));
}

static void
bind_cb (CsColumns *self, GtkListItem *list_item)
{
  cs_follow_bind (list_item, fill_row);
}

static void
unbind_cb (CsColumns *self, GtkListItem *list_item)
{
  cs_follow_unbind (list_item);
  cs_column_row_drop (CS_COLUMN_ROW (gtk_list_item_get_child (list_item)));
}

static GtkListItemFactory *
make_factory (CsColumns *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  return factory;
}

/* An arrow goes to what there is to press in a row, and back to the row. */
static gboolean
key_cb (CsColumns *self, guint key, guint code, GdkModifierType modifiers)
{
  GtkWidget *item = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (item == NULL || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == (is_rtl ? GDK_KEY_Left : GDK_KEY_Right))
    {
      cs_column_row_visit (CS_COLUMN_ROW (gtk_widget_get_first_child (item)));
      return gtk_widget_child_focus (gtk_widget_get_first_child (item), GTK_DIR_TAB_FORWARD);
    }
  if (key == (is_rtl ? GDK_KEY_Right : GDK_KEY_Left) && !gtk_widget_has_focus (item))
    return gtk_widget_grab_focus (item);
  return GDK_EVENT_PROPAGATE;
}

static void
attach_keys (CsColumns *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

/* --- where the columns are --- */

static gboolean
widen_cb (gpointer data)
{
  CsColumns *self = data;

  self->widening = 0;
  cs_column_titles_set_up (self->header, &self->sheet);
  return G_SOURCE_REMOVE;
}

/* While it is drawn, nothing may be resized. */
static void
widen (gpointer data)
{
  CsColumns *self = data;

  if (self->widening == 0)
    self->widening = g_idle_add_full (G_PRIORITY_HIGH_IDLE, widen_cb, self, NULL);
}

/* What is hidden is not asked for. */
static void
visible_cb (CsColumns *self, GParamSpec *spec, GtkColumnViewColumn *column)
{
  CsColumnPlace *place = cs_column_titles_find (&self->sheet, column);

  g_return_if_fail (place != NULL);
  place->is_visible = gtk_column_view_column_get_visible (column);
  for_each_row (self, cs_column_row_refill);
}

/* What a row says is said in the order of its columns. */
static void
moved_cb (CsColumns *self)
{
  if (self->header == NULL) /* it goes, and its columns with it */
    return;
  cs_column_titles_count (self->header, &self->sheet);
  for_each_row (self, cs_column_row_refill);
}

/* --- as a widget --- */

static void
cs_columns_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  CsColumns *self = CS_COLUMNS (widget);
  int list_minimum;
  int list_natural;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (GTK_WIDGET (self->header), orientation, -1, minimum, natural, NULL, NULL);
      return;
    }
  gtk_widget_measure (cs_column_titles_get (self->header), orientation, -1, minimum, natural, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->list), orientation, -1, &list_minimum, &list_natural, NULL, NULL);
  *minimum += list_minimum;
  *natural += list_natural;
}

static void
cs_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsColumns *self = CS_COLUMNS (widget);
  int full = width;
  int top;
  int x;

  gtk_widget_measure (GTK_WIDGET (self->header), GTK_ORIENTATION_HORIZONTAL, -1, &full, NULL, NULL, NULL);
  full = MAX (full, width);
  gtk_widget_measure (cs_column_titles_get (self->header), GTK_ORIENTATION_VERTICAL, -1, &top, NULL, NULL,
                      NULL);
  if (self->hadjustment != NULL)
    gtk_adjustment_configure (self->hadjustment, gtk_adjustment_get_value (self->hadjustment), 0, full,
                              width * 0.1, width * 0.9, width);
  x = self->hadjustment != NULL ? (int)gtk_adjustment_get_value (self->hadjustment) : 0;
  gtk_widget_allocate (GTK_WIDGET (self->header), full, top, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float)-x, 0)));
  if (cs_column_titles_take_places (self->header, &self->sheet))
    for_each_row (self, cs_column_row_place);
  gtk_widget_allocate (GTK_WIDGET (self->list), full, MAX (height - top, 0), -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float)-x, (float)top)));
}

/* Letters, colours or icons are others. */
static void
restyle (CsColumns *self)
{
  if (self->sheet.paint == NULL)
    return;
  cs_cell_paint_restyle (self->sheet.paint);
  for (guint i = 0; i < self->sheet.places->len; i++)
    g_array_index (self->sheet.places, CsColumnPlace, i).wanted = 0;
  for_each_row (self, cs_column_row_restyle);
  widen (self);
}

static void
cs_columns_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cs_columns_parent_class)->css_changed (widget, change);
  restyle (CS_COLUMNS (widget));
}

static void
cs_columns_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (cs_columns_parent_class)->system_setting_changed (widget, setting);
  restyle (CS_COLUMNS (widget));
}

static gboolean
cs_columns_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CS_COLUMNS (widget)->list));
}

static void
set_hadjustment (CsColumns *self, GtkAdjustment *adjustment)
{
  if (self->hadjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->hadjustment, gtk_widget_queue_allocate, self);
  g_set_object (&self->hadjustment, adjustment);
  if (adjustment == NULL)
    return;
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_allocate), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Rows that come into sight were out of it when they were drawn last. */
static void
set_vadjustment (CsColumns *self, GtkAdjustment *adjustment)
{
  if (self->vadjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->vadjustment, look_again_cb, self);
  g_set_object (&self->vadjustment, adjustment);
  g_object_set (self->list, "vadjustment", adjustment, NULL);
  if (adjustment == NULL)
    return;
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (look_again_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (look_again_cb), self, G_CONNECT_SWAPPED);
}

static void
cs_columns_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  CsColumns *self = CS_COLUMNS (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      set_hadjustment (self, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_vadjustment (self, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_VSCROLL_POLICY:
      g_object_set_property (G_OBJECT (self->list), spec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
cs_columns_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  CsColumns *self = CS_COLUMNS (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
    case PROP_VSCROLL_POLICY:
      g_object_get_property (G_OBJECT (self->list), spec->name, value);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
cs_columns_dispose (GObject *object)
{
  CsColumns *self = CS_COLUMNS (object);

  g_clear_handle_id (&self->widening, g_source_remove);
  g_clear_handle_id (&self->catching_up, g_source_remove);
  if (self->list != NULL)
    {
      set_vadjustment (self, NULL); /* it may move on as the list goes */
      gtk_list_view_set_model (self->list, NULL);
      gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->list)));
    }
  if (self->header != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->header)));
  g_clear_pointer (&self->sheet.paint, cs_cell_paint_free);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_clear_object (&self->menu);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (cs_columns_parent_class)->dispose (object);
}

static void
cs_columns_finalize (GObject *object)
{
  g_array_unref (CS_COLUMNS (object)->sheet.places);
  G_OBJECT_CLASS (cs_columns_parent_class)->finalize (object);
}

static void
cs_columns_class_init (CsColumnsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->set_property = cs_columns_set_property;
  object_class->get_property = cs_columns_get_property;
  object_class->dispose = cs_columns_dispose;
  object_class->finalize = cs_columns_finalize;
  widget_class->measure = cs_columns_measure;
  widget_class->size_allocate = cs_columns_size_allocate;
  widget_class->css_changed = cs_columns_css_changed;
  widget_class->system_setting_changed = cs_columns_system_setting_changed;
  widget_class->grab_focus = cs_columns_grab_focus;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", CS_TYPE_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "columnview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TREE_GRID);
}

static void
activate_cb (CsColumns *self, guint position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

static void
cs_columns_init (CsColumns *self)
{
  g_autoptr (GtkListItemFactory) factory = make_factory (self);
  AdwStyleManager *styles = adw_style_manager_get_default ();

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dense");
  self->menu = g_menu_new ();
  self->actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (self->actions));
  self->header = g_object_new (GTK_TYPE_COLUMN_VIEW, "accessible-role", GTK_ACCESSIBLE_ROLE_GENERIC, NULL);
  /* Nobody goes to its own rows, of which there are none; but the menu of a title is gone through by keys. */
  gtk_widget_set_can_focus (gtk_widget_get_last_child (GTK_WIDGET (self->header)), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->header), GTK_WIDGET (self));
  self->list = g_object_new (GTK_TYPE_LIST_VIEW, "accessible-role", GTK_ACCESSIBLE_ROLE_ROW_GROUP, "factory",
                             factory, NULL);
  gtk_list_view_set_tab_behavior (self->list, GTK_LIST_TAB_ITEM);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  attach_keys (self);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  self->sheet.places = g_array_new (FALSE, TRUE, sizeof (CsColumnPlace));
  self->sheet.paint = cs_cell_paint_new (GTK_WIDGET (self));
  self->sheet.viewport = GTK_WIDGET (self->list);
  self->sheet.widen = widen;
  self->sheet.is_late = is_late;
  self->sheet.data = self;
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (restyle), NULL);
  g_signal_connect_object (styles, "notify::accent-color", G_CALLBACK (restyle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (self->header), "items-changed", G_CALLBACK (moved_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (styles, "notify::high-contrast", G_CALLBACK (restyle), self, G_CONNECT_SWAPPED);
}

/** cs_columns_new: Returns: (transfer floating): a list of @selection without a column yet; @label is its
 * name */
GtkWidget *
cs_columns_new (GtkSelectionModel *selection, const char *label)
{
  CsColumns *self = g_object_new (CS_TYPE_COLUMNS, NULL);

  gtk_list_view_set_model (self->list, selection);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

/** cs_columns_append: adds @column (transfer full), which is called @id and may be hidden by @menu_label. */
void
cs_columns_append (CsColumns *self,
                   GtkColumnViewColumn *column,
                   const char *id,
                   const char *menu_label,
                   gboolean sorts)
{
  g_autoptr (GtkColumnViewColumn) owned = column;
  g_autoptr (GPropertyAction) action = g_property_action_new (id, column, "visible");
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (NULL, NULL, NULL));
  g_autofree char *name = g_strconcat ("columns.", id, NULL);
  CsColumnPlace place
      = { .cells = cs_cells_get (column), .is_visible = gtk_column_view_column_get_visible (column) };

  g_return_if_fail (CS_IS_COLUMNS (self) && place.cells != NULL);

  g_array_append_val (self->sheet.places, place);
  gtk_column_view_column_set_id (column, id);
  if (sorts)
    gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_header_menu (column, G_MENU_MODEL (self->menu));
  gtk_column_view_append_column (self->header, column);
  g_signal_connect_object (column, "notify::visible", G_CALLBACK (visible_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (widen), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
  if (menu_label != NULL)
    g_menu_append (self->menu, menu_label, name);
  cs_column_titles_set_up (self->header, &self->sheet);
}

/** cs_columns_set_single_click_activate: whether a click does what Enter does. */
void
cs_columns_set_single_click_activate (CsColumns *self, gboolean is_single)
{
  g_return_if_fail (CS_IS_COLUMNS (self));

  gtk_list_view_set_single_click_activate (self->list, is_single);
}

/** cs_columns_scroll_to: brings the row at @position into sight. */
void
cs_columns_scroll_to (CsColumns *self, guint position, GtkListScrollFlags flags)
{
  g_return_if_fail (CS_IS_COLUMNS (self));

  gtk_list_view_scroll_to (self->list, position, flags, NULL);
}

/** cs_columns_get_header: Returns: (transfer none): a column view that has the columns, and no row */
GtkColumnView *
cs_columns_get_header (CsColumns *self)
{
  g_return_val_if_fail (CS_IS_COLUMNS (self), NULL);

  return self->header;
}

/** cs_columns_get_sorter: Returns: (transfer none) (nullable: as it ends): it says "changed" when somebody
 * pressed a header */
GtkSorter *
cs_columns_get_sorter (CsColumns *self)
{
  g_return_val_if_fail (CS_IS_COLUMNS (self), NULL);

  return self->header != NULL ? gtk_column_view_get_sorter (self->header) : NULL;
}
