/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-journal-item.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* One thing that was or will be written to the ledger, with what can be done about it. */
#define CS_TYPE_OPERATION_PANE (cs_operation_pane_get_type ())
G_DECLARE_FINAL_TYPE (CsOperationPane, cs_operation_pane, CS, OPERATION_PANE, AdwBin)

GtkWidget *cs_operation_pane_new (CsSession *session, CsJournalItem *item);

G_END_DECLS
