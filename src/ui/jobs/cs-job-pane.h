/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-job-item.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* One job: how far it is, what is in its way and the buttons that settle it, who works on it, its tasks and
 * milestones. Its buttons activate job.open, job.deploy, job.retry and job.cancel (s: the job). */
#define CS_TYPE_JOB_PANE (cs_job_pane_get_type ())
G_DECLARE_FINAL_TYPE (CsJobPane, cs_job_pane, CS, JOB_PANE, AdwBin)

GtkWidget *cs_job_pane_new (CsSession *session, CsJobItem *item);

G_END_DECLS
