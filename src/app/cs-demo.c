/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "cs-demo.h"

#include "cs-store.h"

#define START_SECONDS_MAX 20
#define STOP_SECONDS_MAX 3
#define RESTARTS_MAX 5
#define RESTART_AFTER_MS 500
#define ADDRESS_PREFIX "http://localhost:"

struct _CsDemo
{
  GObject parent_instance;
  char *folder;
  char *now;            /* NULL: the computer's clock */
  GSubprocess *process; /* (nullable): the one that is up or on its way */
  GDataInputStream *output;
  char *address;       /* (nullable): where @process is, once it is up */
  DexFuture *restart;  /* (nullable): by itself, whoever waits for it */
  DexFuture *starting; /* (nullable): what those wait for who asked */
  guint n_waiting;     /* for @starting */
  guint n_stops;       /* what was asked for before the last of them is over */
  char *trouble;       /* (nullable): to be told by the timer */
  guint timer;
  guint restarts;
  guint port; /* 0: none yet */
  int lock;   /* the open file, -1 */
  gboolean is_gone;
};

/* What a fiber is about. */
typedef struct
{
  CsDemo *demo;
  guint n_stops; /* when it was asked for */
} Start;

enum
{
  SIGNAL_TROUBLE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsDemo, cs_demo, G_TYPE_OBJECT)

static void on_ended (GObject *source, GAsyncResult *result, gpointer data);

static Start *
start_new (CsDemo *demo)
{
  Start *start = g_new0 (Start, 1);

  start->demo = g_object_ref (demo);
  start->n_stops = demo->n_stops;
  return start;
}

static void
start_free (gpointer data)
{
  Start *start = data;

  g_object_unref (start->demo);
  g_free (start);
}

/* --- where things are --- */

/* Beside our own program in the build tree or where it is installed, unless a developer says otherwise. */
static char *
find_program (void)
{
  const char *override = g_getenv ("COUNTERSIGN_SANDBOX");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *built = g_build_filename (folder, "..", "sandbox", "countersign-sandbox", NULL);
  g_autofree char *beside = g_build_filename (folder, "countersign-sandbox", NULL);

  if (override != NULL)
    return g_strdup (override);
  if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);
  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_build_filename (BINARY_DIRECTORY, "countersign-sandbox", NULL);
}

static char *
port_path (CsDemo *self)
{
  return g_build_filename (self->folder, "sandbox.port", NULL);
}

/* Two sandboxes on one state file would each forget what the other did. The file with the port is the lock,
 * too. */
static gboolean
take_lock (CsDemo *self, GError **error)
{
  g_autofree char *path = port_path (self);

  if (self->lock >= 0)
    return TRUE;
  self->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock >= 0 && flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (self->lock >= 0 && errno == EWOULDBLOCK)
    g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_LOCKED,
                         _ ("Another program has the demo practice open."));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  g_clear_fd (&self->lock, NULL);
  return FALSE;
}

static guint
recall_port (CsDemo *self)
{
  char text[16] = "";
  gssize length = pread (self->lock, text, sizeof text - 1, 0);
  guint64 port = 0;

  if (length <= 0)
    return 0;
  text[length] = '\0';
  return g_ascii_string_to_unsigned (g_strstrip (text), 10, 1024, G_MAXUINT16, &port, NULL) ? (guint)port : 0;
}

static void
remember_port (CsDemo *self)
{
  g_autofree char *text = g_strdup_printf ("%u\n", self->port);

  if (ftruncate (self->lock, 0) != 0 || pwrite (self->lock, text, strlen (text), 0) < 0)
    g_debug ("The sandbox's port isn't remembered: %s", g_strerror (errno));
}

/* --- starting --- */

static void
forget_process (CsDemo *self)
{
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  g_clear_pointer (&self->address, g_free);
}

static gboolean
spawn (CsDemo *self, guint port, GError **error)
{
  g_autofree char *program = find_program ();
  g_autofree char *state = g_build_filename (self->folder, "sandbox.state", NULL);
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  GSubprocess *process;
  const char *fixed[] = { program,       "--print-address", "--exit-with-parent",
                          "--client-id", CS_DEMO_CLIENT_ID, "--state",
                          state,         "--port",          number };

  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (argv, (gpointer)fixed[i]);
  if (self->now != NULL)
    {
      g_ptr_array_add (argv, (gpointer) "--now");
      g_ptr_array_add (argv, self->now);
    }
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *)argv->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
  if (process == NULL)
    return FALSE;
  forget_process (self);
  self->process = process;
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  return TRUE;
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;
  char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (line != NULL)
    dex_promise_resolve_string (promise, line);
  else if (error != NULL)
    dex_promise_reject (promise, error);
  else
    dex_promise_reject (promise,
                        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED,
                                             _ ("The demo’s sandbox ended as soon as it was started.")));
}

static DexFuture *
read_line (GDataInputStream *stream)
{
  DexPromise *promise = dex_promise_new_cancellable ();

  g_data_input_stream_read_line_async (stream, G_PRIORITY_DEFAULT, dex_promise_get_cancellable (promise),
                                       on_line, dex_ref (promise));
  return dex_future_first (DEX_FUTURE (promise), dex_timeout_new_seconds (START_SECONDS_MAX), NULL);
}

static gboolean
read_port (const char *address, guint *port, GError **error)
{
  guint64 number = 0;

  if (g_str_has_prefix (address, ADDRESS_PREFIX)
      && g_ascii_string_to_unsigned (address + strlen (ADDRESS_PREFIX), 10, 1, G_MAXUINT16, &number, NULL))
    {
      *port = (guint)number;
      return TRUE;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("The demo’s sandbox didn’t say where it is."));
  return FALSE;
}

/* In a fiber. */
static gboolean
is_wanted (const Start *start)
{
  return start->n_stops == start->demo->n_stops && cs_is_waited_for ();
}

/* Somebody stopped it, before it was started or while it was on its way. (transfer full) */
static GError *
make_stopped (void)
{
  return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The demo’s sandbox was stopped");
}

/* NULL. */
static char *
refuse_stopped (GError **error)
{
  g_propagate_error (error, make_stopped ());
  return NULL;
}

/* (transfer full): the address, or NULL with an error. In a fiber. */
static char *
start_at (const Start *start, guint port, GError **error)
{
  CsDemo *self = start->demo;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *address = NULL;

  if (!is_wanted (start))
    return refuse_stopped (error);
  if (!spawn (self, port, error))
    return NULL;
  process = g_object_ref (self->process);
  address = cs_await_string (read_line (self->output), &failure);
  /* By now it may have been stopped, and another one started. Whatever becomes of it, the lock is ours until
   * it has ended. */
  g_subprocess_wait_async (process, NULL, on_ended, g_object_ref (self));
  if (self->process == process && address != NULL && read_port (g_strstrip (address), &self->port, &failure))
    {
      g_set_str (&self->address, address);
      self->is_gone = FALSE;
      return g_steal_pointer (&address);
    }
  g_subprocess_force_exit (process);
  if (self->process != process)
    return refuse_stopped (error);
  forget_process (self);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static DexFuture *
start_fiber (gpointer data)
{
  const Start *start = data;
  CsDemo *self = start->demo;
  GError *error = NULL;
  char *address = NULL;
  guint port;

  if (!take_lock (self, &error))
    return dex_future_new_for_error (error);
  /* One that comes again by itself is waited for: two of them would share the state file. */
  if (self->restart != NULL)
    cs_await (dex_ref (self->restart), NULL);
  if (!is_wanted (start))
    return dex_future_new_for_error (make_stopped ());
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->address != NULL)
    return dex_future_new_take_string (g_strdup (self->address));
  port = recall_port (self);
  if (port != 0)
    address = start_at (start, port, &error);
  if (address == NULL && !cs_error_is_cancelled (error))
    {
      g_clear_error (&error); /* another program may have that port by now */
      address = start_at (start, 0, &error);
    }
  if (address == NULL)
    return dex_future_new_for_error (error);
  remember_port (self);
  return dex_future_new_take_string (address);
}

static void
drop_start (CsDemo *self)
{
  dex_clear (&self->starting);
  self->n_waiting = 0;
}

/* One of those who asked. What is on its way is for them all, and goes on until the last of them goes away.
 */
static DexFuture *
wait_fiber (gpointer data)
{
  const Start *start = data;
  CsDemo *self = start->demo;
  GError *error = NULL;
  char *address = NULL;

  if (!is_wanted (start))
    return dex_future_new_for_error (make_stopped ());
  if (self->starting == NULL)
    self->starting = cs_spawn (start_fiber, start_new (self), start_free);
  self->n_waiting++;
  address = cs_await_string (dex_ref (self->starting), &error);
  if (start->n_stops == self->n_stops && --self->n_waiting == 0)
    drop_start (self);
  return address != NULL ? dex_future_new_take_string (address) : dex_future_new_for_error (error);
}

/* --- starting again --- */

static gboolean
on_trouble_timer (gpointer data)
{
  CsDemo *self = data;
  g_autofree char *why = g_steal_pointer (&self->trouble);

  self->timer = 0;
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, why);
  return G_SOURCE_REMOVE;
}

/* Whoever hears it shows it, and that needs more of a stack than a fiber has. */
static void
tell_trouble_soon (CsDemo *self, const char *why)
{
  self->is_gone = TRUE;
  g_set_str (&self->trouble, why);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_idle_add (on_trouble_timer, self);
}

static DexFuture *
restart_fiber (gpointer data)
{
  const Start *start = data;
  CsDemo *self = start->demo;
  GError *error = NULL;
  g_autofree char *address = start_at (start, self->port, &error);

  if (address != NULL)
    return dex_future_new_for_boolean (TRUE);
  if (!cs_error_is_cancelled (error))
    tell_trouble_soon (self, error->message);
  return dex_future_new_for_error (error);
}

static gboolean
on_restart_timer (gpointer data)
{
  CsDemo *self = data;

  self->timer = 0;
  dex_clear (&self->restart);
  /* The practice needs it: it is not for those to cancel who wait for it. */
  self->restart = cs_spawn_to_the_end (restart_fiber, start_new (self), start_free);
  return G_SOURCE_REMOVE;
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CsDemo) self = data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  if (self->process != G_SUBPROCESS (source))
    return; /* it was told to */
  forget_process (self);
  g_message ("The demo’s sandbox ended; starting it again");
  if (self->restarts++ < RESTARTS_MAX)
    self->timer = g_timeout_add (RESTART_AFTER_MS, on_restart_timer, self);
  else
    tell_trouble_soon (self, _ ("It was started again several times and ended each time."));
}

/* --- the object --- */

static void
cs_demo_dispose (GObject *object)
{
  dex_future_disown (cs_demo_stop (CS_DEMO (object)));
  G_OBJECT_CLASS (cs_demo_parent_class)->dispose (object);
}

static void
cs_demo_finalize (GObject *object)
{
  CsDemo *self = CS_DEMO (object);

  g_free (self->folder);
  g_free (self->now);
  g_free (self->trouble);
  /* Not before: whoever waits for the process to end holds a reference. */
  g_clear_fd (&self->lock, NULL);
  G_OBJECT_CLASS (cs_demo_parent_class)->finalize (object);
}

static void
cs_demo_class_init (CsDemoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_demo_dispose;
  object_class->finalize = cs_demo_finalize;
  signals[SIGNAL_TROUBLE] = g_signal_new ("trouble", CS_TYPE_DEMO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cs_demo_init (CsDemo *self)
{
  self->lock = -1;
}

/**
 * cs_demo_new:
 * @folder: the demo practice's own folder
 * @now: (nullable): the moment to start at, "2026-11-20T03:14:15Z"
 *
 * Returns: (transfer full): a sandbox that isn't started yet
 */
CsDemo *
cs_demo_new (const char *folder, const char *now)
{
  CsDemo *self = g_object_new (CS_TYPE_DEMO, NULL);

  self->folder = g_strdup (folder);
  self->now = g_strdup (now);
  return self;
}

/**
 * cs_demo_start:
 * @self: a demo
 *
 * Starts the sandbox, at the port that it had last if that is free. One that is up already stays as it is,
 * and one that is on its way is waited for: it ends when the last who asked for it drops the answer. After
 * cs_demo_stop() to be asked once that is settled: until then the old one has the port.
 *
 * Returns: (transfer full): a future of its address
 */
DexFuture *
cs_demo_start (CsDemo *self)
{
  g_return_val_if_fail (CS_IS_DEMO (self), NULL);

  self->restarts = 0;
  return cs_spawn (wait_fiber, start_new (self), start_free);
}

/** cs_demo_is_gone: Returns: whether it ended, is not started again by itself, and nobody else has */
gboolean
cs_demo_is_gone (CsDemo *self)
{
  g_return_val_if_fail (CS_IS_DEMO (self), FALSE);

  return self->is_gone;
}

/**
 * cs_demo_stop:
 * @self: a demo
 *
 * Asks the sandbox to end. What it holds is in its file.
 *
 * Returns: (transfer full): a future that ends when it has, or has not within a while
 */
DexFuture *
cs_demo_stop (CsDemo *self)
{
  DexFuture *ended;

  g_return_val_if_fail (CS_IS_DEMO (self), NULL);

  self->n_stops++;
  drop_start (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  dex_clear (&self->restart);
  if (self->process == NULL)
    return dex_future_new_for_boolean (TRUE);
  g_subprocess_send_signal (self->process, SIGTERM);
  ended = dex_future_first (dex_subprocess_wait_check (self->process),
                            dex_timeout_new_seconds (STOP_SECONDS_MAX), NULL);
  forget_process (self);
  return ended;
}
