/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words that the store keeps are those of the _to_string functions; what a person reads is ui's affair.
 */
typedef enum
{
  CS_CLIENT_LEAD,
  CS_CLIENT_ACTIVE,
  CS_CLIENT_ARCHIVED,
} CsClientState;

typedef enum
{
  CS_PROPOSAL_DRAFT,
  CS_PROPOSAL_IN_REVIEW,
  CS_PROPOSAL_AWAITING,
  CS_PROPOSAL_ACTIVE,
  CS_PROPOSAL_COMPLETED,
  CS_PROPOSAL_LOST,
  CS_PROPOSAL_DECLINED,
  CS_PROPOSAL_EXPIRED,
  CS_PROPOSAL_REVOKED,
} CsProposalState;

typedef enum
{
  CS_ACCEPTANCE_IN_PERSON,
  CS_ACCEPTANCE_SIGNED_PAPER,
  CS_ACCEPTANCE_BY_EMAIL,
  CS_ACCEPTANCE_ON_BEHALF,
  CS_ACCEPTANCE_ONLINE,
} CsAcceptanceMethod;

/* The journal (outbox), design.md section 4. */
typedef enum
{
  CS_JOURNAL_HELD,     /* a person may still take it back */
  CS_JOURNAL_QUEUED,   /* to be sent once what it waits for is done */
  CS_JOURNAL_SENDING,  /* bytes frozen; may be on the wire */
  CS_JOURNAL_DOUBTFUL, /* may have arrived: leaves only through a probe */
  CS_JOURNAL_WAITING,  /* surely not done; will be tried again at next_ms */
  CS_JOURNAL_BLOCKED,  /* a person must act */
  CS_JOURNAL_DONE,
  CS_JOURNAL_CANCELLED,
} CsJournalState;

typedef enum
{
  CS_LEDGER_DRAFT,
  CS_LEDGER_SUBMITTED,
  CS_LEDGER_AUTHORISED,
  CS_LEDGER_PAID,
  CS_LEDGER_VOIDED,
  CS_LEDGER_DELETED,
} CsLedgerStatus;

/* Where a client came from [C-04]. */
typedef enum
{
  CS_SOURCE_MANUAL,
  CS_SOURCE_CSV,
  CS_SOURCE_XERO,
  CS_SOURCE_QBO,
  CS_SOURCE_XPM,
} CsSource;

const char *cs_client_state_to_string (CsClientState state);
gboolean cs_client_state_parse (const char *text, CsClientState *state, GError **error);
const char *cs_proposal_state_to_string (CsProposalState state);
gboolean cs_proposal_state_parse (const char *text, CsProposalState *state, GError **error);
gboolean cs_proposal_state_can_become (CsProposalState from, CsProposalState to);
const char *cs_acceptance_method_to_string (CsAcceptanceMethod method);
gboolean cs_acceptance_method_parse (const char *text, CsAcceptanceMethod *method, GError **error);
const char *cs_journal_state_to_string (CsJournalState state);
gboolean cs_journal_state_parse (const char *text, CsJournalState *state, GError **error);
const char *cs_ledger_status_to_string (CsLedgerStatus status); /* Xero's word: AUTHORISED */
gboolean cs_ledger_status_parse (const char *text, CsLedgerStatus *status, GError **error);
const char *cs_source_to_string (CsSource source);
gboolean cs_source_parse (const char *text, CsSource *source, GError **error);

G_END_DECLS
