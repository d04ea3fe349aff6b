/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-billing.h"

G_BEGIN_DECLS

/* How often something is billed, for a person. (transfer full) each. */
char *cs_rhythm_words_name (CsBillingRhythm rhythm);                       /* "Monthly", "Every 3 months" */
char *cs_rhythm_words_amount (CsBillingRhythm rhythm, const char *amount); /* "345.00 a month" */
char *cs_rhythm_words_from (CsBillingRhythm rhythm, const char *date);     /* "Monthly from 1 Dec 2026" */

G_END_DECLS
