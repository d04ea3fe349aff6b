/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-entry.h"

/** cs_invoice_entry_new: Returns: (transfer full): an entry of an empty invoice */
CsInvoiceEntry *
cs_invoice_entry_new (void)
{
  CsInvoiceEntry *entry = g_new0 (CsInvoiceEntry, 1);

  entry->invoice = cs_ledger_invoice_new ();
  return entry;
}

/** cs_invoice_entry_copy: Returns: (transfer full): the same again, without lines and payments */
CsInvoiceEntry *
cs_invoice_entry_copy (const CsInvoiceEntry *entry)
{
  CsInvoiceEntry *copy;
  CsLedgerInvoice *invoice;

  g_return_val_if_fail (entry != NULL, NULL);

  copy = g_memdup2 (entry, sizeof *entry);
  invoice = g_memdup2 (entry->invoice, sizeof *entry->invoice);
  invoice->remote_id = g_strdup (entry->invoice->remote_id);
  invoice->number = g_strdup (entry->invoice->number);
  invoice->reference = g_strdup (entry->invoice->reference);
  invoice->contact_id = g_strdup (entry->invoice->contact_id);
  invoice->contact_name = g_strdup (entry->invoice->contact_name);
  invoice->lines = NULL;
  invoice->n_lines = 0;
  invoice->payments = NULL;
  invoice->n_payments = 0;
  invoice->arena = NULL;
  copy->invoice = invoice;
  return copy;
}

/** cs_invoice_entry_free: @entry: (nullable) (transfer full) */
void
cs_invoice_entry_free (CsInvoiceEntry *entry)
{
  if (entry == NULL)
    return;
  cs_ledger_invoice_free (entry->invoice);
  g_free (entry);
}

/**
 * cs_invoice_entry_equal:
 * @a: an entry
 * @b: another
 *
 * The ledger does not move its clock for every payment, so what is shown is compared, too.
 *
 * Returns: whether a list shows the same of both
 */
gboolean
cs_invoice_entry_equal (const CsInvoiceEntry *a, const CsInvoiceEntry *b)
{
  const CsLedgerInvoice *x = a->invoice;
  const CsLedgerInvoice *y = b->invoice;

  return a->key == b->key && a->n_payments == b->n_payments && a->is_pinned == b->is_pinned
         && x->updated_ms == y->updated_ms && x->status == y->status
         && cs_money_equal (x->balance, y->balance) && cs_money_equal (x->total, y->total)
         && cs_date_compare (x->date, y->date) == 0 && cs_date_compare (x->due, y->due) == 0
         && g_str_equal (x->number, y->number) && g_str_equal (x->reference, y->reference)
         && g_str_equal (x->contact_name, y->contact_name) && g_str_equal (x->remote_id, y->remote_id);
}
