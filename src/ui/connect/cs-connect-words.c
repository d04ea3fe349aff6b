/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-connect-words.h"

/**
 * cs_connect_words_for:
 * @problem: why connecting failed
 *
 * Returns: what to show of it; translated, static strings
 */
CsConnectWords
cs_connect_words_for (CsConnectProblem problem)
{
  switch (problem)
    {
    case CS_CONNECT_PROBLEM_DECLINED:
      return (CsConnectWords){
        "action-unavailable-symbolic", _ ("Xero was told no"),
        _ ("Cancel was chosen on Xero’s page, so nothing was connected. Try again and choose Allow access."),
        FALSE, FALSE
      };
    case CS_CONNECT_PROBLEM_TIMED_OUT:
      return (CsConnectWords){ "appointment-missed-symbolic", _ ("Nobody came back from the browser"),
                               _ ("If Xero’s page showed “Invalid redirect_uri”, the Xero app has to be told "
                                  "the addresses below. Else try again and finish the "
                                  "sign-in before the time is over."),
                               TRUE, FALSE };
    case CS_CONNECT_PROBLEM_PORT_TAKEN:
      return (CsConnectWords){
        "network-error-symbolic", _ ("Another program is in the way"),
        _ ("The browser has to come back to one of the ports 8742, 18742 and 28742 of this computer, and all "
           "three are in use. Close the "
           "other program, or sign out of the other session that runs Countersign, and try again."),
        FALSE, TRUE
      };
    case CS_CONNECT_PROBLEM_KEYRING_LOCKED:
      return (CsConnectWords){ "changes-prevent-symbolic", _ ("Unlock your keyring"),
                               _ ("The sign-in is kept in your desktop’s keyring, and that is locked. Try "
                                  "again and type its password when you are asked."),
                               FALSE, FALSE };
    case CS_CONNECT_PROBLEM_KEYRING_ABSENT:
      return (CsConnectWords){ "dialog-password-symbolic", _ ("No keyring was found"),
                               _ ("The sign-in may only be kept in a keyring, never in a file. Install and "
                                  "start GNOME Keyring, or turn on the Secret Service in "
                                  "KWallet’s settings, and try again."),
                               FALSE, TRUE };
    case CS_CONNECT_PROBLEM_OFFLINE:
      return (CsConnectWords){ "network-offline-symbolic", _ ("Xero can’t be reached"),
                               _ ("Check the network connection and try again."), FALSE, TRUE };
    case CS_CONNECT_PROBLEM_BAD_CLIENT:
      return (CsConnectWords){ "dialog-warning-symbolic", _ ("Xero doesn’t accept the app"),
                               _ ("The client id may be wrong, or its app may lack the redirect addresses "
                                  "below. Go back to check it. Xero says:"),
                               TRUE, TRUE };
    case CS_CONNECT_PROBLEM_NO_ORGANISATION:
      return (CsConnectWords){ "cs-organisation-symbolic", _ ("No organisation was shared"),
                               _ ("You signed in, but no organisation was chosen on Xero’s page. Try again "
                                  "and choose one there. If there is none to choose, ask its "
                                  "administrator."),
                               FALSE, FALSE };
    case CS_CONNECT_PROBLEM_NONE:
    case CS_CONNECT_PROBLEM_OTHER:
    default:
      return (CsConnectWords){ "dialog-warning-symbolic", _ ("Connecting didn’t work"),
                               _ ("Nothing was changed. What was said:"), FALSE, TRUE };
    }
}

/**
 * cs_connect_words_time_left:
 * @deadline_ms: when waiting ends
 * @now_ms: the time, by the same clock
 *
 * Returns: (transfer full): how long is left, in words
 */
char *
cs_connect_words_time_left (gint64 deadline_ms, gint64 now_ms)
{
  gint64 left = (deadline_ms - now_ms + 999) / 1000;
  guint seconds;

  if (left <= 0)
    return g_strdup ("");
  seconds = (guint)MIN (left, 3600);
  if (seconds < 60)
    return g_strdup_printf (ngettext ("%u second left", "%u seconds left", seconds), seconds);
  /* Translators: minutes and seconds, as in "4:59 minutes left". */
  return g_strdup_printf (_ ("%u:%02u minutes left"), seconds / 60, seconds % 60);
}

/**
 * cs_connect_words_check_client_id:
 * @client_id: what was typed, without spaces around it
 *
 * Returns: (nullable): what is wrong with it
 */
const char *
cs_connect_words_check_client_id (const char *client_id)
{
  gsize length = strlen (client_id);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (client_id[i]) && client_id[i] != '-' && client_id[i] != '_')
      return _ ("A client id has letters and digits only: copy it as it stands at Xero.");
  return NULL;
}
