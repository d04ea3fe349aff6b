/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-mirror.h"

#include "cs-follow-up.h"
#include "cs-store-connections.h"
#include "cs-store-review.h"

#define SESSION_KEY "cs-invoice-mirror"

struct _CsInvoiceMirror
{
  GObject parent_instance;
  CsSession *session;
  CsInvoiceSnapshot *snapshot; /* (nullable) */
  gint64 sequence;             /* of the file's changes: up to where the snapshot knows them */
  char *problem;
  DexFuture *reading;
  guint first_source;     /* until it begins to read */
  gboolean is_stale;      /* something changed while a read was under way */
  gboolean news_are_done; /* a new refresh began: what it changes takes the place of what the last one did */
};

G_DEFINE_FINAL_TYPE (CsInvoiceMirror, cs_invoice_mirror, G_TYPE_OBJECT)

static guint changed_signal;

/** cs_invoice_snapshot_ref: Returns: (transfer full): the same; on any thread */
CsInvoiceSnapshot *
cs_invoice_snapshot_ref (CsInvoiceSnapshot *snapshot)
{
  g_atomic_ref_count_inc (&snapshot->references);
  return snapshot;
}

/** cs_invoice_snapshot_unref: on any thread. */
void
cs_invoice_snapshot_unref (CsInvoiceSnapshot *snapshot)
{
  if (!g_atomic_ref_count_dec (&snapshot->references))
    return;
  cs_invoice_table_unref (snapshot->table);
  cs_row_set_free (snapshot->pinned);
  g_array_unref (snapshot->pinned_at);
  cs_row_set_free (snapshot->news);
  g_free (snapshot->sorted);
  g_free (snapshot);
}

/* --- on the reader thread --- */

typedef struct
{
  CsInvoiceSnapshot *known; /* (nullable) */
  gint64 sequence;
  gboolean news_are_done;
} Question;

typedef struct
{
  CsInvoiceSnapshot *snapshot;
  gint64 sequence;
} Answer;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->known, cs_invoice_snapshot_unref);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->snapshot, cs_invoice_snapshot_unref);
  g_free (answer);
}

static CsRowSet *
join_news (const Question *question, const CsRowSet *changed)
{
  CsRowSet *news = question->known != NULL && !question->news_are_done
                       ? cs_row_set_copy (question->known->news)
                       : cs_row_set_new ();

  for (gsize key = 0; changed != NULL && key < changed->n_words * 64; key++)
    if (cs_row_set_has (changed, (guint32)key))
      cs_row_set_add (news, (guint32)key);
  return news;
}

static CsInvoiceSnapshot *
snapshot_new (const CsUuid *connection_id, CsInvoiceTable *table, CsRowSet *pinned, CsRowSet *news)
{
  CsInvoiceSnapshot *snapshot = g_new0 (CsInvoiceSnapshot, 1);

  g_atomic_ref_count_init (&snapshot->references);
  snapshot->connection_id = *connection_id;
  snapshot->table = table;
  snapshot->pinned = pinned;
  snapshot->pinned_at = cs_invoice_table_find_set (table, pinned);
  snapshot->news = news;
  return snapshot;
}

/* Nothing was ever connected. */
static Answer *
answer_nothing (void)
{
  Answer *answer = g_new0 (Answer, 1);
  CsInvoiceTable *table = cs_invoice_table_new (0);

  cs_invoice_table_finish (table);
  answer->snapshot = snapshot_new (&CS_UUID_NONE, table, cs_row_set_new (), cs_row_set_new ());
  return answer;
}

static gpointer
read_job (CsStore *store, gpointer data, GError **error)
{
  Question *question = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, &failure);
  g_autoptr (CsInvoiceReading) reading = NULL;
  g_autoptr (GArray) pinned = NULL;
  Answer *answer;

  if (failure == NULL && connection == NULL)
    return answer_nothing ();
  if (failure == NULL)
    {
      gboolean is_known
          = question->known != NULL && cs_uuid_equal (&question->known->connection_id, &connection->id);

      reading = cs_store_read_invoice_table (store, &connection->id, is_known ? question->known->table : NULL,
                                             question->sequence, &failure);
    }
  if (reading != NULL)
    pinned = cs_store_list_pinned (store, &connection->id, &failure);
  if (pinned == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  answer = g_new0 (Answer, 1);
  answer->sequence = reading->sequence;
  answer->snapshot = snapshot_new (&connection->id, g_steal_pointer (&reading->table),
                                   cs_row_set_new_from ((const guint32 *)(gpointer)pinned->data, pinned->len),
                                   join_news (question, reading->changed));
  return answer;
}

/* --- on the main thread --- */

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceMirror *self = object;
  g_autoptr (GError) error = NULL;
  Answer *answer = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (answer != NULL)
    {
      g_clear_pointer (&self->snapshot, cs_invoice_snapshot_unref);
      self->snapshot = g_steal_pointer (&answer->snapshot);
      self->sequence = answer->sequence;
      g_set_str (&self->problem, "");
      answer_free (answer);
      g_signal_emit (self, changed_signal, 0);
    }
  else if (error != NULL && !cs_error_is_cancelled (error))
    {
      g_set_str (&self->problem, error->message);
      g_signal_emit (self, changed_signal, 0);
    }
  if (self->is_stale)
    cs_invoice_mirror_reload (self);
}

static void
session_changed_cb (CsInvoiceMirror *self, guint changes)
{
  if ((changes & (CS_CHANGE_INVOICES | CS_CHANGE_CONNECTION | CS_CHANGE_PINS)) != 0)
    cs_invoice_mirror_reload (self);
}

static void
activity_cb (CsInvoiceMirror *self)
{
  if (cs_session_get_activity (self->session) == CS_ACTIVITY_PULLING)
    self->news_are_done = TRUE;
}

static void
cs_invoice_mirror_dispose (GObject *object)
{
  CsInvoiceMirror *self = CS_INVOICE_MIRROR (object);

  g_clear_handle_id (&self->first_source, g_source_remove);
  dex_clear (&self->reading);
  if (self->session != NULL && g_object_get_data (G_OBJECT (self->session), SESSION_KEY) == self)
    g_object_set_data (G_OBJECT (self->session), SESSION_KEY, NULL);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_invoice_mirror_parent_class)->dispose (object);
}

static void
cs_invoice_mirror_finalize (GObject *object)
{
  CsInvoiceMirror *self = CS_INVOICE_MIRROR (object);

  g_clear_pointer (&self->snapshot, cs_invoice_snapshot_unref);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (cs_invoice_mirror_parent_class)->finalize (object);
}

static void
cs_invoice_mirror_class_init (CsInvoiceMirrorClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = cs_invoice_mirror_dispose;
  object_class->finalize = cs_invoice_mirror_finalize;
  changed_signal = g_signal_new ("changed", CS_TYPE_INVOICE_MIRROR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
cs_invoice_mirror_init (CsInvoiceMirror *self)
{
  self->problem = g_strdup ("");
}

static gboolean
first_cb (gpointer data)
{
  CsInvoiceMirror *self = data;

  self->first_source = 0;
  cs_invoice_mirror_reload (self);
  return G_SOURCE_REMOVE;
}

/** cs_invoice_mirror_get: Returns: (transfer full): the one of @session, which reads once it is told to begin
 */
CsInvoiceMirror *
cs_invoice_mirror_get (CsSession *session)
{
  CsInvoiceMirror *self;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  self = g_object_get_data (G_OBJECT (session), SESSION_KEY);
  if (self != NULL)
    return g_object_ref (self);
  self = g_object_new (CS_TYPE_INVOICE_MIRROR, NULL);
  self->session = g_object_ref (session);
  g_object_set_data (G_OBJECT (session), SESSION_KEY, self);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::activity", G_CALLBACK (activity_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/** cs_invoice_mirror_begin: reads as soon as the main thread has nothing better to do, if nothing was read
 * yet. The first rows come without it, and are on the screen sooner when it leaves them the processor. */
void
cs_invoice_mirror_begin (CsInvoiceMirror *self)
{
  g_return_if_fail (CS_IS_INVOICE_MIRROR (self));

  if (self->snapshot == NULL && self->reading == NULL && self->first_source == 0)
    self->first_source = g_idle_add_full (G_PRIORITY_LOW, first_cb, self, NULL);
}

/** cs_invoice_mirror_get_snapshot: Returns: (transfer none) (nullable): as last read, until "changed" */
CsInvoiceSnapshot *
cs_invoice_mirror_get_snapshot (CsInvoiceMirror *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_MIRROR (self), NULL);

  return self->snapshot;
}

/** cs_invoice_mirror_get_problem: Returns: (transfer none): why the last read failed, "" when it did not */
const char *
cs_invoice_mirror_get_problem (CsInvoiceMirror *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_MIRROR (self), "");

  return self->problem;
}

/** cs_invoice_mirror_reload: reads what changed. */
void
cs_invoice_mirror_reload (CsInvoiceMirror *self)
{
  Question *question;

  g_return_if_fail (CS_IS_INVOICE_MIRROR (self));

  g_clear_handle_id (&self->first_source, g_source_remove);
  self->is_stale = self->reading != NULL;
  if (self->reading != NULL)
    return;
  question = g_new0 (Question, 1);
  question->known = self->snapshot != NULL ? cs_invoice_snapshot_ref (self->snapshot) : NULL;
  question->sequence = self->sequence;
  question->news_are_done = self->news_are_done;
  self->news_are_done = FALSE;
  self->reading
      = cs_follow_up (cs_session_read_whole (self->session, read_job, question, question_free, answer_free),
                      self, read_cb, NULL, NULL);
}
