/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-detail.h"
#include "cs-follow-up.h"

typedef struct
{
  CsSession *session;
  gpointer content; /* (nullable) */
  CsListState state;
  char *problem;
  gboolean is_stale; /* it changed while it was read */
  DexFuture *reading;
} CsDetailPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CsDetail, cs_detail, G_TYPE_OBJECT)

static guint changed_signal;

static CsDetailPrivate *
get_private (CsDetail *self)
{
  return cs_detail_get_instance_private (self);
}

static void
take_content (CsDetail *self, gpointer content)
{
  CsDetailPrivate *priv = get_private (self);

  if (priv->content != NULL)
    CS_DETAIL_GET_CLASS (self)->free_content (priv->content);
  priv->content = content;
}

static void load (CsDetail *self);

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsDetail *self = object;
  CsDetailPrivate *priv = get_private (self);
  g_autoptr (GError) error = NULL;
  gpointer content = cs_settled_steal_record (settled, &error);

  dex_clear (&priv->reading);
  if (cs_error_is_cancelled (error))
    return;
  if (error == NULL)
    take_content (self, content);
  priv->state = error == NULL ? CS_LIST_READY : CS_LIST_FAILED;
  g_set_str (&priv->problem, error != NULL ? error->message : "");
  g_signal_emit (self, changed_signal, 0);
  if (priv->is_stale)
    load (self);
}

static void
load (CsDetail *self)
{
  CsDetailPrivate *priv = get_private (self);

  priv->is_stale = priv->reading != NULL;
  if (priv->reading == NULL)
    priv->reading
        = cs_follow_up (CS_DETAIL_GET_CLASS (self)->read (self, priv->session), self, read_cb, NULL, NULL);
}

static void
session_changed_cb (CsDetail *self, guint changes)
{
  if ((changes & CS_DETAIL_GET_CLASS (self)->changes) != 0)
    load (self);
}

static void
cs_detail_dispose (GObject *object)
{
  CsDetailPrivate *priv = get_private (CS_DETAIL (object));

  dex_clear (&priv->reading);
  g_clear_object (&priv->session);
  G_OBJECT_CLASS (cs_detail_parent_class)->dispose (object);
}

static void
cs_detail_finalize (GObject *object)
{
  CsDetail *self = CS_DETAIL (object);

  take_content (self, NULL);
  g_free (get_private (self)->problem);
  G_OBJECT_CLASS (cs_detail_parent_class)->finalize (object);
}

static void
cs_detail_class_init (CsDetailClass *class)
{
  G_OBJECT_CLASS (class)->dispose = cs_detail_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_detail_finalize;
  changed_signal
      = g_signal_new ("changed", CS_TYPE_DETAIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_detail_init (CsDetail *self)
{
  get_private (self)->problem = g_strdup ("");
}

/** cs_detail_begin: reads it, for the first time, and whenever it may have changed. */
void
cs_detail_begin (CsDetail *self, CsSession *session)
{
  g_return_if_fail (CS_IS_DETAIL (self) && get_private (self)->session == NULL);

  get_private (self)->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
}

/** cs_detail_get_content: Returns: (transfer none) (nullable): what was read last; valid until "changed" */
gpointer
cs_detail_get_content (CsDetail *self)
{
  g_return_val_if_fail (CS_IS_DETAIL (self), NULL);

  return get_private (self)->content;
}

/** cs_detail_get_state: Returns: whether it was read */
CsListState
cs_detail_get_state (CsDetail *self)
{
  g_return_val_if_fail (CS_IS_DETAIL (self), CS_LIST_FAILED);

  return get_private (self)->state;
}

/** cs_detail_get_problem: Returns: (transfer none): why it was not read, "" when it was */
const char *
cs_detail_get_problem (CsDetail *self)
{
  g_return_val_if_fail (CS_IS_DETAIL (self), "");

  return get_private (self)->problem;
}
