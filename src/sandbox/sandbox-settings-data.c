/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-organisation.h"

/* The settings of the two demo organisations: data alone. Codes and tax types as Xero's New Zealand and
 * Australian organisations have them (xero-accounting 11). */

static const SandboxAccount accounts_nz[]
    = { { "090", "Kauri Trading Account", "BANK", "ASSET", "NONE", NULL, FALSE, FALSE },
        { "091", "Kauri Savings", "BANK", "ASSET", "NONE", NULL, FALSE, FALSE },
        { "200", "Sales", "REVENUE", "REVENUE", "OUTPUT2", NULL, FALSE, FALSE },
        { "210", "Advisory", "REVENUE", "REVENUE", "OUTPUT2", NULL, FALSE, FALSE },
        { "220", "Tax Compliance", "REVENUE", "REVENUE", "OUTPUT2", NULL, FALSE, FALSE },
        { "230", "Bookkeeping and Payroll", "REVENUE", "REVENUE", "OUTPUT2", NULL, FALSE, FALSE },
        { "240", "Disbursements Recovered", "REVENUE", "REVENUE", "OUTPUT2", NULL, FALSE, FALSE },
        { "250", "Fees before 2020", "REVENUE", "REVENUE", "OUTPUT2", NULL, FALSE, TRUE },
        { "260", "Other Revenue", "REVENUE", "REVENUE", "OUTPUT2", NULL, FALSE, FALSE },
        { "270", "Interest Income", "REVENUE", "REVENUE", "NONE", NULL, FALSE, FALSE },
        { "310", "Cost of Services", "DIRECTCOSTS", "EXPENSE", "INPUT2", NULL, FALSE, FALSE },
        { "404", "Bank Fees", "EXPENSE", "EXPENSE", "NONE", NULL, FALSE, FALSE },
        { "408", "Cleaning", "EXPENSE", "EXPENSE", "INPUT2", NULL, FALSE, FALSE },
        { "412", "Consulting", "EXPENSE", "EXPENSE", "INPUT2", NULL, FALSE, FALSE },
        { "429", "General Expenses", "EXPENSE", "EXPENSE", "INPUT2", NULL, FALSE, FALSE },
        { "469", "Rent", "EXPENSE", "EXPENSE", "INPUT2", NULL, FALSE, FALSE },
        { "477", "Salaries", "EXPENSE", "EXPENSE", "NONE", NULL, FALSE, FALSE },
        { "485", "Subscriptions", "EXPENSE", "EXPENSE", "INPUT2", NULL, FALSE, FALSE },
        { "610", "Accounts Receivable", "CURRENT", "ASSET", "NONE", "DEBTORS", FALSE, FALSE },
        { "620", "Prepayments", "PREPAYMENT", "ASSET", "NONE", NULL, TRUE, FALSE },
        { "800", "Accounts Payable", "CURRLIAB", "LIABILITY", "NONE", "CREDITORS", FALSE, FALSE },
        { "820", "GST", "CURRLIAB", "LIABILITY", "NONE", "GST", FALSE, FALSE },
        { "830", "Income Tax", "CURRLIAB", "LIABILITY", "NONE", NULL, FALSE, FALSE },
        { "860", "Rounding", "CURRLIAB", "LIABILITY", "NONE", "ROUNDING", FALSE, FALSE },
        { "960", "Retained Earnings", "EQUITY", "EQUITY", "NONE", "RETAINEDEARNINGS", FALSE, FALSE },
        { NULL } };

/* TAX001 is the rate of Xero's own worked sample, inclusive at 12.5 % (xero-accounting 6.5). */
static const SandboxTaxRate tax_rates_nz[]
    = { { "OUTPUT2", "15% GST on Income", 150000, TRUE, FALSE, TRUE },
        { "INPUT2", "15% GST on Expenses", 150000, FALSE, TRUE, TRUE },
        { "ZERORATED", "Zero Rated", 0, TRUE, FALSE, TRUE },
        { "EXEMPTOUTPUT", "Exempt Income", 0, TRUE, FALSE, FALSE },
        { "NONE", "No GST", 0, TRUE, TRUE, TRUE },
        { "TAX001", "12.5% GST (before October 2010)", 125000, TRUE, FALSE, TRUE },
        { NULL } };

static const SandboxItem items_nz[]
    = { { "ACC-ANNUAL", "Annual accounts", "Annual financial statements", 18500000, "200", "OUTPUT2" },
        { "ADV-HOUR", "Advisory hour", "Advisory, per hour", 2751250, "210", "OUTPUT2" },
        { "GST-RETURN", "GST return", "Preparation and filing of a GST return", 1950000, "220", "OUTPUT2" },
        { "PAYROLL-EMP", "Payroll, per employee", "Payroll, per employee and run", 123750, "230", "OUTPUT2" },
        { NULL } };

const SandboxSettings sandbox_settings_nz = {
  "Kauri & Co Accountants (Demo)",
  "Kauri & Co Accountants Limited",
  "!kauri",
  "NZ",
  "NZD",
  "AUD",
  "NEWZEALANDSTANDARDTIME",
  accounts_nz,
  tax_rates_nz,
  items_nz,
};

static const SandboxAccount accounts_au[]
    = { { "090", "Harbour Operating Account", "BANK", "ASSET", "BASEXCLUDED", NULL, FALSE, FALSE },
        { "200", "Sales", "REVENUE", "REVENUE", "OUTPUT", NULL, FALSE, FALSE },
        { "260", "Other Revenue", "REVENUE", "REVENUE", "OUTPUT", NULL, FALSE, FALSE },
        { "404", "Bank Fees", "EXPENSE", "EXPENSE", "EXEMPTEXPENSES", NULL, FALSE, FALSE },
        { "429", "General Expenses", "EXPENSE", "EXPENSE", "INPUT", NULL, FALSE, FALSE },
        { "610", "Accounts Receivable", "CURRENT", "ASSET", "BASEXCLUDED", "DEBTORS", FALSE, FALSE },
        { "800", "Accounts Payable", "CURRLIAB", "LIABILITY", "BASEXCLUDED", "CREDITORS", FALSE, FALSE },
        { "820", "GST", "CURRLIAB", "LIABILITY", "BASEXCLUDED", "GST", FALSE, FALSE },
        { "860", "Rounding", "CURRLIAB", "LIABILITY", "BASEXCLUDED", "ROUNDING", FALSE, FALSE },
        { NULL } };

static const SandboxTaxRate tax_rates_au[]
    = { { "OUTPUT", "GST on Income", 100000, TRUE, FALSE, TRUE },
        { "INPUT", "GST on Expenses", 100000, FALSE, TRUE, TRUE },
        { "EXEMPTOUTPUT", "GST Free Income", 0, TRUE, FALSE, FALSE },
        { "EXEMPTEXPENSES", "GST Free Expenses", 0, FALSE, TRUE, FALSE },
        { "BASEXCLUDED", "BAS Excluded", 0, TRUE, TRUE, TRUE },
        { NULL } };

static const SandboxItem items_au[] = { { NULL } };

const SandboxSettings sandbox_settings_au = {
  "Harbour Trading Pty Ltd (Demo)",
  "Harbour Trading Pty Ltd",
  "!harbr",
  "AU",
  "AUD",
  NULL,
  "AUSEASTERNSTANDARDTIME",
  accounts_au,
  tax_rates_au,
  items_au,
};
