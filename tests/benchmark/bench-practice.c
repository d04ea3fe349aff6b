/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "bench-books.h"
#include "cs-registry.h"

/* bench-practice FOLDER INVOICES   makes a practice with as many invoices, for the window to be opened on:
 * countersign --data-folder FOLDER */

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRegistry) registry = NULL;
  g_autoptr (CsPracticeEntry) entry = NULL;
  g_autofree char *path = NULL;
  GRand *rand = g_rand_new_with_seed (5);
  CsStore *store = NULL;

  if (argc != 3)
    g_error ("bench-practice FOLDER INVOICES");
  registry = cs_registry_open (argv[1], &bench_clock, &error);
  g_assert_no_error (error);
  entry = cs_registry_add (registry, "Practice of a benchmark", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (cs_registry_mark_opened (registry, &entry->id, NULL));
  path = g_build_filename (entry->folder, "practice.sqlite", NULL);
  store = cs_store_open (path, CS_STORE_READ_WRITE, &bench_clock, &error);
  g_assert_no_error (error);
  bench_books_fill (store, rand, (guint)atoi (argv[2]));
  cs_store_close (store);
  g_rand_free (rand);
  return 0;
}
