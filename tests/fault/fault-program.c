/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-program.h"

#include <signal.h>
#include <stdio.h>

#define RECOVERIES_MAX 6

static GSubprocess *
start (FaultPractice *practice, const char *kill, const char *count)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *now = fault_practice_get_now (practice);
  g_autofree char *log = g_build_filename (practice->sandbox->folder, "program.log", NULL);
  g_autofree char *asan = g_strconcat (g_getenv ("ASAN_OPTIONS") != NULL ? g_getenv ("ASAN_OPTIONS") : "",
                                       ":verify_asan_link_order=0", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *program = NULL;

  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  if (kill != NULL || count != NULL)
    {
      g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", g_getenv ("COUNTERSIGN_KILL_SHIM"), TRUE);
      g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", asan, TRUE);
    }
  if (kill != NULL)
    g_subprocess_launcher_setenv (launcher, "COUNTERSIGN_KILL", kill, TRUE);
  if (count != NULL)
    g_subprocess_launcher_setenv (launcher, "COUNTERSIGN_COUNT", count, TRUE);
  program = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("COUNTERSIGN_PROGRAM"), "sync", "--push",
                                         "--data-folder", practice->sandbox->folder, "--sandbox",
                                         practice->sandbox->address, "--now", now, NULL);
  g_assert_no_error (error);
  return program;
}

GSubprocess *
fault_program_start (FaultPractice *practice, const char *kill)
{
  return start (practice, kill, NULL);
}

FaultEnd
fault_program_wait (GSubprocess *program)
{
  g_autoptr (GError) error = NULL;
  FaultEnd end = { 0 };

  g_subprocess_wait (program, NULL, &error);
  g_assert_no_error (error);
  end.was_killed = g_subprocess_get_if_signaled (program);
  if (end.was_killed)
    g_assert_cmpint (g_subprocess_get_term_sig (program), ==, SIGKILL);
  else
    end.code = g_subprocess_get_exit_status (program);
  return end;
}

static FaultEnd
run (FaultPractice *practice, const char *kill, const char *count)
{
  g_autoptr (GSubprocess) program = start (practice, kill, count);

  return fault_program_wait (program);
}

FaultEnd
fault_program_run (FaultPractice *practice, const char *kill)
{
  return run (practice, kill, NULL);
}

gboolean
fault_program_has_lock (FaultPractice *practice, GSubprocess *program)
{
  g_autofree char *folder = g_path_get_dirname (practice->database);
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  g_autofree char *text = NULL;
  const char *pid = NULL;

  if (g_subprocess_get_identifier (program) == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  pid = strstr (text, "pid ");
  return pid != NULL
         && g_ascii_strtoull (pid + strlen ("pid "), NULL, 10)
                == g_ascii_strtoull (g_subprocess_get_identifier (program), NULL, 10);
}

void
fault_program_print (FaultPractice *practice)
{
  g_autofree char *path = g_build_filename (practice->sandbox->folder, "program.log", NULL);
  g_autofree char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    g_test_message ("%s", text);
  g_test_message ("held %u, queued %u, sending %u, doubtful %u, waiting %u, blocked %u",
                  fault_practice_count (practice, "held"), fault_practice_count (practice, "queued"),
                  fault_practice_count (practice, "sending"), fault_practice_count (practice, "doubtful"),
                  fault_practice_count (practice, "waiting"), fault_practice_count (practice, "blocked"));
}

void
fault_program_recover (FaultPractice *practice)
{
  FaultEnd end = { 0 };

  for (guint i = 0; i < RECOVERIES_MAX; i++)
    {
      fault_practice_advance (practice);
      end = run (practice, NULL, NULL);
      g_assert_false (end.was_killed);
      if (end.code == 0)
        return;
      if (end.code != 3)
        break;
    }
  fault_program_print (practice);
  g_assert_cmpint (end.code, ==, 0);
}

void
fault_program_measure (FaultPractice *practice, guint counts[3])
{
  g_autofree char *path = g_build_filename (practice->sandbox->folder, "counts", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  FaultEnd end = run (practice, NULL, path);

  if (end.code != 0)
    fault_program_print (practice);
  g_assert_cmpint (end.code, ==, 0);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sscanf (text, "%u %u %u", &counts[0], &counts[1], &counts[2]), ==, 3);
}
