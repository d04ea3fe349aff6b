/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-application.h"
#include "cs-command-line.h"
#include "cs-process.h"

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

/* GTK reads the style sheet of its own theme before libadwaita puts another in its place, a twelfth of all
 * that a start takes. Said in the environment, before there is a thread; cs_application_startup() takes it
 * back. */
static void
spare_theme (void)
{
  g_setenv ("GTK_THEME", CS_EMPTY_THEME, FALSE);
}

int
main (int argc, char **argv)
{
  g_autoptr (CsApplication) application = NULL;
  gboolean has_command = cs_command_line_has (argc, argv);

  if (!has_command)
    spare_theme ();
  cs_process_begin ();
  if (has_command)
    return cs_command_line_run (argc, argv);
  find_schema ();
  application = cs_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
