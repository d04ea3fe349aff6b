/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-documents.h"

#include "sandbox-actions.h"
#include "sandbox-identity.h"
#include "sandbox-settings.h"

#include <string.h>

/* What may be (xero-accounting 7.4, 9). Xero's own words where the reference has them. */

#define NOT_MODIFIABLE "Invoice not of valid status for modification"
#define NUMBER_MAX 255
#define REFERENCE_MAX 255
#define DESCRIPTION_MAX 4000

static gboolean
may_move (SandboxStatus from, SandboxStatus to)
{
  static const guint moves[SANDBOX_STATUSES] = {
    [SANDBOX_STATUS_DRAFT] = 1 << SANDBOX_STATUS_DRAFT | 1 << SANDBOX_STATUS_SUBMITTED
                             | 1 << SANDBOX_STATUS_AUTHORISED | 1 << SANDBOX_STATUS_DELETED,
    [SANDBOX_STATUS_SUBMITTED] = 1 << SANDBOX_STATUS_SUBMITTED | 1 << SANDBOX_STATUS_DRAFT
                                 | 1 << SANDBOX_STATUS_AUTHORISED | 1 << SANDBOX_STATUS_DELETED,
    [SANDBOX_STATUS_AUTHORISED] = 1 << SANDBOX_STATUS_AUTHORISED | 1 << SANDBOX_STATUS_VOIDED,
    [SANDBOX_STATUS_PAID] = 1 << SANDBOX_STATUS_PAID, /* what may still change is checked beside it */
  };

  return (moves[from] & (1u << to)) != 0;
}

/* On a document that has been paid or credited in part, only words and places may change, no amount and no
 * day of it (xero-accounting 9.4). */
static gboolean
only_words_differ (const SandboxInvoice *draft, const SandboxInvoice *existing)
{
  if (existing->credited != 0 && draft->contact != existing->contact)
    return FALSE;
  if (existing->bill || draft->bill || draft->day != existing->day || draft->amounts != existing->amounts
      || draft->total != existing->total || draft->total_tax != existing->total_tax
      || g_strcmp0 (draft->currency, existing->currency) != 0 || draft->lines->len != existing->lines->len)
    return FALSE;
  for (guint i = 0; i < draft->lines->len; i++)
    {
      const SandboxLine *a = draft->lines->pdata[i];
      const SandboxLine *b = existing->lines->pdata[i];

      if (a->quantity != b->quantity || a->unit_amount != b->unit_amount || a->amount != b->amount
          || a->tax_amount != b->tax_amount || g_strcmp0 (a->tax_type, b->tax_type) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
check_status (const SandboxInvoice *draft, const SandboxInvoice *existing, SandboxOutcome *outcome)
{
  if (existing == NULL)
    {
      if (draft->status > SANDBOX_STATUS_AUTHORISED)
        sandbox_outcome_refuse (outcome, "Invoice not of valid status for creation");
      return;
    }
  if (!may_move (existing->status, draft->status))
    sandbox_outcome_refuse (outcome, NOT_MODIFIABLE);
  else if (sandbox_invoice_settled_in_part (existing)
           && (draft->status != existing->status || !only_words_differ (draft, existing)))
    sandbox_outcome_refuse (outcome, NOT_MODIFIABLE);
}

/* Whether dead documents keep their numbers is unconfirmed (xero-accounting 16.5). */
static SandboxInvoice *
find_by_number (const SandboxCall *call, SandboxList kind, const char *number)
{
  SandboxInvoice *found = sandbox_organisation_document (call->organisation, kind, number);

  if (found == NULL || found->number == NULL || g_ascii_strcasecmp (found->number, number) != 0)
    return NULL;
  if (found->status >= SANDBOX_STATUS_VOIDED
      && !sandbox_call_assumes (call, SANDBOX_ASSUME_DEAD_NUMBERS_TAKEN))
    return NULL;
  return found;
}

static void
check_number (const SandboxCall *call,
              const SandboxInvoice *draft,
              const SandboxInvoice *existing,
              SandboxOutcome *outcome)
{
  gboolean is_invoice = draft->kind == SANDBOX_LIST_INVOICES;
  SandboxInvoice *other;

  if (draft->number == NULL)
    return;
  if (strlen (draft->number) > NUMBER_MAX)
    sandbox_outcome_refuse (outcome, "Invoice Number must not be more than %d characters.", NUMBER_MAX);
  for (const char *p = draft->number; *p != '\0'; p++)
    if ((guchar)*p < ' ' || (guchar)*p > '~')
      {
        sandbox_outcome_refuse (outcome, "Invoice Number must be printable ASCII.");
        break;
      }
  other = draft->bill ? NULL : find_by_number (call, draft->kind, draft->number);
  if (other == NULL || other == existing)
    return;
  if (!sandbox_call_assumes (call, SANDBOX_ASSUME_DUPLICATE_NUMBER_WORDS))
    sandbox_outcome_refuse (outcome, "The document number %s is in use already.", draft->number);
  else
    sandbox_outcome_refuse (outcome,
                            is_invoice ? "Invoice # must be unique." : "Credit note # must be unique.");
}

static gboolean
account_takes_sales (const SandboxAccount *account)
{
  return account != NULL && !account->archived && strcmp (account->type, "BANK") != 0
         && (account->system == NULL || strcmp (account->system, "ROUNDING") == 0);
}

static gboolean
tax_fits_account (const SandboxTaxRate *rate, const SandboxAccount *account)
{
  if (strcmp (account->class, "REVENUE") == 0)
    return rate->revenue;
  return strcmp (account->class, "EXPENSE") == 0 ? rate->expenses : rate->others;
}

static void
check_line (const SandboxCall *call,
            const SandboxInvoice *draft,
            const SandboxLine *line,
            SandboxOutcome *outcome)
{
  const SandboxAccount *account = sandbox_organisation_account (call->organisation, line->account_code);
  const SandboxTaxRate *rate = sandbox_organisation_tax_rate (call->organisation, line->tax_type);
  gboolean words_only = line->quantity == 0 && line->unit_amount == 0 && line->account_code == NULL;

  if (line->description == NULL)
    sandbox_outcome_refuse (outcome, "Description must be specified for each line item.");
  else if (g_utf8_strlen (line->description, -1) > DESCRIPTION_MAX)
    sandbox_outcome_refuse (outcome, "Description must not be more than %d characters.", DESCRIPTION_MAX);
  if (line->item_code != NULL && sandbox_organisation_item (call->organisation, line->item_code) == NULL)
    sandbox_outcome_refuse (outcome, "Item code %s is not valid", line->item_code);
  if ((draft->bill || draft->kind != SANDBOX_LIST_INVOICES)
      && (line->discount_rate != 0 || line->discount_amount != 0))
    sandbox_outcome_refuse (outcome, "Discounts are only allowed on ACCREC invoices.");
  if (line->account_code != NULL && !account_takes_sales (account))
    sandbox_outcome_refuse (outcome, "Account code '%s' is not a valid code for this document.",
                            line->account_code);
  else if (line->account_code == NULL && draft->status == SANDBOX_STATUS_AUTHORISED && !words_only)
    sandbox_outcome_refuse (outcome, "Account must be valid.");
  if (line->tax_type != NULL && rate == NULL)
    sandbox_outcome_refuse (
        outcome, "The TaxType code '%s' does not exist or cannot be used for this type of transaction.",
        line->tax_type);
  else if (rate != NULL && account != NULL && !tax_fits_account (rate, account))
    sandbox_outcome_refuse (outcome, "The TaxType code '%s' cannot be used with account code '%s'.",
                            line->tax_type, line->account_code);
}

static void
check_dates (const SandboxCall *call,
             const SandboxInvoice *draft,
             const SandboxInvoice *existing,
             SandboxOutcome *outcome)
{
  if (draft->kind == SANDBOX_LIST_INVOICES && draft->status == SANDBOX_STATUS_AUTHORISED
      && draft->due_day == SANDBOX_NO_DAY)
    sandbox_outcome_refuse (outcome, "The Due Date must be specified for an approved invoice.");
  if (sandbox_organisation_is_locked (call->organisation, draft->day)
      || (existing != NULL && sandbox_organisation_is_locked (call->organisation, existing->day)))
    sandbox_outcome_refuse (outcome, "The document date cannot be before the period lock date.");
}

/* Which right of the person it takes (xero-accounting 11). */
static void
check_right (const SandboxCall *call,
             const SandboxInvoice *draft,
             const SandboxInvoice *existing,
             SandboxOutcome *outcome)
{
  SandboxAction action = SANDBOX_ACTION_CREATE_DRAFT_INVOICE;

  if (draft->status == SANDBOX_STATUS_VOIDED)
    action = SANDBOX_ACTION_VOID_INVOICE;
  else if (draft->status == SANDBOX_STATUS_DELETED)
    action = SANDBOX_ACTION_DELETE_DRAFT_INVOICE;
  else if (existing != NULL && existing->status == SANDBOX_STATUS_PAID)
    action = SANDBOX_ACTION_UPDATE_PAID_INVOICE;
  else if (draft->status == SANDBOX_STATUS_AUTHORISED)
    action = SANDBOX_ACTION_CREATE_APPROVED_INVOICE;
  if (!sandbox_actions_allow (call, action))
    sandbox_outcome_forbid (outcome);
}

/* Whether a document may name settings without the scope to list them is unconfirmed (xero-accounting 16.18).
 */
static void
check_references (const SandboxCall *call, const SandboxInvoice *draft, SandboxOutcome *outcome)
{
  g_autofree char *theme = sandbox_settings_default_theme (call->organisation);
  gboolean refers = g_strcmp0 (draft->theme_id, theme) != 0;

  if (sandbox_call_assumes (call, SANDBOX_ASSUME_INVOICES_SCOPE_REFERS)
      || sandbox_scopes_have (call->scopes, "accounting.settings")
      || sandbox_scopes_have (call->scopes, "accounting.settings.read"))
    return;
  for (guint i = 0; i < draft->lines->len; i++)
    {
      const SandboxLine *line = draft->lines->pdata[i];

      refers |= line->item_code != NULL || line->tracking != NULL;
    }
  if (refers)
    sandbox_outcome_refuse (outcome, "Items, tracking and branding themes need accounting.settings.");
}

void
sandbox_document_check (const SandboxCall *call,
                        const SandboxInvoice *draft,
                        const SandboxInvoice *existing,
                        SandboxOutcome *outcome)
{
  const SandboxSettings *settings = call->organisation->settings;

  check_status (draft, existing, outcome);
  check_number (call, draft, existing, outcome);
  check_dates (call, draft, existing, outcome);
  if (outcome->result == SANDBOX_WRITE_OK)
    check_right (call, draft, existing, outcome);
  if (draft->status == SANDBOX_STATUS_VOIDED || draft->status == SANDBOX_STATUS_DELETED)
    return;
  check_references (call, draft, outcome);
  if (g_strcmp0 (draft->currency, settings->currency) != 0
      && g_strcmp0 (draft->currency, settings->second_currency) != 0)
    sandbox_outcome_refuse (outcome, "Organisation is not subscribed to currency %s", draft->currency);
  if (!sandbox_settings_has_theme (call->organisation, draft->theme_id))
    sandbox_outcome_refuse (outcome, "The Branding Theme was not found.");
  if (draft->url != NULL && !g_str_has_prefix (draft->url, "http://")
      && !g_str_has_prefix (draft->url, "https://"))
    sandbox_outcome_refuse (outcome, "Url must be a valid http or https address.");
  if (draft->reference != NULL && g_utf8_strlen (draft->reference, -1) > REFERENCE_MAX)
    sandbox_outcome_refuse (outcome, "Reference must not be more than %d characters.", REFERENCE_MAX);
  if (draft->lines->len == 0)
    sandbox_outcome_refuse (outcome, "One or more line items must be specified");
  for (guint i = 0; i < draft->lines->len; i++)
    check_line (call, draft, draft->lines->pdata[i], outcome);
}

static gboolean
lines_differ (const SandboxInvoice *draft, const SandboxInvoice *existing, gboolean by_account)
{
  for (guint i = 0; i < draft->lines->len; i++)
    {
      const SandboxLine *a = draft->lines->pdata[i];
      const SandboxLine *b = existing->lines->pdata[i];

      if (by_account ? g_strcmp0 (a->account_code, b->account_code) != 0
                     : g_strcmp0 (a->description, b->description) != 0 || a->tracking != b->tracking)
        return TRUE;
    }
  return FALSE;
}

/* A change that If-Modified-Since does not show: the DueDate or SentToContact of what is paid in part, or the
 * account of a line, and nothing else with it (xero-accounting 5.4). */
gboolean
sandbox_document_is_blind_change (const SandboxInvoice *draft, const SandboxInvoice *existing)
{
  gboolean part_paid = sandbox_invoice_settled_in_part (existing);
  gboolean dates_move = draft->due_day != existing->due_day || draft->sent != existing->sent;

  if (draft->status != existing->status || !only_words_differ (draft, existing)
      || g_strcmp0 (draft->number, existing->number) != 0
      || g_strcmp0 (draft->reference, existing->reference) != 0 || g_strcmp0 (draft->url, existing->url) != 0
      || draft->theme_id != existing->theme_id || draft->contact != existing->contact
      || lines_differ (draft, existing, FALSE) || (dates_move && !part_paid))
    return FALSE;
  return dates_move || lines_differ (draft, existing, TRUE);
}
