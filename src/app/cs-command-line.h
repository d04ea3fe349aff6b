/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `countersign sync|status|verify`: no window, GTK is never initialised. Standard output is for what was
 * asked, standard error for what went wrong and what to do; exit codes are CsDeskOutcome. */
gboolean cs_command_line_has (int argc, char **argv);
int cs_command_line_run (int argc, char **argv);

G_END_DECLS
