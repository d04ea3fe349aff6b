/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* The pages, the connection's health and the Sync button. Everything it does, it does by window actions. */
#define CS_TYPE_SIDEBAR (cs_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (CsSidebar, cs_sidebar, CS, SIDEBAR, AdwBin)

void cs_sidebar_set_session (CsSidebar *self, CsSession *session);
void cs_sidebar_select (CsSidebar *self, const char *page);
void cs_sidebar_set_badge (CsSidebar *self, const char *page, guint count);

G_END_DECLS
