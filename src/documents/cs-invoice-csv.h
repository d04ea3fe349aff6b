/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-csv.h"
#include "cs-ledger-records.h"

G_BEGIN_DECLS

/* Invoices as rows of a spreadsheet: amounts and dates canonical, one currency's code a row. The names of the
 * columns are the file's format: in no language but this, so that whoever reads them by machine can rely on
 * them. */
void cs_invoice_csv_add_head (CsCsv *csv);
void cs_invoice_csv_add (CsCsv *csv,
                         const CsLedgerInvoice *invoice,
                         guint n_payments,
                         gboolean is_pinned,
                         CsDate today);

G_END_DECLS
