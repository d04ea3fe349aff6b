/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-notice.h"

#include "cs-alert-item.h"
#include "cs-alert-words.h"
#include "cs-store-alerts.h"

#include <glib/gi18n-lib.h>

#define NOTIFICATION "needs-you"

struct _CsNotice
{
  GApplication *application; /* unowned: it owns us */
  GtkWindow *window;         /* unowned: the application closes the practice, and so us, before it */
  CsRecordList *alerts;
  GHashTable *known; /* set of ids: open, and shown to somebody or told */
  GHashTable *told;  /* set of ids: of those, what the notification that is out stands for */
  gboolean was_read;
};

static gpointer
read_alerts (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_alerts (store, error);
}

/* All of them, as the list of Activity leaves out what its journal says. */
static const CsRecordSource source = { CS_CHANGE_ALERTS, read_alerts, cs_alert_item_new };

static void
withdraw (CsNotice *self)
{
  if (g_hash_table_size (self->told) == 0)
    return;
  g_hash_table_remove_all (self->told);
  g_application_withdraw_notification (self->application, NOTIFICATION);
}

/* A locked screen shows notifications to anybody: no client, no amount. */
static char *
make_title (const CsAlert *alert)
{
  if (alert->code == CS_ALERT_BLOCKED && cs_alert_get_number (alert, "count") <= 1)
    return g_strdup (_ ("An entry was not sent"));
  return cs_alert_words_title (alert);
}

static void
tell (CsNotice *self, const CsAlert *newest)
{
  guint n_told = g_hash_table_size (self->told);
  g_autofree char *title = make_title (newest);
  g_autofree char *body
      = n_told > 1 ? g_strdup_printf (ngettext ("%'u thing needs you. Activity says what to do.",
                                                "%'u things need you. Activity says what to do.", n_told),
                                      n_told)
                   : g_strdup (_ ("Activity says what to do."));
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action (notification, "app.show-activity");
  g_application_send_notification (self->application, NOTIFICATION, notification);
}

/* The day's allowance comes back by itself: nobody is needed. */
static gboolean
needs_person (const CsAlert *alert)
{
  return alert->code != CS_ALERT_DAY_LIMIT;
}

static gboolean
is_gone (gpointer id, gpointer value, gpointer alerts)
{
  return cs_record_list_find (alerts, id) == NULL;
}

static void
look (CsNotice *self)
{
  guint n_alerts = g_list_model_get_n_items (G_LIST_MODEL (self->alerts));
  gboolean is_seen = !self->was_read || gtk_window_is_active (self->window);
  const CsAlert *newest = NULL;

  if (cs_record_list_get_state (self->alerts) != CS_LIST_READY)
    return;
  for (guint i = n_alerts; i > 0; i--)
    {
      g_autoptr (CsAlertItem) item = g_list_model_get_item (G_LIST_MODEL (self->alerts), i - 1);
      const CsAlert *alert = cs_alert_item_get (item);

      if (!needs_person (alert) || !g_hash_table_add (self->known, cs_uuid_to_string (&alert->id)) || is_seen)
        continue;
      g_hash_table_add (self->told, cs_uuid_to_string (&alert->id));
      newest = alert;
    }
  self->was_read = TRUE;
  g_hash_table_foreach_remove (self->known, is_gone, self->alerts);
  if (g_hash_table_foreach_remove (self->told, is_gone, self->alerts) > 0
      && g_hash_table_size (self->told) == 0)
    g_application_withdraw_notification (self->application, NOTIFICATION);
  if (newest != NULL)
    tell (self, newest);
}

static void
on_is_active (CsNotice *self)
{
  if (gtk_window_is_active (self->window))
    withdraw (self);
}

/**
 * cs_notice_new:
 * @application: who notifies; has an action "show-activity"
 * @window: who looks at it is not told
 * @session: an open practice
 *
 * What is open already when the practice is opened is on screen, and no news.
 *
 * Returns: (transfer full): watches @session until it is freed; free it before @window goes
 */
CsNotice *
cs_notice_new (GApplication *application, GtkWindow *window, CsSession *session)
{
  CsNotice *self;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  self = g_new0 (CsNotice, 1);
  self->application = application;
  self->window = window;
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->alerts = cs_record_list_new (session, &source);
  g_signal_connect_swapped (self->alerts, "items-changed", G_CALLBACK (look), self);
  g_signal_connect_swapped (self->alerts, "notify::state", G_CALLBACK (look), self);
  g_signal_connect_swapped (window, "notify::is-active", G_CALLBACK (on_is_active), self);
  return self;
}

/** cs_notice_free: takes back what is out, since nobody would do so later. */
void
cs_notice_free (CsNotice *self)
{
  withdraw (self);
  g_signal_handlers_disconnect_by_data (self->window, self);
  g_signal_handlers_disconnect_by_data (self->alerts, self);
  g_object_unref (self->alerts);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->told);
  g_free (self);
}
