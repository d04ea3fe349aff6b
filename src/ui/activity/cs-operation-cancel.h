/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-operation.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* "Don't send": asks first where invoices hang on it, and tells in a toast what went wrong. */
void cs_operation_cancel (GtkWidget *from, CsSession *session, const CsOperation *operation);

G_END_DECLS
