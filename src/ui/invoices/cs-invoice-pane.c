/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-pane.h"
#include "cs-format.h"
#include "cs-invoice-detail.h"
#include "cs-ledger-lists.h"
#include "cs-rows.h"
#include "cs-state-pill.h"

#include <glib/gi18n-lib.h>

struct _CsInvoicePane
{
  AdwBin parent_instance;
  AdwWindowTitle *title;
  GtkWidget *open_button;
  GtkStack *stack;
  AdwStatusPage *gone_page;
  GtkLabel *contact_label;
  CsStatePill *pill;
  GtkLabel *due_label;
  GtkLabel *balance_label;
  GtkListBox *facts;
  GtkListBox *lines;
  GtkWidget *payments_box;
  GtkListBox *payments;

  CsSession *session;
  CsInvoiceDetail *detail;
  CsLedgerLists *lists;
};

G_DEFINE_FINAL_TYPE (CsInvoicePane, cs_invoice_pane, ADW_TYPE_BIN)

static void
open_cb (CsInvoicePane *self)
{
  g_autofree char *link
      = cs_session_get_invoice_link (self->session, cs_invoice_detail_get_remote_id (self->detail));

  if (link != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-uri", "s", link);
}

static void
add_amount (GtkListBox *list, const char *title, const char *subtitle, CsMoney money)
{
  g_autofree char *amount = cs_format_money (money);
  GtkWidget *row = cs_rows_new (title, subtitle);

  cs_rows_add_amount (row, amount);
  gtk_list_box_append (list, row);
}

/* What is owed; of what is no invoice yet, or no more, nothing is. */
static char *
describe_owed (const CsLedgerInvoice *invoice)
{
  g_autofree char *balance = cs_format_money_with_currency (invoice->balance);
  g_autofree char *total = cs_format_money_with_currency (invoice->total);

  if (invoice->status != CS_LEDGER_AUTHORISED && invoice->status != CS_LEDGER_PAID)
    return g_steal_pointer (&total);
  if (cs_money_is_zero (invoice->balance))
    /* Translators: %s is an amount. */
    return g_strdup_printf (_ ("%s, nothing owed"), total);
  if (cs_money_equal (invoice->balance, invoice->total))
    /* Translators: %s is an amount. */
    return g_strdup_printf (_ ("%s owed"), total);
  /* Translators: two amounts. */
  return g_strdup_printf (_ ("%1$s of %2$s owed"), balance, total);
}

static void
show_head (CsInvoicePane *self, const CsLedgerInvoice *invoice)
{
  CsDate today = cs_session_get_today (self->session);
  gboolean is_open = cs_ledger_status_to_view (invoice->status, invoice->balance, invoice->due, today)
                     == CS_INVOICE_VIEW_OPEN;
  g_autofree char *due = is_open ? cs_format_due (invoice->due, today) : g_strdup ("");
  g_autofree char *words = cs_pill_words_for_invoice (invoice, today);
  g_autofree char *owed = describe_owed (invoice);

  adw_window_title_set_title (self->title, *invoice->number != '\0' ? invoice->number : _ ("Invoice"));
  gtk_label_set_text (self->contact_label, invoice->contact_name);
  cs_state_pill_set_words (self->pill, cs_pill_for_invoice (invoice, today), words);
  gtk_label_set_text (self->due_label, due);
  gtk_label_set_text (self->balance_label, owed);
}

static void
show_facts (CsInvoicePane *self, const CsLedgerInvoice *invoice)
{
  g_autofree char *date = cs_format_date (invoice->date);
  g_autofree char *due = cs_format_date (invoice->due);

  cs_rows_clear (self->facts);
  gtk_list_box_append (self->facts, cs_rows_new_property (_ ("Date"), date));
  gtk_list_box_append (self->facts, cs_rows_new_property (_ ("Due"), due));
  gtk_list_box_append (self->facts, cs_rows_new_property (_ ("Reference"), invoice->reference));
  gtk_list_box_append (
      self->facts, cs_rows_new_property (_ ("Status in Xero"), cs_ledger_status_to_string (invoice->status)));
}

static char *
describe_line (CsInvoicePane *self, const CsLedgerLine *line)
{
  const CsLedgerAccount *account = cs_ledger_lists_find_account (self->lists, line->account_code);
  const CsLedgerTaxRate *rate = cs_ledger_lists_find_tax_rate (self->lists, line->tax_type);
  g_autofree char *quantity = cs_format_decimal (line->quantity, 0);
  g_autofree char *price = cs_format_decimal (line->unit_price, 2);
  g_autofree char *sum = g_strdup_printf ("%s × %s", quantity, price);
  g_autofree char *booked = account != NULL ? g_strdup_printf ("%s %s", account->code, account->name)
                                            : g_strdup (line->account_code);
  const char *tax = rate != NULL ? rate->name : line->tax_type;
  const char *parts[] = { sum, booked, tax };
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (*parts[i] == '\0')
        continue;
      if (all->len > 0)
        g_string_append (all, " · ");
      g_string_append (all, parts[i]);
    }
  return g_string_free_and_steal (all);
}

static void
show_lines (CsInvoicePane *self, const CsLedgerInvoice *invoice)
{
  cs_rows_clear (self->lines);
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const CsLedgerLine *line = invoice->lines->pdata[i];
      g_autofree char *subtitle = describe_line (self, line);

      add_amount (self->lines, *line->description != '\0' ? line->description : _ ("No description"),
                  subtitle, line->amount);
    }
  add_amount (self->lines, _ ("Subtotal"), NULL, invoice->subtotal);
  add_amount (self->lines, invoice->tax_mode == CS_TAX_MODE_INCLUSIVE ? _ ("Includes tax") : _ ("Tax"), NULL,
              invoice->tax);
  add_amount (self->lines, _ ("Total"), NULL, invoice->total);
}

static const char *
name_payment (const char *kind)
{
  if (g_str_equal (kind, "credit-note"))
    return _ ("Credit note");
  if (g_str_equal (kind, "prepayment"))
    return _ ("Prepayment");
  if (g_str_equal (kind, "overpayment"))
    return _ ("Overpayment");
  return _ ("Payment");
}

static void
show_payments (CsInvoicePane *self, const CsLedgerInvoice *invoice)
{
  cs_rows_clear (self->payments);
  gtk_widget_set_visible (self->payments_box, invoice->payments->len > 0);
  for (guint i = 0; i < invoice->payments->len; i++)
    {
      const CsLedgerPayment *payment = invoice->payments->pdata[i];
      g_autofree char *date = cs_format_date (payment->date);
      g_autofree char *subtitle
          = *payment->number != '\0' ? g_strdup_printf ("%s · %s", date, payment->number) : g_strdup (date);

      add_amount (self->payments, name_payment (payment->kind), subtitle, payment->amount);
    }
  add_amount (self->payments, _ ("Balance"), NULL, invoice->balance);
}

static void
show (CsInvoicePane *self)
{
  const CsLedgerInvoice *invoice;
  g_autofree char *link = NULL;

  if (self->detail == NULL || cs_invoice_detail_get_state (self->detail) == CS_LIST_LOADING)
    return;
  invoice = cs_invoice_detail_get (self->detail);
  link = cs_session_get_invoice_link (self->session, cs_invoice_detail_get_remote_id (self->detail));
  gtk_widget_set_sensitive (self->open_button, link != NULL && invoice != NULL);
  if (invoice == NULL)
    {
      if (*cs_invoice_detail_get_problem (self->detail) != '\0')
        adw_status_page_set_description (self->gone_page, cs_invoice_detail_get_problem (self->detail));
      gtk_stack_set_visible_child_name (self->stack, "gone");
      return;
    }
  show_head (self, invoice);
  show_facts (self, invoice);
  show_lines (self, invoice);
  show_payments (self, invoice);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

static void
cs_invoice_pane_dispose (GObject *object)
{
  CsInvoicePane *self = CS_INVOICE_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_INVOICE_PANE);
  g_clear_object (&self->lists);
  g_clear_object (&self->detail);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_invoice_pane_parent_class)->dispose (object);
}

static void
cs_invoice_pane_class_init (CsInvoicePaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_invoice_pane_dispose;
  g_type_ensure (CS_TYPE_STATE_PILL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/invoices/cs-invoice-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, title);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, open_button);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, stack);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, gone_page);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, contact_label);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, pill);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, due_label);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, balance_label);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, facts);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, lines);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, payments_box);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, payments);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
cs_invoice_pane_init (CsInvoicePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_invoice_pane_new: Returns: (transfer floating): an empty pane; see cs_invoice_pane_open() */
GtkWidget *
cs_invoice_pane_new (CsSession *session)
{
  CsInvoicePane *self = g_object_new (CS_TYPE_INVOICE_PANE, NULL);

  self->session = g_object_ref (session);
  self->lists = cs_ledger_lists_new (session);
  g_signal_connect_object (self->lists, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/** cs_invoice_pane_open: shows the invoice of @remote_id; the last one stays until it is read, so that
 * walking through a list does not flicker. */
void
cs_invoice_pane_open (CsInvoicePane *self, const char *remote_id)
{
  g_return_if_fail (CS_IS_INVOICE_PANE (self));

  if (self->detail != NULL && g_str_equal (cs_invoice_detail_get_remote_id (self->detail), remote_id))
    return;
  if (self->detail != NULL)
    g_signal_handlers_disconnect_by_func (self->detail, show, self);
  g_clear_object (&self->detail);
  self->detail = cs_invoice_detail_new (self->session, remote_id);
  g_signal_connect_object (self->detail, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
}
