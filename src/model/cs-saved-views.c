/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-saved-views.h"

#include "cs-follow-up.h"
#include "cs-session-review.h"
#include "cs-store-review.h"

#define COLUMNS_NAME "invoices.columns"

typedef struct
{
  GPtrArray *views;
  char *columns;
} Reading;

struct _CsSavedViews
{
  GObject parent_instance;
  CsSession *session;
  Reading *reading;
  gboolean is_loaded;
  gboolean is_stale;
  DexFuture *awaited;
};

G_DEFINE_FINAL_TYPE (CsSavedViews, cs_saved_views, G_TYPE_OBJECT)

static guint changed_signal;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->views, g_ptr_array_unref);
  g_free (reading->columns);
  g_free (reading);
}

static gpointer
read_job (CsStore *store, gpointer data, GError **error)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->views = cs_store_list_saved_views (store, error);
  reading->columns = reading->views != NULL ? cs_store_get_remembered (store, COLUMNS_NAME, error) : NULL;
  if (reading->columns != NULL)
    return reading;
  reading_free (reading);
  return NULL;
}

static void load (CsSavedViews *self);

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsSavedViews *self = object;
  g_autoptr (GError) error = NULL;
  Reading *reading = cs_settled_steal_record (settled, &error);

  dex_clear (&self->awaited);
  if (reading != NULL)
    {
      g_clear_pointer (&self->reading, reading_free);
      self->reading = reading;
      self->is_loaded = TRUE;
      g_signal_emit (self, changed_signal, 0);
    }
  else if (error != NULL && !cs_error_is_cancelled (error))
    g_message ("Saved views were not read: %s", error->message);
  if (self->is_stale)
    load (self);
}

static void
load (CsSavedViews *self)
{
  self->is_stale = self->awaited != NULL;
  if (self->awaited == NULL)
    self->awaited = cs_follow_up (cs_session_read (self->session, read_job, NULL, NULL, reading_free), self,
                                  read_cb, NULL, NULL);
}

static void
session_changed_cb (CsSavedViews *self, guint changes)
{
  if ((changes & CS_CHANGE_VIEWS) != 0)
    load (self);
}

static void
cs_saved_views_dispose (GObject *object)
{
  CsSavedViews *self = CS_SAVED_VIEWS (object);

  dex_clear (&self->awaited);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_saved_views_parent_class)->dispose (object);
}

static void
cs_saved_views_finalize (GObject *object)
{
  g_clear_pointer (&CS_SAVED_VIEWS (object)->reading, reading_free);
  G_OBJECT_CLASS (cs_saved_views_parent_class)->finalize (object);
}

static void
cs_saved_views_class_init (CsSavedViewsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = cs_saved_views_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_saved_views_finalize;
  changed_signal
      = g_signal_new ("changed", CS_TYPE_SAVED_VIEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_saved_views_init (CsSavedViews *self)
{
  self->reading = g_new0 (Reading, 1);
  self->reading->views = g_ptr_array_new ();
  self->reading->columns = g_strdup ("");
}

/** cs_saved_views_new: Returns: (transfer full): those of @session's practice, read at once */
CsSavedViews *
cs_saved_views_new (CsSession *session)
{
  CsSavedViews *self = g_object_new (CS_TYPE_SAVED_VIEWS, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/** cs_saved_views_is_loaded: Returns: whether they were read */
gboolean
cs_saved_views_is_loaded (CsSavedViews *self)
{
  g_return_val_if_fail (CS_IS_SAVED_VIEWS (self), FALSE);

  return self->is_loaded;
}

/** cs_saved_views_get: Returns: (transfer none) (element-type CsSavedView): by name, until "changed" */
GPtrArray *
cs_saved_views_get (CsSavedViews *self)
{
  g_return_val_if_fail (CS_IS_SAVED_VIEWS (self), NULL);

  return self->reading->views;
}

/** cs_saved_views_get_columns: Returns: (transfer none): how the list was left, "" at first */
const char *
cs_saved_views_get_columns (CsSavedViews *self)
{
  g_return_val_if_fail (CS_IS_SAVED_VIEWS (self), "");

  return self->reading->columns;
}

/** cs_saved_views_find: Returns: (transfer none) (nullable): the view of this id, until "changed" */
const CsSavedView *
cs_saved_views_find (CsSavedViews *self, const char *id)
{
  g_return_val_if_fail (CS_IS_SAVED_VIEWS (self), NULL);

  for (guint i = 0; i < self->reading->views->len; i++)
    {
      CsSavedView *view = self->reading->views->pdata[i];
      g_autofree char *text = cs_uuid_to_string (&view->id);

      if (g_strcmp0 (text, id) == 0)
        return view;
    }
  return NULL;
}

static void
remembered_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    g_message ("How the list was left was not kept: %s", error->message);
}

/** cs_saved_views_remember_columns: keeps how the list was left. */
void
cs_saved_views_remember_columns (CsSavedViews *self, const char *columns)
{
  g_return_if_fail (CS_IS_SAVED_VIEWS (self) && columns != NULL);

  if (!g_set_str (&self->reading->columns, columns))
    return;
  cs_follow_up_to_the_end (cs_session_remember (self->session, COLUMNS_NAME, columns), self, remembered_cb,
                           NULL, NULL);
}
