/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-activity-page.h"
#include "cs-activity-list.h"
#include "cs-alert-item.h"
#include "cs-calls-pane.h"
#include "cs-follow-up.h"
#include "cs-journal-list.h"
#include "cs-meter-button.h"
#include "cs-operation-actions.h"
#include "cs-operation-pane.h"
#include "cs-session-alerts.h"
#include "cs-split.h"
#include "cs-support-dialog.h"
#include "cs-sync-strip.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

struct _CsActivityPage
{
  AdwBin parent_instance;
  CsSplit *split;
  GtkWidget *top_bar;
  GtkWidget *more_button;
  AdwToggleGroup *filter;
  CsSession *session;
  CsRecordList *list;
  CsRecordList *alerts;
  CsIdSelection *selection;
  guint n_blocked;
};

enum
{
  PROP_0,
  PROP_N_BLOCKED,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (CsActivityPage, cs_activity_page, ADW_TYPE_BIN)

static char *
count_operations (guint n_shown, guint n_all)
{
  if (n_shown == n_all)
    return g_strdup_printf (ngettext ("%'u entry", "%'u entries", n_all), n_all);
  return g_strdup_printf (ngettext ("%1$'u of %2$'u entry", "%1$'u of %2$'u entries", n_all), n_shown, n_all);
}

static gboolean
matches (gpointer item, const char *query)
{
  return CS_IS_ALERT_ITEM (item) ? cs_alert_item_matches (item, query)
                                 : cs_journal_item_matches (item, query);
}

static const CsListPaneWords words = {
  N_ ("Search client, number or outcome"),
  "cs-activity-symbolic",
  N_ ("Nothing has been sent yet"),
  N_ ("Once a proposal is accepted, every contact and invoice that goes to Xero is listed here: what, for "
      "whom, "
      "when, and how it went."),
  N_ ("Go to proposals"),
  "win.show-page::proposals",
  count_operations,
  matches,
};

/* --- which rows are shown --- */

static const char *const FILTERS[] = {
  [CS_OPERATION_NEEDS_YOU] = "needs-you",
  [CS_OPERATION_WAITING] = "waiting",
  [CS_OPERATION_GOING] = "going",
  [CS_OPERATION_OVER] = "over",
};

static gboolean
shows (gpointer item, gpointer data)
{
  CsActivityPage *self = data;
  const char *filter = adw_toggle_group_get_active_name (self->filter);

  return filter == NULL || g_str_equal (filter, "all")
         || g_str_equal (filter, FILTERS[cs_activity_list_get_group (item)]);
}

static void
show_all (gpointer data)
{
  adw_toggle_group_set_active_name (CS_ACTIVITY_PAGE (data)->filter, "all");
}

static void
filter_changed_cb (CsActivityPage *self)
{
  if (self->list != NULL)
    cs_list_pane_refilter (cs_split_get_pane (self->split));
}

/* --- how many need a person --- */

/* Of alerts: one that many rows share is counted by its rows. */
static guint
count_causes (CsActivityPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->alerts));
  guint n_causes = 0;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (CsAlertItem) item = g_list_model_get_item (G_LIST_MODEL (self->alerts), i);

      n_causes += cs_alert_item_get (item)->code != CS_ALERT_BLOCKED;
    }
  return n_causes;
}

static void
count_blocked (CsActivityPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint n_blocked = count_causes (self);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (CsJournalItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      n_blocked += cs_journal_item_get (item)->state == CS_JOURNAL_BLOCKED;
    }
  if (self->n_blocked == n_blocked)
    return;
  self->n_blocked = n_blocked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_BLOCKED]);
}

static void
watch_items (CsActivityPage *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (CsJournalItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      g_signal_handlers_disconnect_by_func (item, count_blocked, self);
      g_signal_connect_object (item, "changed", G_CALLBACK (count_blocked), self, G_CONNECT_SWAPPED);
    }
  count_blocked (self);
}

/* --- the menu --- */

static void
read_all_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (cs_settled_check (settled, &error))
    cs_toast (object, _ ("Everything in Xero was read again"));
  else if (!cs_error_is_cancelled (error))
    cs_show_error (object, error);
}

static void
act_calls (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsActivityPage *self = CS_ACTIVITY_PAGE (widget);

  cs_id_selection_set_id (self->selection, NULL);
  cs_split_set_detail (self->split, cs_calls_pane_new (self->session), _ ("Calls to Xero"));
  cs_split_open (self->split);
}

static void
told_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    cs_show_error (object, error);
}

static void
act_support (GtkWidget *widget, const char *action, GVariant *parameter)
{
  adw_dialog_present (ADW_DIALOG (cs_support_dialog_new (CS_ACTIVITY_PAGE (widget)->session)), widget);
}

/* A full read takes long and uses calls up, so that it is no button beside the others. */
static void
act_read_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  cs_follow_up_to_the_end (cs_session_refresh_all (CS_ACTIVITY_PAGE (widget)->session), widget, read_all_cb,
                           NULL, NULL);
}

/* Of an alert: the row that it is about, if it is about one. */
static CsJournalItem *
find_subject (CsActivityPage *self, const char *id)
{
  CsAlertItem *alert = cs_record_list_find (self->alerts, id);
  g_autofree char *subject
      = alert != NULL ? cs_uuid_to_string (&cs_alert_item_get (alert)->subject_id) : NULL;

  return cs_record_list_find (self->list, subject != NULL ? subject : id);
}

static void
act_seen (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsActivityPage *self = CS_ACTIVITY_PAGE (widget);
  CsUuid id;

  if (cs_uuid_parse (g_variant_get_string (parameter, NULL), &id, NULL))
    cs_follow_up_to_the_end (cs_session_mark_seen (self->session, &id), self, told_cb, NULL, NULL);
}

/* All rows that were refused for the reason of this one, for which there is one card. */
static void
act_retry_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsActivityPage *self = CS_ACTIVITY_PAGE (widget);
  CsJournalItem *first = cs_activity_page_find (self, g_variant_get_string (parameter, NULL));
  CsOutcome outcome = first != NULL ? cs_journal_item_get (first)->outcome : CS_OUTCOME_NONE;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; first != NULL && i < n_items; i++)
    {
      g_autoptr (CsJournalItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);
      const CsOperation *operation = cs_journal_item_get (item);

      if (operation->state == CS_JOURNAL_BLOCKED && operation->outcome == outcome)
        cs_follow_up_to_the_end (cs_session_retry_journal (self->session, &operation->id, FALSE), self,
                                 told_cb, NULL, NULL);
    }
}

static void
selected_cb (CsActivityPage *self)
{
  const char *id = cs_id_selection_get_id (self->selection);
  CsJournalItem *item = id != NULL ? find_subject (self, id) : NULL;

  if (item == NULL)
    cs_split_set_detail (self->split, NULL, _ ("Activity"));
  else
    cs_split_set_detail (self->split, cs_operation_pane_new (self->session, item), _ ("Activity"));
}

static void
cs_activity_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_N_BLOCKED)
    g_value_set_uint (value, CS_ACTIVITY_PAGE (object)->n_blocked);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cs_activity_page_dispose (GObject *object)
{
  CsActivityPage *self = CS_ACTIVITY_PAGE (object);

  /* The filter's last word comes while the toggles go. */
  if (self->list != NULL)
    {
      cs_list_pane_set_filter (cs_split_get_pane (self->split), NULL, NULL, NULL);
      /* The bar is of our template, which would take it from under the bin that it stands in. */
      cs_list_pane_add_top (cs_split_get_pane (self->split), NULL);
    }
  /* Before the template lets go of it, or the bin would unparent it a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_ACTIVITY_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->alerts);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_activity_page_parent_class)->dispose (object);
}

static void
cs_activity_page_class_init (CsActivityPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = cs_activity_page_get_property;
  object_class->dispose = cs_activity_page_dispose;
  properties[PROP_N_BLOCKED] = g_param_spec_uint ("n-blocked", NULL, NULL, 0, G_MAXUINT, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (CS_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/activity/cs-activity-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsActivityPage, split);
  gtk_widget_class_bind_template_child (widget_class, CsActivityPage, top_bar);
  gtk_widget_class_bind_template_child (widget_class, CsActivityPage, more_button);
  gtk_widget_class_bind_template_child (widget_class, CsActivityPage, filter);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_install_action (widget_class, "activity.calls", NULL, act_calls);
  gtk_widget_class_install_action (widget_class, "activity.support", NULL, act_support);
  gtk_widget_class_install_action (widget_class, "activity.read-all", NULL, act_read_all);
  gtk_widget_class_install_action (widget_class, "alert.seen", "s", act_seen);
  gtk_widget_class_install_action (widget_class, "alert.retry-all", "s", act_retry_all);
  cs_operation_actions_install (widget_class);
}

static void
cs_activity_page_init (CsActivityPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
make_view (CsActivityPage *self)
{
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                       cs_activity_row_factory_new (self->session));
  g_autoptr (GtkListItemFactory) headers = cs_activity_header_factory_new ();

  gtk_list_view_set_header_factory (GTK_LIST_VIEW (view), headers);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Activity"), -1);
  return view;
}

/* The ledger and the practice manager may be read at the same time. */
static GtkWidget *
make_strips (CsSession *session)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), cs_sync_strip_new (session));
  gtk_box_append (GTK_BOX (box), cs_sync_strip_new_for_work (session));
  return box;
}

/** cs_activity_page_new: Returns: (transfer floating): the journal of @session's practice */
GtkWidget *
cs_activity_page_new (CsSession *session)
{
  CsActivityPage *self = g_object_new (CS_TYPE_ACTIVITY_PAGE, NULL);
  CsListPane *pane = cs_split_get_pane (self->split);

  self->session = g_object_ref (session);
  self->list = cs_journal_list_new (session);
  self->alerts = cs_alert_list_new (session);
  cs_split_set_titles (self->split, _ ("Activity"), _ ("Choose an entry"), "cs-activity-symbolic");
  cs_split_set_list_width (self->split, 320, 560, 0.45);
  cs_list_pane_set_up_over (pane, g_object_ref (self->list), cs_activity_list_new (self->alerts, self->list),
                            &words);
  cs_list_pane_set_filter (pane, shows, show_all, self);
  cs_list_pane_add_to_header (pane, self->more_button);
  cs_list_pane_add_to_header (pane, cs_meter_button_new (session));
  cs_list_pane_add_top (pane, self->top_bar);
  cs_list_pane_add_bottom (pane, make_strips (session));
  self->selection = g_object_ref (cs_list_pane_get_selection (pane));
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (watch_items), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->alerts, "items-changed", G_CALLBACK (count_blocked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-id", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  cs_split_set_view (self->split, make_view (self));
  return GTK_WIDGET (self);
}

/** cs_activity_page_show: opens the entry of this id. */
void
cs_activity_page_show (CsActivityPage *self, const CsUuid *id)
{
  g_autofree char *text = cs_uuid_to_string (id);

  g_return_if_fail (CS_IS_ACTIVITY_PAGE (self));

  cs_id_selection_set_id (self->selection, text);
  cs_split_open (self->split);
}

/** cs_activity_page_focus_search: */
void
cs_activity_page_focus_search (CsActivityPage *self)
{
  g_return_if_fail (CS_IS_ACTIVITY_PAGE (self));

  cs_list_pane_focus_search (cs_split_get_pane (self->split));
}

/** cs_activity_page_get_session: Returns: (transfer none): the practice */
CsSession *
cs_activity_page_get_session (CsActivityPage *self)
{
  g_return_val_if_fail (CS_IS_ACTIVITY_PAGE (self), NULL);

  return self->session;
}

/** cs_activity_page_find: Returns: (transfer none) (nullable): the row of the journal with this id */
CsJournalItem *
cs_activity_page_find (CsActivityPage *self, const char *id)
{
  g_return_val_if_fail (CS_IS_ACTIVITY_PAGE (self), NULL);

  return cs_record_list_find (self->list, id);
}
