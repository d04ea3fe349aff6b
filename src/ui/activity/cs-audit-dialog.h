/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* What a person can do about an audit chain that doesn't fit: say why, and so accept it as it is. */
void cs_audit_dialog_present (GtkWidget *from, CsSession *session);

G_END_DECLS
