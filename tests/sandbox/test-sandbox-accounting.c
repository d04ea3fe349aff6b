/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* Contacts and invoices against xero-accounting 3 to 9. */

#define REFERENCE_LINE                                                                                       \
  "{\"Description\":\"Monthly "                                                                              \
  "bookkeeping\",\"Quantity\":1.5,\"UnitAmount\":120.1250,\"AccountCode\":\"200\","                          \
  "\"TaxType\":\"OUTPUT2\",\"DiscountRate\":10}"

/* Puts one invoice for a fresh contact called `number`. */
static Answer *
put_invoice (Sandbox *sandbox, const char *query, const char *number, const char *more, const char *lines)
{
  g_autofree char *contact_id = sandbox_make_contact (sandbox, number);
  g_autofree char *body = sandbox_invoice_body (contact_id, number, more, lines);
  g_autofree char *path = g_strconcat ("Invoices", query, NULL);

  return sandbox_api (sandbox, "PUT", path, body);
}

static void
test_unitdp_4 (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer
      = put_invoice (sandbox, "?summarizeErrors=false&unitdp=4", "EX-1001", "", REFERENCE_LINE);

  assert_status (answer, 200);
  assert_text (answer, "/Invoices/0/LineItems/0/UnitAmount", "120.1250");
  assert_text (answer, "/Invoices/0/LineItems/0/LineAmount", "162.17");
  assert_text (answer, "/Invoices/0/LineItems/0/TaxAmount", "24.33");
  assert_text (answer, "/Invoices/0/Total", "186.50");
  assert_text (answer, "/Invoices/0/StatusAttributeString", "OK");
}

static void
test_unitdp_2 (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer = put_invoice (sandbox, "", "EX-1001", "", REFERENCE_LINE);

  assert_text (answer, "/Invoices/0/LineItems/0/UnitAmount", "120.13");
  assert_text (answer, "/Invoices/0/LineItems/0/LineAmount", "162.18");
  assert_text (answer, "/Invoices/0/Total", "186.51");
}

/* Xero's own full sample: 12.5 % inclusive, 177.00 and −79.00. */
static void
test_inclusive_sample (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer = put_invoice (sandbox, "", "EX-2", "\"LineAmountTypes\":\"Inclusive\",",
                                           "{\"Description\":\"a\",\"Quantity\":1,\"UnitAmount\":177.00,"
                                           "\"AccountCode\":\"200\",\"TaxType\":\"TAX001\"},"
                                           "{\"Description\":\"b\",\"Quantity\":1,\"UnitAmount\":-79.00,"
                                           "\"AccountCode\":\"200\",\"TaxType\":\"TAX001\"}");

  assert_text (answer, "/Invoices/0/LineItems/0/TaxAmount", "19.67");
  assert_text (answer, "/Invoices/0/LineItems/1/TaxAmount", "-8.78");
  assert_text (answer, "/Invoices/0/Total", "98.00");
  assert_text (answer, "/Invoices/0/TotalTax", "10.89");
  assert_text (answer, "/Invoices/0/SubTotal", "87.11");
}

static void
test_half_away (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer = put_invoice (
      sandbox, "?unitdp=4", "EX-3", "\"LineAmountTypes\":\"NoTax\",",
      "{\"Description\":\"up\",\"Quantity\":1,\"UnitAmount\":2.165,\"AccountCode\":\"200\"},"
      "{\"Description\":\"down\",\"Quantity\":1,\"UnitAmount\":-2.165,\"AccountCode\":\"200\"},"
      "{\"Description\":\"words alone\"}");

  assert_text (answer, "/Invoices/0/LineItems/0/LineAmount", "2.17");
  assert_text (answer, "/Invoices/0/LineItems/1/LineAmount", "-2.17");
  assert_text (answer, "/Invoices/0/LineItems/2/LineAmount", "0.00");
  assert_text (answer, "/Invoices/0/LineItems/0/TaxAmount", "0.00"); /* of an account that is taxed else */
  assert_text (answer, "/Invoices/0/LineItems/1/TaxAmount", "0.00");
  assert_text (answer, "/Invoices/0/TotalTax", "0.00");
  assert_text (answer, "/Invoices/0/Total", "0.00");
}

static void
test_sent_amounts (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) line
      = put_invoice (sandbox, "", "A", "",
                     "{\"Description\":\"x\",\"Quantity\":2,\"UnitAmount\":10,\"AccountCode\":\"200\","
                     "\"LineAmount\":20.01}");
  static const char *const wrong[] = { "\"Total\":999.00,", "\"SubTotal\":100.01,", "\"TotalTax\":15.01," };
  g_autoptr (Answer) right
      = put_invoice (sandbox, "", "C", "\"SubTotal\":100.00,\"TotalTax\":15.00,\"Total\":115.00,", LINE);

  assert_status (line, 400);
  assert_text (line, "/Elements/0/ValidationErrors/0/Message",
               "The line total 20.01 does not match the expected line total 20.00");
  assert_status (right, 200);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *number = g_strdup_printf ("B-%u", i);
      g_autoptr (Answer) total = put_invoice (sandbox, "", number, wrong[i], LINE);

      assert_text (total, "/Elements/0/ValidationErrors/0/Message",
                   "The document total does not equal the sum of the lines.");
    }
}

static void
test_put_creates_only (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact_id = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *body = sandbox_invoice_body (contact_id, "EX-1", "", LINE);
  g_autoptr (Answer) first = sandbox_api (sandbox, "PUT", "Invoices", body);
  g_autoptr (Answer) second = sandbox_api (sandbox, "PUT", "Invoices", body);
  g_autoptr (Answer) state = sandbox_control (sandbox, "state", NULL);

  assert_status (first, 200);
  assert_status (second, 400);
  assert_text (second, "/ErrorNumber", "10");
  assert_text (second, "/Type", "ValidationException");
  assert_text (second, "/Elements/0/InvoiceID", "00000000-0000-0000-0000-000000000000");
  assert_text (second, "/Elements/0/ValidationErrors/0/Message", "Invoice # must be unique.");
  assert_text (state, "/invoices_by_number/EX-1", "1");
}

static void
test_post_overwrites (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact_id = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *body = sandbox_invoice_body (contact_id, "EX-1", "\"Reference\":\"kept\",", LINE);
  g_autofree char *change = sandbox_invoice_body (
      contact_id, "EX-1", "",
      "{\"Description\":\"Other\",\"Quantity\":3,\"UnitAmount\":1,\"AccountCode\":\"200\"}");
  g_autoptr (Answer) first = sandbox_api (sandbox, "PUT", "Invoices", body);
  g_autoptr (Answer) second = sandbox_api (sandbox, "POST", "Invoices", change);
  g_autoptr (Answer) state = sandbox_control (sandbox, "state", NULL);

  assert_text (second, "/Invoices/0/InvoiceID", answer_text (first, "/Invoices/0/InvoiceID"));
  assert_text (second, "/Invoices/0/SubTotal", "3.00");
  assert_text (second, "/Invoices/0/Reference", "kept");
  assert_text (state, "/invoices", "1");
}

static void
assert_element_refused (Sandbox *sandbox,
                        const char *number,
                        const char *more,
                        const char *lines,
                        const char *message)
{
  g_autoptr (Answer) answer = put_invoice (sandbox, "?summarizeErrors=false", number, more, lines);

  assert_status (answer, 200);
  assert_text (answer, "/Invoices/0/StatusAttributeString", "ERROR");
  assert_text (answer, "/Invoices/0/ValidationErrors/0/Message", message);
}

static void
test_messages (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");

  assert_element_refused (sandbox, "A", "",
                          "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"20O\"}",
                          "Account code '20O' is not a valid code for this document.");
  assert_element_refused (sandbox, "B", "",
                          "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"610\"}",
                          "Account code '610' is not a valid code for this document.");
  assert_element_refused (
      sandbox, "C", "",
      "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"200\",\"TaxType\":"
      "\"OUTPUT9\"}",
      "The TaxType code 'OUTPUT9' does not exist or cannot be used for this type of transaction.");
  assert_element_refused (sandbox, "D", "",
                          "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"200\","
                          "\"TaxType\":\"INPUT2\"}",
                          "The TaxType code 'INPUT2' cannot be used with account code '200'.");
  assert_element_refused (sandbox, "E", "\"CurrencyCode\":\"EUR\",", LINE,
                          "Organisation is not subscribed to currency EUR");
  assert_element_refused (sandbox, "F", AUTHORISED, "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1}",
                          "Account must be valid.");
  assert_element_refused (sandbox, "G", "\"DueDate\":\"\",\"Status\":\"PAID\",", LINE,
                          "Invoice not of valid status for creation");
  assert_element_refused (sandbox, "H", "", "", "One or more line items must be specified");
  assert_element_refused (sandbox, "I", "", "{\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"200\"}",
                          "Description must be specified for each line item.");
  assert_element_refused (sandbox, "J", "", "{\"Description\":\"x\",\"ItemCode\":\"NO-SUCH\"}",
                          "Item code NO-SUCH is not valid");
  assert_element_refused (sandbox, "K", "",
                          "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"412\","
                          "\"TaxType\":\"OUTPUT2\"}",
                          "The TaxType code 'OUTPUT2' cannot be used with account code '412'.");
}

static void
test_archived (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact_id = sandbox_make_contact (sandbox, "Alpacas");
  g_autofree char *archive = g_strdup_printf ("contacts/%s/archive", contact_id);
  g_autoptr (Answer) archived = sandbox_control (sandbox, archive, "{}");
  g_autofree char *body = sandbox_invoice_body (contact_id, "EX-1", "", LINE);
  g_autoptr (Answer) answer = sandbox_api (sandbox, "PUT", "Invoices", body);
  g_autoptr (Answer) hidden = sandbox_api (sandbox, "GET", "Contacts?page=1", NULL);
  g_autoptr (Answer) shown = sandbox_api (sandbox, "GET", "Contacts?page=1&includeArchived=true", NULL);

  assert_status (answer, 400);
  assert_text (answer, "/Elements/0/ValidationErrors/0/Message", "Unable to assign an Archived contact.");
  g_assert_cmpuint (answer_size (hidden, "/Contacts"), ==, 0);
  assert_text (shown, "/Contacts/0/ContactStatus", "ARCHIVED");
  g_free (sandbox_make_contact (sandbox, "Alpacas")); /* its name is free again */
}

static void
test_locked (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) locked
      = sandbox_control (sandbox, "organisation", "{\"period_lock_date\":\"2026-11-30\"}");
  g_autoptr (Answer) answer = put_invoice (sandbox, "", "EX-1", "", LINE);

  assert_status (answer, 400);
}

static void
test_names (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *id = sandbox_make_contact (sandbox, "Example Joinery Ltd");
  g_autoptr (Answer) twin
      = sandbox_api (sandbox, "PUT", "Contacts", "{\"Contacts\":[{\"Name\":\"example joinery LTD\"}]}");
  g_autoptr (Answer) email = sandbox_api (sandbox, "PUT", "Contacts",
                                          "{\"Contacts\":[{\"Name\":\"B\",\"EmailAddress\":\"nobody\"}]}");
  g_autoptr (Answer) found
      = sandbox_api (sandbox, "POST", "Contacts",
                     "{\"Contacts\":[{\"Name\":\"Example Joinery Ltd\",\"FirstName\":\"Aroha\"}]}");

  assert_text (twin, "/Elements/0/ValidationErrors/0/Message",
               "The contact name example joinery LTD is already assigned to another contact. "
               "The contact name must be unique across all active contacts.");
  assert_text (email, "/Elements/0/ValidationErrors/0/Message", "Email address must be valid");
  assert_text (found, "/Contacts/0/ContactID", id); /* POST found it by its name */
  assert_text (found, "/Contacts/0/FirstName", "Aroha");
}

static void
test_contact_trap (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer
      = sandbox_api (sandbox, "PUT", "Invoices",
                     "{\"Invoices\":[{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"By Accident\"},"
                     "\"LineItems\":[" LINE "]}]}");
  g_autoptr (Answer) state = sandbox_control (sandbox, "state", NULL);

  assert_status (answer, 200);
  assert_text (answer, "/Invoices/0/InvoiceNumber", "INV-0001");
  assert_text (answer, "/Invoices/0/DateString", "2026-11-21T00:00:00");
  assert_text (state, "/created_contacts/0/name", "By Accident");
}

static void
test_mixed (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *id = sandbox_make_contact (sandbox, "A");
  g_autofree char *body = g_strdup_printf (
      "{\"Invoices\":[{\"Type\":\"ACCREC\",\"Contact\":{\"ContactID\":\"%s\"},\"LineItems\":[" LINE "]},"
      "{\"Type\":\"ACCREC\",\"Contact\":{\"ContactID\":\"%s\"},\"LineItems\":[]},"
      "{\"Type\":\"ACCREC\",\"Contact\":{\"ContactID\":\"%s\"},\"SentToContact\":true,\"LineItems\":[" LINE
      "]}]}",
      id, id, id);
  g_autoptr (Answer) each = sandbox_api (sandbox, "PUT", "Invoices?summarizeErrors=false", body);
  g_autoptr (Answer) summary = sandbox_api (sandbox, "PUT", "Invoices", body);

  assert_status (each, 200);
  assert_text (each, "/Invoices/0/StatusAttributeString", "OK");
  assert_text (each, "/Invoices/1/StatusAttributeString", "ERROR");
  assert_text (each, "/Invoices/2/StatusAttributeString", "WARNING");
  assert_text (each, "/Invoices/2/Warnings/0/Message",
               "Only AUTHORISED invoices may have SentToContact updated.");
  assert_status (summary, 400);
  g_assert_cmpuint (answer_size (summary, "/Elements"), ==, 1);
}

static void
test_malformed (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *body = sandbox_invoice_body ("not-a-guid", "EX-1", "", LINE);
  g_autoptr (Answer) guid = sandbox_api (sandbox, "PUT", "Invoices", body);
  g_autoptr (Answer) json = sandbox_api (sandbox, "PUT", "Invoices", "{");
  g_autoptr (Answer) where = sandbox_api (sandbox, "GET", "Invoices?where=Colour%3D%3D%22red%22", NULL);

  assert_text (guid, "/ErrorNumber", "14");
  assert_text (guid, "/Message", "Unrecognized Guid format.");
  assert_text (json, "/ErrorNumber", "14");
  assert_status (where, 400);
  assert_text (where, "/ErrorNumber", "16");
  assert_text (where, "/Type", "QueryParseException");
}

static void
test_replay (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *id = sandbox_make_contact (sandbox, "A");
  g_autofree char *body = sandbox_invoice_body (id, "EX-1", "", LINE);
  g_autofree char *other = sandbox_invoice_body (id, "EX-2", "", LINE);
  g_autofree char *long_key = g_strnfill (129, 'k');
  g_autoptr (Answer) first = sandbox_api_with (sandbox, "PUT", "Invoices", body, "Idempotency-Key", "one");
  g_autoptr (Answer) again = sandbox_api_with (sandbox, "PUT", "Invoices", body, "Idempotency-Key", "one");
  g_autoptr (Answer) different
      = sandbox_api_with (sandbox, "PUT", "Invoices", other, "Idempotency-Key", "one");
  g_autoptr (Answer) too_long
      = sandbox_api_with (sandbox, "PUT", "Invoices", other, "Idempotency-Key", long_key);
  g_autofree char *longest = g_strnfill (128, 'k');
  g_autoptr (Answer) method = sandbox_api_with (sandbox, "POST", "Invoices", body, "Idempotency-Key", "one");
  g_autoptr (Answer) target
      = sandbox_api_with (sandbox, "PUT", "Invoices?unitdp=4", body, "Idempotency-Key", "one");
  g_autoptr (Answer) state = sandbox_control (sandbox, "state", NULL);
  g_autoptr (Answer) long_enough
      = sandbox_api_with (sandbox, "PUT", "Invoices", other, "Idempotency-Key", longest);

  assert_status (again, 200);
  g_assert_cmpstr (again->body, ==, first->body);
  assert_status (method, 400);
  assert_status (target, 400);
  assert_status (long_enough, 200);
  assert_status (different, 400);
  g_assert_cmpstr (different->body, ==, "Idempotency Key: one is used with a different request.");
  assert_status (too_long, 400);
  g_assert_true (g_str_has_suffix (too_long->body, "with length 129 is too long."));
  assert_text (state, "/invoices", "1");
}

/* An error is replayed though its cause has gone, until six minutes are over. */
static void
test_replayed_error (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *id = sandbox_make_contact (sandbox, "A");
  g_autofree char *archive = g_strdup_printf ("contacts/%s/archive", id);
  g_autofree char *restore = g_strdup_printf ("contacts/%s/restore", id);
  g_autofree char *body = sandbox_invoice_body (id, "EX-1", "", LINE);
  g_autoptr (Answer) archived = sandbox_control (sandbox, archive, "{}");
  g_autoptr (Answer) first = sandbox_api_with (sandbox, "PUT", "Invoices", body, "Idempotency-Key", "one");
  g_autoptr (Answer) restored = sandbox_control (sandbox, restore, "{}");
  g_autoptr (Answer) again = sandbox_api_with (sandbox, "PUT", "Invoices", body, "Idempotency-Key", "one");
  g_autoptr (Answer) moved = sandbox_control (sandbox, "clock", "{\"advance_seconds\":340}");
  g_autoptr (Answer) within = sandbox_api_with (sandbox, "PUT", "Invoices", body, "Idempotency-Key", "one");
  g_autoptr (Answer) moved_on = sandbox_control (sandbox, "clock", "{\"advance_seconds\":20}");
  g_autoptr (Answer) late = sandbox_api_with (sandbox, "PUT", "Invoices", body, "Idempotency-Key", "one");

  assert_status (first, 400);
  assert_status (again, 400);
  g_assert_cmpstr (again->body, ==, first->body);
  g_assert_cmpstr (within->body, ==, first->body);
  assert_status (late, 200);
}

static void
test_paging (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) unpaged = sandbox_api (sandbox, "GET", "Invoices", NULL);
  g_autoptr (Answer) page
      = sandbox_api (sandbox, "GET", "Invoices?page=2&pageSize=150&order=InvoiceID", NULL);
  g_autoptr (Answer) last = sandbox_api (sandbox, "GET", "Invoices?page=3&pageSize=150", NULL);
  g_autoptr (Answer) clamped = sandbox_api (sandbox, "GET", "Invoices?page=1&pageSize=5000", NULL);
  g_autoptr (Answer) summary = sandbox_api (sandbox, "GET", "Invoices?summaryOnly=true", NULL);

  g_assert_cmpuint (answer_size (unpaged, "/Invoices"), ==, 400);
  g_assert_cmpuint (answer_size (unpaged, "/Invoices/0/LineItems"), ==, 0);
  g_assert_null (answer_text (unpaged, "/pagination/page"));
  g_assert_cmpuint (answer_size (page, "/Invoices"), ==, 150);
  g_assert_cmpuint (answer_size (page, "/Invoices/0/LineItems"), >, 0);
  assert_text (page, "/pagination/pageCount", "3");
  assert_text (page, "/pagination/itemCount", "400");
  g_assert_cmpuint (answer_size (last, "/Invoices"), ==, 100);
  assert_text (clamped, "/pagination/pageSize", "1000");
  assert_text (summary, "/pagination/pageSize", "100");
  g_assert_null (yyjson_doc_ptr_get (summary->document, "/Invoices/0/LineItems"));
}

static void
test_modified_since (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) quiet = sandbox_api_with (sandbox, "GET", "Invoices?page=1", NULL, "If-Modified-Since",
                                               "2026-11-21T09:20:00");
  g_autoptr (Answer) moved = sandbox_control (sandbox, "clock", "{\"now\":\"2026-11-21T09:20:00\"}");
  g_autoptr (Answer) made = put_invoice (sandbox, "", "EX-1", "", LINE);
  g_autoptr (Answer) news = sandbox_api_with (sandbox, "GET", "Invoices?page=1", NULL, "If-Modified-Since",
                                              "2026-11-21T09:20:00");
  g_autoptr (Answer) contacts = sandbox_api_with (sandbox, "GET", "Contacts?page=1", NULL,
                                                  "If-Modified-Since", "2026-11-21T09:20:00");
  g_autoptr (Answer) as_http = sandbox_api_with (sandbox, "GET", "Invoices?page=1", NULL, "If-Modified-Since",
                                                 "Sat, 21 Nov 2026 09:20:00 GMT");

  assert_status (quiet, 200); /* not a 304 */
  g_assert_cmpuint (answer_size (quiet, "/Invoices"), ==, 0);
  g_assert_cmpuint (answer_size (news, "/Invoices"), ==, 1);
  assert_text (news, "/Invoices/0/InvoiceNumber", "EX-1");
  g_assert_cmpuint (answer_size (contacts, "/Contacts"), ==, 1);
  g_assert_cmpuint (answer_size (as_http, "/Invoices"), ==,
                    1); /* HTTP's own way to write a date is taken, too */
}

static void
assert_count (Sandbox *sandbox, const char *path, const char *plural, gsize expected)
{
  g_autoptr (Answer) answer = sandbox_api (sandbox, "GET", path, NULL);

  assert_status (answer, 200);
  g_assert_cmpuint (answer_size (answer, plural), ==, expected);
}

static void
test_where (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) one = sandbox_api (sandbox, "GET", "Invoices/INV-0007", NULL);
  g_autofree char *by_contact = g_strdup_printf ("Invoices?where=Contact.ContactID%%3D%%3Dguid(%%22%s%%22)%%"
                                                 "20AND%%20InvoiceNumber%%3D%%3D%%22INV-0007%%22",
                                                 answer_text (one, "/Invoices/0/Contact/ContactID"));

  assert_count (sandbox, "Contacts?where=Name%3D%3D%22example%20joinery%20ltd%22", "/Contacts", 1);
  assert_count (sandbox, "Contacts?searchTerm=JOINERY", "/Contacts", 2);
  assert_count (sandbox, "Contacts?where=Name%3D%3D%22%3Ca%20href%3Dx%3ER%26D%3C%2Fa%3E%20Ltd%22",
                "/Contacts", 1);
  assert_count (sandbox, "Invoices?InvoiceNumbers=INV-0001,INV-0002&page=1", "/Invoices", 2);
  assert_count (sandbox, by_contact, "/Invoices", 1);
  assert_count (sandbox, "Invoices?where=Date%20%3E%3D%20DateTime(2026%2C%2011%2C%2022)", "/Invoices", 0);
  assert_count (sandbox, "Invoices?searchTerm=inv-039", "/Invoices", 10);
}

/* Each state is there, and every document adds up in whole cents. */
static void
test_demo (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  static const char *const statuses[] = { "DRAFT", "SUBMITTED", "AUTHORISED", "PAID", "VOIDED", "DELETED" };
  g_autoptr (Answer) paid = sandbox_api (sandbox, "GET", "Invoices?Statuses=PAID&pageSize=1000&page=1", NULL);
  g_autoptr (Answer) open
      = sandbox_api (sandbox, "GET", "Invoices?where=AmountPaid%3E0%20AND%20AmountDue%3E0&page=1", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strconcat ("Invoices?page=1&Statuses=", statuses[i], NULL);
      g_autoptr (Answer) answer = sandbox_api (sandbox, "GET", path, NULL);

      g_assert_cmpuint (answer_size (answer, "/Invoices"), >, 0);
    }
  for (gsize i = 0; i < answer_size (paid, "/Invoices"); i++)
    {
      g_autofree char *due = g_strdup_printf ("/Invoices/%" G_GSIZE_FORMAT "/AmountDue", i);

      assert_text (paid, due, "0.00");
    }
  g_assert_cmpuint (answer_size (open, "/Invoices"), >, 4);
}

static void
test_status_machine (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) made = put_invoice (sandbox, "", "EX-1", AUTHORISED, LINE);
  g_autoptr (Answer) back = sandbox_api (sandbox, "POST", "Invoices/EX-1", "{\"Status\":\"DRAFT\"}");
  g_autoptr (Answer) part
      = sandbox_control (sandbox, "payments", "{\"invoice\":\"EX-1\",\"amount\":\"15.00\"}");
  g_autoptr (Answer) read = sandbox_api (sandbox, "GET", "Invoices/EX-1", NULL);
  g_autoptr (Answer) voided = sandbox_api (sandbox, "POST", "Invoices/EX-1", "{\"Status\":\"VOIDED\"}");
  g_autoptr (Answer) word = sandbox_api (sandbox, "POST", "Invoices/EX-1", "{\"Reference\":\"new\"}");
  g_autoptr (Answer) rest
      = sandbox_control (sandbox, "payments", "{\"invoice\":\"EX-1\",\"amount\":\"100.00\"}");
  g_autoptr (Answer) paid = sandbox_api (sandbox, "GET", "Invoices/EX-1", NULL);
  g_autoptr (Answer) payments = sandbox_api (sandbox, "GET", "Payments?page=1", NULL);

  assert_status (made, 200);
  assert_text (back, "/Elements/0/ValidationErrors/0/Message",
               "Invoice not of valid status for modification");
  assert_text (read, "/Invoices/0/Status", "AUTHORISED");
  assert_text (read, "/Invoices/0/AmountDue", "100.00");
  assert_text (read, "/Invoices/0/AmountPaid", "15.00");
  assert_text (read, "/Invoices/0/Payments/0/Amount", "15.00");
  assert_status (voided, 400); /* a payment is applied */
  assert_text (word, "/Invoices/0/Reference", "new");
  assert_text (paid, "/Invoices/0/Status", "PAID");
  assert_text (paid, "/Invoices/0/AmountDue", "0.00");
  g_assert_cmpuint (answer_size (payments, "/Payments"), ==, 2);
}

static void
test_tracking (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) good
      = put_invoice (sandbox, "", "A", "",
                     "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"200\","
                     "\"Tracking\":[{\"Name\":\"Region\",\"Option\":\"North\"}]}");
  g_autoptr (Answer) bad
      = put_invoice (sandbox, "", "B", "",
                     "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"200\","
                     "\"Tracking\":[{\"Name\":\"Region\",\"Option\":\"Up\"}]}");

  g_autoptr (Answer) many = put_invoice (
      sandbox, "", "C", "",
      "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"200\","
      "\"Tracking\":[{\"Name\":\"Region\",\"Option\":\"North\"},"
      "{\"Name\":\"Region\",\"Option\":\"North\"},{\"Name\":\"Region\",\"Option\":\"North\"}]}");

  assert_refused (many, "A line item can have at most 2 tracking categories.");
  assert_text (good, "/Invoices/0/LineItems/0/Tracking/0/Option", "North");
  g_assert_nonnull (answer_text (good, "/Invoices/0/LineItems/0/Tracking/0/TrackingOptionID"));
  assert_status (bad, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/rounding/unitdp-4", test_unitdp_4);
  g_test_add_func ("/sandbox/rounding/unitdp-2-is-one-cent-off", test_unitdp_2);
  g_test_add_func ("/sandbox/rounding/inclusive-sample", test_inclusive_sample);
  g_test_add_func ("/sandbox/rounding/half-away-from-zero", test_half_away);
  g_test_add_func ("/sandbox/rounding/sent-amounts-must-agree", test_sent_amounts);
  g_test_add_func ("/sandbox/invoices/put-creates-only", test_put_creates_only);
  g_test_add_func ("/sandbox/invoices/post-overwrites-by-number", test_post_overwrites);
  g_test_add_func ("/sandbox/invoices/validation-messages", test_messages);
  g_test_add_func ("/sandbox/invoices/archived-contact-is-refused", test_archived);
  g_test_add_func ("/sandbox/invoices/locked-period-is-refused", test_locked);
  g_test_add_func ("/sandbox/invoices/contact-by-name-is-created", test_contact_trap);
  g_test_add_func ("/sandbox/invoices/status-machine", test_status_machine);
  g_test_add_func ("/sandbox/invoices/tracking-must-exist", test_tracking);
  g_test_add_func ("/sandbox/contacts/names-are-unique", test_names);
  g_test_add_func ("/sandbox/errors/summarize-errors", test_mixed);
  g_test_add_func ("/sandbox/errors/malformed", test_malformed);
  g_test_add_func ("/sandbox/idempotency/same-request-is-replayed", test_replay);
  g_test_add_func ("/sandbox/idempotency/errors-are-replayed-for-six-minutes", test_replayed_error);
  g_test_add_func ("/sandbox/lists/paging", test_paging);
  g_test_add_func ("/sandbox/lists/if-modified-since", test_modified_since);
  g_test_add_func ("/sandbox/lists/where", test_where);
  g_test_add_func ("/sandbox/demo/every-state", test_demo);
  return g_test_run ();
}
