/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-item.h"
#include "cs-words.h"

struct _CsClientItem
{
  GObject parent_instance;
  char *id;
  CsClient *client;
};

static gboolean
is_same (const CsClient *a, const CsClient *b)
{
  return a->revision == b->revision && a->state == b->state && a->updated_ms == b->updated_ms
         && g_str_equal (a->name, b->name) && g_str_equal (a->remote_contact_id, b->remote_contact_id)
         && a->contact_gone_ms == b->contact_gone_ms;
}

static const char *
cs_client_item_get_id (CsRecord *record)
{
  return CS_CLIENT_ITEM (record)->id;
}

static gboolean
cs_client_item_adopt (CsRecord *record, CsRecord *fresh_record)
{
  CsClientItem *self = CS_CLIENT_ITEM (record);
  CsClientItem *fresh = CS_CLIENT_ITEM (fresh_record);

  if (is_same (self->client, fresh->client))
    return FALSE;
  cs_client_free (self->client);
  self->client = g_steal_pointer (&fresh->client);
  return TRUE;
}

static void
cs_client_item_record_init (CsRecordInterface *interface)
{
  interface->get_id = cs_client_item_get_id;
  interface->adopt = cs_client_item_adopt;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsClientItem,
                               cs_client_item,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_RECORD, cs_client_item_record_init))

static void
cs_client_item_finalize (GObject *object)
{
  CsClientItem *self = CS_CLIENT_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->client, cs_client_free);
  G_OBJECT_CLASS (cs_client_item_parent_class)->finalize (object);
}

static void
cs_client_item_class_init (CsClientItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_client_item_finalize;
}

static void
cs_client_item_init (CsClientItem *self)
{
}

/** cs_client_item_new: Returns: (transfer full): a row of @client (transfer full) */
CsRecord *
cs_client_item_new (gpointer client)
{
  CsClientItem *self = g_object_new (CS_TYPE_CLIENT_ITEM, NULL);

  self->client = client;
  self->id = cs_uuid_to_string (&self->client->id);
  return CS_RECORD (self);
}

/** cs_client_item_get: Returns: (transfer none): the record, valid until "changed" */
const CsClient *
cs_client_item_get (CsClientItem *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_ITEM (self), NULL);

  return self->client;
}

/**
 * cs_client_item_matches:
 * @self: a row
 * @query: (nullable): what a person typed; case and accents don't count
 *
 * Returns: whether @query is found in its name, number, person or e-mail address
 */
gboolean
cs_client_item_matches (CsClientItem *self, const char *query)
{
  const CsClient *client = cs_client_item_get (self);
  const char *texts[] = { client->name, client->number, client->contact_name, client->email };

  return cs_words_match (query, texts, G_N_ELEMENTS (texts));
}
