/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-record-list.h"
#include "cs-follow-up.h"
#include "cs-record-merge.h"

/* With more separate changes than this the view is told of one that spans them all: each costs it a relayout.
 */
#define STEPS_MAX 100

struct _CsRecordList
{
  GObject parent_instance;
  CsSession *session; /* (nullable): none in a test */
  const CsRecordSource *source;
  GPtrArray *items; /* of CsRecord */
  CsListState state;
  char *problem;
  DexFuture *reading;
  gboolean is_stale; /* something changed while a read was under way */
};

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

static GType
cs_record_list_get_item_type (GListModel *model)
{
  return CS_TYPE_RECORD;
}

static guint
cs_record_list_get_n_items (GListModel *model)
{
  return CS_RECORD_LIST (model)->items->len;
}

static gpointer
cs_record_list_get_item (GListModel *model, guint position)
{
  CsRecordList *self = CS_RECORD_LIST (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
cs_record_list_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = cs_record_list_get_item_type;
  interface->get_n_items = cs_record_list_get_n_items;
  interface->get_item = cs_record_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsRecordList,
                               cs_record_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cs_record_list_list_model_init))

static void
set_state (CsRecordList *self, CsListState state, const char *problem)
{
  gboolean is_news = g_set_str (&self->problem, problem);

  if (self->state == state && !is_news)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsRecordList *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = cs_settled_steal_record (settled, &error);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  dex_clear (&self->reading);
  if (error != NULL)
    {
      if (!cs_error_is_cancelled (error))
        set_state (self, CS_LIST_FAILED, error->message);
      return;
    }
  for (guint i = 0; records != NULL && i < records->len; i++)
    g_ptr_array_add (fresh, self->source->wrap (records->pdata[i]));
  if (records != NULL)
    {
      /* Each is its row's now. */
      g_ptr_array_set_free_func (records, NULL);
      g_ptr_array_set_size (records, 0);
    }
  cs_record_list_take (self, g_steal_pointer (&fresh));
  if (self->is_stale)
    cs_record_list_reload (self);
}

static void
session_changed_cb (CsRecordList *self, guint changes)
{
  if ((changes & self->source->changes) != 0)
    cs_record_list_reload (self);
}

static void
cs_record_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  CsRecordList *self = CS_RECORD_LIST (object);

  if (id == PROP_STATE)
    g_value_set_int (value, (int)self->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cs_record_list_dispose (GObject *object)
{
  CsRecordList *self = CS_RECORD_LIST (object);

  dex_clear (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_record_list_parent_class)->dispose (object);
}

static void
cs_record_list_finalize (GObject *object)
{
  CsRecordList *self = CS_RECORD_LIST (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (cs_record_list_parent_class)->finalize (object);
}

static void
cs_record_list_class_init (CsRecordListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = cs_record_list_get_property;
  object_class->dispose = cs_record_list_dispose;
  object_class->finalize = cs_record_list_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, CS_LIST_LOADING, CS_LIST_FAILED,
                                             CS_LIST_LOADING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
cs_record_list_init (CsRecordList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->problem = g_strdup ("");
}

/**
 * cs_record_list_new:
 * @session: (nullable): whose records; without one the list is what cs_record_list_take() gives it
 * @source: (nullable): where they come from; static
 *
 * Returns: (transfer full): the list, which starts to read at once
 */
CsRecordList *
cs_record_list_new (CsSession *session, const CsRecordSource *source)
{
  CsRecordList *self = g_object_new (CS_TYPE_RECORD_LIST, NULL);

  self->source = source;
  if (session != NULL)
    {
      self->session = g_object_ref (session);
      g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
      cs_record_list_reload (self);
    }
  return self;
}

/** cs_record_list_get_state: Returns: whether there is something to show */
CsListState
cs_record_list_get_state (CsRecordList *self)
{
  g_return_val_if_fail (CS_IS_RECORD_LIST (self), CS_LIST_FAILED);

  return self->state;
}

/** cs_record_list_get_problem: Returns: (transfer none): why the last read failed, "" when it did not */
const char *
cs_record_list_get_problem (CsRecordList *self)
{
  g_return_val_if_fail (CS_IS_RECORD_LIST (self), "");

  return self->problem;
}

/** cs_record_list_reload: reads again; while a read is under way, once more after it. */
void
cs_record_list_reload (CsRecordList *self)
{
  g_return_if_fail (CS_IS_RECORD_LIST (self));

  self->is_stale = self->reading != NULL;
  if (self->session == NULL || self->reading != NULL)
    return;
  self->reading = cs_follow_up (
      cs_session_read (self->session, self->source->read, NULL, NULL, (GDestroyNotify)g_ptr_array_unref),
      self, read_cb, NULL, NULL);
}

static void
replace_range (GPtrArray *items, guint position, guint removed, GPtrArray *fresh, guint added)
{
  if (removed > 0)
    g_ptr_array_remove_range (items, position, removed);
  /* The tail moves once: n insertions one by one would be n² for a first fill. */
  g_ptr_array_set_size (items, (int)(items->len + added));
  memmove (items->pdata + position + added, items->pdata + position,
           (items->len - added - position) * sizeof (gpointer));
  for (guint i = 0; i < added; i++)
    items->pdata[position + i] = g_object_ref (fresh->pdata[position + i]);
}

/* One step from where the first begins to where the last ends. */
static void
join_steps (GArray *steps)
{
  CsMergeStep first = g_array_index (steps, CsMergeStep, 0);
  CsMergeStep last = g_array_index (steps, CsMergeStep, steps->len - 1);
  guint added = 0, removed = 0;
  CsMergeStep whole = { first.position, 0, last.position + last.added - first.position };

  for (guint i = 0; i < steps->len; i++)
    {
      CsMergeStep step = g_array_index (steps, CsMergeStep, i);

      added += step.added;
      removed += step.removed;
    }
  whole.removed = whole.added + removed - added;
  g_array_set_size (steps, 0);
  g_array_append_val (steps, whole);
}

/**
 * cs_record_list_take:
 * @self: the list
 * @fresh: (transfer full): of #CsRecord: what the list holds from now on
 *
 * Rows that are still there keep their objects; only what is different is told.
 */
void
cs_record_list_take (CsRecordList *self, GPtrArray *fresh)
{
  g_autoptr (GPtrArray) rows = fresh;
  g_autoptr (GArray) steps = NULL;

  g_return_if_fail (CS_IS_RECORD_LIST (self));

  steps = cs_record_merge (self->items, rows);
  if (steps->len > STEPS_MAX)
    join_steps (steps);
  for (guint i = 0; i < steps->len; i++)
    {
      CsMergeStep step = g_array_index (steps, CsMergeStep, i);

      replace_range (self->items, step.position, step.removed, rows, step.added);
      g_list_model_items_changed (G_LIST_MODEL (self), step.position, step.removed, step.added);
    }
  set_state (self, CS_LIST_READY, "");
}

/** cs_record_list_find: Returns: (transfer none) (nullable): the row of this id */
gpointer
cs_record_list_find (CsRecordList *self, const char *id)
{
  g_return_val_if_fail (CS_IS_RECORD_LIST (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (cs_record_get_id (self->items->pdata[i]), id) == 0)
      return self->items->pdata[i];
  return NULL;
}
