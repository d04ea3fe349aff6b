/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* The preferences' page about Practice Manager: its connection, and how clients travel [W-03, X-05, K-1, K-2,
 * K-3]. Saves each change. */
#define CS_TYPE_WORK_PAGE (cs_work_page_get_type ())
G_DECLARE_FINAL_TYPE (CsWorkPage, cs_work_page, CS, WORK_PAGE, AdwPreferencesPage)

AdwPreferencesPage *cs_work_page_new (CsSession *session);

G_END_DECLS
