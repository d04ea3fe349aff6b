/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Far beyond any plan that a person reads: a daily service for a hundred years. */
#define CHARGES_MAX 40000

/**
 * cs_planned_line_new:
 *
 * Returns: (transfer full): a planned line with empty strings
 */
CsPlannedLine *
cs_planned_line_new (void)
{
  CsPlannedLine *line = g_new0 (CsPlannedLine, 1);

  line->description = g_strdup ("");
  line->account_code = g_strdup ("");
  line->tax_type = g_strdup ("");
  return line;
}

/**
 * cs_planned_line_free:
 * @line: (transfer full) (nullable): a planned line
 */
void
cs_planned_line_free (CsPlannedLine *line)
{
  if (line == NULL)
    return;
  g_free (line->description);
  g_free (line->account_code);
  g_free (line->tax_type);
  g_free (line);
}

/**
 * cs_planned_invoice_new:
 *
 * Returns: (transfer full): a planned invoice with empty strings, no dates and no lines
 */
CsPlannedInvoice *
cs_planned_invoice_new (void)
{
  CsPlannedInvoice *invoice = g_new0 (CsPlannedInvoice, 1);

  invoice->reference = g_strdup ("");
  invoice->number = g_strdup ("");
  invoice->remote_invoice_id = g_strdup ("");
  invoice->date = CS_DATE_NONE;
  invoice->due = CS_DATE_NONE;
  invoice->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_planned_line_free);
  return invoice;
}

/**
 * cs_planned_invoice_free:
 * @invoice: (transfer full) (nullable): a planned invoice
 */
void
cs_planned_invoice_free (CsPlannedInvoice *invoice)
{
  if (invoice == NULL)
    return;
  g_free (invoice->reference);
  g_free (invoice->number);
  g_free (invoice->remote_invoice_id);
  g_ptr_array_unref (invoice->lines);
  g_free (invoice);
}

/* One line for one period. */
typedef struct
{
  CsDate date;
  guint line; /* index in the proposal */
  CsBillingPeriod period;
} Charge;

static int
compare_charges (gconstpointer a, gconstpointer b)
{
  const Charge *x = a;
  const Charge *y = b;
  int by_date = cs_date_compare (x->date, y->date);

  return by_date != 0 ? by_date : (x->line > y->line) - (x->line < y->line);
}

/* What is due only once is never lost: where its day lies before acceptance, it is billed on acceptance.
 * Recurring periods from before acceptance are catch-up periods, for a person to decide [U-11]. */
static gboolean
collect_charges (GArray *charges,
                 guint line_index,
                 const CsBillingRule *rule,
                 const CsBillingAnchors *anchors,
                 CsDate until,
                 GError **error)
{
  Charge charge = { .line = line_index };

  if (!cs_billing_rule_validate (rule, error))
    return FALSE;
  for (guint i = 0; cs_billing_rule_get_period (rule, anchors, i, &charge.period); i++)
    {
      gboolean is_past = cs_date_compare (charge.period.invoice_date, anchors->acceptance) < 0;

      if (is_past && rule->unit != CS_BILLING_UNIT_ONCE)
        continue;
      charge.date = is_past ? anchors->acceptance : charge.period.invoice_date;
      if (cs_date_compare (charge.date, until) > 0)
        break;
      if (charges->len >= CHARGES_MAX)
        {
          g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE,
                       _ ("This proposal would bill more than %d times"), CHARGES_MAX);
          return FALSE;
        }
      charge.period.invoice_date = charge.date;
      g_array_append_val (charges, charge);
    }
  return TRUE;
}

static CsUuid
get_invoice_id (const CsUuid *proposal_id, CsDate date)
{
  g_autofree char *day = cs_date_to_string (date);
  g_autoptr (GByteArray) name = g_byte_array_new ();

  g_byte_array_append (name, proposal_id->bytes, sizeof proposal_id->bytes);
  g_byte_array_append (name, (const guint8 *)day, (guint)strlen (day));
  return cs_uuid_from_name ("planned-invoice", name->data, name->len);
}

static CsPlannedLine *
plan_line (const CsProposalLine *line, const CsBillingPeriod *period)
{
  CsPlannedLine *planned = g_new0 (CsPlannedLine, 1);

  planned->line_id = line->id;
  planned->period = *period;
  planned->description = g_strdup (line->description);
  planned->quantity = line->quantity;
  planned->unit_price = line->unit_price;
  planned->account_code = g_strdup (line->account_code);
  planned->tax_type = g_strdup (line->tax_type);
  planned->tax_rate = line->tax_rate;
  return planned;
}

static gboolean
compute_totals (CsPlannedInvoice *invoice, GError **error)
{
  g_autofree CsLineAmounts *amounts = g_new0 (CsLineAmounts, invoice->lines->len);

  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const CsPlannedLine *line = g_ptr_array_index (invoice->lines, i);

      amounts[i] = (CsLineAmounts){ line->quantity, line->unit_price, line->tax_rate };
    }
  return cs_tax_compute_totals (amounts, invoice->lines->len, invoice->tax_mode, invoice->currency,
                                &invoice->totals, error);
}

static CsPlannedInvoice *
plan_invoice (const CsProposal *proposal, CsDate date, GError **error)
{
  g_autoptr (CsPlannedInvoice) invoice = cs_planned_invoice_new ();

  invoice->id = get_invoice_id (&proposal->id, date);
  invoice->proposal_id = proposal->id;
  invoice->date = date;
  invoice->due = cs_date_add_days (date, proposal->due_days);
  invoice->currency = proposal->currency;
  invoice->tax_mode = proposal->tax_mode;
  invoice->authorise = proposal->authorise;
  g_set_str (&invoice->reference, proposal->number);
  if (!cs_date_is_set (invoice->due))
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE, _ ("The due date is too far away"));
      return NULL;
    }
  return g_steal_pointer (&invoice);
}

/**
 * cs_proposal_plan_invoices:
 * @proposal: a proposal
 * @accepted_on: when it was, or would be, accepted, in the practice's zone
 * @until: the last invoice date to plan
 * @error: return location
 *
 * Everything that the lines bill from acceptance to @until, with both days in. Lines of one date are combined
 * into one invoice, in the proposal's order (U-27), and so are the upfront and a recurring invoice of the
 * same day. Ids come from the proposal and the date, so two calls plan the same invoices (U-10).
 *
 * Returns: (transfer full) (element-type CsPlannedInvoice) (nullable): the invoices by date; %NULL with
 *   %CS_DOMAIN_ERROR_INVALID for a rule that cannot be followed, or %CS_DOMAIN_ERROR_RANGE
 */
GPtrArray *
cs_proposal_plan_invoices (const CsProposal *proposal, CsDate accepted_on, CsDate until, GError **error)
{
  g_autoptr (GPtrArray) invoices = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_planned_invoice_free);
  g_autoptr (GArray) charges = g_array_new (FALSE, FALSE, sizeof (Charge));
  const CsBillingAnchors anchors = { accepted_on, proposal->start };
  CsPlannedInvoice *invoice = NULL;

  g_assert (cs_date_is_set (accepted_on) && cs_date_is_set (until));

  for (guint i = 0; i < proposal->lines->len; i++)
    {
      const CsProposalLine *line = g_ptr_array_index (proposal->lines, i);

      if (!collect_charges (charges, i, &line->billing, &anchors, until, error))
        return NULL;
    }
  g_array_sort (charges, compare_charges);

  for (guint i = 0; i < charges->len; i++)
    {
      const Charge *charge = &g_array_index (charges, Charge, i);

      if (invoice == NULL || cs_date_compare (invoice->date, charge->date) != 0)
        {
          invoice = plan_invoice (proposal, charge->date, error);
          if (invoice == NULL)
            return NULL;
          g_ptr_array_add (invoices, invoice);
        }
      g_ptr_array_add (invoice->lines,
                       plan_line (g_ptr_array_index (proposal->lines, charge->line), &charge->period));
    }
  for (guint i = 0; i < invoices->len; i++)
    if (!compute_totals (g_ptr_array_index (invoices, i), error))
      return NULL;
  return g_steal_pointer (&invoices);
}
