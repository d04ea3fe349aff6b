/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-ledger-records.h"
#include "cs-outcome.h"
#include "cs-plan.h"

G_BEGIN_DECLS

/* What the mirror knows of the organisation that an invoice is meant for. A list that is NULL or empty was
 * not read yet: nothing is held against it. */
typedef struct
{
  GPtrArray *accounts;                      /* of CsLedgerAccount */
  GPtrArray *tax_rates;                     /* of CsLedgerTaxRate */
  GPtrArray *tracking;                      /* of CsLedgerTrackingCategory */
  GPtrArray *themes;                        /* of CsLedgerBrandingTheme */
  const CsLedgerOrganisation *organisation; /* (nullable) */
  CsDate lock_date;                         /* the practice's own; CS_DATE_NONE: none */
} CsShapeWorld;

/* Why an invoice may not be sent as it is. */
typedef struct
{
  CsOutcome outcome;
  char *parameter; /* the account's code, the tax type, the remote id, the lock date */
} CsShapeViolation;

GArray *cs_shape_check (const CsPlannedInvoice *invoice, const CsShapeWorld *world); /* of CsShapeViolation */

G_END_DECLS
