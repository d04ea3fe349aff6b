/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* How far a job is, as a sentence; what is in its way. (transfer full) */
char *cs_job_words_state (const CsJob *job, CsSession *session);
CsDate cs_job_words_get_due (const CsJob *job); /* as it is there, else as planned */
gboolean cs_job_words_is_there (const CsJob *job);
/* What would be missing [U-25], and what is to be done about it. (transfer full) */
char *cs_job_words_warning (const CsJobWarning *warning);
const char *cs_job_words_advice (const CsJobWarning *warning);
void cs_job_words_add_line (GString *words, const char *line);
char *cs_job_words_minutes (gint64 minutes); /* "2:30" hours */

G_END_DECLS
