/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-operation-private.h"
#include "cs-store-journal.h"

/* What a person can do about a row that is blocked. */

static CsOperation *
make_blocked (CsOutcome outcome)
{
  g_autoptr (CsJournalEntry) entry = g_new0 (CsJournalEntry, 1);

  entry->kind = g_strdup (CS_JOURNAL_KIND_INVOICE);
  entry->number = g_strdup ("CS-0001");
  entry->outcome_code = g_strdup (cs_outcome_to_string (outcome));
  entry->outcome_message = g_strdup ("");
  entry->state = CS_JOURNAL_BLOCKED;
  return cs_operation_new_from_entry (entry);
}

/* B-02: the next number helps where the number is the trouble. One that may be there under another number
 * would be billed twice by it, and so might one of which nothing was seen. */
static void
test_next_number (void)
{
  for (CsOutcome outcome = CS_OUTCOME_NONE; outcome <= CS_OUTCOME_LOCKED_HERE; outcome++)
    {
      g_autoptr (CsOperation) operation = make_blocked (outcome);

      g_assert_cmpint (cs_operation_is_number_taken (operation), ==, outcome == CS_OUTCOME_NUMBER_TAKEN);
      g_assert_false (cs_operation_may_be_adopted (operation));
      g_assert_true (cs_operation_can_cancel (operation));
    }
}

/* B-02: of what was found under its number, the two buttons are each other's opposite, but where only a
 * person can tell. */
static void
test_found (void)
{
  static const CsOutcome outcomes[] = { CS_OUTCOME_NUMBER_TAKEN, CS_OUTCOME_DIFFERENT };

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    for (CsFoundKind kind = CS_FOUND_EQUAL; kind <= CS_FOUND_ANOTHERS; kind++)
      {
        g_autoptr (CsOperation) operation = make_blocked (outcomes[i]);

        operation->found = cs_ledger_invoice_new ();
        operation->found_kind = kind;
        g_assert_cmpint (cs_operation_may_be_adopted (operation), ==, kind <= CS_FOUND_UNSURE);
        g_assert_cmpint (cs_operation_is_number_taken (operation), ==, kind >= CS_FOUND_UNSURE);
        operation->state = CS_JOURNAL_QUEUED;
        g_assert_false (cs_operation_may_be_adopted (operation));
        g_assert_false (cs_operation_is_number_taken (operation));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/operation/B-02 the next number", test_next_number);
  g_test_add_func ("/operation/B-02 what was found", test_found);
  return g_test_run ();
}
