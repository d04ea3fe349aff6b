/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-proposal.h"

G_BEGIN_DECLS

/* How far ahead invoices are planned, and shown. */
#define CS_PLAN_MONTHS 12

/* Why there is more than one invoice of a proposal on a day [U-27]. */
typedef enum
{
  CS_PLAN_SPLIT_NONE = 0,
  CS_PLAN_SPLIT_ALONE = 1 << 0, /* a service of it is billed alone */
  CS_PLAN_SPLIT_TERMS = 1 << 1, /* they fall due on other days */
  CS_PLAN_SPLIT_STATUS = 1 << 2,
  CS_PLAN_SPLIT_THEME = 1 << 3,
  CS_PLAN_SPLIT_SERIES = 1 << 4,
  CS_PLAN_SPLIT_EARLIER = 1 << 5, /* the others of that day were planned before */
} CsPlanSplit;

/* What the rules say will be billed on a date: lines of one proposal and one date, and of one shape [U-27].
 */
typedef struct
{
  CsUuid id; /* from the proposal and the date: the same plan, the same id [U-10] */
  CsUuid proposal_id;
  CsDate date;
  CsDate due;
  CsCurrency currency;
  CsTaxMode tax_mode;
  gboolean authorise;
  char *theme_id; /* "": the organisation's own */
  char *series;   /* what its number begins with; "": as the practice's */
  CsPlanSplit split;
  CsShapeLevel sources[CS_SHAPE_N_FIELDS]; /* only when just planned: whose word counted for its first line */
  char *reference;
  GPtrArray *lines; /* of CsPlannedLine */
  CsTotals totals;
  CsUuid journal_id;       /* none until it is released to be sent */
  char *number;            /* the invoice number, "" until given */
  char *remote_invoice_id; /* "" until known */
  gint64 skipped_ms;       /* when a person said that it is not billed [U-11]; 0: nobody did */
  char *skip_reason;       /* why, in that person's words, "" */
} CsPlannedInvoice;

typedef struct
{
  CsUuid line_id; /* the engagement line that made it [B-22] */
  CsBillingPeriod period;
  char *description;
  CsDecimal quantity;
  CsDecimal unit_price;
  char *account_code;
  char *tax_type;
  CsDecimal tax_rate;
  char *tracking; /* as in a CsShape, without the empty options */
} CsPlannedLine;

CsPlannedInvoice *cs_planned_invoice_new (void);
void cs_planned_invoice_free (CsPlannedInvoice *invoice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPlannedInvoice, cs_planned_invoice_free)

/* A planned invoice as a person saw it, who decides about it: the plan may say more, or less, by now. */
typedef struct
{
  CsUuid id;
  CsMoney total;
} CsPlannedSeen;

CsPlannedSeen cs_planned_invoice_get_seen (const CsPlannedInvoice *invoice);

CsPlannedLine *cs_planned_line_new (void);
void cs_planned_line_free (CsPlannedLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPlannedLine, cs_planned_line_free)

/* Of CsPlannedInvoice, by date: everything that the lines bill up to @until; what is dated before
 * @accepted_on is a person's to bill [U-11]. The upfront invoice is dated @accepted_on. Two calls give the
 * same ids. */
GPtrArray *
cs_proposal_plan_invoices (const CsProposal *proposal, CsDate accepted_on, CsDate until, GError **error);

/* Whether this period of a line was planned before, so that it is left out. */
typedef gboolean (*CsPlanFilter) (const CsUuid *line_id, CsDate period_start, gconstpointer data);
GPtrArray *cs_proposal_plan_rest (const CsProposal *proposal,
                                  CsDate accepted_on,
                                  CsDate until,
                                  CsPlanFilter is_planned, /* (nullable) */
                                  gconstpointer data,
                                  GError **error);

G_END_DECLS
