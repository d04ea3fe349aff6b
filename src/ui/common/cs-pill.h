/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job.h"
#include "cs-operation.h"
#include "cs-records.h"

G_BEGIN_DECLS

/* A state as a word and a shape; the colour only helps. All static. */
typedef struct
{
  const char *word;
  const char *icon_name;
  const char *style; /* "", "accent", "success", "warning", "error" */
} CsPill;

CsPill cs_pill_for_invoice (const CsLedgerInvoice *invoice, CsDate today);
char *cs_pill_words_for_invoice (const CsLedgerInvoice *invoice,
                                 CsDate today); /* (transfer full) "12 days overdue" */
CsPill cs_pill_for_proposal (CsProposalState state);
CsPill cs_pill_for_client (CsClientState state);
CsPill cs_pill_for_job (const CsJob *job);
CsPill cs_pill_for_job_state (CsJobState state);
CsPill cs_pill_for_operation (const CsOperation *operation);
CsPill cs_pill_for_planned (void);
CsPill cs_pill_for_skipped (void);
CsPill cs_pill_for_person (void);

G_END_DECLS
