/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* What the signed-in person may do in an organisation, as /Organisation/Actions lists it (xero-accounting
 * 11). Rights are taken away through the control interface; what needs a lost one is 403. */

typedef enum
{
  SANDBOX_ACTION_CREATE_CONTACT,
  SANDBOX_ACTION_UPDATE_CONTACT,
  SANDBOX_ACTION_ARCHIVE_CONTACT,
  SANDBOX_ACTION_CREATE_DRAFT_INVOICE,
  SANDBOX_ACTION_CREATE_APPROVED_INVOICE,
  SANDBOX_ACTION_UPDATE_PAID_INVOICE,
  SANDBOX_ACTION_VOID_INVOICE,
  SANDBOX_ACTION_DELETE_DRAFT_INVOICE,
  SANDBOX_ACTION_CREATE_INVOICE_PAYMENT,
  SANDBOX_ACTION_CREATE_REPEATING_INVOICE,
  SANDBOX_ACTION_CREATE_DRAFT_QUOTE,
  SANDBOX_ACTION_CREATE_SENT_QUOTE,
  SANDBOX_ACTION_USE_MULTICURRENCY,
  SANDBOX_ACTION_VIEW_INVOICES,
  SANDBOX_ACTION_VIEW_PAYMENTS,
  SANDBOX_ACTION_APPROVE_BEFORE_LOCK,
  SANDBOX_ACTIONS
} SandboxAction;

extern const char *const sandbox_action_names[]; /* ended by NULL */

gboolean sandbox_actions_allow (const SandboxCall *call, SandboxAction action);
void sandbox_actions_refuse (SandboxReply *reply);
