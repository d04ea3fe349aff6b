/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-request-item.h"

#include "cs-store-requests.h"

struct _CsRequestItem
{
  GObject parent_instance;
  char *id;
  CsRequest *request;
};

static const char *
cs_request_item_get_id (CsRecord *record)
{
  return CS_REQUEST_ITEM (record)->id;
}

/* What was called stays called. */
static gboolean
cs_request_item_adopt (CsRecord *record, CsRecord *fresh)
{
  return FALSE;
}

static void
cs_request_item_record_init (CsRecordInterface *interface)
{
  interface->get_id = cs_request_item_get_id;
  interface->adopt = cs_request_item_adopt;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsRequestItem,
                               cs_request_item,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_RECORD, cs_request_item_record_init))

static void
cs_request_item_finalize (GObject *object)
{
  CsRequestItem *self = CS_REQUEST_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->request, cs_request_free);
  G_OBJECT_CLASS (cs_request_item_parent_class)->finalize (object);
}

static void
cs_request_item_class_init (CsRequestItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_request_item_finalize;
}

static void
cs_request_item_init (CsRequestItem *self)
{
}

/** cs_request_item_new: Returns: (transfer full): a row of @request (transfer full) */
CsRecord *
cs_request_item_new (gpointer request)
{
  CsRequestItem *self = g_object_new (CS_TYPE_REQUEST_ITEM, NULL);

  self->request = request;
  self->id = g_strdup_printf ("%" G_GINT64_FORMAT, self->request->sequence);
  return CS_RECORD (self);
}

/** cs_request_item_get: Returns: (transfer none): the call */
const CsRequest *
cs_request_item_get (CsRequestItem *self)
{
  g_return_val_if_fail (CS_IS_REQUEST_ITEM (self), NULL);

  return self->request;
}

static gpointer
read_requests (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_requests (store, NULL, CS_REQUEST_LIST_MAX, error);
}

static const CsRecordSource source = { CS_CHANGE_REQUESTS, read_requests, cs_request_item_new };

/** cs_request_list_new: Returns: (transfer full): the newest calls of @session's practice */
CsRecordList *
cs_request_list_new (CsSession *session)
{
  return cs_record_list_new (session, &source);
}

static gpointer
read_requests_of (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_requests (store, data, CS_REQUEST_LIST_MAX, error);
}

/** cs_request_list_read_of: Returns: (transfer full): of #CsRequest: what was called for @journal_id */
DexFuture *
cs_request_list_read_of (CsSession *session, const CsUuid *journal_id)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && journal_id != NULL, NULL);

  return cs_session_read (session, read_requests_of, g_memdup2 (journal_id, sizeof *journal_id), g_free,
                          (GDestroyNotify)g_ptr_array_unref);
}
