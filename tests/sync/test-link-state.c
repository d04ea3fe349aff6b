/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of a connection after each call: a stumble is kept from people, what lasts is told, and both
 * are told apart from no network. */
#include "config.h"

#include "cs-link-state.h"

#include "cs-remote-error.h"

#define NOW_MS G_GINT64_CONSTANT (1780000000000)

typedef struct
{
  CsLinkState state;
  gint64 unwell_since_ms;
  gint64 now_ms;
} Link;

static CsLinkState
meet (Link *link, gint64 later_ms, int code)
{
  g_autoptr (GError) error = code >= 0 ? g_error_new_literal (CS_REMOTE_ERROR, code, "as ordered") : NULL;

  link->now_ms += later_ms;
  link->state = cs_link_state_after (link->state, error, link->now_ms, &link->unwell_since_ms);
  return link->state;
}

#define ANSWERED (-1)

static Link
link_new (CsLinkState state)
{
  return (Link){ .state = state, .now_ms = NOW_MS };
}

static void
test_stumble (void)
{
  Link link = link_new (CS_LINK_CONNECTED);

  g_assert_cmpint (meet (&link, 0, CS_REMOTE_ERROR_TRY_LATER), ==, CS_LINK_CONNECTED);
  g_assert_cmpint (meet (&link, 900, ANSWERED), ==, CS_LINK_CONNECTED);
  /* An hour later the next is a first one again. */
  g_assert_cmpint (meet (&link, 3600 * 1000, CS_REMOTE_ERROR_TRY_LATER), ==, CS_LINK_CONNECTED);
  g_assert_cmpint (meet (&link, CS_LINK_STUMBLE_MS - 1, CS_REMOTE_ERROR_BAD_REPLY), ==, CS_LINK_CONNECTED);
}

static void
test_lasts (void)
{
  static const int bad[]
      = { CS_REMOTE_ERROR_TRY_LATER, CS_REMOTE_ERROR_UNKNOWN_OUTCOME, CS_REMOTE_ERROR_BAD_REPLY };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      Link link = link_new (CS_LINK_CONNECTED);

      meet (&link, 0, bad[i]);
      g_assert_cmpint (meet (&link, CS_LINK_STUMBLE_MS, bad[i]), ==, CS_LINK_UNWELL);
      g_assert_cmpint (meet (&link, 5 * 60 * 1000, bad[i]), ==, CS_LINK_UNWELL);
      g_assert_cmpint (meet (&link, 1, ANSWERED), ==, CS_LINK_CONNECTED);
      g_assert_cmpint (meet (&link, 1, bad[i]), ==, CS_LINK_CONNECTED);
    }
}

/* A refusal is an answer, too. */
static void
test_refusal_ends_it (void)
{
  Link link = link_new (CS_LINK_CONNECTED);

  meet (&link, 0, CS_REMOTE_ERROR_TRY_LATER);
  g_assert_cmpint (meet (&link, CS_LINK_STUMBLE_MS, CS_REMOTE_ERROR_TRY_LATER), ==, CS_LINK_UNWELL);
  g_assert_cmpint (meet (&link, 1, CS_REMOTE_ERROR_REFUSED), ==, CS_LINK_CONNECTED);
  g_assert_cmpint (link.unwell_since_ms, ==, 0);
}

/* However long the allowance is used up: the ledger is well, and says until when. */
static void
test_allowance (void)
{
  Link link = link_new (CS_LINK_CONNECTED);

  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (meet (&link, CS_LINK_STUMBLE_MS, CS_REMOTE_ERROR_USED_UP), ==, CS_LINK_CONNECTED);
}

static void
test_told_apart (void)
{
  Link link = link_new (CS_LINK_CONNECTED);

  meet (&link, 0, CS_REMOTE_ERROR_TRY_LATER);
  g_assert_cmpint (meet (&link, CS_LINK_STUMBLE_MS, CS_REMOTE_ERROR_UNREACHABLE), ==, CS_LINK_OFFLINE);
  g_assert_cmpint (meet (&link, 1, CS_REMOTE_ERROR_TRY_LATER), ==, CS_LINK_CONNECTED);
  g_assert_cmpint (meet (&link, 1, CS_REMOTE_ERROR_SIGN_IN_NEEDED), ==, CS_LINK_SIGN_IN_NEEDED);
  g_assert_cmpint (meet (&link, 1, CS_REMOTE_ERROR_VAULT_LOCKED), ==, CS_LINK_VAULT_LOCKED);
}

static void
test_clock_set_back (void)
{
  Link link = link_new (CS_LINK_CONNECTED);

  meet (&link, 0, CS_REMOTE_ERROR_TRY_LATER);
  g_assert_cmpint (meet (&link, -3600 * 1000, CS_REMOTE_ERROR_TRY_LATER), ==, CS_LINK_CONNECTED);
  g_assert_cmpint (meet (&link, CS_LINK_STUMBLE_MS, CS_REMOTE_ERROR_TRY_LATER), ==, CS_LINK_UNWELL);
}

/* What is no word about the connection changes nothing of it. */
static void
test_elsewhere (void)
{
  Link link = link_new (CS_LINK_OFFLINE);
  g_autoptr (GError) disk = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");

  g_assert_cmpint (cs_link_state_after (CS_LINK_OFFLINE, disk, NOW_MS, &link.unwell_since_ms), ==,
                   CS_LINK_OFFLINE);
  g_assert_cmpint (meet (&link, 0, CS_REMOTE_ERROR_TOO_MANY), ==, CS_LINK_OFFLINE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link-state/R-04-a-stumble-is-not-told", test_stumble);
  g_test_add_func ("/link-state/R-04-what-lasts-is-told-and-ends-by-itself", test_lasts);
  g_test_add_func ("/link-state/a-refusal-is-an-answer", test_refusal_ends_it);
  g_test_add_func ("/link-state/the-allowance-is-no-trouble", test_allowance);
  g_test_add_func ("/link-state/told-apart-from-no-network", test_told_apart);
  g_test_add_func ("/link-state/the-clock-is-set-back", test_clock_set_back);
  g_test_add_func ("/link-state/what-concerns-something-else", test_elsewhere);
  return g_test_run ();
}
