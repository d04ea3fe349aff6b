/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-job-setup.h"

G_BEGIN_DECLS

/* How jobs are made, to be changed: the practice's rule, or a service's own. Says what is wrong with it.
 * Signal "edited": a person changed something. */
#define CS_TYPE_JOB_RULE_GROUP (cs_job_rule_group_get_type ())
G_DECLARE_FINAL_TYPE (CsJobRuleGroup, cs_job_rule_group, CS, JOB_RULE_GROUP, AdwPreferencesGroup)

void
cs_job_rule_group_fill (CsJobRuleGroup *self, const CsJobRule *rule, const CsWorkLists *lists, CsDate today);
CsJobRule *cs_job_rule_group_make (CsJobRuleGroup *self); /* (nullable): what was entered can't be a rule */
void cs_job_rule_group_show_error (CsJobRuleGroup *self, const char *words); /* "": none */

G_END_DECLS
