/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-arena.h"
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
  CsMoney balance; /* AmountDue */
  CsLedgerLine *lines;
  guint n_lines;
  CsLedgerPayment *payments;
  guint n_payments;
  gint64 updated_ms;   /* the ledger's clock */
  gint64 read_ms;      /* the ledger's clock: what it changed before this is in here; 0: not known */
  gboolean is_summary; /* read without lines and payments: the mirror keeps those it has */
  gint64 gone_ms;      /* when a full read first did not find it any more; 0: it is there */
  CsArena *arena; /* (nullable): where all of it lies, so that it is only read; else each part is its own */
} CsLedgerInvoice;

/* A payment, credit note, prepayment or overpayment, as far as it changes what is due: which invoices it
 * touches. */
typedef struct
{
  char *remote_id;
  char *kind; /* as in CsLedgerPayment */
  char *number;
  char *contact_id;
  CsDate date;
  char *status; /* the ledger's word: "AUTHORISED", "PAID", "VOIDED", "DELETED" */
  CsMoney total;
  CsMoney remaining;    /* of a credit, what is not allocated yet; of a payment, nothing */
  GStrv invoice_ids;    /* whose balance it changes */
  gboolean is_received; /* money that a customer paid, and not a credit, a refund or a bill of ours */
  gint64 updated_ms;    /* the ledger's clock */
  CsArena *arena;       /* (nullable): as in CsLedgerInvoice */
} CsLedgerSettlement;

typedef struct
{
  char *remote_id;
  char *name;
  gboolean is_active;
  GPtrArray *options; /* of CsLedgerTrackingOption */
} CsLedgerTrackingCategory;

typedef struct
{
  char *remote_id;
  char *name;
  gboolean is_active;
} CsLedgerTrackingOption;

typedef struct
{
  char *remote_id;
  char *name;
  int sort_order;
} CsLedgerBrandingTheme;

typedef struct
{
  char *remote_id;
  char *code;
  char *name;
  char *description;    /* for sales */
  CsDecimal unit_price; /* for sales */
  char *account_code;   /* for sales */
  char *tax_type;       /* for sales */
  gboolean is_sold;
} CsLedgerItem;

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
CsLedgerInvoice *cs_ledger_invoice_new (void);
CsLedgerInvoice *cs_ledger_invoice_new_in (CsArena *arena);
CsLedgerLine *cs_ledger_invoice_add_line (CsLedgerInvoice *invoice);
CsLedgerPayment *cs_ledger_invoice_add_payment (CsLedgerInvoice *invoice);
void cs_ledger_invoice_free (CsLedgerInvoice *invoice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerInvoice, cs_ledger_invoice_free)
CsLedgerSettlement *cs_ledger_settlement_new (void);
CsLedgerSettlement *cs_ledger_settlement_new_in (CsArena *arena);
void cs_ledger_settlement_free (CsLedgerSettlement *settlement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerSettlement, cs_ledger_settlement_free)
CsLedgerTrackingCategory *cs_ledger_tracking_category_new (void);
void cs_ledger_tracking_category_free (CsLedgerTrackingCategory *category);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerTrackingCategory, cs_ledger_tracking_category_free)
CsLedgerTrackingOption *cs_ledger_tracking_option_new (void);
void cs_ledger_tracking_option_free (CsLedgerTrackingOption *option);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerTrackingOption, cs_ledger_tracking_option_free)
CsLedgerBrandingTheme *cs_ledger_branding_theme_new (void);
void cs_ledger_branding_theme_free (CsLedgerBrandingTheme *theme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerBrandingTheme, cs_ledger_branding_theme_free)
CsLedgerItem *cs_ledger_item_new (void);
void cs_ledger_item_free (CsLedgerItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerItem, cs_ledger_item_free)

G_END_DECLS
