/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-wake-watch.h"

struct _CsWakeWatch
{
  CsWakeFunc func;
  gpointer data;
  GNetworkMonitor *network;
  gulong network_handler;
  GCancellable *cancellable;
  GDBusConnection *bus; /* (nullable): the system's, once there */
  guint subscription;
};

static void
network_changed_cb (GNetworkMonitor *network, gboolean is_available, gpointer data)
{
  CsWakeWatch *watch = data;

  if (is_available)
    watch->func (CS_WAKE_NETWORK, watch->data);
}

static void
sleep_cb (GDBusConnection *bus,
          const char *sender,
          const char *path,
          const char *interface,
          const char *signal,
          GVariant *parameters,
          gpointer data)
{
  CsWakeWatch *watch = data;
  gboolean goes_to_sleep = TRUE;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &goes_to_sleep);
  if (!goes_to_sleep)
    watch->func (CS_WAKE_RESUMED, watch->data);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);
  CsWakeWatch *watch = data;

  /* Cancelled: the watch is gone. No system bus: nobody tells. */
  if (bus == NULL)
    return;
  watch->bus = g_steal_pointer (&bus);
  watch->subscription = g_dbus_connection_signal_subscribe (
      watch->bus, "org.freedesktop.login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
      "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE, sleep_cb, watch, NULL);
}

/**
 * cs_wake_watch_new:
 * @func: called on the thread's main context
 * @data: handed to @func
 *
 * Returns: (transfer full): a watch
 */
CsWakeWatch *
cs_wake_watch_new (CsWakeFunc func, gpointer data)
{
  CsWakeWatch *watch = g_new0 (CsWakeWatch, 1);

  watch->func = func;
  watch->data = data;
  watch->network = g_object_ref (g_network_monitor_get_default ());
  watch->network_handler
      = g_signal_connect (watch->network, "network-changed", G_CALLBACK (network_changed_cb), watch);
  watch->cancellable = g_cancellable_new ();
  g_bus_get (G_BUS_TYPE_SYSTEM, watch->cancellable, bus_cb, watch);
  return watch;
}

/**
 * cs_wake_watch_free:
 * @watch: (transfer full) (nullable): a watch
 */
void
cs_wake_watch_free (CsWakeWatch *watch)
{
  if (watch == NULL)
    return;
  g_cancellable_cancel (watch->cancellable);
  g_clear_object (&watch->cancellable);
  g_clear_signal_handler (&watch->network_handler, watch->network);
  g_clear_object (&watch->network);
  if (watch->bus != NULL)
    g_dbus_connection_signal_unsubscribe (watch->bus, watch->subscription);
  g_clear_object (&watch->bus);
  g_free (watch);
}
