/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-item.h"
#include "cs-words.h"

struct _CsInvoiceItem
{
  GObject parent_instance;
  char *id;
  CsLedgerInvoice *invoice;
};

static gboolean
is_same (const CsLedgerInvoice *a, const CsLedgerInvoice *b)
{
  /* Xero does not move its clock for every payment, so what is shown is compared, too. */
  return a->updated_ms == b->updated_ms && a->status == b->status && cs_money_equal (a->balance, b->balance)
         && cs_money_equal (a->total, b->total) && cs_date_compare (a->date, b->date) == 0
         && cs_date_compare (a->due, b->due) == 0 && g_str_equal (a->number, b->number)
         && g_str_equal (a->reference, b->reference) && g_str_equal (a->contact_name, b->contact_name);
}

static const char *
cs_invoice_item_get_id (CsRecord *record)
{
  return CS_INVOICE_ITEM (record)->id;
}

static gboolean
cs_invoice_item_adopt (CsRecord *record, CsRecord *fresh_record)
{
  CsInvoiceItem *self = CS_INVOICE_ITEM (record);
  CsInvoiceItem *fresh = CS_INVOICE_ITEM (fresh_record);

  if (is_same (self->invoice, fresh->invoice))
    return FALSE;
  cs_ledger_invoice_free (self->invoice);
  self->invoice = g_steal_pointer (&fresh->invoice);
  return TRUE;
}

static void
cs_invoice_item_record_init (CsRecordInterface *interface)
{
  interface->get_id = cs_invoice_item_get_id;
  interface->adopt = cs_invoice_item_adopt;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsInvoiceItem,
                               cs_invoice_item,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_RECORD, cs_invoice_item_record_init))

static void
cs_invoice_item_finalize (GObject *object)
{
  CsInvoiceItem *self = CS_INVOICE_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->invoice, cs_ledger_invoice_free);
  G_OBJECT_CLASS (cs_invoice_item_parent_class)->finalize (object);
}

static void
cs_invoice_item_class_init (CsInvoiceItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_invoice_item_finalize;
}

static void
cs_invoice_item_init (CsInvoiceItem *self)
{
}

/** cs_invoice_item_new: Returns: (transfer full): a row of @invoice (transfer full) */
CsRecord *
cs_invoice_item_new (gpointer invoice)
{
  CsInvoiceItem *self = g_object_new (CS_TYPE_INVOICE_ITEM, NULL);

  self->invoice = invoice;
  self->id = g_strdup (self->invoice->remote_id);
  return CS_RECORD (self);
}

/** cs_invoice_item_get: Returns: (transfer none): the record, valid until "changed" */
const CsLedgerInvoice *
cs_invoice_item_get (CsInvoiceItem *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_ITEM (self), NULL);

  return self->invoice;
}

/**
 * cs_invoice_item_matches:
 * @self: a row
 * @query: (nullable): what a person typed; case and accents don't count
 *
 * Returns: whether @query is found in its number, contact or reference
 */
gboolean
cs_invoice_item_matches (CsInvoiceItem *self, const char *query)
{
  const CsLedgerInvoice *invoice = cs_invoice_item_get (self);
  const char *texts[] = { invoice->number, invoice->contact_name, invoice->reference };

  return cs_words_match (query, texts, G_N_ELEMENTS (texts));
}
