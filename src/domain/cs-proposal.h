/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-billing-change.h"
#include "cs-shape.h"
#include "cs-states.h"
#include "cs-tax.h"
#include "cs-uuid.h"

G_BEGIN_DECLS

/* A line of a draft, and, frozen, of an engagement. */
typedef struct
{
  CsUuid id;
  char *description;
  CsDecimal quantity;
  CsDecimal unit_price;
  char *account_code; /* "": as the client or the practice has it */
  char *tax_type;
  CsDecimal tax_rate; /* percent, as the ledger's rate said when the line was saved */
  CsBillingRule billing;
  CsShape *shape; /* (nullable): what this service has of its own, account and tax apart */
  GPtrArray
      *changes; /* (nullable), read only: of CsBillingChange: what was said after it was agreed [U-13] */
} CsProposalLine;

CsProposalLine *cs_proposal_line_new (void);
CsProposalLine *cs_proposal_line_copy (const CsProposalLine *line);
void cs_proposal_line_free (CsProposalLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsProposalLine, cs_proposal_line_free)

typedef struct
{
  char *signatory; /* who accepted */
  char *capacity;  /* as what: "Director"; may be "" */
  CsAcceptanceMethod method;
  char *note; /* the evidence, in words */
  gint64 accepted_ms;
  CsDate accepted_on;     /* in the practice's zone */
  char *actor;            /* the team member who marked it */
  char *agreement_sha256; /* hex, of the canonical JSON that was frozen */
  gint64 hold_until_ms;   /* read only: until then nothing of it leaves, and it can be undone */
  gint64 seen_revision;   /* write only: of the proposal as the person saw it; 0: as it is */
} CsAcceptance;

CsAcceptance *cs_acceptance_new (void);
CsAcceptance *cs_acceptance_copy (const CsAcceptance *acceptance);
void cs_acceptance_free (CsAcceptance *acceptance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsAcceptance, cs_acceptance_free)

typedef struct
{
  CsUuid id;
  char *number; /* "PROP-0042": what Reference carries */
  char *title;
  CsUuid client_id;
  char *client_name; /* read only: for lists */
  CsProposalState state;
  CsCurrency currency;
  CsTaxMode tax_mode;
  CsDate start;             /* CS_DATE_NONE: on acceptance */
  guint designated_day;     /* 1–31 [P-05] */
  CsTermsKind terms_kind;   /* INHERITED: due_days does not count */
  int due_days;             /* when its invoices fall due, as terms_kind says */
  gboolean authorise;       /* invoices go out AUTHORISED, else DRAFT */
  gboolean inherits_status; /* then authorise does not count */
  GPtrArray *lines;         /* of CsProposalLine, in order */
  CsAcceptance *acceptance; /* (nullable): only once accepted */
  CsShape *practice_shape;  /* (nullable), read only: what it inherits */
  CsShape *client_shape;    /* (nullable), read only */
  gint64 created_ms;
  gint64 updated_ms;
  gint64 revision;
} CsProposal;

CsProposal *cs_proposal_new (void);
CsProposal *cs_proposal_copy (const CsProposal *proposal);
void cs_proposal_free (CsProposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsProposal, cs_proposal_free)

#define CS_LINE_DESCRIPTION_MAX                                                                              \
  4000 /* characters: what the ledger takes (xero-accounting.md section 9.2)                                 \
        */

CsProposalLine *cs_proposal_find_line (const CsProposal *proposal, const CsUuid *line_id); /* (nullable) */
/* What counts for one of its lines. */
CsResolvedShape *cs_proposal_resolve_line (const CsProposal *proposal, const CsProposalLine *line);
/* What a new line without anything of its own would have. */
CsResolvedShape *cs_proposal_resolve (const CsProposal *proposal);

/* What is missing before a proposal can be accepted: of char *, codes that ui words ("client", "lines",
 * "line-description:2", "line-description-long:2", "line-account:2", "line-tax:2", "line-price:2", lines
 * counted from 1); empty when it can be. */
GPtrArray *cs_proposal_list_missing (const CsProposal *proposal);
/* Of CsBillingRhythm: those of its lines, each once, in the order of cs_billing_rhythm_compare(). */
GArray *cs_proposal_list_rhythms (const CsProposal *proposal);
/* Of the lines of that rhythm alone. */
gboolean cs_proposal_compute_totals (const CsProposal *proposal,
                                     CsBillingRhythm rhythm,
                                     CsTotals *totals,
                                     GError **error);

G_END_DECLS
