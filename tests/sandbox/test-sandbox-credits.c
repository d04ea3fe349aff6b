/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* Payments, credit documents and their allocations, and notes, against xero-accounting 9.6, 9.7 and 10. */

#define WRITE_SCOPES                                                                                         \
  "openid offline_access accounting.contacts accounting.invoices accounting.payments "                       \
  "accounting.settings.read"

static Sandbox *
start (const char *profile)
{
  Sandbox *sandbox = sandbox_start (profile);

  sandbox_sign_in (sandbox, WRITE_SCOPES);
  return sandbox;
}

static Answer *
pay (Sandbox *sandbox, const char *number, const char *amount, const char *account)
{
  g_autofree char *body = g_strdup_printf (
      "{\"Payments\":[{\"Invoice\":{\"InvoiceNumber\":\"%s\"},\"Account\":{\"Code\":\"%s\"},"
      "\"Date\":\"2026-11-21\",\"Amount\":%s,\"Reference\":\"Part\"}]}",
      number, account, amount);

  return sandbox_api (sandbox, "PUT", "Payments", body);
}

static Answer *
remove_payment (Sandbox *sandbox, const char *id, const char *body)
{
  g_autofree char *path = g_strconcat ("Payments/", id, NULL);

  return sandbox_api (sandbox, "POST", path, body);
}

static void
assert_invoice (Sandbox *sandbox, const char *number, const char *status, const char *paid, const char *due)
{
  g_autoptr (Answer) answer = sandbox_get (sandbox, "Invoices/%s", number);

  assert_text (answer, "/Invoices/0/Status", status);
  assert_text (answer, "/Invoices/0/AmountPaid", paid);
  assert_text (answer, "/Invoices/0/AmountDue", due);
}

static void
test_payments (void)
{
  g_autoptr (Sandbox) sandbox = start ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autoptr (Answer) part = pay (sandbox, "EX-1", "15.00", "090");
  g_autoptr (Answer) too_much = pay (sandbox, "EX-1", "100.01", "090");
  g_autoptr (Answer) read = NULL, rest = NULL, none_left = NULL;

  assert_status (part, 200);
  assert_text (part, "/Payments/0/PaymentType", "ACCRECPAYMENT");
  assert_text (part, "/Payments/0/Invoice/InvoiceID", invoice);
  assert_invoice (sandbox, "EX-1", "AUTHORISED", "15.00", "100.00");
  assert_refused (too_much, "Payment amount exceeds the amount outstanding on this document");
  rest = pay (sandbox, "EX-1", "100.00", "620"); /* no bank, but it takes payments */
  assert_status (rest, 200);
  assert_invoice (sandbox, "EX-1", "PAID", "115.00", "0.00");
  read = sandbox_get (sandbox, "Invoices/EX-1");
  assert_text (read, "/Invoices/0/FullyPaidOnDate", "/Date(1795219200000+0000)/");
  none_left = pay (sandbox, "EX-1", "0.01", "090");
  assert_refused (none_left, "Payment amount exceeds the amount outstanding on this document");
}

static void
test_payment_rules (void)
{
  g_autoptr (Sandbox) sandbox = start ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autofree char *draft = sandbox_make_invoice (sandbox, contact, "EX-2", "");
  g_autoptr (Answer) account = pay (sandbox, "EX-1", "1.00", "200");
  g_autoptr (Answer) zero = pay (sandbox, "EX-1", "0.00", "090");
  g_autoptr (Answer) of_draft = pay (sandbox, "EX-2", "1.00", "090");
  g_autoptr (Answer) nothing = pay (sandbox, "EX-3", "1.00", "090");
  g_autoptr (Answer) two = sandbox_api (
      sandbox, "PUT", "Payments",
      "{\"Invoice\":{\"InvoiceNumber\":\"EX-1\"},\"CreditNote\":{\"CreditNoteNumber\":\"CN-1\"},"
      "\"Account\":{\"Code\":\"090\"},\"Amount\":1}");
  g_autoptr (Answer) lock
      = sandbox_control (sandbox, "organisation", "{\"end_of_year_lock_date\":\"2026-11-30\"}");
  g_autoptr (Answer) locked = pay (sandbox, "EX-1", "1.00", "090");

  assert_refused (account, "Account must be valid.");
  assert_refused (zero, "Payment amount must be greater than zero");
  assert_refused (of_draft, "Payments can only be made against Authorised documents");
  assert_refused (nothing, "The document with the supplied id was not found for this endpoint.");
  assert_refused (two, "A payment must be for exactly one Invoice, CreditNote, Prepayment or Overpayment.");
  assert_refused (locked, "The document date cannot be before the period lock date.");
}

/* Deleting is all that can be done to a payment; the invoice follows, and its UpdatedDateUTC moves. */
static void
test_delete_payment (void)
{
  g_autoptr (Sandbox) sandbox = start ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autoptr (Answer) paid = pay (sandbox, "EX-1", "115.00", "090");
  const char *id = answer_text (paid, "/Payments/0/PaymentID");
  g_autoptr (Answer) more = remove_payment (sandbox, id, "{\"Status\":\"DELETED\",\"Reference\":\"wrong\"}");
  g_autoptr (Answer) moved = sandbox_control (sandbox, "clock", "{\"now\":\"2026-11-21T10:00:00\"}");
  g_autoptr (Answer) token = sandbox_refresh (sandbox, sandbox->refresh_token);
  g_autoptr (Answer) removed = NULL, twice = NULL, read = NULL, list = NULL, news = NULL;

  g_set_str (&sandbox->access_token, answer_text (token, "/access_token"));
  assert_refused (more, "Only Status accepted for updates.");
  assert_invoice (sandbox, "EX-1", "PAID", "115.00", "0.00");
  removed = remove_payment (sandbox, id, "{\"Status\":\"DELETED\"}");
  assert_status (removed, 200);
  assert_text (removed, "/Payments/0/Status", "DELETED");
  assert_invoice (sandbox, "EX-1", "AUTHORISED", "0.00", "115.00");
  read = sandbox_get (sandbox, "Invoices/EX-1");
  g_assert_cmpuint (answer_size (read, "/Invoices/0/Payments"), ==, 0);
  g_assert_null (answer_text (read, "/Invoices/0/FullyPaidOnDate"));
  list = sandbox_api_with (sandbox, "GET", "Payments?page=1", NULL, "If-Modified-Since",
                           "2026-11-21T10:00:00");
  assert_text (list, "/Payments/0/Status", "DELETED");
  news = sandbox_api_with (sandbox, "GET", "Invoices?page=1", NULL, "If-Modified-Since",
                           "2026-11-21T10:00:00");
  g_assert_cmpuint (answer_size (news, "/Invoices"), ==, 1);
  twice = remove_payment (sandbox, id, "{\"Status\":\"DELETED\"}");
  assert_status (twice, 400);
}

/* Nor what lies in a period that is closed. */
static void
test_locked_payment (void)
{
  g_autoptr (Sandbox) sandbox = start ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autoptr (Answer) paid = pay (sandbox, "EX-1", "115.00", "090");
  g_autoptr (Answer) lock
      = sandbox_control (sandbox, "organisation", "{\"period_lock_date\":\"2026-11-21\"}");
  g_autoptr (Answer) locked
      = remove_payment (sandbox, answer_text (paid, "/Payments/0/PaymentID"), "{\"Status\":\"DELETED\"}");

  assert_refused (locked, "The document date cannot be before the period lock date.");
  assert_invoice (sandbox, "EX-1", "PAID", "115.00", "0.00");
}

static char *
make_credit_note (Sandbox *sandbox, const char *contact, const char *number)
{
  g_autofree char *body = g_strdup_printf (
      "{\"CreditNotes\":[{\"Type\":\"ACCRECCREDIT\",\"Status\":\"AUTHORISED\",\"CreditNoteNumber\":\"%s\","
      "\"Contact\":{\"ContactID\":\"%s\"},\"Date\":\"2026-11-21\",\"LineItems\":[{\"Description\":\"Back\","
      "\"Quantity\":1,\"UnitAmount\":50,\"AccountCode\":\"200\"}]}]}",
      number, contact);
  g_autoptr (Answer) answer = sandbox_api (sandbox, "PUT", "CreditNotes", body);

  assert_status (answer, 200);
  assert_text (answer, "/CreditNotes/0/Total", "57.50");
  assert_text (answer, "/CreditNotes/0/RemainingCredit", "57.50");
  return g_strdup (answer_text (answer, "/CreditNotes/0/CreditNoteID"));
}

static Answer *
allocate (Sandbox *sandbox, const char *credit, const char *invoice, const char *amount)
{
  g_autofree char *path = g_strdup_printf ("CreditNotes/%s/Allocations", credit);
  g_autofree char *body = g_strdup_printf (
      "{\"Allocations\":[{\"Invoice\":{\"InvoiceID\":\"%s\"},\"Amount\":%s,\"Date\":\"2026-11-21\"}]}",
      invoice, amount);

  return sandbox_api (sandbox, "PUT", path, body);
}

/* AmountCredited is explained by the invoice's own arrays, not by /Payments. */
static void
test_allocation (void)
{
  g_autoptr (Sandbox) sandbox = start ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autofree char *credit = make_credit_note (sandbox, contact, "CN-7");
  g_autoptr (Answer) too_much = allocate (sandbox, credit, invoice, "57.51");
  g_autoptr (Answer) part = allocate (sandbox, credit, invoice, "20.00");
  g_autoptr (Answer) again = allocate (sandbox, credit, invoice, "20.00"); /* applied once more */
  g_autoptr (Answer) read = sandbox_get (sandbox, "Invoices/EX-1");
  g_autoptr (Answer) note = sandbox_get (sandbox, "CreditNotes/CN-7");
  g_autoptr (Answer) payments = sandbox_get (sandbox, "Payments?page=1");
  g_autofree char *path = g_strdup_printf ("CreditNotes/%s/Allocations/%s", credit,
                                           answer_text (part, "/Allocations/0/AllocationID"));
  g_autoptr (Answer) removed = sandbox_api (sandbox, "DELETE", path, NULL);
  g_autoptr (Answer) gone = sandbox_api (sandbox, "DELETE", path, NULL);
  g_autoptr (Answer) after = sandbox_get (sandbox, "Invoices/EX-1");

  assert_refused (too_much, "Credit Note cannot be allocated as amount is greater than the remaining credit");
  assert_status (part, 200);
  assert_status (again, 200);
  assert_text (read, "/Invoices/0/AmountCredited", "40.00");
  assert_text (read, "/Invoices/0/AmountDue", "75.00");
  assert_text (read, "/Invoices/0/AmountPaid", "0.00");
  assert_text (read, "/Invoices/0/CreditNotes/0/CreditNoteNumber", "CN-7");
  assert_text (read, "/Invoices/0/CreditNotes/0/AppliedAmount", "20.00");
  assert_text (note, "/CreditNotes/0/RemainingCredit", "17.50");
  g_assert_cmpuint (answer_size (note, "/CreditNotes/0/Allocations"), ==, 2);
  assert_text (note, "/CreditNotes/0/Allocations/0/Invoice/InvoiceID", invoice);
  g_assert_cmpuint (answer_size (payments, "/Payments"), ==, 0);
  assert_status (removed, 200);
  assert_text (removed, "/IsDeleted", "true");
  assert_status (gone, 404);
  assert_text (after, "/Invoices/0/AmountCredited", "20.00");
}

/* Up to what is due of the invoice; of the credit that it is of; in no closed period. */
static void
test_allocation_rules (void)
{
  g_autoptr (Sandbox) sandbox = start ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autofree char *credit = make_credit_note (sandbox, contact, "CN-1");
  g_autofree char *other = make_credit_note (sandbox, contact, "CN-2");
  g_autoptr (Answer) paid = pay (sandbox, "EX-1", "100.00", "090");
  g_autoptr (Answer) beyond = allocate (sandbox, credit, invoice, "15.01");
  g_autoptr (Answer) nothing = allocate (sandbox, credit, invoice, "0.00");
  g_autoptr (Answer) moved = sandbox_control (sandbox, "clock", "{\"now\":\"2026-11-21T09:20:00\"}");
  g_autoptr (Answer) part = allocate (sandbox, credit, invoice, "1.00");
  g_autoptr (Answer) invoices = sandbox_api_with (sandbox, "GET", "Invoices?page=1", NULL,
                                                  "If-Modified-Since", "2026-11-21T09:20:00");
  g_autoptr (Answer) credits = sandbox_api_with (sandbox, "GET", "CreditNotes?page=1", NULL,
                                                 "If-Modified-Since", "2026-11-21T09:20:00");
  g_autofree char *of_other = g_strdup_printf ("CreditNotes/%s/Allocations/%s", other,
                                               answer_text (part, "/Allocations/0/AllocationID"));
  g_autoptr (Answer) not_its_own = sandbox_api (sandbox, "DELETE", of_other, NULL);
  g_autoptr (Answer) lock
      = sandbox_control (sandbox, "organisation", "{\"period_lock_date\":\"2026-11-21\"}");
  g_autoptr (Answer) locked = allocate (sandbox, credit, invoice, "1.00");

  assert_status (paid, 200);
  assert_refused (beyond, "Credit Note cannot be allocated as amount is greater than amount outstanding");
  assert_refused (nothing, "Credit Note cannot be allocated as amount must be greater than zero");
  assert_status (part, 200);
  g_assert_cmpuint (answer_size (invoices, "/Invoices"), ==, 1);
  g_assert_cmpuint (answer_size (credits, "/CreditNotes"), ==, 1);
  assert_status (not_its_own, 404);
  assert_refused (locked, "The document date cannot be before the period lock date.");
}

static void
test_allocation_pays (void)
{
  g_autoptr (Sandbox) sandbox = start ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *other = sandbox_make_contact (sandbox, "Bakery");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autofree char *foreign = sandbox_make_invoice (sandbox, other, "EX-2", AUTHORISED);
  g_autofree char *first = make_credit_note (sandbox, contact, "CN-1");
  g_autofree char *second = make_credit_note (sandbox, contact, "CN-2");
  g_autoptr (Answer) wrong = allocate (sandbox, first, foreign, "1.00");
  g_autoptr (Answer) one = allocate (sandbox, first, invoice, "57.50");
  g_autoptr (Answer) beyond = NULL, two = NULL, paid = NULL, note = NULL, voided = NULL, late = NULL;

  assert_refused (wrong, "Credit Note cannot be allocated to this document");
  assert_status (one, 200);
  voided = sandbox_api (sandbox, "POST", "Invoices/EX-1", "{\"Status\":\"VOIDED\"}");
  assert_refused (voided, "Invoice not of valid status for modification"); /* credit is applied */
  two = allocate (sandbox, second, invoice, "57.50");
  assert_status (two, 200);
  paid = sandbox_get (sandbox, "Invoices/EX-1");
  assert_text (paid, "/Invoices/0/Status", "PAID"); /* with nothing paid */
  assert_text (paid, "/Invoices/0/AmountPaid", "0.00");
  note = sandbox_get (sandbox, "CreditNotes/CN-2");
  assert_text (note, "/CreditNotes/0/Status", "PAID");
  beyond = allocate (sandbox, second, foreign, "1.00");
  assert_status (beyond, 400);
  late = allocate (sandbox, second, invoice, "1.00");
  assert_refused (late, "Credit Note cannot be allocated as the document has already been paid off");
}

/* A refund of a credit note stands in /Payments as a payment of an "invoice". */
static void
test_refund (void)
{
  g_autoptr (Sandbox) sandbox = start ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *credit = make_credit_note (sandbox, contact, "CN-1");
  g_autoptr (Answer) refund
      = sandbox_api (sandbox, "PUT", "Payments",
                     "{\"Payments\":[{\"CreditNote\":{\"CreditNoteNumber\":\"CN-1\"},"
                     "\"Account\":{\"Code\":\"090\"},\"Date\":\"2026-11-21\",\"Amount\":7.50}]}");
  g_autoptr (Answer) list = sandbox_get (sandbox, "Payments?page=1");
  g_autoptr (Answer) note = sandbox_get (sandbox, "CreditNotes/%s", credit);

  assert_status (refund, 200);
  assert_text (list, "/Payments/0/PaymentType", "ARCREDITPAYMENT");
  assert_text (list, "/Payments/0/Invoice/Type", "ACCRECCREDIT");
  assert_text (list, "/Payments/0/Invoice/InvoiceID", credit);
  assert_text (list, "/Payments/0/Invoice/InvoiceNumber", "CN-1");
  assert_text (note, "/CreditNotes/0/RemainingCredit", "50.00");
}

static void
test_credit_note_numbers (void)
{
  g_autoptr (Sandbox) sandbox = start ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *credit = make_credit_note (sandbox, contact, "CN-1");
  g_autofree char *body = g_strdup_printf (
      "{\"Type\":\"ACCRECCREDIT\",\"CreditNoteNumber\":\"CN-1\",\"Contact\":{\"ContactID\":\"%s\"},"
      "\"LineItems\":[{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"DiscountRate\":5,"
      "\"AccountCode\":\"200\"}]}",
      contact);
  g_autoptr (Answer) twin = sandbox_api (sandbox, "PUT", "CreditNotes", body);

  assert_refused (twin, "Credit note # must be unique.");
  assert_text (twin, "/Elements/0/ValidationErrors/1/Message",
               "Discounts are only allowed on ACCREC invoices.");
}

/* The seed makes each kind of credit; lists page, and obey If-Modified-Since. */
static void
test_lists (void)
{
  g_autoptr (Sandbox) sandbox = start ("demo");
  static const char *const kinds[] = { "CreditNotes", "Prepayments", "Overpayments" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (Answer) page = sandbox_get (sandbox, "%s?page=1&pageSize=2", kinds[i]);
      g_autofree char *since = g_strconcat (kinds[i], "?page=1", NULL);
      g_autoptr (Answer) news
          = sandbox_api_with (sandbox, "GET", since, NULL, "If-Modified-Since", "2026-11-21T09:00:00");
      g_autoptr (Answer) where = sandbox_get (sandbox, "%s?where=RemainingCredit%%3E0&page=1", kinds[i]);
      g_autofree char *list = g_strconcat ("/", kinds[i], NULL);
      g_autofree char *allocation = g_strdup_printf ("/%s/0/Allocations/0/Invoice/InvoiceID", kinds[i]);

      assert_status (page, 200);
      g_assert_cmpuint (answer_size (page, list), ==, 2);
      g_assert_cmpint (g_ascii_strtoll (answer_text (page, "/pagination/itemCount"), NULL, 10), >=, 3);
      g_assert_nonnull (answer_text (page, allocation));
      g_assert_cmpuint (answer_size (news, list), ==, 0);
      assert_status (where, 200);
    }
  assert_rows (sandbox, "CreditNotes?where=Status%3D%3D%22DRAFT%22", 0);
}

/* Every invoice's AmountCredited is the sum of what its three arrays say. */
static void
test_credits_explain (void)
{
  g_autoptr (Sandbox) sandbox = start ("demo");
  g_autoptr (Answer) page = sandbox_get (sandbox, "Invoices?page=1&pageSize=1000");
  static const char *const arrays[] = { "CreditNotes", "Prepayments", "Overpayments" };
  guint explained[3] = { 0, 0, 0 };

  for (gsize i = 0; i < answer_size (page, "/Invoices"); i++)
    {
      g_autofree char *credited = g_strdup_printf ("/Invoices/%" G_GSIZE_FORMAT "/AmountCredited", i);
      gint64 sum = 0;

      for (guint j = 0; j < 3; j++)
        {
          g_autofree char *list = g_strdup_printf ("/Invoices/%" G_GSIZE_FORMAT "/%s", i, arrays[j]);

          for (gsize k = 0; k < answer_size (page, list); k++, explained[j]++)
            {
              g_autofree char *applied = g_strdup_printf ("%s/%" G_GSIZE_FORMAT "/AppliedAmount", list, k);

              sum += (gint64)(g_ascii_strtod (answer_text (page, applied), NULL) * 100 + 0.5);
            }
        }
      g_assert_cmpint ((gint64)(g_ascii_strtod (answer_text (page, credited), NULL) * 100 + 0.5), ==, sum);
    }
  for (guint j = 0; j < 3; j++)
    g_assert_cmpuint (explained[j], >, 0);
}

static void
test_only_read (void)
{
  g_autoptr (Sandbox) sandbox = start ("demo");
  g_autoptr (Answer) prepayment = sandbox_api (sandbox, "PUT", "Prepayments", "{}");
  g_autoptr (Answer) overpayment = sandbox_api (sandbox, "POST", "Overpayments", "{}");

  assert_status (prepayment, 501);
  assert_status (overpayment, 501);
}

static void
test_overpayment_allocation (void)
{
  g_autoptr (Sandbox) sandbox = start ("demo");
  g_autoptr (Answer) list = sandbox_get (sandbox, "Overpayments?page=1");
  g_autofree char *contact = g_strdup (answer_text (list, "/Overpayments/0/Contact/ContactID"));
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autofree char *path
      = g_strdup_printf ("Overpayments/%s/Allocations", answer_text (list, "/Overpayments/0/OverpaymentID"));
  g_autofree char *body = g_strdup_printf ("{\"Invoice\":{\"InvoiceID\":\"%s\"},\"Amount\":5.00}", invoice);
  g_autoptr (Answer) put = sandbox_api (sandbox, "PUT", path, body);
  g_autoptr (Answer) read = sandbox_get (sandbox, "Invoices/EX-1");

  assert_text (list, "/Overpayments/0/Type", "RECEIVE-OVERPAYMENT");
  assert_status (put, 200);
  assert_text (read, "/Invoices/0/Overpayments/0/AppliedAmount", "5.00");
  assert_text (read, "/Invoices/0/AmountDue", "110.00");
}

/* Notes are permanent and of nobody in particular. */
static void
assert_notes (Sandbox *sandbox, const char *path)
{
  g_autofree char *history = g_strconcat (path, "/History", NULL);
  g_autofree char *words = g_strnfill (2501, 'x');
  g_autofree char *body = g_strdup_printf ("{\"HistoryRecords\":[{\"Details\":\"%s\"}]}", words);
  g_autofree char *longest = g_strdup_printf ("{\"HistoryRecords\":[{\"Details\":\"%s\"}]}", words + 1);
  g_autoptr (Answer) first = sandbox_api (sandbox, "PUT", history,
                                          "{\"HistoryRecords\":[{\"Details\":\"Pushed, operation 7f3c\"}]}");
  g_autoptr (Answer) second
      = sandbox_api (sandbox, "PUT", history, "{\"HistoryRecords\":[{\"Details\":\"Later\"}]}");
  g_autoptr (Answer) too_long = sandbox_api (sandbox, "PUT", history, body);
  g_autoptr (Answer) read = sandbox_api (sandbox, "GET", history, NULL);
  g_autoptr (Answer) post = sandbox_api (sandbox, "POST", history, "{}");
  g_autoptr (Answer) long_enough = sandbox_api (sandbox, "PUT", history, longest);

  assert_status (first, 200);
  assert_status (long_enough, 200);
  assert_status (second, 200);
  assert_status (too_long, 400);
  g_assert_cmpuint (answer_size (read, "/HistoryRecords"), ==, 2);
  assert_text (read, "/HistoryRecords/0/Details", "Later");
  assert_text (read, "/HistoryRecords/1/Details", "Pushed, operation 7f3c");
  assert_text (read, "/HistoryRecords/1/User", "System Generated");
  assert_text (read, "/HistoryRecords/1/Changes", "Note");
  g_assert_true (
      g_str_has_prefix (answer_text (read, "/HistoryRecords/1/DateUTCString"), "2026-11-21T09:00:0"));
  assert_status (post, 501);
}

/* Xero answers with the invoice itself where a PDF is asked for, and with JSON as ever where it is not (9.7).
 */
static void
test_pdf (void)
{
  g_autoptr (Sandbox) sandbox = start ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery (R&D)");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autofree char *path = g_strconcat ("Invoices/", invoice, NULL);
  g_autoptr (Answer) pdf = sandbox_api_with (sandbox, "GET", path, NULL, "Accept", "application/pdf");
  g_autoptr (Answer) nothing
      = sandbox_api_with (sandbox, "GET", "Invoices/EX-9", NULL, "Accept", "application/pdf");

  assert_status (pdf, 200);
  g_assert_cmpstr (soup_message_headers_get_content_type (pdf->headers, NULL), ==, "application/pdf");
  g_assert_true (g_str_has_prefix (pdf->body, "%PDF-1.4"));
  g_assert_nonnull (strstr (pdf->body, "TAX INVOICE EX-1"));
  g_assert_nonnull (strstr (pdf->body, "Joinery \\(R&D\\)"));
  g_assert_true (g_str_has_suffix (pdf->body, "%%EOF\n"));
  assert_status (nothing, 404);
}

/* The demo practice's invoices were made by people, who left their traces; the newest come first. */
static void
test_traces (void)
{
  g_autoptr (Sandbox) sandbox = start ("demo");
  g_autoptr (Answer) list = sandbox_get (sandbox, "Invoices?page=1&Statuses=PAID");
  g_autofree char *path
      = g_strdup_printf ("Invoices/%s/History", answer_text (list, "/Invoices/0/InvoiceID"));
  g_autoptr (Answer) read = sandbox_api (sandbox, "GET", path, NULL);
  gsize n = answer_size (read, "/HistoryRecords");
  g_autofree char *last = g_strdup_printf ("/HistoryRecords/%" G_GSIZE_FORMAT "/Changes", n - 1);

  g_assert_cmpuint (n, >=, 2);
  assert_text (read, last, "Created");
}

static void
test_notes (void)
{
  g_autoptr (Sandbox) sandbox = start ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", "");
  g_autofree char *of_contact = g_strconcat ("Contacts/", contact, NULL);
  g_autofree char *of_invoice = g_strconcat ("Invoices/", invoice, NULL);
  g_autoptr (Answer) nothing = sandbox_get (sandbox, "Invoices/EX-9/History");

  assert_notes (sandbox, of_contact);
  assert_notes (sandbox, of_invoice);
  assert_status (nothing, 404);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/payments/put-moves-the-amounts", test_payments);
  g_test_add_func ("/sandbox/payments/rules", test_payment_rules);
  g_test_add_func ("/sandbox/payments/only-deleting", test_delete_payment);
  g_test_add_func ("/sandbox/payments/locked-is-not-deleted", test_locked_payment);
  g_test_add_func ("/sandbox/payments/refund-is-an-invoice-in-disguise", test_refund);
  g_test_add_func ("/sandbox/credits/allocations-add-and-come-off", test_allocation);
  g_test_add_func ("/sandbox/credits/allocation-rules", test_allocation_rules);
  g_test_add_func ("/sandbox/credits/allocation-pays", test_allocation_pays);
  g_test_add_func ("/sandbox/credits/credit-notes-have-rules", test_credit_note_numbers);
  g_test_add_func ("/sandbox/credits/lists", test_lists);
  g_test_add_func ("/sandbox/credits/three-arrays-explain-amount-credited", test_credits_explain);
  g_test_add_func ("/sandbox/credits/pre-and-overpayments-are-only-read", test_only_read);
  g_test_add_func ("/sandbox/credits/overpayment-is-allocated", test_overpayment_allocation);
  g_test_add_func ("/sandbox/history/notes", test_notes);
  g_test_add_func ("/sandbox/history/traces-of-people", test_traces);
  g_test_add_func ("/sandbox/invoices/pdf-where-asked-for", test_pdf);
  return g_test_run ();
}
