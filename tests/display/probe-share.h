/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of what the main thread does: whose code it was in. It is asked a few thousand times a second, while it has
 * something to do, for the innermost function that is the program's own or the toolkit's: what either has the
 * C library or GLib do for it is its own share. Costs a few hundredths of what it measures, so only from
 * probe_share_begin() on. */
typedef struct
{
  gint64 own_us;
  gint64 toolkit_us; /* GTK, libadwaita, and what draws and lays out text for them */
  gint64 other_us;   /* neither is to be seen: the main loop itself */
} ProbeShare;

void probe_share_begin (void);

/* Whether the main thread has something to do: what it waits for is nobody's share. */
void probe_share_set_busy (gboolean busy);

/* What has come together since this was asked last. Only on the main thread. */
ProbeShare probe_share_take (void);

G_END_DECLS
