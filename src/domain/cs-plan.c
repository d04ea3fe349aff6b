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
  line->tracking = g_strdup ("");
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
  g_free (line->tracking);
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

  invoice->theme_id = g_strdup ("");
  invoice->series = g_strdup ("");
  invoice->reference = g_strdup ("");
  invoice->number = g_strdup ("");
  invoice->remote_invoice_id = g_strdup ("");
  invoice->skip_reason = g_strdup ("");
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
  g_free (invoice->theme_id);
  g_free (invoice->series);
  g_free (invoice->reference);
  g_free (invoice->number);
  g_free (invoice->remote_invoice_id);
  g_free (invoice->skip_reason);
  g_ptr_array_unref (invoice->lines);
  g_free (invoice);
}

/** cs_planned_invoice_get_seen: Returns: it, as whoever looks at it now sees it */
CsPlannedSeen
cs_planned_invoice_get_seen (const CsPlannedInvoice *invoice)
{
  return (CsPlannedSeen){ invoice->id, invoice->totals.total };
}

/* One line for one period. */
typedef struct
{
  CsDate date;
  guint line; /* index in the proposal */
  CsBillingPeriod period;
} Charge;

/* What is at hand while one proposal is planned. */
typedef struct
{
  const CsProposal *proposal;
  CsBillingAnchors anchors;
  CsDate until;
  CsPlanFilter is_planned;
  gconstpointer data;
  GPtrArray *shapes;      /* of CsResolvedShape, one a line */
  GArray *charges;        /* of Charge, by date */
  GHashTable *begun_days; /* of days that have an invoice from before */
  GHashTable *alone;      /* of CsPlannedInvoice that nothing may join */
} Planning;

static void
planning_clear (Planning *planning)
{
  g_clear_pointer (&planning->shapes, g_ptr_array_unref);
  g_clear_pointer (&planning->charges, g_array_unref);
  g_clear_pointer (&planning->begun_days, g_hash_table_unref);
  g_clear_pointer (&planning->alone, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Planning, planning_clear)

static int
compare_charges (gconstpointer a, gconstpointer b)
{
  const Charge *x = a;
  const Charge *y = b;
  int by_date = cs_date_compare (x->date, y->date);

  return by_date != 0 ? by_date : (x->line > y->line) - (x->line < y->line);
}

/* What is due only once is never lost: where its day lies before acceptance, it is billed on acceptance.
 * Recurring periods from before acceptance keep their days, all of which have passed, so that a person
 * decides on each [U-11]; what a person paused or stopped is left out [U-13]. */
static gboolean
collect_charges (Planning *planning, guint line_index, GError **error)
{
  const CsProposalLine *line = g_ptr_array_index (planning->proposal->lines, line_index);
  const CsBillingRule *rule = &line->billing;
  g_autoptr (GArray) gaps = cs_billing_changes_list_gaps (line->changes);
  CsDate acceptance = planning->anchors.acceptance;
  Charge charge = { .line = line_index };

  if (!cs_billing_rule_validate (rule, error))
    return FALSE;
  for (guint i = 0; cs_billing_rule_get_period (rule, &planning->anchors, i, &charge.period); i++)
    {
      charge.date = charge.period.invoice_date;
      if (rule->unit == CS_BILLING_UNIT_ONCE && cs_date_compare (charge.date, acceptance) < 0)
        charge.date = acceptance;
      if (cs_date_compare (charge.date, planning->until) > 0)
        break;
      if (planning->is_planned != NULL
          && planning->is_planned (&line->id, charge.period.start, planning->data))
        {
          g_hash_table_add (planning->begun_days, GINT_TO_POINTER (charge.date.days));
          continue;
        }
      if (cs_billing_gaps_find (gaps, charge.date) != NULL)
        continue;
      if (planning->charges->len >= CHARGES_MAX)
        {
          g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE,
                       _ ("This proposal would bill more than %'d times"), CHARGES_MAX);
          return FALSE;
        }
      charge.period.invoice_date = charge.date;
      g_array_append_val (planning->charges, charge);
    }
  return TRUE;
}

/* The first invoice of a day is known by the day; another also by what it bills first, since what is billed
 * once is in no second invoice. */
static CsUuid
get_invoice_id (const CsUuid *proposal_id, CsDate date, const CsUuid *line_id, CsDate period_start)
{
  g_autofree char *day = cs_date_to_string (date);
  g_autofree char *start = cs_date_to_string (period_start);
  g_autoptr (GByteArray) name = g_byte_array_new ();

  g_byte_array_append (name, proposal_id->bytes, sizeof proposal_id->bytes);
  g_byte_array_append (name, (const guint8 *)day, (guint)strlen (day));
  if (line_id != NULL)
    {
      g_byte_array_append (name, line_id->bytes, sizeof line_id->bytes);
      g_byte_array_append (name, (const guint8 *)start, (guint)strlen (start));
    }
  return cs_uuid_from_name ("planned-invoice", name->data, name->len);
}

static CsPlannedLine *
plan_line (const CsProposalLine *line, const CsResolvedShape *shape, const CsBillingPeriod *period)
{
  CsPlannedLine *planned = g_new0 (CsPlannedLine, 1);

  planned->line_id = line->id;
  planned->period = *period;
  planned->description = g_strdup (line->description);
  planned->quantity = line->quantity;
  planned->unit_price = line->unit_price;
  planned->account_code = g_strdup (shape->account_code);
  planned->tax_type = g_strdup (line->tax_type);
  planned->tax_rate = line->tax_rate;
  planned->tracking = g_strdup (shape->tracking);
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

/* Its identity comes once it is known which invoice of the day it is. */
static CsPlannedInvoice *
plan_invoice (const CsProposal *proposal, const CsResolvedShape *shape, CsDate date, GError **error)
{
  g_autoptr (CsPlannedInvoice) invoice = cs_planned_invoice_new ();

  invoice->proposal_id = proposal->id;
  invoice->date = date;
  invoice->due = cs_terms_get_due (shape->terms, date);
  invoice->currency = proposal->currency;
  invoice->tax_mode = proposal->tax_mode;
  invoice->authorise = shape->authorise;
  g_set_str (&invoice->theme_id, shape->theme_id);
  g_set_str (&invoice->series, shape->series);
  g_set_str (&invoice->reference, proposal->number);
  memcpy (invoice->sources, shape->sources, sizeof invoice->sources);
  if (!cs_date_is_set (invoice->due))
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE, _ ("The due date is too far away"));
      return NULL;
    }
  return g_steal_pointer (&invoice);
}

/* In what @shape keeps a charge of @date out of @invoice. */
static CsPlanSplit
compare_shape (const CsPlannedInvoice *invoice, const CsResolvedShape *shape)
{
  CsDate due = cs_terms_get_due (shape->terms, invoice->date);
  CsPlanSplit split = CS_PLAN_SPLIT_NONE;

  if (cs_date_compare (due, invoice->due) != 0)
    split |= CS_PLAN_SPLIT_TERMS;
  if (shape->authorise != invoice->authorise)
    split |= CS_PLAN_SPLIT_STATUS;
  if (!g_str_equal (shape->theme_id, invoice->theme_id))
    split |= CS_PLAN_SPLIT_THEME;
  if (!g_str_equal (shape->series, invoice->series))
    split |= CS_PLAN_SPLIT_SERIES;
  if (shape->is_alone)
    split |= CS_PLAN_SPLIT_ALONE;
  return split;
}

/* The invoice of that day which takes a charge of @shape; NULL when there is none yet, and in @split why.
 * That another stands alone is that one's to say. */
static CsPlannedInvoice *
find_invoice (const Planning *planning,
              GPtrArray *invoices,
              guint first_of_day,
              const CsResolvedShape *shape,
              CsPlanSplit *split)
{
  *split = shape->is_alone ? CS_PLAN_SPLIT_ALONE : CS_PLAN_SPLIT_NONE;
  for (guint i = first_of_day; i < invoices->len; i++)
    {
      CsPlannedInvoice *invoice = g_ptr_array_index (invoices, i);
      CsPlanSplit difference = compare_shape (invoice, shape);

      if (difference == CS_PLAN_SPLIT_NONE && !g_hash_table_contains (planning->alone, invoice))
        return invoice;
      *split |= difference;
    }
  return NULL;
}

static gboolean
place_charge (const Planning *planning,
              const Charge *charge,
              GPtrArray *invoices,
              guint first_of_day,
              GError **error)
{
  const CsProposalLine *line = g_ptr_array_index (planning->proposal->lines, charge->line);
  const CsResolvedShape *shape = g_ptr_array_index (planning->shapes, charge->line);
  gboolean is_begun = g_hash_table_contains (planning->begun_days, GINT_TO_POINTER (charge->date.days));
  gboolean is_first = first_of_day == invoices->len && !is_begun;
  CsPlanSplit split;
  CsPlannedInvoice *invoice = find_invoice (planning, invoices, first_of_day, shape, &split);

  if (invoice == NULL)
    {
      invoice = plan_invoice (planning->proposal, shape, charge->date, error);
      if (invoice == NULL)
        return FALSE;
      invoice->id = get_invoice_id (&planning->proposal->id, charge->date, is_first ? NULL : &line->id,
                                    charge->period.start);
      invoice->split = split | (is_begun ? CS_PLAN_SPLIT_EARLIER : CS_PLAN_SPLIT_NONE);
      g_ptr_array_add (invoices, invoice);
      if (shape->is_alone)
        g_hash_table_add (planning->alone, invoice);
    }
  g_ptr_array_add (invoice->lines, plan_line (line, shape, &charge->period));
  return TRUE;
}

/* An invoice that is the only one of its day is not kept from any other. */
static void
forget_idle_splits (GPtrArray *invoices)
{
  for (guint i = 0; i < invoices->len; i++)
    {
      CsPlannedInvoice *invoice = g_ptr_array_index (invoices, i);
      const CsPlannedInvoice *before = i > 0 ? g_ptr_array_index (invoices, i - 1) : NULL;
      const CsPlannedInvoice *after = i + 1 < invoices->len ? g_ptr_array_index (invoices, i + 1) : NULL;

      if ((before == NULL || cs_date_compare (before->date, invoice->date) != 0)
          && (after == NULL || cs_date_compare (after->date, invoice->date) != 0))
        invoice->split &= CS_PLAN_SPLIT_EARLIER;
    }
}

/* By line, what counts for it; and by date, what it bills. */
static gboolean
prepare (Planning *planning, GError **error)
{
  planning->shapes = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_resolved_shape_free);
  planning->charges = g_array_new (FALSE, FALSE, sizeof (Charge));
  planning->begun_days = g_hash_table_new (NULL, NULL);
  planning->alone = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < planning->proposal->lines->len; i++)
    {
      const CsProposalLine *line = g_ptr_array_index (planning->proposal->lines, i);

      g_ptr_array_add (planning->shapes, cs_proposal_resolve_line (planning->proposal, line));
      if (!collect_charges (planning, i, error))
        return FALSE;
    }
  g_array_sort (planning->charges, compare_charges);
  return TRUE;
}

/**
 * cs_proposal_plan_rest:
 * @proposal: a proposal, with what it inherits
 * @accepted_on: when it was, or would be, accepted, in the practice's zone
 * @until: the last invoice date to plan
 * @is_planned: (nullable) (scope call): says which periods were planned before
 * @data: for @is_planned
 * @error: return location
 *
 * As cs_proposal_plan_invoices(), without what was planned before: whatever the shape was then, a period of a
 * line is billed once [U-10].
 *
 * Returns: (transfer full) (element-type CsPlannedInvoice) (nullable): as cs_proposal_plan_invoices()
 */
GPtrArray *
cs_proposal_plan_rest (const CsProposal *proposal,
                       CsDate accepted_on,
                       CsDate until,
                       CsPlanFilter is_planned,
                       gconstpointer data,
                       GError **error)
{
  g_autoptr (GPtrArray) invoices = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_planned_invoice_free);
  g_auto (Planning) planning = { .proposal = proposal,
                                 .anchors = { accepted_on, proposal->start },
                                 .until = until,
                                 .is_planned = is_planned,
                                 .data = data };
  CsDate day = CS_DATE_NONE;
  guint first_of_day = 0;

  g_assert (cs_date_is_set (accepted_on) && cs_date_is_set (until));

  if (!prepare (&planning, error))
    return NULL;
  for (guint i = 0; i < planning.charges->len; i++)
    {
      const Charge *charge = &g_array_index (planning.charges, Charge, i);

      if (cs_date_compare (day, charge->date) != 0)
        first_of_day = invoices->len;
      day = charge->date;
      if (!place_charge (&planning, charge, invoices, first_of_day, error))
        return NULL;
    }
  forget_idle_splits (invoices);
  for (guint i = 0; i < invoices->len; i++)
    if (!compute_totals (g_ptr_array_index (invoices, i), error))
      return NULL;
  return g_steal_pointer (&invoices);
}

/**
 * cs_proposal_plan_invoices:
 * @proposal: a proposal, with what it inherits
 * @accepted_on: when it was, or would be, accepted, in the practice's zone
 * @until: the last invoice date to plan
 * @error: return location
 *
 * Everything that the lines bill up to @until, that day too: from acceptance on, and what a start before it
 * left behind, which is catch-up (U-11). Lines of one date and one shape are combined into one invoice, in
 * the proposal's order, unless they are to be billed alone; where there are several, each says why (U-27).
 * The upfront and a recurring invoice of the same day are combined, too. Ids come from the proposal, the date
 * and, from the second of a day on, the line, so two calls plan the same invoices (U-10).
 *
 * Returns: (transfer full) (element-type CsPlannedInvoice) (nullable): the invoices by date; %NULL with
 *   %CS_DOMAIN_ERROR_INVALID for a rule that cannot be followed, or %CS_DOMAIN_ERROR_RANGE
 */
GPtrArray *
cs_proposal_plan_invoices (const CsProposal *proposal, CsDate accepted_on, CsDate until, GError **error)
{
  return cs_proposal_plan_rest (proposal, accepted_on, until, NULL, NULL, error);
}
