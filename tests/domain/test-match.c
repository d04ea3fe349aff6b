/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-records.h"

static CsMatch
match (const char *name,
       const char *email,
       const char *stored,
       const char *their_name,
       const char *their_email)
{
  g_autoptr (CsLedgerContact) contact = cs_ledger_contact_new ();

  g_set_str (&contact->remote_id, "id-1");
  g_set_str (&contact->name, their_name);
  g_set_str (&contact->email, their_email);
  return cs_match_contact (name, email, stored, contact);
}

static void
test_ladder (void)
{
  static const struct
  {
    const char *name, *email, *stored, *their_name, *their_email;
    CsMatch expected;
  } cases[] = {
    { "Acme", "a@acme.nz", "id-1", "Other", "b@other.nz", CS_MATCH_STORED_ID },
    { "Acme", "a@acme.nz", "", "Acme", "a@acme.nz", CS_MATCH_EMAIL_AND_NAME },
    { " Acme ", " A@Acme.NZ", NULL, "Acme", "a@acme.nz", CS_MATCH_EMAIL_AND_NAME },
    { "Acme", "a@acme.nz", "", "Acme", "b@other.nz", CS_MATCH_NAME },
    { "Acme", "", "", "Acme", "", CS_MATCH_NAME },
    { "Acme", "a@acme.nz", "", "Bolt", "a@acme.nz", CS_MATCH_EMAIL },
    { "acme ltd", "", "", "ACME Limited", "", CS_MATCH_SIMILAR_NAME },
    { "acme", "a@acme.nz", "", "ACME", "a@acme.nz", CS_MATCH_EMAIL },
    { "Acme", "a@acme.nz", "", "Bolt", "b@bolt.nz", CS_MATCH_NONE },
    { "", "", "", "", "", CS_MATCH_NONE },
    { NULL, NULL, NULL, "Acme", "a@acme.nz", CS_MATCH_NONE },
    { "!!!", "", "", "???", "", CS_MATCH_NONE },
    /* One letter, written in two ways. */
    { "Caf\xc3\xa9", "", "", "Cafe\xcc\x81", "", CS_MATCH_NAME },
    { "bad \xff name", "", "", "bad \xff name", "", CS_MATCH_NAME },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint ((int)match (cases[i].name, cases[i].email, cases[i].stored, cases[i].their_name,
                                   cases[i].their_email),
                       ==, (int)cases[i].expected);
    }
}

static void
test_links_by_itself (void)
{
  g_assert_true (cs_match_links_by_itself (CS_MATCH_STORED_ID));
  g_assert_true (cs_match_links_by_itself (CS_MATCH_EMAIL_AND_NAME));
  g_assert_false (cs_match_links_by_itself (CS_MATCH_NAME));
  g_assert_false (cs_match_links_by_itself (CS_MATCH_EMAIL));
  g_assert_false (cs_match_links_by_itself (CS_MATCH_SIMILAR_NAME));
  g_assert_false (cs_match_links_by_itself (CS_MATCH_NONE));
}

/* Linked elsewhere, nothing makes it move by itself. */
static void
test_linked_stays_linked (void)
{
  g_assert_false (cs_match_links_by_itself (match ("Acme", "a@acme.nz", "id-2", "Acme", "a@acme.nz")));
  g_assert_cmpint (match ("Acme", "a@acme.nz", "id-2", "Acme", "a@acme.nz"), ==, CS_MATCH_NAME);
}

static void
test_normalise (void)
{
  static const char *const same[][2] = {
    { "Smith & Sons Ltd", "smith and sons limited" },
    { "Smith  &  Sons", "SMITH AND SONS" },
    { "Acme Pty Ltd", "Acme" },
    { "Acme Pty. Ltd.", "ACME PTY LIMITED" },
    { "Acme, Inc.", "Acme Incorporated" },
    { "O'Brien", "O\xe2\x80\x99"
                 "Brien" },
    { "A.B.C. Builders", "ABC Builders" },
    { "Ng\xc4\x81ti Toa", "Ngati Toa" },
    { "Stra\xc3\x9f"
      "e 5",
      "STRASSE 5" },
    { "North-South\tTransport", "North South Transport" },
  };
  static const char *const different[][2] = {
    { "Limited", "Pty" }, { "Acme", "Acme 2" },        { "Ltd Acme", "Acme" },
    { "Inc", "" },        { "Anderson", "and erson" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *a = cs_match_normalise_name (same[i][0]);
      g_autofree char *b = cs_match_normalise_name (same[i][1]);

      g_assert_cmpstr (a, ==, b);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (different); i++)
    {
      g_autofree char *a = cs_match_normalise_name (different[i][0]);
      g_autofree char *b = cs_match_normalise_name (different[i][1]);

      g_assert_cmpstr (a, !=, b);
    }
}

static void
assert_view (CsLedgerStatus status, gint64 balance, int due_in_days, CsInvoiceView expected)
{
  const CsDate today = cs_date_from_parts (2026, 11, 21);
  CsDate due = due_in_days == G_MININT ? CS_DATE_NONE : cs_date_add_days (today, due_in_days);

  g_assert_cmpint ((int)cs_ledger_status_to_view (status, (CsMoney){ balance, { "NZD" } }, due, today), ==,
                   (int)expected);
}

static void
test_view (void)
{
  assert_view (CS_LEDGER_AUTHORISED, 1, -1, CS_INVOICE_VIEW_OVERDUE);
  assert_view (CS_LEDGER_AUTHORISED, 1, 0, CS_INVOICE_VIEW_OPEN);
  assert_view (CS_LEDGER_AUTHORISED, 1, 1, CS_INVOICE_VIEW_OPEN);
  assert_view (CS_LEDGER_AUTHORISED, 1, G_MININT, CS_INVOICE_VIEW_OPEN);
  assert_view (CS_LEDGER_AUTHORISED, 0, -1, CS_INVOICE_VIEW_PAID);
  assert_view (CS_LEDGER_PAID, 0, -1, CS_INVOICE_VIEW_PAID);
}

static void
test_view_excluded (void)
{
  assert_view (CS_LEDGER_DRAFT, 100, -30, CS_INVOICE_VIEW_DRAFT);
  assert_view (CS_LEDGER_SUBMITTED, 100, -30, CS_INVOICE_VIEW_SUBMITTED);
  assert_view (CS_LEDGER_VOIDED, 100, -30, CS_INVOICE_VIEW_VOIDED);
  assert_view (CS_LEDGER_DELETED, 100, -30, CS_INVOICE_VIEW_DELETED);
}

static void
test_part_paid (void)
{
  const CsMoney total = { 10000, { "NZD" } };

  g_assert_true (cs_ledger_invoice_is_part_paid (total, (CsMoney){ 9999, { "NZD" } }, CS_LEDGER_AUTHORISED));
  g_assert_true (cs_ledger_invoice_is_part_paid (total, (CsMoney){ 1, { "NZD" } }, CS_LEDGER_AUTHORISED));
  g_assert_false (cs_ledger_invoice_is_part_paid (total, total, CS_LEDGER_AUTHORISED));
  g_assert_false (cs_ledger_invoice_is_part_paid (total, (CsMoney){ 0, { "NZD" } }, CS_LEDGER_AUTHORISED));
  g_assert_false (cs_ledger_invoice_is_part_paid (total, (CsMoney){ 1, { "NZD" } }, CS_LEDGER_VOIDED));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/K-4-ladder", test_ladder);
  g_test_add_func ("/match/K-4-first-two-link-by-themselves", test_links_by_itself);
  g_test_add_func ("/match/U-03-linked-stays-linked", test_linked_stays_linked);
  g_test_add_func ("/match/K-4-normalised-names", test_normalise);
  g_test_add_func ("/view/K-9-due-today-is-open", test_view);
  g_test_add_func ("/view/K-10-others-have-their-own", test_view_excluded);
  g_test_add_func ("/view/K-9-part-paid-is-a-flag", test_part_paid);
  return g_test_run ();
}
