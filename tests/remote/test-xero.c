/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-xero.h"

#include "remote-test.h"

#include <string.h>

#define CONTACT "2f0c3a1e-7a51-4f58-9a53-0c2b51f3a001"

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
assert_money (CsMoney money, gint64 minor)
{
  g_assert_cmpint (money.minor, ==, minor);
}

static void
assert_payment (const CsLedgerInvoice *invoice,
                guint index,
                const char *kind,
                const char *number,
                gint64 minor,
                CsDate on)
{
  const CsLedgerPayment *payment = &invoice->payments[index];

  g_assert_cmpstr (payment->kind, ==, kind);
  g_assert_cmpstr (payment->number, ==, number);
  assert_money (payment->amount, minor);
  g_assert_cmpint (payment->date.days, ==, on.days);
  g_assert_cmpuint (strlen (payment->remote_id), ==, 36);
}

/* xero-accounting.md 9.5 */
static void
test_decode_invoices (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "remote", "invoices.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GPtrArray) invoices = NULL;
  g_autoptr (GError) error = NULL;
  CsLedgerPage page = { 0 };
  const CsLedgerInvoice *invoice;
  const CsLedgerLine *line;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  body = bytes_of (text);
  invoices = cs_xero_decode_invoices (body, &page, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (invoices->len, ==, 2);
  g_assert_cmpuint (page.page, ==, 2);
  g_assert_cmpuint (page.page_count, ==, 7);
  g_assert_cmpuint (page.item_count, ==, 6214);
  g_assert_cmpint (page.clock_ms, ==, G_GINT64_CONSTANT (1795305600123));
  g_assert_cmpint (page.high_water_ms, ==, G_GINT64_CONSTANT (1794960099999));
  invoice = g_ptr_array_index (invoices, 0);
  g_assert_true (invoice->is_sales);
  g_assert_cmpstr (invoice->remote_id, ==, "2f0c3a1e-7a51-4f58-9a53-0c2b51f3a101"); /* lower case */
  g_assert_cmpstr (invoice->number, ==, "EX-0990");
  g_assert_cmpstr (invoice->reference, ==, "PROP-1007");
  g_assert_cmpstr (invoice->contact_id, ==, CONTACT);
  g_assert_cmpstr (invoice->contact_name, ==, "<a href=x>R&D</a>");
  g_assert_cmpint (invoice->date.days, ==, cs_date_from_parts (2026, 11, 1).days);
  g_assert_cmpint (invoice->due.days, ==, cs_date_from_parts (2026, 11, 20).days);
  g_assert_cmpint (invoice->status, ==, CS_LEDGER_AUTHORISED);
  assert_money (invoice->subtotal, 100000);
  assert_money (invoice->tax, 15000);
  assert_money (invoice->total, 115000);
  assert_money (invoice->paid, 65000);
  assert_money (invoice->credited, 5000);
  assert_money (invoice->balance, 45000);
  g_assert_cmpstr (invoice->total.currency.code, ==, "NZD");
  g_assert_cmpint (invoice->updated_ms, ==, G_GINT64_CONSTANT (1794960012340));
  /* what changed within a minute of the answer may not be in it */
  g_assert_cmpint (invoice->read_ms, ==, G_GINT64_CONSTANT (1795305540123));
  g_assert_cmpuint (invoice->n_payments, ==, 5); /* the deleted one is not among them */
  assert_payment (invoice, 0, "payment", "Part 1", 40000, cs_date_from_parts (2026, 11, 11));
  assert_payment (invoice, 1, "payment", "", 25000, cs_date_from_parts (2026, 11, 18));
  assert_payment (invoice, 2, "credit-note", "CN-0021", 3000, cs_date_from_parts (2026, 11, 12));
  assert_payment (invoice, 3, "prepayment", "", 1250, cs_date_from_parts (2026, 11, 13));
  assert_payment (invoice, 4, "overpayment", "", 750, cs_date_from_parts (2015, 3, 29));
  g_assert_cmpuint (invoice->n_lines, ==, 3);
  line = &invoice->lines[2];
  g_assert_cmpint (line->quantity.units, ==, 1);
  g_assert_cmpint (line->unit_price.units, ==, 203501);
  line = &invoice->lines[1];
  g_assert_cmpstr (line->account_code, ==, "");
  invoice = g_ptr_array_index (invoices, 1);
  g_assert_false (invoice->is_sales);
  g_assert_false (cs_date_is_set (invoice->due));
  g_assert_cmpstr (invoice->contact_id, ==, "");
  assert_money (invoice->total, 20000); /* yen have no cents */
}

static void
test_decode_contacts (void)
{
  g_autoptr (GBytes) body = bytes_of (
      "{\"Contacts\":[{\"ContactID\":\"" CONTACT "\",\"ContactNumber\":\"CL-1\",\"Name\":\"A\","
      "\"EmailAddress\":\"a@b.c\",\"ContactStatus\":\"ACTIVE\",\"TaxNumber\":\"1\","
      "\"UpdatedDateUTC\":\"\\/Date(1794960012340+0000)\\/\"},"
      "{\"ContactID\":\"2f0c3a1e-7a51-4f58-9a53-0c2b51f3a002\",\"Name\":\"B\","
      "\"ContactStatus\":\"ARCHIVED\",\"MergedToContactID\":\"" CONTACT "\"},"
      "{\"ContactID\":\"2f0c3a1e-7a51-4f58-9a53-0c2b51f3a003\",\"ContactStatus\":\"GDPRREQUEST\"}]}");
  g_autoptr (GError) error = NULL;
  CsLedgerPage page = { .page = 3 };
  g_autoptr (GPtrArray) contacts = cs_xero_decode_contacts (body, &page, &error);
  const CsLedgerContact *contact;

  g_assert_no_error (error);
  g_assert_cmpuint (contacts->len, ==, 3);
  contact = g_ptr_array_index (contacts, 0);
  g_assert_cmpstr (contact->contact_number, ==, "CL-1");
  g_assert_cmpstr (contact->email, ==, "a@b.c");
  g_assert_false (contact->is_archived);
  contact = g_ptr_array_index (contacts, 1);
  g_assert_true (contact->is_archived);
  g_assert_cmpstr (contact->merged_into, ==, CONTACT);
  g_assert_true (((CsLedgerContact *)g_ptr_array_index (contacts, 2))->is_archived);
  /* no pagination and a short page: the last one */
  g_assert_cmpuint (page.page_count, ==, 3);
}

/* Ids are in lower case wherever the capitals stand, and nothing else in them is another (14.9). */
static void
test_decode_ids (void)
{
  for (guint letter = ' '; letter <= 0xff; letter++)
    for (guint at = 0; at < 20; at++)
      {
        g_autofree char *id = g_strnfill (20, 'x');
        g_autofree char *lower = NULL;
        g_autofree char *text = NULL;
        g_autoptr (GBytes) body = NULL;
        g_autoptr (GPtrArray) invoices = NULL;
        const CsLedgerInvoice *invoice = NULL;

        if (letter == '"' || letter == '\\')
          continue;
        id[at] = (char)letter;
        if (letter >= 0x80)
          {
            g_autofree char *utf8 = g_convert (id, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);

            g_set_str (&id, utf8);
          }
        lower = g_ascii_strdown (id, -1);
        text = g_strdup_printf ("{\"Invoices\":[{\"InvoiceID\":\"%s\",\"Status\":\"DRAFT\","
                                "\"CurrencyCode\":\"NZD\",\"Contact\":{\"ContactID\":\"%s\"}}]}",
                                id, id);
        body = bytes_of (text);
        invoices = cs_xero_decode_invoices (body, NULL, NULL);
        g_assert_nonnull (invoices);
        invoice = g_ptr_array_index (invoices, 0);
        g_assert_cmpstr (invoice->remote_id, ==, lower);
        g_assert_cmpstr (invoice->contact_id, ==, lower);
      }
}

static void
test_decode_wrong (void)
{
  static const char *const wrong[] = {
    "",
    "[]",
    "{}",
    "null",
    "{\"Invoices\":[7]}",
    "{\"Invoices\":[{}]}",
    "{\"Invoices\":[{\"InvoiceID\":\"00000000-0000-0000-0000-000000000000\",\"Status\":\"DRAFT\","
    "\"CurrencyCode\":\"NZD\"}]}",
    "{\"Invoices\":[{\"InvoiceID\":\"" CONTACT "\",\"Status\":\"NEW\",\"CurrencyCode\":\"NZD\"}]}",
    "{\"Invoices\":[{\"InvoiceID\":\"" CONTACT "\",\"Status\":\"DRAFT\"}]}",
    "{\"Invoices\":[{\"InvoiceID\":\"" CONTACT
    "\",\"Status\":\"DRAFT\",\"CurrencyCode\":\"NZD\",\"Total\":1.234}]}",
    "{\"Invoices\":[{\"InvoiceID\":\"" CONTACT
    "\",\"Status\":\"DRAFT\",\"CurrencyCode\":\"NZD\",\"Total\":1e400}]}",
    "{\"Invoices\":[{\"InvoiceID\":\"" CONTACT
    "\",\"Status\":\"DRAFT\",\"CurrencyCode\":\"NZD\",\"Date\":\"soon\"}]}",
    "{\"Invoices\":[{\"InvoiceID\":\"" CONTACT
    "\",\"Status\":\"DRAFT\",\"CurrencyCode\":\"NZD\",\"LineItems\":[{\"Quantity\":{}}]}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GBytes) body = bytes_of (wrong[i]);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", wrong[i]);
      g_assert_null (cs_xero_decode_invoices (body, NULL, &error));
      g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_BAD_REPLY);
    }
}

/* --- calls
 * -------------------------------------------------------------------------------------------------- */

typedef struct
{
  guint status;
  const char *body;
  const char *header;
  const char *value;
} Canned;

static void
answer_canned (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  const Canned *canned = server->data;

  if (canned->header != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), canned->header,
                                  canned->value);
  if (canned->body == NULL)
    test_answer_raw (message, NULL, 0);
  else
    test_answer_json (message, canned->status, canned->body);
}

typedef struct
{
  Canned canned;
  TestServer *server;
  CsHttp *http;
  CsHosts *hosts;
  CsXero *xero;
} World;

static World *
world_new (guint status, const char *body)
{
  World *world = g_new0 (World, 1);

  world->canned = (Canned){ status, body };
  world->server = test_server_new (answer_canned, &world->canned);
  world->http = test_http_new ();
  world->hosts = cs_xero_hosts_new_loopback (world->server->base, NULL);
  world->xero = cs_xero_new (world->http, world->hosts, "tenant-1");
  return world;
}

static void
world_free (World *world)
{
  cs_xero_unref (world->xero);
  cs_http_unref (world->http);
  test_server_free (world->server);
  cs_hosts_free (world->hosts);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static CsLedgerPage *
read_page (World *world, const CsLedgerQuery *query, GError **error)
{
  return test_await_record (cs_xero_read_page (world->xero, query), error);
}

static void
assert_asks (World *world, const CsLedgerQuery *query, const char *path, const char *asked)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLedgerPage) page = read_page (world, query, &error);
  const TestRequest *request = test_server_get_last (world->server);

  g_assert_no_error (error);
  g_assert_cmpstr (request->path, ==, path);
  g_assert_cmpstr (request->query, ==, asked);
}

/* xero-accounting.md 5: each field of a query, and nothing where it is not set. */
static void
test_reads (void)
{
  g_autoptr (World) world
      = world_new (200, "{\"Contacts\":[],\"Invoices\":[],\"Payments\":[],\"CreditNotes\":[],"
                        "\"Prepayments\":[],\"Overpayments\":[]}");
  CsLedgerQuery query = CS_LEDGER_QUERY_INIT;
  const char *const ids[] = { CONTACT, "2f0c3a1e-7a51-4f58-9a53-0c2b51f3a002", NULL };

  query.page = 4;
  query.modified_since_ms = G_GINT64_CONSTANT (1795305600000);
  assert_asks (world, &query, "/api.xro/2.0/Contacts", "page=4&pageSize=1000&includeArchived=true");
  g_assert_cmpstr (test_request_header (test_server_get_last (world->server), "If-Modified-Since"), ==,
                   "2026-11-22T00:00:00");
  g_assert_cmpstr (test_request_header (test_server_get_last (world->server), "xero-tenant-id"), ==,
                   "tenant-1");
  query = (CsLedgerQuery)CS_LEDGER_QUERY_INIT;
  query.kind = CS_LEDGER_KIND_INVOICES;
  assert_asks (world, &query, "/api.xro/2.0/Invoices", "page=1&pageSize=1000&unitdp=4");
  g_assert_null (test_request_header (test_server_get_last (world->server), "If-Modified-Since"));
  query.by_id = TRUE;
  query.open_only = TRUE;
  query.summary_only = TRUE;
  query.from = cs_date_from_parts (2026, 1, 31);
  query.before = cs_date_from_parts (2026, 2, 1);
  assert_asks (
      world, &query, "/api.xro/2.0/Invoices",
      "page=1&pageSize=1000&unitdp=4&Statuses=AUTHORISED&summaryOnly=true"
      "&where=Date%20%3E%3D%20DateTime%282026%2C%2001%2C%2031%29%20AND%20Date%20%3C%20DateTime%282026%2C"
      "%2002%2C%2001%29&order=InvoiceID%20ASC");
  query = (CsLedgerQuery)CS_LEDGER_QUERY_INIT;
  query.kind = CS_LEDGER_KIND_INVOICES;
  query.ids = ids;
  assert_asks (world, &query, "/api.xro/2.0/Invoices",
               "page=1&pageSize=1000&unitdp=4&IDs=" CONTACT ",2f0c3a1e-7a51-4f58-9a53-0c2b51f3a002");
  query.kind = CS_LEDGER_KIND_CONTACTS;
  query.newest_first = TRUE;
  assert_asks (world, &query, "/api.xro/2.0/Contacts",
               "page=1&pageSize=1000&includeArchived=true&IDs=" CONTACT
               ",2f0c3a1e-7a51-4f58-9a53-0c2b51f3a002&order=UpdatedDateUTC%20DESC");
  query.ids = NULL;
  query.newest_first = FALSE;
  query.by_id = TRUE;
  query.changed_from_ms = G_GINT64_CONSTANT (1795305600000);
  query.changed_before_ms = G_GINT64_CONSTANT (1795352706000);
  assert_asks (world, &query, "/api.xro/2.0/Contacts",
               "page=1&pageSize=1000&includeArchived=true"
               "&where=UpdatedDateUTC%20%3E%3D%20DateTime%282026%2C%2011%2C%2022%2C%2000%2C%2000%2C%2000%29"
               "%20AND%20UpdatedDateUTC%20%3C%20DateTime%282026%2C%2011%2C%2022%2C%2013%2C%2005%2C%2006%29"
               "&order=ContactID%20ASC");
  query = (CsLedgerQuery)CS_LEDGER_QUERY_INIT;
  query.newest_first = TRUE;
  query.kind = CS_LEDGER_KIND_PAYMENTS;
  assert_asks (world, &query, "/api.xro/2.0/Payments", "page=1&pageSize=1000&order=Date%20DESC");
  query.newest_first = FALSE;
  query.by_id = TRUE;
  query.kind = CS_LEDGER_KIND_CREDIT_NOTES;
  assert_asks (world, &query, "/api.xro/2.0/CreditNotes",
               "page=1&pageSize=1000&unitdp=4&order=CreditNoteID%20ASC");
  query.kind = CS_LEDGER_KIND_PREPAYMENTS;
  assert_asks (world, &query, "/api.xro/2.0/Prepayments",
               "page=1&pageSize=1000&unitdp=4&order=PrepaymentID%20ASC");
  query.kind = CS_LEDGER_KIND_OVERPAYMENTS;
  query.before = cs_date_from_parts (2025, 7, 1);
  assert_asks (world, &query, "/api.xro/2.0/Overpayments",
               "page=1&pageSize=1000&unitdp=4&where=Date%20%3C%20DateTime%282025%2C%2007%2C%2001%29"
               "&order=OverpaymentID%20ASC");
}

/* Ids that no address can hold, or that the endpoint does not know, are not asked for at all. */
static void
test_reads_too_many_ids (void)
{
  g_autoptr (World) world = world_new (200, "{\"Invoices\":[]}");
  g_autoptr (GError) error = NULL;
  CsLedgerQuery query = CS_LEDGER_QUERY_INIT;
  const char *ids[CS_LEDGER_IDS_MAX + 2] = { NULL };
  g_autoptr (CsLedgerPage) page = NULL;

  query.kind = CS_LEDGER_KIND_INVOICES;
  query.ids = ids;
  for (guint i = 0; i < CS_LEDGER_IDS_MAX; i++)
    ids[i] = CONTACT;
  page = read_page (world, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (world->server->requests->len, ==, 1);
  g_assert_cmpuint (strlen (test_server_get_last (world->server)->query) + 100, <, 2091); /* 3.1 */
  ids[CS_LEDGER_IDS_MAX] = CONTACT;
  g_assert_null (read_page (world, &query, &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
  g_clear_error (&error);
  ids[1] = NULL;
  query.kind = CS_LEDGER_KIND_PAYMENTS;
  g_assert_null (read_page (world, &query, &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
  g_assert_cmpuint (world->server->requests->len, ==, 1);
}

/* xero-accounting.md 3.1: beyond 100,000 rows a search is refused, which is no mistake of a person's. */
static void
test_too_many (void)
{
  static const char *const bodies[] = {
    "{\"ErrorNumber\":51,\"Type\":\"HighVolumeException\",\"Message\":\"Too high a volume.\"}",
    "{\"ErrorNumber\":51}",
    "{\"Type\":\"HighVolumeException\"}",
  };
  CsLedgerQuery query = CS_LEDGER_QUERY_INIT;

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (World) world = world_new (400, bodies[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (read_page (world, &query, &error));
      g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TOO_MANY);
      g_assert_true (i > 0 || strstr (error->message, "Too high a volume.") != NULL);
    }
  {
    g_autoptr (World) world = world_new (400, "{\"ErrorNumber\":10,\"Type\":\"ValidationException\"}");
    g_autoptr (GError) error = NULL;

    g_assert_null (read_page (world, &query, &error));
    g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
  }
}

#define INVOICE "2f0c3a1e-7a51-4f58-9a53-0c2b51f3a101"

/* xero-accounting.md 10.1, 10.2, 10.4: what changes what is due on which invoice; a refund changes none. Bank
 * account and tax number do not come in. */
static void
test_decode_settlements (void)
{
  g_autoptr (GBytes) body = bytes_of (
      "{\"Payments\":[{\"PaymentID\":\"2F0C3A1E-7A51-4F58-9A53-0C2B51F3A201\",\"Date\":\"\\/"
      "Date(1794355200000+0000)\\/\",\"Amount\":400.00,\"Reference\":\"Part 1\",\"PaymentType\":"
      "\"ACCRECPAYMENT\",\"Status\":\"AUTHORISED\",\"UpdatedDateUTC\":\"\\/Date(1794355300000+0000)\\/\","
      "\"Account\":{\"Code\":\"090\"},\"Invoice\":{\"Type\":\"ACCREC\",\"InvoiceID\":\"" INVOICE
      "\",\"Contact\":{\"ContactID\":\"" CONTACT "\"},\"CurrencyCode\":\"NZD\"}},"
      "{\"PaymentID\":\"2f0c3a1e-7a51-4f58-9a53-0c2b51f3a202\",\"PaymentType\":\"ARCREDITPAYMENT\","
      "\"Status\":"
      "\"DELETED\",\"Amount\":5,\"Invoice\":{\"Type\":\"ACCRECCREDIT\",\"InvoiceID\":\"" INVOICE
      "\",\"CurrencyCode\":\"JPY\"}},"
      "{\"PaymentID\":\"2f0c3a1e-7a51-4f58-9a53-0c2b51f3a203\",\"Amount\":5}],"
      "\"CreditNotes\":[{\"CreditNoteID\":\"2f0c3a1e-7a51-4f58-9a53-0c2b51f3a301\",\"CreditNoteNumber\":"
      "\"CN-0021\",\"Total\":50.00,\"RemainingCredit\":12.50,\"CurrencyCode\":\"NZD\",\"Status\":"
      "\"AUTHORISED\","
      "\"Allocations\":[{\"Amount\":37.5,\"Invoice\":{\"InvoiceID\":\"" INVOICE "\"}},{\"Amount\":1}]}],"
      "\"Prepayments\":[{\"PrepaymentID\":\"" INVOICE "\",\"CurrencyCode\":\"NZD\"}],"
      "\"Overpayments\":[{\"ID\":\"" INVOICE
      "\",\"Type\":\"RECEIVE-OVERPAYMENT\",\"CurrencyCode\":\"NZD\",\"RemainingCredit\":\"3.10\"}]}");
  g_autoptr (GError) error = NULL;
  CsLedgerPage page = { .page = 1 };
  g_autoptr (GPtrArray) payments = cs_xero_decode_page (body, CS_LEDGER_KIND_PAYMENTS, &page, &error);
  g_autoptr (GPtrArray) notes = cs_xero_decode_page (body, CS_LEDGER_KIND_CREDIT_NOTES, &page, &error);
  g_autoptr (GPtrArray) pre = cs_xero_decode_page (body, CS_LEDGER_KIND_PREPAYMENTS, &page, &error);
  g_autoptr (GPtrArray) over = cs_xero_decode_page (body, CS_LEDGER_KIND_OVERPAYMENTS, &page, &error);
  const CsLedgerSettlement *settlement;

  g_assert_no_error (error);
  g_assert_cmpint (page.high_water_ms, ==, G_GINT64_CONSTANT (1794355300000));
  settlement = g_ptr_array_index (payments, 0);
  g_assert_cmpstr (settlement->remote_id, ==, "2f0c3a1e-7a51-4f58-9a53-0c2b51f3a201");
  g_assert_cmpstr (settlement->kind, ==, "payment");
  g_assert_cmpstr (settlement->number, ==, "Part 1");
  g_assert_cmpstr (settlement->contact_id, ==, CONTACT);
  g_assert_cmpint (settlement->date.days, ==, cs_date_from_parts (2026, 11, 11).days);
  g_assert_cmpstr (settlement->status, ==, "AUTHORISED");
  assert_money (settlement->total, 40000);
  g_assert_cmpstr (settlement->invoice_ids[0], ==, INVOICE);
  g_assert_null (settlement->invoice_ids[1]);
  g_assert_true (settlement->is_received);
  settlement = g_ptr_array_index (payments, 1); /* a refund */
  g_assert_false (settlement->is_received);
  g_assert_cmpstr (settlement->status, ==, "DELETED");
  assert_money (settlement->total, 5);
  g_assert_null (settlement->invoice_ids[0]);
  settlement = g_ptr_array_index (payments, 2); /* of nothing that is told */
  assert_money (settlement->total, 0);
  g_assert_null (settlement->invoice_ids[0]);
  settlement = g_ptr_array_index (notes, 0);
  g_assert_cmpstr (settlement->kind, ==, "credit-note");
  g_assert_cmpstr (settlement->number, ==, "CN-0021");
  assert_money (settlement->total, 5000);
  assert_money (settlement->remaining, 1250);
  g_assert_cmpuint (g_strv_length (settlement->invoice_ids), ==, 1);
  g_assert_cmpstr (((CsLedgerSettlement *)g_ptr_array_index (pre, 0))->kind, ==, "prepayment");
  settlement = g_ptr_array_index (over, 0);
  g_assert_cmpstr (settlement->remote_id, ==, INVOICE);
  assert_money (settlement->remaining, 310);
  g_assert_true (settlement->is_received);
  g_assert_false (((CsLedgerSettlement *)g_ptr_array_index (pre, 0))->is_received);
}

/* A settlement is whole or the page is refused; and it stays when the rest of its page is let go. */
static void
test_settlement_is_whole (void)
{
  static const char *const wrong[] = {
    "{\"Amount\":5}",
    "{\"PaymentID\":\"" INVOICE "\",\"Date\":\"tomorrow\"}",
    "{\"PaymentID\":\"" INVOICE "\",\"UpdatedDateUTC\":5}",
    "{\"PaymentID\":\"" INVOICE "\",\"Amount\":1e3,\"Invoice\":{\"CurrencyCode\":\"NZD\"}}",
    "{\"PaymentID\":\"" INVOICE "\",\"Amount\":0.001,\"Invoice\":{\"CurrencyCode\":\"NZD\"}}",
    "5",
  };
  g_autoptr (GBytes) good = bytes_of ("{\"Payments\":[{\"ID\":\"" INVOICE "\",\"Invoice\":{\"InvoiceID\":"
                                      "\"" CONTACT "\"}},{\"PaymentID\":\"" CONTACT "\"}]}");
  g_autoptr (GPtrArray) page = cs_xero_decode_page (good, CS_LEDGER_KIND_PAYMENTS, NULL, NULL);
  g_autoptr (CsLedgerSettlement) settlement = g_ptr_array_steal_index (page, 0);

  g_clear_pointer (&page, g_ptr_array_unref);
  g_assert_cmpstr (settlement->remote_id, ==, INVOICE);
  g_assert_cmpstr (settlement->number, ==, "");
  g_assert_cmpstr (settlement->contact_id, ==, "");
  g_assert_false (cs_date_is_set (settlement->date));
  g_assert_cmpstr (settlement->invoice_ids[0], ==, CONTACT);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"Payments\":[%s]}", wrong[i]);
      g_autoptr (GBytes) body = bytes_of (text);
      g_autoptr (GError) error = NULL;

      g_assert_null (cs_xero_decode_page (body, CS_LEDGER_KIND_PAYMENTS, NULL, &error));
      g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_BAD_REPLY);
    }
}

/* Section 11. */
static void
test_decode_lists (void)
{
  g_autoptr (GBytes) body = bytes_of (
      "{\"TrackingCategories\":[{\"TrackingCategoryID\":\"" INVOICE "\",\"Name\":\"Region\",\"Status\":"
      "\"ARCHIVED\",\"Options\":[{\"TrackingOptionID\":\"" CONTACT
      "\",\"Name\":\"North\",\"Status\":\"ACTIVE\"},"
      "{\"TrackingOptionID\":\"" INVOICE "\",\"Name\":\"<South>\",\"Status\":\"ARCHIVED\"}]}],"
      "\"BrandingThemes\":[{\"BrandingThemeID\":\"" INVOICE "\",\"Name\":\"Standard\",\"SortOrder\":2}],"
      "\"Items\":[{\"ItemID\":\"" INVOICE "\",\"Code\":\"BOOK\",\"Name\":\"Bookkeeping\",\"Description\":"
      "\"By the hour\",\"PurchaseDescription\":\"secret\",\"SalesDetails\":{\"UnitPrice\":120.1250,"
      "\"AccountCode\":\"200\",\"TaxType\":\"OUTPUT2\"},\"IsSold\":false},"
      "{\"ItemID\":\"" CONTACT "\",\"Code\":\"X\"}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tracking = cs_xero_decode_list (body, CS_LEDGER_LIST_TRACKING, &error);
  g_autoptr (GPtrArray) themes = cs_xero_decode_list (body, CS_LEDGER_LIST_BRANDING_THEMES, &error);
  g_autoptr (GPtrArray) items = cs_xero_decode_list (body, CS_LEDGER_LIST_ITEMS, &error);
  const CsLedgerTrackingCategory *category;
  const CsLedgerItem *item;

  g_assert_no_error (error);
  category = g_ptr_array_index (tracking, 0);
  g_assert_cmpstr (category->name, ==, "Region");
  g_assert_false (category->is_active);
  g_assert_cmpuint (category->options->len, ==, 2);
  g_assert_true (((CsLedgerTrackingOption *)g_ptr_array_index (category->options, 0))->is_active);
  g_assert_cmpstr (((CsLedgerTrackingOption *)g_ptr_array_index (category->options, 1))->name, ==, "<South>");
  g_assert_cmpint (((CsLedgerBrandingTheme *)g_ptr_array_index (themes, 0))->sort_order, ==, 2);
  item = g_ptr_array_index (items, 0);
  g_assert_cmpstr (item->code, ==, "BOOK");
  g_assert_cmpstr (item->description, ==, "By the hour");
  g_assert_cmpstr (item->account_code, ==, "200");
  g_assert_cmpint (item->unit_price.units, ==, 1201250);
  g_assert_false (item->is_sold);
  g_assert_true (((CsLedgerItem *)g_ptr_array_index (items, 1))->is_sold);
  g_assert_null (cs_xero_decode_list (body, CS_LEDGER_LIST_ACCOUNTS, &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_BAD_REPLY);
}

static void
test_settings (void)
{
  g_autoptr (World) world = world_new (
      200,
      "{\"Organisations\":[{\"OrganisationID\":\"" CONTACT
      "\",\"Name\":\"Example Trading\",\"ShortCode\":\"!a1B2c\","
      "\"BaseCurrency\":\"NZD\",\"CountryCode\":\"NZ\",\"Timezone\":\"NEWZEALANDSTANDARDTIME\","
      "\"DefaultSalesTax\":\"Tax Inclusive\",\"PeriodLockDate\":\"\\/Date(1793491200000+0000)\\/\"}],"
      "\"Accounts\":[{\"AccountID\":\"" CONTACT "\",\"Code\":\"200\",\"Name\":\"Sales\",\"Type\":\"REVENUE\","
      "\"Class\":\"REVENUE\",\"TaxType\":\"OUTPUT2\",\"Status\":\"ACTIVE\"},"
      "{\"AccountID\":\"" CONTACT "\",\"Status\":\"ARCHIVED\"}],"
      "\"TaxRates\":[{\"TaxType\":\"OUTPUT2\",\"Name\":\"15% "
      "GST\",\"EffectiveRate\":15.0000,\"Status\":\"ACTIVE\","
      "\"CanApplyToRevenue\":true},{\"TaxType\":\"INPUT\",\"EffectiveRate\":12.5,\"Status\":\"DELETED\"}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLedgerOrganisation) organisation
      = test_await_record (cs_xero_get_organisation (world->xero), &error);
  g_autoptr (GPtrArray) accounts
      = test_await_array (cs_xero_read_list (world->xero, CS_LEDGER_LIST_ACCOUNTS), &error);
  g_autoptr (GPtrArray) rates
      = test_await_array (cs_xero_read_list (world->xero, CS_LEDGER_LIST_TAX_RATES), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (organisation->short_code, ==, "!a1B2c");
  g_assert_cmpstr (organisation->currency.code, ==, "NZD");
  g_assert_cmpint (organisation->default_tax_mode, ==, CS_TAX_MODE_INCLUSIVE);
  g_assert_cmpint (organisation->period_lock.days, ==, cs_date_from_parts (2026, 11, 1).days);
  g_assert_false (cs_date_is_set (organisation->year_lock));
  g_assert_cmpuint (accounts->len, ==, 2);
  g_assert_cmpstr (((CsLedgerAccount *)g_ptr_array_index (accounts, 0))->class_name, ==, "REVENUE");
  g_assert_false (((CsLedgerAccount *)g_ptr_array_index (accounts, 1))->is_active);
  g_assert_cmpint (((CsLedgerTaxRate *)g_ptr_array_index (rates, 0))->rate.units, ==, 150000);
  g_assert_true (((CsLedgerTaxRate *)g_ptr_array_index (rates, 0))->applies_to_revenue);
  g_assert_false (((CsLedgerTaxRate *)g_ptr_array_index (rates, 1))->is_active);
}

static void
test_tenants (void)
{
  g_autoptr (World) world = world_new (
      200,
      "[{\"id\":\"1f0c4c77-2d7b-4c55-9a1e-6b4a0c5b7d10\",\"tenantId\":\"8d3b0b9e-5b0c-4a5e-8f55-"
      "0a7a4e1f9c22\","
      "\"tenantType\":\"ORGANISATION\",\"tenantName\":\"Example\",\"updatedDateUtc\":\"2026-11-20T03:14:15."
      "9282100\"},"
      "{\"id\":\"x\",\"tenantId\":\"y\",\"tenantType\":\"PRACTICE\"},{\"tenantType\":\"ORGANISATION\"},7]");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tenants = test_await_array (cs_xero_list_tenants (world->http, world->hosts), &error);
  const CsXeroTenant *tenant;

  g_assert_no_error (error);
  g_assert_cmpuint (tenants->len, ==, 1);
  tenant = g_ptr_array_index (tenants, 0);
  g_assert_cmpstr (tenant->connection_id, ==, "1f0c4c77-2d7b-4c55-9a1e-6b4a0c5b7d10");
  g_assert_cmpstr (tenant->tenant_id, ==, "8d3b0b9e-5b0c-4a5e-8f55-0a7a4e1f9c22");
  g_assert_null (test_request_header (test_server_get_last (world->server), "xero-tenant-id"));
}

static void
test_delete_connection (void)
{
  g_autoptr (World) world = world_new (204, "");
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (cs_xero_delete_connection (world->http, world->hosts, "abc"), &error));
  g_assert_cmpstr (test_server_get_last (world->server)->method, ==, "DELETE");
  g_assert_cmpstr (test_server_get_last (world->server)->path, ==, "/connections/abc");
  world->canned = (Canned){ 404, "{}" };
  g_assert_true (test_await (cs_xero_delete_connection (world->http, world->hosts, "abc"), &error));
  g_assert_no_error (error);
  world->canned = (Canned){ 403, "{}" };
  g_assert_false (test_await (cs_xero_delete_connection (world->http, world->hosts, "abc"), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_FORBIDDEN);
}

#define SAVED                                                                                                \
  "{\"Invoices\":[{\"Type\":\"ACCREC\",\"InvoiceID\":\"" CONTACT                                             \
  "\",\"InvoiceNumber\":\"EX-1\",\"Status\":\"AUTHORISED\","                                                 \
  "\"CurrencyCode\":\"NZD\",\"Total\":186.50,\"StatusAttributeString\":\"%s\",\"HasErrors\":%s,%s\"More\":"  \
  "1}]}"

static CsLedgerInvoice *
create (World *world, GError **error)
{
  g_autoptr (GBytes) body = bytes_of ("{\"Invoices\":[{\"x\":20.3500}]}");

  return test_await_record (cs_xero_create_invoice (world->xero, body, "op-1", NULL), error);
}

static void
test_create (void)
{
  g_autofree char *saved = g_strdup_printf (SAVED, "OK", "false", "");
  g_autoptr (World) world = world_new (200, saved);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLedgerInvoice) invoice = create (world, &error);
  const TestRequest *request = test_server_get_last (world->server);

  g_assert_no_error (error);
  g_assert_cmpstr (invoice->number, ==, "EX-1");
  assert_money (invoice->total, 18650);
  g_assert_cmpstr (request->method, ==, "PUT");
  g_assert_cmpstr (request->path, ==, "/api.xro/2.0/Invoices");
  g_assert_cmpstr (request->query, ==, "summarizeErrors=false&unitdp=4");
  g_assert_cmpstr (request->body, ==, "{\"Invoices\":[{\"x\":20.3500}]}");
  g_assert_cmpstr (test_request_header (request, "Idempotency-Key"), ==, "op-1");
  g_assert_cmpstr (test_request_header (request, "Content-Type"), ==, "application/json");
}

static void
test_create_contact (void)
{
  g_autoptr (World) world = world_new (200, "{\"Contacts\":[{\"ContactID\":\"" CONTACT
                                            "\",\"Name\":\"A\",\"HasValidationErrors\":false}]}");
  g_autoptr (GBytes) body = bytes_of ("{}");
  g_autoptr (GError) error = NULL;
  CsRemoteFailure failure = { 0 };
  g_autoptr (CsLedgerContact) contact
      = test_await_record (cs_xero_create_contact (world->xero, body, NULL, &failure), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (contact->remote_id, ==, CONTACT);
  g_assert_cmpstr (test_server_get_last (world->server)->query, ==, "summarizeErrors=false");
  world->canned = (Canned){ 429, "", "Retry-After", "5" };
  g_assert_null (test_await_record (cs_xero_create_contact (world->xero, body, NULL, &failure), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_USED_UP);
  g_assert_cmpint (failure.retry_after_ms, ==, 5000);
  cs_remote_failure_clear (&failure);
}

static void
assert_create (guint status, const char *body, CsRemoteError code, const char *words)
{
  g_autoptr (World) world = world_new (status, body);
  g_autoptr (GError) error = NULL;

  g_test_message ("%u %s", status, body);
  g_assert_null (create (world, &error));
  g_assert_error (error, CS_REMOTE_ERROR, (int)code);
  if (words != NULL && strstr (error->message, words) == NULL)
    g_error ("not in: %s", error->message);
  g_assert_cmpuint (world->server->requests->len, ==, 1);
}

/* HTTP 200 does not mean saved (7.3); nor does it mean anything when it can't be read. */
static void
test_create_refused (void)
{
  g_autofree char *in_200 = g_strdup_printf (
      SAVED, "ERROR", "true",
      "\"ValidationErrors\":[{\"Message\":\"One.\"},{\"Description\":\"Two.\"},{\"Message\":\"One.\"}],"
      "\"Contact\":{\"ValidationErrors\":[{\"Message\":\"Four.\"}]},"
      "\"LineItems\":[{\"ValidationErrors\":[{\"Message\":\"Three.\"}]}],");
  g_autofree char *warned
      = g_strdup_printf (SAVED, "WARNING", "false", "\"Warnings\":[{\"Message\":\"Hm.\"}],");
  g_autoptr (World) world = world_new (200, warned);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLedgerInvoice) invoice = create (world, &error);

  g_assert_no_error (error);
  g_assert_nonnull (invoice);
  assert_create (200, in_200, CS_REMOTE_ERROR_REFUSED, "One. Two. Three. Four.");
  assert_create (
      400,
      "{\"ErrorNumber\":10,\"Type\":\"ValidationException\",\"Message\":\"A validation exception occurred\","
      "\"Elements\":[{\"LineItems\":[{\"ValidationErrors\":[{\"Message\":\"Deep.\"}]}],"
      "\"ValidationErrors\":[{\"Message\":\"Account code '20O' is not a valid code for this document.\"}]}]}",
      CS_REMOTE_ERROR_REFUSED, "Account code '20O' is not a valid code for this document. Deep.");
  assert_create (
      400,
      "{\"ErrorNumber\":14,\"Type\":\"PostDataInvalidException\",\"Message\":\"Unrecognized Guid format.\"}",
      CS_REMOTE_ERROR_REFUSED, "Unrecognized Guid format.");
  assert_create (403, "{\"Title\":\"Forbidden\",\"Detail\":\"AuthenticationUnsuccessful\"}",
                 CS_REMOTE_ERROR_FORBIDDEN, "AuthenticationUnsuccessful");
  assert_create (404, "{\"Detail\":\"x\"}", CS_REMOTE_ERROR_NOT_FOUND, NULL);
  assert_create (500, "{\"Type\":\"UnknownErrorException\",\"Message\":\"Oh.\"}",
                 CS_REMOTE_ERROR_UNKNOWN_OUTCOME, "Oh.");
  /* a 5xx stays one, whatever its body claims */
  assert_create (500, "{\"ErrorNumber\":10,\"Elements\":[{\"ValidationErrors\":[{\"Message\":\"No.\"}]}]}",
                 CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL);
  assert_create (200, "", CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL);
  assert_create (200, "{\"Invoices\":[]}", CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL);
  assert_create (200, "{\"Invoices\":[{}]}", CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL);
  assert_create (200, "{\"Invoices\":[{},{}]}", CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL);
  assert_create (200, "{\"Invoices\":[{\"InvoiceID\":\"00000000-0000-0000-0000-000000000000\"}]}",
                 CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL);
  assert_create (200, "{\"Invoices\":", CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL);
  assert_create (0, NULL, CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL);
}

static DexFuture *
authorise (gboolean stale, gpointer data)
{
  guint *n_stale = data;

  *n_stale += stale;
  return dex_future_new_for_string (stale ? "fresh-token" : "old-token");
}

static void
check_unauthorised (const char *body, const char *challenge, guint expected_stale, guint expected_requests)
{
  g_autoptr (World) world = world_new (401, body);
  g_autoptr (GError) error = NULL;
  guint n_stale = 0;

  world->canned.header = challenge != NULL ? "WWW-Authenticate" : NULL;
  world->canned.value = challenge;
  cs_http_set_authorise (world->http, authorise, &n_stale);
  g_assert_null (test_await_record (cs_xero_get_organisation (world->xero), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_FORBIDDEN);
  g_assert_cmpuint (n_stale, ==, expected_stale);
  g_assert_cmpuint (world->server->requests->len, ==, expected_requests);
}

/* 7.1: one 401 is an old token, another a missing scope, and only the first is worth a refresh. */
static void
test_unauthorised (void)
{
  check_unauthorised ("{\"Detail\":\"TokenExpired: token expired\"}", NULL, 1, 2);
  check_unauthorised ("", NULL, 1, 2);
  check_unauthorised ("{\"Detail\":\"AuthorizationUnsuccessful\"}", NULL, 0, 1);
  check_unauthorised ("{}", "Bearer error=\"insufficient_scope\"", 0, 1);
  check_unauthorised ("{}", "Bearer error=\"insufficent_scope\"", 0, 1);
}

static void
test_find_contact (void)
{
  g_autoptr (World) world = world_new (200, "{\"Contacts\":[{\"ContactID\":\"" CONTACT
                                            "\",\"ContactNumber\":\"CL/ 1\",\"Name\":\"A\"}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLedgerContact) contact
      = test_await_record (cs_xero_find_contact (world->xero, "CL/ 1"), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (contact->remote_id, ==, CONTACT);
  g_assert_cmpstr (test_server_get_last (world->server)->path, ==, "/api.xro/2.0/Contacts/CL/ 1");
  /* another number than asked for is nobody */
  g_assert_null (test_await_record (cs_xero_find_contact (world->xero, "CL-2"), &error));
  g_assert_no_error (error);
  world->canned = (Canned){ 404, "{}" };
  g_assert_null (test_await_record (cs_xero_find_contact (world->xero, "CL-2"), &error));
  g_assert_no_error (error);
  world->canned = (Canned){ 503, "{}" };
  g_assert_null (test_await_record (cs_xero_find_contact (world->xero, "CL-2"), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TRY_LATER);
}

#define FOUND(id, type, number, status)                                                                      \
  "{\"InvoiceID\":\"2f0c3a1e-7a51-4f58-9a53-0c2b51f3a10" id "\",\"Type\":\"" type                            \
  "\",\"InvoiceNumber\":\"" number "\",\"Status\":\"" status "\",\"CurrencyCode\":\"NZD\"}"

static void
test_find_invoice (void)
{
  g_autoptr (World) world
      = world_new (200, "{\"Invoices\":[" FOUND ("1", "ACCPAY", "EX-1", "PAID") "," FOUND (
                            "2", "ACCREC", "EX-10",
                            "DRAFT") "," FOUND ("3", "ACCREC", "EX-1",
                                                "DELETED") "," FOUND ("4", "ACCREC", "EX-1", "DRAFT") "]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLedgerInvoice) invoice
      = test_await_record (cs_xero_find_invoice (world->xero, "EX-1"), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (invoice->remote_id, ==, "2f0c3a1e-7a51-4f58-9a53-0c2b51f3a104");
  g_assert_cmpstr (test_server_get_last (world->server)->query, ==,
                   "InvoiceNumbers=EX-1&page=1&pageSize=1000&unitdp=4");
  g_assert_null (test_await_record (cs_xero_find_invoice (world->xero, "ex-1"), &error));
  g_assert_no_error (error);
  g_assert_null (test_await_record (cs_xero_find_invoice (world->xero, "EX-1,EX-2"), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
}

/* xero-accounting.md 9.7 */
static void
test_history (void)
{
  g_autoptr (World) world = world_new (
      200,
      "{\"HistoryRecords\":[{\"Changes\":\"Created\",\"DateUTC\":\"\\/Date(1795248062000+0000)\\/\",\"User\":"
      "\"Mia <b>\",\"Details\":\"x\"},{\"Changes\":\"Note\",\"DateUTC\":\"\\/Date(1795248063000+0000)\\/"
      "\",\"TaxNumber\":\"123\"}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes
      = test_await_array (cs_xero_read_history (world->xero, "2f0c3a1e-7a51-4f58-9a53-0c2b51f3a104"), &error);
  const CsLedgerNote *newest;
  const CsLedgerNote *oldest;

  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 2);
  newest = notes->pdata[0];
  oldest = notes->pdata[1];
  g_assert_cmpstr (newest->change, ==, "Note");
  g_assert_cmpstr (newest->user, ==, "");
  g_assert_cmpstr (oldest->user, ==, "Mia <b>");
  g_assert_cmpstr (oldest->details, ==, "x");
  g_assert_cmpint (oldest->at_ms, ==, G_GINT64_CONSTANT (1795248062000));
  g_assert_true (g_str_has_suffix (test_server_get_last (world->server)->path,
                                   "/Invoices/2f0c3a1e-7a51-4f58-9a53-0c2b51f3a104/History"));
  world->canned = (Canned){ 404, "{}" };
  g_assert_null (test_await_array (cs_xero_read_history (world->xero, "no/such"), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_NOT_FOUND);
}

/* JSON where a PDF was asked for is no PDF. */
static void
test_pdf_is_one (void)
{
  g_autoptr (World) world = world_new (200, "{\"Invoices\":[]}");
  g_autoptr (GError) error = NULL;

  g_assert_null (test_await_record (cs_xero_get_invoice_pdf (world->xero, "an-id"), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_BAD_REPLY);
  g_clear_error (&error);
  world->canned = (Canned){ 404, "{}" };
  g_assert_null (test_await_record (cs_xero_get_invoice_pdf (world->xero, "an-id"), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_NOT_FOUND);
}

static void
count_answered (const CsHttpResponse *response, gpointer data)
{
  (*(int *)data)--;
}

static DexFuture *
count_acquired (gboolean is_push, gpointer data)
{
  (*(int *)data)++;
  g_assert_true (is_push);
  return dex_future_new_for_boolean (TRUE);
}

/* A push that nobody waits for any more is stopped, gives its permit back, and leaves the caller's record
 * alone. */
static void
test_dropped_create (void)
{
  for (int turns = 0; turns < 12; turns++)
    {
      g_autoptr (World) world = world_new (429, "");
      g_autoptr (GBytes) body = bytes_of ("{}");
      int n_held = 0;
      CsHttpHooks hooks = { count_acquired, count_answered, NULL, &n_held };
      CsRemoteFailure *failure = g_new0 (CsRemoteFailure, 1);
      DexFuture *future;

      cs_http_set_hooks (world->http, &hooks);
      future = cs_xero_create_invoice (world->xero, body, "k", failure);
      for (int i = 0; i < turns; i++)
        g_main_context_iteration (NULL, FALSE);
      dex_unref (future);
      cs_remote_failure_clear (failure);
      g_free (failure);
      test_settle ();
      g_assert_cmpint (n_held, ==, 0);
      g_assert_cmpuint (world->server->requests->len, <=, 1);
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/xero/decode/invoices", test_decode_invoices);
  g_test_add_func ("/xero/decode/contacts", test_decode_contacts);
  g_test_add_func ("/xero/decode/ids", test_decode_ids);
  g_test_add_func ("/xero/decode/wrong", test_decode_wrong);
  g_test_add_func ("/xero/decode/settlements", test_decode_settlements);
  g_test_add_func ("/xero/decode/settlements-whole", test_settlement_is_whole);
  g_test_add_func ("/xero/decode/lists", test_decode_lists);
  g_test_add_func ("/xero/reads", test_reads);
  g_test_add_func ("/xero/reads/ids", test_reads_too_many_ids);
  g_test_add_func ("/xero/reads/too-many", test_too_many);
  g_test_add_func ("/xero/settings", test_settings);
  g_test_add_func ("/xero/tenants", test_tenants);
  g_test_add_func ("/xero/delete-connection", test_delete_connection);
  g_test_add_func ("/xero/create", test_create);
  g_test_add_func ("/xero/create-contact", test_create_contact);
  g_test_add_func ("/xero/create-refused", test_create_refused);
  g_test_add_func ("/xero/unauthorised", test_unauthorised);
  g_test_add_func ("/xero/dropped-create", test_dropped_create);
  g_test_add_func ("/xero/find-contact", test_find_contact);
  g_test_add_func ("/xero/find-invoice", test_find_invoice);
  g_test_add_func ("/xero/history", test_history);
  g_test_add_func ("/xero/pdf-is-one", test_pdf_is_one);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
