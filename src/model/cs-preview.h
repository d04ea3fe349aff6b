/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-match.h"
#include "cs-session.h"
#include "cs-shape-check.h"

G_BEGIN_DECLS

/* Invoices of the same services and of one amount, without a pause. */
typedef struct
{
  CsDate first;
  CsDate last;
  guint count;
  CsMoney each; /* with tax */
  CsDate next;  /* on which it would go on; there may be a pause, and then another series */
  CsBillingRhythm rhythm;
  gboolean is_even; /* each a period after the one before; else one with more on it stands between */
} CsPreviewSeries;

/* What becomes of the contact. */
typedef enum
{
  CS_CONTACT_NEW,
  CS_CONTACT_LINKED,    /* already */
  CS_CONTACT_EXISTING,  /* will be linked to the one that is surely the same */
  CS_CONTACT_NAME_TAKEN /* another has this name: a person must say */
} CsContactFate;

/* What an acceptance will do, before it does it. */
typedef struct
{
  CsDate today; /* as it is told */
  char *contact_name;
  CsContactFate contact_fate;
  GPtrArray *now;         /* of CsPlannedInvoice: written at once; each with the number that it should get */
  GPtrArray *now_details; /* of char *, one an invoice of now: its theme, tracking, and whose word that is */
  GPtrArray *problems; /* of char *: why the organisation would not take it as it is; empty when it would */
  guint n_past; /* invoices of days before today, but for those of the acceptance: a person is asked [U-11] */
  CsDate first_past;
  CsDate last_past;
  GArray *later; /* of CsPreviewSeries */
} CsPreview;

/* What the practice's file knows beside the proposal. */
typedef struct
{
  const CsShapeWorld *world; /* (nullable): nothing is held against it */
  GPtrArray *numbers;        /* (nullable): of char *, the next of the practice's series */
  GPtrArray *client_numbers; /* (nullable): of the client's own */
} CsPreviewFacts;

CsPreview *cs_preview_new (const CsProposal *proposal,
                           const CsClient *client, /* (nullable) */
                           CsMatch known,          /* how far the ledger has the client already */
                           const CsSettings *settings,
                           const CsPreviewFacts *facts,
                           CsDate accepted_on,
                           CsDate today,
                           GError **error);
void cs_preview_free (CsPreview *preview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPreview, cs_preview_free)

/* Of CsPlannedInvoice of @proposal, by date, into series of one amount, from @start on; @planned comes into
 * their order. */
GArray *cs_preview_group (const CsProposal *proposal, GPtrArray *planned, guint start);

G_END_DECLS
