/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-debtor-item.h"

struct _CsDebtorItem
{
  GObject parent_instance;
  char *id;
  CsDebtor *debtor;
};

static const char *
cs_debtor_item_get_id (CsRecord *record)
{
  return CS_DEBTOR_ITEM (record)->id;
}

static gboolean
cs_debtor_item_adopt (CsRecord *record, CsRecord *fresh_record)
{
  CsDebtorItem *self = CS_DEBTOR_ITEM (record);
  CsDebtorItem *fresh = CS_DEBTOR_ITEM (fresh_record);

  if (cs_debtor_equal (self->debtor, fresh->debtor))
    return FALSE;
  cs_debtor_unref (self->debtor);
  self->debtor = g_steal_pointer (&fresh->debtor);
  return TRUE;
}

static void
cs_debtor_item_record_init (CsRecordInterface *interface)
{
  interface->get_id = cs_debtor_item_get_id;
  interface->adopt = cs_debtor_item_adopt;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsDebtorItem,
                               cs_debtor_item,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_RECORD, cs_debtor_item_record_init))

static void
cs_debtor_item_finalize (GObject *object)
{
  CsDebtorItem *self = CS_DEBTOR_ITEM (object);

  g_free (self->id);
  g_clear_pointer (&self->debtor, cs_debtor_unref);
  G_OBJECT_CLASS (cs_debtor_item_parent_class)->finalize (object);
}

static void
cs_debtor_item_class_init (CsDebtorItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_debtor_item_finalize;
}

static void
cs_debtor_item_init (CsDebtorItem *self)
{
}

/** cs_debtor_item_new: Returns: (transfer full): a row of @debtor, which is held */
CsRecord *
cs_debtor_item_new (CsDebtor *debtor)
{
  CsDebtorItem *self = g_object_new (CS_TYPE_DEBTOR_ITEM, NULL);

  self->debtor = cs_debtor_ref (debtor);
  self->id = g_strdup_printf ("%s %s %s", debtor->is_total ? "total" : "of", debtor->ages.currency.code,
                              debtor->contact_id);
  return CS_RECORD (self);
}

/** cs_debtor_item_get: Returns: (transfer none): who owes what, valid until "changed" */
CsDebtor *
cs_debtor_item_get (CsDebtorItem *self)
{
  g_return_val_if_fail (CS_IS_DEBTOR_ITEM (self), NULL);

  return self->debtor;
}
