/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-set-detail.h"
#include "cs-records.h"
#include "cs-store-sets.h"

typedef struct
{
  CsClientSet *set;
  GPtrArray *clients;
} Content;

struct _CsClientSetDetail
{
  CsDetail parent_instance;
  CsUuid id;
};

G_DEFINE_FINAL_TYPE (CsClientSetDetail, cs_client_set_detail, CS_TYPE_DETAIL)

static void
content_free (gpointer data)
{
  Content *content = data;

  g_clear_pointer (&content->set, cs_client_set_free);
  g_clear_pointer (&content->clients, g_ptr_array_unref);
  g_free (content);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const CsClient *const *first = a;
  const CsClient *const *second = b;

  return g_utf8_collate ((*first)->name, (*second)->name);
}

static gpointer
read_content (CsStore *store, gpointer data, GError **error)
{
  CsClientSet *set = cs_store_get_client_set (store, data, error);
  Content *content;

  if (set == NULL)
    return NULL;
  content = g_new0 (Content, 1);
  content->set = set;
  content->clients = cs_store_list_clients_of_set (store, data, error);
  if (content->clients != NULL)
    {
      g_ptr_array_sort (content->clients, compare_names);
      return content;
    }
  content_free (content);
  return NULL;
}

static DexFuture *
read_detail (CsDetail *detail, CsSession *session)
{
  CsClientSetDetail *self = CS_CLIENT_SET_DETAIL (detail);

  return cs_session_read (session, read_content, g_memdup2 (&self->id, sizeof self->id), g_free,
                          content_free);
}

static void
cs_client_set_detail_class_init (CsClientSetDetailClass *class)
{
  CsDetailClass *detail_class = CS_DETAIL_CLASS (class);

  detail_class->changes = CS_CHANGE_CLIENTS | CS_CHANGE_CONNECTION | CS_CHANGE_JOURNAL;
  detail_class->read = read_detail;
  detail_class->free_content = content_free;
}

static void
cs_client_set_detail_init (CsClientSetDetail *self)
{
}

/** cs_client_set_detail_new: Returns: (transfer full): the group or person of this id, which reads itself */
CsClientSetDetail *
cs_client_set_detail_new (CsSession *session, const CsUuid *id)
{
  CsClientSetDetail *self = g_object_new (CS_TYPE_CLIENT_SET_DETAIL, NULL);

  self->id = *id;
  cs_detail_begin (CS_DETAIL (self), session);
  return self;
}

/** cs_client_set_detail_get: Returns: (transfer none) (nullable): the group or person, until "changed" */
const CsClientSet *
cs_client_set_detail_get (CsClientSetDetail *self)
{
  const Content *content;

  g_return_val_if_fail (CS_IS_CLIENT_SET_DETAIL (self), NULL);

  content = cs_detail_get_content (CS_DETAIL (self));
  return content != NULL ? content->set : NULL;
}

/** cs_client_set_detail_get_clients: Returns: (transfer none) (nullable) (element-type CsClient): by name */
GPtrArray *
cs_client_set_detail_get_clients (CsClientSetDetail *self)
{
  const Content *content;

  g_return_val_if_fail (CS_IS_CLIENT_SET_DETAIL (self), NULL);

  content = cs_detail_get_content (CS_DETAIL (self));
  return content != NULL ? content->clients : NULL;
}

/**
 * cs_client_set_detail_dup_contact_ids:
 * @self: a group or person
 *
 * Returns: (transfer full): the ledger's ids of its clients' contacts; those that are not there yet are left
 * out
 */
GStrv
cs_client_set_detail_dup_contact_ids (CsClientSetDetail *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GPtrArray *clients;

  g_return_val_if_fail (CS_IS_CLIENT_SET_DETAIL (self), NULL);

  clients = cs_client_set_detail_get_clients (self);
  for (guint i = 0; clients != NULL && i < clients->len; i++)
    {
      const CsClient *client = clients->pdata[i];

      if (*client->remote_contact_id != '\0')
        g_strv_builder_add (ids, client->remote_contact_id);
    }
  return g_strv_builder_end (ids);
}
