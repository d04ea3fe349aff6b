/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-practice-call.h"

/* Jobs (xpm 7). */

void sandbox_job_write (const SandboxPractice *practice,
                        const SandboxJob *job,
                        gboolean detailed,
                        SandboxXml *xml);
void sandbox_job_answer (const SandboxPracticeCall *call, const SandboxJob *job);
SandboxJob *sandbox_job_named (const SandboxPracticeCall *call, const char *number);
SandboxJob *sandbox_job_in_body (const SandboxPracticeCall *call, const char *element);
void sandbox_job_set_state (SandboxJob *job, const SandboxJobState *state, int today);
void sandbox_job_apply_template (const SandboxPractice *practice,
                                 SandboxJob *job,
                                 const SandboxTemplate *template,
                                 gboolean append_existing,
                                 GRand *random);
guint sandbox_job_count_assignments (const SandboxJob *job);
