/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-entry.h"
#include "cs-report.h"

G_BEGIN_DECLS

/* How a list of invoices reads on a page, and what it comes to. Plain values: used on a worker. */
#define CS_EXPORT_COLUMNS 8
CsReport *
cs_export_rows_new_report (const char *title, const char *about, const char *footnote, CsPaper paper);
GStrv cs_export_rows_make (const CsInvoiceEntry *entry, CsCurrency base, CsDate today); /* (transfer full) */

/* By currency, never mixed; what K-10 leaves out is counted apart. */
typedef struct _CsExportSums CsExportSums;
CsExportSums *cs_export_sums_new (void);
void cs_export_sums_free (CsExportSums *sums);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsExportSums, cs_export_sums_free)
gboolean cs_export_sums_add (CsExportSums *sums, const CsInvoiceEntry *entry, GError **error);
GPtrArray *cs_export_sums_make_rows (const CsExportSums *sums); /* of GStrv; (transfer full) */

G_END_DECLS
