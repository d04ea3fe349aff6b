/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* The state file: a line for each change, whole or not there. */

static char *
read_state (Sandbox *sandbox)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (sandbox->state_path, &text, NULL, NULL));
  return text;
}

static void
restart (Sandbox *sandbox, const char *profile)
{
  sandbox_kill (sandbox);
  sandbox_launch (sandbox, profile);
}

static char *
dup_body (Sandbox *sandbox, const char *path)
{
  g_autoptr (Answer) answer = sandbox_api (sandbox, "GET", path, NULL);

  assert_status (answer, 200);
  return g_strdup (strstr (answer->body, "\"DateTimeUTC\"")
                   + strlen ("\"DateTimeUTC\":\"\\/Date(1795251600000)"));
}

/* Every kind of change, a kill, and all of it is there. */
static void
test_everything (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("demo");
  static const char *const paths[] = { "Contacts?page=1&pageSize=1000&includeArchived=true",
                                       "Invoices?page=1&pageSize=1000&unitdp=4",
                                       "Payments?page=1&pageSize=1000",
                                       "CreditNotes?page=1",
                                       "Overpayments?page=1",
                                       "Organisation/Actions",
                                       "Organisation",
                                       "Invoices/EX-1/History" };
  g_auto (GStrv) before = g_new0 (char *, G_N_ELEMENTS (paths) + 1);
  g_autofree char *contact = NULL, *invoice = NULL, *payment_path = NULL, *archive = NULL;
  g_autoptr (Answer) credit = NULL, payment = NULL, deleted = NULL, note = NULL, rights = NULL, lock = NULL;
  g_autoptr (Answer) overpayments = NULL, allocation = NULL, archived = NULL;
  g_autofree char *credit_body = NULL, *allocation_path = NULL, *allocation_body = NULL;

  sandbox_sign_in (sandbox, SCOPES " accounting.payments");
  overpayments = sandbox_get (sandbox, "Overpayments?page=1");
  contact = g_strdup (answer_text (overpayments, "/Overpayments/0/Contact/ContactID"));
  invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  payment = sandbox_api (sandbox, "PUT", "Payments",
                         "{\"Payments\":[{\"Invoice\":{\"InvoiceNumber\":\"EX-1\"},\"Account\":{\"Code\":"
                         "\"090\"},\"Amount\":5},{\"Invoice\":{\"InvoiceNumber\":\"EX-1\"},\"Account\":{"
                         "\"Code\":\"090\"},\"Amount\":7}]}");
  payment_path = g_strconcat ("Payments/", answer_text (payment, "/Payments/0/PaymentID"), NULL);
  deleted = sandbox_api (sandbox, "POST", payment_path, "{\"Status\":\"DELETED\"}");
  credit_body = g_strdup_printf ("{\"Type\":\"ACCRECCREDIT\",\"Contact\":{\"ContactID\":\"%s\"},\"Status\":"
                                 "\"AUTHORISED\",\"LineItems\":[" LINE "]}",
                                 contact);
  credit = sandbox_api (sandbox, "PUT", "CreditNotes", credit_body);
  assert_status (credit, 200);
  allocation_path = g_strdup_printf ("Overpayments/%s/Allocations",
                                     answer_text (overpayments, "/Overpayments/0/OverpaymentID"));
  allocation_body = g_strdup_printf ("{\"Invoice\":{\"InvoiceID\":\"%s\"},\"Amount\":3}", invoice);
  allocation = sandbox_api (sandbox, "PUT", allocation_path, allocation_body);
  assert_status (allocation, 200);
  note = sandbox_api (sandbox, "PUT", "Invoices/EX-1/History", "{\"Details\":\"Pushed\"}");
  assert_status (note, 200);
  archive = g_strdup_printf ("contacts/%s/archive", contact);
  archived = sandbox_control (sandbox, archive, "{}");
  rights = sandbox_control (sandbox, "rights", "{\"VoidInvoice\":false}");
  lock = sandbox_control (sandbox, "organisation", "{\"period_lock_date\":\"2020-01-01\"}");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    before[i] = dup_body (sandbox, paths[i]);
  for (guint round = 0; round < 2; round++) /* from the lines, then from the short file made of them */
    {
      restart (sandbox, "demo");
      for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
        {
          g_autofree char *after = dup_body (sandbox, paths[i]);

          if (strcmp (after, before[i]) != 0)
            g_test_message ("%s", paths[i]);
          g_assert_cmpstr (after, ==, before[i]);
        }
    }
}

/* A change costs its own size, whatever the size of the practice; opening the file makes it short again. */
static void
test_small (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("count:50000");
  g_autofree char *first = read_state (sandbox);
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *second = read_state (sandbox);
  g_autofree char *third = NULL, *fourth = NULL;
  gsize grown;

  g_assert_cmpuint (strlen (second), <, 64 * 1024);
  g_assert_cmpuint (strlen (second) - strlen (first), <, 4096);
  g_assert_true (g_str_has_prefix (second, first)); /* added to, not written anew */
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Answer) answer
          = sandbox_api (sandbox, "POST", "Contacts", "{\"Name\":\"Joinery\",\"FirstName\":\"Aroha\"}");

      assert_status (answer, 200);
    }
  third = read_state (sandbox);
  grown = strlen (third);
  restart (sandbox, "count:50000");
  fourth = read_state (sandbox);
  g_assert_cmpuint (strlen (fourth), <, grown / 2);
  {
    g_autoptr (Answer) state = sandbox_control (sandbox, "state", NULL);

    assert_text (state, "/invoices", "50000");
    assert_text (state, "/created_contacts/0/name", "Joinery");
  }
}

/* The power cord: half a line at the end is passed over, and the next change follows the whole ones. */
static void
test_torn (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *kept = sandbox_make_contact (sandbox, "Kept");
  g_autofree char *torn = NULL, *whole = NULL, *more = NULL;
  g_autoptr (Answer) state = NULL, again = NULL;

  whole = read_state (sandbox);
  {
    g_autofree char *lost = sandbox_make_contact (sandbox, "Torn");

    torn = read_state (sandbox);
  }
  sandbox_kill (sandbox);
  g_assert_true (g_file_set_contents (sandbox->state_path, torn,
                                      (gssize)(strlen (whole) + (strlen (torn) - strlen (whole)) / 2), NULL));
  sandbox_launch (sandbox, "empty");
  state = sandbox_control (sandbox, "state", NULL);
  assert_text (state, "/contacts", "1");
  assert_text (state, "/created_contacts/0/name", "Kept");
  more = sandbox_make_contact (sandbox, "After");
  restart (sandbox, "empty");
  again = sandbox_control (sandbox, "state", NULL);
  assert_text (again, "/contacts", "2");
}

/* A line that is damaged in the middle is no torn end: the sandbox says so, and does not start. */
static void
test_damaged (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *first = sandbox_make_contact (sandbox, "First");
  g_autofree char *state = read_state (sandbox);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *words = NULL;

  sandbox_kill (sandbox);
  memcpy (strstr (state, "\"First\"") - 8, "!!!!!!!!", 8);
  g_assert_true (g_file_set_contents (sandbox->state_path, state, -1, NULL));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL, g_getenv ("COUNTERSIGN_SANDBOX"),
                              "--state", sandbox->state_path, NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &words, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_nonnull (strstr (words, "could not be read"));
}

/* The first version's one document is still read, with what it said of credits. */
static void
test_first_version (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *old = g_strdup_printf (
      "{\"countersign_sandbox\":1,\"profile\":\"demo\",\"seed\":1,\"clock_offset\":0,\"writes\":3,\"grants\":"
      "[],"
      "\"tokens\":[],\"connections\":[],\"organisations\":[{\"id\":\"%s\",\"lock_day\":-2147483648,"
      "\"next_number\":8,\"contacts\":[{\"id\":\"11111111-0000-4000-8000-000000000001\",\"Name\":\"Old\","
      "\"addresses\":[{},{}],\"phones\":[{},{},{},{}],\"persons\":[],\"archived\":false,\"customer\":true,"
      "\"updated\":1795000000000}],\"invoices\":[{\"id\":\"11111111-0000-4000-8000-000000000002\",\"number\":"
      "\"INV-0007\",\"theme\":\"t\",\"currency\":\"NZD\",\"currency_rate\":\"1.000000\",\"contact\":"
      "\"11111111-0000-4000-8000-000000000001\",\"bill\":false,\"sent\":true,\"amounts\":0,\"status\":2,"
      "\"day\":"
      "20000,\"due_day\":20020,\"paid_day\":-2147483648,\"updated\":1795000000000,\"lines\":[{\"id\":"
      "\"11111111-0000-4000-8000-000000000003\",\"description\":\"Work\",\"account\":\"200\",\"tax_type\":"
      "\"OUTPUT2\",\"quantity\":10000,\"unit_amount\":1000000,\"discount_rate\":0,\"discount_amount\":0,"
      "\"amount\":10000,\"tax\":1500}],\"credits\":[{\"id\":\"11111111-0000-4000-8000-000000000004\","
      "\"number\":\"CN-0001\",\"day\":20010,\"applied\":4000}]}],\"payments\":[{\"id\":"
      "\"11111111-0000-4000-8000-000000000005\",\"account\":\"090\",\"invoice\":"
      "\"11111111-0000-4000-8000-000000000002\",\"day\":20015,\"amount\":2500,\"deleted\":false,"
      "\"reconciled\":"
      "true,\"updated\":1795000000000}]}]}",
      sandbox->tenant);
  g_autoptr (Answer) read = NULL, note = NULL;

  sandbox_kill (sandbox);
  g_assert_true (g_file_set_contents (sandbox->state_path, old, -1, NULL));
  sandbox_launch (sandbox, "demo");
  sandbox_sign_in (sandbox, SCOPES);
  read = sandbox_get (sandbox, "Invoices/INV-0007");
  note = sandbox_get (sandbox, "CreditNotes/CN-0001");
  assert_text (read, "/Invoices/0/Total", "115.00");
  assert_text (read, "/Invoices/0/AmountPaid", "25.00");
  assert_text (read, "/Invoices/0/AmountCredited", "40.00");
  assert_text (read, "/Invoices/0/AmountDue", "50.00");
  assert_text (read, "/Invoices/0/CreditNotes/0/CreditNoteNumber", "CN-0001");
  assert_text (note, "/CreditNotes/0/RemainingCredit", "0.00");
  assert_rows (sandbox, "Invoices?page=1", 1);
}

/* The answer to an Idempotency-Key outlives the process, as Xero's does. */
static void
test_replay (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) ordered
      = sandbox_control (sandbox, "faults", "{\"method\":\"PUT\",\"kind\":\"cut-after\"}");
  g_autoptr (Answer) cut
      = sandbox_api_with (sandbox, "PUT", "Contacts", "{\"Name\":\"A\"}", "Idempotency-Key", "one");
  g_autoptr (Answer) again = NULL, state = NULL;

  g_assert_cmpuint (cut->status, ==, 0);
  restart (sandbox, "empty");
  again = sandbox_api_with (sandbox, "PUT", "Contacts", "{\"Name\":\"A\"}", "Idempotency-Key", "one");
  assert_status (again, 200);
  state = sandbox_control (sandbox, "state", NULL);
  assert_text (state, "/contacts", "1");
}

/* The same seed and date make the same practice, another seed another; any size within seconds. */
static void
test_seed (void)
{
  g_autoptr (Sandbox) one = sandbox_start_with ("demo", "--seed", "7", NULL);
  g_autoptr (Sandbox) two = sandbox_start_with ("demo", "--seed", "7", NULL);
  g_autoptr (Sandbox) three = sandbox_start_with ("demo", "--seed", "8", NULL);
  g_autofree char *a = NULL, *b = NULL, *c = NULL;
  gint64 start;

  sandbox_sign_in (one, SCOPES);
  sandbox_sign_in (two, SCOPES);
  sandbox_sign_in (three, SCOPES);
  a = dup_body (one, "Invoices?page=1&pageSize=1000");
  b = dup_body (two, "Invoices?page=1&pageSize=1000");
  c = dup_body (three, "Invoices?page=1&pageSize=1000");
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
  start = g_get_monotonic_time ();
  {
    g_autoptr (Sandbox) large = sandbox_start ("count:200000");
    g_autoptr (Answer) state = sandbox_control (large, "state?organisation=", NULL);

    assert_text (state, "/invoices", "200000");
  }
  g_assert_cmpint (g_get_monotonic_time () - start, <, 30 * G_TIME_SPAN_SECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/state/every-kind-of-change", test_everything);
  g_test_add_func ("/sandbox/state/a-change-costs-its-own-size", test_small);
  g_test_add_func ("/sandbox/state/torn-line-is-passed-over", test_torn);
  g_test_add_func ("/sandbox/state/damage-is-said", test_damaged);
  g_test_add_func ("/sandbox/state/first-version-is-read", test_first_version);
  g_test_add_func ("/sandbox/state/replays-outlive-the-process", test_replay);
  g_test_add_func ("/sandbox/demo/grows-from-the-seed", test_seed);
  return g_test_run ();
}
