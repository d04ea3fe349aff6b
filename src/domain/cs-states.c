/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-states.h"
#include "cs-vocabulary.h"

static const char *const client_state_words[] = {
  [CS_CLIENT_LEAD] = "lead",
  [CS_CLIENT_ACTIVE] = "active",
  [CS_CLIENT_ARCHIVED] = "archived",
};
static const CsVocabulary client_states = CS_VOCABULARY ("client state", client_state_words);

static const char *const proposal_state_words[] = {
  [CS_PROPOSAL_DRAFT] = "draft",         [CS_PROPOSAL_IN_REVIEW] = "in-review",
  [CS_PROPOSAL_AWAITING] = "awaiting",   [CS_PROPOSAL_ACTIVE] = "active",
  [CS_PROPOSAL_COMPLETED] = "completed", [CS_PROPOSAL_LOST] = "lost",
  [CS_PROPOSAL_DECLINED] = "declined",   [CS_PROPOSAL_EXPIRED] = "expired",
  [CS_PROPOSAL_REVOKED] = "revoked",
};
static const CsVocabulary proposal_states = CS_VOCABULARY ("proposal state", proposal_state_words);

static const char *const acceptance_method_words[] = {
  [CS_ACCEPTANCE_IN_PERSON] = "in-person", [CS_ACCEPTANCE_SIGNED_PAPER] = "signed-paper",
  [CS_ACCEPTANCE_BY_EMAIL] = "by-email",   [CS_ACCEPTANCE_ON_BEHALF] = "on-behalf",
  [CS_ACCEPTANCE_ONLINE] = "online",
};
static const CsVocabulary acceptance_methods = CS_VOCABULARY ("acceptance method", acceptance_method_words);

static const char *const journal_state_words[] = {
  [CS_JOURNAL_HELD] = "held",         [CS_JOURNAL_QUEUED] = "queued",       [CS_JOURNAL_SENDING] = "sending",
  [CS_JOURNAL_DOUBTFUL] = "doubtful", [CS_JOURNAL_WAITING] = "waiting",     [CS_JOURNAL_BLOCKED] = "blocked",
  [CS_JOURNAL_DONE] = "done",         [CS_JOURNAL_CANCELLED] = "cancelled",
};
static const CsVocabulary journal_states = CS_VOCABULARY ("journal state", journal_state_words);

static const char *const ledger_status_words[] = {
  [CS_LEDGER_DRAFT] = "DRAFT", [CS_LEDGER_SUBMITTED] = "SUBMITTED", [CS_LEDGER_AUTHORISED] = "AUTHORISED",
  [CS_LEDGER_PAID] = "PAID",   [CS_LEDGER_VOIDED] = "VOIDED",       [CS_LEDGER_DELETED] = "DELETED",
};
static const CsVocabulary ledger_statuses = CS_VOCABULARY ("invoice status", ledger_status_words);

static const char *const source_words[] = {
  [CS_SOURCE_MANUAL] = "manual", [CS_SOURCE_CSV] = "csv", [CS_SOURCE_XERO] = "xero",
  [CS_SOURCE_QBO] = "qbo",       [CS_SOURCE_XPM] = "xpm",
};
static const CsVocabulary sources = CS_VOCABULARY ("client source", source_words);

/**
 * cs_client_state_to_string:
 * @state: a client state
 *
 * Returns: the word that the store keeps for it; never translated
 */
const char *
cs_client_state_to_string (CsClientState state)
{
  return cs_vocabulary_get_word (&client_states, state);
}

/**
 * cs_client_state_parse:
 * @text: (nullable): a word of cs_client_state_to_string()
 * @state: (out): what it means; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_client_state_parse (const char *text, CsClientState *state, GError **error)
{
  guint value;

  if (!cs_vocabulary_parse (&client_states, text, &value, error))
    return FALSE;
  *state = (CsClientState)value;
  return TRUE;
}

/**
 * cs_proposal_state_to_string:
 * @state: a proposal state
 *
 * Returns: the word that the store keeps for it; never translated
 */
const char *
cs_proposal_state_to_string (CsProposalState state)
{
  return cs_vocabulary_get_word (&proposal_states, state);
}

/**
 * cs_proposal_state_parse:
 * @text: (nullable): a word of cs_proposal_state_to_string()
 * @state: (out): what it means; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_proposal_state_parse (const char *text, CsProposalState *state, GError **error)
{
  guint value;

  if (!cs_vocabulary_parse (&proposal_states, text, &value, error))
    return FALSE;
  *state = (CsProposalState)value;
  return TRUE;
}

/**
 * cs_proposal_state_can_become:
 * @from: the state now
 * @to: the state wanted
 *
 * The order of design.md section 3: Draft → (In review) → Awaiting acceptance → Active → Completed, or Lost,
 * Declined, Expired, Revoked. A draft may be accepted at once, as when it is signed on paper. Active goes
 * back only to undo a wrong click while all that it sends is still held; the caller sees to that. What was
 * accepted is never edited afterwards, so Completed and Revoked are final; the other ends may be drafted
 * anew.
 *
 * Returns: whether it may; staying the same is no change and is %FALSE
 */
gboolean
cs_proposal_state_can_become (CsProposalState from, CsProposalState to)
{
#define TO(state) (1u << CS_PROPOSAL_##state)
  static const guint nexts[] = {
    [CS_PROPOSAL_DRAFT] = TO (IN_REVIEW) | TO (AWAITING) | TO (ACTIVE) | TO (LOST),
    [CS_PROPOSAL_IN_REVIEW] = TO (DRAFT) | TO (AWAITING) | TO (LOST),
    [CS_PROPOSAL_AWAITING]
    = TO (DRAFT) | TO (ACTIVE) | TO (LOST) | TO (DECLINED) | TO (EXPIRED) | TO (REVOKED),
    [CS_PROPOSAL_ACTIVE] = TO (DRAFT) | TO (AWAITING) | TO (COMPLETED) | TO (REVOKED),
    [CS_PROPOSAL_COMPLETED] = 0,
    [CS_PROPOSAL_LOST] = TO (DRAFT),
    [CS_PROPOSAL_DECLINED] = TO (DRAFT),
    [CS_PROPOSAL_EXPIRED] = TO (DRAFT),
    [CS_PROPOSAL_REVOKED] = 0,
  };
#undef TO

  g_assert ((gsize)from < G_N_ELEMENTS (nexts) && (gsize)to < G_N_ELEMENTS (nexts));
  return (nexts[from] & (1u << to)) != 0;
}

/**
 * cs_acceptance_method_to_string:
 * @method: an acceptance method
 *
 * Returns: the word that the store keeps for it; never translated
 */
const char *
cs_acceptance_method_to_string (CsAcceptanceMethod method)
{
  return cs_vocabulary_get_word (&acceptance_methods, method);
}

/**
 * cs_acceptance_method_parse:
 * @text: (nullable): a word of cs_acceptance_method_to_string()
 * @method: (out): what it means; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_acceptance_method_parse (const char *text, CsAcceptanceMethod *method, GError **error)
{
  guint value;

  if (!cs_vocabulary_parse (&acceptance_methods, text, &value, error))
    return FALSE;
  *method = (CsAcceptanceMethod)value;
  return TRUE;
}

/**
 * cs_journal_state_to_string:
 * @state: a journal state
 *
 * Returns: the word that the store keeps for it; never translated
 */
const char *
cs_journal_state_to_string (CsJournalState state)
{
  return cs_vocabulary_get_word (&journal_states, state);
}

/**
 * cs_journal_state_parse:
 * @text: (nullable): a word of cs_journal_state_to_string()
 * @state: (out): what it means; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_journal_state_parse (const char *text, CsJournalState *state, GError **error)
{
  guint value;

  if (!cs_vocabulary_parse (&journal_states, text, &value, error))
    return FALSE;
  *state = (CsJournalState)value;
  return TRUE;
}

/**
 * cs_ledger_status_to_string:
 * @status: an invoice status
 *
 * Returns: Xero's own word for it; never translated
 */
const char *
cs_ledger_status_to_string (CsLedgerStatus status)
{
  return cs_vocabulary_get_word (&ledger_statuses, status);
}

/**
 * cs_ledger_status_parse:
 * @text: (nullable): a word of cs_ledger_status_to_string()
 * @status: (out): what it means; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_ledger_status_parse (const char *text, CsLedgerStatus *status, GError **error)
{
  guint value;

  if (!cs_vocabulary_parse (&ledger_statuses, text, &value, error))
    return FALSE;
  *status = (CsLedgerStatus)value;
  return TRUE;
}

/**
 * cs_source_to_string:
 * @source: a client source
 *
 * Returns: the word that the store keeps for it; never translated
 */
const char *
cs_source_to_string (CsSource source)
{
  return cs_vocabulary_get_word (&sources, source);
}

/**
 * cs_source_parse:
 * @text: (nullable): a word of cs_source_to_string()
 * @source: (out): what it means; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_source_parse (const char *text, CsSource *source, GError **error)
{
  guint value;

  if (!cs_vocabulary_parse (&sources, text, &value, error))
    return FALSE;
  *source = (CsSource)value;
  return TRUE;
}
