/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-picker-dialog.h"
#include "cs-client-dialog.h"
#include "cs-client-picker.h"
#include "cs-follow-up.h"
#include "cs-list-row.h"
#include "cs-toast.h"

#include "cs-work-links.h"
#include "cs-work-match-dialog.h"
#include "cs-work-review.h"
#include <glib/gi18n-lib.h>

struct _CsClientPickerDialog
{
  AdwDialog parent_instance;
  GtkEditable *search_entry;
  GtkStack *stack;
  GtkWidget *create_button;
  GtkListView *view;

  CsSession *session;
  GtkFilter *filter;
  CsRecordList *choices;
  GListModel *shown;
  char *query;
  char *link_name; /* of the client that is to be linked; NULL: asks whom a proposal is for */
  gboolean is_importing;
};

G_DEFINE_FINAL_TYPE (CsClientPickerDialog, cs_client_picker_dialog, ADW_TYPE_DIALOG)

static guint picked_signal;
static guint contact_picked_signal;

static void
pick (CsClientPickerDialog *self, const CsUuid *client_id)
{
  CsUuid id = *client_id;

  g_signal_emit (self, picked_signal, 0, &id);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
created_cb (CsClientPickerDialog *self, gpointer client)
{
  CsUuid id = ((const CsClient *)client)->id;

  g_signal_emit (self, picked_signal, 0, &id);
}

/* Never two dialogs on top of each other: this one goes, and answers for the other. */
static void
go_for (CsClientPickerDialog *self, AdwDialog *dialog, const char *signal)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  g_signal_connect_data (dialog, signal, G_CALLBACK (created_cb), g_object_ref (self),
                         (GClosureNotify)(void (*) (void))g_object_unref, G_CONNECT_SWAPPED);
  adw_dialog_force_close (ADW_DIALOG (self));
  adw_dialog_present (dialog, root);
}

static void
imported_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientPickerDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsClient) client = cs_settled_steal_record (settled, &error);
  const CsContactChoice *choice = cs_contact_item_get (data);

  self->is_importing = FALSE;
  if (client != NULL)
    pick (self, &client->id);
  else if (cs_work_match_is_needed (error))
    go_for (self, cs_work_match_dialog_new (self->session, choice->remote_id, choice->name, choice->email),
            "imported");
  else if (error != NULL)
    cs_show_error (GTK_WIDGET (self), error);
}

static void
choose (CsClientPickerDialog *self, guint position)
{
  g_autoptr (CsContactItem) item = g_list_model_get_item (self->shown, position);
  const CsContactChoice *choice;

  if (item == NULL || self->is_importing)
    return;
  choice = cs_contact_item_get (item);
  if (self->link_name != NULL)
    {
      g_signal_emit (self, contact_picked_signal, 0, choice->remote_id);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  if (!cs_uuid_is_none (&choice->client_id))
    {
      pick (self, &choice->client_id);
      return;
    }
  self->is_importing = TRUE;
  cs_follow_up_to_the_end (choice->source == CS_SOURCE_XPM
                               ? cs_work_add_client (cs_session_get_work (self->session), choice->remote_id)
                               : cs_session_import_contact (self->session, choice->remote_id, NULL),
                           self, imported_cb, g_object_ref (item), g_object_unref);
}

static void
activate_cb (CsClientPickerDialog *self, guint position)
{
  choose (self, position);
}

static void
activate_first_cb (CsClientPickerDialog *self)
{
  choose (self, 0);
}

static void
show_count (CsClientPickerDialog *self)
{
  gboolean is_searching = self->query != NULL && *self->query != '\0';

  gboolean is_empty = g_list_model_get_n_items (self->shown) == 0;
  gboolean is_read = cs_record_list_get_state (self->choices) == CS_LIST_READY;

  gtk_stack_set_visible_child_name (self->stack, !is_empty || !is_read ? "content"
                                                 : is_searching        ? "nothing-found"
                                                                       : "empty");
}

static void
search_changed_cb (CsClientPickerDialog *self)
{
  if (self->filter == NULL || !g_set_str (&self->query, gtk_editable_get_text (self->search_entry)))
    return;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_count (self);
}

/* The entry takes Escape for itself: here it means what it does in every dialog. */
static void
stop_search_cb (CsClientPickerDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
create_cb (CsClientPickerDialog *self)
{
  CsClientDialog *dialog = cs_client_dialog_new (self->session, NULL);

  if (self->query != NULL)
    cs_client_dialog_set_name (dialog, self->query);
  go_for (self, ADW_DIALOG (dialog), "saved");
}

static int
filter_cb (gpointer item, gpointer data)
{
  CsClientPickerDialog *self = data;

  if (self->link_name != NULL && !cs_uuid_is_none (&cs_contact_item_get (item)->client_id))
    return FALSE;
  return cs_contact_item_matches (item, self->query);
}

/* Whoever it may be comes first; the others keep their order, by name. */
static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  CsClientPickerDialog *self = data;

  if (self->link_name == NULL)
    return 0;
  return (int)cs_contact_choice_match (cs_contact_item_get ((gpointer)a), self->link_name, "")
         - (int)cs_contact_choice_match (cs_contact_item_get ((gpointer)b), self->link_name, "");
}

static void
bind_row (CsListRow *row, gpointer item, gpointer data)
{
  const CsContactChoice *choice = cs_contact_item_get (item);
  gboolean is_client = !cs_uuid_is_none (&choice->client_id);
  gboolean is_only_there = !is_client && choice->source == CS_SOURCE_XPM;
  gboolean is_of_ledger = !is_only_there && (*choice->remote_id != '\0' || choice->source == CS_SOURCE_XERO);
  const char *kind = is_client       ? _ ("Client")
                     : is_only_there ? _ ("Client in Practice Manager")
                                     : _ ("Contact in Xero");
  g_autofree char *about
      = *choice->email != '\0' ? g_strdup_printf ("%s · %s", kind, choice->email) : g_strdup (kind);

  cs_list_row_set_texts (row, choice->name, about, choice->shares_name ? choice->unique_id : "");
  if (is_only_there)
    cs_list_row_set_badge (row, "XPM", _ ("From Practice Manager"));
  else
    cs_list_row_set_badge (row, is_of_ledger ? _ ("Xero") : "", is_of_ledger ? _ ("From Xero") : NULL);
}

static void
cs_client_picker_dialog_dispose (GObject *object)
{
  CsClientPickerDialog *self = CS_CLIENT_PICKER_DIALOG (object);

  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_func (self->shown, show_count, self);
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (self->filter), NULL, NULL, NULL);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  if (self->link_name != NULL && GTK_IS_SORT_LIST_MODEL (self->shown))
    gtk_sort_list_model_set_sorter (GTK_SORT_LIST_MODEL (self->shown), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CLIENT_PICKER_DIALOG);
  g_clear_object (&self->filter);
  g_clear_object (&self->shown);
  g_clear_object (&self->choices);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_client_picker_dialog_parent_class)->dispose (object);
}

static void
cs_client_picker_dialog_finalize (GObject *object)
{
  g_clear_pointer (&CS_CLIENT_PICKER_DIALOG (object)->query, g_free);
  g_clear_pointer (&CS_CLIENT_PICKER_DIALOG (object)->link_name, g_free);
  G_OBJECT_CLASS (cs_client_picker_dialog_parent_class)->finalize (object);
}

static void
cs_client_picker_dialog_class_init (CsClientPickerDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_client_picker_dialog_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_client_picker_dialog_finalize;
  picked_signal = g_signal_new ("picked", CS_TYPE_CLIENT_PICKER_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  contact_picked_signal = g_signal_new ("contact-picked", CS_TYPE_CLIENT_PICKER_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/proposals/cs-client-picker-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsClientPickerDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CsClientPickerDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CsClientPickerDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, CsClientPickerDialog, view);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_first_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
}

static void
cs_client_picker_dialog_init (CsClientPickerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->search_entry));
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search_entry), GTK_WIDGET (self->view));
}

static CsClientPickerDialog *
dialog_new (CsSession *session, CsRecordList *choices)
{
  CsClientPickerDialog *self = g_object_new (CS_TYPE_CLIENT_PICKER_DIALOG, NULL);
  g_autoptr (GtkListItemFactory) factory = cs_list_row_factory_new (bind_row, NULL);
  g_autoptr (GtkNoSelection) selection = NULL;

  self->session = g_object_ref (session);
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  self->choices = choices;
  self->shown = G_LIST_MODEL (
      gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->choices)), g_object_ref (self->filter)));
  selection = gtk_no_selection_new (g_object_ref (self->shown));
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choices, "notify::state", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  return self;
}

/** cs_client_picker_dialog_new: Returns: (transfer floating): asks whom a proposal is for */
CsClientPickerDialog *
cs_client_picker_dialog_new (CsSession *session)
{
  return dialog_new (session, cs_client_picker_new (session));
}

/** cs_client_picker_dialog_new_to_link: Returns: (transfer floating): asks which of the ledger's contacts the
 * client of this name is; those that it may be come first */
CsClientPickerDialog *
cs_client_picker_dialog_new_to_link (CsSession *session, const char *client_name)
{
  CsClientPickerDialog *self = dialog_new (session, cs_contact_picker_new (session));
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, self, NULL));
  GtkSortListModel *sorted;

  self->link_name = g_strdup (client_name);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  sorted = gtk_sort_list_model_new (g_object_ref (self->shown), sorter);
  g_signal_handlers_disconnect_by_func (self->shown, show_count, self);
  g_set_object (&self->shown, G_LIST_MODEL (sorted));
  gtk_no_selection_set_model (GTK_NO_SELECTION (gtk_list_view_get_model (self->view)), self->shown);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  g_object_unref (sorted);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Link to a contact"));
  gtk_widget_set_visible (self->create_button, FALSE);
  return self;
}
