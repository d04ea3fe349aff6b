/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-row.h"

struct _CsInvoiceRow
{
  GObject parent_instance;
  guint position;
  guint32 key;
  CsInvoiceEntry *entry; /* (nullable) */
  gboolean is_news;
};

static const char *
cs_invoice_row_get_id (CsRecord *record)
{
  CsInvoiceRow *self = CS_INVOICE_ROW (record);

  return self->entry != NULL ? self->entry->invoice->remote_id : "";
}

static void
cs_invoice_row_record_init (CsRecordInterface *interface)
{
  interface->get_id = cs_invoice_row_get_id;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsInvoiceRow,
                               cs_invoice_row,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_RECORD, cs_invoice_row_record_init))

static void
cs_invoice_row_finalize (GObject *object)
{
  g_clear_pointer (&CS_INVOICE_ROW (object)->entry, cs_invoice_entry_free);
  G_OBJECT_CLASS (cs_invoice_row_parent_class)->finalize (object);
}

static void
cs_invoice_row_class_init (CsInvoiceRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_invoice_row_finalize;
}

static void
cs_invoice_row_init (CsInvoiceRow *self)
{
}

/** cs_invoice_row_new: Returns: (transfer full): the place @position, where the invoice @key stands */
CsInvoiceRow *
cs_invoice_row_new (guint position, guint32 key)
{
  CsInvoiceRow *self = g_object_new (CS_TYPE_INVOICE_ROW, NULL);

  self->position = position;
  self->key = key;
  return self;
}

/** cs_invoice_row_get_position: Returns: its place in the list; stays */
guint
cs_invoice_row_get_position (CsInvoiceRow *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_ROW (self), 0);

  return self->position;
}

/** cs_invoice_row_get_key: Returns: which invoice stands here now, read or not */
guint32
cs_invoice_row_get_key (CsInvoiceRow *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_ROW (self), 0);

  return self->key;
}

/** cs_invoice_row_get_entry: Returns: (transfer none) (nullable): what is shown, valid until "changed" */
const CsInvoiceEntry *
cs_invoice_row_get_entry (CsInvoiceRow *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_ROW (self), NULL);

  return self->entry;
}

/** cs_invoice_row_get: Returns: (transfer none) (nullable): the invoice, valid until "changed" */
const CsLedgerInvoice *
cs_invoice_row_get (CsInvoiceRow *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_ROW (self), NULL);

  return self->entry != NULL ? self->entry->invoice : NULL;
}

/** cs_invoice_row_get_is_news: Returns: whether the last refresh changed it */
gboolean
cs_invoice_row_get_is_news (CsInvoiceRow *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_ROW (self), FALSE);

  return self->is_news;
}

/**
 * cs_invoice_row_take:
 * @self: a place
 * @key: which invoice stands here from now on
 * @entry: (nullable) (transfer full): it; %NULL: it will come
 * @is_news: whether the last refresh changed it
 */
void
cs_invoice_row_take (CsInvoiceRow *self, guint32 key, CsInvoiceEntry *entry, gboolean is_news)
{
  gboolean is_same;

  g_return_if_fail (CS_IS_INVOICE_ROW (self));

  is_same = self->key == key && self->is_news == is_news
            && (self->entry == NULL || entry == NULL ? self->entry == entry
                                                     : cs_invoice_entry_equal (self->entry, entry));
  self->key = key;
  self->is_news = is_news;
  cs_invoice_entry_free (self->entry);
  self->entry = entry;
  if (!is_same)
    cs_record_emit_changed (CS_RECORD (self));
}
