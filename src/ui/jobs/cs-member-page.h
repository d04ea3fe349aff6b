/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-job.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* Preferences: one of the team, somebody new where @member has no id yet. Saves when a person says so. */
#define CS_TYPE_MEMBER_PAGE (cs_member_page_get_type ())
G_DECLARE_FINAL_TYPE (CsMemberPage, cs_member_page, CS, MEMBER_PAGE, AdwNavigationPage)

/* @staff: (nullable): of CsWorkEntry; without one the id is typed. */
AdwNavigationPage *cs_member_page_new (CsSession *session, const CsMember *member, const GPtrArray *staff);

G_END_DECLS
