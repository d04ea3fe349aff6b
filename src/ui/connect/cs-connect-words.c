/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-connect-words.h"

/* A page for each wrong turn: what happened, why and what to do, what helps, and the buttons. */
static const CsConnectWords pages[] = {
  { CS_CONNECT_PROBLEM_DECLINED, "action-unavailable-symbolic", N_ ("Xero was told no"),
    N_ ("Cancel was chosen on Xero’s page, so nothing was connected. Try again and choose Allow access."), 0,
    CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_TIMED_OUT, "appointment-missed-symbolic", N_ ("Nobody came back from the browser"),
    N_ ("The window waits five minutes. If Xero’s page said “Invalid redirect_uri”, the Xero app has to be "
        "told "
        "the addresses below, to the letter. If it said that you may not connect apps, ask an administrator "
        "of "
        "the organisation to sign in. Else try again and finish the sign-in in time."),
    CS_CONNECT_SHOW_REDIRECTS, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_PORT_TAKEN, "network-error-symbolic", N_ ("Another program is in the way"),
    N_ ("The browser has to come back to one of the ports 8742, 18742 and 28742 of this computer, and all "
        "three "
        "are in use. Close the other program, or sign out of the other session that runs Countersign, and "
        "try "
        "again."),
    0, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_KEYRING_LOCKED, "changes-prevent-symbolic", N_ ("The keyring stayed locked"),
    N_ ("The sign-in is kept in your desktop’s keyring and nowhere else. The question for its password was "
        "closed, "
        "or nobody could ask it. Try again and type the password when you are asked."),
    0, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_KEYRING_ABSENT, "dialog-password-symbolic", N_ ("No keyring was found"),
    N_ ("The sign-in may only be kept in a keyring, never in a file. Install and start GNOME Keyring, or "
        "turn on "
        "the Secret Service in KWallet’s settings, and try again."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_KEYRING_FAILED, "dialog-password-symbolic", N_ ("The keyring couldn’t be written"),
    N_ ("The sign-in may only be kept in the keyring, which is there but kept nothing. Nothing was "
        "connected."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_OFFLINE, "network-offline-symbolic", N_ ("Xero can’t be reached"),
    N_ ("This computer found no way to Xero. Check the network connection and try again."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_PROXY, "network-error-symbolic", N_ ("The proxy doesn’t let it through"),
    N_ ("This computer is set to reach the internet by a proxy, which can’t be reached, wants a login, or "
        "refuses "
        "Xero’s addresses. Check the network proxy in your desktop’s settings, or ask who looks after it to "
        "let "
        "login.xero.com, identity.xero.com and api.xero.com through."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_CLOCK, "preferences-system-time-symbolic", N_ ("This computer’s clock is wrong"),
    N_ ("Due dates and the sign-in both go by the clock, so nothing was connected. Turn on automatic date "
        "and time "
        "in your desktop’s settings, check the time zone, and try again."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_UNTRUSTED, "channel-insecure-symbolic", N_ ("The connection can’t be trusted"),
    N_ ("What answered could not prove that it is Xero, so nothing was sent. A filter, a virus scanner or a "
        "guest "
        "network may open encrypted traffic. Try another network, or ask who looks after this one."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_BUSY, "network-transmit-receive-symbolic", N_ ("Xero can’t answer just now"),
    N_ ("Xero is there, but too busy or being looked after. Nothing was connected. Try again in a few "
        "minutes."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY | CS_CONNECT_CHOOSE_AGAIN },
  { CS_CONNECT_PROBLEM_NOT_XERO, "dialog-warning-symbolic", N_ ("That answer wasn’t Xero’s"),
    N_ ("Something else seems to have answered, such as the sign-in page of a guest network. Open any web "
        "page in "
        "your browser to see whether it asks for something, and try again."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY | CS_CONNECT_CHOOSE_AGAIN },
  { CS_CONNECT_PROBLEM_TOO_LATE, "appointment-missed-symbolic", N_ ("Xero no longer takes this sign-in"),
    N_ ("A sign-in is good for a few minutes and for one use. Nothing was connected. Start it again."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_BAD_CLIENT, "dialog-warning-symbolic", N_ ("Xero doesn’t accept the app"),
    N_ ("The client id may be wrong, or its app may lack the redirect addresses below. Go back to check it. "
        "Xero "
        "says:"),
    CS_CONNECT_SHOW_TEXT | CS_CONNECT_SHOW_REDIRECTS, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_MISSING_SCOPE, "channel-secure-symbolic", N_ ("The Xero app lacks a permission"),
    N_ ("Without it Countersign can’t do its work, so nothing was connected. Whoever registered the app has "
        "to "
        "allow it there; then try again and agree to everything on Xero’s page."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_NO_ORGANISATION, "cs-organisation-symbolic", N_ ("No organisation was shared"),
    N_ ("You signed in, but no organisation was chosen on Xero’s page. Try again and choose one there. If "
        "there is "
        "none to choose, ask its administrator."),
    0, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_OTHER_ORGANISATION, "cs-organisation-symbolic", N_ ("That is another organisation"),
    N_ ("Links and invoice numbers belong to the organisation they were made in, so this practice stays with "
        "it. "
        "Choose that organisation, or set up another practice for the other one."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY | CS_CONNECT_CHOOSE_AGAIN | CS_CONNECT_SOMEBODY_ELSE },
  { CS_CONNECT_PROBLEM_NO_RIGHTS, "system-users-symbolic", N_ ("Your role in Xero isn’t enough"),
    N_ ("You signed in, but this organisation doesn’t let you do everything that is needed. Ask its "
        "administrator "
        "for the rights below, choose another organisation, or let somebody sign in who has them (sign out "
        "of "
        "Xero in the browser first)."),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY | CS_CONNECT_CHOOSE_AGAIN | CS_CONNECT_SOMEBODY_ELSE },
  { CS_CONNECT_PROBLEM_FIRST_READ, "view-refresh-symbolic", N_ ("Connected, but not read yet"),
    N_ ("The sign-in is done and kept. The first reading broke off; what had come of it is kept, too. Read "
        "again now, or go on working and refresh later. What was said:"),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_READ_AGAIN },
  { CS_CONNECT_PROBLEM_NO_PRACTICE, "cs-organisation-symbolic", N_ ("No practice was shared"),
    N_ ("You signed in, but no practice of Practice Manager was chosen on Xero’s page; an organisation is "
        "something else. If there was none to choose, an administrator has to tick “Authorise 3rd Party Full "
        "Access” in your staff record there (“Connect third-party add-ons” in newer screens). Then sign out "
        "of "
        "Xero, and try again."),
    0, CS_CONNECT_RETRY },
  { CS_CONNECT_PROBLEM_NO_PRIVILEGE, "system-users-symbolic", N_ ("Practice Manager doesn’t let you"),
    N_ ("1. In Practice Manager open the staff record of whoever signs in (Business, Settings, Staff), and "
        "tick "
        "“Authorise 3rd Party Full Access” at the bottom. Newer screens call it “Connect third-party "
        "add-ons”, "
        "under Permissions, Practice administration.\n"
        "2. If it is ticked already, somebody may just have done so: untick it, save, tick it again.\n"
        "3. Then choose again. If it stays, keep a copy of what Xero says, do what it asks, and show it to "
        "Xero’s support:"),
    CS_CONNECT_SHOW_TEXT, CS_CONNECT_RETRY | CS_CONNECT_CHOOSE_AGAIN | CS_CONNECT_SOMEBODY_ELSE },
  { CS_CONNECT_PROBLEM_OTHER_PRACTICE, "cs-organisation-symbolic", N_ ("That is another practice"),
    N_ ("Clients here are linked to those of the practice that was connected before. Choose that one, or set "
        "up "
        "another practice for the other one."),
    0, CS_CONNECT_RETRY | CS_CONNECT_CHOOSE_AGAIN | CS_CONNECT_SOMEBODY_ELSE },
  { CS_CONNECT_PROBLEM_OTHER, "dialog-warning-symbolic", N_ ("Connecting didn’t work"),
    N_ ("Nothing was changed. What was said:"), CS_CONNECT_SHOW_TEXT,
    CS_CONNECT_RETRY | CS_CONNECT_CHOOSE_AGAIN },
};

/**
 * cs_connect_words_for:
 * @problem: why connecting failed
 *
 * Returns: what to show of it; translated, static strings
 */
CsConnectWords
cs_connect_words_for (CsConnectProblem problem)
{
  CsConnectWords words = pages[G_N_ELEMENTS (pages) - 1];

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i].problem == problem)
      words = pages[i];
  words.title = _ (words.title);
  words.advice = _ (words.advice);
  return words;
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
    return g_strdup_printf (ngettext ("%'u second left", "%'u seconds left", seconds), seconds);
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
