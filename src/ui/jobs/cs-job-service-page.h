/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Preferences: which job templates belong to one service, and by which rules its jobs are made. Saves each
 * change. */
#define CS_TYPE_JOB_SERVICE_PAGE (cs_job_service_page_get_type ())
G_DECLARE_FINAL_TYPE (CsJobServicePage, cs_job_service_page, CS, JOB_SERVICE_PAGE, AdwNavigationPage)

AdwNavigationPage *cs_job_service_page_new (CsSession *session, const char *name);

G_END_DECLS
