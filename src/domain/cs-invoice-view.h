/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-ledger-records.h"

G_BEGIN_DECLS

/* K-9: what a person calls it, on a day in the practice's zone. */
typedef enum
{
  CS_INVOICE_VIEW_DRAFT,
  CS_INVOICE_VIEW_SUBMITTED,
  CS_INVOICE_VIEW_OPEN,
  CS_INVOICE_VIEW_OVERDUE,
  CS_INVOICE_VIEW_PAID,
  CS_INVOICE_VIEW_VOIDED,
  CS_INVOICE_VIEW_DELETED,
} CsInvoiceView;
CsInvoiceView cs_ledger_status_to_view (CsLedgerStatus status, CsMoney balance, CsDate due, CsDate today);
gboolean cs_ledger_invoice_is_part_paid (CsMoney total, CsMoney balance, CsLedgerStatus status);

G_END_DECLS
