/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* The pages for a person, and what --remember-secrets keeps. */

static Answer *
get_page (Sandbox *sandbox, const char *format, const char *id)
{
  g_autoptr (GString) path = g_string_new (format);

  g_string_replace (path, "{id}", id, 0);
  return sandbox_send (sandbox, "GET", path->str, NULL, NULL, NULL);
}

static void
assert_says (Answer *answer, const char *words)
{
  if (strstr (answer->body, words) == NULL)
    g_test_message ("not in the page: %s", words);
  g_assert_nonnull (strstr (answer->body, words));
}

#define INVOICE                                                                                              \
  "{\"Invoices\":[{\"Type\":\"ACCREC\",\"Contact\":{\"ContactID\":\"%s\"},\"InvoiceNumber\":\"EX-<1>\","     \
  "\"Reference\":\"<script>alert(1)</script>\",\"Date\":\"2026-11-21\",\"DueDate\":\"2026-12-20\","          \
  "\"Status\":\"AUTHORISED\",\"LineItems\":[{\"Description\":\"A & B\",\"Quantity\":1,\"UnitAmount\":100,"   \
  "\"AccountCode\":\"200\"}]}]}"

static void
test_invoice_page (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) contact
      = sandbox_api (sandbox, "PUT", "Contacts", "{\"Contacts\":[{\"Name\":\"R&D \\\"Joinery\\\"\"}]}");
  g_autofree char *body = g_strdup_printf (INVOICE, answer_text (contact, "/Contacts/0/ContactID"));
  g_autoptr (Answer) made = sandbox_api (sandbox, "PUT", "Invoices", body);
  g_autoptr (Answer) paid
      = sandbox_control (sandbox, "payments", "{\"invoice\":\"EX-<1>\",\"amount\":\"15.00\"}");
  g_autoptr (Answer) page
      = get_page (sandbox, "/app/!kauri/invoicing/view/{id}", answer_text (made, "/Invoices/0/InvoiceID"));
  static const char *const words[] = { "not Xero",
                                       "EX-&lt;1&gt;",
                                       "R&amp;D &quot;Joinery&quot;",
                                       "&lt;script&gt;",
                                       "A &amp; B",
                                       "AUTHORISED",
                                       "2026-11-21",
                                       "2026-12-20",
                                       "OUTPUT2",
                                       ">115.00<",
                                       ">15.00<",
                                       ">100.00<",
                                       "NZD" };

  assert_status (page, 200);
  g_assert_true (
      g_str_has_prefix (soup_message_headers_get_one (page->headers, "Content-Type"), "text/html"));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    assert_says (page, words[i]);
  g_assert_null (strstr (page->body, "<script"));
  g_assert_nonnull (
      strstr (soup_message_headers_get_one (page->headers, "Content-Security-Policy"), "default-src 'none'"));
}

static void
test_contact_page (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) invoice = sandbox_api (sandbox, "GET", "Invoices/INV-0001", NULL);
  const char *id = answer_text (invoice, "/Invoices/0/Contact/ContactID");
  g_autoptr (Answer) page = get_page (sandbox, "/app/%21kauri/contacts/contact/{id}", id);

  assert_status (page, 200);
  assert_says (page, "INV-0001");
  assert_says (page, "not Xero");
}

static void
test_no_page (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) invoice = sandbox_api (sandbox, "GET", "Invoices/INV-0001", NULL);
  const char *id = answer_text (invoice, "/Invoices/0/InvoiceID");
  static const char *const paths[]
      = { "/app/!kauri/invoicing/view/0",         "/app/!harbr/invoicing/view/{id}",
          "/app/!none/invoicing/view/{id}",       "/app/!kauri/invoicing/edit/{id}",
          "/app/!kauri/invoicing/view/{id}/more", "/app/" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Answer) page = get_page (sandbox, paths[i], id);

      assert_status (page, 404);
      assert_says (page, "not Xero");
    }
}

static gboolean
knows (Answer *answer, const char *kind, const char *value)
{
  g_autofree char *pair = g_strdup_printf ("{\"kind\":\"%s\",\"value\":\"%s\"}", kind, value);

  return strstr (answer->body, pair) != NULL;
}

static void
test_secrets (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_with ("empty", "--remember-secrets", NULL);
  g_autofree char *code = sandbox_take_code (sandbox, SCOPES);
  g_autoptr (Answer) tokens = sandbox_exchange (sandbox, code, VERIFIER);
  g_autoptr (Answer) renewed = sandbox_refresh (sandbox, answer_text (tokens, "/refresh_token"));
  g_autoptr (Answer) secrets = sandbox_control (sandbox, "secrets", NULL);
  g_autoptr (Answer) log = sandbox_control (sandbox, "requests", NULL);
  g_autofree char *state = NULL;

  g_assert_true (knows (secrets, "code", code));
  g_assert_true (knows (secrets, "code_verifier", VERIFIER));
  g_assert_true (knows (secrets, "access_token", answer_text (tokens, "/access_token")));
  g_assert_true (knows (secrets, "id_token", answer_text (tokens, "/id_token")));
  g_assert_true (knows (secrets, "refresh_token", answer_text (tokens, "/refresh_token")));
  g_assert_true (knows (secrets, "refresh_token", answer_text (renewed, "/refresh_token")));
  g_assert_cmpuint (answer_size (secrets, "/secrets"), ==, 8);
  g_assert_true (g_file_get_contents (sandbox->state_path, &state, NULL, NULL));
  for (gsize i = 0; i < answer_size (secrets, "/secrets"); i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/secrets/%" G_GSIZE_FORMAT "/value", i);

      g_assert_null (strstr (state, answer_text (secrets, pointer)));
      g_assert_null (strstr (log->body, answer_text (secrets, pointer)));
    }
}

static void
test_no_secrets (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer = sandbox_send (sandbox, "GET", "/sandbox/secrets", NULL, NULL, NULL);

  assert_status (answer, 404);
  g_assert_null (strstr (answer->body, sandbox->access_token));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/pages/invoice", test_invoice_page);
  g_test_add_func ("/sandbox/pages/contact", test_contact_page);
  g_test_add_func ("/sandbox/pages/nothing-there", test_no_page);
  g_test_add_func ("/sandbox/secrets/kept-when-asked-for", test_secrets);
  g_test_add_func ("/sandbox/secrets/unknown-otherwise", test_no_secrets);
  return g_test_run ();
}
