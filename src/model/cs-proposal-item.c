/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-item.h"
#include "cs-words.h"

struct _CsProposalItem
{
  GObject parent_instance;
  char *id;
  CsProposalSummary *summary;
};

static gboolean
has_same_sums (const GArray *a, const GArray *b)
{
  gboolean is_same = a->len == b->len;

  for (guint i = 0; is_same && i < a->len; i++)
    {
      const CsProposalSum *x = &g_array_index (a, CsProposalSum, i);
      const CsProposalSum *y = &g_array_index (b, CsProposalSum, i);

      is_same = cs_billing_rhythm_compare (x->rhythm, y->rhythm) == 0 && cs_money_equal (x->total, y->total);
    }
  return is_same;
}

static gboolean
is_same (const CsProposalSummary *a, const CsProposalSummary *b)
{
  return a->proposal->revision == b->proposal->revision && a->proposal->state == b->proposal->state
         && a->proposal->updated_ms == b->proposal->updated_ms
         && g_str_equal (a->proposal->client_name, b->proposal->client_name)
         && a->needs_person == b->needs_person && has_same_sums (a->sums, b->sums);
}

static const char *
cs_proposal_item_get_id (CsRecord *record)
{
  return CS_PROPOSAL_ITEM (record)->id;
}

static gboolean
cs_proposal_item_adopt (CsRecord *record, CsRecord *fresh_record)
{
  CsProposalItem *self = CS_PROPOSAL_ITEM (record);
  CsProposalItem *fresh = CS_PROPOSAL_ITEM (fresh_record);

  if (is_same (self->summary, fresh->summary))
    return FALSE;
  cs_proposal_summary_free (self->summary);
  self->summary = g_steal_pointer (&fresh->summary);
  return TRUE;
}

static void
cs_proposal_item_record_init (CsRecordInterface *interface)
{
  interface->get_id = cs_proposal_item_get_id;
  interface->adopt = cs_proposal_item_adopt;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsProposalItem,
                               cs_proposal_item,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_RECORD, cs_proposal_item_record_init))

static void
cs_proposal_item_finalize (GObject *object)
{
  CsProposalItem *self = CS_PROPOSAL_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->summary, cs_proposal_summary_free);
  G_OBJECT_CLASS (cs_proposal_item_parent_class)->finalize (object);
}

static void
cs_proposal_item_class_init (CsProposalItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_proposal_item_finalize;
}

static void
cs_proposal_item_init (CsProposalItem *self)
{
}

/** cs_proposal_item_new: Returns: (transfer full): a row of @summary (transfer full) */
CsRecord *
cs_proposal_item_new (gpointer summary)
{
  CsProposalItem *self = g_object_new (CS_TYPE_PROPOSAL_ITEM, NULL);

  self->summary = summary;
  self->id = cs_uuid_to_string (&self->summary->proposal->id);
  return CS_RECORD (self);
}

/** cs_proposal_item_get: Returns: (transfer none): the record, valid until "changed" */
const CsProposalSummary *
cs_proposal_item_get (CsProposalItem *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_ITEM (self), NULL);

  return self->summary;
}

/**
 * cs_proposal_item_matches:
 * @self: a row
 * @query: (nullable): what a person typed; case and accents don't count
 *
 * Returns: whether @query is found in its title, number or client
 */
gboolean
cs_proposal_item_matches (CsProposalItem *self, const char *query)
{
  const CsProposalSummary *summary = cs_proposal_item_get (self);
  const char *texts[]
      = { summary->proposal->title, summary->proposal->number, summary->proposal->client_name };

  return cs_words_match (query, texts, G_N_ELEMENTS (texts));
}
