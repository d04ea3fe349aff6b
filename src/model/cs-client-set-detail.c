/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-set-detail.h"
#include "cs-follow-up.h"
#include "cs-records.h"
#include "cs-store-sets.h"

typedef struct
{
  CsClientSet *set;
  GPtrArray *clients;
} Content;

struct _CsClientSetDetail
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

G_DEFINE_FINAL_TYPE (CsClientSetDetail, cs_client_set_detail, G_TYPE_OBJECT)

static guint changed_signal;

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

static void load (CsClientSetDetail *self);

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientSetDetail *self = object;
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
load (CsClientSetDetail *self)
{
  self->is_stale = self->reading != NULL;
  if (self->reading == NULL)
    self->reading
        = cs_follow_up (cs_session_read (self->session, read_content, g_memdup2 (&self->id, sizeof self->id),
                                         g_free, content_free),
                        self, read_cb, NULL, NULL);
}

static void
session_changed_cb (CsClientSetDetail *self, guint changes)
{
  if ((changes & (CS_CHANGE_CLIENTS | CS_CHANGE_CONNECTION | CS_CHANGE_JOURNAL)) != 0)
    load (self);
}

static void
cs_client_set_detail_dispose (GObject *object)
{
  CsClientSetDetail *self = CS_CLIENT_SET_DETAIL (object);

  dex_clear (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_client_set_detail_parent_class)->dispose (object);
}

static void
cs_client_set_detail_finalize (GObject *object)
{
  CsClientSetDetail *self = CS_CLIENT_SET_DETAIL (object);

  g_clear_pointer (&self->content, content_free);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (cs_client_set_detail_parent_class)->finalize (object);
}

static void
cs_client_set_detail_class_init (CsClientSetDetailClass *class)
{
  G_OBJECT_CLASS (class)->dispose = cs_client_set_detail_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_client_set_detail_finalize;
  changed_signal = g_signal_new ("changed", CS_TYPE_CLIENT_SET_DETAIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
cs_client_set_detail_init (CsClientSetDetail *self)
{
  self->problem = g_strdup ("");
}

/** cs_client_set_detail_new: Returns: (transfer full): the group or person of this id, which reads itself */
CsClientSetDetail *
cs_client_set_detail_new (CsSession *session, const CsUuid *id)
{
  CsClientSetDetail *self = g_object_new (CS_TYPE_CLIENT_SET_DETAIL, NULL);

  self->session = g_object_ref (session);
  self->id = *id;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/** cs_client_set_detail_get_state: Returns: whether it was read */
CsListState
cs_client_set_detail_get_state (CsClientSetDetail *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_SET_DETAIL (self), CS_LIST_FAILED);

  return self->state;
}

/** cs_client_set_detail_get_problem: Returns: (transfer none): why it was not read, "" when it was */
const char *
cs_client_set_detail_get_problem (CsClientSetDetail *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_SET_DETAIL (self), "");

  return self->problem;
}

/** cs_client_set_detail_get: Returns: (transfer none) (nullable): the group or person, until "changed" */
const CsClientSet *
cs_client_set_detail_get (CsClientSetDetail *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_SET_DETAIL (self), NULL);

  return self->content != NULL ? self->content->set : NULL;
}

/** cs_client_set_detail_get_clients: Returns: (transfer none) (nullable) (element-type CsClient): by name */
GPtrArray *
cs_client_set_detail_get_clients (CsClientSetDetail *self)
{
  g_return_val_if_fail (CS_IS_CLIENT_SET_DETAIL (self), NULL);

  return self->content != NULL ? self->content->clients : NULL;
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

  g_return_val_if_fail (CS_IS_CLIENT_SET_DETAIL (self), NULL);

  for (guint i = 0; self->content != NULL && i < self->content->clients->len; i++)
    {
      const CsClient *client = self->content->clients->pdata[i];

      if (*client->remote_contact_id != '\0')
        g_strv_builder_add (ids, client->remote_contact_id);
    }
  return g_strv_builder_end (ids);
}
