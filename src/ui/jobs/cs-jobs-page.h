/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-job-item.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* The jobs of the practice at Practice Manager: planned, being made, live, completed, blocked. Property
 * "n-blocked" (uint): how many need a person. */
#define CS_TYPE_JOBS_PAGE (cs_jobs_page_get_type ())
G_DECLARE_FINAL_TYPE (CsJobsPage, cs_jobs_page, CS, JOBS_PAGE, AdwBin)

GtkWidget *cs_jobs_page_new (CsSession *session);
void cs_jobs_page_show (CsJobsPage *self, const char *id);
void cs_jobs_page_focus_search (CsJobsPage *self);

G_END_DECLS
