/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* What may become of an invoice, and the shape of what is answered, against xero-accounting 1, 6 and 9. */

#define NOT_MODIFIABLE "Invoice not of valid status for modification"

static void
set_status (Sandbox *sandbox, const char *number, const char *status, guint expected)
{
  g_autofree char *path = g_strconcat ("Invoices/", number, NULL);
  g_autofree char *body = g_strdup_printf ("{\"Status\":\"%s\"}", status);
  g_autoptr (Answer) answer = sandbox_api (sandbox, "POST", path, body);

  if (answer->status != expected)
    g_test_message ("%s to %s", number, status);
  assert_status (answer, expected);
  if (expected == 400)
    assert_refused (answer, NOT_MODIFIABLE);
}

/* Brings one to a status by the moves that there are. */
static void
bring (Sandbox *sandbox, const char *contact, const char *number, const char *status)
{
  g_autofree char *id = sandbox_make_invoice (sandbox, contact, number, "");

  if (strcmp (status, "PAID") == 0)
    {
      g_autofree char *pay = g_strdup_printf ("{\"invoice\":\"%s\",\"amount\":\"115.00\"}", number);
      g_autoptr (Answer) paid = NULL;

      set_status (sandbox, number, "AUTHORISED", 200);
      paid = sandbox_control (sandbox, "payments", pay);
      return;
    }
  if (strcmp (status, "VOIDED") == 0)
    set_status (sandbox, number, "AUTHORISED", 200);
  if (strcmp (status, "DRAFT") != 0)
    set_status (sandbox, number, status, 200);
}

/* The whole machine of 9.4: rows from, columns to. */
static void
test_every_move (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  static const char *const statuses[] = { "DRAFT", "SUBMITTED", "AUTHORISED", "PAID", "VOIDED", "DELETED" };
  static const gboolean moves[6][6] = {
    { 1, 1, 1, 0, 0, 1 }, /* draft */
    { 1, 1, 1, 0, 0, 1 }, /* submitted */
    { 0, 0, 1, 0, 1, 0 }, /* authorised */
    { 0, 0, 0, 1, 0, 0 }, /* paid: only what may still change beside it */
    { 0, 0, 0, 0, 0, 0 }, /* voided */
    { 0, 0, 0, 0, 0, 0 }, /* deleted */
  };
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autoptr (Answer) limits = sandbox_control (sandbox, "limits", "{\"minute\":10000}");

  for (guint from = 0; from < 6; from++)
    for (guint to = 0; to < 6; to++)
      {
        g_autofree char *number = g_strdup_printf ("EX-%s-%s", statuses[from], statuses[to]);

        bring (sandbox, contact, number, statuses[from]);
        set_status (sandbox, number, statuses[to], moves[from][to] ? 200 : 400);
      }
}

static void
assert_change (Sandbox *sandbox, const char *number, const char *body, guint expected)
{
  g_autofree char *path = g_strconcat ("Invoices/", number, NULL);
  g_autoptr (Answer) answer = sandbox_api (sandbox, "POST", path, body);

  if (answer->status != expected)
    g_test_message ("%s", body);
  assert_status (answer, expected);
}

/* What is paid in part keeps its amounts; words and places may change (9.4). */
static void
test_part_paid (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *other = sandbox_make_contact (sandbox, "Bakery");
  g_autofree char *id = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autoptr (Answer) paid
      = sandbox_control (sandbox, "payments", "{\"invoice\":\"EX-1\",\"amount\":\"15.00\"}");
  g_autoptr (Answer) read = sandbox_get (sandbox, "Invoices/EX-1");
  const char *line = answer_text (read, "/Invoices/0/LineItems/0/LineItemID");
  g_autofree char *to_other = g_strdup_printf ("{\"Contact\":{\"ContactID\":\"%s\"}}", other);
  g_autofree char *words = g_strdup_printf (
      "{\"LineItems\":[{\"LineItemID\":\"%s\",\"Description\":\"Other\",\"AccountCode\":\"260\"}]}", line);
  g_autofree char *price
      = g_strdup_printf ("{\"LineItems\":[{\"LineItemID\":\"%s\",\"UnitAmount\":90}]}", line);

  assert_change (sandbox, "EX-1", price, 400);
  assert_change (sandbox, "EX-1", "{\"Date\":\"2026-11-22\"}", 400);
  assert_change (sandbox, "EX-1", "{\"LineItems\":[]}", 400);
  assert_change (sandbox, "EX-1", "{\"LineAmountTypes\":\"Inclusive\"}", 400);
  assert_change (sandbox, "EX-1", words, 200);
  assert_change (sandbox, "EX-1", "{\"Reference\":\"x\",\"DueDate\":\"2026-12-24\"}", 200);
  assert_change (sandbox, "EX-1", "{\"InvoiceID\":null,\"InvoiceNumber\":\"EX-2\"}", 200);
  assert_change (sandbox, "EX-2", to_other, 200);
}

/* A contact that was credited keeps its invoice. */
static void
test_credited (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) notes = sandbox_get (sandbox, "CreditNotes?page=1");
  g_autofree char *other = sandbox_make_contact (sandbox, "Other");
  g_autofree char *body = g_strdup_printf ("{\"Contact\":{\"ContactID\":\"%s\"}}", other);

  assert_change (sandbox, answer_text (notes, "/CreditNotes/0/Allocations/0/Invoice/InvoiceNumber"), body,
                 400);
}

/* Numbers of bills need not be unique; paid bills do not change at all; discounts are for sales alone. */
static void
test_bills (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  static const char body[]
      = "{\"Type\":\"ACCPAY\",\"Contact\":{\"Name\":\"Supplier\"},\"InvoiceNumber\":\"S-1\",\"LineItems\":[{"
        "\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"429\"}]}";
  static const char discounted[]
      = "{\"Type\":\"ACCPAY\",\"Contact\":{\"Name\":\"Supplier\"},\"LineItems\":[{\"Description\":\"x\","
        "\"Quantity\":1,\"UnitAmount\":1,\"DiscountRate\":5,\"AccountCode\":\"429\"}]}";
  g_autoptr (Answer) first = sandbox_api (sandbox, "PUT", "Invoices", body);
  g_autoptr (Answer) second = sandbox_api (sandbox, "PUT", "Invoices", body);
  g_autoptr (Answer) third = sandbox_api (sandbox, "PUT", "Invoices", discounted);

  assert_status (first, 200);
  assert_status (second, 200);
  assert_text (second, "/Invoices/0/LineItems/0/TaxType", "INPUT2"); /* of the account */
  assert_refused (third, "Discounts are only allowed on ACCREC invoices.");
}

/* The envelope, both spellings of a date, and the members that every document has (1, 6.1, 9.5). */
static void
test_shape (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *id = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autoptr (Answer) answer = sandbox_get (sandbox, "Invoices/%s", id);
  g_autofree char *upper = g_ascii_strup (id, -1);
  g_autoptr (Answer) by_upper = sandbox_get (sandbox, "Invoices/%s", upper);
  static const char *const lists[]
      = { "Payments", "CreditNotes", "Prepayments", "Overpayments", "LineItems" };

  assert_text (answer, "/Status", "OK");
  g_assert_true (g_uuid_string_is_valid (answer_text (answer, "/Id")));
  g_assert_nonnull (answer_text (answer, "/ProviderName"));
  g_assert_true (g_regex_match_simple ("^/Date\\([0-9]+\\)/$", answer_text (answer, "/DateTimeUTC"), 0, 0));
  g_assert_nonnull (strstr (answer->body, "\"\\/Date(1795219200000+0000)\\/\"")); /* escaped on the wire */
  assert_text (answer, "/Invoices/0/DateString", "2026-11-21T00:00:00");
  assert_text (answer, "/Invoices/0/Date", "/Date(1795219200000+0000)/");
  assert_text (answer, "/Invoices/0/DueDateString", "2026-12-20T00:00:00");
  g_assert_true (g_regex_match_simple ("^2026-11-21T09:0[0-9]:[0-9]{2}Z$",
                                       answer_text (answer, "/Invoices/0/UpdatedDateUTCString"), 0, 0));
  assert_text (answer, "/Invoices/0/LineItems/0/Quantity", "1.0000");
  assert_text (answer, "/Invoices/0/LineItems/0/UnitAmount", "100.00");
  assert_text (answer, "/Invoices/0/Total", "115.00");
  g_assert_nonnull (answer_text (answer, "/Invoices/0/LineItems/0/AccountId")); /* spelt so in answers */
  g_assert_null (answer_text (answer, "/Invoices/0/FullyPaidOnDate"));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *pointer = g_strconcat ("/Invoices/0/", lists[i], NULL);

      g_assert_true (yyjson_is_arr (yyjson_doc_ptr_get (answer->document, pointer)));
    }
  assert_status (by_upper, 200); /* ids are compared without case (14.9) */
}

/* A bare object is taken like a wrapped one; numbers may come as texts; a time after a day is dropped. */
static void
test_tolerance (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) bare = sandbox_api (
      sandbox, "PUT", "Invoices",
      "{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"A\"},\"Date\":\"2026-11-21T13:00:00\",\"LineItems\":[{"
      "\"Description\":\"x\",\"Quantity\":\"1.50\",\"UnitAmount\":\"46.00\",\"AccountCode\":\"200\"}]}");

  assert_status (bare, 200);
  assert_text (bare, "/Invoices/0/SubTotal", "69.00");
  assert_text (bare, "/Invoices/0/DateString", "2026-11-21T00:00:00");
}

/* --- how long a text may be --- */

static void
assert_length_of (Sandbox *sandbox,
                  const char *letter,
                  const char *path,
                  const char *before,
                  guint max,
                  const char *after)
{
  for (guint i = 0; i <= 1; i++)
    {
      g_autoptr (GString) body = g_string_new (before);
      g_autoptr (Answer) answer = NULL;

      for (guint j = 0; j < max + i; j++)
        g_string_append (body, letter);
      g_string_append (body, after);
      answer = sandbox_api (sandbox, "PUT", path, body->str);
      assert_status (answer, i == 0 ? 200 : 400);
    }
}

static void
assert_length (Sandbox *sandbox, const char *path, const char *before, guint max, const char *after)
{
  assert_length_of (sandbox, "x", path, before, max, after);
}

/* 8.1 and 9.1, 9.2: as long as is told, and no longer. */
static void
test_lengths (void)
{
  static const char work[] = "\",\"LineItems\":[{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1}]}";
  static const char line[] = "\",\"Quantity\":1,\"UnitAmount\":1}]}";
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");

  assert_length (sandbox, "Contacts", "{\"Name\":\"", 255, "\"}");
  assert_length (sandbox, "Contacts", "{\"Name\":\"A\",\"ContactNumber\":\"", 50, "\"}");
  assert_length (sandbox, "Contacts", "{\"Name\":\"B\",\"AccountNumber\":\"", 50, "\"}");
  assert_length (sandbox, "Contacts", "{\"Name\":\"C\",\"EmailAddress\":\"", 255 - strlen ("@example.com"),
                 "@example.com\"}");
  assert_length (sandbox, "Invoices",
                 "{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"D\"},\"InvoiceNumber\":\"", 255, work);
  assert_length (sandbox, "Invoices", "{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"D\"},\"Reference\":\"",
                 255, work);
  assert_length (sandbox, "Invoices",
                 "{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"D\"},\"LineItems\":[{\"Description\":\"", 4000,
                 line);
  /* Letters are counted, not bytes. */
  assert_length_of (sandbox, "é", "Contacts", "{\"Name\":\"", 255, "\"}");
  assert_length_of (sandbox, "ō", "Invoices",
                    "{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"D\"},\"Reference\":\"", 255, work);
  assert_length_of (sandbox, "ō", "Invoices",
                    "{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"D\"},\"LineItems\":[{\"Description\":\"",
                    4000, line);
}

/* What a bookkeeper does to an invoice in Xero's own screens: corrects its tax, voids it. */
static void
test_corrected_and_voided_later (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *made = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autoptr (Answer) before = sandbox_get (sandbox, "Invoices/EX-1");
  g_autoptr (Answer) corrected
      = sandbox_control (sandbox, "invoices", "{\"invoice\":\"EX-1\",\"correct\":-5}");
  g_autoptr (Answer) after = sandbox_get (sandbox, "Invoices/EX-1");
  g_autoptr (Answer) voided = sandbox_control (sandbox, "invoices", "{\"invoice\":\"EX-1\",\"void\":true}");
  g_autoptr (Answer) dead = sandbox_get (sandbox, "Invoices/EX-1");
  g_autoptr (Answer) nothing = sandbox_send (sandbox, "POST", "/sandbox/invoices", "application/json",
                                             "{\"invoice\":\"EX-2\",\"correct\":1}", NULL);

  assert_text (before, "/Invoices/0/Total", "115.00");
  assert_text (after, "/Invoices/0/Total", "114.95");
  assert_text (after, "/Invoices/0/SubTotal", "100.00");
  assert_text (after, "/Invoices/0/Status", "AUTHORISED");
  assert_text (dead, "/Invoices/0/Status", "VOIDED");
  assert_status (voided, 200);
  assert_status (nothing, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/invoices/every-move", test_every_move);
  g_test_add_func ("/sandbox/invoices/part-paid-changes-words-alone", test_part_paid);
  g_test_add_func ("/sandbox/invoices/credited-keeps-its-contact", test_credited);
  g_test_add_func ("/sandbox/invoices/bills", test_bills);
  g_test_add_func ("/sandbox/shape/envelope-dates-and-members", test_shape);
  g_test_add_func ("/sandbox/shape/what-is-taken-too", test_tolerance);
  g_test_add_func ("/sandbox/invoices/lengths", test_lengths);
  g_test_add_func ("/sandbox/invoices/corrected-and-voided-later", test_corrected_and_voided_later);
  return g_test_run ();
}
