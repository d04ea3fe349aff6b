/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* What is not certain at Xero (xero-accounting 16 and other places): each assumption on, and off. */

#define WRITE_SCOPES                                                                                         \
  "openid offline_access accounting.contacts accounting.invoices accounting.payments "                       \
  "accounting.settings.read"

static Sandbox *
start (void)
{
  Sandbox *sandbox = sandbox_start ("empty");

  sandbox_sign_in (sandbox, WRITE_SCOPES);
  return sandbox;
}

static guint
authorise_status (Sandbox *sandbox, const char *redirect_uri)
{
  g_autofree char *path = sandbox_authorise_path (redirect_uri, SCOPES);
  g_autoptr (Answer) answer = sandbox_send (sandbox, "GET", path, NULL, NULL, NULL);

  return answer->status;
}

static void
test_loopback_address (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");

  sandbox_assume (sandbox, "loopback-address-redirects", TRUE);
  g_assert_cmpuint (authorise_status (sandbox, "http://127.0.0.1:8742/callback"), ==, 200);
  g_assert_cmpuint (authorise_status (sandbox, "http://127.0.0.1:8743/callback"), ==, 400);
  sandbox_assume (sandbox, "loopback-address-redirects", FALSE);
  g_assert_cmpuint (authorise_status (sandbox, "http://127.0.0.1:8742/callback"), ==, 400);
}

static guint
revoke_grant (Sandbox *sandbox)
{
  g_autofree char *form = soup_form_encode ("client_id", CLIENT_ID, "token", sandbox->refresh_token, NULL);
  g_autoptr (Answer) answer = sandbox_send (sandbox, "POST", "/connect/revocation",
                                            "application/x-www-form-urlencoded", form, NULL);

  return answer->status;
}

static void
test_revocation (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autoptr (Answer) alive = NULL;

  sandbox_assume (sandbox, "revocation-without-secret", FALSE);
  g_assert_cmpuint (revoke_grant (sandbox), ==, 400);
  alive = sandbox_get (sandbox, "Organisation");
  assert_status (alive, 200);
  sandbox_assume (sandbox, "revocation-without-secret", TRUE);
  g_assert_cmpuint (revoke_grant (sandbox), ==, 200);
}

static gboolean
token_names_event (Sandbox *sandbox)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *padded = NULL;
  g_autofree guchar *payload = NULL;
  gsize length;

  sandbox_sign_in (sandbox, SCOPES);
  parts = g_strsplit (sandbox->access_token, ".", 3);
  g_strdelimit (g_strdelimit (parts[1], "-", '+'), "_", '/');
  padded = g_strconcat (parts[1], "===", NULL);
  padded[strlen (padded) - strlen (padded) % 4] = '\0';
  payload = g_base64_decode (padded, &length);
  return g_strstr_len ((const char *)payload, (gssize)length, "\"authentication_event_id\"") != NULL;
}

static void
test_event_id (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");

  g_assert_true (token_names_event (sandbox));
  sandbox_assume (sandbox, "event-id-in-token", FALSE);
  g_assert_false (token_names_event (sandbox));
}

static void
test_app_minute (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autoptr (Answer) limits = sandbox_control (sandbox, "limits", "{\"app_minute\":0}");
  g_autoptr (Answer) named = sandbox_get (sandbox, "Organisation");
  g_autoptr (Answer) unnamed = NULL;

  assert_status (named, 429);
  g_assert_cmpstr (soup_message_headers_get_one (named->headers, "X-Rate-Limit-Problem"), ==, "appminute");
  sandbox_assume (sandbox, "app-minute-is-named", FALSE);
  unnamed = sandbox_get (sandbox, "Organisation");
  g_assert_cmpstr (soup_message_headers_get_one (unnamed->headers, "X-Rate-Limit-Problem"), ==, "minute");
}

/* Five are held up by a fault; the sixth is refused. */
static char *
retry_after_of_sixth (Sandbox *sandbox)
{
  g_autoptr (Answer) ordered = sandbox_control (sandbox, "faults", "{\"kind\":\"hang-after\",\"count\":5}");
  g_autofree char *address = g_strconcat (sandbox->address, "/api.xro/2.0/Organisation", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("max-conns-per-host", 10, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  char *retry_after = NULL;
  guint status = 0;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
      SoupMessageHeaders *headers = soup_message_get_request_headers (message);

      soup_message_headers_replace (headers, "Authorization", bearer);
      soup_message_headers_replace (headers, "xero-tenant-id", sandbox->tenant);
      soup_session_send_async (session, message, G_PRIORITY_DEFAULT, cancellable, NULL, NULL);
    }
  for (guint i = 0; i < 500 && status != 429; i++) /* until all five have come in */
    {
      g_autoptr (Answer) answer = NULL;
      g_autoptr (Answer) log = NULL;

      while (g_main_context_iteration (NULL, FALSE))
        ;
      log = sandbox_control (sandbox, "requests", NULL);
      if (strstr (log->body, "\"status\":0") == NULL)
        continue;
      answer = sandbox_get (sandbox, "Organisation");
      status = answer->status;
      retry_after = g_strdup (soup_message_headers_get_one (answer->headers, "Retry-After"));
    }
  g_assert_cmpuint (status, ==, 429);
  g_cancellable_cancel (cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return retry_after;
}

static void
test_concurrent (void)
{
  g_autoptr (Sandbox) off = start ();
  g_autoptr (Sandbox) on = start ();
  g_autofree char *none = retry_after_of_sixth (off);
  g_autofree char *one = NULL;

  g_assert_null (none);
  sandbox_assume (on, "concurrent-has-retry-after", TRUE);
  one = retry_after_of_sixth (on);
  g_assert_cmpstr (one, ==, "1");
}

static Answer *
put_invoice (Sandbox *sandbox, const char *contact, const char *number, const char *more)
{
  g_autofree char *body = sandbox_invoice_body (contact, number, more, LINE);

  return sandbox_api (sandbox, "PUT", "Invoices", body);
}

static void
test_duplicate_words (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autofree char *contact = sandbox_make_contact (sandbox, "A");
  g_autofree char *id = sandbox_make_invoice (sandbox, contact, "EX-1", "");
  g_autoptr (Answer) known = put_invoice (sandbox, contact, "EX-1", "");
  g_autoptr (Answer) other = NULL;

  assert_refused (known, "Invoice # must be unique.");
  sandbox_assume (sandbox, "duplicate-number-words", FALSE);
  other = put_invoice (sandbox, contact, "EX-1", "");
  assert_refused (other, "The document number EX-1 is in use already.");
}

static void
test_dead_numbers (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autofree char *contact = sandbox_make_contact (sandbox, "A");
  g_autofree char *id = sandbox_make_invoice (sandbox, contact, "EX-1", "");
  g_autoptr (Answer) dead = sandbox_api (sandbox, "POST", "Invoices/EX-1", "{\"Status\":\"DELETED\"}");
  g_autoptr (Answer) taken = put_invoice (sandbox, contact, "EX-1", "");
  g_autoptr (Answer) free_again = NULL, read = NULL;

  assert_status (dead, 200);
  assert_status (taken, 400);
  sandbox_assume (sandbox, "dead-numbers-stay-taken", FALSE);
  free_again = put_invoice (sandbox, contact, "EX-1", "");
  assert_status (free_again, 200);
  read = sandbox_get (sandbox, "Invoices/EX-1");
  assert_text (read, "/Invoices/0/Status", "DRAFT"); /* the living one */
}

static void
test_contact_match (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autoptr (Answer) made = sandbox_api (
      sandbox, "PUT", "Contacts",
      "{\"Contacts\":[{\"Name\":\"By number\",\"ContactNumber\":\"CL-1\"},{\"Name\":\"By name\"}]}");
  g_autoptr (Answer) by_number = NULL, by_name = NULL;

  sandbox_assume (sandbox, "contact-number-before-name", FALSE);
  by_name = sandbox_api (sandbox, "POST", "Contacts?summarizeErrors=false",
                         "{\"Name\":\"By name\",\"ContactNumber\":\"CL-1\"}");
  assert_text (by_name, "/Contacts/0/StatusAttributeString", "ERROR"); /* the number is another's */
  assert_text (by_name, "/Contacts/0/ContactID", answer_text (made, "/Contacts/1/ContactID"));
  sandbox_assume (sandbox, "contact-number-before-name", TRUE);
  by_number = sandbox_api (sandbox, "POST", "Contacts?summarizeErrors=false",
                           "{\"Name\":\"By name\",\"ContactNumber\":\"CL-1\"}");
  assert_text (by_number, "/Contacts/0/ContactID", answer_text (made, "/Contacts/0/ContactID"));
}

static void
test_contact_by_invoice (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  static const char body[] = "{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"New\"},\"LineItems\":[" LINE "]}";
  g_autoptr (Answer) refused = NULL, made = NULL;

  sandbox_sign_in (sandbox, "accounting.invoices");
  sandbox_assume (sandbox, "contact-by-invoice-without-scope", FALSE);
  refused = sandbox_api (sandbox, "PUT", "Invoices", body);
  assert_refused (refused, "A Contact must be specified for this type of transaction.");
  sandbox_assume (sandbox, "contact-by-invoice-without-scope", TRUE);
  made = sandbox_api (sandbox, "PUT", "Invoices", body);
  assert_status (made, 200);
}

static void
test_restore (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autofree char *contact = sandbox_make_contact (sandbox, "A");
  g_autofree char *path = g_strdup_printf ("contacts/%s/archive", contact);
  g_autoptr (Answer) archived = sandbox_control (sandbox, path, "{}");
  g_autofree char *body = g_strdup_printf ("{\"ContactID\":\"%s\",\"ContactStatus\":\"ACTIVE\"}", contact);
  g_autoptr (Answer) refused = NULL, restored = NULL;

  sandbox_assume (sandbox, "restore-by-api", FALSE);
  refused = sandbox_api (sandbox, "POST", "Contacts", body);
  assert_status (refused, 400);
  sandbox_assume (sandbox, "restore-by-api", TRUE);
  restored = sandbox_api (sandbox, "POST", "Contacts", body);
  assert_status (restored, 200);
  assert_text (restored, "/Contacts/0/ContactStatus", "ACTIVE");
}

static gsize
changed_invoices (Sandbox *sandbox, const char *since)
{
  g_autoptr (Answer) answer
      = sandbox_api_with (sandbox, "GET", "Invoices?page=1", NULL, "If-Modified-Since", since);

  return answer_size (answer, "/Invoices");
}

static void
merge (Sandbox *sandbox, const char *loser, const char *winner)
{
  g_autofree char *path = g_strdup_printf ("contacts/%s/merge", loser);
  g_autofree char *body = g_strdup_printf ("{\"into\":\"%s\"}", winner);
  g_autoptr (Answer) answer = sandbox_control (sandbox, path, body);
}

static void
test_merge (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autofree char *a = sandbox_make_contact (sandbox, "A");
  g_autofree char *b = sandbox_make_contact (sandbox, "B");
  g_autofree char *c = sandbox_make_contact (sandbox, "C");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, a, "EX-1", "");
  g_autoptr (Answer) moved = sandbox_control (sandbox, "clock", "{\"now\":\"2026-11-21T09:10:00\"}");

  sandbox_assume (sandbox, "merge-touches-invoices", FALSE);
  merge (sandbox, a, b);
  g_assert_cmpuint (changed_invoices (sandbox, "2026-11-21T09:10:00"), ==, 0);
  sandbox_assume (sandbox, "merge-touches-invoices", TRUE);
  merge (sandbox, b, c);
  g_assert_cmpuint (changed_invoices (sandbox, "2026-11-21T09:10:00"), ==, 1);
}

static void
test_due_date (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  static const char body[] = "{\"Type\":\"ACCREC\",\"Status\":\"AUTHORISED\",\"Date\":\"2026-12-05\","
                             "\"Contact\":{\"Name\":\"A\"},\"LineItems\":[" LINE "]}";
  g_autoptr (Answer) refused = sandbox_api (sandbox, "PUT", "Invoices", body);
  g_autoptr (Answer) filled = NULL;

  assert_status (refused, 400);
  sandbox_assume (sandbox, "due-date-from-terms", TRUE);
  filled = sandbox_api (sandbox, "PUT", "Invoices", body);
  assert_status (filled, 200);
  assert_text (filled, "/Invoices/0/DueDateString", "2027-01-20T00:00:00");
}

/* Pays EX-1 whole, deletes the payment, and reads the invoice. */
static Answer *
read_after_removal (Sandbox *sandbox, const char *contact, const char *number)
{
  g_autofree char *id = sandbox_make_invoice (sandbox, contact, number, AUTHORISED);
  g_autofree char *body = g_strdup_printf (
      "{\"Invoice\":{\"InvoiceID\":\"%s\"},\"Account\":{\"Code\":\"090\"},\"Amount\":115.00}", id);
  g_autoptr (Answer) paid = sandbox_api (sandbox, "PUT", "Payments", body);
  g_autofree char *path = g_strconcat ("Payments/", answer_text (paid, "/Payments/0/PaymentID"), NULL);
  g_autoptr (Answer) removed = sandbox_api (sandbox, "POST", path, "{\"Status\":\"DELETED\"}");

  assert_status (removed, 200);
  return sandbox_get (sandbox, "Invoices/%s", id);
}

static void
test_reopens (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autofree char *contact = sandbox_make_contact (sandbox, "A");
  g_autoptr (Answer) on = read_after_removal (sandbox, contact, "EX-1");
  g_autoptr (Answer) off = NULL;

  assert_text (on, "/Invoices/0/Status", "AUTHORISED");
  sandbox_assume (sandbox, "payment-removal-reopens", FALSE);
  off = read_after_removal (sandbox, contact, "EX-2");
  assert_text (off, "/Invoices/0/Status", "PAID");
  assert_text (off, "/Invoices/0/AmountDue", "115.00");
}

static void
test_vanish (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autofree char *contact = sandbox_make_contact (sandbox, "A");
  g_autoptr (Answer) on = read_after_removal (sandbox, contact, "EX-1");
  g_autoptr (Answer) off = NULL;

  g_assert_cmpuint (answer_size (on, "/Invoices/0/Payments"), ==, 0);
  sandbox_assume (sandbox, "deleted-payments-vanish", FALSE);
  off = read_after_removal (sandbox, contact, "EX-2");
  g_assert_cmpuint (answer_size (off, "/Invoices/0/Payments"), ==, 1);
  assert_text (off, "/Invoices/0/AmountPaid", "0.00");
}

#define FREE_LINE "{\"Description\":\"Free\",\"Quantity\":1,\"UnitAmount\":0,\"AccountCode\":\"200\"}"

static void
assert_free (Sandbox *sandbox, const char *contact, const char *number, const char *status)
{
  g_autofree char *body = sandbox_invoice_body (contact, number, AUTHORISED, FREE_LINE);
  g_autoptr (Answer) answer = sandbox_api (sandbox, "PUT", "Invoices", body);

  assert_text (answer, "/Invoices/0/Total", "0.00");
  assert_text (answer, "/Invoices/0/Status", status);
}

static void
test_zero_total (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autofree char *contact = sandbox_make_contact (sandbox, "A");

  assert_free (sandbox, contact, "EX-1", "PAID");
  sandbox_assume (sandbox, "zero-total-is-paid", FALSE);
  assert_free (sandbox, contact, "EX-2", "AUTHORISED");
}

static void
assert_discounted (Sandbox *sandbox, const char *contact, const char *number, const char *amount)
{
  g_autofree char *body = sandbox_invoice_body (
      contact, number, "",
      "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":10000,\"DiscountRate\":33.3333,"
      "\"AccountCode\":\"200\"}");
  g_autoptr (Answer) answer = sandbox_api (sandbox, "PUT", "Invoices", body);

  assert_text (answer, "/Invoices/0/LineItems/0/LineAmount", amount);
  assert_text (answer, "/Invoices/0/LineItems/0/DiscountRate", "33.33");
}

static void
test_discount_places (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autofree char *contact = sandbox_make_contact (sandbox, "A");

  assert_discounted (sandbox, contact, "EX-1", "6666.67");
  sandbox_assume (sandbox, "discount-rate-four-places", FALSE);
  assert_discounted (sandbox, contact, "EX-2", "6667.00");
}

static void
test_settings_reference (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  static const char body[] = "{\"Type\":\"ACCREC\",\"Contact\":{\"Name\":\"A\"},\"LineItems\":[{\"ItemCode\":"
                             "\"ADV-HOUR\",\"Quantity\":1}]}";
  g_autoptr (Answer) refused = NULL, made = NULL;

  sandbox_sign_in (sandbox, "accounting.invoices accounting.contacts");
  sandbox_assume (sandbox, "invoices-scope-refers-to-settings", FALSE);
  refused = sandbox_api (sandbox, "PUT", "Invoices", body);
  assert_status (refused, 400);
  sandbox_assume (sandbox, "invoices-scope-refers-to-settings", TRUE);
  made = sandbox_api (sandbox, "PUT", "Invoices", body);
  assert_status (made, 200);
}

static void
test_good_ones (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  static const char body[] = "{\"Contacts\":[{\"Name\":\"Good\"},{\"Name\":\"\"}]}";
  g_autoptr (Answer) off = NULL, none = NULL, on = NULL, one = NULL;

  sandbox_assume (sandbox, "good-ones-saved-beside-bad", FALSE);
  off = sandbox_api (sandbox, "PUT", "Contacts", body);
  assert_status (off, 400);
  g_assert_cmpuint (answer_size (off, "/Elements"), ==, 1);
  none = sandbox_control (sandbox, "state", NULL);
  assert_text (none, "/contacts", "0");
  sandbox_assume (sandbox, "good-ones-saved-beside-bad", TRUE);
  on = sandbox_api (sandbox, "PUT", "Contacts", body);
  assert_status (on, 400);
  one = sandbox_control (sandbox, "state", NULL);
  assert_text (one, "/contacts", "1");
}

/* By the command line, by the control interface, and never by a name that is not there. */
static void
test_switches (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_with ("empty", "--assume", "draft-amount-due-is-total=off",
                                                    "--assume", "due-date-from-terms=on", NULL);
  g_autoptr (Answer) list = sandbox_control (sandbox, "assumptions", NULL);
  g_autoptr (Answer) wrong = sandbox_send (sandbox, "POST", "/sandbox/assumptions", "application/json",
                                           "{\"zero-total-is-paid\":false,\"no-such-thing\":true}", NULL);
  g_autoptr (Answer) after = sandbox_control (sandbox, "assumptions", NULL);

  for (gsize i = 0; i < answer_size (list, "/assumptions"); i++)
    {
      g_autofree char *name = g_strdup_printf ("/assumptions/%" G_GSIZE_FORMAT "/name", i);
      g_autofree char *on = g_strdup_printf ("/assumptions/%" G_GSIZE_FORMAT "/on", i);
      g_autofree char *standard = g_strdup_printf ("/assumptions/%" G_GSIZE_FORMAT "/default", i);
      const char *text = answer_text (list, name);
      gboolean set
          = strcmp (text, "draft-amount-due-is-total") == 0 || strcmp (text, "due-date-from-terms") == 0;

      g_assert_true ((strcmp (answer_text (list, on), answer_text (list, standard)) != 0) == set);
    }
  assert_status (wrong, 400);
  g_assert_cmpstr (after->body, ==, list->body);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/assume/loopback-address-redirects", test_loopback_address);
  g_test_add_func ("/sandbox/assume/revocation-without-secret", test_revocation);
  g_test_add_func ("/sandbox/assume/event-id-in-token", test_event_id);
  g_test_add_func ("/sandbox/assume/app-minute-is-named", test_app_minute);
  g_test_add_func ("/sandbox/assume/concurrent-has-retry-after", test_concurrent);
  g_test_add_func ("/sandbox/assume/duplicate-number-words", test_duplicate_words);
  g_test_add_func ("/sandbox/assume/dead-numbers-stay-taken", test_dead_numbers);
  g_test_add_func ("/sandbox/assume/contact-number-before-name", test_contact_match);
  g_test_add_func ("/sandbox/assume/contact-by-invoice-without-scope", test_contact_by_invoice);
  g_test_add_func ("/sandbox/assume/restore-by-api", test_restore);
  g_test_add_func ("/sandbox/assume/merge-touches-invoices", test_merge);
  g_test_add_func ("/sandbox/assume/due-date-from-terms", test_due_date);
  g_test_add_func ("/sandbox/assume/payment-removal-reopens", test_reopens);
  g_test_add_func ("/sandbox/assume/deleted-payments-vanish", test_vanish);
  g_test_add_func ("/sandbox/assume/zero-total-is-paid", test_zero_total);
  g_test_add_func ("/sandbox/assume/discount-rate-four-places", test_discount_places);
  g_test_add_func ("/sandbox/assume/invoices-scope-refers-to-settings", test_settings_reference);
  g_test_add_func ("/sandbox/assume/good-ones-saved-beside-bad", test_good_ones);
  g_test_add_func ("/sandbox/assume/switches", test_switches);
  return g_test_run ();
}
