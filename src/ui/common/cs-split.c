/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-split.h"
#include "cs-list-keys.h"

struct _CsSplit
{
  AdwBin parent_instance;
  AdwNavigationSplitView *split_view;
  AdwNavigationPage *list_page;
  AdwNavigationPage *detail_page;
  AdwBreakpointBin *list_bin;
  AdwBreakpoint *tight_point;
  AdwBreakpoint *narrow_point;
  CsListPane *pane; /* (nullable) */
  AdwBin *detail_bin;
  GtkWidget *choose_view;
  AdwStatusPage *choose_page;
  GListModel *choice; /* (nullable) */
  gboolean is_list_narrow;
  gboolean is_list_known; /* how wide the list is */
  gboolean is_list_tight; /* room for columns, but not for many */
  gboolean is_narrow;     /* no room for both */
  gboolean is_crowded;    /* room for both, but a list that wants much leaves the detail too little */
  double fraction;        /* of the page, for the list */
  double crowded_fraction;
  gboolean is_wide;  /* room for a list that wants all of it, and the detail beside it */
  gboolean is_alone; /* the list wants all of it, unless there is more than enough */
  gboolean is_only;  /* the list wants all of it, however much that is */
};

enum
{
  PROP_0,
  PROP_IS_LIST_NARROW,
  PROP_IS_LIST_TIGHT,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (CsSplit, cs_split, ADW_TYPE_BIN)

static void
set_list_room (CsSplit *self, gboolean is_narrow, gboolean is_tight)
{
  gboolean is_news = !self->is_list_known || self->is_list_narrow != is_narrow;
  gboolean was_tight = self->is_list_tight;

  self->is_list_known = TRUE;
  self->is_list_narrow = is_narrow;
  self->is_list_tight = is_tight;
  if (is_news)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LIST_NARROW]);
  if (was_tight != is_tight)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LIST_TIGHT]);
}

static void
narrow_cb (CsSplit *self)
{
  set_list_room (self, TRUE, FALSE);
}

static void
tight_cb (CsSplit *self)
{
  set_list_room (self, FALSE, TRUE);
}

static void
wide_cb (CsSplit *self)
{
  set_list_room (self, FALSE, FALSE);
}

static void
fold (CsSplit *self)
{
  adw_navigation_split_view_set_collapsed (self->split_view, self->is_narrow || self->is_only
                                                                 || (self->is_alone && !self->is_wide));
}

static void
share (CsSplit *self)
{
  adw_navigation_split_view_set_sidebar_width_fraction (
      self->split_view, self->is_crowded ? self->crowded_fraction : self->fraction);
}

static void
crowd_cb (CsSplit *self)
{
  self->is_crowded = TRUE;
  self->is_wide = FALSE;
  share (self);
  fold (self);
}

static void
thin_out_cb (CsSplit *self)
{
  self->is_crowded = FALSE;
  self->is_wide = TRUE;
  share (self);
  fold (self);
}

static void
fold_cb (CsSplit *self)
{
  self->is_narrow = TRUE;
  self->is_wide = FALSE;
  fold (self);
}

static void
tighten_cb (CsSplit *self)
{
  self->is_wide = FALSE;
  fold (self);
}

static void
loosen_cb (CsSplit *self)
{
  self->is_wide = TRUE;
  fold (self);
}

static void
unfold_cb (CsSplit *self)
{
  self->is_narrow = FALSE;
  fold (self);
}

static void
cs_split_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_IS_LIST_NARROW)
    g_value_set_boolean (value, CS_SPLIT (object)->is_list_narrow);
  else if (id == PROP_IS_LIST_TIGHT)
    g_value_set_boolean (value, CS_SPLIT (object)->is_list_tight);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

/* Beside a list that says why it is empty, "Choose one" would ask for what nobody can do. */
static void
show_choice (CsSplit *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->choose_page), g_list_model_get_n_items (self->choice) > 0);
}

static void
cs_split_dispose (GObject *object)
{
  CsSplit *self = CS_SPLIT (object);
  GtkWidget *choose_view = self->choose_view;

  if (self->choice != NULL)
    g_signal_handlers_disconnect_by_func (self->choice, show_choice, self);
  g_clear_object (&self->choice);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_SPLIT);
  /* The template has forgotten it by now. */
  g_clear_object (&choose_view);
  G_OBJECT_CLASS (cs_split_parent_class)->dispose (object);
}

static void
cs_split_class_init (CsSplitClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = cs_split_get_property;
  object_class->dispose = cs_split_dispose;
  properties[PROP_IS_LIST_NARROW]
      = g_param_spec_boolean ("is-list-narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_LIST_TIGHT]
      = g_param_spec_boolean ("is-list-tight", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/countersign/Countersign/ui/common/cs-split.ui");
  gtk_widget_class_bind_template_child (widget_class, CsSplit, split_view);
  gtk_widget_class_bind_template_child (widget_class, CsSplit, list_page);
  gtk_widget_class_bind_template_child (widget_class, CsSplit, detail_page);
  gtk_widget_class_bind_template_child (widget_class, CsSplit, list_bin);
  gtk_widget_class_bind_template_child (widget_class, CsSplit, tight_point);
  gtk_widget_class_bind_template_child (widget_class, CsSplit, narrow_point);
  gtk_widget_class_bind_template_child (widget_class, CsSplit, detail_bin);
  gtk_widget_class_bind_template_child (widget_class, CsSplit, choose_view);
  gtk_widget_class_bind_template_child (widget_class, CsSplit, choose_page);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
  gtk_widget_class_bind_template_callback (widget_class, tight_cb);
  gtk_widget_class_bind_template_callback (widget_class, crowd_cb);
  gtk_widget_class_bind_template_callback (widget_class, thin_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, fold_cb);
  gtk_widget_class_bind_template_callback (widget_class, unfold_cb);
  gtk_widget_class_bind_template_callback (widget_class, tighten_cb);
  gtk_widget_class_bind_template_callback (widget_class, loosen_cb);
}

static void
cs_split_init (CsSplit *self)
{
  self->is_wide = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_ref (self->choose_view); /* comes and goes */
}

/** cs_split_get_pane: Returns: (transfer none): the list side, made when it is asked for first */
CsListPane *
cs_split_get_pane (CsSplit *self)
{
  g_return_val_if_fail (CS_IS_SPLIT (self), NULL);

  if (self->pane == NULL)
    {
      self->pane = g_object_new (CS_TYPE_LIST_PANE, NULL);
      adw_breakpoint_bin_set_child (self->list_bin, GTK_WIDGET (self->pane));
    }
  return self->pane;
}

/** cs_split_set_list: shows @list, and no pane, for a list that is more than that. */
void
cs_split_set_list (CsSplit *self, GtkWidget *list)
{
  g_return_if_fail (CS_IS_SPLIT (self) && GTK_IS_WIDGET (list));

  adw_breakpoint_bin_set_child (self->list_bin, list);
}

/** cs_split_set_titles: what the page is called, and what stands beside the list while nothing is chosen. */
void
cs_split_set_titles (CsSplit *self, const char *list_title, const char *choose_title, const char *choose_icon)
{
  g_return_if_fail (CS_IS_SPLIT (self));

  adw_navigation_page_set_title (self->list_page, list_title);
  adw_status_page_set_title (self->choose_page, choose_title);
  adw_status_page_set_icon_name (self->choose_page, choose_icon);
}

/** cs_split_set_choice: says to choose one while @listed has any. */
void
cs_split_set_choice (CsSplit *self, GListModel *listed)
{
  g_return_if_fail (CS_IS_SPLIT (self) && G_IS_LIST_MODEL (listed));

  if (self->choice == listed)
    return;
  if (self->choice != NULL)
    g_signal_handlers_disconnect_by_func (self->choice, show_choice, self);
  g_set_object (&self->choice, listed);
  g_signal_connect_swapped (listed, "items-changed", G_CALLBACK (show_choice), self);
  show_choice (self);
}

/** cs_split_set_list_width: how much of the page the list takes where both have room. */
void
cs_split_set_list_width (CsSplit *self, int least, int most, double fraction)
{
  g_return_if_fail (CS_IS_SPLIT (self) && least <= most);

  adw_navigation_split_view_set_max_sidebar_width (self->split_view, most);
  adw_navigation_split_view_set_min_sidebar_width (self->split_view, least);
  self->fraction = self->crowded_fraction = fraction;
  share (self);
}

/** cs_split_set_crowded_fraction: another share for the list where both have room, but not much. */
void
cs_split_set_crowded_fraction (CsSplit *self, double fraction)
{
  g_return_if_fail (CS_IS_SPLIT (self));

  self->crowded_fraction = fraction;
  share (self);
}

static void
set_most (AdwBreakpoint *point, int most)
{
  adw_breakpoint_set_condition (point, adw_breakpoint_condition_new_length (
                                           ADW_BREAKPOINT_CONDITION_MAX_WIDTH, most, ADW_LENGTH_UNIT_SP));
}

/** cs_split_set_list_room: up to which width the list has no room for columns, and not for many. */
void
cs_split_set_list_room (CsSplit *self, int narrow, int tight)
{
  g_return_if_fail (CS_IS_SPLIT (self) && narrow <= tight);

  set_most (self->narrow_point, narrow);
  set_most (self->tight_point, tight);
}

/** cs_split_set_list_alone: whether the list has the page for itself, and the detail comes over it
 * unless the page is wide. */
void
cs_split_set_list_alone (CsSplit *self, gboolean is_alone)
{
  g_return_if_fail (CS_IS_SPLIT (self));

  self->is_alone = is_alone;
  fold (self);
}

/** cs_split_set_list_only: whether the list has the page for itself, however wide that is. */
void
cs_split_set_list_only (CsSplit *self, gboolean is_only)
{
  g_return_if_fail (CS_IS_SPLIT (self));

  self->is_only = is_only;
  if (is_only)
    cs_split_close (self);
  fold (self);
}

static void
open_chosen (CsSplit *self)
{
  if (cs_id_selection_get_item (cs_list_pane_get_selection (cs_split_get_pane (self))) != NULL)
    cs_split_open (self);
}

static void
activate_cb (CsSplit *self, guint position)
{
  gtk_selection_model_select_item (
      GTK_SELECTION_MODEL (cs_list_pane_get_selection (cs_split_get_pane (self))), position, TRUE);
  open_chosen (self);
}

/* The row takes the click first and selects itself; by the time we are idle that is done. */
static gboolean
open_later_cb (gpointer data)
{
  if (gtk_widget_get_root (data) != NULL)
    open_chosen (data);
  return G_SOURCE_REMOVE;
}

static void
released_cb (CsSplit *self, int n_press, double x, double y, GtkGestureClick *click)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, open_later_cb, g_object_ref (self), g_object_unref);
}

/** cs_split_set_view: shows the list in @view. */
void
cs_split_set_view (CsSplit *self, GtkWidget *view)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_return_if_fail (CS_IS_SPLIT (self));

  /* A single click opens, but moving with the keyboard must not leave the list: so not single-click-activate.
   */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  cs_list_keys_attach (view, cs_list_pane_get_selection (cs_split_get_pane (self)));
  cs_split_set_choice (self, G_LIST_MODEL (cs_list_pane_get_selection (cs_split_get_pane (self))));
  cs_list_pane_add_view (cs_split_get_pane (self), view);
}

/** cs_split_set_detail: shows @detail (nullable), called @title. */
void
cs_split_set_detail (CsSplit *self, GtkWidget *detail, const char *title)
{
  g_return_if_fail (CS_IS_SPLIT (self));

  if (adw_bin_get_child (self->detail_bin) != (detail != NULL ? detail : self->choose_view))
    adw_bin_set_child (self->detail_bin, detail != NULL ? detail : self->choose_view);
  adw_navigation_page_set_title (self->detail_page, title);
  if (detail == NULL)
    cs_split_close (self);
}

/** cs_split_open: brings the detail to the front, where it is not beside the list. */
void
cs_split_open (CsSplit *self)
{
  g_return_if_fail (CS_IS_SPLIT (self));

  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

/** cs_split_close: brings the list to the front. */
void
cs_split_close (CsSplit *self)
{
  g_return_if_fail (CS_IS_SPLIT (self));

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
}

/** cs_split_get_is_list_narrow: Returns: whether the list has no room for columns */
gboolean
cs_split_get_is_list_narrow (CsSplit *self)
{
  g_return_val_if_fail (CS_IS_SPLIT (self), FALSE);

  return self->is_list_narrow;
}

/** cs_split_get_is_list_tight: Returns: whether the list has room for columns, but not for all that it has */
gboolean
cs_split_get_is_list_tight (CsSplit *self)
{
  g_return_val_if_fail (CS_IS_SPLIT (self), FALSE);

  return self->is_list_tight;
}
