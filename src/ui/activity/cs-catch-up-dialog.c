/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-catch-up-dialog.h"

#include "cs-error-words.h"
#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-rows.h"
#include "cs-session-catch-up.h"

#include <glib/gi18n-lib.h>

#define DECIDED "cs-decided" /* of CsUuid: what a toast's Undo brings back */

struct _CsCatchUpDialog
{
  AdwDialog parent_instance;
  AdwToastOverlay *toasts;
  GtkListBox *list;
  AdwComboRow *dating_row;
  AdwEntryRow *reason_row;
  GtkLabel *hint_label;
  GtkWidget *skip_button;
  GtkWidget *bill_button;

  CsSession *session;
  GPtrArray *items;  /* (nullable): of CsCatchUpItem */
  GPtrArray *checks; /* of GtkCheckButton, unowned: one an item */
  DexFuture *reading;
  gboolean is_stale;
};

G_DEFINE_FINAL_TYPE (CsCatchUpDialog, cs_catch_up_dialog, ADW_TYPE_DIALOG)

/* --- what is ticked --- */

/* Of CsPlannedSeen. @has_closed: whether one of them lies in a closed period. */
static GArray *
list_by_tick (CsCatchUpDialog *self, gboolean is_ticked, gboolean *has_closed)
{
  GArray *seen = g_array_new (FALSE, FALSE, sizeof (CsPlannedSeen));

  *has_closed = FALSE;
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]) == is_ticked)
      {
        const CsCatchUpItem *item = self->items->pdata[i];
        CsPlannedSeen one = cs_planned_invoice_get_seen (item->planned);

        g_array_append_val (seen, one);
        *has_closed |= item->is_closed;
      }
  return seen;
}

static CsCatchUpDating
get_dating (CsCatchUpDialog *self)
{
  return adw_combo_row_get_selected (self->dating_row) == 1 ? CS_CATCH_UP_TODAY : CS_CATCH_UP_ON_ITS_DAY;
}

/* Why a button is grey; NULL: none is, or there is nothing to press one for. */
static const char *
describe_hindrance (CsCatchUpDialog *self, guint n_ticked, gboolean is_refused, gboolean has_reason)
{
  if (is_refused)
    return _ ("Xero’s books are closed for a day among these. Bill them today, or leave out what is closed.");
  if (self->items == NULL || self->items->len == 0)
    return NULL;
  if (n_ticked == 0)
    return _ ("Tick an invoice to bill or skip it.");
  return has_reason ? NULL : _ ("To skip, give a reason first: the proposal keeps it.");
}

/* A closed day is a mistake to mend; the rest is only how it goes on. */
static void
show_weight (GtkLabel *label, gboolean is_error)
{
  gtk_widget_remove_css_class (GTK_WIDGET (label), is_error ? "dimmed" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (label), is_error ? "error" : "dimmed");
}

static void
chosen_cb (CsCatchUpDialog *self)
{
  g_autoptr (GArray) seen = NULL;
  g_autofree char *bill = NULL;
  const char *hint;
  gboolean has_closed = FALSE;
  gboolean has_reason = *gtk_editable_get_text (GTK_EDITABLE (self->reason_row)) != '\0';
  gboolean is_refused;

  if (self->checks == NULL)
    return;
  seen = list_by_tick (self, TRUE, &has_closed);
  is_refused = has_closed && get_dating (self) == CS_CATCH_UP_ON_ITS_DAY;
  hint = describe_hindrance (self, seen->len, is_refused, has_reason);
  if (is_refused && !g_str_equal (hint, gtk_label_get_text (self->hint_label)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), hint, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_label_set_text (self->hint_label, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), hint != NULL);
  show_weight (self->hint_label, is_refused);
  bill = seen->len == 0
             ? g_strdup (_ ("_Bill"))
             : g_strdup_printf (ngettext ("_Bill %'u invoice", "_Bill %'u invoices", seen->len), seen->len);
  gtk_button_set_label (GTK_BUTTON (self->bill_button), bill);
  gtk_widget_set_sensitive (self->bill_button, seen->len > 0 && !is_refused);
  gtk_widget_set_sensitive (self->skip_button, seen->len > 0 && has_reason);
}

/* --- the list --- */

static gboolean
is_same_item (const CsCatchUpItem *a, const CsCatchUpItem *b)
{
  return cs_uuid_equal (&a->planned->id, &b->planned->id) && a->is_closed == b->is_closed
         && cs_money_equal (a->planned->totals.total, b->planned->totals.total)
         && g_str_equal (a->client_name, b->client_name);
}

static gboolean
is_shown (CsCatchUpDialog *self, GPtrArray *items)
{
  if (self->items == NULL || self->items->len != items->len)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    if (!is_same_item (self->items->pdata[i], items->pdata[i]))
      return FALSE;
  return TRUE;
}

/* What a person unticked stays so when the list is made anew. */
static gboolean
was_unticked (GArray *unticked, const CsUuid *id)
{
  for (guint i = 0; i < unticked->len; i++)
    if (cs_uuid_equal (&g_array_index (unticked, CsPlannedSeen, i).id, id))
      return TRUE;
  return FALSE;
}

static void
add_item (CsCatchUpDialog *self, const CsCatchUpItem *item, gboolean is_ticked)
{
  g_autofree char *date = cs_format_date (item->planned->date);
  g_autofree char *amount = cs_format_money_with_currency (item->planned->totals.total);
  /* Translators: a date and a proposal's number. */
  g_autofree char *open = g_strdup_printf (_ ("%1$s, %2$s"), date, item->proposal_number);
  /* Translators: a date and a proposal's number. */
  g_autofree char *closed = g_strdup_printf (_ ("%1$s, %2$s. Xero’s books are closed for that day."), date,
                                             item->proposal_number);
  const char *about = item->is_closed ? closed : open;
  /* Several may be of one client. */
  g_autofree char *label = g_strdup_printf ("%s, %s", item->client_name, about);
  GtkWidget *row = cs_rows_new (item->client_name, about);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_ticked);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  /* The row lends its title to what it activates, and that would win. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  cs_rows_add_amount (row, amount);
  g_signal_connect_object (check, "toggled", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  gtk_list_box_append (self->list, row);
}

/* What had the keyboard is gone, or grey; without it not even Escape would close the dialog. */
static void
keep_focus (CsCatchUpDialog *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
show_items (CsCatchUpDialog *self, GPtrArray *items) /* (transfer full) */
{
  gboolean has_closed = FALSE;
  g_autoptr (GArray) unticked = list_by_tick (self, FALSE, &has_closed);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = items;
  g_ptr_array_set_size (self->checks, 0);
  cs_rows_clear (self->list);
  for (guint i = 0; i < items->len; i++)
    {
      const CsCatchUpItem *item = items->pdata[i];

      add_item (self, item, !was_unticked (unticked, &item->planned->id));
    }
  chosen_cb (self);
  keep_focus (self);
}

static void load (CsCatchUpDialog *self);

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsCatchUpDialog *self = object;
  g_autoptr (GError) error = NULL;
  GPtrArray *items = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (items == NULL)
    {
      if (error != NULL && !cs_error_is_cancelled (error))
        adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
      return;
    }
  /* Where nothing of it changed the rows stay, and the keyboard stays where it is. */
  if (is_shown (self, items))
    g_ptr_array_unref (items);
  else
    show_items (self, items);
  if (self->is_stale)
    load (self);
}

static void
load (CsCatchUpDialog *self)
{
  self->is_stale = self->reading != NULL;
  if (self->reading == NULL)
    self->reading = cs_follow_up (cs_session_list_catch_up (self->session), self, read_cb, NULL, NULL);
}

static void
session_changed_cb (CsCatchUpDialog *self, guint change)
{
  if ((change & (CS_CHANGE_PROPOSALS | CS_CHANGE_JOURNAL | CS_CHANGE_ALERTS)) != 0)
    load (self);
}

/* --- what a person decides --- */

static void
show_toast (CsCatchUpDialog *self, const char *words)
{
  AdwToast *toast = g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", words, NULL);

  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show_failure (CsCatchUpDialog *self, const GError *error)
{
  g_autofree char *words = cs_error_words (error);

  show_toast (self, words);
}

static void
undone_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    show_failure (object, error);
}

static void
undo_bill_cb (CsCatchUpDialog *self, AdwToast *toast)
{
  const GArray *ids = g_object_get_data (G_OBJECT (toast), DECIDED);

  cs_follow_up_to_the_end (cs_session_undo_bill_catch_up (self->session, (const CsUuid *)ids->data, ids->len),
                           self, undone_cb, NULL, NULL);
}

static void
undo_skip_cb (CsCatchUpDialog *self, AdwToast *toast)
{
  const GArray *ids = g_object_get_data (G_OBJECT (toast), DECIDED);

  cs_follow_up_to_the_end (cs_session_undo_skip (self->session, (const CsUuid *)ids->data, ids->len), self,
                           undone_cb, NULL, NULL);
}

static void
offer_undo (CsCatchUpDialog *self, const char *words, GArray *ids, GCallback undo_cb)
{
  AdwToast *toast
      = g_object_new (ADW_TYPE_TOAST, "title", words, "button-label", _ ("_Undo"), "use-markup", FALSE, NULL);

  g_object_set_data_full (G_OBJECT (toast), DECIDED, g_array_ref (ids), (GDestroyNotify)g_array_unref);
  g_signal_connect_object (toast, "button-clicked", undo_cb, self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static GArray *
list_ids (GArray *seen)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CsUuid));

  for (guint i = 0; i < seen->len; i++)
    g_array_append_val (ids, g_array_index (seen, CsPlannedSeen, i).id);
  return ids;
}

static void
billed_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    show_failure (object, error);
  else
    offer_undo (object, _ ("Held for a moment, then they go to Xero"), data, G_CALLBACK (undo_bill_cb));
}

static void
bill_cb (CsCatchUpDialog *self)
{
  gboolean has_closed = FALSE;
  g_autoptr (GArray) seen = list_by_tick (self, TRUE, &has_closed);

  cs_follow_up_to_the_end (
      cs_session_bill_catch_up (self->session, (CsPlannedSeen *)seen->data, seen->len, get_dating (self)),
      self, billed_cb, list_ids (seen), (GDestroyNotify)g_array_unref);
}

static void
skipped_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsCatchUpDialog *self = object;
  GArray *ids = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (!cs_settled_check (settled, &error))
    {
      show_failure (self, error);
      return;
    }
  words = g_strdup_printf (
      ngettext ("%'u invoice will not be billed", "%'u invoices will not be billed", ids->len), ids->len);
  gtk_editable_set_text (GTK_EDITABLE (self->reason_row), "");
  offer_undo (self, words, ids, G_CALLBACK (undo_skip_cb));
}

static void
skip_cb (CsCatchUpDialog *self)
{
  gboolean has_closed = FALSE;
  g_autoptr (GArray) seen = list_by_tick (self, TRUE, &has_closed);

  cs_follow_up_to_the_end (cs_session_skip_planned (self->session, (CsPlannedSeen *)seen->data, seen->len,
                                                    gtk_editable_get_text (GTK_EDITABLE (self->reason_row))),
                           self, skipped_cb, list_ids (seen), (GDestroyNotify)g_array_unref);
}

/* --- the dialog --- */

static void
cs_catch_up_dialog_dispose (GObject *object)
{
  CsCatchUpDialog *self = CS_CATCH_UP_DIALOG (object);

  dex_clear (&self->reading);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CATCH_UP_DIALOG);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_catch_up_dialog_parent_class)->dispose (object);
}

static void
cs_catch_up_dialog_class_init (CsCatchUpDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_catch_up_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/activity/cs-catch-up-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsCatchUpDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, CsCatchUpDialog, list);
  gtk_widget_class_bind_template_child (widget_class, CsCatchUpDialog, dating_row);
  gtk_widget_class_bind_template_child (widget_class, CsCatchUpDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, CsCatchUpDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, CsCatchUpDialog, skip_button);
  gtk_widget_class_bind_template_child (widget_class, CsCatchUpDialog, bill_button);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_cb);
  gtk_widget_class_bind_template_callback (widget_class, bill_cb);
}

static void
cs_catch_up_dialog_init (CsCatchUpDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->checks = g_ptr_array_new ();
}

/** cs_catch_up_dialog_new: Returns: (transfer floating): what @session's practice missed, to present */
AdwDialog *
cs_catch_up_dialog_new (CsSession *session)
{
  CsCatchUpDialog *self = g_object_new (CS_TYPE_CATCH_UP_DIALOG, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return ADW_DIALOG (self);
}
