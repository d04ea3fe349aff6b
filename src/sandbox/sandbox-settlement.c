/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-settlement.h"

/* A new one, or one that a state file brings; a deleted one counts nowhere. */
void
sandbox_settlement_add_payment (SandboxOrganisation *organisation, SandboxPayment *payment)
{
  sandbox_organisation_add (organisation, SANDBOX_LIST_PAYMENTS, payment);
  if (payment->deleted)
    return;
  g_ptr_array_add (payment->invoice->payments, payment);
  payment->invoice->paid += payment->amount;
}

/* Whether it vanishes from the document's own list is unconfirmed (xero-accounting 16.10). */
void
sandbox_settlement_remove_payment (SandboxOrganisation *organisation,
                                   SandboxPayment *payment,
                                   gboolean vanishes)
{
  payment->deleted = TRUE;
  payment->invoice->paid -= payment->amount;
  if (vanishes)
    g_ptr_array_remove (payment->invoice->payments, payment);
  sandbox_organisation_touch (organisation, SANDBOX_LIST_PAYMENTS, payment);
}

void
sandbox_settlement_add_allocation (SandboxOrganisation *organisation, SandboxAllocation *allocation)
{
  sandbox_organisation_add (organisation, SANDBOX_LIST_ALLOCATIONS, allocation);
  if (allocation->deleted)
    return;
  g_ptr_array_add (allocation->credit->allocations, allocation);
  g_ptr_array_add (allocation->invoice->allocations, allocation);
  allocation->credit->credited += allocation->amount;
  allocation->invoice->credited += allocation->amount;
}

void
sandbox_settlement_remove_allocation (SandboxOrganisation *organisation, SandboxAllocation *allocation)
{
  allocation->deleted = TRUE;
  g_ptr_array_remove (allocation->credit->allocations, allocation);
  g_ptr_array_remove (allocation->invoice->allocations, allocation);
  allocation->credit->credited -= allocation->amount;
  allocation->invoice->credited -= allocation->amount;
  sandbox_organisation_touch (organisation, SANDBOX_LIST_ALLOCATIONS, allocation);
}

/* PAID is set by Xero alone, when nothing is left to pay (xero-accounting 9.4). */
void
sandbox_settlement_settle (SandboxInvoice *document, int day)
{
  if (document->status != SANDBOX_STATUS_AUTHORISED || sandbox_invoice_due (document) != 0)
    return;
  document->status = SANDBOX_STATUS_PAID;
  document->paid_day = day;
}

void
sandbox_settlement_reopen (SandboxInvoice *document)
{
  if (document->status != SANDBOX_STATUS_PAID || sandbox_invoice_due (document) == 0)
    return;
  document->status = SANDBOX_STATUS_AUTHORISED;
  document->paid_day = SANDBOX_NO_DAY;
}

/* The document's UpdatedDateUTC moves with what is paid or allocated (xero-accounting 10.2). */
void
sandbox_settlement_stamp (SandboxOrganisation *organisation, SandboxInvoice *document, gint64 now_ms)
{
  document->updated_ms = now_ms;
  sandbox_organisation_touch (organisation, document->kind, document);
}
