/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Breaks the window on purpose, so that each standing check is seen to fail; "" mends it. */
void probe_plant (const char *fault);

G_END_DECLS
