/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-identity.h"
#include "sandbox-limits.h"
#include "sandbox-secrets.h"
#include "sandbox-server.h"
#include "sandbox-state.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

/* The command line: makes or loads a world, gives it its clock, serves it until told to stop. */

typedef struct
{
  int port;
  int seed;
  int minute_limit;
  int day_limit;
  char *state;
  char *today;
  char *now;
  char *profile;
  char *practice;
  char *client_id;
  char **redirect_uris;
  char **assumptions;
  gboolean print_address;
  gboolean exit_with_parent;
  gboolean remember_secrets;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->state);
  g_free (options->today);
  g_free (options->now);
  g_free (options->profile);
  g_free (options->practice);
  g_free (options->client_id);
  g_strfreev (options->redirect_uris);
  g_strfreev (options->assumptions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[]
      = { { "port", 0, 0, G_OPTION_ARG_INT, &options->port,
            "Port to listen on; 0: any that is free (default)", "N" },
          { "seed", 0, 0, G_OPTION_ARG_INT, &options->seed,
            "What the made-up practice grows from (default 1)", "N" },
          { "profile", 0, 0, G_OPTION_ARG_STRING, &options->profile,
            "demo (default), empty, or count:N invoices", "NAME" },
          { "practice", 0, 0, G_OPTION_ARG_STRING, &options->practice,
            "demo, empty, or CLIENTS:JOBS of Practice Manager (default: as the profile)", "SIZE" },
          { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state,
            "Load this file if it is there, keep all changes in it", "FILE" },
          { "today", 0, 0, G_OPTION_ARG_STRING, &options->today,
            "The sandbox's date, at nine in the morning UTC", "YYYY-MM-DD" },
          { "now", 0, 0, G_OPTION_ARG_STRING, &options->now,
            "The sandbox's clock, in UTC; it runs on from there", "ISO" },
          { "client-id", 0, 0, G_OPTION_ARG_STRING, &options->client_id, "The app that may sign in", "ID" },
          { "redirect-uri", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->redirect_uris,
            "Registered redirect address, in place of the default ones; may be repeated", "URI" },
          { "assume", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->assumptions,
            "Switch what is not certain at Xero (README.md); may be repeated", "NAME=on|off" },
          { "minute-limit", 0, 0, G_OPTION_ARG_INT, &options->minute_limit, "Calls a minute (default 60)",
            "N" },
          { "day-limit", 0, 0, G_OPTION_ARG_INT, &options->day_limit,
            "Calls a day (default 5000; 1000 is the free tier)", "N" },
          { "print-address", 0, 0, G_OPTION_ARG_NONE, &options->print_address,
            "Print the base address when ready", NULL },
          { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &options->exit_with_parent,
            "End when the parent process ends", NULL },
          { "remember-secrets", 0, 0, G_OPTION_ARG_NONE, &options->remember_secrets,
            "For tests: keep codes and tokens in memory for GET /sandbox/secrets", NULL },
          { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a stand-in for Xero on this computer");

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

/* The parent may have gone before the request was made; then there is nobody left to serve. */
static gboolean
follow_parent (void)
{
  pid_t parent = getppid ();

  prctl (PR_SET_PDEATHSIG, SIGTERM);
  return getppid () == parent;
}

static gboolean
set_clock (SandboxWorld *world, const Options *options, GError **error)
{
  gint64 ms;
  int day;

  if (options->now != NULL && sandbox_instant_parse (options->now, &ms))
    sandbox_clock_set_ms (&world->clock, ms);
  else if (options->now == NULL && options->today != NULL && sandbox_day_parse (options->today, &day))
    sandbox_clock_set_ms (&world->clock, day * SANDBOX_DAY_MS + 9 * (gint64)3600000);
  else if (options->now != NULL || options->today != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "The date could not be read");
      return FALSE;
    }
  return TRUE;
}

/* The state file decides what there is; only the clock may be set anew. */
static SandboxWorld *
make_world (const Options *options, GError **error)
{
  g_autoptr (SandboxWorld) world = NULL;

  if (options->state != NULL && g_file_test (options->state, G_FILE_TEST_EXISTS))
    {
      world = sandbox_state_load (options->state, error);
      return world != NULL && set_clock (world, options, error) ? g_steal_pointer (&world) : NULL;
    }
  world = sandbox_world_new (options->profile != NULL ? options->profile : "demo", options->practice,
                             (guint)options->seed);
  if (!set_clock (world, options, error))
    return NULL;
  world->today = sandbox_clock_today (&world->clock);
  if (!sandbox_world_fill (world, error))
    return NULL;
  return g_steal_pointer (&world);
}

static gboolean
apply_options (SandboxWorld *world, const Options *options, GError **error)
{
  for (guint i = 0; options->assumptions != NULL && options->assumptions[i] != NULL; i++)
    if (!sandbox_assumptions_parse (world->assumptions, options->assumptions[i], error))
      return FALSE;
  sandbox_limits_set (world->limits, (guint)options->minute_limit, (guint)options->day_limit,
                      SANDBOX_LIMIT_APP_MINUTE);
  if (options->remember_secrets)
    sandbox_secrets_start (world);
  if (options->client_id != NULL)
    g_set_str (&world->identity->client_id, options->client_id);
  if (options->redirect_uris == NULL)
    return TRUE;
  g_ptr_array_set_size (world->identity->redirect_uris, 0);
  for (guint i = 0; options->redirect_uris[i] != NULL; i++)
    g_ptr_array_add (world->identity->redirect_uris, g_strdup (options->redirect_uris[i]));
  return TRUE;
}

static gboolean
stop (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static void
run (SandboxServer *server, const Options *options)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint on_term = g_unix_signal_add (SIGTERM, stop, loop);
  guint on_interrupt = g_unix_signal_add (SIGINT, stop, loop);

  if (options->print_address)
    {
      g_print ("http://localhost:%u\n", sandbox_server_get_port (server));
      fflush (stdout);
    }
  g_main_loop_run (loop);
  g_source_remove (on_term);
  g_source_remove (on_interrupt);
}

int
main (int argc, char **argv)
{
  g_auto (Options) options
      = { .seed = 1, .minute_limit = SANDBOX_LIMIT_MINUTE, .day_limit = SANDBOX_LIMIT_DAY };
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxWorld) world = NULL;
  g_autoptr (SandboxState) state = NULL;
  g_autoptr (SandboxServer) server = NULL;

  if (parse_options (&options, &argc, &argv, &error))
    {
      if (options.exit_with_parent && !follow_parent ())
        return 0;
      world = make_world (&options, &error);
    }
  if (world != NULL && options.state != NULL)
    {
      state = sandbox_state_open (world, options.state, &error);
      if (state == NULL)
        g_clear_pointer (&world, sandbox_world_free);
    }
  if (world != NULL && apply_options (world, &options, &error))
    {
      server = sandbox_server_new (world, state);
      if (sandbox_server_listen (server, (guint)options.port, &error))
        {
          run (server, &options);
          return 0;
        }
    }
  g_printerr ("countersign-sandbox: %s\n", error->message);
  return 1;
}
