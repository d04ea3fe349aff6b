/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-push-answer.h"

/** cs_push_answer_clear: frees what @answer holds. */
void
cs_push_answer_clear (CsPushAnswer *answer)
{
  g_return_if_fail (answer != NULL);

  cs_remote_failure_clear (&answer->failure);
  g_clear_error (&answer->error);
  g_clear_pointer (&answer->contact, cs_ledger_contact_free);
  g_clear_pointer (&answer->invoice, cs_ledger_invoice_free);
}

/* Refused by the ledger's rules. That a number or a name is there already may be our own doing, from a call
 * whose answer was lost: it is probed before a person is asked. */
static void
read_refusal (CsPushAnswer *answer, CsLedger *ledger)
{
  answer->code = cs_ledger_classify_refusal (ledger, answer->error->message);
  answer->event = answer->code == CS_OUTCOME_NUMBER_TAKEN || answer->code == CS_OUTCOME_NAME_TAKEN
                      ? CS_EVENT_TAKEN
                      : CS_EVENT_REFUSED;
}

/**
 * cs_push_answer_read_error:
 * @answer: with an error; its event and code are filled in
 * @ledger: whose words they are
 *
 * The one table from what the pipeline says to what the journal hears. Whatever is not surely "no" is doubt.
 * What concerns the whole organisation (no permission, no sign-in) parks the row instead of blocking it: a
 * person who mends it once has mended it for all.
 */
void
cs_push_answer_read_error (CsPushAnswer *answer, CsLedger *ledger)
{
  answer->event = CS_EVENT_UNKNOWN;
  answer->code = CS_OUTCOME_UNKNOWN;
  if (answer->error->domain != CS_REMOTE_ERROR)
    return;

  switch ((CsRemoteError)answer->error->code)
    {
    case CS_REMOTE_ERROR_UNREACHABLE:
    case CS_REMOTE_ERROR_UNTRUSTED:
      answer->event = CS_EVENT_NOT_SENT;
      answer->code = CS_OUTCOME_UNREACHABLE;
      break;
    case CS_REMOTE_ERROR_TRY_LATER:
    case CS_REMOTE_ERROR_USED_UP:
      answer->event = CS_EVENT_NOT_SENT;
      answer->code = CS_OUTCOME_BUSY;
      break;
    case CS_REMOTE_ERROR_REFUSED:
    case CS_REMOTE_ERROR_NOT_FOUND:
      read_refusal (answer, ledger);
      break;
    case CS_REMOTE_ERROR_FORBIDDEN:
    case CS_REMOTE_ERROR_SIGN_IN_NEEDED:
    case CS_REMOTE_ERROR_VAULT_LOCKED:
    case CS_REMOTE_ERROR_VAULT_ABSENT:
    case CS_REMOTE_ERROR_VAULT_FAILED:
      answer->event = CS_EVENT_SIGN_IN_NEEDED;
      answer->code = CS_OUTCOME_SIGN_IN;
      break;
    case CS_REMOTE_ERROR_UNKNOWN_OUTCOME:
    case CS_REMOTE_ERROR_BAD_REPLY:
    case CS_REMOTE_ERROR_TOO_LARGE:
    case CS_REMOTE_ERROR_TOO_MANY:
    case CS_REMOTE_ERROR_DECLINED:
    case CS_REMOTE_ERROR_TIMED_OUT:
    case CS_REMOTE_ERROR_PORT_TAKEN:
    case CS_REMOTE_ERROR_BAD_CLIENT:
    default:
      break;
    }
}
