/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-found.h"

/* B-02: whether what the ledger has under an invoice's own number is this invoice. */

#define DAY (cs_date_from_parts (2026, 11, 22))
#define OTHER_DAY (cs_date_from_parts (2026, 11, 23))
#define NZD(minor) ((CsMoney){ minor, { "NZD" } })

static CsPlannedInvoice *
make_planned (const char *reference)
{
  CsPlannedInvoice *planned = cs_planned_invoice_new ();

  planned->date = DAY;
  planned->currency = (CsCurrency){ "NZD" };
  planned->totals.total = NZD (115000);
  g_set_str (&planned->reference, reference);
  return planned;
}

static CsLedgerInvoice *
make_found (void)
{
  CsLedgerInvoice *found = cs_ledger_invoice_new ();

  g_set_str (&found->reference, "P-1");
  g_set_str (&found->contact_id, "kea");
  found->is_sales = TRUE;
  found->status = CS_LEDGER_AUTHORISED;
  found->date = DAY;
  found->total = NZD (115000);
  return found;
}

static void
assert_kind (const CsLedgerInvoice *found, CsFoundPlace place, CsFoundKind expected)
{
  g_autoptr (CsPlannedInvoice) planned = make_planned ("P-1");

  if (place.contact_id == NULL)
    place.contact_id = "KEA"; /* ids are compared as the ledger does */
  g_assert_cmpint (cs_found_judge (found, planned, &place), ==, expected);
}

static const CsFoundPlace nowhere;

static void
test_changed (void)
{
  g_autoptr (CsLedgerInvoice) found = make_found ();

  assert_kind (found, nowhere, CS_FOUND_EQUAL);
  found->total = NZD (115001);
  assert_kind (found, nowhere, CS_FOUND_OURS);
  found->total = (CsMoney){ 115000, { "AUD" } };
  assert_kind (found, nowhere, CS_FOUND_OURS);
  found->total = NZD (115000);
  found->date = OTHER_DAY;
  assert_kind (found, nowhere, CS_FOUND_OURS);
  found->date = DAY;
  g_set_str (&found->contact_id, "tui"); /* merged, or moved there */
  assert_kind (found, nowhere, CS_FOUND_OURS);
  g_set_str (&found->contact_id, "kea");
  g_set_str (&found->reference, "written over");
  found->total = NZD (1);
  assert_kind (found, nowhere, CS_FOUND_OURS);
}

static void
test_anothers (void)
{
  g_autoptr (CsLedgerInvoice) found = make_found ();
  g_autoptr (CsPlannedInvoice) without = make_planned ("");
  const CsFoundPlace stranger = { .contact_id = "" };

  assert_kind (found, (CsFoundPlace){ .is_linked = TRUE }, CS_FOUND_ANOTHERS);
  found->is_sales = FALSE;
  assert_kind (found, nowhere, CS_FOUND_ANOTHERS);
  found->is_sales = TRUE;
  g_set_str (&found->reference, "theirs");
  g_set_str (&found->contact_id, "tui");
  assert_kind (found, nowhere, CS_FOUND_ANOTHERS);
  g_set_str (&found->contact_id, "kea");
  found->date = OTHER_DAY;
  assert_kind (found, nowhere, CS_FOUND_ANOTHERS);
  g_set_str (&found->reference, ""); /* no reference is no proof, nor is no contact */
  g_set_str (&found->contact_id, "");
  found->date = DAY;
  g_assert_cmpint (cs_found_judge (found, without, &stranger), ==, CS_FOUND_ANOTHERS);
}

static void
test_dead (void)
{
  g_autoptr (CsLedgerInvoice) found = make_found ();

  found->status = CS_LEDGER_VOIDED;
  assert_kind (found, nowhere, CS_FOUND_DEAD);
  found->status = CS_LEDGER_DELETED;
  found->total = NZD (1);
  assert_kind (found, nowhere, CS_FOUND_DEAD);
  assert_kind (found, (CsFoundPlace){ .is_linked = TRUE }, CS_FOUND_ANOTHERS);
}

/* A file that came back may have given a number, or a proposal's number, twice. */
static void
test_restored (void)
{
  const CsFoundPlace restored = { .is_restored = TRUE };
  const CsFoundPlace beside_sibling = { .is_restored = TRUE, .has_sibling = TRUE };
  g_autoptr (CsLedgerInvoice) found = make_found ();

  assert_kind (found, restored, CS_FOUND_EQUAL);
  found->total = NZD (1);
  assert_kind (found, restored, CS_FOUND_OURS);
  found->date = OTHER_DAY;
  assert_kind (found, restored, CS_FOUND_OURS);
  assert_kind (found, beside_sibling, CS_FOUND_UNSURE);
  found->date = DAY; /* or two of the same day */
  assert_kind (found, beside_sibling, CS_FOUND_UNSURE);
  found->date = OTHER_DAY;
  assert_kind (found, (CsFoundPlace){ .has_sibling = TRUE }, CS_FOUND_OURS);
  found->date = DAY;
  g_set_str (&found->contact_id, "tui");
  assert_kind (found, restored, CS_FOUND_UNSURE);
}

/* The number may be another proposal's of the same client and day now, even of the same amount. */
static void
test_restored_beside_others (void)
{
  const CsFoundPlace restored = { .is_restored = TRUE };
  g_autoptr (CsLedgerInvoice) found = make_found ();

  g_set_str (&found->reference, "P-2");
  assert_kind (found, restored, CS_FOUND_UNSURE);
  assert_kind (found, nowhere, CS_FOUND_EQUAL);
  found->total = NZD (1);
  assert_kind (found, restored, CS_FOUND_UNSURE);
  assert_kind (found, nowhere, CS_FOUND_OURS);
}

/* Two invoices of one proposal, day and amount are told by what is on them. */
static void
test_restored_siblings (void)
{
  const CsFoundPlace place = { .contact_id = "kea", .is_restored = TRUE, .has_sibling = TRUE };
  g_autoptr (CsLedgerInvoice) found = make_found ();
  g_autoptr (CsPlannedInvoice) planned = make_planned ("P-1");
  CsPlannedLine *line = cs_planned_line_new ();
  CsLedgerLine *there;

  g_set_str (&line->description, "Accounts");
  g_ptr_array_add (planned->lines, line);
  g_assert_cmpint (cs_found_judge (found, planned, &place), ==, CS_FOUND_UNSURE);
  there = cs_ledger_invoice_add_line (found);
  g_set_str (&there->description, "Advice");
  g_assert_cmpint (cs_found_judge (found, planned, &place), ==, CS_FOUND_UNSURE);
  g_set_str (&there->description, "Accounts");
  g_assert_cmpint (cs_found_judge (found, planned, &place), ==, CS_FOUND_EQUAL);
  found->total = NZD (1);
  g_assert_cmpint (cs_found_judge (found, planned, &place), ==, CS_FOUND_UNSURE);
}

/* The two buttons: never another number for what is there, never an adoption of what is not it. */
static void
test_buttons (void)
{
  static const struct
  {
    CsFoundKind kind;
    gboolean may_be_adopted, would_be_twice;
  } all[] = {
    { CS_FOUND_EQUAL, TRUE, TRUE },  { CS_FOUND_OURS, TRUE, TRUE },       { CS_FOUND_UNSURE, TRUE, FALSE },
    { CS_FOUND_DEAD, FALSE, FALSE }, { CS_FOUND_ANOTHERS, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_assert_cmpint (cs_found_may_be_adopted (all[i].kind), ==, all[i].may_be_adopted);
      g_assert_cmpint (cs_found_would_be_twice (all[i].kind), ==, all[i].would_be_twice);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/found/B-02/changed-at-the-ledger", test_changed);
  g_test_add_func ("/found/B-02/anothers", test_anothers);
  g_test_add_func ("/found/B-02/dead", test_dead);
  g_test_add_func ("/found/B-02/restored", test_restored);
  g_test_add_func ("/found/B-02/restored-beside-others", test_restored_beside_others);
  g_test_add_func ("/found/B-02/restored-siblings", test_restored_siblings);
  g_test_add_func ("/found/B-02/buttons", test_buttons);
  return g_test_run ();
}
