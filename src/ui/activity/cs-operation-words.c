/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-operation-words.h"
#include "cs-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** cs_operation_words_title: Returns: (transfer full): what is written */
char *
cs_operation_words_title (const CsOperation *operation)
{
  if (!operation->is_invoice)
    return g_strdup (_ ("Contact"));
  if (*operation->number == '\0')
    return g_strdup (_ ("Invoice"));
  /* Translators: %s is an invoice's number. */
  return g_strdup_printf (_ ("Invoice %s"), operation->number);
}

static char *
describe_waiting (const CsOperation *operation, gint64 now_ms)
{
  g_autofree char *in = cs_format_in (operation->next_ms, now_ms);

  if (*operation->outcome_message == '\0')
    /* Translators: %s is "in 5 minutes" or "now". */
    return g_strdup_printf (_ ("Will be tried again %s."), in);
  /* Translators: "in 5 minutes" or "now", and a sentence that says why it did not go yet. */
  return g_strdup_printf (_ ("Will be tried again %1$s. %2$s"), in, operation->outcome_message);
}

/* Whether the message is the ledger's own. */
static gboolean
is_of_ledger (CsOutcome outcome)
{
  return outcome == CS_OUTCOME_REFUSED || outcome == CS_OUTCOME_NUMBER_TAKEN
         || outcome == CS_OUTCOME_NAME_TAKEN || outcome == CS_OUTCOME_ARCHIVED_CONTACT;
}

static char *
describe_blocked (const CsOperation *operation)
{
  if (*operation->outcome_message == '\0')
    return g_strdup (_ ("Somebody must look at it"));
  /* The pipeline's messages quote them already. */
  if (!is_of_ledger (operation->outcome) || strstr (operation->outcome_message, "“") != NULL)
    return g_strdup (operation->outcome_message);
  /* Translators: %s are Xero's own words. */
  return g_strdup_printf (_ ("Xero says: “%s”"), operation->outcome_message);
}

static char *
describe_done (const CsOperation *operation)
{
  if (operation->outcome == CS_OUTCOME_CHANGED_BY_LEDGER)
    return g_strdup (*operation->outcome_message != '\0'
                         ? operation->outcome_message
                         : _ ("Is in Xero, with another total than was sent"));
  if (operation->outcome == CS_OUTCOME_LINKED)
    return g_strdup (_ ("Linked to the contact that is in Xero"));
  return g_strdup (operation->is_invoice ? _ ("Is in Xero") : _ ("Is in Xero and linked"));
}

/** cs_operation_words_advice: Returns: (transfer none): what mends it, "" where the buttons say so */
const char *
cs_operation_words_advice (const CsOperation *operation)
{
  if (operation->state != CS_JOURNAL_BLOCKED)
    return "";
  if (operation->outcome == CS_OUTCOME_ARCHIVED_CONTACT)
    return _ ("Restore the contact in Xero, then try again.");
  if (operation->outcome == CS_OUTCOME_NAME_TAKEN)
    return _ ("Xero has a contact of this name. Rename one of the two, then try again.");
  return "";
}

/** cs_operation_words_outcome: Returns: (transfer full): how it went, or what it waits for */
char *
cs_operation_words_outcome (const CsOperation *operation, CsSession *session)
{
  gint64 now_ms = cs_clock_now_ms (cs_session_get_clock (session));

  switch (operation->state)
    {
    case CS_JOURNAL_HELD:
      return g_strdup (_ ("Held for a moment, so that it can be undone"));
    case CS_JOURNAL_QUEUED:
      return g_strdup (operation->waits_for_another ? _ ("Goes once the contact is there")
                                                    : _ ("Is next to go"));
    case CS_JOURNAL_SENDING:
      return g_strdup (_ ("On its way to Xero"));
    case CS_JOURNAL_DOUBTFUL:
      return g_strdup (_ ("It may have arrived. Countersign asks Xero before it does anything else."));
    case CS_JOURNAL_WAITING:
      return describe_waiting (operation, now_ms);
    case CS_JOURNAL_BLOCKED:
      return describe_blocked (operation);
    case CS_JOURNAL_DONE:
      return describe_done (operation);
    case CS_JOURNAL_CANCELLED:
    default:
      return g_strdup (_ ("Was not sent"));
    }
}
