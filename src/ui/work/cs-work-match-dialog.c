/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-work-match-dialog.h"

#include "cs-follow-up.h"
#include "cs-rows.h"
#include "cs-work-review.h"
#include "cs-work-words.h"

struct _CsWorkMatchDialog
{
  AdwDialog parent_instance;
  AdwActionRow *contact_row;
  GtkListBox *list;
  GtkWidget *none_button;
  GtkLabel *error_label;

  CsSession *session;
  char *contact_id;
  DexFuture *reading;
  gboolean is_importing;
};

G_DEFINE_FINAL_TYPE (CsWorkMatchDialog, cs_work_match_dialog, ADW_TYPE_DIALOG)

static guint imported_signal;

static void
show_error (CsWorkMatchDialog *self, const GError *error)
{
  gtk_label_set_text (self->error_label, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL);
}

static void
on_imported (gpointer object, DexFuture *settled, gpointer data)
{
  CsWorkMatchDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsClient) client = cs_settled_steal_record (settled, &error);

  self->is_importing = FALSE;
  if (client == NULL)
    {
      show_error (self, error);
      return;
    }
  g_object_ref (self);
  g_signal_emit (self, imported_signal, 0, client);
  adw_dialog_force_close (ADW_DIALOG (self));
  g_object_unref (self);
}

static void
import (CsWorkMatchDialog *self, const char *work_id)
{
  if (self->is_importing)
    return;
  self->is_importing = TRUE;
  show_error (self, NULL);
  cs_follow_up_to_the_end (cs_session_import_contact (self->session, self->contact_id, work_id), self,
                           on_imported, NULL, NULL);
}

static void
on_row_activated (CsWorkMatchDialog *self, GtkListBoxRow *row)
{
  import (self, g_object_get_data (G_OBJECT (row), "remote-id"));
}

static void
on_none (CsWorkMatchDialog *self)
{
  import (self, "");
}

/* What is the same, and the ids by which two of one name are told apart. */
static void
add_match (CsWorkMatchDialog *self, const CsWorkMatch *match)
{
  const char *email = cs_work_client_get (match->client, CS_WORK_FIELD_EMAIL);
  g_autofree char *about
      = g_strdup_printf ("%s\n%s\n%s", cs_work_words_match (match->match),
                         email != NULL && *email != '\0' ? email : _ ("no e-mail address"), match->remote_id);
  GtkWidget *row = cs_rows_new (cs_work_client_get (match->client, CS_WORK_FIELD_NAME), about);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "remote-id", g_strdup (match->remote_id), g_free);
  gtk_list_box_append (self->list, row);
}

static void
on_read (gpointer object, DexFuture *settled, gpointer data)
{
  CsWorkMatchDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) matches = cs_settled_steal_record (settled, &error);

  show_error (self, error);
  cs_rows_clear (self->list);
  for (guint i = 0; matches != NULL && i < matches->len; i++)
    add_match (self, matches->pdata[i]);
}

static void
cs_work_match_dialog_dispose (GObject *object)
{
  CsWorkMatchDialog *self = CS_WORK_MATCH_DIALOG (object);

  dex_clear (&self->reading);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_WORK_MATCH_DIALOG);
  g_clear_pointer (&self->contact_id, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_work_match_dialog_parent_class)->dispose (object);
}

static void
cs_work_match_dialog_class_init (CsWorkMatchDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_work_match_dialog_dispose;
  imported_signal = g_signal_new ("imported", CS_TYPE_WORK_MATCH_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/work/cs-work-match-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWorkMatchDialog, contact_row);
  gtk_widget_class_bind_template_child (widget_class, CsWorkMatchDialog, list);
  gtk_widget_class_bind_template_child (widget_class, CsWorkMatchDialog, none_button);
  gtk_widget_class_bind_template_child (widget_class, CsWorkMatchDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_none);
}

static void
cs_work_match_dialog_init (CsWorkMatchDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
}

/** cs_work_match_dialog_new: Returns: (transfer floating): asks which client of the practice manager the
 * ledger's contact of that id, name and address is */
AdwDialog *
cs_work_match_dialog_new (CsSession *session, const char *contact_id, const char *name, const char *email)
{
  CsWorkMatchDialog *self = g_object_new (CS_TYPE_WORK_MATCH_DIALOG, NULL);
  g_autofree char *about
      = g_strdup_printf ("%s\n%s", *email != '\0' ? email : _ ("no e-mail address"), contact_id);

  self->session = g_object_ref (session);
  self->contact_id = g_strdup (contact_id);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->contact_row), name);
  adw_action_row_set_subtitle (self->contact_row, about);
  self->reading = cs_follow_up (cs_work_list_matches (cs_session_get_work (session), name, email), self,
                                on_read, NULL, NULL);
  return ADW_DIALOG (self);
}
