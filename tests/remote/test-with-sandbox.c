/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-grant.h"
#include "cs-sign-in.h"
#include "cs-xero.h"

#include "cs-small-json.h"
#include "remote-test.h"
#include "test-sandbox.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The whole of remote against the project's own sandbox, a process that shares no code with it: sign-in by
 * the consent page, a pull, a push that is cut after the work was done, and a search of all logs for all
 * secrets. */

typedef struct
{
  TestSandbox *sandbox;
  CsHosts *hosts;
  CsHttp *http;
  CsVault *vault;
  CsGrant *grant;
  CsXero *xero;
} World;

static void
connect (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsTokens) tokens
      = test_sandbox_sign_in (world->sandbox, world->hosts, world->http, CS_XERO_SCOPES, "allow", &error);
  g_autoptr (GPtrArray) tenants = NULL;
  const CsXeroTenant *tenant;

  g_assert_no_error (error);
  test_await (cs_vault_store (world->vault, "g1", tokens), &error);
  g_assert_no_error (error);
  cs_grant_set_tokens (world->grant, tokens);
  cs_http_set_authorise (world->http, cs_grant_authorise, world->grant);
  tenants = test_await_array (cs_xero_list_tenants (world->http, world->hosts), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tenants->len, ==, 1);
  tenant = g_ptr_array_index (tenants, 0);
  world->xero = cs_xero_new (world->http, world->hosts, tenant->tenant_id);
}

static World *
world_new (void)
{
  static guint n;
  g_autofree char *practice = g_strdup_printf ("sandbox-%u", ++n);
  World *world = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;

  world->sandbox = test_sandbox_new ();
  world->hosts = cs_xero_hosts_new_loopback (world->sandbox->base, &error);
  g_assert_no_error (error);
  world->http = cs_http_new (TRUE, &test_real_clock);
  cs_http_set_timeout (world->http, 10);
  world->vault = cs_vault_new (practice);
  world->grant = cs_grant_new (world->hosts, "g1", TEST_SANDBOX_CLIENT_ID, world->vault, world->http,
                               &test_real_clock);
  return world;
}

static void
world_free (World *world)
{
  g_clear_pointer (&world->xero, cs_xero_unref);
  cs_grant_unref (world->grant);
  cs_vault_unref (world->vault);
  cs_http_unref (world->http);
  test_settle ();
  test_sandbox_free (world->sandbox);
  cs_hosts_free (world->hosts);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
test_declined (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsTokens) tokens
      = test_sandbox_sign_in (world->sandbox, world->hosts, world->http, CS_XERO_SCOPES, "cancel", &error);

  g_assert_null (tokens);
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_DECLINED);
}

static void
test_pull (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLedgerOrganisation) organisation = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) rates = NULL;
  g_autoptr (CsLedgerPage) contacts = NULL;
  g_autoptr (CsLedgerPage) invoices = NULL;
  g_autoptr (CsLedgerPage) since = NULL;
  CsLedgerQuery query = CS_LEDGER_QUERY_INIT;
  gboolean has_payment = FALSE;

  connect (world);
  organisation = test_await_record (cs_xero_get_organisation (world->xero), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (organisation->short_code), >, 0);
  accounts = test_await_array (cs_xero_read_list (world->xero, CS_LEDGER_LIST_ACCOUNTS), &error);
  rates = test_await_array (cs_xero_read_list (world->xero, CS_LEDGER_LIST_TAX_RATES), &error);
  contacts = test_await_record (cs_xero_read_page (world->xero, &query), &error);
  query.kind = CS_LEDGER_KIND_INVOICES;
  invoices = test_await_record (cs_xero_read_page (world->xero, &query), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, >, 0);
  g_assert_cmpuint (rates->len, >, 0);
  g_assert_cmpuint (contacts->records->len, ==, contacts->item_count);
  g_assert_cmpuint (invoices->records->len, ==, invoices->item_count);
  g_assert_cmpuint (invoices->records->len, >, 300);
  for (guint i = 0; i < invoices->records->len; i++)
    {
      const CsLedgerInvoice *invoice = g_ptr_array_index (invoices->records, i);

      g_assert_cmpuint (invoice->n_lines, >, 0);
      has_payment |= invoice->n_payments > 0;
    }
  g_assert_true (has_payment);
  query.modified_since_ms = invoices->high_water_ms + 1000;
  since = test_await_record (cs_xero_read_page (world->xero, &query), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (since->records->len, ==, 0);
}

static CsLedgerPage *
read_page (World *world, const CsLedgerQuery *query)
{
  g_autoptr (GError) error = NULL;
  CsLedgerPage *page = test_await_record (cs_xero_read_page (world->xero, query), &error);

  g_assert_no_error (error);
  return page;
}

static CsLedgerPage *
read_invoices (World *world, CsLedgerQuery query)
{
  query.kind = CS_LEDGER_KIND_INVOICES;
  query.page = 1;
  return read_page (world, &query);
}

#define EACH(page, type, name)                                                                               \
  for (guint index_ = 0; index_ < (page)->records->len; index_++)                                            \
    for (const type *name = g_ptr_array_index ((page)->records, index_); name != NULL; name = NULL)

/* The fields of a query do what they say (xero-accounting.md 5). */
static void
test_queries (void)
{
  g_autoptr (World) world = world_new ();
  const CsLedgerQuery anything = CS_LEDGER_QUERY_INIT;
  CsLedgerQuery query = anything;
  g_autoptr (CsLedgerPage) all = NULL, by_id = NULL, newest = NULL, open = NULL, summary = NULL, some = NULL,
                           month = NULL;
  const char *before = "";
  gint last = G_MAXINT;

  connect (world);
  all = read_invoices (world, query);
  query.by_id = TRUE;
  by_id = read_invoices (world, query);
  g_assert_cmpuint (by_id->records->len, ==, all->records->len);
  EACH (by_id, CsLedgerInvoice, invoice)
  {
    g_assert_cmpstr (before, <, invoice->remote_id);
    before = invoice->remote_id;
  }
  query = anything;
  query.newest_first = TRUE;
  newest = read_invoices (world, query);
  EACH (newest, CsLedgerInvoice, invoice)
  {
    g_assert_cmpint (invoice->date.days, <=, last);
    last = invoice->date.days;
  }
  query = anything;
  query.open_only = TRUE;
  open = read_invoices (world, query);
  g_assert_cmpuint (open->records->len, >, 0);
  EACH (open, CsLedgerInvoice, invoice) g_assert_cmpint (invoice->status, ==, CS_LEDGER_AUTHORISED);
  query.summary_only = TRUE;
  summary = read_invoices (world, query);
  g_assert_cmpuint (summary->records->len, ==, open->records->len);
  EACH (summary, CsLedgerInvoice, invoice)
  {
    g_assert_cmpuint (invoice->n_lines, ==, 0);
    g_assert_true (invoice->is_summary);
  }
  query = anything;
  query.from = ((const CsLedgerInvoice *)g_ptr_array_index (newest->records, 40))->date;
  query.before = ((const CsLedgerInvoice *)g_ptr_array_index (newest->records, 0))->date;
  month = read_invoices (world, query);
  g_assert_cmpuint (month->records->len, >, 0);
  EACH (month, CsLedgerInvoice, invoice)
  {
    g_assert_cmpint (invoice->date.days, >=, query.from.days);
    g_assert_cmpint (invoice->date.days, <, query.before.days);
  }
  query = anything;
  query.ids = (const char *const[]){
    ((const CsLedgerInvoice *)g_ptr_array_index (all->records, 3))->remote_id,
    ((const CsLedgerInvoice *)g_ptr_array_index (all->records, 5))->remote_id,
    NULL,
  };
  some = read_invoices (world, query);
  g_assert_cmpuint (some->records->len, ==, 2);
}

/* Every payment and credit is of invoices that are there, and explains what they say is paid. */
static void
test_settlements (void)
{
  g_autoptr (World) world = world_new ();
  CsLedgerQuery query = CS_LEDGER_QUERY_INIT;
  g_autoptr (CsLedgerPage) invoices = NULL;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  connect (world);
  invoices = read_invoices (world, query);
  EACH (invoices, CsLedgerInvoice, invoice)
  g_hash_table_insert (known, invoice->remote_id, (gpointer)invoice);
  for (query.kind = CS_LEDGER_KIND_PAYMENTS; query.kind < CS_LEDGER_N_KINDS; query.kind++)
    {
      g_autoptr (CsLedgerPage) page = NULL;
      guint n_links = 0;

      query.by_id = TRUE;
      query.from = cs_date_from_parts (2000, 1, 1);
      page = read_page (world, &query);
      g_assert_cmpuint (page->records->len, ==, page->item_count);
      EACH (page, CsLedgerSettlement, settlement)
      {
        g_assert_cmpint (settlement->updated_ms, >, 0);
        g_assert_true (cs_date_is_set (settlement->date));
        for (guint i = 0; settlement->invoice_ids[i] != NULL; i++)
          {
            g_assert_true (g_hash_table_contains (known, settlement->invoice_ids[i]));
            n_links++;
          }
      }
      g_test_message ("kind %d: %u records, %u links", (int)query.kind, page->records->len, n_links);
      g_assert_cmpuint (n_links, >, 0);
    }
}

static void
test_lists (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;

  connect (world);
  for (int kind = 0; kind < CS_LEDGER_N_LISTS; kind++)
    {
      g_autoptr (GPtrArray) records
          = test_await_array (cs_xero_read_list (world->xero, (CsLedgerListKind)kind), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (records->len, >, 0);
    }
}

static void
set (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static CsLedgerContact *
make_contact (World *world)
{
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  CsLedgerContact *contact;

  set (&client->number, "CL-900001");
  set (&client->name, "Söhne & <b>Daughters</b> Partnership");
  set (&client->contact_name, "Aroha Nguyen");
  set (&client->email, "aroha@daughters.example");
  body = cs_xero_encode_contact (client, TRUE, &error);
  contact = test_await_record (cs_xero_create_contact (world->xero, body, "contact-0", NULL), &error);
  if (contact == NULL) /* Xero takes neither < nor > in a name (8.1), and says so */
    {
      g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
      g_clear_error (&error);
      g_clear_pointer (&body, g_bytes_unref);
      set (&client->name, "Söhne & Daughters Partnership");
      body = cs_xero_encode_contact (client, TRUE, &error);
      contact = test_await_record (cs_xero_create_contact (world->xero, body, "contact-1", NULL), &error);
    }
  g_assert_no_error (error);
  g_assert_cmpstr (contact->contact_number, ==, "CL-900001");
  return contact;
}

/* xero-accounting.md 9.3: its worked example, without the discount. */
static GBytes *
encode_invoice (const char *contact_id, const char *number, const char *account, CsCurrency currency)
{
  g_autoptr (CsPlannedInvoice) invoice = cs_planned_invoice_new ();
  CsPlannedLine *line = cs_planned_line_new ();
  g_autoptr (GError) error = NULL;
  GBytes *body;

  invoice->date = cs_date_from_parts (2026, 11, 21);
  invoice->due = cs_date_from_parts (2026, 12, 20);
  invoice->currency = currency;
  invoice->tax_mode = CS_TAX_MODE_EXCLUSIVE;
  invoice->authorise = TRUE;
  set (&invoice->reference, "PROP-9001");
  set (&line->description, "Monthly bookkeeping");
  set (&line->account_code, account);
  set (&line->tax_type, "OUTPUT2");
  g_assert_true (cs_decimal_parse ("1.5", &line->quantity, NULL));
  g_assert_true (cs_decimal_parse ("120.1250", &line->unit_price, NULL));
  g_ptr_array_add (invoice->lines, line);
  body = cs_xero_encode_invoice (invoice, number, contact_id, &error);
  g_assert_no_error (error);
  return body;
}

static guint
count_by_number (World *world, const char *number)
{
  g_autofree char *state = test_sandbox_control (world->sandbox, "state", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (state, strlen (state));
  g_autoptr (JsonNode) root = cs_small_json_parse (bytes, NULL);
  JsonObject *numbers = json_object_get_object_member (json_node_get_object (root), "invoices_by_number");

  return (guint)cs_small_json_get_integer (numbers, number, 0);
}

static void
test_push (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CsLedgerContact) contact = NULL;
  g_autoptr (CsLedgerContact) found = NULL;
  g_autoptr (CsLedgerInvoice) invoice = NULL;
  g_autoptr (CsLedgerInvoice) probed = NULL;
  g_autoptr (CsLedgerOrganisation) organisation = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) wrong = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fault = NULL;

  connect (world);
  organisation = test_await_record (cs_xero_get_organisation (world->xero), &error);
  contact = make_contact (world);
  found = test_await_record (cs_xero_find_contact (world->xero, "CL-900001"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->remote_id, ==, contact->remote_id);
  g_assert_null (test_await_record (cs_xero_find_contact (world->xero, "CL-999999"), &error));
  g_assert_no_error (error);

  /* refused in Xero's words; nothing made */
  wrong = encode_invoice (contact->remote_id, "T-0001", "no-such-account", organisation->currency);
  g_assert_null (test_await_record (cs_xero_create_invoice (world->xero, wrong, "op-0", NULL), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "no-such-account"));
  g_clear_error (&error);

  /* cut after the work was done: in doubt, found by its number, there once */
  body = encode_invoice (contact->remote_id, "T-0002", "200", organisation->currency);
  fault = test_sandbox_control (
      world->sandbox, "faults",
      "{\"method\":\"PUT\",\"path\":\"/api.xro/2.0/Invoices\",\"kind\":\"cut-after\"}");
  g_assert_nonnull (strstr (fault, "true"));
  g_assert_null (test_await_record (cs_xero_create_invoice (world->xero, body, "op-1-0", NULL), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNKNOWN_OUTCOME);
  g_clear_error (&error);
  probed = test_await_record (cs_xero_find_invoice (world->xero, "T-0002"), &error);
  g_assert_no_error (error);
  g_assert_nonnull (probed);
  /* 1.5 × 120.1250 = 180.19, 15 % of it 27.03: only with unitdp=4 */
  g_assert_cmpint (probed->subtotal.minor, ==, 18019);
  g_assert_cmpint (probed->total.minor, ==, 20722);
  g_assert_cmpstr (probed->contact_id, ==, contact->remote_id);
  g_assert_cmpuint (count_by_number (world, "T-0002"), ==, 1);

  /* and one that goes well */
  g_clear_pointer (&body, g_bytes_unref);
  body = encode_invoice (contact->remote_id, "T-0003", "200", organisation->currency);
  invoice = test_await_record (cs_xero_create_invoice (world->xero, body, "op-2-0", NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpint (invoice->total.minor, ==, 20722);
  g_assert_null (test_await_record (cs_xero_find_invoice (world->xero, "T-0004"), &error));
  g_assert_no_error (error);

  /* its history, and the PDF that a client would get */
  notes = test_await_array (cs_xero_read_history (world->xero, invoice->remote_id), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 0);
  pdf = test_await_record (cs_xero_get_invoice_pdf (world->xero, invoice->remote_id), &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), "T-0003"));
}

static void
test_tokens_expire (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *expired = NULL;
  g_autofree char *revoked = NULL;
  g_autoptr (CsLedgerOrganisation) organisation = NULL;

  connect (world);
  expired = test_sandbox_control (world->sandbox, "tokens", "{\"action\":\"expire\"}");
  organisation = test_await_record (cs_xero_get_organisation (world->xero), &error);
  g_assert_no_error (error);
  g_assert_nonnull (organisation);
  revoked = test_sandbox_control (world->sandbox, "tokens", "{\"action\":\"revoke\"}");
  g_assert_null (test_await_record (cs_xero_get_organisation (world->xero), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_SIGN_IN_NEEDED);
}

/* Every code, verifier and token of a whole run is looked for in everything that was logged or said. */
static void
test_no_secret_in_any_log (void)
{
  g_autoptr (World) world = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *expired = NULL;
  g_autofree char *log = NULL;
  g_autofree char *secrets = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (CsLedgerContact) contact = NULL;
  g_autoptr (CsLedgerOrganisation) organisation = NULL;
  JsonArray *array;

  test_log_start ();
  world = world_new ();
  connect (world);
  expired = test_sandbox_control (world->sandbox, "tokens", "{\"action\":\"expire\"}");
  organisation = test_await_record (cs_xero_get_organisation (world->xero), &error);
  g_assert_no_error (error);
  contact = make_contact (world);
  test_await (cs_grant_revoke (world->grant), &error);
  g_assert_no_error (error);
  log = test_log_stop ();
  secrets = test_sandbox_control (world->sandbox, "secrets", NULL);
  bytes = g_bytes_new (secrets, strlen (secrets));
  root = cs_small_json_parse (bytes, &error);
  g_assert_no_error (error);
  array = json_object_get_array_member (json_node_get_object (root), "secrets");
  g_assert_cmpuint (json_array_get_length (array), >, 5);
  g_assert_nonnull (strstr (log, "countersign-remote: POST /connect/token (code) 200"));
  g_assert_nonnull (strstr (log, "countersign-remote: PUT /Contacts"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_assert_null (
        strstr (log, json_object_get_string_member (json_array_get_object_element (array, i), "value")));
  g_assert_null (strstr (log, "aroha@daughters.example"));
}

/* Whoever waits for the end of what a test says would wait for the sandbox, too, which says it to the same
 * place. */
static void
test_ends_with_its_test (void)
{
  if (g_test_subprocess ())
    {
      (void)test_sandbox_new ();
      kill (getpid (), SIGKILL);
    }
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_assert_false (g_test_trap_reached_timeout ());
}

static void
add_tests (void)
{
  g_test_add_func ("/sandbox/ends-with-its-test", test_ends_with_its_test);
  g_test_add_func ("/sandbox/declined", test_declined);
  g_test_add_func ("/sandbox/pull", test_pull);
  g_test_add_func ("/sandbox/queries", test_queries);
  g_test_add_func ("/sandbox/settlements", test_settlements);
  g_test_add_func ("/sandbox/lists", test_lists);
  g_test_add_func ("/sandbox/push", test_push);
  g_test_add_func ("/sandbox/tokens-expire", test_tokens_expire);
  g_test_add_func ("/sandbox/no-secret-in-any-log", test_no_secret_in_any_log);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
