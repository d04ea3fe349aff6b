/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal.h"

/**
 * cs_proposal_line_new:
 *
 * Returns: (transfer full): a proposal line with empty strings, billed upfront
 */
CsProposalLine *
cs_proposal_line_new (void)
{
  CsProposalLine *line = g_new0 (CsProposalLine, 1);

  line->description = g_strdup ("");
  line->account_code = g_strdup ("");
  line->tax_type = g_strdup ("");
  line->billing = cs_billing_rule_upfront ();
  return line;
}

static gpointer
copy_word (gconstpointer word, gpointer user_data)
{
  return cs_billing_change_copy (word);
}

/**
 * cs_proposal_line_copy:
 * @line: a proposal line
 *
 * Returns: (transfer full): the same, sharing nothing with @line
 */
CsProposalLine *
cs_proposal_line_copy (const CsProposalLine *line)
{
  CsProposalLine *copy = g_memdup2 (line, sizeof *line);

  copy->description = g_strdup (line->description);
  copy->account_code = g_strdup (line->account_code);
  copy->tax_type = g_strdup (line->tax_type);
  copy->shape = cs_shape_copy (line->shape);
  copy->changes = line->changes != NULL ? g_ptr_array_copy (line->changes, copy_word, NULL) : NULL;
  return copy;
}

/**
 * cs_proposal_line_free:
 * @line: (transfer full) (nullable): a proposal line
 */
void
cs_proposal_line_free (CsProposalLine *line)
{
  if (line == NULL)
    return;
  g_free (line->description);
  g_free (line->account_code);
  g_free (line->tax_type);
  cs_shape_free (line->shape);
  g_clear_pointer (&line->changes, g_ptr_array_unref);
  g_free (line);
}

/**
 * cs_acceptance_new:
 *
 * Returns: (transfer full): an acceptance with empty strings and no date
 */
CsAcceptance *
cs_acceptance_new (void)
{
  CsAcceptance *acceptance = g_new0 (CsAcceptance, 1);

  acceptance->signatory = g_strdup ("");
  acceptance->capacity = g_strdup ("");
  acceptance->note = g_strdup ("");
  acceptance->actor = g_strdup ("");
  acceptance->agreement_sha256 = g_strdup ("");
  acceptance->accepted_on = CS_DATE_NONE;
  return acceptance;
}

/**
 * cs_acceptance_copy:
 * @acceptance: an acceptance
 *
 * Returns: (transfer full): the same, sharing nothing with @acceptance
 */
CsAcceptance *
cs_acceptance_copy (const CsAcceptance *acceptance)
{
  CsAcceptance *copy = g_memdup2 (acceptance, sizeof *acceptance);

  copy->signatory = g_strdup (acceptance->signatory);
  copy->capacity = g_strdup (acceptance->capacity);
  copy->note = g_strdup (acceptance->note);
  copy->actor = g_strdup (acceptance->actor);
  copy->agreement_sha256 = g_strdup (acceptance->agreement_sha256);
  return copy;
}

/**
 * cs_acceptance_free:
 * @acceptance: (transfer full) (nullable): an acceptance
 */
void
cs_acceptance_free (CsAcceptance *acceptance)
{
  if (acceptance == NULL)
    return;
  g_free (acceptance->signatory);
  g_free (acceptance->capacity);
  g_free (acceptance->note);
  g_free (acceptance->actor);
  g_free (acceptance->agreement_sha256);
  g_free (acceptance);
}

static gpointer
copy_line (gconstpointer line, gpointer user_data)
{
  return cs_proposal_line_copy (line);
}

/**
 * cs_proposal_new:
 *
 * Returns: (transfer full): a proposal with empty strings, no lines, no start date and no acceptance
 */
CsProposal *
cs_proposal_new (void)
{
  CsProposal *proposal = g_new0 (CsProposal, 1);

  proposal->number = g_strdup ("");
  proposal->title = g_strdup ("");
  proposal->client_name = g_strdup ("");
  proposal->start = CS_DATE_NONE;
  proposal->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_proposal_line_free);
  return proposal;
}

/** cs_proposal_find_line: Returns: (transfer none) (nullable): its line of that id */
CsProposalLine *
cs_proposal_find_line (const CsProposal *proposal, const CsUuid *line_id)
{
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      CsProposalLine *line = g_ptr_array_index (proposal->lines, i);

      if (cs_uuid_equal (&line->id, line_id))
        return line;
    }
  return NULL;
}

/**
 * cs_proposal_copy:
 * @proposal: a proposal
 *
 * Returns: (transfer full): the same, sharing nothing with @proposal
 */
CsProposal *
cs_proposal_copy (const CsProposal *proposal)
{
  CsProposal *copy = g_memdup2 (proposal, sizeof *proposal);

  copy->number = g_strdup (proposal->number);
  copy->title = g_strdup (proposal->title);
  copy->client_name = g_strdup (proposal->client_name);
  copy->lines = g_ptr_array_copy (proposal->lines, (GCopyFunc)copy_line, NULL);
  g_ptr_array_set_free_func (copy->lines, (GDestroyNotify)cs_proposal_line_free);
  copy->practice_shape = cs_shape_copy (proposal->practice_shape);
  copy->client_shape = cs_shape_copy (proposal->client_shape);
  if (proposal->acceptance != NULL)
    copy->acceptance = cs_acceptance_copy (proposal->acceptance);
  return copy;
}

/**
 * cs_proposal_free:
 * @proposal: (transfer full) (nullable): a proposal
 */
void
cs_proposal_free (CsProposal *proposal)
{
  if (proposal == NULL)
    return;
  g_free (proposal->number);
  g_free (proposal->title);
  g_free (proposal->client_name);
  g_ptr_array_unref (proposal->lines);
  cs_shape_free (proposal->practice_shape);
  cs_shape_free (proposal->client_shape);
  cs_acceptance_free (proposal->acceptance);
  g_free (proposal);
}

static CsShape *
make_own_shape (const CsProposal *proposal)
{
  CsShape *shape = cs_shape_new ();

  shape->values[CS_SHAPE_TERMS] = cs_terms_to_string ((CsTerms){ proposal->terms_kind, proposal->due_days });
  if (!proposal->inherits_status)
    g_set_str (&shape->values[CS_SHAPE_STATUS], proposal->authorise ? CS_SHAPE_AUTHORISED : CS_SHAPE_DRAFT);
  return shape;
}

/**
 * cs_proposal_resolve_line:
 * @proposal: a proposal
 * @line: (nullable): one of its lines; %NULL: a line without anything of its own
 *
 * Returns: (transfer full): what counts for @line: its own word, else the proposal's, the client's, the
 *   practice's
 */
CsResolvedShape *
cs_proposal_resolve_line (const CsProposal *proposal, const CsProposalLine *line)
{
  g_autoptr (CsShape) own = make_own_shape (proposal);
  g_autoptr (CsShape) of_line = NULL;

  of_line = line != NULL && line->shape != NULL ? cs_shape_copy (line->shape) : cs_shape_new ();
  if (line != NULL && *line->account_code != '\0')
    g_set_str (&of_line->values[CS_SHAPE_ACCOUNT], line->account_code);
  if (line != NULL && *line->tax_type != '\0')
    g_set_str (&of_line->values[CS_SHAPE_TAX], line->tax_type);
  return cs_shape_resolve (proposal->practice_shape, proposal->client_shape, own, of_line);
}

/** cs_proposal_resolve: Returns: (transfer full): what counts for a line without anything of its own */
CsResolvedShape *
cs_proposal_resolve (const CsProposal *proposal)
{
  return cs_proposal_resolve_line (proposal, NULL);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isspace (*text))
      return FALSE;
  return TRUE;
}

static void
add_missing (GPtrArray *missing, const char *code, guint line_number)
{
  g_ptr_array_add (missing, g_strdup_printf ("%s:%u", code, line_number));
}

/* A line that bills nothing has no price yet, and one whose amount cannot be computed has the wrong one. */
static gboolean
has_price (const CsProposal *proposal, const CsProposalLine *line)
{
  const CsLineAmounts amounts = { line->quantity, line->unit_price, line->tax_rate };
  CsLineResult result;

  return cs_tax_compute_line (&amounts, proposal->tax_mode, proposal->currency, &result, NULL)
         && !cs_money_is_zero (result.line);
}

/**
 * cs_proposal_list_missing:
 * @proposal: a proposal
 *
 * What must still be filled in before @proposal can be accepted, as codes that ui words: "client", "lines",
 * and for a line, counted from 1, "line-description:2", "line-description-long:2" (more than the ledger
 * takes), "line-account:2", "line-tax:2" (only where tax is charged) and "line-price:2" (nothing to bill, or
 * an amount too large).
 *
 * Returns: (transfer full) (element-type utf8): the codes, in the order of the page; empty when nothing is
 * missing
 */
GPtrArray *
cs_proposal_list_missing (const CsProposal *proposal)
{
  GPtrArray *missing = g_ptr_array_new_with_free_func (g_free);

  if (cs_uuid_is_none (&proposal->client_id))
    g_ptr_array_add (missing, g_strdup ("client"));
  if (proposal->lines->len == 0)
    g_ptr_array_add (missing, g_strdup ("lines"));
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      const CsProposalLine *line = g_ptr_array_index (proposal->lines, i);
      g_autoptr (CsResolvedShape) shape = cs_proposal_resolve_line (proposal, line);

      if (is_blank (line->description))
        add_missing (missing, "line-description", i + 1);
      if (g_utf8_strlen (line->description, -1) > CS_LINE_DESCRIPTION_MAX)
        add_missing (missing, "line-description-long", i + 1);
      if (is_blank (shape->account_code))
        add_missing (missing, "line-account", i + 1);
      if (proposal->tax_mode != CS_TAX_MODE_NO_TAX && is_blank (line->tax_type))
        add_missing (missing, "line-tax", i + 1);
      if (!has_price (proposal, line))
        add_missing (missing, "line-price", i + 1);
    }
  return missing;
}

static int
compare_rhythms (gconstpointer a, gconstpointer b)
{
  return cs_billing_rhythm_compare (*(const CsBillingRhythm *)a, *(const CsBillingRhythm *)b);
}

/** cs_proposal_list_rhythms: Returns: (transfer full) (element-type CsBillingRhythm): how often it bills */
GArray *
cs_proposal_list_rhythms (const CsProposal *proposal)
{
  GArray *rhythms = g_array_new (FALSE, FALSE, sizeof (CsBillingRhythm));

  for (guint i = 0; i < proposal->lines->len; i++)
    {
      const CsProposalLine *line = g_ptr_array_index (proposal->lines, i);
      CsBillingRhythm rhythm = cs_billing_rule_get_rhythm (&line->billing);
      guint k = 0;

      while (k < rhythms->len
             && cs_billing_rhythm_compare (g_array_index (rhythms, CsBillingRhythm, k), rhythm) != 0)
        k++;
      if (k == rhythms->len)
        g_array_append_val (rhythms, rhythm);
    }
  g_array_sort (rhythms, compare_rhythms);
  return rhythms;
}

/**
 * cs_proposal_compute_totals:
 * @proposal: a proposal
 * @rhythm: which lines: what is billed each month and what is billed every three adds up to nothing
 * @totals: (out): their totals for one period; unchanged on failure
 * @error: return location
 *
 * Rounded line by line as the ledger does it (xero-accounting.md section 6.5).
 *
 * Returns: whether they could be computed; else as cs_tax_compute_totals()
 */
gboolean
cs_proposal_compute_totals (const CsProposal *proposal,
                            CsBillingRhythm rhythm,
                            CsTotals *totals,
                            GError **error)
{
  g_autoptr (GArray) amounts = g_array_new (FALSE, FALSE, sizeof (CsLineAmounts));

  for (guint i = 0; i < proposal->lines->len; i++)
    {
      const CsProposalLine *line = g_ptr_array_index (proposal->lines, i);
      const CsLineAmounts one = { line->quantity, line->unit_price, line->tax_rate };

      if (cs_billing_rhythm_compare (cs_billing_rule_get_rhythm (&line->billing), rhythm) == 0)
        g_array_append_val (amounts, one);
    }
  return cs_tax_compute_totals ((const CsLineAmounts *)(gpointer)amounts->data, amounts->len,
                                proposal->tax_mode, proposal->currency, totals, error);
}
