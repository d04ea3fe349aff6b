/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"

G_BEGIN_DECLS

typedef enum
{
  CS_BILLING_UNIT_ONCE,
  CS_BILLING_UNIT_DAYS,
  CS_BILLING_UNIT_WEEKS,
  CS_BILLING_UNIT_MONTHS,
  CS_BILLING_UNIT_YEARS,
} CsBillingUnit;

/* How often, alone. */
typedef struct
{
  CsBillingUnit unit;
  guint every; /* 1 for ONCE */
} CsBillingRhythm;

#define CS_BILLING_EVERY_MAX 3660 /* days, weeks, months or years */
#define CS_BILLING_ONCE ((CsBillingRhythm){ CS_BILLING_UNIT_ONCE, 1 })
#define CS_BILLING_MONTHLY ((CsBillingRhythm){ CS_BILLING_UNIT_MONTHS, 1 })

typedef enum
{
  CS_BILLING_ANCHOR_ACCEPTANCE,
  CS_BILLING_ANCHOR_PROPOSAL_START,
  CS_BILLING_ANCHOR_DATE,
} CsBillingAnchor;

typedef enum
{
  CS_BILLING_END_NEVER,
  CS_BILLING_END_COUNT,
  CS_BILLING_END_DATE,
} CsBillingEnd;

/* design.md section 3, "Billing rule". Upfront is ONCE from ACCEPTANCE; monthly is every 1 MONTHS on the
 * designated day [P-05, I-05]. */
typedef struct
{
  CsBillingUnit unit;
  guint every; /* ≥ 1; ignored for ONCE */
  CsBillingAnchor anchor;
  CsDate anchor_date; /* for ANCHOR_DATE */
  int delay_days;
  CsBillingEnd end;
  guint end_count;
  CsDate end_date;      /* last date a period may start, inclusive */
  guint designated_day; /* of months and years, 1–31; 29–31: the month's last where short; 0: the anchor's own
                           day */
} CsBillingRule;

/* What the rule is measured from. */
typedef struct
{
  CsDate acceptance;
  CsDate proposal_start; /* CS_DATE_NONE: as acceptance */
} CsBillingAnchors;

typedef struct
{
  guint index;  /* 0 for the first */
  CsDate start; /* the period's key: (engagement line, start) is unique [U-10] */
  CsDate end;   /* last day, inclusive; equals start for ONCE */
  CsDate invoice_date;
} CsBillingPeriod;

gboolean cs_billing_rule_validate (const CsBillingRule *rule, GError **error);
CsBillingRule cs_billing_rule_upfront (void);
CsBillingRule cs_billing_rule_monthly (guint designated_day);
CsBillingRule cs_billing_rule_recurring (CsBillingRhythm rhythm, guint designated_day);
CsBillingRhythm cs_billing_rule_get_rhythm (const CsBillingRule *rule);
int cs_billing_rhythm_compare (CsBillingRhythm a, CsBillingRhythm b); /* once first, then the more frequent */
gboolean cs_billing_rule_get_period (const CsBillingRule *rule,
                                     const CsBillingAnchors *anchors,
                                     guint index,
                                     CsBillingPeriod *period);
GArray *cs_billing_rule_list_periods (const CsBillingRule *rule,
                                      const CsBillingAnchors *anchors,
                                      CsDate until); /* of CsBillingPeriod, invoice_date ≤ until */
char *cs_billing_rule_to_string (
    const CsBillingRule *rule); /* canonical, e.g. "months/1/acceptance/+0/never/day=1" */
gboolean cs_billing_rule_parse (const char *text, CsBillingRule *rule, GError **error);

G_END_DECLS
