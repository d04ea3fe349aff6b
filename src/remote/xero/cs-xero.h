/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-ledger.h"
#include "cs-sign-in.h"

G_BEGIN_DECLS

#define CS_XERO_SCOPES                                                                                       \
  "openid profile email offline_access accounting.contacts accounting.invoices accounting.payments.read "    \
  "accounting.settings.read"
#define CS_XERO_PAGE_SIZE 1000

CsHosts *cs_xero_hosts_new (void);
/* @base: "http://localhost:PORT", refused when it is anything but the loopback interface. */
CsHosts *cs_xero_hosts_new_loopback (const char *base, GError **error);

typedef struct
{
  char *connection_id;
  char *tenant_id;
  char *tenant_name;
  char *tenant_type;
} CsXeroTenant;
void cs_xero_tenant_free (CsXeroTenant *tenant);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsXeroTenant, cs_xero_tenant_free)

/* One organisation. @http carries the bearer token of its grant. */
typedef struct _CsXero CsXero;
CsXero *cs_xero_new (CsHttp *http, const CsHosts *hosts, const char *tenant_id);
CsXero *cs_xero_ref (CsXero *xero);
void cs_xero_unref (CsXero *xero);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsXero, cs_xero_unref)

/* The organisation as the runner sees it. @grant (nullable in tests) is asked for a good token before a push.
 */
CsLedger *cs_xero_ledger_new (CsXero *xero, CsGrant *grant);

DexFuture *cs_xero_list_tenants (CsHttp *http, const CsHosts *hosts)
    G_GNUC_WARN_UNUSED_RESULT; /* array of CsXeroTenant, organisations only */
DexFuture *cs_xero_list_practices (CsHttp *http, const CsHosts *hosts)
    G_GNUC_WARN_UNUSED_RESULT; /* array of CsXeroTenant, of Practice Manager only */
/* What is left of a login's connections to this app, of whatever kind. */
DexFuture *
cs_xero_list_connections (CsHttp *http,
                          const CsHosts *hosts) G_GNUC_WARN_UNUSED_RESULT; /* array of CsXeroTenant */
DexFuture *cs_xero_delete_connection (CsHttp *http,
                                      const CsHosts *hosts,
                                      const char *connection_id) G_GNUC_WARN_UNUSED_RESULT;

DexFuture *cs_xero_get_organisation (CsXero *xero) G_GNUC_WARN_UNUSED_RESULT; /* CsLedgerOrganisation */
DexFuture *
cs_xero_read_list (CsXero *xero, CsLedgerListKind kind) G_GNUC_WARN_UNUSED_RESULT; /* array of the records */
DexFuture *
cs_xero_read_page (CsXero *xero, const CsLedgerQuery *query) G_GNUC_WARN_UNUSED_RESULT; /* CsLedgerPage */

/* The exact bytes that would be sent; frozen before they are. @push_email: K-6. */
GBytes *cs_xero_encode_contact (const CsClient *client, gboolean push_email, GError **error);
GBytes *cs_xero_encode_invoice (const CsPlannedInvoice *invoice,
                                const char *number,
                                const char *contact_id,
                                GError **error);

/* PUT, create only. Resolves to the CsLedgerContact / CsLedgerInvoice made; REFUSED has Xero's own words.
 * @failure may be NULL. */
DexFuture *cs_xero_create_contact (CsXero *xero,
                                   GBytes *body,
                                   const char *idempotency_key,
                                   CsRemoteFailure *failure) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_xero_create_invoice (CsXero *xero,
                                   GBytes *body,
                                   const char *idempotency_key,
                                   CsRemoteFailure *failure) G_GNUC_WARN_UNUSED_RESULT;

/* Probes: NULL record when there is none. */
DexFuture *cs_xero_find_contact (CsXero *xero, const char *contact_number) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_xero_find_invoice (CsXero *xero, const char *invoice_number) G_GNUC_WARN_UNUSED_RESULT;

/* Of one invoice, when a person asks. */
DexFuture *
cs_xero_read_history (CsXero *xero, const char *invoice_id) G_GNUC_WARN_UNUSED_RESULT; /* of CsLedgerNote */
DexFuture *
cs_xero_get_invoice_pdf (CsXero *xero, const char *invoice_id) G_GNUC_WARN_UNUSED_RESULT; /* GBytes */

CsOutcome cs_xero_classify_refusal (const char *words);

/* https://go.xero.com/app/{ShortCode}/invoicing/view/{InvoiceID} */
char *cs_xero_invoice_link (const char *short_code, const char *invoice_id);
char *cs_xero_contact_link (const char *short_code, const char *contact_id);

/* Decoders, for tests and fuzzers: an answer's body in, records out. Allow-listed fields only. */
GPtrArray *cs_xero_decode_invoices (GBytes *body, CsLedgerPage *page, GError **error);
GPtrArray *cs_xero_decode_contacts (GBytes *body, CsLedgerPage *page, GError **error);
GPtrArray *cs_xero_decode_page (GBytes *body, CsLedgerKind kind, CsLedgerPage *page, GError **error);
GPtrArray *cs_xero_decode_history (GBytes *body, GError **error);
GPtrArray *cs_xero_decode_list (GBytes *body, CsLedgerListKind kind, GError **error);

G_END_DECLS
