/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-plan.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* Asks why one planned invoice is not billed, and skips it. Skipped, it can be undone by the toast. */
void cs_billing_skip (GtkWidget *from, CsSession *session, const CsPlannedInvoice *planned);

G_END_DECLS
