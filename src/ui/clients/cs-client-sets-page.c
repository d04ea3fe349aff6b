/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-sets-page.h"
#include "cs-client-set-dialog.h"
#include "cs-client-set-item.h"
#include "cs-client-set-pane.h"
#include "cs-follow-up.h"
#include "cs-list-row.h"
#include "cs-session-sets.h"
#include "cs-split.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

struct _CsClientSetsPage
{
  AdwBin parent_instance;
  CsSplit *split;
  CsSession *session;
  CsClientSetKind kind;
  CsIdSelection *selection;
  CsClientSet *deleted; /* (nullable): what Undo brings back */
};

G_DEFINE_FINAL_TYPE (CsClientSetsPage, cs_client_sets_page, ADW_TYPE_BIN)

static char *
count_groups (guint n_shown, guint n_all)
{
  if (n_shown == n_all)
    return g_strdup_printf (ngettext ("%'u group", "%'u groups", n_all), n_all);
  return g_strdup_printf (ngettext ("%1$'u of %2$'u group", "%1$'u of %2$'u groups", n_all), n_shown, n_all);
}

static char *
count_people (guint n_shown, guint n_all)
{
  if (n_shown == n_all)
    return g_strdup_printf (ngettext ("%'u person", "%'u people", n_all), n_all);
  return g_strdup_printf (ngettext ("%1$'u of %2$'u person", "%1$'u of %2$'u people", n_all), n_shown, n_all);
}

static gboolean
matches (gpointer item, const char *query)
{
  return cs_client_set_item_matches (item, query);
}

static const CsListPaneWords words[] = {
  [CS_CLIENT_SET_GROUP] = {
      N_ ("Search groups"),
      "system-users-symbolic",
      N_ ("No groups yet"),
      N_ ("A group is several clients that belong together, such as a family’s companies. It shows what all "
          "of them owe and paid."),
      N_ ("_New group"),
      "win.new-group",
      count_groups,
      matches,
  },
  [CS_CLIENT_SET_PERSON] = {
      N_ ("Search name, e-mail or phone"),
      "avatar-default-symbolic",
      N_ ("No people yet"),
      N_ ("The contact person of a client appears here, with what all the clients of that person owe and "
          "paid."),
      N_ ("_New person"),
      "win.new-person",
      count_people,
      matches,
  },
};

static void
bind_row (CsListRow *row, gpointer item, gpointer data)
{
  const CsClientSet *set = cs_client_set_item_get (item);
  guint n = set->client_ids->len;
  g_autofree char *count = g_strdup_printf (ngettext ("%'u client", "%'u clients", n), n);
  g_autofree char *subtitle
      = *set->email != '\0' ? g_strdup_printf ("%s · %s", count, set->email) : g_strdup (count);

  cs_list_row_set_texts (row, set->name, subtitle, "");
}

static const char *
get_title (CsClientSetsPage *self)
{
  return self->kind == CS_CLIENT_SET_GROUP ? _ ("Group") : _ ("Person");
}

static CsClientSetPane *
make_pane (CsClientSetsPage *self, const char *text)
{
  CsUuid id;

  return text != NULL && cs_uuid_parse (text, &id, NULL)
             ? CS_CLIENT_SET_PANE (cs_client_set_pane_new (self->session, &id))
             : NULL;
}

static void
selected_cb (CsClientSetsPage *self)
{
  CsClientSetPane *pane = make_pane (self, cs_id_selection_get_id (self->selection));

  cs_split_set_detail (self->split, pane != NULL ? GTK_WIDGET (pane) : NULL, get_title (self));
}

/* --- deleting, and taking it back --- */

static void
restored_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientSetsPage *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsClientSet) set = cs_settled_steal_record (settled, &error);

  if (set != NULL)
    cs_client_sets_page_show (self, &set->id);
  else if (error != NULL)
    cs_show_error (GTK_WIDGET (self), error);
}

static void
act_restore (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsClientSetsPage *self = CS_CLIENT_SETS_PAGE (widget);

  if (self->deleted != NULL)
    cs_follow_up_to_the_end (cs_session_save_client_set (self->session, self->deleted), self, restored_cb,
                             NULL, NULL);
}

static void
deleted_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientSetsPage *self = object;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  if (!cs_settled_check (settled, &error))
    {
      cs_show_error (GTK_WIDGET (self), error);
      return;
    }
  cs_id_selection_set_id (self->selection, NULL);
  /* Translators: %s is the name of a group or a person. */
  said = g_strdup_printf (_ ("“%s” was deleted. Its clients stay."), self->deleted->name);
  cs_toast_undo (GTK_WIDGET (self), said, "sets.restore");
}

static void
act_delete (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsClientSetsPage *self = CS_CLIENT_SETS_PAGE (widget);
  CsClientSetItem *item = cs_id_selection_get_item (self->selection);

  if (item == NULL)
    return;
  g_clear_pointer (&self->deleted, cs_client_set_free);
  self->deleted = cs_client_set_copy (cs_client_set_item_get (item));
  cs_follow_up_to_the_end (cs_session_delete_client_set (self->session, &self->deleted->id), self, deleted_cb,
                           NULL, NULL);
}

static void
cs_client_sets_page_dispose (GObject *object)
{
  CsClientSetsPage *self = CS_CLIENT_SETS_PAGE (object);

  /* Before the template lets go of it, or the bin would unparent it a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CLIENT_SETS_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_client_sets_page_parent_class)->dispose (object);
}

static void
cs_client_sets_page_finalize (GObject *object)
{
  g_clear_pointer (&CS_CLIENT_SETS_PAGE (object)->deleted, cs_client_set_free);
  G_OBJECT_CLASS (cs_client_sets_page_parent_class)->finalize (object);
}

static void
cs_client_sets_page_class_init (CsClientSetsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_client_sets_page_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_client_sets_page_finalize;
  g_type_ensure (CS_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/clients/cs-client-sets-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsClientSetsPage, split);
  gtk_widget_class_install_action (widget_class, "sets.delete", NULL, act_delete);
  gtk_widget_class_install_action (widget_class, "sets.restore", NULL, act_restore);
}

static void
cs_client_sets_page_init (CsClientSetsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
make_view (CsClientSetsPage *self)
{
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                       cs_list_row_factory_new (bind_row, NULL));

  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->kind == CS_CLIENT_SET_GROUP ? _ ("Groups") : _ ("People"), -1);
  return view;
}

/** cs_client_sets_page_new: Returns: (transfer floating): the groups, or the people, of @session's practice
 */
GtkWidget *
cs_client_sets_page_new (CsSession *session, CsClientSetKind kind)
{
  CsClientSetsPage *self = g_object_new (CS_TYPE_CLIENT_SETS_PAGE, NULL);
  CsListPane *pane = cs_split_get_pane (self->split);
  gboolean is_group = kind == CS_CLIENT_SET_GROUP;

  self->session = g_object_ref (session);
  self->kind = kind;
  cs_split_set_titles (self->split, is_group ? _ ("Groups") : _ ("People"),
                       is_group ? _ ("Choose a group") : _ ("Choose a person"), words[kind].empty_icon);
  cs_split_set_list_width (self->split, 300, 460, 0.4);
  cs_list_pane_set_up (pane, cs_client_set_list_new (session, kind), &words[kind]);
  self->selection = g_object_ref (cs_list_pane_get_selection (pane));
  g_signal_connect_object (self->selection, "notify::selected-id", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  cs_split_set_view (self->split, make_view (self));
  return GTK_WIDGET (self);
}

/** cs_client_sets_page_get_pane: Returns: (transfer none): its list */
CsListPane *
cs_client_sets_page_get_pane (CsClientSetsPage *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_SETS_PAGE (self), NULL);

  return cs_split_get_pane (self->split);
}

/** cs_client_sets_page_show: opens the group or person of this id. */
void
cs_client_sets_page_show (CsClientSetsPage *self, const CsUuid *id)
{
  g_autofree char *text = cs_uuid_to_string (id);

  g_return_if_fail (CS_IS_CLIENT_SETS_PAGE (self));

  cs_id_selection_set_id (self->selection, text);
  cs_split_open (self->split);
}

static void
created_cb (CsClientSetsPage *self, gpointer saved)
{
  cs_client_sets_page_show (self, &((const CsClientSet *)saved)->id);
}

/** cs_client_sets_page_create: asks for a new group or person, and opens it. */
void
cs_client_sets_page_create (CsClientSetsPage *self)
{
  g_autoptr (CsClientSet) fresh = NULL;
  CsClientSetDialog *dialog;

  g_return_if_fail (CS_IS_CLIENT_SETS_PAGE (self));

  fresh = cs_client_set_new (self->kind);
  dialog = cs_client_set_dialog_new (self->session, fresh);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (created_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}
