/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"
#include "cs-states.h"
#include "cs-tax.h"

G_BEGIN_DECLS

/* Mirrors of what the ledger says: never edited here. */
typedef struct
{
  char *remote_id;
  char *name;
  char *email;
  char *contact_number; /* ours, if we gave one */
  gboolean is_archived;
  char *merged_into; /* remote id, "" */
  gint64 updated_ms; /* the ledger's clock */
} CsLedgerContact;

typedef struct
{
  char *code;
  char *remote_id;
  char *name;
  char *type;
  char *class_name;
  char *tax_type;
  gboolean is_active;
} CsLedgerAccount;

typedef struct
{
  char *tax_type;
  char *name;
  CsDecimal rate; /* EffectiveRate, percent */
  gboolean is_active;
  gboolean applies_to_revenue;
} CsLedgerTaxRate;

typedef struct
{
  char *remote_id;
  char *name;
  char *short_code;
  CsCurrency currency;
  char *country_code;
  char *time_zone; /* Xero's own word */
  CsTaxMode default_tax_mode;
  CsDate period_lock;
  CsDate year_lock;
} CsLedgerOrganisation;

typedef struct
{
  char *remote_id;
  char *description;
  CsDecimal quantity;
  CsDecimal unit_price;
  char *account_code;
  char *tax_type;
  CsMoney tax;
  CsMoney amount;
} CsLedgerLine;

/* "payment", "credit-note", "prepayment", "overpayment": all that explains AmountDue. */
typedef struct
{
  char *remote_id;
  char *kind;
  char *number; /* the reference or the credit note's number; may be "" */
  CsDate date;
  CsMoney amount;
} CsLedgerPayment;

typedef struct
{
  char *remote_id;
  gboolean is_sales; /* ACCREC */
  char *number;
  char *reference;
  char *contact_id;
  char *contact_name;
  CsDate date;
  CsDate due; /* CS_DATE_NONE where Xero has none [V-16] */
  CsLedgerStatus status;
  CsTaxMode tax_mode;
  CsMoney subtotal;
  CsMoney tax;
  CsMoney total;
  CsMoney paid;
  CsMoney credited;
  CsMoney balance;     /* AmountDue */
  GPtrArray *lines;    /* of CsLedgerLine */
  GPtrArray *payments; /* of CsLedgerPayment */
  gint64 updated_ms;   /* the ledger's clock */
} CsLedgerInvoice;

CsLedgerContact *cs_ledger_contact_new (void);
void cs_ledger_contact_free (CsLedgerContact *contact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerContact, cs_ledger_contact_free)
CsLedgerAccount *cs_ledger_account_new (void);
void cs_ledger_account_free (CsLedgerAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerAccount, cs_ledger_account_free)
CsLedgerTaxRate *cs_ledger_tax_rate_new (void);
void cs_ledger_tax_rate_free (CsLedgerTaxRate *rate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerTaxRate, cs_ledger_tax_rate_free)
CsLedgerOrganisation *cs_ledger_organisation_new (void);
void cs_ledger_organisation_free (CsLedgerOrganisation *organisation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerOrganisation, cs_ledger_organisation_free)
CsLedgerLine *cs_ledger_line_new (void);
void cs_ledger_line_free (CsLedgerLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerLine, cs_ledger_line_free)
CsLedgerPayment *cs_ledger_payment_new (void);
void cs_ledger_payment_free (CsLedgerPayment *payment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerPayment, cs_ledger_payment_free)
CsLedgerInvoice *cs_ledger_invoice_new (void);
void cs_ledger_invoice_free (CsLedgerInvoice *invoice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerInvoice, cs_ledger_invoice_free)

G_END_DECLS
