/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cs-store.h"

G_BEGIN_DECLS

/* What the keyring remembers of the audit chain: the newest row's number and hash. A chain that was
 * shortened, or made anew from some row on, fits in itself, but not with that (design.md section 4). */
#define CS_AUDIT_NOTE "audit-head"

char *cs_audit_note_make (CsStore *store, GError **error); /* (transfer full) */
gboolean cs_audit_note_check (CsStore *store, const char *note, GError **error);

G_END_DECLS
