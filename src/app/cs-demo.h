/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-future.h"

G_BEGIN_DECLS

/* The demo practice's ledger: countersign-sandbox as a child process. It keeps its port from start to start,
 * so that what the practice remembers stays true, and is started again when it dies. Signal "trouble"
 * (string): it died and can't be started again. */
/* The app that a sandbox knows when nobody says otherwise. */
#define CS_DEMO_CLIENT_ID "DEMO0000000000000000000000000000"
#define CS_TYPE_DEMO (cs_demo_get_type ())
G_DECLARE_FINAL_TYPE (CsDemo, cs_demo, CS, DEMO, GObject)

CsDemo *cs_demo_new (const char *folder, const char *now);
DexFuture *cs_demo_start (CsDemo *self) G_GNUC_WARN_UNUSED_RESULT; /* string: "http://localhost:PORT" */
gboolean cs_demo_is_gone (CsDemo *self);
DexFuture *cs_demo_stop (CsDemo *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
