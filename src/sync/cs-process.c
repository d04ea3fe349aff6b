/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-process.h"

#include "cs-support-log.h"

#include <libdex.h>
#include <libintl.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sys/prctl.h>

#define OF_ITS_OWN (512 * 1024)

/* A core dump would hold the tokens that the keyring guards. Developers may want one all the same. */
static void
forbid_core_dumps (void)
{
  if (g_strcmp0 (g_getenv ("COUNTERSIGN_ALLOW_CORE"), "1") != 0 && prctl (PR_SET_DUMPABLE, 0) != 0)
    g_warning ("Core dumps could not be turned off");
}

/* A block as large as this is given back whole when it is freed. Left to itself the C library learns from the
 * first large one that is freed to take the next from among the small ones, where it leaves a hole (P13). An
 * allocator that cannot, such as a sanitizer's, costs memory and nothing else. */
static void
set_up_memory (void)
{
#ifdef __GLIBC__
  if (mallopt (M_MMAP_THRESHOLD, OF_ITS_OWN) != 1)
    g_debug ("Large blocks of memory are not kept apart");
#endif
}

/* From the build tree the translations are the tree's own. */
static char *
find_translations (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *built = g_build_filename (folder, "..", "..", "po", NULL);

  return g_file_test (built, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&built) : g_strdup (LOCALE_DIRECTORY);
}

/** cs_process_begin: once, at the start of main() */
void
cs_process_begin (void)
{
  g_autofree char *translations = find_translations ();

  cs_support_log_install ();
  forbid_core_dumps ();
  set_up_memory ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, translations);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  dex_init ();
}

char *
cs_process_get_data_folder (void)
{
  const char *folder = g_getenv ("COUNTERSIGN_DATA_DIR");

  return folder != NULL ? g_strdup (folder) : g_build_filename (g_get_user_data_dir (), DATA_FOLDER, NULL);
}
