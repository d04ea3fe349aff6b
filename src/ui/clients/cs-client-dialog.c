/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-dialog.h"
#include "cs-client-picker.h"
#include "cs-contact-rules.h"
#include "cs-client-detail.h"
#include "cs-follow-up.h"
#include "cs-shape-rows.h"
#include "cs-shape-undo.h"
#include "cs-work-match-dialog.h"
#include "cs-work-review.h"

#include <glib/gi18n-lib.h>

struct _CsClientDialog
{
  AdwDialog parent_instance;
  GtkButton *save_button;
  GtkEditable *name_row;
  GtkEditable *contact_row;
  GtkEditable *email_row;
  GtkEditable *phone_row;
  GtkLabel *problem_label;
  GtkWidget *known_list;
  AdwActionRow *known_row;
  AdwPreferencesGroup *shape_group;

  CsSession *session;
  CsRecordList *contacts; /* NULL: an edit, where there is nothing to import */
  char *known_id;         /* of the contact that is offered */
  char *known_name;
  char *known_email;
  CsClient *client;   /* as it was read, or empty */
  gboolean was_tried; /* an empty name is no mistake before the first try */
  DexFuture *saving;
  CsLedgerLists *lists;    /* NULL: a new client, which has nothing of its own yet */
  CsShapeRows *shape_rows; /* (nullable), too */
  DexFuture *reading;
  gboolean was_shaped;
};

G_DEFINE_FINAL_TYPE (CsClientDialog, cs_client_dialog, ADW_TYPE_DIALOG)

static guint saved_signal;

static void
show_problem (CsClientDialog *self, const char *problem)
{
  gboolean is_news = problem != NULL && g_strcmp0 (gtk_label_get_text (self->problem_label), problem) != 0;

  gtk_label_set_text (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  if (is_news)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), problem, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
mark (GtkEditable *row, const char *problem)
{
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* The first row that is wrong, or NULL. */
static GtkEditable *
check (CsClientDialog *self)
{
  const char *name = gtk_editable_get_text (self->name_row);
  const char *name_problem = cs_contact_rules_check_name (name);
  const char *email_problem = cs_contact_rules_check_email (gtk_editable_get_text (self->email_row));
  const char *phone_problem = cs_contact_rules_check_phone (gtk_editable_get_text (self->phone_row));

  if (!self->was_tried && *name == '\0')
    name_problem = NULL;
  mark (self->name_row, name_problem);
  mark (self->email_row, email_problem);
  mark (self->phone_row, phone_problem);
  show_problem (self, name_problem != NULL    ? name_problem
                      : email_problem != NULL ? email_problem
                                              : phone_problem);
  return name_problem != NULL    ? self->name_row
         : email_problem != NULL ? self->email_row
         : phone_problem != NULL ? self->phone_row
                                 : NULL;
}

/* Xero may know whom a person is about to type in. */
static void
show_known (CsClientDialog *self)
{
  const char *name = gtk_editable_get_text (self->name_row);
  const char *email = gtk_editable_get_text (self->email_row);
  const CsContactChoice *known
      = self->contacts != NULL ? cs_contact_items_find (G_LIST_MODEL (self->contacts), name, email) : NULL;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (self->known_list, known != NULL);
  if (!g_set_str (&self->known_id, known != NULL ? known->remote_id : NULL) || known == NULL)
    return;
  g_set_str (&self->known_name, known->name);
  g_set_str (&self->known_email, known->email);
  /* Translators: %s is a contact's name. */
  title = g_strdup_printf (_ ("Xero already has %s"), known->name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->known_row), title);
  adw_action_row_set_subtitle (self->known_row, *known->email != '\0' ? known->email : _ ("No e-mail"));
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
check_cb (CsClientDialog *self)
{
  check (self);
  show_known (self);
}

static void
cancel_cb (CsClientDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
shape_saved_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsShape) before = cs_settled_steal_record (settled, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  dex_clear (&self->saving);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
  if (before == NULL)
    {
      show_problem (self, error->message);
      return;
    }
  /* Not from here, as this goes. */
  if (root != NULL)
    cs_shape_undo_offer_client (GTK_WIDGET (root), self->session, self->client, before,
                                cs_shape_rows_get (self->shape_rows));
  g_signal_emit (self, saved_signal, 0, self->client);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
save_shape (CsClientDialog *self, CsClient *saved)
{
  cs_client_free (self->client);
  self->client = saved;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  self->saving = cs_follow_up (
      cs_session_save_client_shape (self->session, &saved->id, cs_shape_rows_get (self->shape_rows)), self,
      shape_saved_cb, NULL, NULL);
}

static void
shaped_cb (CsClientDialog *self)
{
  self->was_shaped = TRUE;
}

static void
shape_read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsShape) shape = cs_settled_steal_record (settled, &error);
  g_autoptr (CsShape) practice = cs_settings_make_shape (cs_session_get_settings (self->session));
  g_autoptr (CsResolvedShape) inherited = cs_shape_resolve (practice, NULL, NULL, NULL);

  dex_clear (&self->reading);
  if (shape == NULL)
    return;
  cs_shape_rows_fill (self->shape_rows, shape, inherited);
  gtk_widget_set_visible (GTK_WIDGET (self->shape_group), TRUE);
}

static void
add_shape_rows (CsClientDialog *self)
{
  GPtrArray *widgets;

  self->lists = cs_ledger_lists_new (self->session);
  self->shape_rows = cs_shape_rows_new (self->lists, CS_SHAPE_FIELD (CS_SHAPE_N_FIELDS) - 1, TRUE);
  widgets = cs_shape_rows_get_widgets (self->shape_rows);
  for (guint i = 0; i < widgets->len; i++)
    adw_preferences_group_add (self->shape_group, widgets->pdata[i]);
  g_signal_connect_object (self->shape_rows, "edited", G_CALLBACK (shaped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->shape_group),
                          TRUE); /* from the first, so that the dialog is tall enough */
  self->reading = cs_follow_up (cs_client_read_shape (self->session, &self->client->id), self, shape_read_cb,
                                NULL, NULL);
}

static void
saved_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsClient) saved = cs_settled_steal_record (settled, &error);

  dex_clear (&self->saving);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
  if (saved == NULL)
    {
      show_problem (self, error != NULL ? error->message : _ ("The client is not there any more"));
      return;
    }
  if (self->was_shaped)
    {
      save_shape (self, g_steal_pointer (&saved));
      return;
    }
  g_signal_emit (self, saved_signal, 0, saved);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
matched_cb (CsClientDialog *self, gpointer client)
{
  g_signal_emit (self, saved_signal, 0, client);
}

/* K-3: it may be somebody in Practice Manager. Never two dialogs on top of each other: this one goes, and
 * answers for the other. */
static void
ask_who_it_is (CsClientDialog *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  AdwDialog *dialog
      = cs_work_match_dialog_new (self->session, self->known_id, self->known_name, self->known_email);

  g_signal_connect_data (dialog, "imported", G_CALLBACK (matched_cb), g_object_ref (self),
                         (GClosureNotify)(void (*) (void))g_object_unref, G_CONNECT_SWAPPED);
  adw_dialog_force_close (ADW_DIALOG (self));
  adw_dialog_present (dialog, root);
}

static void
known_used_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientDialog *self = object;
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error) && cs_work_match_is_needed (error))
    {
      dex_clear (&self->saving);
      ask_who_it_is (self);
    }
  else
    saved_cb (object, settled, data);
}

static void
save_cb (CsClientDialog *self)
{
  GtkEditable *wrong;
  g_autofree char *name = cs_contact_rules_tidy_name (gtk_editable_get_text (self->name_row));
  g_autofree char *contact = cs_contact_rules_tidy_name (gtk_editable_get_text (self->contact_row));
  g_autofree char *email = g_strstrip (g_strdup (gtk_editable_get_text (self->email_row)));
  g_autofree char *phone = g_strstrip (g_strdup (gtk_editable_get_text (self->phone_row)));

  self->was_tried = TRUE;
  if ((wrong = check (self)) != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (wrong));
      return;
    }
  g_set_str (&self->client->name, name);
  g_set_str (&self->client->contact_name, contact);
  g_set_str (&self->client->email, email);
  g_set_str (&self->client->phone, phone);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  dex_clear (&self->saving);
  self->saving
      = cs_follow_up (cs_session_save_client (self->session, self->client), self, saved_cb, NULL, NULL);
}

static void
use_known_cb (CsClientDialog *self)
{
  if (self->known_id == NULL || self->saving != NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  self->saving = cs_follow_up (cs_session_import_contact (self->session, self->known_id, NULL), self,
                               known_used_cb, NULL, NULL);
}

static void
cs_client_dialog_dispose (GObject *object)
{
  CsClientDialog *self = CS_CLIENT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CLIENT_DIALOG);
  /* It was asked to be saved: that goes on without us. */
  if (self->saving != NULL)
    dex_future_disown (g_steal_pointer (&self->saving));
  dex_clear (&self->reading);
  g_clear_object (&self->shape_rows);
  g_clear_object (&self->lists);
  g_clear_object (&self->contacts);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_client_dialog_parent_class)->dispose (object);
}

static void
cs_client_dialog_finalize (GObject *object)
{
  g_clear_pointer (&CS_CLIENT_DIALOG (object)->client, cs_client_free);
  g_clear_pointer (&CS_CLIENT_DIALOG (object)->known_id, g_free);
  g_clear_pointer (&CS_CLIENT_DIALOG (object)->known_name, g_free);
  g_clear_pointer (&CS_CLIENT_DIALOG (object)->known_email, g_free);
  G_OBJECT_CLASS (cs_client_dialog_parent_class)->finalize (object);
}

static void
cs_client_dialog_class_init (CsClientDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_client_dialog_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_client_dialog_finalize;
  saved_signal = g_signal_new ("saved", CS_TYPE_CLIENT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/clients/cs-client-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsClientDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, CsClientDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, CsClientDialog, contact_row);
  gtk_widget_class_bind_template_child (widget_class, CsClientDialog, email_row);
  gtk_widget_class_bind_template_child (widget_class, CsClientDialog, phone_row);
  gtk_widget_class_bind_template_child (widget_class, CsClientDialog, problem_label);
  gtk_widget_class_bind_template_child (widget_class, CsClientDialog, known_list);
  gtk_widget_class_bind_template_child (widget_class, CsClientDialog, known_row);
  gtk_widget_class_bind_template_child (widget_class, CsClientDialog, shape_group);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_known_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
cs_client_dialog_init (CsClientDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->name_row));
}

/** cs_client_dialog_new: Returns: (transfer floating): asks for a new client, or for changes to @client
 * (nullable) */
CsClientDialog *
cs_client_dialog_new (CsSession *session, const CsClient *client)
{
  CsClientDialog *self = g_object_new (CS_TYPE_CLIENT_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->client = client != NULL ? cs_client_copy (client) : cs_client_new ();
  if (client == NULL)
    {
      self->contacts = cs_client_picker_new (session);
      g_signal_connect_object (self->contacts, "items-changed", G_CALLBACK (show_known), self,
                               G_CONNECT_SWAPPED);
      return self;
    }
  /* Translators: stands between "Cancel" and "Save" on a phone: no longer than those two leave room for. */
  adw_dialog_set_title (ADW_DIALOG (self), C_ ("title", "Edit client"));
  gtk_button_set_label (self->save_button, _ ("_Save"));
  gtk_editable_set_text (self->name_row, client->name);
  gtk_editable_set_text (self->contact_row, client->contact_name);
  gtk_editable_set_text (self->email_row, client->email);
  gtk_editable_set_text (self->phone_row, client->phone);
  add_shape_rows (self);
  return self;
}

/** cs_client_dialog_set_name: starts with @name. */
void
cs_client_dialog_set_name (CsClientDialog *self, const char *name)
{
  g_return_if_fail (CS_IS_CLIENT_DIALOG (self));

  gtk_editable_set_text (self->name_row, name);
}
