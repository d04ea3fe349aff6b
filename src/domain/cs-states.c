/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-states.h"
#include "cs-decimal.h"

static const char *const client_state_words[] = {
  [CS_CLIENT_LEAD] = "lead",
  [CS_CLIENT_ACTIVE] = "active",
  [CS_CLIENT_ARCHIVED] = "archived",
};

static const char *const proposal_state_words[] = {
  [CS_PROPOSAL_DRAFT] = "draft",         [CS_PROPOSAL_IN_REVIEW] = "in-review",
  [CS_PROPOSAL_AWAITING] = "awaiting",   [CS_PROPOSAL_ACTIVE] = "active",
  [CS_PROPOSAL_COMPLETED] = "completed", [CS_PROPOSAL_LOST] = "lost",
  [CS_PROPOSAL_DECLINED] = "declined",   [CS_PROPOSAL_EXPIRED] = "expired",
  [CS_PROPOSAL_REVOKED] = "revoked",
};

static const char *const acceptance_method_words[] = {
  [CS_ACCEPTANCE_IN_PERSON] = "in-person", [CS_ACCEPTANCE_SIGNED_PAPER] = "signed-paper",
  [CS_ACCEPTANCE_BY_EMAIL] = "by-email",   [CS_ACCEPTANCE_ON_BEHALF] = "on-behalf",
  [CS_ACCEPTANCE_ONLINE] = "online",
};

static const char *const journal_state_words[] = {
  [CS_JOURNAL_HELD] = "held",         [CS_JOURNAL_QUEUED] = "queued",       [CS_JOURNAL_SENDING] = "sending",
  [CS_JOURNAL_DOUBTFUL] = "doubtful", [CS_JOURNAL_WAITING] = "waiting",     [CS_JOURNAL_BLOCKED] = "blocked",
  [CS_JOURNAL_DONE] = "done",         [CS_JOURNAL_CANCELLED] = "cancelled",
};

static const char *const ledger_status_words[] = {
  [CS_LEDGER_DRAFT] = "DRAFT", [CS_LEDGER_SUBMITTED] = "SUBMITTED", [CS_LEDGER_AUTHORISED] = "AUTHORISED",
  [CS_LEDGER_PAID] = "PAID",   [CS_LEDGER_VOIDED] = "VOIDED",       [CS_LEDGER_DELETED] = "DELETED",
};

static const char *const source_words[] = {
  [CS_SOURCE_MANUAL] = "manual", [CS_SOURCE_CSV] = "csv", [CS_SOURCE_XERO] = "xero",
  [CS_SOURCE_QBO] = "qbo",       [CS_SOURCE_XPM] = "xpm",
};

/* Index of @text in @words, or -1 with an error that says what kind of word was wanted. */
static int
find_word (const char *text, const char *const *words, gsize n_words, const char *kind, GError **error)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_strcmp0 (text, words[i]) == 0)
      return (int)i;
  g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, "This is not a known %s", kind);
  return -1;
}

/**
 * cs_client_state_to_string:
 * @state: a client state
 *
 * Returns: the word that the store keeps for it; never translated
 */
const char *
cs_client_state_to_string (CsClientState state)
{
  g_assert ((gsize)state < G_N_ELEMENTS (client_state_words));
  return client_state_words[state];
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
  int found = find_word (text, client_state_words, G_N_ELEMENTS (client_state_words), "client state", error);

  if (found < 0)
    return FALSE;
  *state = (CsClientState)found;
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
  g_assert ((gsize)state < G_N_ELEMENTS (proposal_state_words));
  return proposal_state_words[state];
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
  int found
      = find_word (text, proposal_state_words, G_N_ELEMENTS (proposal_state_words), "proposal state", error);

  if (found < 0)
    return FALSE;
  *state = (CsProposalState)found;
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
  g_assert ((gsize)method < G_N_ELEMENTS (acceptance_method_words));
  return acceptance_method_words[method];
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
  int found = find_word (text, acceptance_method_words, G_N_ELEMENTS (acceptance_method_words),
                         "acceptance method", error);

  if (found < 0)
    return FALSE;
  *method = (CsAcceptanceMethod)found;
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
  g_assert ((gsize)state < G_N_ELEMENTS (journal_state_words));
  return journal_state_words[state];
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
  int found
      = find_word (text, journal_state_words, G_N_ELEMENTS (journal_state_words), "journal state", error);

  if (found < 0)
    return FALSE;
  *state = (CsJournalState)found;
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
  g_assert ((gsize)status < G_N_ELEMENTS (ledger_status_words));
  return ledger_status_words[status];
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
  int found
      = find_word (text, ledger_status_words, G_N_ELEMENTS (ledger_status_words), "invoice status", error);

  if (found < 0)
    return FALSE;
  *status = (CsLedgerStatus)found;
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
  g_assert ((gsize)source < G_N_ELEMENTS (source_words));
  return source_words[source];
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
  int found = find_word (text, source_words, G_N_ELEMENTS (source_words), "client source", error);

  if (found < 0)
    return FALSE;
  *source = (CsSource)found;
  return TRUE;
}
