/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-debtor-list.h"

G_BEGIN_DECLS

/* The aged receivables of a scope, as a list. Signal "chosen" (CsDebtorItem): its invoices are wanted, or
 * everybody's, where it is a total; "shown": it lists others, or the same as they are now. Its action
 * "invoices.debtors", which is the browser's, is what w stands for. */
#define CS_TYPE_DEBTORS_VIEW (cs_debtors_view_get_type ())
G_DECLARE_FINAL_TYPE (CsDebtorsView, cs_debtors_view, CS, DEBTORS_VIEW, AdwBin)

GtkWidget *cs_debtors_view_new (CsSession *session, const CsInvoiceFilter *scope); /* (transfer floating) */
CsDebtorList *cs_debtors_view_get_list (CsDebtorsView *self);
/* Rows of two lines, or fewer columns. */
void cs_debtors_view_set_room (CsDebtorsView *self, gboolean is_narrow, gboolean is_tight);
void cs_debtors_view_focus (CsDebtorsView *self);

G_END_DECLS
