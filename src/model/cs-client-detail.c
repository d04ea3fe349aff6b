/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-detail.h"
#include "cs-store-clients.h"
#include "cs-store-proposals.h"
#include "cs-store-sets.h"
#include "cs-store-shape.h"

typedef struct
{
  CsClient *client;
  GPtrArray *proposals;
  GPtrArray *sets;
} Content;

struct _CsClientDetail
{
  CsDetail parent_instance;
  CsUuid id;
};

G_DEFINE_FINAL_TYPE (CsClientDetail, cs_client_detail, CS_TYPE_DETAIL)

static void
content_free (gpointer data)
{
  Content *content = data;

  g_clear_pointer (&content->client, cs_client_free);
  g_clear_pointer (&content->proposals, g_ptr_array_unref);
  g_clear_pointer (&content->sets, g_ptr_array_unref);
  g_free (content);
}

static gboolean
read_proposals (CsStore *store, Content *content, GError **error)
{
  g_autoptr (GPtrArray) proposals = cs_store_list_proposals (store, error);

  for (guint i = 0; proposals != NULL && i < proposals->len; i++)
    {
      const CsProposal *proposal = proposals->pdata[i];
      CsProposal *whole;

      if (!cs_uuid_equal (&proposal->client_id, &content->client->id))
        continue;
      if ((whole = cs_store_get_proposal (store, &proposal->id, error)) == NULL)
        return FALSE;
      g_ptr_array_add (content->proposals, cs_proposal_summary_new (whole));
    }
  return proposals != NULL;
}

static gpointer
read_content (CsStore *store, gpointer data, GError **error)
{
  CsClient *client = cs_store_get_client (store, data, error);
  Content *content;

  if (client == NULL)
    return NULL;
  content = g_new0 (Content, 1);
  content->client = client;
  content->proposals = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_proposal_summary_free);
  content->sets = cs_store_list_sets_of_client (store, data, error);
  if (content->sets != NULL && read_proposals (store, content, error))
    return content;
  content_free (content);
  return NULL;
}

static DexFuture *
read_detail (CsDetail *detail, CsSession *session)
{
  CsClientDetail *self = CS_CLIENT_DETAIL (detail);

  return cs_session_read (session, read_content, g_memdup2 (&self->id, sizeof self->id), g_free,
                          content_free);
}

static void
cs_client_detail_class_init (CsClientDetailClass *class)
{
  CsDetailClass *detail_class = CS_DETAIL_CLASS (class);

  detail_class->changes = CS_CHANGE_CLIENTS | CS_CHANGE_PROPOSALS | CS_CHANGE_INVOICES;
  detail_class->read = read_detail;
  detail_class->free_content = content_free;
}

static void
cs_client_detail_init (CsClientDetail *self)
{
}

/** cs_client_detail_new: Returns: (transfer full): the client of this id, which reads itself */
CsClientDetail *
cs_client_detail_new (CsSession *session, const CsUuid *id)
{
  CsClientDetail *self = g_object_new (CS_TYPE_CLIENT_DETAIL, NULL);

  self->id = *id;
  cs_detail_begin (CS_DETAIL (self), session);
  return self;
}

/** cs_client_detail_get: Returns: (transfer none) (nullable): the client */
const CsClient *
cs_client_detail_get (CsClientDetail *self)
{
  const Content *content;

  g_return_val_if_fail (CS_IS_CLIENT_DETAIL (self), NULL);

  content = cs_detail_get_content (CS_DETAIL (self));
  return content != NULL ? content->client : NULL;
}

/** cs_client_detail_get_proposals: Returns: (transfer none) (nullable): its proposals, newest first */
GPtrArray *
cs_client_detail_get_proposals (CsClientDetail *self)
{
  const Content *content;

  g_return_val_if_fail (CS_IS_CLIENT_DETAIL (self), NULL);

  content = cs_detail_get_content (CS_DETAIL (self));
  return content != NULL ? content->proposals : NULL;
}

/** cs_client_detail_get_sets: Returns: (transfer none) (nullable) (element-type CsClientSet): its people,
 * then its groups */
GPtrArray *
cs_client_detail_get_sets (CsClientDetail *self)
{
  const Content *content;

  g_return_val_if_fail (CS_IS_CLIENT_DETAIL (self), NULL);

  content = cs_detail_get_content (CS_DETAIL (self));
  return content != NULL ? content->sets : NULL;
}

/* --- taking an archiving back
 * ------------------------------------------------------------------------------- */

typedef struct
{
  CsSession *session;
  CsUuid id;
  CsClientState state;
} Restore;

static void
restore_free (gpointer data)
{
  Restore *restore = data;

  g_clear_object (&restore->session);
  g_free (restore);
}

static gpointer
read_client (CsStore *store, gpointer data, GError **error)
{
  return cs_store_get_client (store, data, error);
}

static DexFuture *
restore_fiber (gpointer data)
{
  Restore *restore = data;
  GError *error = NULL;
  g_autoptr (CsClient) client = cs_await_record (
      cs_session_read (restore->session, read_client, g_memdup2 (&restore->id, sizeof restore->id), g_free,
                       (GDestroyNotify)cs_client_free),
      &error);

  if (client == NULL)
    return error != NULL ? cs_future_new_take_error (error) : dex_future_new_true ();
  client->state = restore->state;
  if (!cs_await (cs_session_save_client (restore->session, client), &error))
    return cs_future_new_take_error (error);
  return dex_future_new_true ();
}

/**
 * cs_client_restore:
 * @session: the practice
 * @id: a client that was archived
 * @state: what it was before
 *
 * Returns: (transfer full): resolves when it is on disk
 */
DexFuture *
cs_client_restore (CsSession *session, const CsUuid *id, CsClientState state)
{
  Restore *restore = g_new0 (Restore, 1);

  restore->session = g_object_ref (session);
  restore->id = *id;
  restore->state = state;
  return cs_spawn_to_the_end (restore_fiber, restore, restore_free);
}

static gpointer
read_shape (CsStore *store, gpointer data, GError **error)
{
  return cs_store_get_client_shape (store, data, error);
}

/** cs_client_read_shape: Returns: (transfer full): resolves to the #CsShape, which may inherit everything */
DexFuture *
cs_client_read_shape (CsSession *session, const CsUuid *id)
{
  return cs_session_read (session, read_shape, g_memdup2 (id, sizeof *id), g_free,
                          (GDestroyNotify)cs_shape_free);
}
