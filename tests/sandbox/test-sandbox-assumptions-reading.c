/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* What is not certain at Xero about reading (xero-accounting 16 and other places): each assumption on, and
 * off. */

static Sandbox *
start (void)
{
  return sandbox_start_signed_in ("empty");
}

static Answer *
get_since (Sandbox *sandbox, const char *since)
{
  return sandbox_api_with (sandbox, "GET", "Contacts?page=1", NULL, "If-Modified-Since", since);
}

static void
test_nothing_new (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autoptr (Answer) on = get_since (sandbox, "2026-11-22T00:00:00");
  g_autoptr (Answer) off = NULL, unconditional = NULL;

  assert_status (on, 200);
  g_assert_cmpuint (answer_size (on, "/Contacts"), ==, 0);
  sandbox_assume (sandbox, "nothing-new-is-200", FALSE);
  off = get_since (sandbox, "2026-11-22T00:00:00");
  assert_status (off, 304);
  g_assert_cmpstr (off->body, ==, "");
  unconditional = sandbox_get (sandbox, "Contacts?page=1");
  assert_status (unconditional, 200);
}

static void
test_paged_volume (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("count:100001");
  g_autoptr (Answer) on = sandbox_get (sandbox, "Invoices?page=1");
  g_autoptr (Answer) off = NULL, unpaged = NULL, slow = NULL, unordered = NULL, fast = NULL;

  assert_text (on, "/ErrorNumber", "51");
  sandbox_assume (sandbox, "paged-lists-are-high-volume", FALSE);
  off = sandbox_get (sandbox, "Invoices?page=101&pageSize=1000");
  unpaged = sandbox_get (sandbox, "Invoices");
  slow = sandbox_get (sandbox, "Invoices?page=1&where=Total%%3D%%3D1.00");
  unordered = sandbox_get (sandbox, "Invoices?page=1&order=Total");
  fast = sandbox_get (sandbox, "Invoices?page=1&order=Date%%20DESC");
  assert_status (off, 200);
  assert_text (off, "/pagination/itemCount", "100001");
  g_assert_cmpuint (answer_size (off, "/Invoices"), ==, 1);
  assert_text (unpaged, "/ErrorNumber", "51");
  assert_text (slow, "/ErrorNumber", "51");
  assert_text (unordered, "/ErrorNumber", "51");
  assert_status (fast, 200);
}

static void
test_inclusive (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autoptr (Answer) moved = sandbox_control (sandbox, "clock", "{\"now\":\"2026-11-21T09:10:00\"}");
  g_autofree char *contact = sandbox_make_contact (sandbox, "A");
  g_autoptr (Answer) read = sandbox_get (sandbox, "Contacts?page=1");
  gint64 ms
      = g_ascii_strtoll (answer_text (read, "/Contacts/0/UpdatedDateUTC") + strlen ("/Date("), NULL, 10);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (ms / 1000);
  g_autofree char *second = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  g_autoptr (Answer) on = get_since (sandbox, second);
  g_autoptr (Answer) off = NULL;

  g_assert_cmpuint (answer_size (on, "/Contacts"), ==, 1);
  sandbox_assume (sandbox, "modified-since-is-inclusive", FALSE);
  off = get_since (sandbox, second);
  g_assert_cmpuint (answer_size (off, "/Contacts"), ==, 0);
}

static void
test_bad_header (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autoptr (Answer) on = get_since (sandbox, "yesterday");
  g_autoptr (Answer) http = get_since (sandbox, "Sat, 21 Nov 2026 00:00:00 GMT");
  g_autoptr (Answer) off = NULL;

  assert_status (on, 412);
  assert_status (http, 200);
  sandbox_assume (sandbox, "bad-modified-since-is-412", FALSE);
  off = get_since (sandbox, "yesterday");
  assert_status (off, 200);
}

static void
test_discount_amount (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autofree char *contact = sandbox_make_contact (sandbox, "A");
  g_autofree char *body = sandbox_invoice_body (contact, "EX-1", "",
                                                "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":100,"
                                                "\"DiscountAmount\":10,\"AccountCode\":\"200\"}");
  g_autoptr (Answer) made = sandbox_api (sandbox, "PUT", "Invoices", body);
  g_autoptr (Answer) single = sandbox_get (sandbox, "Invoices/EX-1");
  g_autoptr (Answer) on = sandbox_get (sandbox, "Invoices?page=1");
  g_autoptr (Answer) off = NULL;

  assert_text (made, "/Invoices/0/SubTotal", "90.00");
  assert_text (single, "/Invoices/0/LineItems/0/DiscountAmount", "10.00");
  g_assert_null (answer_text (on, "/Invoices/0/LineItems/0/DiscountAmount"));
  sandbox_assume (sandbox, "lists-lack-discount-amount", FALSE);
  off = sandbox_get (sandbox, "Invoices?page=1");
  assert_text (off, "/Invoices/0/LineItems/0/DiscountAmount", "10.00");
}

static void
test_draft_due (void)
{
  g_autoptr (Sandbox) sandbox = start ();
  g_autofree char *contact = sandbox_make_contact (sandbox, "A");
  g_autofree char *id = sandbox_make_invoice (sandbox, contact, "EX-1", "");
  g_autoptr (Answer) on = sandbox_get (sandbox, "Invoices/EX-1");
  g_autoptr (Answer) off = NULL;

  assert_text (on, "/Invoices/0/AmountDue", "115.00");
  sandbox_assume (sandbox, "draft-amount-due-is-total", FALSE);
  off = sandbox_get (sandbox, "Invoices/EX-1");
  assert_text (off, "/Invoices/0/AmountDue", "0.00");
}

static void
test_missing_scope (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autoptr (Answer) on = NULL, off = NULL;

  sandbox_sign_in (sandbox, "openid");
  on = sandbox_api (sandbox, "PUT", "Accounts", "{}");
  assert_status (on, 401);
  assert_text (on, "/Detail", "AuthorizationUnsuccessful");
  sandbox_assume (sandbox, "missing-scope-is-401", FALSE);
  off = sandbox_api (sandbox, "PUT", "Accounts", "{}");
  assert_status (off, 403);
  assert_text (off, "/Detail", "AuthorizationUnsuccessful");
  g_assert_nonnull (soup_message_headers_get_one (off->headers, "WWW-Authenticate"));
}

#define CHANGED_LATELY                                                                                       \
  "Contacts?page=1&where=UpdatedDateUTC%%3E%%3DDateTime(2026%%2C%%2001%%2C%%2001%%2C%%2012%%2C%%2030%%2C%%"  \
  "2000)"

static void
test_change_ranges (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) limits = sandbox_control (sandbox, "limits", "{\"rows\":20}");
  g_autoptr (Answer) whole = sandbox_get (sandbox, "Contacts?page=1");
  g_autoptr (Answer) on = sandbox_get (sandbox, CHANGED_LATELY);
  g_autoptr (Answer) off = NULL;

  assert_text (whole, "/ErrorNumber", "51");
  assert_text (whole, "/Type", "HighVolumeException");
  assert_status (on, 200);
  sandbox_assume (sandbox, "change-ranges-narrow", FALSE);
  off = sandbox_get (sandbox, CHANGED_LATELY);
  assert_text (off, "/ErrorNumber", "51");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/assume/nothing-new-is-200", test_nothing_new);
  g_test_add_func ("/sandbox/assume/paged-lists-are-high-volume", test_paged_volume);
  g_test_add_func ("/sandbox/assume/change-ranges-narrow", test_change_ranges);
  g_test_add_func ("/sandbox/assume/modified-since-is-inclusive", test_inclusive);
  g_test_add_func ("/sandbox/assume/bad-modified-since-is-412", test_bad_header);
  g_test_add_func ("/sandbox/assume/lists-lack-discount-amount", test_discount_amount);
  g_test_add_func ("/sandbox/assume/draft-amount-due-is-total", test_draft_due);
  g_test_add_func ("/sandbox/assume/missing-scope-is-401", test_missing_scope);
  return g_test_run ();
}
