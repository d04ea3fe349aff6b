/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-match.h"
#include "cs-work-fields.h"

G_BEGIN_DECLS

const char *cs_work_words_field (CsWorkField field);
/* What became of a lead's first acceptance there, "" where there is nothing to say. (transfer full) */
char *cs_work_words_promotion (const char *outcome, const char *message);
const char *cs_work_words_match (CsMatch match); /* a sentence: what is the same */
gboolean cs_work_words_promotion_needs_person (const char *outcome);

G_END_DECLS
