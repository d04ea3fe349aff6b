/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-http.h"
#include "cs-outcome.h"
#include "cs-records.h"

G_BEGIN_DECLS

/* One organisation's books at whatever ledger: what the runner in sync speaks to. An adapter (xero/, later
 * qbo/) fills in the class; the simulation in tests has one of its own. Each future rejects with
 * CS_REMOTE_ERROR. */
typedef struct _CsLedger CsLedger;

/* What is read in pages, by its last change or whole. */
typedef enum
{
  CS_LEDGER_KIND_CONTACTS, /* of CsLedgerContact */
  CS_LEDGER_KIND_INVOICES, /* of CsLedgerInvoice */
  CS_LEDGER_KIND_PAYMENTS, /* the rest: of CsLedgerSettlement, as far as they change what is due */
  CS_LEDGER_KIND_CREDIT_NOTES,
  CS_LEDGER_KIND_PREPAYMENTS,
  CS_LEDGER_KIND_OVERPAYMENTS,
  CS_LEDGER_N_KINDS
} CsLedgerKind;

/* Short lists, read whole. */
typedef enum
{
  CS_LEDGER_LIST_ACCOUNTS,        /* of CsLedgerAccount */
  CS_LEDGER_LIST_TAX_RATES,       /* of CsLedgerTaxRate */
  CS_LEDGER_LIST_TRACKING,        /* of CsLedgerTrackingCategory */
  CS_LEDGER_LIST_BRANDING_THEMES, /* of CsLedgerBrandingTheme */
  CS_LEDGER_LIST_ITEMS,           /* of CsLedgerItem */
  CS_LEDGER_N_LISTS
} CsLedgerListKind;

/* Which records of a kind. What is zero or not set does not narrow. */
typedef struct
{
  CsLedgerKind kind;
  gint64 modified_since_ms; /* the ledger's clock; whole seconds count */
  guint page;               /* from 1 */
  gboolean by_id;           /* in the order of their ids, which no edit changes; else by last change */
  gboolean newest_first;    /* by date, newest first: for the first call, so that there is something to see */
  gboolean open_only;       /* invoices that are approved and not paid */
  gboolean summary_only;    /* without lines and payments */
  CsDate from;              /* documents dated on or after; CS_DATE_NONE: no bound */
  CsDate before;            /* documents dated before; CS_DATE_NONE: no bound */
  gint64 changed_from_ms;   /* contacts last changed then or later, in whole seconds */
  gint64 changed_before_ms; /* contacts last changed before */
  const char *const *ids;   /* (nullable): these alone, up to CS_LEDGER_IDS_MAX */
} CsLedgerQuery;
#define CS_LEDGER_QUERY_INIT { .page = 1, .from = CS_DATE_NONE, .before = CS_DATE_NONE }
#define CS_LEDGER_IDS_MAX 40

typedef struct
{
  GPtrArray *records;
  guint page;
  guint page_count;
  guint item_count;
  gint64 high_water_ms; /* the newest change seen, by the ledger's clock */
  gint64 clock_ms;      /* the ledger's time when it answered; 0: it did not say */
} CsLedgerPage;
void cs_ledger_page_free (CsLedgerPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerPage, cs_ledger_page_free)

/* What an adapter is. Each is as the function of the same name below. */
typedef struct
{
  void (*free) (CsLedger *ledger);
  DexFuture *(*prepare) (CsLedger *ledger);
  DexFuture *(*get_organisation) (CsLedger *ledger);
  DexFuture *(*read_list) (CsLedger *ledger, CsLedgerListKind kind);
  DexFuture *(*read_page) (CsLedger *ledger, const CsLedgerQuery *query);
  GBytes *(*encode_contact) (CsLedger *ledger, const CsClient *client, gboolean push_email, GError **error);
  GBytes *(*encode_invoice) (CsLedger *ledger,
                             const CsPlannedInvoice *invoice,
                             const char *number,
                             const char *contact_id,
                             GError **error);
  DexFuture *(*create_contact) (CsLedger *ledger,
                                GBytes *body,
                                const char *idempotency_key,
                                CsRemoteFailure *failure);
  DexFuture *(*create_invoice) (CsLedger *ledger,
                                GBytes *body,
                                const char *idempotency_key,
                                CsRemoteFailure *failure);
  DexFuture *(*find_contact) (CsLedger *ledger, const char *contact_number);
  DexFuture *(*find_invoice) (CsLedger *ledger, const char *invoice_number);
  DexFuture *(*read_history) (CsLedger *ledger, const char *invoice_id);
  DexFuture *(*get_invoice_pdf) (CsLedger *ledger, const char *invoice_id);
  CsOutcome (*classify_refusal) (CsLedger *ledger, const char *words);
} CsLedgerClass;

/* An adapter's object begins with this. */
struct _CsLedger
{
  const CsLedgerClass *class;
  gatomicrefcount references;
};
void cs_ledger_init (CsLedger *ledger, const CsLedgerClass *class);

CsLedger *cs_ledger_ref (CsLedger *ledger);
void cs_ledger_unref (CsLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedger, cs_ledger_unref)

DexFuture *cs_ledger_prepare (CsLedger *ledger) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
cs_ledger_get_organisation (CsLedger *ledger) G_GNUC_WARN_UNUSED_RESULT; /* of CsLedgerOrganisation */
DexFuture *
cs_ledger_read_list (CsLedger *ledger, CsLedgerListKind kind) G_GNUC_WARN_UNUSED_RESULT; /* an array */
DexFuture *cs_ledger_read_page (CsLedger *ledger,
                                const CsLedgerQuery *query) G_GNUC_WARN_UNUSED_RESULT; /* of CsLedgerPage */

GBytes *
cs_ledger_encode_contact (CsLedger *ledger, const CsClient *client, gboolean push_email, GError **error);
GBytes *cs_ledger_encode_invoice (CsLedger *ledger,
                                  const CsPlannedInvoice *invoice,
                                  const char *number,
                                  const char *contact_id,
                                  GError **error);
DexFuture *cs_ledger_create_contact (CsLedger *ledger,
                                     GBytes *body,
                                     const char *idempotency_key,
                                     CsRemoteFailure *failure) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_ledger_create_invoice (CsLedger *ledger,
                                     GBytes *body,
                                     const char *idempotency_key,
                                     CsRemoteFailure *failure) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_ledger_find_contact (CsLedger *ledger, const char *contact_number) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_ledger_find_invoice (CsLedger *ledger, const char *invoice_number) G_GNUC_WARN_UNUSED_RESULT;
/* Of one invoice, when a person asks. */
DexFuture *cs_ledger_read_history (CsLedger *ledger,
                                   const char *invoice_id) G_GNUC_WARN_UNUSED_RESULT; /* of CsLedgerNote */
DexFuture *
cs_ledger_get_invoice_pdf (CsLedger *ledger, const char *invoice_id) G_GNUC_WARN_UNUSED_RESULT; /* GBytes */
CsOutcome cs_ledger_classify_refusal (CsLedger *ledger, const char *words);

G_END_DECLS
