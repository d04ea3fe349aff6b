/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session-billing.h"

G_BEGIN_DECLS

/* Asks from which day on, and why, a service that was agreed is paused, resumed or stopped [U-13], and says
 * which invoices that changes. Said, it can be undone by the toast. */
#define CS_TYPE_BILLING_DIALOG (cs_billing_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsBillingDialog, cs_billing_dialog, CS, BILLING_DIALOG, AdwDialog)

void cs_billing_dialog_present (GtkWidget *from,
                                CsSession *session,
                                const CsProposal *proposal,
                                const CsUuid *line_id,
                                GArray *settled, /* (transfer full): of CsDate */
                                CsBillingChangeKind kind);

G_END_DECLS
