/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-clients-page.h"
#include "cs-client-detail.h"
#include "cs-client-dialog.h"
#include "cs-client-exchange.h"
#include "cs-client-list.h"
#include "cs-client-pane.h"
#include "cs-client-sets-page.h"
#include "cs-follow-up.h"
#include "cs-list-row.h"
#include "cs-split.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

struct _CsClientsPage
{
  AdwBin parent_instance;
  GtkStack *stack; /* clients, groups, people */
  CsSplit *split;
  CsClientSetsPage *sets[CS_CLIENT_SET_KIND_N];
  AdwToggleGroup *switches[CS_CLIENT_SET_KIND_N + 1]; /* the same one over each list; clients last */
  CsSession *session;
  CsIdSelection *selection;
  CsClientExchange *exchange;
  gboolean is_switching; /* the switches follow each other */
};

G_DEFINE_FINAL_TYPE (CsClientsPage, cs_clients_page, ADW_TYPE_BIN)

static char *
count_clients (guint n_shown, guint n_all)
{
  if (n_shown == n_all)
    return g_strdup_printf (ngettext ("%'u client", "%'u clients", n_all), n_all);
  return g_strdup_printf (ngettext ("%1$'u of %2$'u client", "%1$'u of %2$'u clients", n_all), n_shown,
                          n_all);
}

static gboolean
matches (gpointer item, const char *query)
{
  return cs_client_item_matches (item, query);
}

static const CsListPaneWords words = {
  N_ ("Search name, number or e-mail"),
  "cs-clients-symbolic",
  N_ ("No clients yet"),
  N_ ("Add one here, import a list, or pick a contact from Xero when you start a proposal."),
  N_ ("_New client"),
  "win.new-client",
  count_clients,
  matches,
};

static void
bind_row (CsListRow *row, gpointer item, gpointer data)
{
  const CsClient *client = cs_client_item_get (item);
  gboolean is_linked = *client->remote_contact_id != '\0';

  cs_list_row_set_texts (row, client->name, *client->email != '\0' ? client->email : client->number, "");
  if (client->contact_gone_ms > 0)
    cs_list_row_set_badge (row, _ ("Xero ?"), _ ("Its contact is not found in Xero any more"));
  else
    cs_list_row_set_badge (row, is_linked ? _ ("Xero ✓") : "",
                           is_linked ? _ ("Linked to a contact in Xero") : NULL);
  cs_list_row_set_pill (row, cs_pill_for_client (client->state), NULL);
}

static void
selected_cb (CsClientsPage *self)
{
  const char *text = cs_id_selection_get_id (self->selection);
  CsUuid id;

  if (text == NULL || !cs_uuid_parse (text, &id, NULL))
    cs_split_set_detail (self->split, NULL, _ ("Client"));
  else
    cs_split_set_detail (self->split, cs_client_pane_new (self->session, &id), _ ("Client"));
}

static void
restored_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    cs_show_error (object, error);
}

static void
act_restore (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsClientsPage *self = CS_CLIENTS_PAGE (widget);
  const char *text;
  gint32 state;
  CsUuid id;

  g_variant_get (parameter, "(&si)", &text, &state);
  if (!cs_uuid_parse (text, &id, NULL))
    return;
  cs_follow_up_to_the_end (cs_client_restore (self->session, &id, (CsClientState)state), self, restored_cb,
                           NULL, NULL);
  cs_id_selection_set_id (self->selection, text);
}

/* Somebody in the archive, and the way back. */
typedef struct
{
  char *words;
  char *restore;
} Archived;

static void
archived_free (gpointer data)
{
  Archived *archived = data;

  g_free (archived->words);
  g_free (archived->restore);
  g_free (archived);
}

static void
archived_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientsPage *self = object;
  const Archived *archived = data;
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    {
      cs_show_error (GTK_WIDGET (self), error);
      return;
    }
  cs_id_selection_set_id (self->selection, NULL);
  cs_toast_undo (GTK_WIDGET (self), archived->words, archived->restore);
}

/* The pane's button asks for this; the toast outlives the pane, so the page does it. */
static void
act_archive (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsClientsPage *self = CS_CLIENTS_PAGE (widget);
  Archived *archived;
  const char *text;
  const char *name;
  gint32 state;
  CsUuid id;

  g_variant_get (parameter, "(&si&s)", &text, &state, &name);
  if (!cs_uuid_parse (text, &id, NULL))
    return;
  archived = g_new0 (Archived, 1);
  /* Translators: %s is a client. */
  archived->words = g_strdup_printf (_ ("%s was archived"), name);
  archived->restore = g_strdup_printf ("clients.restore(('%s', %d))", text, state);
  cs_follow_up_to_the_end (cs_session_archive_client (self->session, &id), self, archived_cb, archived,
                           archived_free);
}

static void
act_import (GtkWidget *widget, const char *action, GVariant *parameter)
{
  cs_client_exchange_import (CS_CLIENTS_PAGE (widget)->exchange);
}

static void
act_undo_import (GtkWidget *widget, const char *action, GVariant *parameter)
{
  cs_client_exchange_undo (CS_CLIENTS_PAGE (widget)->exchange);
}

static void
act_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  cs_client_exchange_export (CS_CLIENTS_PAGE (widget)->exchange);
}

static void
cs_clients_page_dispose (GObject *object)
{
  CsClientsPage *self = CS_CLIENTS_PAGE (object);

  /* Before the template lets go of it, or the bin would unparent it a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CLIENTS_PAGE);
  g_clear_object (&self->exchange);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_clients_page_parent_class)->dispose (object);
}

static void
cs_clients_page_class_init (CsClientsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_clients_page_dispose;
  g_type_ensure (CS_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/clients/cs-clients-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsClientsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CsClientsPage, split);
  gtk_widget_class_install_action (widget_class, "clients.archive", "(sis)", act_archive);
  gtk_widget_class_install_action (widget_class, "clients.restore", "(si)", act_restore);
  gtk_widget_class_install_action (widget_class, "clients.import", NULL, act_import);
  gtk_widget_class_install_action (widget_class, "clients.undo-import", NULL, act_undo_import);
  gtk_widget_class_install_action (widget_class, "clients.export", NULL, act_export);
}

static void
cs_clients_page_init (CsClientsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- clients, groups, people --- */

static const char *const stack_names[] = { "groups", "people", "clients" };

/* The switch that was pressed is gone by then: the one over the list that came keeps the keys. */
static void
switched_cb (CsClientsPage *self, GParamSpec *spec, AdwToggleGroup *group)
{
  const char *name = adw_toggle_group_get_active_name (group);
  gboolean has_focus = gtk_widget_get_focus_child (GTK_WIDGET (group)) != NULL;

  if (self->is_switching || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0)
    return;
  self->is_switching = TRUE;
  gtk_stack_set_visible_child_name (self->stack, name);
  for (gsize i = 0; i < G_N_ELEMENTS (self->switches); i++)
    {
      adw_toggle_group_set_active_name (self->switches[i], name);
      if (has_focus && g_str_equal (stack_names[i], name))
        gtk_widget_child_focus (GTK_WIDGET (self->switches[i]), GTK_DIR_TAB_FORWARD);
    }
  self->is_switching = FALSE;
}

static AdwToggleGroup *
make_switch (CsClientsPage *self, const char *active)
{
  const char *const names[] = { "clients", "groups", "people" };
  const char *const labels[] = { _ ("Clients"), _ ("Groups"), _ ("People") };
  GtkWidget *group = adw_toggle_group_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_name (toggle, names[i]);
      adw_toggle_set_label (toggle, labels[i]);
      adw_toggle_group_add (ADW_TOGGLE_GROUP (group), toggle);
    }
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (group), active);
  adw_toggle_group_set_homogeneous (ADW_TOGGLE_GROUP (group), TRUE);
  adw_toggle_group_set_can_shrink (ADW_TOGGLE_GROUP (group), FALSE);
  gtk_widget_set_margin_start (group, 12);
  gtk_widget_set_margin_end (group, 12);
  gtk_widget_set_margin_bottom (group, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What is listed"),
                                  -1);
  g_signal_connect_object (group, "notify::active-name", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
  return ADW_TOGGLE_GROUP (group);
}

/* It scrolls sideways where a longer language doesn't fit a narrow window. */
static GtkWidget *
wrap_switch (AdwToggleGroup *group)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (group));
  return scroller;
}

static void
add_sets (CsClientsPage *self)
{
  CsListPane *panes[G_N_ELEMENTS (self->switches)];

  for (gsize kind = 0; kind < CS_CLIENT_SET_KIND_N; kind++)
    {
      GtkWidget *page = cs_client_sets_page_new (self->session, (CsClientSetKind)kind);

      self->sets[kind] = CS_CLIENT_SETS_PAGE (page);
      panes[kind] = cs_client_sets_page_get_pane (self->sets[kind]);
      gtk_stack_add_named (self->stack, page, stack_names[kind]);
    }
  panes[CS_CLIENT_SET_KIND_N] = cs_split_get_pane (self->split);
  for (gsize i = 0; i < G_N_ELEMENTS (panes); i++)
    {
      self->switches[i] = make_switch (self, stack_names[CS_CLIENT_SET_KIND_N]);
      cs_list_pane_add_top (panes[i], wrap_switch (self->switches[i]));
    }
}

static void
show_list (CsClientsPage *self, const char *name)
{
  adw_toggle_group_set_active_name (self->switches[CS_CLIENT_SET_KIND_N], name);
}

/* (nullable): the clients themselves are shown */
static CsClientSetsPage *
get_shown_sets (CsClientsPage *self)
{
  GtkWidget *shown = gtk_stack_get_visible_child (self->stack);

  return CS_IS_CLIENT_SETS_PAGE (shown) ? CS_CLIENT_SETS_PAGE (shown) : NULL;
}

static GtkWidget *
make_view (CsClientsPage *self)
{
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                       cs_list_row_factory_new (bind_row, NULL));

  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Clients"), -1);
  return view;
}

/* Who has just connected expects Xero's contacts here: they become clients one at a time, or by a list
 * [C-05]. */
static void
show_way_on (CsClientsPage *self)
{
  const CsConnection *connection = cs_session_get_connection (self->session);
  gboolean has_read = connection != NULL && connection->synced_ms > 0;

  cs_list_pane_set_empty_text (
      cs_split_get_pane (self->split),
      has_read
          ? _ ("Xero’s contacts do not become clients by themselves. Pick one when you start a proposal, or "
               "export the list of contacts in Xero and import it here: who is in Xero already is matched.")
          : _ (words.empty_text));
}

static void
session_changed_cb (CsClientsPage *self, guint change)
{
  if ((change & CS_CHANGE_CONNECTION) != 0)
    show_way_on (self);
}

/** cs_clients_page_new: Returns: (transfer floating): the clients of @session's practice */
GtkWidget *
cs_clients_page_new (CsSession *session)
{
  CsClientsPage *self = g_object_new (CS_TYPE_CLIENTS_PAGE, NULL);
  CsListPane *pane = cs_split_get_pane (self->split);

  self->session = g_object_ref (session);
  cs_split_set_titles (self->split, _ ("Clients"), _ ("Choose a client"), "cs-clients-symbolic");
  cs_split_set_list_width (self->split, 300, 460, 0.4);
  cs_list_pane_set_up (pane, cs_client_list_new (session), &words);
  self->exchange = cs_client_exchange_new (session, GTK_WIDGET (self));
  cs_list_pane_add_to_header (pane, cs_client_exchange_make_button ());
  cs_list_pane_add_empty_button (pane, _ ("_Import from CSV…"), "clients.import");
  show_way_on (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "clients.undo-import", FALSE); /* nothing was imported */
  self->selection = g_object_ref (cs_list_pane_get_selection (pane));
  g_signal_connect_object (self->selection, "notify::selected-id", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  cs_split_set_view (self->split, make_view (self));
  add_sets (self);
  return GTK_WIDGET (self);
}

/** cs_clients_page_show: opens the client of this id. */
void
cs_clients_page_show (CsClientsPage *self, const CsUuid *id)
{
  g_autofree char *text = cs_uuid_to_string (id);

  g_return_if_fail (CS_IS_CLIENTS_PAGE (self));

  show_list (self, "clients");
  cs_id_selection_set_id (self->selection, text);
  cs_split_open (self->split);
}

static void
created_cb (CsClientsPage *self, gpointer saved)
{
  cs_clients_page_show (self, &((const CsClient *)saved)->id);
  cs_toast (GTK_WIDGET (self), _ ("The client was created"));
}

/** cs_clients_page_create: asks for a new client, and opens it. */
void
cs_clients_page_create (CsClientsPage *self)
{
  CsClientDialog *dialog;

  g_return_if_fail (CS_IS_CLIENTS_PAGE (self));

  show_list (self, "clients");
  dialog = cs_client_dialog_new (self->session, NULL);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (created_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/** cs_clients_page_focus_search: */
void
cs_clients_page_focus_search (CsClientsPage *self)
{
  CsClientSetsPage *shown;

  g_return_if_fail (CS_IS_CLIENTS_PAGE (self));

  shown = get_shown_sets (self);
  cs_list_pane_focus_search (shown != NULL ? cs_client_sets_page_get_pane (shown)
                                           : cs_split_get_pane (self->split));
}

/** cs_clients_page_show_set: opens the group or person of this id. */
void
cs_clients_page_show_set (CsClientsPage *self, CsClientSetKind kind, const CsUuid *id)
{
  g_return_if_fail (CS_IS_CLIENTS_PAGE (self) && (gsize)kind < G_N_ELEMENTS (self->sets));

  show_list (self, stack_names[kind]);
  cs_client_sets_page_show (self->sets[kind], id);
}

/** cs_clients_page_create_set: asks for a new group or person, and opens it. */
void
cs_clients_page_create_set (CsClientsPage *self, CsClientSetKind kind)
{
  g_return_if_fail (CS_IS_CLIENTS_PAGE (self) && (gsize)kind < G_N_ELEMENTS (self->sets));

  show_list (self, stack_names[kind]);
  cs_client_sets_page_create (self->sets[kind]);
}

/** cs_clients_page_create_one: asks for a new one of what is listed: a client, a group or a person. */
void
cs_clients_page_create_one (CsClientsPage *self)
{
  CsClientSetsPage *shown;

  g_return_if_fail (CS_IS_CLIENTS_PAGE (self));

  shown = get_shown_sets (self);
  if (shown != NULL)
    cs_client_sets_page_create (shown);
  else
    cs_clients_page_create (self);
}
