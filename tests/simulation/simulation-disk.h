/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The disk under a simulated practice: an SQLite VFS, registered as the default, over the real files of a
 * temporary folder. It remembers what was written since each file's last sync, so that a cut of the power can
 * lose or tear any of that, and it can fail: the next changes, or all of them, as for a process that is gone.
 * SQLite's locks and shared memory stay the real ones. */

/* Once a process; every database opened afterwards lies on it. */
void simulation_disk_register (void);

/* The next @n_failures changes (writes, syncs, truncations, deletions and openings) after @n_good good ones
 * answer @code, an SQLite result. */
void simulation_disk_fail (guint n_good, guint n_failures, int code);
/* Whether a failure that was asked for has not come to its end. */
gboolean simulation_disk_is_failing (void);
void simulation_disk_mend (void);

/* The process is gone: nothing is written any more until simulation_disk_restart(). */
void simulation_disk_die (void);
gboolean simulation_disk_is_dead (void);
/* After a death, once every database is closed. @power_was_cut: of what was not synced, each change is kept,
 * torn or lost, as @rand says; else the system had all of it and keeps it. */
void simulation_disk_restart (GRand *rand, gboolean power_was_cut);
/* Forgets what it remembers of every file: they were replaced or deleted from outside. */
void simulation_disk_forget (void);

G_END_DECLS
