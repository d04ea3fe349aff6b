/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-desk-report.h"

G_BEGIN_DECLS

/* The practice on the session bus. Whoever holds its lock owns one well-known name for it, so that the other
 * programs of this desk can ask the holder to do what only a holder may (design.md section 2: one process
 * sends). Name: APPLICATION_ID.Desk.p<id without dashes>; interface APPLICATION_ID.Desk1:
 *   Sync (s mode) → (s report)   mode: sync, push, pull; answers when it is done
 *   Status () → (s status)       as `countersign status --json` prints it
 *   Yield ()                     lets go of the lock for a window; answers when it has, or refuses */

/* Lets go of the practice: resolves when it is closed. */
typedef DexFuture *(*CsDeskYield) (gpointer data);

typedef struct _CsDeskBus CsDeskBus;
/* @program: "window", "agent" or "command-line", static. @yield NULL: it does not let go. Holds no reference
 * to who gives @data: free it first. Without a session bus nothing is exported, and that is no error. */
CsDeskBus *cs_desk_bus_export (CsSession *session, const char *program, CsDeskYield yield, gpointer data);
void cs_desk_bus_free (CsDeskBus *bus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDeskBus, cs_desk_bus_free)

/* Asking the holder. Each rejects with G_DBUS_ERROR when nobody answers, or with the holder's own words
 * (G_IO_ERROR_BUSY) when it refuses. Who asks to sync or to yield met the lock, so nobody is waited for a
 * moment. */
DexFuture *cs_desk_bus_ask_sync (const CsUuid *practice_id,
                                 CsDeskMode mode) G_GNUC_WARN_UNUSED_RESULT;             /* CsDeskReport */
DexFuture *cs_desk_bus_ask_status (const CsUuid *practice_id) G_GNUC_WARN_UNUSED_RESULT; /* string */
DexFuture *cs_desk_bus_ask_yield (const CsUuid *practice_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
