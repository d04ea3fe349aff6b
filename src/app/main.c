/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libdex.h>
#include <libintl.h>
#include <locale.h>
#include <sys/prctl.h>

#include "cs-application.h"
#include "cs-command-line.h"

/* A core dump would hold the tokens that the keyring guards. Developers may want one all the same. */
static void
forbid_core_dumps (void)
{
  if (g_strcmp0 (g_getenv ("COUNTERSIGN_ALLOW_CORE"), "1") != 0 && prctl (PR_SET_DUMPABLE, 0) != 0)
    g_warning ("Core dumps could not be turned off");
}

/* From the build tree the settings schema is the tree's own. */
static void
find_schema (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *data = g_build_filename (folder, "..", "..", "data", NULL);
  g_autofree char *schemas = g_build_filename (data, "gschemas.compiled", NULL);

  if (g_file_test (schemas, G_FILE_TEST_EXISTS))
    g_setenv ("GSETTINGS_SCHEMA_DIR", data, FALSE);
}

int
main (int argc, char **argv)
{
  g_autoptr (CsApplication) application = NULL;

  forbid_core_dumps ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALE_DIRECTORY);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  find_schema ();
  dex_init ();

  if (cs_command_line_has (argc, argv))
    return cs_command_line_run (argc, argv);
  application = cs_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
