/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-contact-item.h"
#include "cs-words.h"

struct _CsContactItem
{
  GObject parent_instance;
  char *id;
  CsContactChoice *choice;
};

static gboolean
is_same (const CsContactChoice *a, const CsContactChoice *b)
{
  return a->shares_name == b->shares_name && a->source == b->source && g_str_equal (a->name, b->name)
         && g_str_equal (a->email, b->email) && g_str_equal (a->remote_id, b->remote_id)
         && g_str_equal (a->unique_id, b->unique_id);
}

static char *
make_id (const CsContactChoice *choice)
{
  g_autofree char *client_id = cs_uuid_to_string (&choice->client_id);

  return cs_uuid_is_none (&choice->client_id) ? g_strdup (choice->remote_id) : g_steal_pointer (&client_id);
}

static const char *
cs_contact_item_get_id (CsRecord *record)
{
  return CS_CONTACT_ITEM (record)->id;
}

static gboolean
cs_contact_item_adopt (CsRecord *record, CsRecord *fresh_record)
{
  CsContactItem *self = CS_CONTACT_ITEM (record);
  CsContactItem *fresh = CS_CONTACT_ITEM (fresh_record);

  if (is_same (self->choice, fresh->choice))
    return FALSE;
  cs_contact_choice_free (self->choice);
  self->choice = g_steal_pointer (&fresh->choice);
  return TRUE;
}

static void
cs_contact_item_record_init (CsRecordInterface *interface)
{
  interface->get_id = cs_contact_item_get_id;
  interface->adopt = cs_contact_item_adopt;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsContactItem,
                               cs_contact_item,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_RECORD, cs_contact_item_record_init))

static void
cs_contact_item_finalize (GObject *object)
{
  CsContactItem *self = CS_CONTACT_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->choice, cs_contact_choice_free);
  G_OBJECT_CLASS (cs_contact_item_parent_class)->finalize (object);
}

static void
cs_contact_item_class_init (CsContactItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_contact_item_finalize;
}

static void
cs_contact_item_init (CsContactItem *self)
{
}

/** cs_contact_item_new: Returns: (transfer full): a row of @choice (transfer full) */
CsRecord *
cs_contact_item_new (gpointer choice)
{
  CsContactItem *self = g_object_new (CS_TYPE_CONTACT_ITEM, NULL);

  self->choice = choice;
  self->id = make_id (self->choice);
  return CS_RECORD (self);
}

/** cs_contact_item_get: Returns: (transfer none): the record, valid until "changed" */
const CsContactChoice *
cs_contact_item_get (CsContactItem *self)
{
  g_return_val_if_fail (CS_IS_CONTACT_ITEM (self), NULL);

  return self->choice;
}

/**
 * cs_contact_item_matches:
 * @self: a row
 * @query: (nullable): what a person typed; case and accents don't count
 *
 * Returns: whether @query is found in its name, e-mail address or number
 */
gboolean
cs_contact_item_matches (CsContactItem *self, const char *query)
{
  const CsContactChoice *choice = cs_contact_item_get (self);
  const char *texts[] = { choice->name, choice->email, choice->unique_id };

  return cs_words_match (query, texts, G_N_ELEMENTS (texts));
}

/** cs_contact_items_find: Returns: (transfer none) (nullable): the contact of this very name or e-mail that
 * is no client yet; valid as long as its item */
const CsContactChoice *
cs_contact_items_find (GListModel *items, const char *name, const char *email)
{
  const CsContactChoice *best = NULL;
  CsMatch best_match = CS_MATCH_SIMILAR_NAME;

  g_return_val_if_fail (G_IS_LIST_MODEL (items), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (CsContactItem) item = g_list_model_get_item (items, i);
      const CsContactChoice *choice = cs_contact_item_get (item);
      CsMatch match = cs_uuid_is_none (&choice->client_id) ? cs_contact_choice_match (choice, name, email)
                                                           : CS_MATCH_NONE;

      if (match >= best_match)
        continue;
      best = choice;
      best_match = match;
    }
  return best;
}
