/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job-item.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* Of CsJobItem: every job that was planned, by start. */
CsRecordList *cs_job_list_new (CsSession *session);

G_END_DECLS
