/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "cs-agent.h"
#include "cs-desk-report.h"
#include "cs-process.h"
#include "cs-system-clock.h"

#define BUS_NAME APPLICATION_ID ".Agent"

typedef struct
{
  CsAgentOptions options;
  gboolean is_version;
  CsAgent *agent;
  GMainLoop *loop;
} Program;

static gboolean
on_signal (gpointer data)
{
  Program *program = data;

  cs_agent_stop (program->agent);
  return G_SOURCE_CONTINUE;
}

/* Another agent runs already, or took our place: one is enough. Without a session bus there is no name, and
 * this goes on without. */
static void
on_name_lost (GDBusConnection *connection, const char *name, gpointer data)
{
  Program *program = data;

  if (connection != NULL && !program->options.is_once)
    cs_agent_stop (program->agent);
}

static DexFuture *
on_end (DexFuture *future, gpointer data)
{
  g_main_loop_quit (data);
  return NULL;
}

static int
run (Program *program)
{
  guint name = 0, interrupted = 0, terminated = 0;
  g_autoptr (DexFuture) running = NULL;

  program->loop = g_main_loop_new (NULL, FALSE);
  program->agent = cs_agent_new (&program->options);
  name = g_bus_own_name (G_BUS_TYPE_SESSION, BUS_NAME, G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE, NULL, NULL,
                         on_name_lost, program, NULL);
  interrupted = g_unix_signal_add (SIGINT, on_signal, program);
  terminated = g_unix_signal_add (SIGTERM, on_signal, program);
  running = cs_agent_run (program->agent);
  dex_future_disown (dex_future_finally (dex_ref (running), on_end, program->loop, NULL));
  g_main_loop_run (program->loop);
  g_source_remove (interrupted);
  g_source_remove (terminated);
  g_bus_unown_name (name);
  g_clear_pointer (&program->agent, cs_agent_free);
  g_clear_pointer (&program->loop, g_main_loop_unref);
  return program->options.is_once ? (int)g_value_get_int64 (dex_future_get_value (running, NULL)) : 0;
}

static gboolean
parse (Program *program, int argc, char **argv)
{
  const GOptionEntry entries[]
      = { { "once", 0, 0, G_OPTION_ARG_NONE, &program->options.is_once,
            N_ ("Give each practice one run, and end"), NULL },
          { "version", 0, 0, G_OPTION_ARG_NONE, &program->is_version, N_ ("Print the version and exit"),
            NULL },
          { "data-folder", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &program->options.data_folder,
            NULL, NULL },
          { "sandbox", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &program->options.sandbox, NULL, NULL },
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (
      context,
      _ ("Countersign's background process: sends what waits and reads Xero daily while no window is "
         "open. It is started with the desktop session."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, &argc, &argv, &error))
    return TRUE;
  g_printerr ("%s\n", error->message);
  return FALSE;
}

int
main (int argc, char **argv)
{
  Program program = { 0 };
  CsClock *clock = NULL;
  int code = CS_DESK_WRONG_USAGE;

  cs_process_begin ();
  clock = cs_system_clock_new (0);
  program.options.clock = clock;
  if (!parse (&program, argc, argv))
    return code;
  if (program.is_version)
    {
      g_print ("countersign-agent %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (program.options.data_folder == NULL)
    program.options.data_folder = cs_process_get_data_folder ();
  code = run (&program);
  g_free (program.options.data_folder);
  g_free (program.options.sandbox);
  cs_system_clock_free (clock);
  return code;
}
