/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Clients that are only at Practice Manager: which become leads, which are left out; and which may be clients
 * here already, side by side with them, for a person to say [K-2, K-3]. */
#define CS_TYPE_WORK_NEW_PAGE (cs_work_new_page_get_type ())
G_DECLARE_FINAL_TYPE (CsWorkNewPage, cs_work_new_page, CS, WORK_NEW_PAGE, AdwNavigationPage)

AdwNavigationPage *cs_work_new_page_new (CsSession *session);

G_END_DECLS
