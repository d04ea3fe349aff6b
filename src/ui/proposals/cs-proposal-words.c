/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-words.h"
#include "cs-format.h"
#include "cs-rhythm-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PRICE_PLACES_MIN 2

/** cs_proposal_words_missing_line: Returns: which line @code is about, counted from 1; 0 when none */
guint
cs_proposal_words_missing_line (const char *code)
{
  const char *colon = strchr (code, ':');

  return colon != NULL ? (guint)g_ascii_strtoull (colon + 1, NULL, 10) : 0;
}

static char *
word_missing (const char *code)
{
  if (g_str_equal (code, "start-unread"))
    return g_strdup (_ ("The start can’t be read"));
  if (g_str_equal (code, "day-unread"))
    return g_strdup (_ ("The day of the month can’t be read"));
  if (g_str_equal (code, "total-upfront"))
    return g_strdup (_ ("The upfront total is below zero"));
  if (g_str_equal (code, "total-recurring"))
    return g_strdup (_ ("The total of what is billed regularly is below zero"));
  if (g_str_equal (code, "total-too-large"))
    return g_strdup (_ ("The total is too large to work out"));
  return g_strdup (code);
}

/** cs_proposal_words_missing: Returns: (transfer full): what to do about @code */
char *
cs_proposal_words_missing (const char *code)
{
  guint line = cs_proposal_words_missing_line (code);

  if (g_str_equal (code, "client"))
    return g_strdup (_ ("Choose the client"));
  if (g_str_equal (code, "lines"))
    return g_strdup (_ ("Add a service"));
  /* Translators: %u is which service of the list. */
  if (g_str_has_prefix (code, "line-description:"))
    return g_strdup_printf (_ ("Service %u: describe it"), line);
  if (g_str_has_prefix (code, "line-description-long:"))
    return g_strdup_printf (
        _ ("Service %u: shorten its description, Xero takes no more than 4,000 characters"), line);
  if (g_str_has_prefix (code, "line-account:"))
    return g_strdup_printf (_ ("Service %u: choose an account"), line);
  if (g_str_has_prefix (code, "line-tax:"))
    return g_strdup_printf (_ ("Service %u: choose the tax"), line);
  if (g_str_has_prefix (code, "line-price:"))
    return g_strdup_printf (_ ("Service %u: give it a price"), line);
  if (g_str_has_prefix (code, "line-price-unread:"))
    return g_strdup_printf (_ ("Service %u: the price can’t be read"), line);
  if (g_str_has_prefix (code, "line-quantity-unread:"))
    return g_strdup_printf (_ ("Service %u: the quantity can’t be read"), line);
  return word_missing (code);
}

/** cs_proposal_words_line: Returns: (transfer full): what a line bills, in a line */
char *
cs_proposal_words_line (const CsProposal *proposal, const CsProposalLine *line, CsLedgerLists *lists)
{
  g_autoptr (CsResolvedShape) shape = cs_proposal_resolve_line (proposal, line);
  const CsLedgerAccount *account = cs_ledger_lists_find_account (lists, shape->account_code);
  const CsLedgerTaxRate *rate = cs_ledger_lists_find_tax_rate (lists, line->tax_type);
  g_autofree char *quantity = cs_format_decimal (line->quantity, 0);
  g_autofree char *price = cs_format_decimal (line->unit_price, PRICE_PLACES_MIN);
  g_autofree char *booked = account != NULL ? g_strdup_printf ("%s %s", account->code, account->name)
                            : *shape->account_code != '\0' ? g_strdup (shape->account_code)
                                                           : g_strdup (_ ("no account"));
  const char *tax = proposal->tax_mode == CS_TAX_MODE_NO_TAX ? _ ("no tax")
                    : rate != NULL                           ? rate->name
                    : *line->tax_type != '\0'                ? line->tax_type
                                                             : _ ("no tax chosen");

  /* Translators: quantity, unit price, account, tax. */
  return g_strdup_printf (C_ ("service line", "%1$s × %2$s · %3$s · %4$s"), quantity, price, booked, tax);
}

/** cs_proposal_words_line_amount: Returns: (transfer full): the line's amount as the ledger will show it */
char *
cs_proposal_words_line_amount (const CsProposal *proposal, const CsProposalLine *line)
{
  const CsLineAmounts amounts = { line->quantity, line->unit_price, line->tax_rate };
  CsLineResult result;
  g_autofree char *amount = NULL;

  if (!cs_tax_compute_line (&amounts, proposal->tax_mode, proposal->currency, &result, NULL))
    return g_strdup (_ ("too large"));
  amount = cs_format_money (result.line);
  return cs_rhythm_words_amount (cs_billing_rule_get_rhythm (&line->billing), amount);
}

/** cs_proposal_words_totals: Returns: (transfer full): how a total comes about */
char *
cs_proposal_words_totals (const CsTotals *totals, CsTaxMode mode)
{
  g_autofree char *subtotal = cs_format_money (totals->subtotal);
  g_autofree char *tax = cs_format_money (totals->tax);

  if (mode == CS_TAX_MODE_NO_TAX)
    return g_strdup (_ ("No tax"));
  if (mode == CS_TAX_MODE_INCLUSIVE)
    /* Translators: %s is an amount. */
    return g_strdup_printf (_ ("Includes tax of %s"), tax);
  /* Translators: two amounts. */
  return g_strdup_printf (_ ("Subtotal %1$s · Tax %2$s"), subtotal, tax);
}

/** cs_proposal_words_method: Returns: (transfer none): how somebody accepted */
const char *
cs_proposal_words_method (CsAcceptanceMethod method)
{
  switch (method)
    {
    case CS_ACCEPTANCE_SIGNED_PAPER:
      return _ ("Signed paper");
    case CS_ACCEPTANCE_BY_EMAIL:
      return _ ("By e-mail");
    case CS_ACCEPTANCE_ON_BEHALF:
      return _ ("On behalf");
    case CS_ACCEPTANCE_ONLINE:
      return _ ("Online");
    case CS_ACCEPTANCE_IN_PERSON:
    default:
      return _ ("In person");
    }
}
