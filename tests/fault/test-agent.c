/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The background process where there is no network: it waits, which costs nothing, and goes on once there is
 * one. */
#include "fault-practice.h"

#include <sqlite3.h>

#include "cs-agent.h"

/* --- a machine whose network is as the test says --- */

#define FAKE_TYPE_NETWORK (fake_network_get_type ())
G_DECLARE_FINAL_TYPE (FakeNetwork, fake_network, FAKE, NETWORK, GObject)

struct _FakeNetwork
{
  GObject parent_instance;
  gboolean is_available;
  guint n_asked;
};

enum
{
  PROP_0,
  PROP_NETWORK_AVAILABLE,
  PROP_NETWORK_METERED,
  PROP_CONNECTIVITY,
};

static gboolean
fake_network_init_now (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
initable_init (GInitableIface *iface)
{
  iface->init = fake_network_init_now;
}

/* All that the agent uses of it. */
static void
monitor_init (GNetworkMonitorInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeNetwork,
                               fake_network,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_init)
                                   G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, monitor_init))

static void
fake_network_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  FakeNetwork *self = FAKE_NETWORK (object);

  if (id == PROP_NETWORK_AVAILABLE)
    {
      self->n_asked++;
      g_value_set_boolean (value, self->is_available);
    }
  else if (id == PROP_NETWORK_METERED)
    g_value_set_boolean (value, FALSE);
  else
    g_value_set_enum (value, self->is_available ? G_NETWORK_CONNECTIVITY_FULL : G_NETWORK_CONNECTIVITY_LOCAL);
}

static void
fake_network_class_init (FakeNetworkClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fake_network_get_property;
  g_object_class_override_property (object_class, PROP_NETWORK_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_NETWORK_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
fake_network_init (FakeNetwork *self)
{
}

/* --- an agent on it --- */

typedef struct
{
  FaultPractice *practice;
  FakeNetwork *network;
  CsAgent *agent;
  DexFuture *running;
} Desk;

static gboolean
was_asked (gpointer data)
{
  return ((FakeNetwork *)data)->n_asked > 0;
}

/* The network changes, or only says so; then the agent has looked at what is to be done, all of it: it asks
 * for the network once before each look, and a second time only when the first look has ended. */
static void
say (Desk *desk, gboolean is_available)
{
  desk->network->is_available = is_available;
  for (guint i = 0; i < 2; i++)
    {
      desk->network->n_asked = 0;
      g_signal_emit_by_name (desk->network, "network-changed", is_available);
      g_assert_true (test_wait_until (was_asked, desk->network));
    }
}

static Desk *
desk_new (gboolean is_available)
{
  Desk *desk = g_new0 (Desk, 1);
  CsAgentOptions options = { 0 };

  desk->practice = fault_practice_new ();
  desk->network = g_object_new (FAKE_TYPE_NETWORK, NULL);
  desk->network->is_available = is_available;
  fault_practice_accept (desk->practice, 0);
  options.data_folder = desk->practice->sandbox->folder;
  options.sandbox = desk->practice->sandbox->address;
  options.clock = &desk->practice->clock;
  options.network = G_NETWORK_MONITOR (desk->network);
  desk->agent = cs_agent_new (&options);
  desk->running = cs_agent_run (desk->agent);
  return desk;
}

static void
desk_free (Desk *desk)
{
  cs_agent_stop (desk->agent);
  test_await (g_steal_pointer (&desk->running), NULL);
  cs_agent_free (desk->agent);
  g_object_unref (desk->network);
  fault_practice_free (desk->practice);
  g_free (desk);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

static gint64
query (const Desk *desk, const char *sql)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 value = 0;

  g_assert_cmpint (sqlite3_open_v2 (desk->practice->database, &handle, SQLITE_OPEN_READONLY, NULL), ==,
                   SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return value;
}

static gint64
count_requests (const Desk *desk)
{
  return sandbox_fixture_count (desk->practice->sandbox, "requests");
}

static gint64
count_tries (const Desk *desk)
{
  return query (desk, "SELECT sum (attempts) FROM journal");
}

static gint64
count_alerts (const Desk *desk)
{
  return query (desk, "SELECT count(*) FROM alert");
}

/* When the daily read began that went well; 0: none did. */
static gint64
get_pulled_ms (const Desk *desk)
{
  return query (desk, "SELECT coalesce (max (pulled_ms), 0) FROM schedule");
}

/* --- the tests --- */

/* B-01, R-03: nothing is tried, so nothing fails and nobody is told; then the daily run, once. */
static void
test_waits_for_the_network (void)
{
  g_autoptr (Desk) desk = desk_new (FALSE);
  gint64 n_requests = count_requests (desk), pulled_ms = 0;

  for (guint i = 0; i < 3; i++)
    say (desk, FALSE);
  g_assert_cmpint (count_requests (desk), ==, n_requests);
  g_assert_cmpint (count_tries (desk), ==, 0);
  g_assert_cmpint (count_alerts (desk), ==, 0);
  g_assert_cmpint (get_pulled_ms (desk), ==, 0);

  say (desk, TRUE);
  g_assert_cmpuint (fault_practice_count (desk->practice, "done"), ==, 2);
  pulled_ms = get_pulled_ms (desk);
  g_assert_cmpint (pulled_ms, >, 0);
  n_requests = count_requests (desk);

  /* The day's run is done, however often the network goes and comes. */
  for (guint i = 0; i < 3; i++)
    {
      say (desk, FALSE);
      say (desk, TRUE);
    }
  g_assert_cmpint (count_requests (desk), ==, n_requests);
  g_assert_cmpint (get_pulled_ms (desk), ==, pulled_ms);
  g_assert_cmpint (count_alerts (desk), ==, 0);
  fault_practice_check_all (desk->practice);
}

/* A run that reached nobody waits for a quarter of an hour, or until the network has gone and come back. */
static void
test_goes_on_after_the_network_was_lost (void)
{
  g_autoptr (Desk) desk = desk_new (FALSE);
  gint64 n_requests = 0;

  sandbox_fixture_fault (desk->practice->sandbox, "GET", "/api.xro/2.0", "cut-before", 1000, 0);
  sandbox_fixture_fault (desk->practice->sandbox, "PUT", "/api.xro/2.0", "cut-before", 1000, 0);
  say (desk, TRUE);
  n_requests = count_requests (desk);
  g_assert_cmpint (get_pulled_ms (desk), ==, 0);
  sandbox_fixture_forgive (desk->practice->sandbox);
  say (desk, TRUE);
  g_assert_cmpint (count_requests (desk), ==, n_requests);
  say (desk, FALSE);
  g_assert_cmpint (count_requests (desk), ==, n_requests);
  say (desk, TRUE);
  g_assert_cmpint (get_pulled_ms (desk), >, 0);
  g_assert_cmpint (count_alerts (desk), ==, 0);
}

#define MONTH_MS (30 * G_GINT64_CONSTANT (86400000))

/* a run that reached nobody by a clock that was a month ahead keeps nothing waiting once that is right.
 */
static void
test_wrong_clock (void)
{
  g_autoptr (Desk) desk = desk_new (FALSE);

  sandbox_fixture_fault (desk->practice->sandbox, "GET", "/api.xro/2.0", "cut-before", 1000, 0);
  sandbox_fixture_fault (desk->practice->sandbox, "PUT", "/api.xro/2.0", "cut-before", 1000, 0);
  desk->practice->ahead_ms += MONTH_MS;
  say (desk, TRUE);
  g_assert_cmpint (get_pulled_ms (desk), ==, 0);
  sandbox_fixture_forgive (desk->practice->sandbox);
  desk->practice->ahead_ms -= MONTH_MS;
  say (desk, TRUE);
  g_assert_cmpint (get_pulled_ms (desk), >, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (GTestDBus) bus = NULL;
  int code = 0;

  dex_init ();
  fault_practice_prepare_if_asked (argc, argv);
  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_test_add_func ("/agent/B-01-R-03-waits-for-the-network", test_waits_for_the_network);
  g_test_add_func ("/agent/B-01-goes-on-after-the-network-was-lost", test_goes_on_after_the_network_was_lost);
  g_test_add_func ("/agent/R-03-a-wrong-clock-parks-nothing", test_wrong_clock);
  code = g_test_run ();
  g_test_dbus_stop (bus);
  return code;
}
