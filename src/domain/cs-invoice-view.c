/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-view.h"

/**
 * cs_ledger_status_to_view:
 * @status: what the ledger says
 * @balance: what is still owed
 * @due: when it is due; %CS_DATE_NONE where the ledger has none (V-16)
 * @today: the day in the practice's zone
 *
 * What a person calls an invoice (K-9, K-10): due today, or with no due date, is still open; overdue begins
 * the day after. What is authorised with nothing owed is paid. Drafts, submitted, voided and deleted ones
 * have views of their own, whatever their balance.
 *
 * Returns: the view
 */
CsInvoiceView
cs_ledger_status_to_view (CsLedgerStatus status, CsMoney balance, CsDate due, CsDate today)
{
  switch (status)
    {
    case CS_LEDGER_DRAFT:
      return CS_INVOICE_VIEW_DRAFT;
    case CS_LEDGER_SUBMITTED:
      return CS_INVOICE_VIEW_SUBMITTED;
    case CS_LEDGER_AUTHORISED:
      if (balance.minor <= 0)
        return CS_INVOICE_VIEW_PAID;
      if (cs_date_is_set (due) && cs_date_compare (due, today) < 0)
        return CS_INVOICE_VIEW_OVERDUE;
      return CS_INVOICE_VIEW_OPEN;
    case CS_LEDGER_PAID:
      return CS_INVOICE_VIEW_PAID;
    case CS_LEDGER_VOIDED:
      return CS_INVOICE_VIEW_VOIDED;
    case CS_LEDGER_DELETED:
      return CS_INVOICE_VIEW_DELETED;
    default:
      g_assert_not_reached ();
    }
}

/**
 * cs_ledger_invoice_is_part_paid:
 * @total: of the invoice
 * @balance: what is still owed
 * @status: what the ledger says
 *
 * A flag beside the view and not a view of its own, so that unpaid is open and overdue together (K-9).
 *
 * Returns: whether some of it is paid or credited, and some is still owed
 */
gboolean
cs_ledger_invoice_is_part_paid (CsMoney total, CsMoney balance, CsLedgerStatus status)
{
  return status == CS_LEDGER_AUTHORISED && balance.minor > 0 && balance.minor < total.minor;
}
