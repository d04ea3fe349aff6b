/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-list-export.h"

G_BEGIN_DECLS

/* Who owes what, on its way out: @shown (of CsDebtor, held) as it is listed now, totals and all. */
CsListExport *cs_debtor_export_new (GPtrArray *shown, const CsExportWords *words); /* (transfer full) */

G_END_DECLS
