/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-set-item.h"
#include "cs-store-sets.h"
#include "cs-words.h"

struct _CsClientSetItem
{
  GObject parent_instance;
  char *id;
  CsClientSet *set;
};

static const char *
cs_client_set_item_get_id (CsRecord *record)
{
  return CS_CLIENT_SET_ITEM (record)->id;
}

/* Members come and go with clients, too: then the revision is the same. */
static gboolean
is_same (const CsClientSet *a, const CsClientSet *b)
{
  return a->revision == b->revision && a->updated_ms == b->updated_ms
         && a->client_ids->len == b->client_ids->len && g_str_equal (a->name, b->name);
}

static gboolean
cs_client_set_item_adopt (CsRecord *record, CsRecord *fresh_record)
{
  CsClientSetItem *self = CS_CLIENT_SET_ITEM (record);
  CsClientSetItem *fresh = CS_CLIENT_SET_ITEM (fresh_record);

  if (is_same (self->set, fresh->set))
    return FALSE;
  cs_client_set_free (self->set);
  self->set = g_steal_pointer (&fresh->set);
  return TRUE;
}

static void
cs_client_set_item_record_init (CsRecordInterface *interface)
{
  interface->get_id = cs_client_set_item_get_id;
  interface->adopt = cs_client_set_item_adopt;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsClientSetItem,
                               cs_client_set_item,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_RECORD, cs_client_set_item_record_init))

static void
cs_client_set_item_finalize (GObject *object)
{
  CsClientSetItem *self = CS_CLIENT_SET_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->set, cs_client_set_free);
  G_OBJECT_CLASS (cs_client_set_item_parent_class)->finalize (object);
}

static void
cs_client_set_item_class_init (CsClientSetItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_client_set_item_finalize;
}

static void
cs_client_set_item_init (CsClientSetItem *self)
{
}

/** cs_client_set_item_new: Returns: (transfer full): a row of @set (transfer full) */
CsRecord *
cs_client_set_item_new (gpointer set)
{
  CsClientSetItem *self = g_object_new (CS_TYPE_CLIENT_SET_ITEM, NULL);

  self->set = set;
  self->id = cs_uuid_to_string (&self->set->id);
  return CS_RECORD (self);
}

/** cs_client_set_item_get: Returns: (transfer none): the record, valid until "changed" */
const CsClientSet *
cs_client_set_item_get (CsClientSetItem *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_SET_ITEM (self), NULL);

  return self->set;
}

/** cs_client_set_item_matches: Returns: whether @query is found in its name, e-mail address or phone number
 */
gboolean
cs_client_set_item_matches (CsClientSetItem *self, const char *query)
{
  const CsClientSet *set = cs_client_set_item_get (self);
  const char *texts[] = { set->name, set->email, set->phone };

  return cs_words_match (query, texts, G_N_ELEMENTS (texts));
}

static gpointer
read_groups (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_client_sets (store, CS_CLIENT_SET_GROUP, error);
}

static gpointer
read_people (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_client_sets (store, CS_CLIENT_SET_PERSON, error);
}

static const CsRecordSource sources[] = {
  [CS_CLIENT_SET_GROUP] = { CS_CHANGE_CLIENTS, read_groups, cs_client_set_item_new },
  [CS_CLIENT_SET_PERSON] = { CS_CHANGE_CLIENTS, read_people, cs_client_set_item_new },
};

/** cs_client_set_list_new: Returns: (transfer full): the groups, or the people, of @session's practice */
CsRecordList *
cs_client_set_list_new (CsSession *session, CsClientSetKind kind)
{
  g_return_val_if_fail ((gsize)kind < G_N_ELEMENTS (sources), NULL);

  return cs_record_list_new (session, &sources[kind]);
}
