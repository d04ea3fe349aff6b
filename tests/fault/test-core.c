/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>

/* What holds tokens in its memory leaves none of it in a core dump, where no keyring guards them. */

static char *
run (const char *const *command, gboolean is_allowed)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *folder = g_dir_make_tmp ("countersign-core-XXXXXX", NULL);
  g_autofree char *told = g_build_filename (folder, "dumpable", NULL);
  g_autofree char *asan = g_strconcat (g_getenv ("ASAN_OPTIONS") != NULL ? g_getenv ("ASAN_OPTIONS") : "",
                                       ":verify_asan_link_order=0", NULL);
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GError) error = NULL;
  char *words = NULL;

  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", g_getenv ("COUNTERSIGN_CORE_SHIM"), TRUE);
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", asan, TRUE);
  g_subprocess_launcher_setenv (launcher, "COUNTERSIGN_DUMPABLE", told, TRUE);
  g_subprocess_launcher_setenv (launcher, "COUNTERSIGN_DATA_DIR", folder, TRUE);
  if (is_allowed)
    g_subprocess_launcher_setenv (launcher, "COUNTERSIGN_ALLOW_CORE", "1", TRUE);
  program = g_subprocess_launcher_spawnv (launcher, command, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (program, NULL, NULL));
  g_file_get_contents (told, &words, NULL, &error);
  g_assert_no_error (error);
  g_remove (told);
  g_rmdir (folder);
  return words;
}

static void
check (const char *const *command)
{
  g_autofree char *forbidden = run (command, FALSE);
  g_autofree char *allowed = run (command, TRUE);

  g_assert_cmpstr (forbidden, ==, "0");
  g_assert_cmpstr (allowed, ==, "1"); /* the developer's way out, and the proof that this test can fail */
}

static void
test_program (void)
{
  check ((const char *const[]){ g_getenv ("COUNTERSIGN_PROGRAM"), "status", NULL });
}

static void
test_agent (void)
{
  check ((const char *const[]){ g_getenv ("COUNTERSIGN_AGENT"), "--version", NULL });
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/program", test_program);
  g_test_add_func ("/core/agent", test_agent);
  return g_test_run ();
}
