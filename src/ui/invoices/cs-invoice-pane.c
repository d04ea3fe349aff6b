/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-pane.h"
#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-invoice-detail.h"
#include "cs-invoice-history.h"
#include "cs-invoice-paper.h"
#include "cs-invoice-payments.h"
#include "cs-invoice-rows.h"
#include "cs-ledger-lists.h"
#include "cs-print.h"
#include "cs-rows.h"
#include "cs-save.h"
#include "cs-session-invoice.h"
#include "cs-state-pill.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

struct _CsInvoicePane
{
  AdwBin parent_instance;
  AdwWindowTitle *title;
  AdwBanner *gone_banner;
  GtkStack *stack;
  AdwStatusPage *gone_page;
  GtkLabel *contact_label;
  CsStatePill *pill;
  GtkLabel *due_label;
  GtkLabel *balance_label;
  GtkWidget *pdf_spinner;
  GtkListBox *facts;
  GtkListBox *lines;
  GtkWidget *payments_box;
  GtkListBox *payments;
  GtkWidget *origin_box;
  GtkListBox *origin;
  AdwExpanderRow *history_row;
  GPtrArray *history_rows; /* unowned: those that are in @history_row */

  CsSession *session;
  CsInvoiceDetail *detail;
  CsInvoiceHistory *history;
  CsLedgerLists *lists;
  DexFuture *pdf; /* (nullable): being read */
};

G_DEFINE_FINAL_TYPE (CsInvoicePane, cs_invoice_pane, ADW_TYPE_BIN)

static const CsLedgerInvoice *
get_invoice (CsInvoicePane *self)
{
  return self->detail != NULL ? cs_invoice_detail_get (self->detail) : NULL;
}

/* --- actions --- */

static void
act_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsInvoicePane *self = CS_INVOICE_PANE (widget);
  g_autofree char *link
      = cs_session_get_invoice_link (self->session, cs_invoice_detail_get_remote_id (self->detail));

  if (link != NULL)
    gtk_widget_activate_action (widget, "win.open-uri", "s", link);
}

static void
act_copy_number (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const CsLedgerInvoice *invoice = get_invoice (CS_INVOICE_PANE (widget));
  g_autofree char *words = NULL;

  if (invoice == NULL || *invoice->number == '\0')
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), invoice->number);
  /* Translators: %s is an invoice's number. */
  words = g_strdup_printf (_ ("Copied %s"), invoice->number);
  cs_toast (widget, words);
}

static void
save_cb (GtkWidget *from, GFile *file, gpointer pdf)
{
  cs_save_bytes (from, file, pdf);
}

static void
ask_where (CsInvoicePane *self, GBytes *pdf)
{
  const CsLedgerInvoice *invoice = get_invoice (self);
  const char *number = invoice != NULL && *invoice->number != '\0' ? invoice->number : _ ("Invoice");
  g_autofree char *name = g_strdup_printf ("%s.pdf", number);
  CsSaveQuestion question = { _ ("Save the PDF from Xero"), name, "application/pdf", _ ("PDF documents") };

  cs_save_ask (GTK_WIDGET (self), &question, save_cb, g_bytes_ref (pdf), (GDestroyNotify)g_bytes_unref);
}

static void
show_pdf_button (CsInvoicePane *self)
{
  gtk_widget_set_visible (self->pdf_spinner, self->pdf != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invoice.save-pdf",
                                 get_invoice (self) != NULL && self->pdf == NULL);
}

static void
pdf_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoicePane *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = cs_settled_steal_record (settled, &error);

  dex_clear (&self->pdf);
  show_pdf_button (self);
  if (cs_error_is_cancelled (error))
    return;
  if (pdf == NULL)
    cs_show_error (GTK_WIDGET (self), error);
  else
    ask_where (self, pdf);
}

static void
act_save_pdf (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsInvoicePane *self = CS_INVOICE_PANE (widget);

  if (get_invoice (self) == NULL || self->pdf != NULL)
    return;
  self->pdf = cs_follow_up (
      cs_session_get_invoice_pdf (self->session, cs_invoice_detail_get_remote_id (self->detail)), self,
      pdf_cb, NULL, NULL);
  show_pdf_button (self);
}

typedef struct
{
  CsInvoiceDetail *detail; /* holds the invoice while it is printed */
  char *footnote;
} Printing;

static void
printing_free (gpointer data)
{
  Printing *printing = data;

  g_object_unref (printing->detail);
  g_free (printing->footnote);
  g_free (printing);
}

static CsReport *
make_report (CsPaper paper, gpointer data)
{
  Printing *printing = data;

  return cs_invoice_paper_new_report (cs_invoice_detail_get (printing->detail), printing->footnote, paper);
}

static char *
describe_as_of (CsInvoicePane *self)
{
  gint64 synced_ms = cs_session_get_synced_ms (self->session);
  g_autofree char *moment = NULL;

  if (synced_ms == 0)
    return g_strdup ("");
  moment = cs_format_moment (synced_ms, cs_session_get_time_zone (self->session));
  /* Translators: %s is a moment: what is printed is as it was then in Xero. */
  return g_strdup_printf (_ ("As in Xero on %s"), moment);
}

static void
act_print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsInvoicePane *self = CS_INVOICE_PANE (widget);
  const CsLedgerInvoice *invoice = get_invoice (self);
  Printing *printing = NULL;

  if (invoice == NULL)
    return;
  printing = g_new0 (Printing, 1);
  printing->detail = g_object_ref (self->detail);
  printing->footnote = describe_as_of (self);
  cs_print (widget, invoice->number, cs_invoice_paper_make_rows (invoice), make_report, printing,
            printing_free);
}

/* --- the history --- */

static void
add_history_row (CsInvoicePane *self, GtkWidget *row)
{
  adw_expander_row_add_row (self->history_row, row);
  g_ptr_array_add (self->history_rows, row);
}

static void
clear_history (CsInvoicePane *self)
{
  for (guint i = 0; i < self->history_rows->len; i++)
    adw_expander_row_remove (self->history_row, self->history_rows->pdata[i]);
  g_ptr_array_set_size (self->history_rows, 0);
}

static char *
describe_history (CsInvoicePane *self)
{
  gint64 read_ms = cs_invoice_history_get_read_ms (self->history);
  g_autofree char *time = NULL;

  if (cs_invoice_history_is_loading (self->history))
    return g_strdup (_ ("Asking Xero…"));
  if (read_ms == 0)
    return g_strdup ("");
  time = cs_format_time_of_day (read_ms, cs_session_get_time_zone (self->session));
  /* Translators: %s is the time of day when it was read. */
  return g_strdup_printf (_ ("as of %s"), time);
}

static void
show_history_problem (CsInvoicePane *self)
{
  gboolean is_known = cs_invoice_history_get_notes (self->history) != NULL;
  GtkWidget *row
      = cs_rows_new (is_known ? _ ("Xero could not be asked again") : _ ("Xero could not be asked"),
                     cs_invoice_history_get_problem (self->history));

  cs_rows_add_button (row, _ ("_Try again"), "invoice.read-history");
  add_history_row (self, row);
}

static void
show_history (CsInvoicePane *self)
{
  GPtrArray *notes = cs_invoice_history_get_notes (self->history);
  g_autofree char *subtitle = describe_history (self);
  gint64 now_ms = cs_clock_now_ms (cs_session_get_clock (self->session));

  clear_history (self);
  adw_expander_row_set_subtitle (self->history_row, subtitle);
  if (*cs_invoice_history_get_problem (self->history) != '\0'
      && !cs_invoice_history_is_loading (self->history))
    show_history_problem (self);
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    add_history_row (
        self, cs_invoice_rows_new_note (notes->pdata[i], cs_session_get_time_zone (self->session), now_ms));
  if (notes != NULL && notes->len == 0)
    add_history_row (self, cs_rows_new (_ ("Nothing yet"), _ ("Xero has no entry for this invoice.")));
}

static void
act_read_history (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsInvoicePane *self = CS_INVOICE_PANE (widget);

  if (self->history != NULL)
    cs_invoice_history_load (self->history);
}

static void
history_cb (CsInvoicePane *self)
{
  if (adw_expander_row_get_expanded (self->history_row) && self->history != NULL)
    cs_invoice_history_load (self->history);
}

/* --- the invoice --- */

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
show_origin (CsInvoicePane *self, const CsInvoiceOrigin *origin)
{
  gboolean has_proposal = !cs_uuid_is_none (&origin->proposal_id);
  g_autofree char *noticed = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->origin_box, has_proposal);
  if (has_proposal)
    cs_invoice_rows_fill_origin (self->origin, origin);
  adw_banner_set_revealed (self->gone_banner, origin->gone_ms != 0);
  if (origin->gone_ms == 0)
    return;
  noticed = cs_format_moment (origin->gone_ms, cs_session_get_time_zone (self->session));
  /* Translators: %s is a moment. */
  words = g_strdup_printf (_ ("Not found in Xero any more since %s. This is how it was."), noticed);
  adw_banner_set_title (self->gone_banner, words);
}

static void
show_actions (CsInvoicePane *self)
{
  const CsLedgerInvoice *invoice = get_invoice (self);
  g_autofree char *link
      = cs_session_get_invoice_link (self->session, cs_invoice_detail_get_remote_id (self->detail));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invoice.open", link != NULL && invoice != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invoice.copy-number",
                                 invoice != NULL && *invoice->number != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invoice.print", invoice != NULL);
  show_pdf_button (self);
}

static void
show (CsInvoicePane *self)
{
  const CsLedgerInvoice *invoice = get_invoice (self);

  if (self->detail == NULL || cs_detail_get_state (CS_DETAIL (self->detail)) == CS_LIST_LOADING)
    return;
  show_actions (self);
  if (invoice == NULL)
    {
      if (*cs_detail_get_problem (CS_DETAIL (self->detail)) != '\0')
        adw_status_page_set_description (self->gone_page, cs_detail_get_problem (CS_DETAIL (self->detail)));
      adw_banner_set_revealed (self->gone_banner, FALSE);
      gtk_stack_set_visible_child_name (self->stack, "gone");
      return;
    }
  show_head (self, invoice);
  cs_invoice_rows_fill_facts (self->facts, invoice, cs_invoice_detail_get_origin (self->detail));
  cs_invoice_rows_fill_lines (self->lines, invoice, self->lists);
  cs_invoice_rows_fill_payments (self->payments, invoice);
  gtk_widget_set_visible (self->payments_box, invoice->n_payments > 0 || cs_ledger_invoice_is_owed (invoice));
  show_origin (self, cs_invoice_detail_get_origin (self->detail));
  gtk_stack_set_visible_child_name (self->stack, "content");
}

static void
drop_detail (CsInvoicePane *self)
{
  if (self->detail != NULL)
    g_signal_handlers_disconnect_by_func (self->detail, show, self);
  if (self->history != NULL)
    g_signal_handlers_disconnect_by_func (self->history, show_history, self);
  dex_clear (&self->pdf);
  g_clear_object (&self->history);
  g_clear_object (&self->detail);
}

static void
cs_invoice_pane_dispose (GObject *object)
{
  CsInvoicePane *self = CS_INVOICE_PANE (object);

  drop_detail (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_INVOICE_PANE);
  g_clear_pointer (&self->history_rows, g_ptr_array_unref);
  g_clear_object (&self->lists);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_invoice_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, title);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, gone_banner);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, stack);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, gone_page);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, contact_label);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, pill);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, due_label);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, balance_label);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, pdf_spinner);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, facts);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, lines);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, payments_box);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, payments);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, origin_box);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, origin);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicePane, history_row);
}

static void
cs_invoice_pane_class_init (CsInvoicePaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_invoice_pane_dispose;
  g_type_ensure (CS_TYPE_STATE_PILL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/invoices/cs-invoice-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, history_cb);
  gtk_widget_class_install_action (widget_class, "invoice.open", NULL, act_open);
  gtk_widget_class_install_action (widget_class, "invoice.copy-number", NULL, act_copy_number);
  gtk_widget_class_install_action (widget_class, "invoice.save-pdf", NULL, act_save_pdf);
  gtk_widget_class_install_action (widget_class, "invoice.print", NULL, act_print);
  gtk_widget_class_install_action (widget_class, "invoice.read-history", NULL, act_read_history);
}

static void
cs_invoice_pane_init (CsInvoicePane *self)
{
  self->history_rows = g_ptr_array_new ();
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
  drop_detail (self);
  self->detail = cs_invoice_detail_new (self->session, remote_id);
  g_signal_connect_object (self->detail, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  self->history = cs_invoice_history_new (self->session, remote_id);
  g_signal_connect_object (self->history, "changed", G_CALLBACK (show_history), self, G_CONNECT_SWAPPED);
  show_history (self);
  /* Walking through a list asks Xero for nothing: it is opened for one invoice at a time. */
  adw_expander_row_set_expanded (self->history_row, FALSE);
}
