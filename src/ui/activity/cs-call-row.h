/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-request.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* One call: what, how it was answered, how long it took and when, and its correlation id to be copied. */
#define CS_TYPE_CALL_ROW (cs_call_row_get_type ())
G_DECLARE_FINAL_TYPE (CsCallRow, cs_call_row, CS, CALL_ROW, AdwBin)

void cs_call_row_show (CsCallRow *self, const CsRequest *request, CsSession *session);
char *cs_call_row_describe (const CsRequest *request); /* (transfer full): for a screen reader */

G_END_DECLS
