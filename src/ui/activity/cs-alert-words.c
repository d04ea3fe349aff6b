/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-alert-words.h"

#include "cs-format.h"
#include "cs-operation-words.h"

#include <glib/gi18n-lib.h>

static guint
get_count (const CsAlert *alert)
{
  return (guint)MAX (cs_alert_get_number (alert, "count"), 0);
}

static gboolean
is_work (const CsAlert *alert)
{
  return g_str_equal (cs_alert_get_parameter (alert, "system"), "xpm");
}

static char *
describe_promotion (const CsAlert *alert)
{
  const char *outcome = cs_alert_get_parameter (alert, "outcome");

  if (g_str_equal (outcome, "refused"))
    return cs_operation_words_message (cs_alert_get_parameter (alert, "message"));
  if (g_str_equal (outcome, "not-kept"))
    return g_strdup (
        _ ("It was accepted here, and that was written there, but it didn’t stick: change it there by "
           "hand."));
  return g_strdup (_ ("It was accepted here. Practice Manager doesn’t tell who is a prospect: look there."));
}

static char *
title_of_retries (guint count)
{
  return g_strdup_printf (
      ngettext ("%'u entry was tried again and again", "%'u entries were tried again and again", count),
      count);
}

/** cs_alert_words_title: Returns: (transfer full): what happened */
char *
cs_alert_words_title (const CsAlert *alert)
{
  guint count = get_count (alert);

  switch (alert->code)
    {
    case CS_ALERT_BLOCKED:
      return g_strdup_printf (ngettext ("%'u entry was refused for the same reason",
                                        "%'u entries were refused for the same reason", count),
                              count);
    case CS_ALERT_SIGN_IN:
      return g_strdup (is_work (alert) ? _ ("Practice Manager needs you to sign in again")
                                       : _ ("Xero needs you to sign in again"));
    case CS_ALERT_KEYRING:
      return g_strdup (_ ("Your keyring is locked"));
    case CS_ALERT_CATCH_UP:
      return g_strdup_printf (ngettext ("%'u invoice of a past day waits for your decision",
                                        "%'u invoices of past days wait for your decision", count),
                              count);
    case CS_ALERT_DAY_LIMIT:
      return g_strdup (_ ("Today’s calls to Xero are used up"));
    case CS_ALERT_RETRIES:
      return title_of_retries (count);
    case CS_ALERT_CHANGED:
      return g_strdup (_ ("Xero has made something else of it"));
    case CS_ALERT_AUDIT:
      return g_strdup (_ ("The audit chain doesn’t fit"));
    case CS_ALERT_PROMOTION:
      /* Translators: %s is the name of a client. */
      return g_strdup_printf (_ ("%s may still be a prospect in Practice Manager"),
                              cs_alert_get_parameter (alert, "client"));
    case CS_ALERT_CONFLICT:
      /* Translators: %s is the name of a client. */
      return g_strdup_printf (_ ("%s was changed here and in Practice Manager"),
                              cs_alert_get_parameter (alert, "client"));
    case CS_ALERT_NOT_TAKEN:
      /* Translators: %s is the name of a client. */
      return g_strdup_printf (_ ("What was changed of %s is not in Practice Manager"),
                              cs_alert_get_parameter (alert, "client"));
    case CS_ALERT_ONLY_THERE:
      return g_strdup_printf (ngettext ("%'u client is only in Practice Manager",
                                        "%'u clients are only in Practice Manager", count),
                              count);
    case CS_ALERT_NOT_PLANNED:
      /* Translators: the first is a proposal's number, the second the name of a client. */
      return g_strdup_printf (_ ("%s of %s can’t go on by itself"), cs_alert_get_parameter (alert, "number"),
                              cs_alert_get_parameter (alert, "client"));
    case CS_ALERT_RESTORED:
    default:
      return g_strdup (_ ("This practice was restored from a backup"));
    }
}

static char *
say_waiting (guint count)
{
  return g_strdup_printf (ngettext ("%'u entry waits for it.", "%'u entries wait for it.", count), count);
}

static char *
describe_day_limit (const CsAlert *alert, CsSession *session)
{
  g_autofree char *until
      = cs_format_moment (cs_alert_get_number (alert, "until_ms"), cs_session_get_time_zone (session));

  /* Translators: %s is an exact moment. */
  return g_strdup_printf (_ ("What waits goes by itself after %s."), until);
}

/** cs_alert_words_what: Returns: (transfer full): why, and what hangs on it */
char *
cs_alert_words_what (const CsAlert *alert, CsSession *session)
{
  const char *message = cs_alert_get_parameter (alert, "message");
  guint count = get_count (alert);

  switch (alert->code)
    {
    case CS_ALERT_PROMOTION:
      return describe_promotion (alert);
    case CS_ALERT_CONFLICT:
      return g_strdup (_ ("Both are kept as they are until you choose."));
    case CS_ALERT_ONLY_THERE:
      return g_strdup (_ ("Say which of them are leads, and which are clients here already."));
    case CS_ALERT_SIGN_IN:
    case CS_ALERT_KEYRING:
      if (is_work (alert))
        return g_strdup (_ ("Until then nothing is read from there."));
      return count > 0 ? say_waiting (count) : g_strdup ("");
    case CS_ALERT_DAY_LIMIT:
      return describe_day_limit (alert, session);
    case CS_ALERT_CATCH_UP:
      return g_strdup (_ ("They are not sent by themselves: look at them first."));
    case CS_ALERT_RESTORED:
      return g_strdup (_ ("Nothing is sent before Xero has been read, so that nothing goes twice."));
    case CS_ALERT_BLOCKED:
    case CS_ALERT_RETRIES:
    case CS_ALERT_CHANGED:
    case CS_ALERT_AUDIT:
    case CS_ALERT_NOT_TAKEN:
    case CS_ALERT_NOT_PLANNED:
    default:
      return cs_operation_words_message (message);
    }
}

/** cs_alert_words_button: Returns: what settles it, or leads there */
CsAlertButton
cs_alert_words_button (const CsAlert *alert)
{
  switch (alert->code)
    {
    case CS_ALERT_SIGN_IN:
      return (CsAlertButton){ _ ("_Sign in…"), is_work (alert) ? "win.connect-work" : "win.sign-in-again" };
    case CS_ALERT_PROMOTION:
      return (CsAlertButton){ _ ("_Look at it"), "win.show-client" };
    case CS_ALERT_CONFLICT:
      return (CsAlertButton){ _ ("_Choose…"), "win.show-client" };
    case CS_ALERT_NOT_TAKEN:
      return (CsAlertButton){ _ ("_Look at it"), "win.show-client" };
    case CS_ALERT_NOT_PLANNED:
      return (CsAlertButton){ _ ("_Look at it"), "win.show-proposal" };
    case CS_ALERT_ONLY_THERE:
      return (CsAlertButton){ _ ("_Look at them…"), "win.show-work-new" };
    case CS_ALERT_KEYRING:
      return (CsAlertButton){ _ ("_Unlock"), "win.sync" };
    case CS_ALERT_RESTORED:
      return (CsAlertButton){ _ ("_Read from Xero"), "win.refresh" };
    case CS_ALERT_BLOCKED:
      return (CsAlertButton){ _ ("_Try all again"), "alert.retry-all" };
    case CS_ALERT_RETRIES:
      return (CsAlertButton){ _ ("_Try again"), "operation.retry" };
    case CS_ALERT_CHANGED:
      return (CsAlertButton){ _ ("_Seen"), "alert.seen" };
    case CS_ALERT_CATCH_UP:
      return (CsAlertButton){ _ ("_Review…"), "win.catch-up" };
    case CS_ALERT_AUDIT:
      return (CsAlertButton){ _ ("_Look into it…"), "win.audit" };
    case CS_ALERT_DAY_LIMIT:
    default:
      return (CsAlertButton){ NULL, NULL };
    }
}
