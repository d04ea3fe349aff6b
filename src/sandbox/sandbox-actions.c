/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-actions.h"

const char *const sandbox_action_names[] = {
  "CreateContact",
  "UpdateContact",
  "ArchiveContact",
  "CreateDraftInvoice",
  "CreateApprovedInvoice",
  "UpdatePaidInvoice",
  "VoidInvoice",
  "DeleteDraftInvoice",
  "CreateInvoicePayment",
  "CreateRepeatingInvoice",
  "CreateDraftQuote",
  "CreateSentQuote",
  "UseMulticurrency",
  "ViewInvoices",
  "ViewPayments",
  "ApproveTransactionsBeforePeriodLockDate",
  NULL,
};

gboolean
sandbox_actions_allow (const SandboxCall *call, SandboxAction action)
{
  return (call->organisation->denied & 1u << action) == 0;
}

/* 403 with another Detail than that of a lost organisation (xero-accounting 7.1). */
void
sandbox_actions_refuse (SandboxReply *reply)
{
  sandbox_reply_problem (reply, SOUP_STATUS_FORBIDDEN, "Forbidden",
                         "The user does not have permission to perform this action");
}
