/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-rounding.h"

#define HUNDRED_PERCENT ((gint64)1000000) /* ten-thousandths */

void
sandbox_line_count (SandboxLine *line, SandboxAmounts amounts, gint64 tax_rate)
{
  SandboxWide product = (SandboxWide)line->quantity * line->unit_amount; /* eight places */

  /* Fourteen places less the money's two, in one rounding. */
  line->amount = sandbox_divide_half_away (product * (HUNDRED_PERCENT - line->discount_rate),
                                           (SandboxWide)1000000000000);
  if (line->discount_amount != 0)
    line->amount = sandbox_divide_half_away (product - (SandboxWide)line->discount_amount * 1000000, 1000000);
  switch (amounts)
    {
    case SANDBOX_AMOUNTS_EXCLUSIVE:
      line->tax_amount = sandbox_divide_half_away ((SandboxWide)line->amount * tax_rate, HUNDRED_PERCENT);
      break;
    case SANDBOX_AMOUNTS_INCLUSIVE:
      line->tax_amount
          = sandbox_divide_half_away ((SandboxWide)line->amount * tax_rate, HUNDRED_PERCENT + tax_rate);
      break;
    case SANDBOX_AMOUNTS_NO_TAX:
    default:
      line->tax_amount = 0;
    }
}

/* Sums of rounded lines, never a rounding of sums. */
void
sandbox_invoice_sum (SandboxInvoice *invoice)
{
  gint64 lines = 0;

  invoice->total_tax = 0;
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const SandboxLine *line = invoice->lines->pdata[i];

      lines += line->amount;
      invoice->total_tax += line->tax_amount;
    }
  invoice->sub_total = invoice->amounts == SANDBOX_AMOUNTS_INCLUSIVE ? lines - invoice->total_tax : lines;
  invoice->total = invoice->sub_total + invoice->total_tax;
}

void
sandbox_invoice_count (SandboxInvoice *invoice, SandboxOrganisation *organisation)
{
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      SandboxLine *line = invoice->lines->pdata[i];
      const SandboxTaxRate *rate = sandbox_organisation_tax_rate (organisation, line->tax_type);

      sandbox_line_count (line, invoice->amounts, rate != NULL ? rate->rate : 0);
    }
  sandbox_invoice_sum (invoice);
}
