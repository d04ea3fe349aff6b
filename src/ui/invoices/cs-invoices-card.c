/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoices-card.h"
#include "cs-format.h"
#include "cs-invoice-pages.h"
#include "cs-invoice-review.h"
#include "cs-invoice-row.h"
#include "cs-rows.h"
#include "cs-total-boxes.h"

#include <glib/gi18n-lib.h>

/* What is unpaid and newest; the rest is a click away. */
#define ROWS_SHOWN_MAX 10

struct _CsInvoicesCard
{
  AdwBin parent_instance;
  CsTotalBoxes *total_boxes;
  GtkListBox *list;
  GtkLabel *placeholder;
  GtkLabel *more_label;

  CsSession *session;
  CsInvoiceReview *review; /* (nullable): nothing of it is in the ledger */
  char *whose;
};

G_DEFINE_FINAL_TYPE (CsInvoicesCard, cs_invoices_card, ADW_TYPE_BIN)

static void
act_show (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsInvoicesCard *self = CS_INVOICES_CARD (widget);
  g_autoptr (CsInvoiceFilter) filter = NULL;
  g_autofree char *title = NULL;

  if (self->review == NULL)
    return;
  filter = cs_invoice_filter_copy (cs_invoice_review_get_filter (self->review));
  if (!cs_invoices_shown_parse (g_variant_get_string (parameter, NULL), &filter->shown, NULL))
    return;
  /* Translators: %s is a client, a group, a person, or a proposal's number. */
  title = g_strdup_printf (_ ("Invoices: %s"), self->whose);
  cs_invoice_pages_push_browser (widget, self->session, filter, title);
}

static void
act_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  cs_invoice_pages_push_invoice (widget, CS_INVOICES_CARD (widget)->session,
                                 g_variant_get_string (parameter, NULL));
}

/* Of several contacts a row says which. */
static GtkWidget *
make_row (CsInvoicesCard *self, const CsLedgerInvoice *invoice)
{
  const CsInvoiceFilter *filter = cs_invoice_review_get_filter (self->review);
  g_autofree char *date = cs_format_date (invoice->date);
  g_autofree char *balance = cs_format_money_with_currency (invoice->balance);
  g_autofree char *subtitle = g_strv_length (filter->contact_ids) > 1
                                  ? g_strdup_printf ("%s · %s", date, invoice->contact_name)
                                  : g_strdup (date);
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (invoice->remote_id));
  g_autofree char *action = g_action_print_detailed_name ("invoices.open-one", target);
  GtkWidget *row = cs_rows_new (*invoice->number != '\0' ? invoice->number : _ ("No number"), subtitle);

  cs_rows_add_amount (row, balance);
  cs_rows_add_pill (row, cs_pill_for_invoice (invoice, cs_session_get_today (self->session)));
  cs_rows_set_action (row, action);
  return row;
}

static void
show_rows (CsInvoicesCard *self)
{
  GListModel *rows = G_LIST_MODEL (self->review);
  guint n = self->review != NULL ? g_list_model_get_n_items (rows) : 0;
  g_autofree char *more = NULL;

  cs_rows_clear (self->list);
  for (guint i = 0; i < MIN (n, ROWS_SHOWN_MAX); i++)
    {
      g_autoptr (CsInvoiceRow) row = g_list_model_get_item (rows, i);
      const CsLedgerInvoice *invoice = cs_invoice_row_get (row);

      if (invoice != NULL)
        gtk_list_box_append (self->list, make_row (self, invoice));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n > ROWS_SHOWN_MAX);
  if (n <= ROWS_SHOWN_MAX)
    return;
  more = g_strdup_printf (
      ngettext ("%'u older one is unpaid, too", "%'u older ones are unpaid, too", n - ROWS_SHOWN_MAX),
      n - ROWS_SHOWN_MAX);
  gtk_label_set_text (self->more_label, more);
}

/* What was just sent as a draft is in no total: where is it? */
static char *
describe_unpaid (const CsInvoiceSums *sums)
{
  guint n_unapproved = sums->n[CS_INVOICES_DRAFT] + sums->n[CS_INVOICES_SUBMITTED];

  if (sums->n[CS_INVOICES_ALL] == 0)
    return g_strdup (_ ("None in Xero yet"));
  if (n_unapproved == 0)
    return g_strdup (_ ("Nothing is unpaid"));
  return g_strdup_printf (ngettext ("Nothing is unpaid. %'u invoice counts once it is approved in Xero.",
                                    "Nothing is unpaid. %'u invoices count once they are approved in Xero.",
                                    n_unapproved),
                          n_unapproved);
}

static char *
describe_emptiness (CsInvoicesCard *self)
{
  if (self->review == NULL)
    return g_strdup (_ ("None in Xero yet"));
  switch (cs_invoice_review_get_state (self->review))
    {
    case CS_LIST_LOADING:
      return g_strdup (_ ("Opening…"));
    case CS_LIST_FAILED:
      return g_strdup (cs_invoice_review_get_problem (self->review));
    case CS_LIST_READY:
    default:
      return describe_unpaid (cs_invoice_review_get_sums (self->review));
    }
}

static void
show (CsInvoicesCard *self)
{
  gboolean has_some
      = self->review != NULL && cs_invoice_review_get_sums (self->review)->n[CS_INVOICES_ALL] > 0;
  g_autofree char *emptiness = describe_emptiness (self);

  if (self->review != NULL)
    cs_total_boxes_set (self->total_boxes, cs_invoice_review_get_sums (self->review));
  gtk_widget_set_visible (GTK_WIDGET (self->total_boxes), has_some);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invoices.show", has_some);
  gtk_label_set_text (self->placeholder, emptiness);
  show_rows (self);
}

static void
cs_invoices_card_dispose (GObject *object)
{
  CsInvoicesCard *self = CS_INVOICES_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_INVOICES_CARD);
  g_clear_object (&self->review);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_invoices_card_parent_class)->dispose (object);
}

static void
cs_invoices_card_finalize (GObject *object)
{
  g_free (CS_INVOICES_CARD (object)->whose);
  G_OBJECT_CLASS (cs_invoices_card_parent_class)->finalize (object);
}

static void
cs_invoices_card_class_init (CsInvoicesCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_invoices_card_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_invoices_card_finalize;
  g_type_ensure (CS_TYPE_TOTAL_BOXES);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/invoices/cs-invoices-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CsInvoicesCard, total_boxes);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicesCard, list);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicesCard, placeholder);
  gtk_widget_class_bind_template_child (widget_class, CsInvoicesCard, more_label);
  gtk_widget_class_install_action (widget_class, "invoices.show", "s", act_show);
  gtk_widget_class_install_action (widget_class, "invoices.open-one", "s", act_open);
}

static void
cs_invoices_card_init (CsInvoicesCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->whose = g_strdup ("");
  show (self);
}

static void
watch (CsInvoicesCard *self, const CsInvoiceFilter *filter)
{
  self->review = cs_invoice_review_new (self->session, filter);
  g_signal_connect_object (self->review, "shown", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "notify::state", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "notify::sums", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
}

/**
 * cs_invoices_card_set:
 * @self: a card
 * @session: whose invoices; the same each time
 * @scope: (nullable): of whom; copied. %NULL: nothing of it is in the ledger
 * @whose: the name of that client, group or person, or the number of that proposal
 *
 * Shows the invoices of @scope. Costs nothing when it is the scope that is shown.
 */
void
cs_invoices_card_set (CsInvoicesCard *self,
                      CsSession *session,
                      const CsInvoiceFilter *scope,
                      const char *whose)
{
  g_autoptr (CsInvoiceFilter) filter = scope != NULL ? cs_invoice_filter_copy (scope) : NULL;

  g_return_if_fail (CS_IS_INVOICES_CARD (self) && whose != NULL);

  g_set_object (&self->session, session);
  g_set_str (&self->whose, whose);
  if (filter == NULL)
    g_clear_object (&self->review);
  else
    {
      filter->shown = CS_INVOICES_UNPAID;
      if (self->review == NULL)
        watch (self, filter);
      else
        cs_invoice_review_set_filter (self->review, filter);
    }
  show (self);
}
