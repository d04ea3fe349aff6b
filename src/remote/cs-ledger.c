/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-ledger.h"

/** cs_ledger_page_free: frees the page and its records. */
void
cs_ledger_page_free (CsLedgerPage *page)
{
  if (page == NULL)
    return;
  g_clear_pointer (&page->records, g_ptr_array_unref);
  g_free (page);
}

/** cs_ledger_init: for an adapter's constructor; @ledger has one reference from here on. */
void
cs_ledger_init (CsLedger *ledger, const CsLedgerClass *class)
{
  g_return_if_fail (ledger != NULL && class != NULL);

  ledger->class = class;
  g_atomic_ref_count_init (&ledger->references);
}

/** cs_ledger_ref: Returns: (transfer full): @ledger */
CsLedger *
cs_ledger_ref (CsLedger *ledger)
{
  g_return_val_if_fail (ledger != NULL, NULL);

  g_atomic_ref_count_inc (&ledger->references);
  return ledger;
}

/** cs_ledger_unref: frees the adapter with the last reference. */
void
cs_ledger_unref (CsLedger *ledger)
{
  g_return_if_fail (ledger != NULL);

  if (g_atomic_ref_count_dec (&ledger->references))
    ledger->class->free (ledger);
}

/**
 * cs_ledger_prepare:
 * @ledger: a ledger
 *
 * Fetches whatever the next call needs that may itself have to wait: a good token. Asked before *sending* is
 * committed, so that between the commit and the first byte lies nothing that can wait.
 *
 * Returns: (transfer full): resolves when a call may go
 */
DexFuture *
cs_ledger_prepare (CsLedger *ledger)
{
  g_return_val_if_fail (ledger != NULL, NULL);

  return ledger->class->prepare (ledger);
}

/** cs_ledger_get_organisation: Returns: (transfer full): of #CsLedgerOrganisation */
DexFuture *
cs_ledger_get_organisation (CsLedger *ledger)
{
  g_return_val_if_fail (ledger != NULL, NULL);

  return ledger->class->get_organisation (ledger);
}

/** cs_ledger_read_list: Returns: (transfer full): an array of all records of @kind */
DexFuture *
cs_ledger_read_list (CsLedger *ledger, CsLedgerListKind kind)
{
  g_return_val_if_fail (ledger != NULL && kind < CS_LEDGER_N_LISTS, NULL);

  return ledger->class->read_list (ledger, kind);
}

/**
 * cs_ledger_read_page:
 * @ledger: a ledger
 * @query: which records; copied
 *
 * Returns: (transfer full): of #CsLedgerPage; rejects with %CS_REMOTE_ERROR_TOO_MANY where the ledger refuses
 * a search over so many records: ask for fewer, by date
 */
DexFuture *
cs_ledger_read_page (CsLedger *ledger, const CsLedgerQuery *query)
{
  g_return_val_if_fail (ledger != NULL && query != NULL && query->page > 0, NULL);

  return ledger->class->read_page (ledger, query);
}

/** cs_ledger_encode_contact: Returns: (transfer full) (nullable): the exact bytes that would be sent; frozen
 * before they are. @push_email: [K-6] */
GBytes *
cs_ledger_encode_contact (CsLedger *ledger, const CsClient *client, gboolean push_email, GError **error)
{
  g_return_val_if_fail (ledger != NULL && client != NULL, NULL);

  return ledger->class->encode_contact (ledger, client, push_email, error);
}

/** cs_ledger_encode_invoice: Returns: (transfer full) (nullable): the exact bytes that would be sent; frozen
 * before they are */
GBytes *
cs_ledger_encode_invoice (CsLedger *ledger,
                          const CsPlannedInvoice *invoice,
                          const char *number,
                          const char *contact_id,
                          GError **error)
{
  g_return_val_if_fail (ledger != NULL && invoice != NULL, NULL);

  return ledger->class->encode_invoice (ledger, invoice, number, contact_id, error);
}

/**
 * cs_ledger_create_contact:
 * @ledger: a ledger
 * @body: of cs_ledger_encode_contact()
 * @idempotency_key: from the operation and its generation, not from the attempt
 * @failure: (nullable): what a rejection carries beside its words; outlives the future
 *
 * Returns: (transfer full): of #CsLedgerContact; REFUSED has the ledger's own words; UNKNOWN_OUTCOME when it
 * may have arrived
 */
DexFuture *
cs_ledger_create_contact (CsLedger *ledger,
                          GBytes *body,
                          const char *idempotency_key,
                          CsRemoteFailure *failure)
{
  g_return_val_if_fail (ledger != NULL && body != NULL, NULL);

  return ledger->class->create_contact (ledger, body, idempotency_key, failure);
}

/** cs_ledger_create_invoice: as cs_ledger_create_contact(), of #CsLedgerInvoice */
DexFuture *
cs_ledger_create_invoice (CsLedger *ledger,
                          GBytes *body,
                          const char *idempotency_key,
                          CsRemoteFailure *failure)
{
  g_return_val_if_fail (ledger != NULL && body != NULL, NULL);

  return ledger->class->create_invoice (ledger, body, idempotency_key, failure);
}

/** cs_ledger_find_contact: Returns: (transfer full): of the #CsLedgerContact with our number, or of %NULL */
DexFuture *
cs_ledger_find_contact (CsLedger *ledger, const char *contact_number)
{
  g_return_val_if_fail (ledger != NULL && contact_number != NULL, NULL);

  return ledger->class->find_contact (ledger, contact_number);
}

/** cs_ledger_find_invoice: Returns: (transfer full): of the #CsLedgerInvoice with our number, or of %NULL */
DexFuture *
cs_ledger_find_invoice (CsLedger *ledger, const char *invoice_number)
{
  g_return_val_if_fail (ledger != NULL && invoice_number != NULL, NULL);

  return ledger->class->find_invoice (ledger, invoice_number);
}

/** cs_ledger_read_history: Returns: (transfer full): array of #CsLedgerNote, the newest first; NOT_FOUND when
 * the ledger has no such invoice any more */
DexFuture *
cs_ledger_read_history (CsLedger *ledger, const char *invoice_id)
{
  g_return_val_if_fail (ledger != NULL && invoice_id != NULL, NULL);
  g_return_val_if_fail (ledger->class->read_history != NULL, NULL);

  return ledger->class->read_history (ledger, invoice_id);
}

/** cs_ledger_get_invoice_pdf: Returns: (transfer full): of #GBytes: the ledger's own PDF of the invoice;
 * NOT_FOUND when it has no such invoice any more */
DexFuture *
cs_ledger_get_invoice_pdf (CsLedger *ledger, const char *invoice_id)
{
  g_return_val_if_fail (ledger != NULL && invoice_id != NULL, NULL);
  g_return_val_if_fail (ledger->class->get_invoice_pdf != NULL, NULL);

  return ledger->class->get_invoice_pdf (ledger, invoice_id);
}

/** cs_ledger_classify_refusal: Returns: what the ledger's own @words mean, as far as they are known */
CsOutcome
cs_ledger_classify_refusal (CsLedger *ledger, const char *words)
{
  g_return_val_if_fail (ledger != NULL && words != NULL, CS_OUTCOME_REFUSED);

  return ledger->class->classify_refusal (ledger, words);
}
