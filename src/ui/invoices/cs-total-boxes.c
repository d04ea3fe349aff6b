/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-total-boxes.h"

#include "cs-format.h"

#include <glib/gi18n-lib.h>

struct _CsTotalBoxes
{
  AdwBin parent_instance;
  GtkLabel *unpaid_label;
  GtkLabel *unpaid_note;
  GtkLabel *paid_label;
  GtkLabel *paid_note;
};

G_DEFINE_FINAL_TYPE (CsTotalBoxes, cs_total_boxes, ADW_TYPE_BIN)

/* Currencies beside each other, and never in one sum [V-05]. */
static char *
join_amounts (const CsInvoiceSums *sums, const CsMoney *(*get) (const CsInvoiceTotals *))
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sums->totals->len; i++)
    {
      const CsMoney *money = get (&g_array_index (sums->totals, CsInvoiceTotals, i));
      g_autofree char *amount = cs_format_money_with_currency (*money);

      if (sums->totals->len > 1 && cs_money_is_zero (*money))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", amount);
    }
  if (text->len == 0)
    g_string_append (text, "–");
  return g_string_free_and_steal (text);
}

static const CsMoney *
get_unpaid (const CsInvoiceTotals *totals)
{
  return &totals->unpaid;
}

static const CsMoney *
get_paid (const CsInvoiceTotals *totals)
{
  return &totals->paid;
}

static const CsMoney *
get_part_paid (const CsInvoiceTotals *totals)
{
  return &totals->part_paid;
}

static char *
describe_unpaid (const CsInvoiceSums *sums)
{
  guint n = sums->n[CS_INVOICES_UNPAID];
  g_autofree char *count = g_strdup_printf (ngettext ("%'u invoice", "%'u invoices", n), n);
  g_autofree char *part = join_amounts (sums, get_part_paid);
  gboolean has_part = FALSE;

  for (guint i = 0; i < sums->totals->len; i++)
    has_part = has_part || !cs_money_is_zero (g_array_index (sums->totals, CsInvoiceTotals, i).part_paid);
  if (!has_part)
    return g_steal_pointer (&count);
  /* Translators: how many invoices are unpaid, and what was paid of them nonetheless. */
  return g_strdup_printf (_ ("%1$s, %2$s paid of them"), count, part);
}

static void
cs_total_boxes_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_TOTAL_BOXES);
  G_OBJECT_CLASS (cs_total_boxes_parent_class)->dispose (object);
}

static void
cs_total_boxes_class_init (CsTotalBoxesClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_total_boxes_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/invoices/cs-total-boxes.ui");
  gtk_widget_class_bind_template_child (widget_class, CsTotalBoxes, unpaid_label);
  gtk_widget_class_bind_template_child (widget_class, CsTotalBoxes, unpaid_note);
  gtk_widget_class_bind_template_child (widget_class, CsTotalBoxes, paid_label);
  gtk_widget_class_bind_template_child (widget_class, CsTotalBoxes, paid_note);
}

static void
cs_total_boxes_init (CsTotalBoxes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_total_boxes_set: says what @sums come to, each currency for itself, and of how many invoices. */
void
cs_total_boxes_set (CsTotalBoxes *self, const CsInvoiceSums *sums)
{
  g_autofree char *unpaid = NULL;
  g_autofree char *paid = NULL;
  g_autofree char *unpaid_note = NULL;
  g_autofree char *paid_note = NULL;
  guint n_paid;

  g_return_if_fail (CS_IS_TOTAL_BOXES (self) && sums != NULL);

  n_paid = sums->n[CS_INVOICES_PAID];
  unpaid = join_amounts (sums, get_unpaid);
  paid = join_amounts (sums, get_paid);
  unpaid_note = describe_unpaid (sums);
  paid_note = g_strdup_printf (ngettext ("%'u invoice", "%'u invoices", n_paid), n_paid);
  gtk_label_set_text (self->unpaid_label, unpaid);
  gtk_label_set_text (self->unpaid_note, unpaid_note);
  gtk_label_set_text (self->paid_label, paid);
  gtk_label_set_text (self->paid_note, paid_note);
}
