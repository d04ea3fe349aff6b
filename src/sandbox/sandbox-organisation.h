/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-index.h"

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
  int lock_day;                      /* PeriodLockDate, or SANDBOX_NO_DAY */
  int year_end_day;                  /* EndOfYearLockDate, or SANDBOX_NO_DAY */
  guint denied;                      /* what the signed-in person may not do: bits of sandbox-actions.h */
  GPtrArray *records[SANDBOX_LISTS]; /* each in the order in which it was made */
  GPtrArray *pending[SANDBOX_LISTS]; /* lent: those that the state file lacks */
  SandboxIndex index[SANDBOX_LISTS];
  GPtrArray *contacts; /* = records[SANDBOX_LIST_CONTACTS], and so on */
  GPtrArray *invoices;
  GPtrArray *payments;
  GHashTable *by_id[SANDBOX_LISTS];
  GHashTable *invoices_by_number;       /* upper-case number → the first ACCREC of that number */
  GHashTable *credits_by_number;        /* the same of credit notes */
  SandboxAccount *accounts;             /* as settings->accounts, until one is archived or restored */
  char (*account_ids)[SANDBOX_ID_SIZE]; /* beside accounts */
  GHashTable *gone;         /* "theme/NAME", "tracking/NAME", "option/NAME": archived or deleted since */
  GHashTable *notes;        /* record id → GPtrArray of SandboxNote */
  GPtrArray *pending_notes; /* lent */
  GPtrArray *views;         /* of sandbox-list.c, or NULL */
  guint next_number;
  guint next_credit;
  guint generation; /* moves with each change, so that sorted views know they are stale */
  guint balanced;   /* the generation at which balances were counted */
  gboolean filling; /* the seed is at work: nothing is indexed or kept until it is done */
  gboolean changed; /* one of the plain members has */
} SandboxOrganisation;

SandboxOrganisation *sandbox_organisation_new (const SandboxSettings *settings, const char *id);
void sandbox_organisation_free (SandboxOrganisation *self);

void sandbox_organisation_begin_fill (SandboxOrganisation *self);
void sandbox_organisation_end_fill (SandboxOrganisation *self);
void sandbox_organisation_add_contact (SandboxOrganisation *self, SandboxContact *contact);
void sandbox_organisation_add_invoice (SandboxOrganisation *self, SandboxInvoice *invoice);
void sandbox_organisation_add (SandboxOrganisation *self, SandboxList list, gpointer record);
void sandbox_organisation_touch (SandboxOrganisation *self, SandboxList list, gpointer record);
void sandbox_organisation_renumbered (SandboxOrganisation *self);
gboolean sandbox_organisation_is_locked (const SandboxOrganisation *self, int day);
gboolean sandbox_organisation_is_gone (const SandboxOrganisation *self, const char *kind, const char *name);
void sandbox_organisation_set_gone (SandboxOrganisation *self, const char *kind_and_name, gboolean gone);
void sandbox_organisation_count_balances (SandboxOrganisation *self, int today);

SandboxContact *sandbox_organisation_contact (SandboxOrganisation *self, const char *id);
SandboxContact *sandbox_organisation_contact_by_text (SandboxOrganisation *self,
                                                      SandboxContactText which,
                                                      const char *value,
                                                      gboolean active_only);
SandboxInvoice *sandbox_organisation_invoice (SandboxOrganisation *self, const char *id);
SandboxInvoice *sandbox_organisation_invoice_by_number (SandboxOrganisation *self, const char *number);
SandboxInvoice *
sandbox_organisation_document (SandboxOrganisation *self, SandboxList kind, const char *id_or_number);
gpointer sandbox_organisation_record (SandboxOrganisation *self, SandboxList list, const char *id);
char *sandbox_organisation_take_number (SandboxOrganisation *self);
char *sandbox_organisation_take_credit_number (SandboxOrganisation *self);

const SandboxAccount *sandbox_organisation_account (SandboxOrganisation *self, const char *code);
const SandboxAccount *sandbox_organisation_account_by_id (SandboxOrganisation *self, const char *id);
const SandboxTaxRate *sandbox_organisation_tax_rate (SandboxOrganisation *self, const char *type);
const SandboxItem *sandbox_organisation_item (SandboxOrganisation *self, const char *code);
const char *sandbox_organisation_account_id (SandboxOrganisation *self, const SandboxAccount *account);
char *sandbox_organisation_make_id (SandboxOrganisation *self, const char *kind, const char *name);
char *sandbox_make_id (const char *scope, const char *kind, const char *name);
