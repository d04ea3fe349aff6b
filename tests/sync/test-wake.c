/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine wakes from sleep: logind says so on the system's bus, which is one of the test's own here. What
 * the timers missed is caught up with at once, not when they next run [U-10 … U-13, B-08]. */
#include "config.h"

#include "sandbox-fixture.h"

#include "cs-wake-watch.h"

#define LOGIN "org.freedesktop.login1"

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  guint name;
  gboolean has_name;
} System;

static void
named_cb (GDBusConnection *connection, const char *name, gpointer data)
{
  ((System *)data)->has_name = TRUE;
}

static gboolean
has_name (gpointer data)
{
  return ((System *)data)->has_name;
}

/* Before anything in this process has asked for the bus, which GIO keeps. */
static System *
system_start (void)
{
  System *system = g_new0 (System, 1);
  g_autoptr (GError) error = NULL;

  system->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (system->bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (system->bus), TRUE);
  system->connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (system->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      NULL, &error);
  g_assert_no_error (error);
  system->name = g_bus_own_name_on_connection (system->connection, LOGIN, G_BUS_NAME_OWNER_FLAGS_NONE,
                                               named_cb, NULL, system, NULL);
  g_assert_true (test_wait_until (has_name, system));
  return system;
}

static void
system_say (System *system, gboolean goes_to_sleep)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (system->connection, NULL, "/org/freedesktop/login1",
                                 "org.freedesktop.login1.Manager", "PrepareForSleep",
                                 g_variant_new ("(b)", goes_to_sleep), &error);
  g_assert_no_error (error);
}

typedef struct
{
  System *system;
  guint n_resumed;
  guint n_told;
} Heard;

static void
woke_cb (CsWake wake, gpointer data)
{
  Heard *heard = data;

  heard->n_resumed += wake == CS_WAKE_RESUMED;
}

/* It listens a moment after it was made, so it is told until it has heard. */
static gboolean
has_heard (gpointer data)
{
  Heard *heard = data;

  system_say (heard->system, FALSE);
  return heard->n_resumed > 0;
}

static void
test_watch (gconstpointer data)
{
  Heard heard = { (System *)data, 0 };
  CsWakeWatch *watch = cs_wake_watch_new (woke_cb, &heard);
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_true (test_wait_until (has_heard, &heard));
  n = heard.n_resumed;
  cs_wake_watch_free (watch);
  /* who has stopped listening hears nothing more */
  system_say (heard.system, FALSE);
  g_dbus_connection_flush_sync (heard.system->connection, NULL, &error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (heard.n_resumed, ==, n);
}

static gboolean
is_idle (gpointer session)
{
  return cs_session_get_activity (session) == CS_ACTIVITY_IDLE && cs_session_get_synced_ms (session) > 0;
}

typedef struct
{
  System *system;
  SandboxFixture *fixture;
  gint64 before;
} Waking;

static gboolean
has_read (gpointer data)
{
  Waking *waking = data;

  system_say (waking->system, FALSE);
  return sandbox_fixture_count (waking->fixture, "requests") > waking->before;
}

/* Hours pass, in which no timer ran. */
static void
test_session_reads_at_once (gconstpointer data)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = sandbox_fixture_open (fixture);
  Waking waking = { (System *)data, fixture, 0 };

  sandbox_fixture_connect (fixture, session);
  g_assert_true (test_wait_until (is_idle, session));
  test_clock_advance (3 * G_GINT64_CONSTANT (3600000));
  waking.before = sandbox_fixture_count (fixture, "requests");
  g_assert_true (test_wait_until (has_read, &waking));
  g_assert_true (test_wait_until (is_idle, session));
  sandbox_fixture_close (session);
  test_clock_advance (-3 * G_GINT64_CONSTANT (3600000));
}

int
main (int argc, char **argv)
{
  System *system;
  int result;

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  system = system_start ();
  g_test_add_data_func ("/wake/watch-hears-the-machine", system, test_watch);
  g_test_add_data_func ("/wake/U-10-session-reads-at-once", system, test_session_reads_at_once);
  result = g_test_run ();
  g_bus_unown_name (system->name);
  g_clear_object (&system->connection);
  g_test_dbus_stop (system->bus);
  g_clear_object (&system->bus);
  g_free (system);
  return result;
}
