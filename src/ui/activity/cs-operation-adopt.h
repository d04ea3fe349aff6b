/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-operation.h"
#include "cs-session.h"

G_BEGIN_DECLS

void cs_operation_adopt (GtkWidget *from, CsSession *session, const CsOperation *operation);

G_END_DECLS
