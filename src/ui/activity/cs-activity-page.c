/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-activity-page.h"
#include "cs-format.h"
#include "cs-journal-list.h"
#include "cs-list-row.h"
#include "cs-operation-pane.h"
#include "cs-operation-words.h"
#include "cs-split.h"

#include <glib/gi18n-lib.h>

struct _CsActivityPage
{
  AdwBin parent_instance;
  CsSplit *split;
  CsSession *session;
  CsRecordList *list;
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
    return g_strdup_printf (ngettext ("%u entry", "%u entries", n_all), n_all);
  return g_strdup_printf (ngettext ("%1$u of %2$u entry", "%1$u of %2$u entries", n_all), n_shown, n_all);
}

static gboolean
matches (gpointer item, const char *query)
{
  return cs_journal_item_matches (item, query);
}

static const CsListPaneWords words = {
  N_ ("Search client, number or outcome"),
  "cs-activity-symbolic",
  N_ ("Nothing was sent yet"),
  N_ ("Once a proposal is accepted, every contact and invoice that goes to Xero is listed here: what, for "
      "whom, "
      "when, and how it went."),
  NULL,
  NULL,
  count_operations,
  matches,
};

static void
bind_row (CsListRow *row, gpointer item, gpointer data)
{
  CsSession *session = data;
  const CsOperation *operation = cs_journal_item_get (item);
  g_autofree char *title = cs_operation_words_title (operation);
  g_autofree char *ago = cs_format_ago (cs_operation_get_moved_ms (operation),
                                        cs_clock_now_ms (cs_session_get_clock (session)));
  g_autofree char *amount = operation->is_invoice ? cs_format_money (operation->amount) : g_strdup ("");
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", operation->title, ago);

  cs_list_row_set_texts (row, title, subtitle, amount);
  cs_list_row_set_pill (row, cs_pill_for_operation (operation), NULL);
}

static void
count_blocked (CsActivityPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint n_blocked = 0;

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

static void
selected_cb (CsActivityPage *self)
{
  const char *id = cs_id_selection_get_id (self->selection);
  CsJournalItem *item = id != NULL ? cs_record_list_find (self->list, id) : NULL;

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

  /* Before the template lets go of it, or the bin would unparent it a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_ACTIVITY_PAGE);
  g_clear_object (&self->selection);
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
                                       cs_list_row_factory_new (bind_row, self->session));

  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Activity"), -1);
  return view;
}

/** cs_activity_page_new: Returns: (transfer floating): the journal of @session's practice */
GtkWidget *
cs_activity_page_new (CsSession *session)
{
  CsActivityPage *self = g_object_new (CS_TYPE_ACTIVITY_PAGE, NULL);
  CsListPane *pane = cs_split_get_pane (self->split);

  self->session = g_object_ref (session);
  self->list = cs_journal_list_new (session);
  cs_split_set_titles (self->split, _ ("Activity"), _ ("Choose an entry"), "cs-activity-symbolic");
  cs_split_set_list_width (self->split, 320, 560, 0.45);
  cs_list_pane_set_up (pane, g_object_ref (self->list), &words);
  self->selection = g_object_ref (cs_list_pane_get_selection (pane));
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (watch_items), self, G_CONNECT_SWAPPED);
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
