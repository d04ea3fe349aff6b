/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-grant.h"
#include "cs-xero.h"

/* The Accounting API behind the door that the runner knows. */
typedef struct
{
  CsLedger parent;
  CsXero *xero;
  CsGrant *grant;
} XeroLedger;

static CsXero *
get_xero (CsLedger *ledger)
{
  return ((XeroLedger *)ledger)->xero;
}

static void
ledger_free (CsLedger *ledger)
{
  XeroLedger *self = (XeroLedger *)ledger;

  cs_xero_unref (self->xero);
  g_clear_pointer (&self->grant, cs_grant_unref);
  g_free (self);
}

static DexFuture *
prepare (CsLedger *ledger)
{
  XeroLedger *self = (XeroLedger *)ledger;

  return self->grant != NULL ? cs_grant_get_access_token (self->grant, FALSE)
                             : dex_future_new_for_boolean (TRUE);
}

static DexFuture *
get_organisation (CsLedger *ledger)
{
  return cs_xero_get_organisation (get_xero (ledger));
}

static DexFuture *
read_list (CsLedger *ledger, CsLedgerListKind kind)
{
  return cs_xero_read_list (get_xero (ledger), kind);
}

static DexFuture *
read_page (CsLedger *ledger, const CsLedgerQuery *query)
{
  return cs_xero_read_page (get_xero (ledger), query);
}

static GBytes *
encode_contact (CsLedger *ledger, const CsClient *client, gboolean push_email, GError **error)
{
  return cs_xero_encode_contact (client, push_email, error);
}

static GBytes *
encode_invoice (CsLedger *ledger,
                const CsPlannedInvoice *invoice,
                const char *number,
                const char *contact_id,
                GError **error)
{
  return cs_xero_encode_invoice (invoice, number, contact_id, error);
}

static DexFuture *
create_contact (CsLedger *ledger, GBytes *body, const char *idempotency_key, CsRemoteFailure *failure)
{
  return cs_xero_create_contact (get_xero (ledger), body, idempotency_key, failure);
}

static DexFuture *
create_invoice (CsLedger *ledger, GBytes *body, const char *idempotency_key, CsRemoteFailure *failure)
{
  return cs_xero_create_invoice (get_xero (ledger), body, idempotency_key, failure);
}

static DexFuture *
find_contact (CsLedger *ledger, const char *contact_number)
{
  return cs_xero_find_contact (get_xero (ledger), contact_number);
}

static DexFuture *
find_invoice (CsLedger *ledger, const char *invoice_number)
{
  return cs_xero_find_invoice (get_xero (ledger), invoice_number);
}

static DexFuture *
read_history (CsLedger *ledger, const char *invoice_id)
{
  return cs_xero_read_history (get_xero (ledger), invoice_id);
}

static DexFuture *
get_invoice_pdf (CsLedger *ledger, const char *invoice_id)
{
  return cs_xero_get_invoice_pdf (get_xero (ledger), invoice_id);
}

static CsOutcome
classify_refusal (CsLedger *ledger, const char *words)
{
  return cs_xero_classify_refusal (words);
}

static const CsLedgerClass xero_class = {
  .free = ledger_free,
  .prepare = prepare,
  .get_organisation = get_organisation,
  .read_list = read_list,
  .read_page = read_page,
  .encode_contact = encode_contact,
  .encode_invoice = encode_invoice,
  .create_contact = create_contact,
  .create_invoice = create_invoice,
  .find_contact = find_contact,
  .find_invoice = find_invoice,
  .read_history = read_history,
  .get_invoice_pdf = get_invoice_pdf,
  .classify_refusal = classify_refusal,
};

/** cs_xero_ledger_new: Returns: (transfer full): @xero as the runner sees it */
CsLedger *
cs_xero_ledger_new (CsXero *xero, CsGrant *grant)
{
  XeroLedger *self = NULL;

  g_return_val_if_fail (xero != NULL, NULL);

  self = g_new0 (XeroLedger, 1);
  cs_ledger_init (&self->parent, &xero_class);
  self->xero = cs_xero_ref (xero);
  self->grant = grant != NULL ? cs_grant_ref (grant) : NULL;
  return &self->parent;
}
