/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* The preferences' page about when things go by themselves [K-5]. Saves each change. */
#define CS_TYPE_SYNC_PAGE (cs_sync_page_get_type ())
G_DECLARE_FINAL_TYPE (CsSyncPage, cs_sync_page, CS, SYNC_PAGE, AdwPreferencesPage)

AdwPreferencesPage *cs_sync_page_new (CsSession *session);

G_END_DECLS
