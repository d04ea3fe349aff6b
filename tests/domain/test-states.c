/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-decimal.h"
#include "cs-outcome.h"
#include "cs-states.h"
#include "cs-uuid.h"

#include <string.h>

#define DEFINE_ROUND_TRIP(name, Type, last)                                                                  \
  static void test_##name (void)                                                                             \
  {                                                                                                          \
    Type parsed;                                                                                             \
    g_autoptr (GError) error = NULL;                                                                         \
    for (int i = 0; i <= (int)last; i++)                                                                     \
      {                                                                                                      \
        g_assert_true (cs_##name##_parse (cs_##name##_to_string ((Type)i), &parsed, &error));                \
        g_assert_no_error (error);                                                                           \
        g_assert_cmpint ((int)parsed, ==, i);                                                                \
      }                                                                                                      \
    g_assert_false (cs_##name##_parse ("nonsense", &parsed, &error));                                        \
    g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);                                         \
    g_clear_error (&error);                                                                                  \
    g_assert_false (cs_##name##_parse (NULL, &parsed, &error));                                              \
    g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);                                         \
  }

DEFINE_ROUND_TRIP (client_state, CsClientState, CS_CLIENT_ARCHIVED)
DEFINE_ROUND_TRIP (proposal_state, CsProposalState, CS_PROPOSAL_REVOKED)
DEFINE_ROUND_TRIP (acceptance_method, CsAcceptanceMethod, CS_ACCEPTANCE_ONLINE)
DEFINE_ROUND_TRIP (journal_state, CsJournalState, CS_JOURNAL_CANCELLED)
DEFINE_ROUND_TRIP (ledger_status, CsLedgerStatus, CS_LEDGER_DELETED)
DEFINE_ROUND_TRIP (source, CsSource, CS_SOURCE_XPM)

/* The columns that hold them are text: these words must not change. */
static void
test_outcomes (void)
{
  static const char *const words[] = { "",
                                       "refused",
                                       "number-taken",
                                       "name-taken",
                                       "archived-contact",
                                       "unreachable",
                                       "busy",
                                       "sign-in",
                                       "unknown",
                                       "different",
                                       "linked-elsewhere",
                                       "changed-by-ledger",
                                       "dependency-cancelled",
                                       "found-by-reference",
                                       "invalid",
                                       "linked" };
  CsOutcome outcome = CS_OUTCOME_INVALID;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_assert_cmpstr (cs_outcome_to_string ((CsOutcome)i), ==, words[i]);
      g_assert_true (cs_outcome_parse (words[i], &outcome, &error));
      g_assert_no_error (error);
      g_assert_cmpint ((int)outcome, ==, (int)i);
    }
  g_assert_true (cs_outcome_parse (NULL, &outcome, &error));
  g_assert_cmpint ((int)outcome, ==, CS_OUTCOME_NONE);
  g_assert_false (cs_outcome_parse ("nonsense", &outcome, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);
}

/* The store keeps these words: they must not change. */
static void
test_words (void)
{
  g_assert_cmpstr (cs_ledger_status_to_string (CS_LEDGER_AUTHORISED), ==, "AUTHORISED");
  g_assert_cmpstr (cs_journal_state_to_string (CS_JOURNAL_DOUBTFUL), ==, "doubtful");
  g_assert_cmpstr (cs_proposal_state_to_string (CS_PROPOSAL_IN_REVIEW), ==, "in-review");
  g_assert_cmpstr (cs_acceptance_method_to_string (CS_ACCEPTANCE_SIGNED_PAPER), ==, "signed-paper");
  g_assert_cmpstr (cs_client_state_to_string (CS_CLIENT_LEAD), ==, "lead");
  g_assert_cmpstr (cs_source_to_string (CS_SOURCE_QBO), ==, "qbo");
}

/* Rows: from; columns: to. D draft, I in review, W awaiting, A active, C completed, L lost, N declined, E
 * expired, R revoked. */
static void
test_proposal_order (void)
{
  static const char *const allowed[] = {
    /*  DIWACLNER */
    ".xxx.x...", /* draft */
    "x.x..x...", /* in review */
    "x..x.xxxx", /* awaiting */
    "x.x.x...x", /* active */
    ".........", /* completed */
    "x........", /* lost */
    "x........", /* declined */
    "x........", /* expired */
    ".........", /* revoked */
  };

  for (int from = 0; from <= CS_PROPOSAL_REVOKED; from++)
    for (int to = 0; to <= CS_PROPOSAL_REVOKED; to++)
      {
        g_test_message ("%s to %s", cs_proposal_state_to_string ((CsProposalState)from),
                        cs_proposal_state_to_string ((CsProposalState)to));
        g_assert_true (cs_proposal_state_can_become ((CsProposalState)from, (CsProposalState)to)
                       == (allowed[from][to] == 'x'));
      }
}

static void
test_uuid_text (void)
{
  static const char *const wrong[] = {
    NULL,
    "",
    "0192f0c1-2345-8678-9abc-def01234567",
    "0192f0c1-2345-8678-9abc-def0123456789",
    "0192f0c1x2345-8678-9abc-def012345678",
    "0192f0c1-2345-8678-9abc-def01234567g",
    "0192f0c12345-8678-9abc-def0-12345678",
  };
  CsUuid uuid = CS_UUID_NONE;
  CsUuid same = CS_UUID_NONE;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (cs_uuid_parse ("0192F0C1-2345-8678-9abc-DEF012345678", &uuid, &error));
  g_assert_no_error (error);
  text = cs_uuid_to_string (&uuid);
  g_assert_cmpstr (text, ==, "0192f0c1-2345-8678-9abc-def012345678");
  g_assert_true (cs_uuid_parse (text, &same, NULL));
  g_assert_true (cs_uuid_equal_func (&uuid, &same));
  g_assert_cmpuint (cs_uuid_hash (&uuid), ==, cs_uuid_hash (&same));
  g_assert_false (cs_uuid_is_none (&uuid));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (cs_uuid_parse (wrong[i], &uuid, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);
      g_clear_error (&error);
      g_assert_true (cs_uuid_equal (&uuid, &same));
    }
  uuid = CS_UUID_NONE;
  g_assert_true (cs_uuid_is_none (&uuid));
}

static void
test_uuid_names (void)
{
  guint8 ones[16];
  CsUuid random, one, again, other_kind, other_name;
  g_autofree char *random_text = NULL;
  g_autofree char *text = NULL;

  memset (ones, 0xff, sizeof ones);
  random = cs_uuid_from_random (ones);
  random_text = cs_uuid_to_string (&random);
  g_assert_cmpstr (random_text, ==, "ffffffff-ffff-4fff-bfff-ffffffffffff");

  one = cs_uuid_from_name ("invoice", "abc", 3);
  again = cs_uuid_from_name ("invoice", "abc", 3);
  other_kind = cs_uuid_from_name ("contact", "abc", 3);
  other_name = cs_uuid_from_name ("invoice", "abd", 3);
  text = cs_uuid_to_string (&one);
  g_assert_cmpint (text[14], ==, '8');
  g_assert_true (strchr ("89ab", text[19]) != NULL);
  g_assert_true (cs_uuid_equal (&one, &again));
  g_assert_false (cs_uuid_equal (&one, &other_kind));
  g_assert_false (cs_uuid_equal (&one, &other_name));
  /* Written into databases: this must stay as it is. */
  g_assert_cmpstr (text, ==, "f30867f8-f60d-8e7d-a1fc-a220e96a31c8");
}

/* As they were named by GLib's checksum, with the same bytes in one row: the files of before are full of it.
 */
static void
test_uuid_names_within (void)
{
  static const char *const names[]
      = { "", "a", "7c8e5f2a-0a8c-4f3e-9d51-2f6b8f1f2a3b",
          "a name that is longer than what the hash takes in one go, and then some" };
  CsUuid within;

  g_assert_true (cs_uuid_parse ("6f9619ff-8b86-4011-b42d-00c04fc964ff", &within, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CsUuid id = cs_uuid_from_name_within ("ledger-invoice", &within, names[i]);
      g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
      guint8 digest[32];
      gsize size = sizeof digest;

      g_checksum_update (checksum, (const guchar *)"ledger-invoice", sizeof "ledger-invoice");
      g_checksum_update (checksum, within.bytes, sizeof within.bytes);
      g_checksum_update (checksum, (const guchar *)names[i], (gssize)strlen (names[i]));
      g_checksum_get_digest (checksum, digest, &size);
      digest[6] = (guint8)((digest[6] & 0x0f) | 0x80);
      digest[8] = (guint8)((digest[8] & 0x3f) | 0x80);
      g_assert_cmpmem (id.bytes, sizeof id.bytes, digest, sizeof id.bytes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/states/client", test_client_state);
  g_test_add_func ("/states/proposal", test_proposal_state);
  g_test_add_func ("/states/acceptance-method", test_acceptance_method);
  g_test_add_func ("/states/journal", test_journal_state);
  g_test_add_func ("/states/ledger", test_ledger_status);
  g_test_add_func ("/states/C-04-source", test_source);
  g_test_add_func ("/states/words-stay", test_words);
  g_test_add_func ("/states/outcomes", test_outcomes);
  g_test_add_func ("/states/proposal-order", test_proposal_order);
  g_test_add_func ("/uuid/text", test_uuid_text);
  g_test_add_func ("/uuid/U-10-same-name-same-id", test_uuid_names);
  g_test_add_func ("/uuid/names-within", test_uuid_names_within);
  return g_test_run ();
}
