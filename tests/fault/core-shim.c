/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into the program under test: at its end COUNTERSIGN_DUMPABLE, a file, says whether the kernel
 * would have written what it has in memory to a core dump. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>

__attribute__ ((destructor)) static void
tell (void)
{
  const char *path = getenv ("COUNTERSIGN_DUMPABLE");
  FILE *file = path != NULL ? fopen (path, "w") : NULL;

  if (file == NULL)
    return;
  fprintf (file, "%d", prctl (PR_GET_DUMPABLE));
  fclose (file);
}
