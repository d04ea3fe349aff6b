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

/** cs_operation_words_not_sent: Returns: (transfer full): what did not happen, and for whom */
char *
cs_operation_words_not_sent (const CsOperation *operation)
{
  if (!operation->is_invoice)
    /* Translators: %s is a client's name. */
    return g_strdup_printf (_ ("The contact %s was not made in Xero"), operation->title);
  if (*operation->number == '\0')
    /* Translators: %s is a client's name. */
    return g_strdup_printf (_ ("An invoice for %s was not sent"), operation->title);
  if (cs_operation_may_be_adopted (operation))
    /* Translators: an invoice's number and a client's name. */
    return g_strdup_printf (_ ("Invoice %s for %s may be in Xero already"), operation->number,
                            operation->title);
  /* Translators: an invoice's number and a client's name. */
  return g_strdup_printf (_ ("Invoice %s for %s was not sent"), operation->number, operation->title);
}

/** cs_operation_words_moments: Returns: (transfer full): when it last moved, and when it will, exactly */
char *
cs_operation_words_moments (const CsOperation *operation, CsSession *session)
{
  GTimeZone *zone = cs_session_get_time_zone (session);
  g_autofree char *moved = cs_format_moment (cs_operation_get_moved_ms (operation), zone);
  gint64 next_ms = operation->state == CS_JOURNAL_HELD      ? operation->hold_until_ms
                   : operation->state == CS_JOURNAL_WAITING ? operation->next_ms
                                                            : 0;
  g_autofree char *next = next_ms > 0 ? cs_format_moment (next_ms, zone) : NULL;

  if (next == NULL)
    return g_steal_pointer (&moved);
  /* Translators: two exact moments, on two lines. */
  return g_strdup_printf (_ ("Last moved: %s\nNext: %s"), moved, next);
}

/* One sentence, one time: the pipeline's own words name another. */
static char *
describe_waiting (const CsOperation *operation, gint64 now_ms)
{
  g_autofree char *in = cs_format_in (operation->next_ms, now_ms);

  if (operation->outcome == CS_OUTCOME_BUSY)
    /* Translators: %s is "in 5 minutes" or "now". */
    return g_strdup_printf (_ ("Xero is busy: it is tried again %s"), in);
  if (operation->outcome == CS_OUTCOME_UNREACHABLE)
    /* Translators: %s is "in 5 minutes" or "now". */
    return g_strdup_printf (_ ("Xero can’t be reached: it is tried again %s"), in);
  if (operation->outcome == CS_OUTCOME_SIGN_IN)
    return g_strdup (_ ("Goes once you have signed in to Xero again"));
  /* Translators: %s is "in 5 minutes" or "now". */
  return g_strdup_printf (_ ("It is tried again %s"), in);
}

/* What the pipeline put into quotes, which are the ledger's own words. */
static char *
dup_quoted (const char *message)
{
  const char *start = strstr (message, "“");
  const char *end = start != NULL ? g_strrstr (start, "”") : NULL;

  return end != NULL ? g_strndup (start + strlen ("“"), (gsize)(end - start) - strlen ("“")) : NULL;
}

/** cs_operation_words_message: Returns: (transfer full): what @message says, the ledger's own words as such
 */
char *
cs_operation_words_message (const char *message)
{
  g_autofree char *quoted = dup_quoted (message);

  if (quoted == NULL)
    return g_strdup (message);
  /* Translators: %s are Xero's own words. */
  return g_strdup_printf (_ ("Xero says: “%s”"), quoted);
}

/* A record of the ledger's in one line. */
static char *
describe_invoice (const char *client, CsDate date, CsMoney total)
{
  g_autofree char *day = cs_format_date (date);
  g_autofree char *amount = cs_format_money_with_currency (total);

  /* Translators: of an invoice: a client's name, a date, an amount with its currency. */
  return g_strdup_printf (_ ("%1$s, %2$s, %3$s"), client, day, amount);
}

/* What is said of what was found depends on what it is. */
static char *
describe_found (const CsOperation *operation, const char *theirs, const char *ours)
{
  const char *number = operation->found->number;

  if (operation->found_is_linked)
    /* Translators: an invoice's number; what Xero has, and what was planned: client, date, amount. */
    return g_strdup_printf (
        _ ("Xero has invoice %1$s as %2$s, which belongs to something else here. This one is %3$s."), number,
        theirs, ours);
  if (operation->found_kind == CS_FOUND_DEAD)
    /* Translators: an invoice's number; what Xero has, and what was planned: client, date, amount. */
    return g_strdup_printf (
        _ ("Xero has invoice %1$s as %2$s, and it was voided or deleted there. Planned was %3$s."), number,
        theirs, ours);
  if (operation->found_kind == CS_FOUND_ANOTHERS)
    /* Translators: an invoice's number; what Xero has, and what was planned: client, date, amount. */
    return g_strdup_printf (_ ("Xero has another invoice with the number %1$s: %2$s. This one is %3$s."),
                            number, theirs, ours);
  /* Translators: an invoice's number; what Xero has, and what was planned: client, date, amount. */
  return g_strdup_printf (_ ("Xero has invoice %1$s as %2$s. Planned was %3$s."), number, theirs, ours);
}

/** cs_operation_words_found: Returns: (transfer full): what the ledger has under its number, and how that
 * differs */
char *
cs_operation_words_found (const CsOperation *operation)
{
  const CsLedgerInvoice *found = operation->found;
  g_autofree char *theirs = describe_invoice (found->contact_name, found->date, found->total);
  g_autofree char *ours = describe_invoice (operation->title, operation->planned_date, operation->amount);
  g_autofree char *words = describe_found (operation, theirs, ours);

  if (operation->found_kind == CS_FOUND_ANOTHERS
      || g_str_equal (found->reference, operation->planned_reference))
    return g_steal_pointer (&words);
  /* Translators: a sentence, and two references of an invoice; the first may be nothing. */
  return g_strdup_printf (_ ("%1$s Its reference there is “%2$s”, not “%3$s”."), words, found->reference,
                          operation->planned_reference);
}

static char *
describe_blocked (const CsOperation *operation)
{
  if (operation->found != NULL)
    return cs_operation_words_found (operation);
  if (operation->is_invoice && operation->outcome == CS_OUTCOME_DIFFERENT)
    return g_strdup (_ ("Xero has an invoice with this number. Try again, and it is looked at."));
  if (*operation->outcome_message == '\0')
    return g_strdup (_ ("Somebody must look at it"));
  return cs_operation_words_message (operation->outcome_message);
}

static char *
describe_done (const CsOperation *operation)
{
  if (operation->outcome == CS_OUTCOME_CHANGED_BY_LEDGER)
    return g_strdup (*operation->outcome_message != '\0'
                         ? operation->outcome_message
                         : _ ("Is in Xero, with another total than was sent"));
  if (operation->outcome == CS_OUTCOME_LINKED)
    return g_strdup (_ ("Existing contact in Xero"));
  return g_strdup (operation->is_invoice ? _ ("Is in Xero") : _ ("New contact in Xero"));
}

/** cs_operation_words_needs_connection: Returns: whether it can't go before somebody connects */
gboolean
cs_operation_words_needs_connection (const CsOperation *operation, CsSession *session)
{
  CsLinkState link = cs_session_get_link_state (session);

  return (operation->state == CS_JOURNAL_HELD || operation->state == CS_JOURNAL_QUEUED)
         && (link == CS_LINK_NONE || link == CS_LINK_DISCONNECTED);
}

/** cs_operation_words_names_contact: Returns: whether the way out leads over the contact, and that is known
 */
gboolean
cs_operation_words_names_contact (const CsOperation *operation)
{
  return operation->state == CS_JOURNAL_BLOCKED && operation->outcome == CS_OUTCOME_ARCHIVED_CONTACT
         && *operation->contact_id != '\0';
}

/** cs_operation_words_advice: Returns: (transfer none): what mends it, "" where the buttons say so */
const char *
cs_operation_words_advice (const CsOperation *operation)
{
  if (operation->state != CS_JOURNAL_BLOCKED)
    return "";
  if (operation->outcome == CS_OUTCOME_ARCHIVED_CONTACT)
    return _ ("Restore the contact in Xero, then try again");
  if (operation->found != NULL && cs_operation_is_number_taken (operation))
    return cs_operation_may_be_adopted (operation)
               ? _ ("Look at it in Xero: if it is this one, say so; if it is another, use the next number")
               : _ ("Use the next number to send this one, or don’t send it");
  if (cs_operation_may_be_adopted (operation))
    return _ ("If it is this invoice, say so: it stays as it is in Xero, and nothing is sent. If it is "
              "another, give "
              "that one another number in Xero and try again");
  if (operation->outcome == CS_OUTCOME_NAME_TAKEN)
    return _ ("Link the client to that contact, or rename one of the two and try again");
  return "";
}

/** cs_operation_words_outcome: Returns: (transfer full): how it went, or what it waits for */
char *
cs_operation_words_outcome (const CsOperation *operation, CsSession *session)
{
  gint64 now_ms = cs_clock_now_ms (cs_session_get_clock (session));

  if (cs_operation_words_needs_connection (operation, session))
    return g_strdup (_ ("Xero is disconnected: goes once you connect"));
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
      return g_strdup (operation->is_invoice
                           ? _ ("Was not sent. “Send after all”, on its proposal, lets it go.")
                           : _ ("Was not sent"));
    }
}
