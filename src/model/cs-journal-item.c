/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-journal-item.h"
#include "cs-words.h"

struct _CsJournalItem
{
  GObject parent_instance;
  char *id;
  CsOperation *operation;
};

/* What a person reads of it. */
static gboolean
has_same_found (const CsOperation *a, const CsOperation *b)
{
  if (a->found == NULL || b->found == NULL)
    return a->found == b->found;
  return a->found_kind == b->found_kind && a->found_is_linked == b->found_is_linked
         && g_str_equal (a->found->remote_id, b->found->remote_id)
         && g_str_equal (a->found->contact_name, b->found->contact_name)
         && g_str_equal (a->found->reference, b->found->reference) && a->found->status == b->found->status
         && cs_date_compare (a->found->date, b->found->date) == 0
         && cs_money_equal (a->found->total, b->found->total);
}

static gboolean
is_same (const CsOperation *a, const CsOperation *b)
{
  return has_same_found (a, b) && cs_money_equal (a->amount, b->amount) && a->state == b->state
         && a->attempts == b->attempts && a->next_ms == b->next_ms && a->hold_until_ms == b->hold_until_ms
         && a->n_waiting == b->n_waiting && g_str_equal (a->contact_id, b->contact_id)
         && a->sent_ms == b->sent_ms && a->finished_ms == b->finished_ms
         && a->waits_for_another == b->waits_for_another && g_str_equal (a->number, b->number)
         && g_str_equal (a->title, b->title) && g_str_equal (a->remote_id, b->remote_id)
         && a->outcome == b->outcome && g_str_equal (a->outcome_message, b->outcome_message)
         && g_str_equal (a->correlation_id, b->correlation_id);
}

static const char *
cs_journal_item_get_id (CsRecord *record)
{
  return CS_JOURNAL_ITEM (record)->id;
}

static gboolean
cs_journal_item_adopt (CsRecord *record, CsRecord *fresh_record)
{
  CsJournalItem *self = CS_JOURNAL_ITEM (record);
  CsJournalItem *fresh = CS_JOURNAL_ITEM (fresh_record);

  if (is_same (self->operation, fresh->operation))
    return FALSE;
  cs_operation_free (self->operation);
  self->operation = g_steal_pointer (&fresh->operation);
  return TRUE;
}

static void
cs_journal_item_record_init (CsRecordInterface *interface)
{
  interface->get_id = cs_journal_item_get_id;
  interface->adopt = cs_journal_item_adopt;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsJournalItem,
                               cs_journal_item,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_RECORD, cs_journal_item_record_init))

static void
cs_journal_item_finalize (GObject *object)
{
  CsJournalItem *self = CS_JOURNAL_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->operation, cs_operation_free);
  G_OBJECT_CLASS (cs_journal_item_parent_class)->finalize (object);
}

static void
cs_journal_item_class_init (CsJournalItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_journal_item_finalize;
}

static void
cs_journal_item_init (CsJournalItem *self)
{
}

/** cs_journal_item_new: Returns: (transfer full): a row of @operation (transfer full) */
CsRecord *
cs_journal_item_new (gpointer operation)
{
  CsJournalItem *self = g_object_new (CS_TYPE_JOURNAL_ITEM, NULL);

  self->operation = operation;
  self->id = cs_uuid_to_string (&self->operation->id);
  return CS_RECORD (self);
}

/** cs_journal_item_get: Returns: (transfer none): the record, valid until "changed" */
const CsOperation *
cs_journal_item_get (CsJournalItem *self)
{
  g_return_val_if_fail (CS_IS_JOURNAL_ITEM (self), NULL);

  return self->operation;
}

/**
 * cs_journal_item_matches:
 * @self: a row
 * @query: (nullable): what a person typed; case and accents don't count
 *
 * Returns: whether @query is found in whom it is for, its number or its outcome
 */
gboolean
cs_journal_item_matches (CsJournalItem *self, const char *query)
{
  const CsOperation *operation = cs_journal_item_get (self);
  const char *texts[] = { operation->title, operation->number, operation->outcome_message };

  return cs_words_match (query, texts, G_N_ELEMENTS (texts));
}
