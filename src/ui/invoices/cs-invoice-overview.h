/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-invoice-sums.h"

G_BEGIN_DECLS

/* Over a list of invoices: what is owed by age, and, where a person opens it, billed and received by month;
 * one currency at a time, each as a table, too. Signal "age-chosen" (int CsAgeing): show those alone. */
#define CS_TYPE_INVOICE_OVERVIEW (cs_invoice_overview_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoiceOverview, cs_invoice_overview, CS, INVOICE_OVERVIEW, AdwBin)

GtkWidget *cs_invoice_overview_new (void);
/* @sums: copied; @base: the currency that is shown first; @today: in the practice's zone. Nothing to show
 * hides it. */
void
cs_invoice_overview_set (CsInvoiceOverview *self, const CsInvoiceSums *sums, CsCurrency base, CsDate today);
void
cs_invoice_overview_set_chosen (CsInvoiceOverview *self, CsAgeing ageing); /* as the list's filter has it */
void cs_invoice_overview_set_has_contacts (CsInvoiceOverview *self, gboolean has_contacts);

G_END_DECLS
