/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-jobs-page.h"

#include "cs-columns.h"
#include "cs-desk-settings.h"
#include "cs-follow-up.h"
#include "cs-job-board.h"
#include "cs-job-columns.h"
#include "cs-job-list.h"
#include "cs-job-pane.h"
#include "cs-session-jobs.h"
#include "cs-split.h"
#include "cs-sync-strip.h"
#include "cs-toast.h"
#include "cs-work.h"

#include <glib/gi18n-lib.h>

static const char *const VIEWS[CS_JOB_N_VIEWS] = { [CS_JOB_VIEW_ALL] = NC_ ("jobs", "All"),
                                                   [CS_JOB_VIEW_PLANNED] = NC_ ("jobs", "Planned"),
                                                   [CS_JOB_VIEW_DEPLOYING] = NC_ ("jobs", "Being made"),
                                                   [CS_JOB_VIEW_LIVE] = NC_ ("jobs", "Live"),
                                                   [CS_JOB_VIEW_COMPLETED] = NC_ ("jobs", "Completed"),
                                                   [CS_JOB_VIEW_BLOCKED] = NC_ ("jobs", "Blocked") };

struct _CsJobsPage
{
  AdwBin parent_instance;
  CsSplit *split;
  GtkWidget *top_bar;
  GtkWidget *more_button;
  AdwToggleGroup *filter;
  AdwToggleGroup *view_group; /* list or board */
  AdwStatusPage *nothing_page;
  GtkButton *nothing_button;

  CsSession *session;
  CsRecordList *list;
  GtkSorter *sorter;
  CsIdSelection *selection;
  CsJobOrder order;
  gboolean is_descending;
  GtkWidget *view;     /* (nullable): unowned: the list, unless it is a board */
  gboolean is_filling; /* the header says what the order is */
  CsJobBoard *board;   /* (nullable): unowned: while that is the view */
  guint counts[CS_JOB_N_VIEWS];
  guint update;        /* idle */
  gboolean is_awaited; /* a job is chosen that is not read yet */
};

enum
{
  PROP_0,
  PROP_N_BLOCKED,
  PROP_ORDER,
  PROP_IS_DESCENDING,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (CsJobsPage, cs_jobs_page, ADW_TYPE_BIN)

static char *
count_jobs (guint n_shown, guint n_all)
{
  if (n_shown == n_all)
    return g_strdup_printf (ngettext ("%'u job", "%'u jobs", n_all), n_all);
  return g_strdup_printf (ngettext ("%1$'u of %2$'u job", "%1$'u of %2$'u jobs", n_all), n_shown, n_all);
}

static gboolean
matches (gpointer item, const char *query)
{
  return cs_job_item_matches (item, query);
}

/* What an empty page says depends on the connection: show_nothing(). */
static const CsListPaneWords words
    = { N_ ("Search jobs"),
        "cs-jobs-symbolic",
        N_ ("No jobs yet"),
        N_ ("Once a proposal is accepted, its jobs are made in Practice Manager by themselves."),
        NULL,
        NULL,
        count_jobs,
        matches };

/* --- which are shown, and in which order --- */

static gboolean
shows (gpointer item, gpointer data)
{
  guint view = adw_toggle_group_get_active (CS_JOBS_PAGE (data)->filter);

  /* The board shows them all, by its columns. */
  if (CS_JOBS_PAGE (data)->board != NULL)
    return TRUE;
  return view >= CS_JOB_N_VIEWS || cs_job_view_holds ((CsJobView)view, cs_job_item_get (item)->job->state);
}

static void
show_all (gpointer data)
{
  adw_toggle_group_set_active (CS_JOBS_PAGE (data)->filter, CS_JOB_VIEW_ALL);
}

static void
filter_changed_cb (CsJobsPage *self)
{
  if (self->list != NULL)
    cs_list_pane_refilter (cs_split_get_pane (self->split));
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  return cs_job_order_compare (CS_JOBS_PAGE (data)->order, CS_JOBS_PAGE (data)->is_descending,
                               cs_job_item_get ((gpointer)a), cs_job_item_get ((gpointer)b));
}

static void
show_order (CsJobsPage *self)
{
  if (!CS_IS_COLUMNS (self->view))
    return;
  self->is_filling = TRUE;
  cs_columns_show_sort (CS_COLUMNS (self->view), cs_job_order_to_string (self->order), self->is_descending);
  self->is_filling = FALSE;
}

static void
set_order (CsJobsPage *self, CsJobOrder order, gboolean is_descending)
{
  if (self->order == order && self->is_descending == is_descending)
    return;
  self->order = order;
  self->is_descending = is_descending;
  if (self->sorter == NULL)
    return;
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  show_order (self);
  cs_desk_settings_set_jobs_order (cs_job_order_to_string (order), is_descending);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_DESCENDING]);
}

/* Somebody pressed the header of a column. */
static void
sorted_cb (CsJobsPage *self)
{
  gboolean is_descending = FALSE;
  CsJobOrder order;

  if (!self->is_filling && CS_IS_COLUMNS (self->view)
      && cs_job_order_parse (cs_columns_get_sort (CS_COLUMNS (self->view), &is_descending), &order))
    set_order (self, order, is_descending);
}

/* --- how many there are of each --- */

static void
label_views (CsJobsPage *self)
{
  for (guint view = 0; view < CS_JOB_N_VIEWS; view++)
    {
      /* Translators: a kind of jobs, and how many there are: "Live 12". */
      g_autofree char *label = g_strdup_printf (
          _ ("%1$s %2$'u"), g_dpgettext2 (GETTEXT_PACKAGE, "jobs", VIEWS[view]), self->counts[view]);

      adw_toggle_set_label (adw_toggle_group_get_toggle (self->filter, view), label);
    }
}

static void
count (CsJobsPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint n_blocked = self->counts[CS_JOB_VIEW_BLOCKED];

  memset (self->counts, 0, sizeof self->counts);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (CsJobItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      for (guint view = 0; view < CS_JOB_N_VIEWS; view++)
        self->counts[view] += cs_job_view_holds ((CsJobView)view, cs_job_item_get (item)->job->state);
    }
  label_views (self);
  gtk_widget_set_visible (self->top_bar, n_items > 0 && self->board == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->view_group), n_items > 0);
  if (n_blocked != self->counts[CS_JOB_VIEW_BLOCKED])
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_BLOCKED]);
}

static void selected_cb (CsJobsPage *self);
static void view_changed_cb (CsJobsPage *self);

static gboolean
update_cb (gpointer data)
{
  CsJobsPage *self = data;

  self->update = 0;
  count (self);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  filter_changed_cb (self);
  if (self->board != NULL)
    cs_job_board_refilter (self->board);
  if (self->is_awaited)
    selected_cb (self);
  return G_SOURCE_REMOVE;
}

/* Many change in one go. */
static void
queue_update (CsJobsPage *self)
{
  if (self->update == 0)
    self->update = g_idle_add (update_cb, self);
}

static void
watch_items (CsJobsPage *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (CsJobItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      g_signal_handlers_disconnect_by_func (item, queue_update, self);
      g_signal_connect_object (item, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
    }
  queue_update (self);
}

/* --- nothing to show --- */

static void
show_nothing (CsJobsPage *self)
{
  gboolean is_connected = cs_work_is_connected (cs_session_get_work (self->session));

  adw_status_page_set_title (self->nothing_page,
                             is_connected ? _ ("No jobs yet") : _ ("Practice Manager is not connected"));
  adw_status_page_set_description (
      self->nothing_page,
      is_connected
          ? _ ("Say which job templates belong to which service. Once a proposal is accepted, its jobs "
               "are made in Practice Manager by themselves.")
          : _ ("Once it is, the jobs of an accepted proposal are made there by themselves."));
  gtk_button_set_label (self->nothing_button,
                        is_connected ? _ ("How jobs are _made…") : _ ("_Connect Practice Manager…"));
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->nothing_button),
                                           is_connected ? "jobs.rules" : "win.connect-work");
}

static void
session_changed_cb (CsJobsPage *self, guint changes)
{
  if ((changes & (CS_CHANGE_CONNECTION | CS_CHANGE_WORK)) != 0)
    show_nothing (self);
}

/* --- what a person does with one --- */

static void
done_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (cs_settled_check (settled, &error))
    cs_toast (object, data);
  else if (!cs_error_is_cancelled (error))
    cs_show_error (object, error);
}

static void
act_deploy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsJobsPage *self = CS_JOBS_PAGE (widget);
  CsUuid id;

  if (!cs_uuid_parse (g_variant_get_string (parameter, NULL), &id, NULL))
    return;
  if (g_str_equal (action, "job.deploy"))
    cs_follow_up_to_the_end (cs_session_deploy_job (self->session, &id), self, done_cb,
                             _ ("The job is on its way"), NULL);
  else if (g_str_equal (action, "job.retry"))
    cs_follow_up_to_the_end (cs_session_retry_job (self->session, &id), self, done_cb,
                             _ ("It is tried again"), NULL);
}

static void
cancel_answered_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  CsJobsPage *self = data;
  CsUuid id;

  if (g_str_equal (response, "cancel-job")
      && cs_uuid_parse (g_object_get_data (G_OBJECT (dialog), "cs-job"), &id, NULL))
    cs_follow_up_to_the_end (cs_session_cancel_job (self->session, &id), self, done_cb,
                             _ ("Nothing more of the job is sent"), NULL);
}

static void
act_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      _ ("Not make this job?"), _ ("Nothing more of it is sent to Practice Manager. What "
                                   "is there already stays there, and the invoices "
                                   "are not touched. This can’t be undone.")));

  adw_alert_dialog_add_responses (dialog, "keep", _ ("_Keep it"), "cancel-job", _ ("_Don’t make it"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "cancel-job", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "keep");
  adw_alert_dialog_set_close_response (dialog, "keep");
  g_object_set_data_full (G_OBJECT (dialog), "cs-job", g_variant_dup_string (parameter, NULL), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (cancel_answered_cb), widget, 0);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* That of the id, or the one that is chosen. */
static void
act_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsJobsPage *self = CS_JOBS_PAGE (widget);
  CsJobItem *item = parameter != NULL
                        ? cs_record_list_find (self->list, g_variant_get_string (parameter, NULL))
                        : cs_id_selection_get_item (self->selection);
  g_autofree char *link
      = item != NULL ? cs_session_get_job_link (self->session, cs_job_item_get (item)->job->there) : NULL;

  if (link != NULL)
    gtk_widget_activate_action (widget, "win.open-uri", "s", link);
}

static void
act_rules (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.show-job-rules", "s", "");
}

/* --- the object --- */

static void
selected_cb (CsJobsPage *self)
{
  const char *id = cs_id_selection_get_id (self->selection);
  CsJobItem *item = id != NULL ? cs_record_list_find (self->list, id) : NULL;

  self->is_awaited = id != NULL && item == NULL;
  cs_split_set_detail (self->split, item != NULL ? cs_job_pane_new (self->session, item) : NULL, _ ("Job"));
}

static void
cs_jobs_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  CsJobsPage *self = CS_JOBS_PAGE (object);

  if (id == PROP_N_BLOCKED)
    g_value_set_uint (value, self->counts[CS_JOB_VIEW_BLOCKED]);
  else if (id == PROP_ORDER)
    g_value_set_string (value, cs_job_order_to_string (self->order));
  else if (id == PROP_IS_DESCENDING)
    g_value_set_boolean (value, self->is_descending);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cs_jobs_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  CsJobsPage *self = CS_JOBS_PAGE (object);
  CsJobOrder order;

  if (id == PROP_IS_DESCENDING)
    set_order (self, self->order, g_value_get_boolean (value));
  else if (id != PROP_ORDER)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  else if (cs_job_order_parse (g_value_get_string (value), &order))
    set_order (self, order, FALSE);
}

static void
cs_jobs_page_dispose (GObject *object)
{
  CsJobsPage *self = CS_JOBS_PAGE (object);

  g_clear_handle_id (&self->update, g_source_remove);
  self->board = NULL;
  self->view = NULL;
  /* The filter's last word comes while the toggles go. */
  if (self->list != NULL)
    {
      cs_list_pane_set_filter (cs_split_get_pane (self->split), NULL, NULL, NULL);
      gtk_custom_sorter_set_sort_func (GTK_CUSTOM_SORTER (self->sorter), NULL, NULL, NULL);
      /* These are of our template, which would take them from under the bins that they stand in. */
      cs_list_pane_add_top (cs_split_get_pane (self->split), NULL);
      cs_list_pane_set_instead (cs_split_get_pane (self->split), NULL);
    }
  /* Before the template lets go of it, or the bin would unparent it a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_JOBS_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorter);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_jobs_page_parent_class)->dispose (object);
}

static void
cs_jobs_page_class_init (CsJobsPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = cs_jobs_page_get_property;
  object_class->set_property = cs_jobs_page_set_property;
  object_class->dispose = cs_jobs_page_dispose;
  properties[PROP_N_BLOCKED] = g_param_spec_uint ("n-blocked", NULL, NULL, 0, G_MAXUINT, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ORDER] = g_param_spec_string (
      "order", NULL, NULL, "due", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_DESCENDING]
      = g_param_spec_boolean ("is-descending", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (CS_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/countersign/Countersign/ui/jobs/cs-jobs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsJobsPage, split);
  gtk_widget_class_bind_template_child (widget_class, CsJobsPage, top_bar);
  gtk_widget_class_bind_template_child (widget_class, CsJobsPage, more_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobsPage, filter);
  gtk_widget_class_bind_template_child (widget_class, CsJobsPage, view_group);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
  gtk_widget_class_bind_template_child (widget_class, CsJobsPage, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, CsJobsPage, nothing_button);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_install_property_action (widget_class, "jobs.order", "order");
  gtk_widget_class_install_property_action (widget_class, "jobs.descending", "is-descending");
  gtk_widget_class_install_action (widget_class, "jobs.rules", NULL, act_rules);
  gtk_widget_class_install_action (widget_class, "job.deploy", "s", act_deploy);
  gtk_widget_class_install_action (widget_class, "job.retry", "s", act_deploy);
  gtk_widget_class_install_action (widget_class, "job.cancel", "s", act_cancel);
  gtk_widget_class_install_action (widget_class, "job.open", "s", act_open);
  gtk_widget_class_install_action (widget_class, "list.open-there", NULL, act_open);
}

static void
cs_jobs_page_init (CsJobsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint view = 0; view < CS_JOB_N_VIEWS; view++)
    adw_toggle_group_add (self->filter, adw_toggle_new ());
  label_views (self);
  adw_toggle_group_set_active (self->filter, CS_JOB_VIEW_ALL);
  gtk_widget_set_visible (self->top_bar, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->view_group), FALSE);
}

/* In columns where there is room for them; what is chosen is of the model, and outlives the view. */
static GtkWidget *
make_view (CsJobsPage *self)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  if (cs_split_get_is_list_narrow (self->split))
    return self->view = cs_job_rows_new (model, self->session);
  self->view = cs_job_columns_new (model, self->session);
  show_order (self);
  g_signal_connect_object (cs_columns_get_sorter (CS_COLUMNS (self->view)), "changed", G_CALLBACK (sorted_cb),
                           self, G_CONNECT_SWAPPED);
  return self->view;
}

static void
opened_cb (CsJobsPage *self)
{
  cs_split_open (self->split);
}

/* The same jobs, by the same model: only the view is another. */
static void
show_view (CsJobsPage *self, gboolean as_board)
{
  GtkWidget *board;

  self->board = NULL;
  self->view = NULL;
  cs_split_set_list_alone (self->split, as_board);
  if (!as_board)
    cs_split_set_view (self->split, make_view (self));
  else
    {
      board = cs_job_board_new (self->selection, cs_job_bind_card, self->session);
      g_signal_connect_object (board, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
      self->board = CS_JOB_BOARD (board);
      cs_list_pane_add_view (cs_split_get_pane (self->split), board);
    }
  gtk_widget_set_visible (self->top_bar,
                          g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0 && !as_board);
  cs_list_pane_refilter (cs_split_get_pane (self->split));
}

static void
restore_order (CsJobsPage *self)
{
  gboolean is_descending = FALSE;
  g_autofree char *text = cs_desk_settings_dup_jobs_order (&is_descending);
  CsJobOrder order;

  if (cs_job_order_parse (text, &order))
    set_order (self, order, is_descending);
}

static void
view_changed_cb (CsJobsPage *self)
{
  gboolean as_board = g_strcmp0 (adw_toggle_group_get_active_name (self->view_group), "board") == 0;

  if (self->selection == NULL || as_board == (self->board != NULL))
    return;
  cs_desk_settings_set_jobs_as_board (as_board);
  show_view (self, as_board);
  if (as_board)
    cs_split_close (self->split);
}

static void
narrow_cb (CsJobsPage *self)
{
  if (self->board == NULL && self->selection != NULL
      && CS_IS_COLUMNS (self->view) == cs_split_get_is_list_narrow (self->split))
    show_view (self, FALSE);
}

/** cs_jobs_page_new: Returns: (transfer floating): the jobs of @session's practice */
GtkWidget *
cs_jobs_page_new (CsSession *session)
{
  CsJobsPage *self = g_object_new (CS_TYPE_JOBS_PAGE, NULL);
  CsListPane *pane = cs_split_get_pane (self->split);
  GListModel *sorted;

  self->session = g_object_ref (session);
  restore_order (self);
  self->list = cs_job_list_new (session);
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));
  sorted = G_LIST_MODEL (
      gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->list)), g_object_ref (self->sorter)));
  cs_split_set_titles (self->split, _ ("Jobs"), _ ("Choose a job"), "cs-jobs-symbolic");
  cs_split_set_list_width (self->split, 320, 1200, 0.71);
  cs_list_pane_set_up_over (pane, g_object_ref (self->list), sorted, &words);
  cs_list_pane_set_filter (pane, shows, show_all, self);
  cs_list_pane_set_instead (pane, GTK_WIDGET (self->nothing_page));
  cs_list_pane_add_to_header (pane, self->more_button);
  cs_list_pane_add_to_header (pane, GTK_WIDGET (self->view_group));
  cs_list_pane_add_top (pane, self->top_bar);
  cs_list_pane_add_bottom (pane, cs_sync_strip_new_for_work (session));
  show_nothing (self);
  self->selection = g_object_ref (cs_list_pane_get_selection (pane));
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (watch_items), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-id", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split, "notify::is-list-narrow", G_CALLBACK (narrow_cb), self,
                           G_CONNECT_SWAPPED);
  show_view (self, cs_desk_settings_get_jobs_as_board ());
  adw_toggle_group_set_active_name (self->view_group, self->board != NULL ? "board" : "list");
  return GTK_WIDGET (self);
}

/** cs_jobs_page_show: opens the job of this id. */
void
cs_jobs_page_show (CsJobsPage *self, const char *id)
{
  g_return_if_fail (CS_IS_JOBS_PAGE (self));

  show_all (self);
  cs_id_selection_set_id (self->selection, id);
  cs_split_open (self->split);
}

/** cs_jobs_page_focus_search: */
void
cs_jobs_page_focus_search (CsJobsPage *self)
{
  g_return_if_fail (CS_IS_JOBS_PAGE (self));

  cs_list_pane_focus_search (cs_split_get_pane (self->split));
}
