/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-billing.h"
#include "cs-uuid.h"

G_BEGIN_DECLS

/* What a person decided about a recurring service after it was agreed [U-13]. What was agreed stays frozen;
 * changes stand beside it, in the order in which they were said, and all of them together say which periods
 * are left out. Dates of the rule don't move for them [U-12]. */

typedef enum
{
  CS_BILLING_PAUSE,  /* from a day on; until a day, or until it is resumed */
  CS_BILLING_RESUME, /* from a day on it is billed again */
  CS_BILLING_STOP,   /* from a day on, for good */
} CsBillingChangeKind;

const char *cs_billing_change_kind_to_string (CsBillingChangeKind kind);
gboolean cs_billing_change_kind_parse (const char *text, CsBillingChangeKind *kind, GError **error);

typedef struct
{
  CsUuid id;
  CsBillingChangeKind kind;
  CsDate from;  /* the first day that it counts for */
  CsDate until; /* of a pause: the first day that is billed again; CS_DATE_NONE: open */
  char *reason; /* in that person's words, never "" */
  gint64 said_ms;
  char *actor; /* the team member who said it */
} CsBillingChange;

CsBillingChange *
cs_billing_change_new (CsBillingChangeKind kind, CsDate from, CsDate until, const char *reason);
CsBillingChange *cs_billing_change_copy (const CsBillingChange *change);
void cs_billing_change_free (CsBillingChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsBillingChange, cs_billing_change_free)

CsUuid cs_billing_changes_get_last (const GPtrArray *changes); /* CS_UUID_NONE: nothing was said */

/* Days that are left out. */
typedef struct
{
  CsDate from;
  CsDate until;                  /* the first day that is billed again; CS_DATE_NONE: none */
  const CsBillingChange *change; /* which made it */
} CsBillingGap;

/* @changes: (nullable): of CsBillingChange, as they were said. */
GArray *cs_billing_changes_list_gaps (const GPtrArray *changes); /* of CsBillingGap, in the changes' order */
const CsBillingGap *cs_billing_gaps_find (const GArray *gaps, CsDate date);
const CsBillingGap *cs_billing_gaps_find_next (const GArray *gaps, CsDate date);
gboolean cs_billing_changes_check (const GPtrArray *changes, const CsBillingChange *change, GError **error);

/* What @change would change: of CsBillingPeriod, up to @until: left out by it, or, of a resumption, billed
 * again. */
GArray *cs_billing_changes_foresee (const CsBillingRule *rule,
                                    const CsBillingAnchors *anchors,
                                    const GPtrArray *changes,
                                    const CsBillingChange *change,
                                    CsDate until);

G_END_DECLS
