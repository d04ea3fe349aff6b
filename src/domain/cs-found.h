/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-ledger-records.h"
#include "cs-plan.h"

G_BEGIN_DECLS

/* What the ledger has under an invoice's own number, judged (design.md section 6): what is beyond doubt it is
 * adopted by itself, all else is a person's decision. */
typedef enum
{
  CS_FOUND_EQUAL,    /* it, beyond doubt: contact, date, currency and total are as planned */
  CS_FOUND_OURS,     /* near certainly it, changed there since: sent again it would be billed twice */
  CS_FOUND_UNSURE,   /* perhaps it, perhaps one that a restored file forgot: only a person can tell */
  CS_FOUND_DEAD,     /* near certainly it, but voided or deleted there: nothing to adopt */
  CS_FOUND_ANOTHERS, /* plainly something else, or linked to something else here */
} CsFoundKind;

/* Where an invoice stands when it is judged. */
typedef struct
{
  const char *contact_id; /* the client's contact at the ledger, "" */
  gboolean is_linked;     /* what was found belongs to something else here */
  gboolean is_restored;   /* the file came back once: it may have forgotten what it sent, and number anew */
  gboolean has_sibling;   /* another invoice of the proposal is billed on the day of what was found */
} CsFoundPlace;

CsFoundKind
cs_found_judge (const CsLedgerInvoice *found, const CsPlannedInvoice *planned, const CsFoundPlace *place);
gboolean cs_found_may_be_adopted (CsFoundKind kind);
/* Whether the next number could bill it a second time. */
gboolean cs_found_would_be_twice (CsFoundKind kind);

G_END_DECLS
