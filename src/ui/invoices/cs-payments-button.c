/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-payments-button.h"
#include "cs-format.h"
#include "cs-invoice-detail.h"
#include "cs-invoice-payments.h"
#include "cs-payment-words.h"
#include "cs-table.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define HOVER_MS 350

struct _CsPaymentsButton
{
  GtkButton parent_instance;
  CsSession *session;
  char *remote_id;
  CsInvoiceDetail *detail; /* while it is shown */
  GtkWidget *popover;      /* while it is shown */
  guint hover_timer;
  gboolean is_pinned; /* by a click: it stays when the pointer leaves */
};

G_DEFINE_FINAL_TYPE (CsPaymentsButton, cs_payments_button, GTK_TYPE_BUTTON)

static void
add_payment (GtkWidget *table, const CsLedgerPayment *payment)
{
  g_autofree char *date = cs_format_date (payment->date);
  g_autofree char *amount = cs_format_money (payment->amount);

  cs_table_add_row (table, FALSE, date, cs_payment_words_name (payment->kind), payment->number, amount, NULL);
}

static GtkWidget *
make_table (const CsLedgerInvoice *invoice)
{
  const char *headings[] = { _ ("Date"), _ ("Kind"), _ ("Number"), _ ("Amount"), NULL };
  GtkWidget *table = cs_table_new (headings);
  g_autofree char *total = cs_format_money (invoice->total);
  g_autofree char *balance = cs_format_money_with_currency (invoice->balance);
  CsMoney rest;

  cs_table_add_row (table, FALSE, "", _ ("Invoice total"), "", total, NULL);
  for (guint i = 0; i < invoice->n_payments; i++)
    add_payment (table, &invoice->payments[i]);
  if (cs_ledger_invoice_get_unexplained (invoice, &rest, NULL) && !cs_money_is_zero (rest))
    {
      g_autofree char *amount = cs_format_money (rest);

      cs_table_add_row (table, FALSE, "", _ ("Not itemised by Xero"), "", amount, NULL);
    }
  cs_table_add_row (table, TRUE, "", _ ("Balance"), "", balance, NULL);
  return table;
}

static void
show_payments (CsPaymentsButton *self)
{
  const CsLedgerInvoice *invoice = NULL;
  g_autofree char *summary = NULL;

  if (self->popover == NULL || self->detail == NULL
      || cs_detail_get_state (CS_DETAIL (self->detail)) == CS_LIST_LOADING)
    return;
  invoice = cs_invoice_detail_get (self->detail);
  if (invoice == NULL)
    {
      gtk_popover_set_child (GTK_POPOVER (self->popover),
                             gtk_label_new (*cs_detail_get_problem (CS_DETAIL (self->detail)) != '\0'
                                                ? cs_detail_get_problem (CS_DETAIL (self->detail))
                                                : _ ("This invoice is not here")));
      return;
    }
  summary = cs_payment_words_summarise (invoice);
  gtk_popover_set_child (GTK_POPOVER (self->popover), make_table (invoice));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  if (gtk_widget_has_focus (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), summary, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
drop (CsPaymentsButton *self)
{
  g_clear_handle_id (&self->hover_timer, g_source_remove);
  if (self->detail != NULL)
    g_signal_handlers_disconnect_by_func (self->detail, show_payments, self);
  g_clear_object (&self->detail);
  self->is_pinned = FALSE;
  g_clear_pointer (&self->popover, gtk_widget_unparent);
}

static void
hide (CsPaymentsButton *self)
{
  g_clear_handle_id (&self->hover_timer, g_source_remove);
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
closed_cb (CsPaymentsButton *self)
{
  self->is_pinned = FALSE;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

static void
show (CsPaymentsButton *self)
{
  g_clear_handle_id (&self->hover_timer, g_source_remove);
  if (self->remote_id == NULL)
    return;
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_new ();
      /* The focus stays on the button: it is something to read, and Tab goes on to the next row. */
      gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
      gtk_popover_set_child (GTK_POPOVER (self->popover), adw_spinner_new ());
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Payments"), -1);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
    }
  if (self->detail == NULL)
    {
      self->detail = cs_invoice_detail_new (self->session, self->remote_id);
      g_signal_connect_object (self->detail, "changed", G_CALLBACK (show_payments), self, G_CONNECT_SWAPPED);
    }
  show_payments (self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE, -1);
}

static gboolean
hovered_cb (gpointer data)
{
  CsPaymentsButton *self = data;

  self->hover_timer = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

static void
enter_cb (CsPaymentsButton *self)
{
  if (self->hover_timer == 0)
    self->hover_timer = g_timeout_add (HOVER_MS, hovered_cb, self);
}

static void
leave_cb (CsPaymentsButton *self)
{
  g_clear_handle_id (&self->hover_timer, g_source_remove);
  if (!self->is_pinned && !gtk_widget_has_focus (GTK_WIDGET (self)))
    hide (self);
}

/* By Tab or an arrow it opens as it is reached; a click that brings the focus has its own way. */
static void
focus_cb (CsPaymentsButton *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root)))
    show (self);
}

static void
cs_payments_button_clicked (GtkButton *button)
{
  CsPaymentsButton *self = CS_PAYMENTS_BUTTON (button);

  if (self->is_pinned)
    {
      hide (self);
      return;
    }
  show (self);
  self->is_pinned = TRUE;
}

static gboolean
key_cb (CsPaymentsButton *self, guint key)
{
  if (key != GDK_KEY_Escape || self->popover == NULL || !gtk_widget_get_visible (self->popover))
    return GDK_EVENT_PROPAGATE;
  hide (self);
  return GDK_EVENT_STOP;
}

static void
cs_payments_button_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsPaymentsButton *self = CS_PAYMENTS_BUTTON (widget);

  GTK_WIDGET_CLASS (cs_payments_button_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

/* A row that scrolls away takes it along. */
static void
cs_payments_button_unmap (GtkWidget *widget)
{
  drop (CS_PAYMENTS_BUTTON (widget));
  GTK_WIDGET_CLASS (cs_payments_button_parent_class)->unmap (widget);
}

static void
cs_payments_button_dispose (GObject *object)
{
  CsPaymentsButton *self = CS_PAYMENTS_BUTTON (object);

  drop (self);
  g_clear_pointer (&self->remote_id, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_payments_button_parent_class)->dispose (object);
}

static void
cs_payments_button_class_init (CsPaymentsButtonClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_payments_button_dispose;
  widget_class->size_allocate = cs_payments_button_size_allocate;
  widget_class->unmap = cs_payments_button_unmap;
  GTK_BUTTON_CLASS (class)->clicked = cs_payments_button_clicked;
}

static void
cs_payments_button_init (CsPaymentsButton *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "cell-button");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (hide), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

/** cs_payments_button_new: Returns: (transfer floating): a button that is hidden until it has an invoice. It
 * lies over a drawing of its words, and shows nothing of its own but that it can be pressed. */
GtkWidget *
cs_payments_button_new (CsSession *session)
{
  CsPaymentsButton *self = g_object_new (CS_TYPE_PAYMENTS_BUTTON, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/** cs_payments_button_words: Returns: (transfer full): what it says of so many */
char *
cs_payments_button_words (guint n_payments)
{
  return g_strdup_printf (ngettext ("%'u payment", "%'u payments", n_payments), n_payments);
}

/**
 * cs_payments_button_set:
 * @self: a button
 * @remote_id: (nullable): the invoice's id at the ledger
 * @n_payments: how many payments and credits were applied; none hides the button
 *
 * May be called at each binding of a cell: it costs a name, and nothing more.
 */
void
cs_payments_button_set (CsPaymentsButton *self, const char *remote_id, guint n_payments)
{
  g_autofree char *words = NULL;

  g_return_if_fail (CS_IS_PAYMENTS_BUTTON (self));

  if (g_set_str (&self->remote_id, remote_id))
    {
      drop (self);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), remote_id != NULL && n_payments > 0);
  if (n_payments == 0)
    return;
  words = cs_payments_button_words (n_payments);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
