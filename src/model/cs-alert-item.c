/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-alert-item.h"

#include "cs-store-alerts.h"
#include "cs-words.h"

struct _CsAlertItem
{
  GObject parent_instance;
  char *id;
  CsAlert *alert;
};

static const char *
cs_alert_item_get_id (CsRecord *record)
{
  return CS_ALERT_ITEM (record)->id;
}

static gboolean
is_same (const CsAlert *a, const CsAlert *b)
{
  return a->code == b->code && a->raised_ms == b->raised_ms
         && g_strv_equal ((const char *const *)a->parameters, (const char *const *)b->parameters)
         && cs_uuid_equal (&a->subject_id, &b->subject_id);
}

static gboolean
cs_alert_item_adopt (CsRecord *record, CsRecord *fresh_record)
{
  CsAlertItem *self = CS_ALERT_ITEM (record);
  CsAlertItem *fresh = CS_ALERT_ITEM (fresh_record);

  if (is_same (self->alert, fresh->alert))
    return FALSE;
  cs_alert_free (self->alert);
  self->alert = g_steal_pointer (&fresh->alert);
  return TRUE;
}

static void
cs_alert_item_record_init (CsRecordInterface *interface)
{
  interface->get_id = cs_alert_item_get_id;
  interface->adopt = cs_alert_item_adopt;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsAlertItem,
                               cs_alert_item,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_RECORD, cs_alert_item_record_init))

static void
cs_alert_item_finalize (GObject *object)
{
  CsAlertItem *self = CS_ALERT_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->alert, cs_alert_free);
  G_OBJECT_CLASS (cs_alert_item_parent_class)->finalize (object);
}

static void
cs_alert_item_class_init (CsAlertItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_alert_item_finalize;
}

static void
cs_alert_item_init (CsAlertItem *self)
{
}

/** cs_alert_item_new: Returns: (transfer full): a row of @alert (transfer full) */
CsRecord *
cs_alert_item_new (gpointer alert)
{
  CsAlertItem *self = g_object_new (CS_TYPE_ALERT_ITEM, NULL);

  self->alert = alert;
  self->id = cs_uuid_to_string (&self->alert->id);
  return CS_RECORD (self);
}

/** cs_alert_item_get: Returns: (transfer none): the record, valid until "changed" */
const CsAlert *
cs_alert_item_get (CsAlertItem *self)
{
  g_return_val_if_fail (CS_IS_ALERT_ITEM (self), NULL);

  return self->alert;
}

/** cs_alert_item_matches: Returns: whether @query (nullable) is found in what it tells */
gboolean
cs_alert_item_matches (CsAlertItem *self, const char *query)
{
  const CsAlert *alert = cs_alert_item_get (self);
  const char *texts[] = { cs_alert_get_parameter (alert, "client"), cs_alert_get_parameter (alert, "number"),
                          cs_alert_get_parameter (alert, "message") };

  return cs_words_match (query, texts, G_N_ELEMENTS (texts));
}

static gpointer
read_alerts (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) alerts = cs_store_list_alerts (store, error);

  for (guint i = alerts != NULL ? alerts->len : 0; i > 0; i--)
    {
      const CsAlert *alert = alerts->pdata[i - 1];

      if (alert->code == CS_ALERT_BLOCKED && cs_alert_get_number (alert, "count") <= 1)
        g_ptr_array_remove_index (alerts, i - 1);
    }
  return g_steal_pointer (&alerts);
}

static const CsRecordSource source = { CS_CHANGE_ALERTS, read_alerts, cs_alert_item_new };

/** cs_alert_list_new: Returns: (transfer full): what needs a person in @session's practice */
CsRecordList *
cs_alert_list_new (CsSession *session)
{
  return cs_record_list_new (session, &source);
}
