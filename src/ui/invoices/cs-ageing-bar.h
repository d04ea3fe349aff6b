/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-invoice-sums.h"

G_BEGIN_DECLS

/* What is owed by how long it is overdue: a bar, and a button for each age, which says how much. Signal
 * "chosen" (int CsAgeing): a person wants to see those alone; CS_AGEING_ANY: all again. */
#define CS_TYPE_AGEING_BAR (cs_ageing_bar_get_type ())
G_DECLARE_FINAL_TYPE (CsAgeingBar, cs_ageing_bar, CS, AGEING_BAR, AdwBin)

GtkWidget *cs_ageing_bar_new (void);
void cs_ageing_bar_set (CsAgeingBar *self, const CsInvoiceAges *ages); /* (nullable): nothing is owed */
void cs_ageing_bar_set_chosen (CsAgeingBar *self, CsAgeing ageing);
const char *cs_ageing_words (CsAgeing ageing); /* static: "1–30 days" */

G_END_DECLS
