/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-work-card.h"

#include "cs-follow-up.h"
#include "cs-rows.h"
#include "cs-toast.h"
#include "cs-work-link-dialog.h"
#include "cs-work-links.h"
#include "cs-work-review.h"
#include "cs-work-words.h"

struct _CsWorkCard
{
  AdwPreferencesGroup parent_instance;
  GtkWidget *link_button;
  GPtrArray *rows; /* unowned: they belong to the group */

  CsSession *session;
  CsUuid client_id;
  char *client_name;
  CsWorkView *view; /* (nullable): as shown */
  DexFuture *reading;
};

G_DEFINE_FINAL_TYPE (CsWorkCard, cs_work_card, ADW_TYPE_PREFERENCES_GROUP)

static CsWork *
get_work (CsWorkCard *self)
{
  return cs_session_get_work (self->session);
}

/* --- what it shows --- */

static void
add_row (CsWorkCard *self, GtkWidget *row)
{
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static char *
describe_ids (const CsWorkView *view)
{
  if (view->client != NULL && *view->client->web_id != '\0')
    /* Translators: the number in the client's address, which people know as XPM ID, and the unique id. */
    return g_strdup_printf (_ ("XPM ID %1$s\nUnique id %2$s"), view->client->web_id, view->remote_id);
  /* Translators: %s is an id. */
  return g_strdup_printf (_ ("Unique id %s"), view->remote_id);
}

static void
add_link (CsWorkCard *self, const CsWorkView *view)
{
  g_autofree char *ids = *view->remote_id != '\0' ? describe_ids (view) : NULL;
  g_autofree char *link
      = view->client != NULL ? cs_work_get_client_link (get_work (self), view->client->web_id) : NULL;
  const char *title = *view->remote_id == '\0' ? _ ("Not linked yet")
                      : view->client == NULL   ? _ ("Its client there is not found any more")
                                               : cs_work_client_get (view->client, CS_WORK_FIELD_NAME);
  GtkWidget *row = cs_rows_new (title, ids != NULL ? ids : _ ("Say which client there it is."));

  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), ids != NULL);
  if (link != NULL)
    {
      g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (link));
      g_autofree char *action = g_action_print_detailed_name ("win.open-uri", target);

      cs_rows_add_button (row, _ ("_Open"), action);
    }
  add_row (self, row);
}

static void
on_settled (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    cs_show_error (object, error);
}

static void
settle (CsWorkCard *self, GtkWidget *button, gboolean takes_theirs)
{
  CsWorkField field = (CsWorkField)GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "field"));

  cs_follow_up_to_the_end (cs_work_settle (get_work (self), &self->client_id, field, takes_theirs), self,
                           on_settled, NULL, NULL);
}

static void
on_keep_ours (CsWorkCard *self, GtkWidget *button)
{
  settle (self, button, FALSE);
}

static void
on_take_theirs (CsWorkCard *self, GtkWidget *button)
{
  settle (self, button, TRUE);
}

static GtkWidget *
add_button (CsWorkCard *self, GtkWidget *row, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

/* K-1: side by side; nothing is overwritten before somebody chose. */
static void
add_difference (CsWorkCard *self, const CsWorkDifference *difference)
{
  /* Translators: two values of the same field. */
  g_autofree char *both = g_strdup_printf (_ ("Here: %1$s\nThere: %2$s"),
                                           *difference->ours != '\0' ? difference->ours : _ ("nothing"),
                                           *difference->theirs != '\0' ? difference->theirs : _ ("nothing"));
  GtkWidget *row = cs_rows_new (cs_work_words_field (difference->field), both);
  GtkWidget *ours = add_button (self, row, _ ("_Keep ours"), G_CALLBACK (on_keep_ours));
  GtkWidget *theirs = add_button (self, row, _ ("_Take theirs"), G_CALLBACK (on_take_theirs));

  g_object_set_data (G_OBJECT (ours), "field", GUINT_TO_POINTER (difference->field));
  g_object_set_data (G_OBJECT (theirs), "field", GUINT_TO_POINTER (difference->field));
  add_row (self, row);
}

static void
on_seen (CsWorkCard *self)
{
  cs_follow_up_to_the_end (cs_work_settle_promotion (get_work (self), &self->client_id, FALSE), self,
                           on_settled, NULL, NULL);
}

static void
on_again (CsWorkCard *self)
{
  cs_follow_up_to_the_end (cs_work_settle_promotion (get_work (self), &self->client_id, TRUE), self,
                           on_settled, NULL, NULL);
}

static void
add_promotion (CsWorkCard *self, const CsWorkView *view)
{
  g_autofree char *words = cs_work_words_promotion (view->promotion, view->message);
  GtkWidget *row;

  if (*words == '\0')
    return;
  row = cs_rows_new (_ ("Prospect to client"), words);
  if (cs_work_words_promotion_needs_person (view->promotion))
    {
      add_button (self, row, _ ("Try _again"), G_CALLBACK (on_again));
      add_button (self, row, _ ("_Done there"), G_CALLBACK (on_seen));
    }
  add_row (self, row);
}

static void
on_give_again (CsWorkCard *self)
{
  cs_follow_up_to_the_end (cs_work_give_again (get_work (self), &self->client_id), self, on_settled, NULL,
                           NULL);
}

/* what was changed here, and why it isn't there. */
static void
add_refusal (CsWorkCard *self, const CsWorkView *view)
{
  GtkWidget *row;

  if (*view->refusal == '\0')
    return;
  row = cs_rows_new (_ ("What was changed here was not taken there"), view->refusal);
  add_button (self, row, _ ("Try _again"), G_CALLBACK (on_give_again));
  add_row (self, row);
}

static void
clear (CsWorkCard *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

/* All that the card shows of it. */
static char *
print_view (const CsWorkView *view)
{
  GString *print = g_string_new (view->remote_id);

  if (view->client != NULL)
    g_string_append_printf (print, "\n%s\n%s", cs_work_client_get (view->client, CS_WORK_FIELD_NAME),
                            view->client->web_id);
  for (guint i = 0; i < view->differences->len; i++)
    {
      const CsWorkDifference *difference = g_ptr_array_index (view->differences, i);

      g_string_append_printf (print, "\n%d %s\n%s", (int)difference->field, difference->ours,
                              difference->theirs);
    }
  g_string_append_printf (print, "\n%s\n%s\n%s", view->promotion, view->message, view->refusal);
  return g_string_free_and_steal (print);
}

/* Rows that say the same are left alone: the focus stays, and a button that is being pressed still is there.
 */
static gboolean
is_shown (CsWorkCard *self, const CsWorkView *view)
{
  g_autofree char *before = self->view != NULL ? print_view (self->view) : NULL;
  g_autofree char *now = view != NULL ? print_view (view) : NULL;

  return now != NULL && g_strcmp0 (before, now) == 0;
}

static void
on_read (gpointer object, DexFuture *settled, gpointer data)
{
  CsWorkCard *self = object;
  g_autoptr (GError) error = NULL;
  CsWorkView *view = cs_settled_steal_record (settled, &error);

  if (is_shown (self, view))
    {
      cs_work_view_free (view);
      return;
    }
  clear (self);
  g_clear_pointer (&self->view, cs_work_view_free);
  self->view = view;
  if (view == NULL)
    {
      add_row (self, cs_rows_new (_ ("That couldn’t be read"), error != NULL ? error->message : ""));
      return;
    }
  add_link (self, view);
  for (guint i = 0; i < view->differences->len; i++)
    add_difference (self, g_ptr_array_index (view->differences, i));
  add_promotion (self, view);
  add_refusal (self, view);
  gtk_button_set_label (GTK_BUTTON (self->link_button),
                        *view->remote_id != '\0' ? _ ("C_hange…") : _ ("_Link…"));
}

static void
update (CsWorkCard *self)
{
  CsWork *work = self->session != NULL ? get_work (self) : NULL;
  gboolean is_known = work != NULL && cs_work_get_connection (work) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), is_known);
  if (!is_known)
    return;
  dex_clear (&self->reading);
  self->reading = cs_follow_up (cs_work_read_view (work, &self->client_id), self, on_read, NULL, NULL);
}

static void
on_session_changed (CsWorkCard *self, guint change)
{
  if ((change & (CS_CHANGE_WORK | CS_CHANGE_CLIENTS | CS_CHANGE_CONNECTION)) != 0)
    update (self);
}

/* --- linking --- */

static void
on_linked (gpointer object, DexFuture *settled, gpointer data)
{
  CsWorkCard *self = object;
  g_autoptr (GError) error = NULL;
  g_autofree char *former = cs_settled_steal_record (settled, &error);
  g_autofree char *id = cs_uuid_to_string (&self->client_id);
  g_autofree char *action = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GVariant) target = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (former == NULL)
    {
      if (error != NULL)
        cs_show_error (GTK_WIDGET (self), error);
      return;
    }
  target = g_variant_ref_sink (g_variant_new ("(ss)", id, former));
  action = g_action_print_detailed_name ("win.link-work", target);
  /* Translators: %s is a client here. */
  words = g_strdup_printf (_ ("%s is linked to another client in Practice Manager"), self->client_name);
  /* The toast may outlive this pane. */
  cs_toast_undo (root != NULL ? GTK_WIDGET (root) : GTK_WIDGET (self), words, action);
}

static void
on_chosen (CsWorkCard *self, const char *remote_id)
{
  cs_follow_up_to_the_end (cs_work_link_client (get_work (self), &self->client_id, remote_id), self,
                           on_linked, NULL, NULL);
}

static void
on_link (CsWorkCard *self)
{
  AdwDialog *dialog;

  if (self->session == NULL)
    return;
  dialog = cs_work_link_dialog_new (self->session, self->client_name);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* --- the object --- */

static void
cs_work_card_dispose (GObject *object)
{
  CsWorkCard *self = CS_WORK_CARD (object);

  dex_clear (&self->reading);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->view, cs_work_view_free);
  G_OBJECT_CLASS (cs_work_card_parent_class)->dispose (object);
}

static void
cs_work_card_finalize (GObject *object)
{
  CsWorkCard *self = CS_WORK_CARD (object);

  g_free (self->client_name);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (cs_work_card_parent_class)->finalize (object);
}

static void
cs_work_card_class_init (CsWorkCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_work_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_work_card_finalize;
}

static void
cs_work_card_init (CsWorkCard *self)
{
  self->rows = g_ptr_array_new ();
  self->link_button = gtk_button_new_with_mnemonic (_ ("_Link…"));
  gtk_widget_set_valign (self->link_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->link_button, "flat");
  g_signal_connect_object (self->link_button, "clicked", G_CALLBACK (on_link), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Practice Manager"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->link_button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/** cs_work_card_set: shows what is known of @client at the practice manager of @session */
void
cs_work_card_set (CsWorkCard *self, CsSession *session, const CsClient *client)
{
  g_return_if_fail (CS_IS_WORK_CARD (self) && client != NULL);

  if (self->session != session)
    {
      if (self->session != NULL)
        g_signal_handlers_disconnect_by_data (self->session, self);
      g_set_object (&self->session, session);
      g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), self, G_CONNECT_SWAPPED);
    }
  self->client_id = client->id;
  g_set_str (&self->client_name, client->name);
  update (self);
}
