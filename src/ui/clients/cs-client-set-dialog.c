/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-set-dialog.h"
#include "cs-client-item.h"
#include "cs-client-list.h"
#include "cs-contact-rules.h"
#include "cs-follow-up.h"
#include "cs-session-sets.h"

#include <glib/gi18n-lib.h>

struct _CsClientSetDialog
{
  AdwDialog parent_instance;
  GtkWidget *save_button;
  GtkEditable *name_row;
  GtkEditable *email_row;
  GtkEditable *phone_row;
  GtkLabel *problem_label;
  GtkLabel *count_label;
  GtkEditable *search_entry;
  GtkStack *stack;
  GtkLabel *empty_label;
  GtkListView *list;

  CsSession *session;
  CsClientSet *set;
  CsRecordList *clients;
  GtkFilter *filter;
  GListModel *shown;
  gboolean is_filling; /* a row shows what is so already */
  gboolean was_tried;  /* an empty name is no mistake before the first try */
  DexFuture *saving;
};

G_DEFINE_FINAL_TYPE (CsClientSetDialog, cs_client_set_dialog, ADW_TYPE_DIALOG)

static guint saved_signal;

/* --- what is wrong --- */

static void
show_problem (CsClientSetDialog *self, const char *problem)
{
  gboolean is_news = problem != NULL && g_strcmp0 (gtk_label_get_text (self->problem_label), problem) != 0;

  gtk_label_set_text (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  if (is_news)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), problem, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
mark (GtkEditable *row, gboolean is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* The first row that is wrong, or NULL. */
static GtkEditable *
check (CsClientSetDialog *self)
{
  g_autofree char *name = cs_contact_rules_tidy_name (gtk_editable_get_text (self->name_row));
  const char *name_problem = self->was_tried && *name == '\0' ? _ ("It needs a name.") : NULL;
  const char *email_problem = cs_contact_rules_check_email (gtk_editable_get_text (self->email_row));
  const char *phone_problem = cs_contact_rules_check_phone (gtk_editable_get_text (self->phone_row));

  mark (self->name_row, name_problem != NULL);
  mark (self->email_row, email_problem != NULL);
  mark (self->phone_row, phone_problem != NULL);
  show_problem (self, name_problem != NULL    ? name_problem
                      : email_problem != NULL ? email_problem
                                              : phone_problem);
  return name_problem != NULL    ? self->name_row
         : email_problem != NULL ? self->email_row
         : phone_problem != NULL ? self->phone_row
                                 : NULL;
}

static void
check_cb (CsClientSetDialog *self)
{
  if (self->set != NULL)
    check (self);
}

/* --- who belongs to it --- */

static void
show_count (CsClientSetDialog *self)
{
  guint n = self->set->client_ids->len;
  g_autofree char *count = g_strdup_printf (ngettext ("%'u client chosen", "%'u clients chosen", n), n);
  gboolean has_any = g_list_model_get_n_items (G_LIST_MODEL (self->clients)) > 0;

  gtk_label_set_text (self->count_label, count);
  gtk_label_set_text (self->empty_label, has_any ? _ ("No client is called that.")
                                                 : _ ("There are no clients yet. You can add them later."));
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (self->shown) > 0 ? "content" : "empty");
}

static void
toggled_cb (CsClientSetDialog *self, GtkCheckButton *button)
{
  GtkListItem *cell = g_object_get_data (G_OBJECT (button), "cs-cell");
  CsClientItem *item = gtk_list_item_get_item (cell);

  if (self->is_filling || item == NULL)
    return;
  cs_client_set_put (self->set, &cs_client_item_get (item)->id, gtk_check_button_get_active (button));
  show_count (self);
}

static void
setup_cb (CsClientSetDialog *self, GtkListItem *cell)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  g_object_set_data (G_OBJECT (button), "cs-cell", cell);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  /* The button takes the keys, and not the row around it. */
  gtk_list_item_set_focusable (cell, FALSE);
  gtk_list_item_set_child (cell, button);
}

static void
bind_cb (CsClientSetDialog *self, GtkListItem *cell)
{
  const CsClient *client = cs_client_item_get (gtk_list_item_get_item (cell));
  GtkCheckButton *button = GTK_CHECK_BUTTON (gtk_list_item_get_child (cell));

  self->is_filling = TRUE;
  gtk_label_set_text (GTK_LABEL (gtk_check_button_get_child (button)), client->name);
  gtk_check_button_set_active (button, cs_client_set_has (self->set, &client->id));
  self->is_filling = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, client->name, -1);
  gtk_list_item_set_accessible_label (cell, client->name);
}

static gboolean
filter_cb (gpointer item, gpointer data)
{
  CsClientSetDialog *self = data;

  return cs_client_item_matches (item, gtk_editable_get_text (self->search_entry));
}

static void
search_changed_cb (CsClientSetDialog *self)
{
  if (self->filter != NULL)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
add_clients (CsClientSetDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  self->clients = cs_client_list_new (self->session);
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  self->shown = G_LIST_MODEL (
      gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->clients)), g_object_ref (self->filter)));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (g_object_ref (self->shown));
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  show_count (self);
}

/* --- saving --- */

static void
cancel_cb (CsClientSetDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
saved_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientSetDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsClientSet) saved = cs_settled_steal_record (settled, &error);

  dex_clear (&self->saving);
  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (saved == NULL)
    {
      show_problem (self, error != NULL ? error->message : _ ("It is not there any more."));
      return;
    }
  g_signal_emit (self, saved_signal, 0, saved);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
save_cb (CsClientSetDialog *self)
{
  GtkEditable *wrong;
  g_autofree char *name = cs_contact_rules_tidy_name (gtk_editable_get_text (self->name_row));
  g_autofree char *email = g_strstrip (g_strdup (gtk_editable_get_text (self->email_row)));
  g_autofree char *phone = g_strstrip (g_strdup (gtk_editable_get_text (self->phone_row)));

  self->was_tried = TRUE;
  if ((wrong = check (self)) != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (wrong));
      return;
    }
  g_set_str (&self->set->name, name);
  g_set_str (&self->set->email, email);
  g_set_str (&self->set->phone, phone);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  dex_clear (&self->saving);
  self->saving
      = cs_follow_up (cs_session_save_client_set (self->session, self->set), self, saved_cb, NULL, NULL);
}

static void
cs_client_set_dialog_dispose (GObject *object)
{
  CsClientSetDialog *self = CS_CLIENT_SET_DIALOG (object);

  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_func (self->shown, show_count, self);
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (self->filter), NULL, NULL, NULL);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CLIENT_SET_DIALOG);
  /* It was asked to be saved: that goes on without us. */
  if (self->saving != NULL)
    dex_future_disown (g_steal_pointer (&self->saving));
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->clients);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_client_set_dialog_parent_class)->dispose (object);
}

static void
cs_client_set_dialog_finalize (GObject *object)
{
  g_clear_pointer (&CS_CLIENT_SET_DIALOG (object)->set, cs_client_set_free);
  G_OBJECT_CLASS (cs_client_set_dialog_parent_class)->finalize (object);
}

static void
cs_client_set_dialog_class_init (CsClientSetDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_client_set_dialog_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_client_set_dialog_finalize;
  saved_signal = g_signal_new ("saved", CS_TYPE_CLIENT_SET_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/clients/cs-client-set-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsClientSetDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetDialog, email_row);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetDialog, phone_row);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetDialog, problem_label);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetDialog, count_label);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetDialog, empty_label);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
cs_client_set_dialog_init (CsClientSetDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->name_row));
}

static const char *
get_title (const CsClientSet *set)
{
  gboolean is_new = cs_uuid_is_none (&set->id);

  if (set->kind == CS_CLIENT_SET_GROUP)
    return is_new ? _ ("New group") : _ ("Edit group");
  return is_new ? _ ("New person") : _ ("Edit person");
}

/**
 * cs_client_set_dialog_new:
 * @session: whose clients
 * @set: a group or a person, new or to be changed; copied
 *
 * Returns: (transfer floating): asks for its name and its clients
 */
CsClientSetDialog *
cs_client_set_dialog_new (CsSession *session, const CsClientSet *set)
{
  CsClientSetDialog *self = g_object_new (CS_TYPE_CLIENT_SET_DIALOG, NULL);
  gboolean is_person = set->kind == CS_CLIENT_SET_PERSON;

  self->session = g_object_ref (session);
  gtk_editable_set_text (self->name_row, set->name);
  gtk_editable_set_text (self->email_row, set->email);
  gtk_editable_set_text (self->phone_row, set->phone);
  gtk_widget_set_visible (GTK_WIDGET (self->email_row), is_person);
  gtk_widget_set_visible (GTK_WIDGET (self->phone_row), is_person);
  self->set = cs_client_set_copy (set);
  adw_dialog_set_title (ADW_DIALOG (self), get_title (set));
  add_clients (self);
  return self;
}
