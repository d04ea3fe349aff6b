/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sandbox-json.h"

/* What is not certain at Xero and a client may lean on: each can be switched both ways, so that a client can
 * be held against either (xero-accounting 16, and the places tagged as unconfirmed). */

typedef enum
{
  SANDBOX_ASSUME_LOOPBACK_ADDRESS,
  SANDBOX_ASSUME_REVOKE_WITHOUT_SECRET,
  SANDBOX_ASSUME_EVENT_ID_IN_TOKEN,
  SANDBOX_ASSUME_APP_MINUTE_NAMED,
  SANDBOX_ASSUME_CONCURRENT_RETRY_AFTER,
  SANDBOX_ASSUME_DUPLICATE_NUMBER_WORDS,
  SANDBOX_ASSUME_DEAD_NUMBERS_TAKEN,
  SANDBOX_ASSUME_CONTACT_NUMBER_FIRST,
  SANDBOX_ASSUME_CONTACT_BY_INVOICE,
  SANDBOX_ASSUME_RESTORE_BY_API,
  SANDBOX_ASSUME_MERGE_TOUCHES_INVOICES,
  SANDBOX_ASSUME_DUE_DATE_FROM_TERMS,
  SANDBOX_ASSUME_PAYMENT_REMOVAL_REOPENS,
  SANDBOX_ASSUME_DELETED_PAYMENTS_VANISH,
  SANDBOX_ASSUME_DRAFT_AMOUNT_DUE,
  SANDBOX_ASSUME_MISSING_SCOPE_IS_401,
  SANDBOX_ASSUME_ZERO_TOTAL_IS_PAID,
  SANDBOX_ASSUME_DISCOUNT_RATE_FOUR_PLACES,
  SANDBOX_ASSUME_CONDITIONAL_GET_200,
  SANDBOX_ASSUME_INVOICES_SCOPE_REFERS,
  SANDBOX_ASSUME_GOOD_ONES_SAVED,
  SANDBOX_ASSUME_PAGED_IS_HIGH_VOLUME,
  SANDBOX_ASSUME_MODIFIED_SINCE_INCLUSIVE,
  SANDBOX_ASSUME_BAD_MODIFIED_SINCE_412,
  SANDBOX_ASSUME_LISTS_LACK_DISCOUNT_AMOUNT,
  SANDBOX_ASSUMPTIONS
} SandboxAssumption;

typedef struct
{
  const char *name;
  gboolean by_default;
  const char *section; /* of xero-accounting */
  const char *meaning; /* when it is on; and what else, when it is off */
} SandboxAssumptionRule;

extern const SandboxAssumptionRule sandbox_assumption_rules[SANDBOX_ASSUMPTIONS];

void sandbox_assumptions_reset (gboolean *assumptions);
gboolean sandbox_assumptions_set (gboolean *assumptions, const char *name, gboolean on, GError **error);
gboolean sandbox_assumptions_parse (gboolean *assumptions, const char *option, GError **error);
void sandbox_assumptions_write (const gboolean *assumptions, SandboxJson *json);
