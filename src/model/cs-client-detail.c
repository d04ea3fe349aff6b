/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-detail.h"
#include "cs-follow-up.h"
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
  GObject parent_instance;
  CsSession *session;
  CsUuid id;
  Content *content; /* (nullable) */
  CsListState state;
  char *problem;
  gboolean is_stale;
  DexFuture *reading;
};

G_DEFINE_FINAL_TYPE (CsClientDetail, cs_client_detail, G_TYPE_OBJECT)

static guint changed_signal;

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

static void load (CsClientDetail *self);

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientDetail *self = object;
  g_autoptr (GError) error = NULL;
  Content *content = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (cs_error_is_cancelled (error))
    return;
  if (error == NULL)
    {
      g_clear_pointer (&self->content, content_free);
      self->content = content;
    }
  self->state = error == NULL ? CS_LIST_READY : CS_LIST_FAILED;
  g_set_str (&self->problem, error != NULL ? error->message : "");
  g_signal_emit (self, changed_signal, 0);
  if (self->is_stale)
    load (self);
}

static void
load (CsClientDetail *self)
{
  self->is_stale = self->reading != NULL;
  if (self->reading == NULL)
    self->reading
        = cs_follow_up (cs_session_read (self->session, read_content, g_memdup2 (&self->id, sizeof self->id),
                                         g_free, content_free),
                        self, read_cb, NULL, NULL);
}

static void
session_changed_cb (CsClientDetail *self, guint changes)
{
  if ((changes & (CS_CHANGE_CLIENTS | CS_CHANGE_PROPOSALS | CS_CHANGE_INVOICES)) != 0)
    load (self);
}

static void
cs_client_detail_dispose (GObject *object)
{
  CsClientDetail *self = CS_CLIENT_DETAIL (object);

  dex_clear (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_client_detail_parent_class)->dispose (object);
}

static void
cs_client_detail_finalize (GObject *object)
{
  CsClientDetail *self = CS_CLIENT_DETAIL (object);

  g_clear_pointer (&self->content, content_free);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (cs_client_detail_parent_class)->finalize (object);
}

static void
cs_client_detail_class_init (CsClientDetailClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = cs_client_detail_dispose;
  object_class->finalize = cs_client_detail_finalize;
  changed_signal = g_signal_new ("changed", CS_TYPE_CLIENT_DETAIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
cs_client_detail_init (CsClientDetail *self)
{
  self->problem = g_strdup ("");
}

/** cs_client_detail_new: Returns: (transfer full): the client of this id, which reads itself */
CsClientDetail *
cs_client_detail_new (CsSession *session, const CsUuid *id)
{
  CsClientDetail *self = g_object_new (CS_TYPE_CLIENT_DETAIL, NULL);

  self->session = g_object_ref (session);
  self->id = *id;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/** cs_client_detail_get_state: Returns: whether it was read */
CsListState
cs_client_detail_get_state (CsClientDetail *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_DETAIL (self), CS_LIST_FAILED);

  return self->state;
}

/** cs_client_detail_get_problem: Returns: (transfer none): why it was not read, "" when it was */
const char *
cs_client_detail_get_problem (CsClientDetail *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_DETAIL (self), "");

  return self->problem;
}

/** cs_client_detail_get: Returns: (transfer none) (nullable): the client */
const CsClient *
cs_client_detail_get (CsClientDetail *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_DETAIL (self), NULL);

  return self->content != NULL ? self->content->client : NULL;
}

/** cs_client_detail_get_proposals: Returns: (transfer none) (nullable): its proposals, newest first */
GPtrArray *
cs_client_detail_get_proposals (CsClientDetail *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_DETAIL (self), NULL);

  return self->content != NULL ? self->content->proposals : NULL;
}

/** cs_client_detail_get_sets: Returns: (transfer none) (nullable) (element-type CsClientSet): its people,
 * then its groups */
GPtrArray *
cs_client_detail_get_sets (CsClientDetail *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_DETAIL (self), NULL);

  return self->content != NULL ? self->content->sets : NULL;
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
