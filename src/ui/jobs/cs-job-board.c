/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-board.h"

#include "cs-job-item.h"
#include "cs-list-keys.h"

#include <glib/gi18n-lib.h>

#define COLUMN_WIDTH 180
#define COLUMN_SPACE 6

static const struct
{
  CsJobView view;
  const char *title;
} COLUMNS[] = {
  { CS_JOB_VIEW_PLANNED, NC_ ("jobs", "Planned") }, { CS_JOB_VIEW_DEPLOYING, NC_ ("jobs", "Being made") },
  { CS_JOB_VIEW_LIVE, NC_ ("jobs", "Live") },       { CS_JOB_VIEW_COMPLETED, NC_ ("jobs", "Completed") },
  { CS_JOB_VIEW_BLOCKED, NC_ ("jobs", "Blocked") },
};
#define N_COLUMNS G_N_ELEMENTS (COLUMNS)

typedef struct
{
  CsJobBoard *board; /* unowned */
  CsJobView view;
  const char *title;
  GtkFilter *filter;
  CsIdSelection *selection;
  GtkWidget *list_view;
  GtkLabel *heading;
} Column;

struct _CsJobBoard
{
  AdwBin parent_instance;
  CsIdSelection *chosen; /* the list's */
  Column columns[N_COLUMNS];
  gboolean is_following; /* the columns follow what is chosen */
};

G_DEFINE_FINAL_TYPE (CsJobBoard, cs_job_board, ADW_TYPE_BIN)

static guint opened_signal;

static int
is_in_column (gpointer item, gpointer data)
{
  const Column *column = data;

  return cs_job_view_holds (column->view, cs_job_item_get (item)->job->state);
}

static void
label_column (Column *column)
{
  /* Translators: a kind of jobs, and how many there are: "Live 12". */
  g_autofree char *text
      = g_strdup_printf (_ ("%1$s %2$'u"), g_dpgettext2 (GETTEXT_PACKAGE, "jobs", column->title),
                         g_list_model_get_n_items (G_LIST_MODEL (column->selection)));

  gtk_label_set_text (column->heading, text);
}

/* --- one of all is chosen --- */

static void
column_chosen_cb (CsIdSelection *selection, GParamSpec *spec, Column *column)
{
  const char *id = cs_id_selection_get_id (selection);

  if (!column->board->is_following && id != NULL)
    cs_id_selection_set_id (column->board->chosen, id);
}

static void
chosen_cb (CsJobBoard *self)
{
  const char *id = cs_id_selection_get_id (self->chosen);

  self->is_following = TRUE;
  for (guint i = 0; i < N_COLUMNS; i++)
    cs_id_selection_set_id (self->columns[i].selection, id);
  self->is_following = FALSE;
}

static void
activate_cb (GtkListView *view, guint position, Column *column)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (column->selection), position, TRUE);
  g_signal_emit (column->board, opened_signal, 0);
}

/* The row takes the click first and selects itself; by the time we are idle that is done. */
static gboolean
open_later_cb (gpointer data)
{
  if (gtk_widget_get_root (data) != NULL && cs_id_selection_get_item (CS_JOB_BOARD (data)->chosen) != NULL)
    g_signal_emit (data, opened_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
released_cb (CsJobBoard *self, int n_press, double x, double y, GtkGestureClick *click)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, open_later_cb, g_object_ref (self), g_object_unref);
}

/* --- from one column to the next --- */

static int
find_focused (CsJobBoard *self)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (gtk_widget_get_focus_child (self->columns[i].list_view) != NULL
        || gtk_widget_has_focus (self->columns[i].list_view))
      return (int)i;
  return -1;
}

/* To the job at the same height there, or its last. */
static gboolean
go_to_column (Column *column, guint height)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (column->selection));

  if (n_items == 0)
    return FALSE;
  gtk_list_view_scroll_to (GTK_LIST_VIEW (column->list_view), MIN (height, n_items - 1),
                           GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
  gtk_widget_grab_focus (column->list_view);
  return TRUE;
}

static gboolean
key_pressed_cb (CsJobBoard *self, guint key, guint code, GdkModifierType state)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int by = (key == GDK_KEY_Right || key == GDK_KEY_KP_Right) ? 1 : -1;
  int from = find_focused (self);
  guint height;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0 || from < 0
      || (key != GDK_KEY_Left && key != GDK_KEY_Right && key != GDK_KEY_KP_Left && key != GDK_KEY_KP_Right))
    return FALSE;
  height = cs_id_selection_get_position (self->columns[from].selection);
  if (height == GTK_INVALID_LIST_POSITION)
    height = 0;
  for (int i = from + (is_mirrored ? -by : by); i >= 0 && i < (int)N_COLUMNS; i += is_mirrored ? -by : by)
    if (go_to_column (&self->columns[i], height))
      break;
  return TRUE;
}

/* --- the object --- */

static void
cs_job_board_dispose (GObject *object)
{
  CsJobBoard *self = CS_JOB_BOARD (object);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      Column *column = &self->columns[i];

      if (column->list_view == NULL)
        continue;
      g_signal_handlers_disconnect_by_data (column->selection, column);
      g_signal_handlers_disconnect_by_data (column->list_view, column);
      gtk_list_view_set_model (GTK_LIST_VIEW (column->list_view), NULL);
      gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (column->filter), NULL, NULL, NULL);
      column->list_view = NULL;
      g_clear_object (&column->selection);
      g_clear_object (&column->filter);
    }
  g_clear_object (&self->chosen);
  G_OBJECT_CLASS (cs_job_board_parent_class)->dispose (object);
}

static void
cs_job_board_class_init (CsJobBoardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = cs_job_board_dispose;
  opened_signal
      = g_signal_new ("opened", CS_TYPE_JOB_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_job_board_init (CsJobBoard *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static GtkWidget *
make_list_view (CsJobBoard *self, Column *column, CsListRowBind bind, gpointer data)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (column->selection)),
                                       cs_list_row_factory_new (bind, data));

  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  g_dpgettext2 (GETTEXT_PACKAGE, "jobs", column->title), -1);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (view, "activate", G_CALLBACK (activate_cb), column);
  cs_list_keys_attach (view, column->selection);
  return view;
}

static GtkWidget *
make_column (CsJobBoard *self, Column *column, CsListRowBind bind, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkFilterListModel *jobs;

  column->board = self;
  column->filter = GTK_FILTER (gtk_custom_filter_new (is_in_column, column, NULL));
  jobs
      = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->chosen)), g_object_ref (column->filter));
  column->selection = cs_id_selection_new (G_LIST_MODEL (jobs));
  column->heading = GTK_LABEL (gtk_label_new (NULL));
  column->list_view = make_list_view (self, column, bind, data);
  gtk_label_set_xalign (column->heading, 0);
  gtk_widget_add_css_class (GTK_WIDGET (column->heading), "heading");
  gtk_widget_set_margin_start (GTK_WIDGET (column->heading), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (column->heading), 9);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column->list_view);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_size_request (box, COLUMN_WIDTH, -1);
  gtk_widget_add_css_class (box, "board-column");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (column->heading));
  gtk_box_append (GTK_BOX (box), scroller);
  g_signal_connect (column->selection, "notify::selected-id", G_CALLBACK (column_chosen_cb), column);
  g_signal_connect_swapped (column->selection, "items-changed", G_CALLBACK (label_column), column);
  label_column (column);
  return box;
}

/** cs_job_board_new: Returns: (transfer floating): the jobs that @selection shows, by state */
GtkWidget *
cs_job_board_new (CsIdSelection *selection, CsListRowBind bind, gpointer data)
{
  CsJobBoard *self = g_object_new (CS_TYPE_JOB_BOARD, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, COLUMN_SPACE);

  g_return_val_if_fail (CS_IS_ID_SELECTION (selection), NULL);

  self->chosen = g_object_ref (selection);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_set_margin_start (box, COLUMN_SPACE);
  gtk_widget_set_margin_end (box, COLUMN_SPACE);
  gtk_widget_set_margin_bottom (box, COLUMN_SPACE);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      self->columns[i].view = COLUMNS[i].view;
      self->columns[i].title = COLUMNS[i].title;
      gtk_box_append (GTK_BOX (box), make_column (self, &self->columns[i], bind, data));
    }
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (selection, "notify::selected-id", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  chosen_cb (self);
  return GTK_WIDGET (self);
}

/** cs_job_board_refilter: asks again which column each stands in. */
void
cs_job_board_refilter (CsJobBoard *self)
{
  g_return_if_fail (CS_IS_JOB_BOARD (self));

  for (guint i = 0; i < N_COLUMNS; i++)
    gtk_filter_changed (self->columns[i].filter, GTK_FILTER_CHANGE_DIFFERENT);
}
