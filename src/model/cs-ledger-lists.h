/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

G_BEGIN_DECLS

/* What a service line can be booked to, and what shapes an invoice: income accounts and sales tax rates in
 * use, tracking categories and branding themes. Signal "changed". */
#define CS_TYPE_LEDGER_LISTS (cs_ledger_lists_get_type ())
G_DECLARE_FINAL_TYPE (CsLedgerLists, cs_ledger_lists, CS, LEDGER_LISTS, GObject)

CsLedgerLists *cs_ledger_lists_new (CsSession *session);
GPtrArray *
cs_ledger_lists_get_accounts (CsLedgerLists *self); /* (transfer none) of CsLedgerAccount, by code */
GPtrArray *
cs_ledger_lists_get_tax_rates (CsLedgerLists *self); /* (transfer none) of CsLedgerTaxRate, by name */
GPtrArray *
cs_ledger_lists_get_tracking (CsLedgerLists *self); /* (transfer none) of CsLedgerTrackingCategory in use */
GPtrArray *cs_ledger_lists_get_themes (
    CsLedgerLists *self); /* (transfer none) of CsLedgerBrandingTheme, the default first */
const CsLedgerAccount *cs_ledger_lists_find_account (CsLedgerLists *self, const char *code);
const CsLedgerTaxRate *cs_ledger_lists_find_tax_rate (CsLedgerLists *self, const char *tax_type);

G_END_DECLS
