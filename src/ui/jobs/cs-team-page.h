/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Preferences: who works on jobs, and who of the staff in Practice Manager each is [J-03, J-05]. */
#define CS_TYPE_TEAM_PAGE (cs_team_page_get_type ())
G_DECLARE_FINAL_TYPE (CsTeamPage, cs_team_page, CS, TEAM_PAGE, AdwNavigationPage)

AdwNavigationPage *cs_team_page_new (CsSession *session);

G_END_DECLS
