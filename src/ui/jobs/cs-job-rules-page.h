/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Preferences: how the practice makes jobs, and which templates belong to which service [P-08, J-02]. Saves
 * each change. */
#define CS_TYPE_JOB_RULES_PAGE (cs_job_rules_page_get_type ())
G_DECLARE_FINAL_TYPE (CsJobRulesPage, cs_job_rules_page, CS, JOB_RULES_PAGE, AdwNavigationPage)

AdwNavigationPage *cs_job_rules_page_new (CsSession *session);

G_END_DECLS
