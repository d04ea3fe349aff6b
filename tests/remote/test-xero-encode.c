/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-xero.h"

#include "cs-small-json.h"
#include "remote-test.h"
#include "schema.h"

#include <string.h>

#define CONTACT_ID "2f0c3a1e-7a51-4f58-9a53-0c2b51f3a001"

static void
set (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static CsPlannedLine *
new_line (const char *description,
          const char *quantity,
          const char *price,
          const char *account,
          const char *tax)
{
  CsPlannedLine *line = cs_planned_line_new ();

  set (&line->description, description);
  set (&line->account_code, account);
  set (&line->tax_type, tax);
  g_assert_true (cs_decimal_parse (quantity, &line->quantity, NULL));
  g_assert_true (cs_decimal_parse (price, &line->unit_price, NULL));
  return line;
}

static CsPlannedInvoice *
new_invoice (void)
{
  CsPlannedInvoice *invoice = cs_planned_invoice_new ();

  invoice->date = cs_date_from_parts (2026, 11, 21);
  invoice->due = cs_date_from_parts (2026, 12, 20);
  g_assert_true (cs_currency_parse ("NZD", &invoice->currency, NULL));
  invoice->tax_mode = CS_TAX_MODE_EXCLUSIVE;
  invoice->authorise = TRUE;
  set (&invoice->reference, "PROP-1042");
  g_ptr_array_add (invoice->lines,
                   new_line ("Monthly bookkeeping, November", "1.5", "120.1250", "200", "OUTPUT2"));
  g_ptr_array_add (invoice->lines,
                   new_line ("Discount \"loyal\"\nas agreed – 2 %", "1", "-20.35", "200", "OUTPUT2"));
  return invoice;
}

static CsClient *
new_client (void)
{
  CsClient *client = cs_client_new ();

  set (&client->number, "CL-000123");
  set (&client->name, "Example Joinery <R&D> Ltd");
  set (&client->contact_name, "  Mary Jane  Nguyen ");
  set (&client->email, "accounts@joinery.example");
  set (&client->phone, "+64 4 555 0100");
  return client;
}

/* The exact bytes, and by the strict schema. */
static void
assert_golden (GBytes *body, const char *file, const char *schema)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "remote", "golden", file, NULL);
  g_autofree char *expected = NULL;
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &expected, NULL, &error));
  g_strchomp (expected);
  g_assert_cmpstr (text, ==, expected);
  root = cs_small_json_parse (body, &error);
  g_assert_no_error (error);
  test_schema_check (root, schema, &error);
  g_assert_no_error (error);
}

static void
test_invoice (void)
{
  g_autoptr (CsPlannedInvoice) invoice = new_invoice ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = cs_xero_encode_invoice (invoice, "EX-1001", CONTACT_ID, &error);

  g_assert_no_error (error);
  assert_golden (body, "invoice-authorised.json", "invoices");
}

static void
test_draft (void)
{
  g_autoptr (CsPlannedInvoice) invoice = new_invoice ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  g_assert_true (cs_currency_parse ("GBP", &invoice->currency, NULL));
  invoice->authorise = FALSE;
  invoice->tax_mode = CS_TAX_MODE_NO_TAX;
  invoice->due = CS_DATE_NONE;
  set (&invoice->reference, "");
  g_ptr_array_set_size (invoice->lines, 0);
  g_ptr_array_add (invoice->lines, new_line ("Advice", "0.0001", "99999999.9999", "", ""));
  body = cs_xero_encode_invoice (invoice, "EX-1002", CONTACT_ID, &error);
  g_assert_no_error (error);
  assert_golden (body, "invoice-draft.json", "invoices");
}

static void
test_contact (void)
{
  g_autoptr (CsClient) client = new_client ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = cs_xero_encode_contact (client, TRUE, &error);

  g_assert_no_error (error);
  assert_golden (body, "contact.json", "contacts");
}

static void
test_contact_without_email (void)
{
  g_autoptr (CsClient) client = new_client ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  set (&client->number, "CL-000124");
  set (&client->name, "Māia & Söhne");
  set (&client->contact_name, "Māia");
  set (&client->phone, "");
  body = cs_xero_encode_contact (client, FALSE, &error);
  g_assert_no_error (error);
  assert_golden (body, "contact-without-email.json", "contacts");
}

#define THEME_ID "2f0c3a1e-7a51-4f58-9a53-0c2b51f3a0b1"
#define REGION_NORTH "2f0c3a1e-7a51-4f58-9a53-0c2b51f3a601=2f0c3a1e-7a51-4f58-9a53-0c2b51f3a602"
#define TEAM_AUDIT "2f0c3a1e-7a51-4f58-9a53-0c2b51f3a611=2f0c3a1e-7a51-4f58-9a53-0c2b51f3a612"

static void
test_shape (void)
{
  g_autoptr (CsPlannedInvoice) invoice = new_invoice ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  set (&invoice->theme_id, THEME_ID);
  set (&((CsPlannedLine *)invoice->lines->pdata[0])->tracking, REGION_NORTH ";" TEAM_AUDIT);
  set (&((CsPlannedLine *)invoice->lines->pdata[1])->tracking, REGION_NORTH);
  body = cs_xero_encode_invoice (invoice, "EX-1003", CONTACT_ID, &error);
  g_assert_no_error (error);
  assert_golden (body, "invoice-shaped.json", "invoices");
}

static void
assert_invoice_refused (CsPlannedInvoice *invoice, const char *number, const char *contact_id)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_xero_encode_invoice (invoice, number, contact_id, &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
}

static void
test_invoice_refused (void)
{
  g_autoptr (CsPlannedInvoice) invoice = new_invoice ();
  g_autofree char *long_number = g_strnfill (256, '9');
  g_autofree char *long_text = g_strnfill (4001, 'x');
  CsPlannedLine *line = g_ptr_array_index (invoice->lines, 0);

  assert_invoice_refused (invoice, "", CONTACT_ID);
  assert_invoice_refused (invoice, NULL, CONTACT_ID);
  assert_invoice_refused (invoice, "EX-1,EX-2", CONTACT_ID);
  assert_invoice_refused (invoice, "EX-1\n", CONTACT_ID);
  assert_invoice_refused (invoice, "ÉX-1", CONTACT_ID);
  assert_invoice_refused (invoice, long_number, CONTACT_ID);
  assert_invoice_refused (invoice, "EX-1", "");
  assert_invoice_refused (invoice, "EX-1", NULL);
  assert_invoice_refused (invoice, "EX-1", "not-an-id");
  set (&invoice->theme_id, "not-an-id");
  assert_invoice_refused (invoice, "EX-1", CONTACT_ID);
  set (&invoice->theme_id, "");
  set (&line->description, "");
  assert_invoice_refused (invoice, "EX-1", CONTACT_ID);
  set (&line->description, long_text);
  assert_invoice_refused (invoice, "EX-1", CONTACT_ID);
  set (&line->description, "x");
  invoice->due = CS_DATE_NONE;
  assert_invoice_refused (invoice, "EX-1", CONTACT_ID);
  invoice->due = invoice->date;
  invoice->date = CS_DATE_NONE;
  assert_invoice_refused (invoice, "EX-1", CONTACT_ID);
  invoice->date = invoice->due;
  g_ptr_array_set_size (invoice->lines, 0);
  assert_invoice_refused (invoice, "EX-1", CONTACT_ID);
}

static void
test_contact_refused (void)
{
  g_autoptr (CsClient) client = new_client ();
  g_autofree char *long_name = g_strnfill (256, 'x');
  g_autoptr (GError) error = NULL;

  set (&client->name, long_name);
  g_assert_null (cs_xero_encode_contact (client, TRUE, &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
  g_clear_error (&error);
  set (&client->name, "");
  g_assert_null (cs_xero_encode_contact (client, TRUE, &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
  g_clear_error (&error);
  set (&client->name, "x");
  set (&client->number, "");
  g_assert_null (cs_xero_encode_contact (client, TRUE, &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
}

/* A validator that finds nothing proves nothing. */
static void
test_schema_finds (void)
{
  static const char *const wrong[] = {
    "{\"Contacts\":[]}",
    "{\"Contacts\":{}}",
    "{}",
    "{\"Contacts\":[{\"Name\":\"x\"}]}",
    "{\"Contacts\":[{\"ContactNumber\":\"1\",\"Name\":\"x\",\"TaxNumber\":\"123\"}]}",
    "{\"Contacts\":[{\"ContactNumber\":\"1\",\"Name\":7}]}",
    "{\"Contacts\":[{\"ContactNumber\":\"1\",\"Name\":\"\"}]}",
    "{\"Contacts\":[{\"ContactNumber\":\"1\",\"Name\":\"x\",\"Phones\":[{\"PhoneType\":\"FAX\","
    "\"PhoneNumber\":\"1\"}]}]}",
    "{\"Contacts\":[{\"ContactNumber\":\"1\",\"Name\":\"x\"}],\"More\":1}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (wrong[i], strlen (wrong[i]));
      g_autoptr (JsonNode) root = cs_small_json_parse (body, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", wrong[i]);
      g_assert_false (test_schema_check (root, "contacts", &error));
      g_assert_nonnull (error);
    }
}

static void
test_links (void)
{
  g_autofree char *invoice = cs_xero_invoice_link ("!a1B2c", CONTACT_ID);
  g_autofree char *contact = cs_xero_contact_link ("!a1B2c", "../x?y");

  g_assert_cmpstr (invoice, ==, "https://go.xero.com/app/!a1B2c/invoicing/view/" CONTACT_ID);
  g_assert_cmpstr (contact, ==, "https://go.xero.com/app/!a1B2c/contacts/contact/..%2Fx%3Fy");
}

static void
test_hosts (void)
{
  static const char *const refused[] = { "http://example.com:80",
                                         "https://localhost:80",
                                         "http://localhost:80#x",
                                         "http://localhost:80/x",
                                         "http://localhost.evil.com:80",
                                         "http://me@localhost:80",
                                         "http://localhost:80?x",
                                         "",
                                         "localhost:80" };
  g_autoptr (CsHosts) real = cs_xero_hosts_new ();
  g_autoptr (CsHosts) demo = cs_xero_hosts_new_loopback ("http://127.0.0.1:8080/", NULL);
  g_autoptr (CsHosts) copy = cs_hosts_copy (real);

  /* xero-accounting.md section 1 */
  g_assert_cmpstr (copy->authorise_url, ==, "https://login.xero.com/identity/connect/authorize");
  g_assert_cmpstr (copy->token_url, ==, "https://identity.xero.com/connect/token");
  g_assert_cmpstr (copy->revocation_url, ==, "https://identity.xero.com/connect/revocation");
  g_assert_cmpstr (copy->connections_url, ==, "https://api.xero.com/connections");
  g_assert_cmpstr (copy->api_url, ==, "https://api.xero.com/api.xro/2.0");
  g_assert_false (copy->is_loopback);
  g_assert_cmpstr (demo->api_url, ==, "http://127.0.0.1:8080/api.xro/2.0");
  g_assert_true (demo->is_loopback);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", refused[i]);
      g_assert_null (cs_xero_hosts_new_loopback (refused[i], &error));
      g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNTRUSTED);
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/xero/encode/invoice", test_invoice);
  g_test_add_func ("/xero/encode/draft", test_draft);
  g_test_add_func ("/xero/encode/I-11-theme-and-tracking", test_shape);
  g_test_add_func ("/xero/encode/contact", test_contact);
  g_test_add_func ("/xero/encode/contact-without-email", test_contact_without_email);
  g_test_add_func ("/xero/encode/invoice-refused", test_invoice_refused);
  g_test_add_func ("/xero/encode/contact-refused", test_contact_refused);
  g_test_add_func ("/xero/schema-finds", test_schema_finds);
  g_test_add_func ("/xero/links", test_links);
  g_test_add_func ("/xero/hosts", test_hosts);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
