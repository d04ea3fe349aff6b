/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-export-kind.h"
#include "cs-invoice-entry.h"

G_BEGIN_DECLS

/* What a list of invoices comes to on a page. Plain values: used on a worker. By currency, never mixed; what
 * K-10 leaves out is counted apart. */
CsExportSums *cs_export_sums_new (void);
void cs_export_sums_free (CsExportSums *sums);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsExportSums, cs_export_sums_free)
gboolean cs_export_sums_add (CsExportSums *sums, const CsInvoiceEntry *entry, GError **error);
GPtrArray *cs_export_sums_make_rows (const CsExportSums *sums); /* of GStrv; (transfer full) */

G_END_DECLS
