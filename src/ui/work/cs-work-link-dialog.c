/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-work-link-dialog.h"

#include "cs-follow-up.h"
#include "cs-rows.h"
#include "cs-work-links.h"

struct _CsWorkLinkDialog
{
  AdwDialog parent_instance;
  GtkWidget *search_entry;
  GtkStack *stack;
  GtkListBox *list;
  AdwStatusPage *nothing_page;
  GtkWidget *others_button; /* looks for a number among all there */
  GtkLabel *looked_label;

  CsSession *session;
  char *client_name;
  DexFuture *searching;
  DexFuture *learning;     /* the numbers of those that are shown */
  gboolean looked_through; /* all there */
};

G_DEFINE_FINAL_TYPE (CsWorkLinkDialog, cs_work_link_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
choose (CsWorkLinkDialog *self, GtkListBoxRow *row)
{
  /* Without animations it would be gone while it still tells of its closing. */
  g_autoptr (CsWorkLinkDialog) kept = g_object_ref (self);
  g_autofree char *remote_id = g_strdup (g_object_get_data (G_OBJECT (row), "remote-id"));

  g_object_ref (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, remote_id);
  adw_dialog_force_close (ADW_DIALOG (self));
  g_object_unref (self);
}

static void
on_row_activated (CsWorkLinkDialog *self, GtkListBoxRow *row)
{
  choose (self, row);
}

static char *
describe (const CsWorkClient *client)
{
  const char *email = cs_work_client_get (client, CS_WORK_FIELD_EMAIL);
  const char *lines[5] = { NULL };
  g_autofree char *number = NULL;
  gsize n = 0;

  lines[n++] = client->remote_id;
  if (*client->web_id != '\0')
    {
      /* Translators: what people know as XPM ID. */
      number = g_strdup_printf (_ ("XPM ID %s"), client->web_id);
      lines[n++] = number;
    }
  if (client->is_archived)
    lines[n++] = _ ("Archived there");
  if (email != NULL && *email != '\0')
    lines[n++] = email;
  return g_strjoinv ("\n", (char **)lines);
}

static void
add_client (CsWorkLinkDialog *self, const CsWorkClient *client)
{
  g_autofree char *about = describe (client);
  GtkWidget *row = cs_rows_new (cs_work_client_get (client, CS_WORK_FIELD_NAME), about);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "remote-id", g_strdup (client->remote_id), g_free);
  gtk_list_box_append (self->list, row);
}

/* What is wrong, or what else would help. */
static void
show_nothing (CsWorkLinkDialog *self, const GError *error)
{
  g_autofree char *number = cs_work_parse_number (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  g_autofree char *words
      = number != NULL
            /* Translators: the number in a client's address there, and a client's name. */
            ? (self->looked_through
                   /* Translators: the number in a client's address there. */
                   ? g_strdup_printf (_ ("No client there has the number %s."), number)
                   /* Translators: the number in a client's address there, and a client's name. */
                   : g_strdup_printf (
                         _ ("None of those that are called like “%2$s” there has the number %1$s. Type "
                            "a part of its name there: the numbers of those found are shown."),
                         number, self->client_name))
            : g_strdup (_ ("Try a part of the name, the unique id, or its address there."));

  adw_status_page_set_description (self->nothing_page, error != NULL ? error->message : words);
  gtk_widget_set_visible (self->others_button, number != NULL && (error != NULL || !self->looked_through));
  gtk_stack_set_visible_child_name (self->stack, "nothing-found");
}

static void search (CsWorkLinkDialog *self, gboolean learns);

static void
on_learnt (gpointer object, DexFuture *settled, gpointer data)
{
  g_autofree guint *n_learnt = cs_settled_steal_record (settled, NULL);

  if (n_learnt != NULL && *n_learnt > 0)
    search (object, FALSE);
}

/* A list doesn't tell the numbers that people compare: those of a few found are read. */
static void
on_found (gpointer object, DexFuture *settled, gpointer data)
{
  CsWorkLinkDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = cs_settled_dup_array (settled, &error);

  if (found == NULL || found->len == 0)
    {
      show_nothing (self, error);
      return;
    }
  cs_rows_clear (self->list);
  for (guint i = 0; i < found->len; i++)
    add_client (self, g_ptr_array_index (found, i));
  gtk_stack_set_visible_child_name (self->stack, "content");
  if (GPOINTER_TO_INT (data))
    self->learning = cs_follow_up (cs_work_learn_numbers (cs_session_get_work (self->session), found), self,
                                   on_learnt, NULL, NULL);
}

/* It may take hours, and may be left at any time: whoever was looked at is known afterwards. */
static void
on_looked (guint n_looked, guint n_all, gpointer object)
{
  CsWorkLinkDialog *self = object;
  g_autofree char *words = NULL;

  /* Translators: of the clients there, how many were looked at so far, and how many there are. */
  words = g_strdup_printf (
      ngettext ("%1$'u of %2$'u client was looked at", "%1$'u of %2$'u clients were looked at", n_all),
      n_looked, n_all);
  gtk_label_set_text (self->looked_label, words);
}

static void
on_look_at_others (CsWorkLinkDialog *self)
{
  g_autofree char *number = cs_work_parse_number (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));

  if (number == NULL)
    return;
  dex_clear (&self->searching);
  self->looked_through = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "searching");
  gtk_widget_grab_focus (self->search_entry);
  self->searching
      = cs_follow_up (cs_work_look_through (cs_session_get_work (self->session), number, on_looked, self),
                      self, on_found, GINT_TO_POINTER (FALSE), NULL);
}

static void
search (CsWorkLinkDialog *self, gboolean learns)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry))));

  dex_clear (&self->learning);
  dex_clear (&self->searching);
  self->looked_through = FALSE;
  gtk_label_set_text (self->looked_label, "");
  self->searching
      = cs_follow_up (cs_work_search (cs_session_get_work (self->session), text, self->client_name), self,
                      on_found, GINT_TO_POINTER (learns), NULL);
}

static void
on_search_changed (CsWorkLinkDialog *self)
{
  g_autofree char *number = NULL;

  if (self->session == NULL)
    return;
  /* That one may have to be asked for, which takes a while. */
  number = cs_work_parse_number (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  if (number != NULL)
    {
      cs_rows_clear (self->list);
      gtk_stack_set_visible_child_name (self->stack, "searching");
    }
  search (self, TRUE);
}

static void
on_activate_first (CsWorkLinkDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row != NULL && gtk_list_box_get_row_at_index (self->list, 1) == NULL)
    choose (self, row);
}

/* The entry takes Escape for itself: here it means what it does in every dialog. */
static void
on_stop_search (CsWorkLinkDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
cs_work_link_dialog_dispose (GObject *object)
{
  CsWorkLinkDialog *self = CS_WORK_LINK_DIALOG (object);

  dex_clear (&self->learning);
  dex_clear (&self->searching);
  g_clear_pointer (&self->client_name, g_free);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_WORK_LINK_DIALOG);
  G_OBJECT_CLASS (cs_work_link_dialog_parent_class)->dispose (object);
}

static void
cs_work_link_dialog_class_init (CsWorkLinkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_work_link_dialog_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", CS_TYPE_WORK_LINK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/work/cs-work-link-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWorkLinkDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CsWorkLinkDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CsWorkLinkDialog, list);
  gtk_widget_class_bind_template_child (widget_class, CsWorkLinkDialog, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, CsWorkLinkDialog, others_button);
  gtk_widget_class_bind_template_child (widget_class, CsWorkLinkDialog, looked_label);
  gtk_widget_class_bind_template_callback (widget_class, on_look_at_others);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_first);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
}

static void
cs_work_link_dialog_init (CsWorkLinkDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  adw_dialog_set_focus (ADW_DIALOG (self), self->search_entry);
}

/** cs_work_link_dialog_new: Returns: (transfer floating): asks which client there @client_name is */
AdwDialog *
cs_work_link_dialog_new (CsSession *session, const char *client_name)
{
  CsWorkLinkDialog *self = g_object_new (CS_TYPE_WORK_LINK_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->client_name = g_strdup (client_name);
  gtk_stack_set_visible_child_name (self->stack, "searching");
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), client_name);
  on_search_changed (self);
  return ADW_DIALOG (self);
}
