/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-records.h"

/* One tenant: its settings, which come from the profile and the seed, and its records with their indexes. */

typedef struct
{
  const char *code;
  const char *name;
  const char *type;
  const char *class;
  const char *tax_type;
  const char *system; /* SystemAccount, or NULL */
  gboolean payments_enabled;
  gboolean archived;
} SandboxAccount;

typedef struct
{
  const char *type;
  const char *name;
  gint64 rate; /* percent, ten-thousandths */
  gboolean revenue;
  gboolean expenses;
  gboolean others; /* assets, equity, liabilities */
} SandboxTaxRate;

typedef struct
{
  const char *code;
  const char *name;
  const char *description;
  gint64 unit_price; /* ten-thousandths */
  const char *account_code;
  const char *tax_type;
} SandboxItem;

/* What a country's organisation comes with; ends with a NULL code. */
typedef struct
{
  const char *name;
  const char *legal_name;
  const char *short_code;
  const char *country;
  const char *currency;
  const char *second_currency; /* also subscribed to */
  const char *timezone;
  const SandboxAccount *accounts;
  const SandboxTaxRate *tax_rates;
  const SandboxItem *items;
} SandboxSettings;

extern const SandboxSettings sandbox_settings_nz;
extern const SandboxSettings sandbox_settings_au;

typedef struct
{
  char *id;
  const SandboxSettings *settings;
  int lock_day; /* PeriodLockDate, or SANDBOX_NO_DAY */
  GPtrArray *contacts;
  GPtrArray *invoices;
  GPtrArray *payments;
  GHashTable *contacts_by_id;
  GHashTable *invoices_by_id;
  GHashTable *invoices_by_number; /* upper-case number → the first ACCREC of that number */
  guint next_number;
  guint generation; /* moves with each change, so that sorted views know they are stale */
} SandboxOrganisation;

SandboxOrganisation *sandbox_organisation_new (const SandboxSettings *settings, const char *id);
void sandbox_organisation_free (SandboxOrganisation *self);

void sandbox_organisation_add_contact (SandboxOrganisation *self, SandboxContact *contact);
void sandbox_organisation_add_invoice (SandboxOrganisation *self, SandboxInvoice *invoice);
void sandbox_organisation_add_payment (SandboxOrganisation *self, SandboxPayment *payment);
void sandbox_organisation_renumbered (SandboxOrganisation *self);
void sandbox_organisation_settle (SandboxInvoice *invoice, int day);

SandboxContact *sandbox_organisation_contact (SandboxOrganisation *self, const char *id);
SandboxContact *sandbox_organisation_contact_by_text (SandboxOrganisation *self,
                                                      SandboxContactText which,
                                                      const char *value,
                                                      gboolean active_only);
SandboxInvoice *sandbox_organisation_invoice (SandboxOrganisation *self, const char *id);
SandboxInvoice *sandbox_organisation_invoice_by_number (SandboxOrganisation *self, const char *number);
char *sandbox_organisation_take_number (SandboxOrganisation *self);

const SandboxAccount *sandbox_organisation_account (SandboxOrganisation *self, const char *code);
const SandboxAccount *sandbox_organisation_account_by_id (SandboxOrganisation *self, const char *id);
const SandboxTaxRate *sandbox_organisation_tax_rate (SandboxOrganisation *self, const char *type);
const SandboxItem *sandbox_organisation_item (SandboxOrganisation *self, const char *code);
char *sandbox_organisation_make_id (SandboxOrganisation *self, const char *kind, const char *name);
char *sandbox_make_id (const char *scope, const char *kind, const char *name);
