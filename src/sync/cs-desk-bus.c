/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-desk-bus.h"

#include <glib/gi18n-lib.h>

#include "cs-desk-run.h"
#include "cs-desk-status.h"

#define OBJECT_PATH "/io/github/countersign/Countersign/Desk"
#define INTERFACE APPLICATION_ID ".Desk1"
#define ERROR_BUSY INTERFACE ".Error.Busy"
#define ERROR_FAILED INTERFACE ".Error.Failed"
#define STATUS_TIMEOUT_MS 5000
/* Longer than a session takes to close at most. */
#define YIELD_TIMEOUT_MS 30000
/* The holder's name comes a moment after its lock: whoever met the lock asks again for so long. */
#define ASK_AGAIN_MS 200
#define ASKS_MAX 10u

static const char INTROSPECTION[]
    = "<node><interface name='" INTERFACE "'>"
      "<method name='Sync'><arg type='s' name='mode' direction='in'/>"
      "<arg type='s' name='report' direction='out'/></method>"
      "<method name='Status'><arg type='s' name='status' direction='out'/></method>"
      "<method name='Yield'/>"
      "</interface></node>";

static char *
make_name (const CsUuid *practice_id)
{
  g_autofree char *id = cs_uuid_to_string (practice_id);
  g_auto (GStrv) parts = g_strsplit (id, "-", -1);
  g_autofree char *plain = g_strjoinv ("", parts);

  return g_strconcat (APPLICATION_ID ".Desk.p", plain, NULL);
}

/* --- the holder's side --- */

struct _CsDeskBus
{
  CsSession *session;
  const char *program;
  CsDeskYield yield;
  gpointer data;
  guint owner;
  GDBusConnection *connection; /* (nullable): where the object is */
  guint object;
};

/* One call that is being answered. The session is held, the bus is not: it may be freed meanwhile. */
typedef struct
{
  CsSession *session;
  GDBusMethodInvocation *invocation;
  const char *program;
  CsDeskMode mode;
  DexFuture *yielding; /* (nullable) */
} Call;

static void
call_free (Call *call)
{
  g_object_unref (call->session);
  g_clear_object (&call->invocation);
  dex_clear (&call->yielding);
  g_free (call);
}

static Call *
call_new (CsDeskBus *bus, GDBusMethodInvocation *invocation)
{
  Call *call = g_new0 (Call, 1);

  call->session = g_object_ref (bus->session);
  call->invocation = g_object_ref (invocation);
  call->program = bus->program;
  return call;
}

static DexFuture *
answer_error (Call *call, const GError *error)
{
  g_dbus_method_invocation_return_dbus_error (call->invocation, ERROR_FAILED, error->message);
  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
answer_string (Call *call, const char *text)
{
  g_dbus_method_invocation_return_value (call->invocation, g_variant_new ("(s)", text));
  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
sync_fiber (gpointer data)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDeskReport) report = cs_await_record (cs_desk_run (call->session, call->mode), &error);
  g_autofree char *json = NULL;

  if (report == NULL)
    return answer_error (call, error);
  json = cs_desk_report_to_json (report);
  return answer_string (call, json);
}

typedef struct
{
  CsPracticeEntry *entry;
  CsDeskHolder holder;
} StatusJob;

static void
status_job_free (StatusJob *job)
{
  cs_practice_entry_free (job->entry);
  g_free (job->holder.problem);
  g_free (job);
}

static gpointer
status_job (CsStore *store, gpointer data, GError **error)
{
  StatusJob *job = data;

  return cs_desk_status_to_json (store, job->entry, &job->holder, error);
}

static DexFuture *
status_fiber (gpointer data)
{
  Call *call = data;
  CsSession *session = call->session;
  StatusJob *job = g_new0 (StatusJob, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  job->entry = cs_practice_entry_copy (cs_session_get_practice (session));
  job->holder = (CsDeskHolder){ .program = call->program,
                                .activity = cs_session_get_activity (session),
                                .link_state = cs_session_get_link_state (session),
                                .problem = g_strdup (cs_session_get_last_problem (session)) };
  json = cs_await_record (cs_session_read (session, status_job, job, (GDestroyNotify)status_job_free, g_free),
                          &error);
  return json != NULL ? answer_string (call, json) : answer_error (call, error);
}

static DexFuture *
yield_fiber (gpointer data)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;

  if (!cs_await (g_steal_pointer (&call->yielding), &error))
    return answer_error (call, error);
  g_dbus_method_invocation_return_value (call->invocation, NULL);
  return dex_future_new_for_boolean (TRUE);
}

static void
start (DexFiberFunc func, Call *call)
{
  dex_future_disown (cs_spawn_to_the_end (func, call, (GDestroyNotify)call_free));
}

static void
start_yield (CsDeskBus *bus, GDBusMethodInvocation *invocation)
{
  Call *call = NULL;

  if (bus->yield == NULL)
    {
      g_dbus_method_invocation_return_dbus_error (
          invocation, ERROR_BUSY, _ ("The practice is open in another Countersign. Close that one first."));
      return;
    }
  call = call_new (bus, invocation);
  call->yielding = bus->yield (bus->data);
  start (yield_fiber, call);
}

static void
on_method_call (GDBusConnection *connection,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer data)
{
  CsDeskBus *bus = data;
  const char *mode = NULL;
  Call *call = NULL;

  /* Each handler takes over the one reference to the invocation that GDBus hands in. */
  if (g_str_equal (method, "Yield"))
    start_yield (bus, invocation);
  else if (g_str_equal (method, "Status"))
    start (status_fiber, call_new (bus, invocation));
  else
    {
      g_variant_get (parameters, "(&s)", &mode);
      call = call_new (bus, invocation);
      if (cs_desk_mode_parse (mode, &call->mode))
        {
          start (sync_fiber, call);
          return;
        }
      call_free (call);
      g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                             "%s is no mode: sync, push or pull", mode);
    }
}

static void
on_bus_acquired (GDBusConnection *connection, const char *name, gpointer data)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_method_call };
  CsDeskBus *bus = data;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (INTROSPECTION, NULL);
  g_autoptr (GError) error = NULL;

  g_set_object (&bus->connection, connection);
  bus->object = g_dbus_connection_register_object (connection, OBJECT_PATH, node->interfaces[0], &vtable, bus,
                                                   NULL, &error);
  if (bus->object == 0)
    g_message ("The practice is not on the session bus: %s", error->message);
}

/**
 * cs_desk_bus_export:
 * @session: an open session
 * @program: a static word for who we are: "window", "agent", "command-line"
 * @yield: (nullable): lets go of the practice; %NULL when only a person may
 * @data: for @yield
 *
 * Returns: (transfer full): the practice on the session bus, as soon as that answers
 */
CsDeskBus *
cs_desk_bus_export (CsSession *session, const char *program, CsDeskYield yield, gpointer data)
{
  CsDeskBus *bus = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  bus = g_new0 (CsDeskBus, 1);
  bus->session = g_object_ref (session);
  bus->program = program;
  bus->yield = yield;
  bus->data = data;
  name = make_name (&cs_session_get_practice (session)->id);
  bus->owner = g_bus_own_name (G_BUS_TYPE_SESSION, name, G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE, on_bus_acquired,
                               NULL, NULL, bus, NULL);
  return bus;
}

/** cs_desk_bus_free: takes the practice off the bus; calls that are being answered are still answered. */
void
cs_desk_bus_free (CsDeskBus *bus)
{
  if (bus == NULL)
    return;
  g_clear_handle_id (&bus->owner, g_bus_unown_name);
  if (bus->object != 0)
    g_dbus_connection_unregister_object (bus->connection, bus->object);
  g_clear_object (&bus->connection);
  g_object_unref (bus->session);
  g_free (bus);
}

/* --- the asker's side --- */

typedef struct
{
  DexPromise *promise;
  char *name;
  const char *method;
  GVariant *parameters;
  int timeout_ms;
  guint n_left; /* how often it is asked again where nobody is there */
} Question;

static void
question_free (Question *question)
{
  dex_clear (&question->promise);
  g_clear_pointer (&question->parameters, g_variant_unref);
  g_free (question->name);
  g_free (question);
}

/* The holder's own words without D-Bus's; what D-Bus itself says (nobody there) keeps its domain. */
static GError *
translate (GError *error)
{
  g_autofree char *remote = g_dbus_error_get_remote_error (error);

  if (remote == NULL || !g_str_has_prefix (remote, INTERFACE))
    return error;
  g_dbus_error_strip_remote_error (error);
  error->domain = G_IO_ERROR;
  error->code = G_IO_ERROR_BUSY;
  return error;
}

static void on_connected (GObject *object, GAsyncResult *result, gpointer data);

static void
ask_again_cb (gpointer question)
{
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_connected, question);
}

static gboolean
is_nobody (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN);
}

static void
on_answered (GObject *object, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  const char *text = "";

  if (is_nobody (error) && question->n_left > 0)
    {
      question->n_left--;
      g_clear_error (&error);
      g_timeout_add_once (ASK_AGAIN_MS, ask_again_cb, question);
      return;
    }
  if (answer != NULL)
    {
      if (g_variant_is_of_type (answer, G_VARIANT_TYPE ("(s)")))
        g_variant_get (answer, "(&s)", &text);
      dex_promise_resolve_string (question->promise, g_strdup (text));
    }
  else
    dex_promise_reject (question->promise, translate (error));
  question_free (question);
}

static void
on_connected (GObject *object, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  GError *error = NULL;
  g_autoptr (GDBusConnection) connection = g_bus_get_finish (result, &error);

  if (connection == NULL)
    {
      dex_promise_reject (question->promise, error);
      question_free (question);
      return;
    }
  g_dbus_connection_call (connection, question->name, OBJECT_PATH, INTERFACE, question->method,
                          question->parameters, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, question->timeout_ms,
                          NULL, on_answered, question);
}

/* Resolves to the text that it answers, "" for none. Takes @parameters, which may float. */
static DexFuture *
ask (const CsUuid *practice_id, const char *method, GVariant *parameters, int timeout_ms, guint n_more)
{
  Question *question = g_new0 (Question, 1);
  DexPromise *promise = dex_promise_new ();

  question->promise = dex_ref (promise);
  question->name = make_name (practice_id);
  question->method = method;
  question->parameters = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  question->timeout_ms = timeout_ms;
  question->n_left = n_more;
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_connected, question);
  return DEX_FUTURE (promise);
}

typedef struct
{
  CsUuid practice_id;
  CsDeskMode mode;
} AskSync;

static DexFuture *
ask_sync_fiber (gpointer data)
{
  AskSync *job = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json
      = cs_await_string (ask (&job->practice_id, "Sync",
                              g_variant_new ("(s)", cs_desk_mode_to_string (job->mode)), G_MAXINT, ASKS_MAX),
                         &error);
  CsDeskReport *report = json != NULL ? cs_desk_report_parse (json, &error) : NULL;

  if (report == NULL)
    return cs_future_new_take_error (g_steal_pointer (&error));
  return cs_future_new_for_record (report, (GDestroyNotify)cs_desk_report_free);
}

/** cs_desk_bus_ask_sync: Returns: (transfer full): of #CsDeskReport, when the holder is done */
DexFuture *
cs_desk_bus_ask_sync (const CsUuid *practice_id, CsDeskMode mode)
{
  AskSync job = { .mode = mode };

  g_return_val_if_fail (practice_id != NULL, NULL);

  job.practice_id = *practice_id;
  return cs_spawn (ask_sync_fiber, g_memdup2 (&job, sizeof job), g_free);
}

/** cs_desk_bus_ask_status: Returns: (transfer full): of a string: the JSON of cs_desk_status_to_json() */
DexFuture *
cs_desk_bus_ask_status (const CsUuid *practice_id)
{
  g_return_val_if_fail (practice_id != NULL, NULL);

  return ask (practice_id, "Status", NULL, STATUS_TIMEOUT_MS, 0);
}

/** cs_desk_bus_ask_yield: Returns: (transfer full): resolves when the holder has let go */
DexFuture *
cs_desk_bus_ask_yield (const CsUuid *practice_id)
{
  g_return_val_if_fail (practice_id != NULL, NULL);

  return ask (practice_id, "Yield", NULL, YIELD_TIMEOUT_MS, ASKS_MAX);
}
