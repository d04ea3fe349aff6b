/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Hears when the machine woke from sleep and when the network came back, so that nobody waits for a timer
 * that did not run. Where the system tells neither, the timers are all there is. */
typedef enum
{
  CS_WAKE_RESUMED,
  CS_WAKE_NETWORK,
} CsWake;
typedef void (*CsWakeFunc) (CsWake wake, gpointer data);

typedef struct _CsWakeWatch CsWakeWatch;
CsWakeWatch *cs_wake_watch_new (CsWakeFunc func, gpointer data);
void cs_wake_watch_free (CsWakeWatch *watch); /* func is not called any more */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWakeWatch, cs_wake_watch_free)

G_END_DECLS
