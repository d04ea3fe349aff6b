/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-proposal.h"

G_BEGIN_DECLS

/* What is said about a service after it was agreed, for a person. */

typedef struct
{
  const char *heading;
  const char *button; /* with its mnemonic */
  const char *stays;  /* what it does not touch */
} CsBillingVerbs;

CsBillingVerbs cs_billing_words_verbs (CsBillingChangeKind kind); /* static */
/* (transfer full) each. @periods: of CsBillingPeriod: what @change changes. */
char *cs_billing_words_effect (const GArray *periods, const CsBillingChange *change, CsDate today);
char *cs_billing_words_done (const CsBillingChange *change, const CsProposalLine *line, CsDate today);
/* (nullable): it is billed as agreed, today and later. "Paused from 1 Jan 2027: on leave" */
char *cs_billing_words_state (const CsProposalLine *line, CsDate today);

G_END_DECLS
