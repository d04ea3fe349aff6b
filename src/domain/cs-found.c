/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-found.h"

static gboolean
is_dead (const CsLedgerInvoice *found)
{
  return found->status == CS_LEDGER_VOIDED || found->status == CS_LEDGER_DELETED;
}

static gboolean
has_same_lines (const CsLedgerInvoice *found, const CsPlannedInvoice *planned)
{
  gboolean is_same = found->n_lines == planned->lines->len;

  for (guint i = 0; is_same && i < found->n_lines; i++)
    is_same = g_strcmp0 (found->lines[i].description,
                         ((const CsPlannedLine *)planned->lines->pdata[i])->description)
              == 0;
  return is_same;
}

/* A number is given once, so beside it our reference says enough; and so do the client's contact and the day,
 * where somebody wrote over the reference. A file that came back may have given the number, or the
 * proposal's, a second time: there it takes the reference and the contact, and a day that no other invoice of
 * the proposal has, or its own lines: the client may have another invoice of that day, even of that amount.
 */
static CsFoundKind
judge_identity (const CsLedgerInvoice *found, const CsPlannedInvoice *planned, const CsFoundPlace *place)
{
  gboolean has_reference = *planned->reference != '\0' && g_str_equal (found->reference, planned->reference);
  gboolean has_contact
      = *place->contact_id != '\0' && g_ascii_strcasecmp (found->contact_id, place->contact_id) == 0;
  gboolean has_day = cs_date_compare (found->date, planned->date) == 0;
  gboolean is_all_there = has_contact && has_day && cs_money_equal (found->total, planned->totals.total);

  if (!has_reference && !(has_contact && has_day))
    return CS_FOUND_ANOTHERS;
  if (place->is_restored
      && (!has_reference || !has_contact
          || (place->has_sibling && !(is_all_there && has_same_lines (found, planned)))))
    return CS_FOUND_UNSURE;
  return is_all_there ? CS_FOUND_EQUAL : CS_FOUND_OURS;
}

/**
 * cs_found_judge:
 * @found: what the ledger has under the number of @planned
 * @planned: what was to be sent, in its own words
 * @place: what is known of both
 *
 * Returns: whether they are the same
 */
CsFoundKind
cs_found_judge (const CsLedgerInvoice *found, const CsPlannedInvoice *planned, const CsFoundPlace *place)
{
  CsFoundKind kind;

  g_return_val_if_fail (found != NULL && planned != NULL && place != NULL, CS_FOUND_ANOTHERS);

  if (place->is_linked || !found->is_sales)
    return CS_FOUND_ANOTHERS;
  kind = judge_identity (found, planned, place);
  return is_dead (found) && kind != CS_FOUND_ANOTHERS ? CS_FOUND_DEAD : kind;
}

/** cs_found_may_be_adopted: Returns: whether a person may say that it is this one */
gboolean
cs_found_may_be_adopted (CsFoundKind kind)
{
  return kind == CS_FOUND_EQUAL || kind == CS_FOUND_OURS || kind == CS_FOUND_UNSURE;
}

/** cs_found_would_be_twice: Returns: whether what was planned is there by near certainty */
gboolean
cs_found_would_be_twice (CsFoundKind kind)
{
  return kind == CS_FOUND_EQUAL || kind == CS_FOUND_OURS;
}
