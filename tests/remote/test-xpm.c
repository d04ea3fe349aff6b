/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-xero.h"
#include "cs-xpm-write.h"

#include "remote-test.h"

#include <string.h>

#define CLIENT "aaaaaaaa-0000-4000-8000-000000000001"
#define OK(payload) "<Response api-method=\"X\"><Status>OK</Status>" payload "</Response>"

/* What the server says to everything, and what the test counts. */
typedef struct
{
  guint status;
  const char *type;
  char *body;
  const char *retry_after;
  GPtrArray *records;
  guint n_batches;
  guint stop_after; /* 0: never */
} Answer;

static void
on_request (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  Answer *answer = server->data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "xero-correlation-id", "11111111-2222-4333-8444-555555555555");
  soup_message_headers_replace (headers, "Date", "Sat, 21 Nov 2026 01:02:03 GMT");
  if (answer->retry_after != NULL)
    soup_message_headers_replace (headers, "Retry-After", answer->retry_after);
  test_answer (message, answer->status, answer->type, answer->body);
}

typedef struct
{
  Answer answer;
  TestServer *server;
  CsHttp *http;
  CsHosts *hosts;
  CsXpm *xpm;
} Fixture;

static void
answer_with (Fixture *fixture, guint status, const char *type, const char *body)
{
  fixture->answer.status = status;
  fixture->answer.type = type;
  g_free (fixture->answer.body);
  fixture->answer.body = g_strdup (body);
}

static void
answer_xml (Fixture *fixture, const char *body)
{
  answer_with (fixture, 200, "text/xml; charset=utf-8", body);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->answer.records = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_client_free);
  fixture->server = test_server_new (on_request, &fixture->answer);
  fixture->http = test_http_new ();
  fixture->hosts = cs_xpm_hosts_new_loopback (fixture->server->base, &error);
  g_assert_no_error (error);
  fixture->xpm = cs_xpm_new (fixture->http, fixture->hosts, "tenant-1");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_settle ();
  cs_xpm_unref (fixture->xpm);
  cs_hosts_free (fixture->hosts);
  cs_http_unref (fixture->http);
  test_server_free (fixture->server);
  g_ptr_array_unref (fixture->answer.records);
  g_free (fixture->answer.body);
}

static char *
read_corpus (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "xml", name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* xpm.md 1.1, 5.1; X-10, K-14: what is masked is not read at all. */
static void
test_get_client (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body = read_corpus ("client.xml");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsWorkClient) client = NULL;
  const TestRequest *request;
  const CsWorkContact *contact;

  answer_xml (fixture, body);
  client = test_await_record (cs_xpm_get_client (fixture->xpm, CLIENT), &error);
  g_assert_no_error (error);
  request = test_server_get_last (fixture->server);
  g_assert_cmpstr (request->method, ==, "GET");
  g_assert_cmpstr (request->path, ==, "/practicemanager/3.1/client.api/get/" CLIENT);
  g_assert_cmpstr (test_request_header (request, "xero-tenant-id"), ==, "tenant-1");
  g_assert_cmpstr (test_request_header (request, "Accept"), ==, "application/xml");
  g_assert_cmpstr (client->remote_id, ==, CLIENT);
  g_assert_cmpstr (client->web_id, ==, "900123");
  g_assert_cmpstr (cs_work_client_get (client, CS_WORK_FIELD_NAME), ==, "Kauri Plumbing Ltd");
  g_assert_cmpstr (cs_work_client_get (client, CS_WORK_FIELD_ADDRESS), ==, "12 Totara St\nTe Aro");
  g_assert_cmpstr (cs_work_client_get (client, CS_WORK_FIELD_REGION), ==, "");
  g_assert_cmpstr (cs_work_client_get (client, CS_WORK_FIELD_PARTNER), ==,
                   "bbbbbbbb-0000-4000-8000-000000000001");
  g_assert_cmpint ((int)client->is_prospect, ==, CS_TRISTATE_UNKNOWN);
  g_assert_false (client->is_archived || client->is_deleted);
  g_assert_cmpuint (client->contacts->len, ==, 1);
  contact = g_ptr_array_index (client->contacts, 0);
  g_assert_cmpstr (contact->name, ==, "Aroha Ngata");
  g_assert_true (contact->is_primary);
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    g_assert_null (strchr (client->fields->values[i], '*'));
}

static void
test_get_job (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body = read_corpus ("job.xml");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsWorkJob) job = NULL;
  g_autofree char *start = NULL;

  answer_xml (fixture, body);
  job = test_await_record (cs_xpm_get_job (fixture->xpm, "J/3 21"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (job->number, ==, "J000321");
  g_assert_cmpstr (job->client_order_number, ==, "P-1042");
  g_assert_cmpint (job->budget.units, ==, 2400 * CS_DECIMAL_ONE);
  g_assert_cmpuint (job->tasks->len, ==, 1);
  g_assert_cmpint (((CsWorkTask *)g_ptr_array_index (job->tasks, 0))->estimated_minutes, ==, 180);
  start = cs_date_to_string (job->start);
  g_assert_cmpstr (start, ==, "2026-07-01");
  g_assert_false (cs_date_is_set (job->due));
  /* A number is any text, and goes escaped; the server shows it read. */
  g_assert_cmpuint (test_server_count (fixture->server, "GET", "/practicemanager/3.1/job.api/get/J/3 21"), ==,
                    1);
}

static gboolean
keep (GPtrArray *records, gpointer data, GError **error)
{
  Answer *answer = data;

  g_assert_cmpuint (records->len, <=, CS_XPM_BATCH);
  answer->n_batches++;
  if (answer->stop_after > 0 && answer->n_batches >= answer->stop_after)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "full");
      return FALSE;
    }
  while (records->len > 0)
    g_ptr_array_add (answer->records, g_ptr_array_steal_index (records, 0));
  return TRUE;
}

static char *
make_clients (guint n, const char *before, const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "<Client><UUID>%08X-0000-4000-8000-000000000001</UUID><Name>R&D %u</Name>"
                            "<IsArchived>%s</IsArchived><IsDeleted>%s</IsDeleted></Client>",
                            i, i, i % 10 == 0 ? "Yes" : "No", i % 100 == 0 ? "Yes" : "No");
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

/* xpm.md 1.6, 5.2, X-12: all of them, archived and deleted ones too, in batches. */
static void
test_read_clients (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body
      = make_clients (1203, "<Response><Status>OK</Status><Clients>", "</Clients></Response>");
  g_autoptr (GError) error = NULL;
  g_autofree CsXpmStreamed *streamed = NULL;
  const CsWorkClient *first;

  answer_xml (fixture, body);
  streamed = test_await_record (
      cs_xpm_read_clients (fixture->xpm, G_GINT64_CONSTANT (1795219200000), keep, &fixture->answer, NULL),
      &error);
  g_assert_no_error (error);
  g_assert_cmpuint (streamed->n_records, ==, 1203);
  g_assert_cmpint (streamed->clock_ms, ==, G_GINT64_CONSTANT (1795222923000));
  g_assert_cmpuint (fixture->answer.n_batches, ==, 3);
  g_assert_cmpuint (fixture->answer.records->len, ==, 1203);
  first = g_ptr_array_index (fixture->answer.records, 0);
  g_assert_cmpstr (first->remote_id, ==, "00000000-0000-4000-8000-000000000001");
  g_assert_cmpstr (cs_work_client_get (first, CS_WORK_FIELD_NAME), ==, "R&D 0");
  g_assert_true (first->is_archived && first->is_deleted);
  g_assert_cmpstr (test_server_get_last (fixture->server)->query, ==,
                   "detailed=true&modifiedsince=2026-11-21T00:00:00");
}

/* U-19: nothing of an answer that does not say OK, whatever else it says, is taken for records. */
static void
test_read_clients_errors (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint n;
    const char *before, *after;
    CsRemoteError code;
    guint n_taken;
  } cases[] = {
    { 3, "<Response><Status>ERROR</Status><ErrorDescription>Not today</ErrorDescription><Clients>",
      "</Clients></Response>", CS_REMOTE_ERROR_REFUSED, 0 },
    { 3, "<Response><Clients>", "</Clients><Status>ERROR</Status></Response>", CS_REMOTE_ERROR_REFUSED, 0 },
    { 3, "<Response><Clients>", "</Clients></Response>", CS_REMOTE_ERROR_BAD_REPLY, 0 },
    { 3, "<Response><Status>ok</Status><Clients>", "</Clients></Response>", CS_REMOTE_ERROR_BAD_REPLY, 0 },
    { 3, "<Response><Status>OK</Status><Clients>", "</Clients>", CS_REMOTE_ERROR_BAD_REPLY, 0 },
    { 600, "<Response><Status>OK</Status><Clients>", "", CS_REMOTE_ERROR_BAD_REPLY, 500 },
    { 600, "<Response><Clients>", "</Clients><Status>OK</Status></Response>", CS_REMOTE_ERROR_BAD_REPLY, 0 },
    { 0, "<Response><Status>OK</Status><Clients><Client><Name>x</Name></Client>", "</Clients></Response>",
      CS_REMOTE_ERROR_BAD_REPLY, 0 },
    { 0, "<!DOCTYPE html><html>", "</html>", CS_REMOTE_ERROR_BAD_REPLY, 0 },
    { 0, "", "", CS_REMOTE_ERROR_BAD_REPLY, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = make_clients (cases[i].n, cases[i].before, cases[i].after);
      g_autoptr (GError) error = NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      answer_xml (fixture, body);
      g_ptr_array_set_size (fixture->answer.records, 0);
      g_assert_null (
          test_await_record (cs_xpm_read_clients (fixture->xpm, 0, keep, &fixture->answer, NULL), &error));
      g_assert_error (error, CS_REMOTE_ERROR, (gint)cases[i].code);
      g_assert_cmpuint (fixture->answer.records->len, ==, cases[i].n_taken);
      if (i == 0)
        g_assert_nonnull (strstr (error->message, "Not today"));
    }
  g_assert_cmpstr (test_server_get_last (fixture->server)->query, ==, "detailed=true");
}

static gpointer freed;

static void
note_freed (gpointer data)
{
  g_atomic_pointer_set (&freed, data);
}

static gboolean
is_freed (gpointer data)
{
  g_usleep (1000);
  g_main_context_wakeup (NULL);
  return g_atomic_pointer_get (&freed) == data;
}

static void
test_batch_stops (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body
      = make_clients (1203, "<Response><Status>OK</Status><Clients>", "</Clients></Response>");
  g_autoptr (GError) error = NULL;

  answer_xml (fixture, body);
  fixture->answer.stop_after = 2;
  g_assert_null (
      test_await_record (cs_xpm_read_clients (fixture->xpm, 0, keep, &fixture->answer, note_freed), &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_assert_cmpuint (fixture->answer.records->len, ==, 500);
  test_iterate_until (is_freed, &fixture->answer);
}

static CsDate
day (const char *text)
{
  CsDate date = CS_DATE_NONE;

  g_assert_true (cs_date_parse (text, &date, NULL));
  return date;
}

static gboolean
count_jobs (GPtrArray *records, gpointer data, GError **error)
{
  Answer *answer = data;

  answer->n_batches += records->len;
  return TRUE;
}

/* xpm.md 7.4: never more than a year at once. */
static void
test_read_jobs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree CsXpmStreamed *streamed = NULL;
  CsDate from = day ("2024-01-01");
  CsDate end = cs_xpm_get_window_end (from, day ("2026-11-28"));

  g_assert_cmpint (end.days - from.days, ==, 359);
  g_assert_cmpint (cs_xpm_get_window_end (from, day ("2024-02-01")).days, ==, day ("2024-02-01").days);
  answer_xml (fixture, OK ("<Jobs><Job><ID>J1</ID></Job><Job><ID>J2</ID></Job></Jobs>"));
  streamed = test_await_record (
      cs_xpm_read_jobs (fixture->xpm, from, end, count_jobs, &fixture->answer, NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->answer.n_batches, ==, 2);
  g_assert_cmpstr (test_server_get_last (fixture->server)->query, ==,
                   "from=20240101&to=20241225&detailed=true");
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsXpmEntries) staff = NULL;
  g_autoptr (CsXpmEntries) none = NULL;
  const CsWorkEntry *entry;

  answer_xml (
      fixture,
      OK ("<StaffList><Staff><UUID>BBBB-1</UUID><Name>Mere Tane</Name><Email>mere@firm.example</Email>"
          "<Phone /></Staff><Staff><Name>no id</Name></Staff></StaffList>"));
  staff = test_await_record (cs_xpm_read_list (fixture->xpm, CS_XPM_LIST_STAFF), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (staff->entries->len, ==, 1);
  entry = g_ptr_array_index (staff->entries, 0);
  g_assert_cmpstr (entry->remote_id, ==, "bbbb-1");
  g_assert_cmpstr (entry->email, ==, "mere@firm.example");
  answer_xml (fixture, OK ("<Categories />"));
  none = test_await_record (cs_xpm_read_list (fixture->xpm, CS_XPM_LIST_CATEGORIES), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->entries->len, ==, 0);
  g_assert_false (none->may_not_list);
}

/* xpm.md 2.2: a key that may not list templates still works with pasted ids. */
static void
test_may_not_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsXpmEntries) templates = NULL;

  answer_with (
      fixture, 403, "application/json",
      "{\"Type\":null,\"Title\":\"Forbidden\",\"Status\":403,\"Detail\":\"AuthenticationUnsuccessful\"}");
  templates = test_await_record (cs_xpm_read_list (fixture->xpm, CS_XPM_LIST_TEMPLATES), &error);
  g_assert_no_error (error);
  g_assert_true (templates->may_not_list);
  g_assert_cmpuint (templates->entries->len, ==, 0);
  g_assert_nonnull (strstr (templates->words, "AuthenticationUnsuccessful"));
  g_assert_null (test_await_record (cs_xpm_read_list (fixture->xpm, CS_XPM_LIST_STAFF), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_FORBIDDEN);
}

#define GATEWAY(status, title, detail)                                                                       \
  "{\"Type\":null,\"Title\":\"" title "\",\"Status\":" #status ",\"Detail\":\"" detail                       \
  "\",\"Instance\":\"x\",\"Extensions\":{}}"
#define ERROR_XML(words)                                                                                     \
  "<Response api-method=\"Assign\"><Status>ERROR</Status><ErrorDescription>" words                           \
  "</ErrorDescription></Response>"

/* xpm.md 1.2: every error body of the reference, to a read and to a write. */
static const struct
{
  guint status;
  const char *type;
  const char *body;
  CsRemoteError read;
  CsRemoteError write;
  const char *words;
} refusals[] = {
  { 200, "text/xml", ERROR_XML ("Invalid job identifier"), CS_REMOTE_ERROR_REFUSED, CS_REMOTE_ERROR_REFUSED,
    "Invalid job identifier" },
  { 200, "text/xml", ERROR_XML ("Invalid job template identifier"), CS_REMOTE_ERROR_REFUSED,
    CS_REMOTE_ERROR_REFUSED, "Invalid job template identifier" },
  { 200, "text/xml", ERROR_XML ("Invalid staff identifier for add request"), CS_REMOTE_ERROR_REFUSED,
    CS_REMOTE_ERROR_REFUSED, "Invalid staff identifier for add request" },
  { 200, "text/xml", ERROR_XML ("Invalid state code"), CS_REMOTE_ERROR_REFUSED, CS_REMOTE_ERROR_REFUSED,
    "Invalid state code" },
  { 200, "text/xml", ERROR_XML ("The client name is required"), CS_REMOTE_ERROR_REFUSED,
    CS_REMOTE_ERROR_REFUSED, "The client name is required" },
  { 200, "text/xml", ERROR_XML (""), CS_REMOTE_ERROR_REFUSED, CS_REMOTE_ERROR_REFUSED, NULL },
  { 400, "text/xml", ERROR_XML ("from &amp; to"), CS_REMOTE_ERROR_REFUSED, CS_REMOTE_ERROR_REFUSED,
    "from & to" },
  { 400, "application/json", "{\"status\":\"ERROR\",\"errorDescription\":\"Too long\"}",
    CS_REMOTE_ERROR_REFUSED, CS_REMOTE_ERROR_REFUSED, "Too long" },
  { 401, "application/json", GATEWAY (401, "Unauthorized", "AuthenticationUnsuccessful"),
    CS_REMOTE_ERROR_SIGN_IN_NEEDED, CS_REMOTE_ERROR_SIGN_IN_NEEDED, "AuthenticationUnsuccessful" },
  { 401, "application/json", GATEWAY (401, "Unauthorized", "AuthorizationUnsuccessful"),
    CS_REMOTE_ERROR_FORBIDDEN, CS_REMOTE_ERROR_FORBIDDEN, "AuthorizationUnsuccessful" },
  { 403, "application/json", GATEWAY (403, "Forbidden", "AuthenticationUnsuccessful"),
    CS_REMOTE_ERROR_FORBIDDEN, CS_REMOTE_ERROR_FORBIDDEN, "AuthenticationUnsuccessful" },
  { 404, "text/xml", ERROR_XML ("No contact"), CS_REMOTE_ERROR_NOT_FOUND, CS_REMOTE_ERROR_NOT_FOUND,
    "No contact" },
  { 409, "text/xml", ERROR_XML ("Changed elsewhere"), CS_REMOTE_ERROR_REFUSED, CS_REMOTE_ERROR_REFUSED,
    "Changed elsewhere" },
  { 429, NULL, NULL, CS_REMOTE_ERROR_USED_UP, CS_REMOTE_ERROR_USED_UP, NULL },
  { 500, "text/xml", ERROR_XML ("Object reference"), CS_REMOTE_ERROR_TRY_LATER,
    CS_REMOTE_ERROR_UNKNOWN_OUTCOME, "Object reference" },
  { 503, "application/json", GATEWAY (503, "Unavailable", "ServiceNotAvailable"), CS_REMOTE_ERROR_TRY_LATER,
    CS_REMOTE_ERROR_UNKNOWN_OUTCOME, "ServiceNotAvailable" },
  { 200, "text/xml", "not xml", CS_REMOTE_ERROR_BAD_REPLY, CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "text/xml", "<Response><Job/></Response>", CS_REMOTE_ERROR_BAD_REPLY,
    CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "text/xml", "<Other><Status>OK</Status></Other>", CS_REMOTE_ERROR_BAD_REPLY,
    CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "text/xml", OK ("<Job/>"), CS_REMOTE_ERROR_BAD_REPLY, CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL },
  { 200, "text/html", "<html>proxy</html>", CS_REMOTE_ERROR_BAD_REPLY, CS_REMOTE_ERROR_UNKNOWN_OUTCOME,
    NULL },
  { 200, NULL, NULL, CS_REMOTE_ERROR_BAD_REPLY, CS_REMOTE_ERROR_UNKNOWN_OUTCOME, NULL },
};

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) body = cs_xpm_encode_state ("J1", "DONE");

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) read = NULL;
      g_autoptr (GError) write = NULL;
      CsRemoteFailure failure = { 0 };

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      answer_with (fixture, refusals[i].status, refusals[i].type, refusals[i].body);
      fixture->answer.retry_after = refusals[i].status == 429 ? "22" : NULL;
      g_assert_null (test_await_record (cs_xpm_get_job (fixture->xpm, "J1"), &read));
      g_assert_error (read, CS_REMOTE_ERROR, (gint)refusals[i].read);
      g_assert_null (test_await_record (cs_xpm_send (fixture->xpm, CS_XPM_ADD_JOB, body, &failure), &write));
      g_assert_error (write, CS_REMOTE_ERROR, (gint)refusals[i].write);
      if (refusals[i].words != NULL)
        {
          g_assert_nonnull (strstr (read->message, refusals[i].words));
          g_assert_nonnull (strstr (write->message, refusals[i].words));
        }
      g_assert_cmpuint (failure.status, ==, refusals[i].status);
      g_assert_cmpstr (failure.correlation_id, ==, "11111111-2222-4333-8444-555555555555");
      g_assert_cmpint (failure.retry_after_ms, ==, refusals[i].status == 429 ? 22000 : 0);
      cs_remote_failure_clear (&failure);
    }
}

static guint n_tokens;

static DexFuture *
give_token (gboolean stale, gpointer data)
{
  n_tokens += stale ? 1 : 0;
  return dex_future_new_take_string (g_strdup_printf ("token-%u", n_tokens));
}

static void
on_expired (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  if (g_str_equal (test_request_header (request, "Authorization"), "Bearer token-0"))
    test_answer_json (message, 401,
                      GATEWAY (401, "Unauthorized", "TokenExpired: token expired at 04/29/2020 09:22:02"));
  else
    test_answer (message, 200, "text/xml", OK ("<Job><ID>J1</ID></Job>"));
}

/* xpm.md 1.2: refreshed once, sent once more. */
static void
test_token_expired (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsWorkJob) job = NULL;

  fixture->server->handler = on_expired;
  cs_http_set_authorise (fixture->http, give_token, NULL);
  job = test_await_record (cs_xpm_get_job (fixture->xpm, "J1"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_tokens, ==, 1);
  g_assert_cmpuint (fixture->server->requests->len, ==, 2);
}

/* xpm.md 5.2: the documented "&", and a token that goes to nobody else. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body = read_corpus ("paging.xml");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsXpmPage) first = NULL;
  g_autoptr (CsXpmPage) second = NULL;
  g_autoptr (CsXpmPage) last = NULL;

  answer_xml (fixture, body);
  first = test_await_record (cs_xpm_read_client_page (fixture->xpm, NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->clients->len, ==, 1);
  g_assert_cmpstr (first->next, ==, "pageToken=ZXhhbXBsZQ&pageSize=500");
  answer_xml (fixture, OK ("<Clients/><Pagination><Links><Next>https://elsewhere.example/x?pageToken=1</Next>"
                           "</Links></Pagination>"));
  second = test_await_record (cs_xpm_read_client_page (fixture->xpm, first->next), &error);
  g_assert_no_error (error);
  g_assert_null (second->next);
  g_assert_cmpstr (test_server_get_last (fixture->server)->query, ==, "pageToken=ZXhhbXBsZQ&pageSize=500");
  answer_xml (fixture, OK ("<Clients/><Pagination><Links><Next/></Links></Pagination>"));
  last = test_await_record (cs_xpm_read_client_page (fixture->xpm, NULL), &error);
  g_assert_null (last->next);
}

/* xpm.md 2.3 */
static void
test_practices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) practices = NULL;
  const CsXeroTenant *practice;

  answer_with (fixture, 200, "application/json",
               "[{\"id\":\"11111111-2222-4333-8444-555555555555\",\"tenantId\":\"0a0a0a0a-1111-4222-8333-"
               "444444444444\","
               "\"tenantType\":\"PRACTICEMANAGER\",\"tenantName\":null},"
               "{\"id\":\"21111111-2222-4333-8444-555555555555\",\"tenantId\":\"1a0a0a0a-1111-4222-8333-"
               "444444444444\","
               "\"tenantType\":\"ORGANISATION\",\"tenantName\":\"Books\"},"
               "{\"id\":\"31111111-2222-4333-8444-555555555555\",\"tenantId\":\"2a0a0a0a-1111-4222-8333-"
               "444444444444\","
               "\"tenantType\":\"PRACTICE\",\"tenantName\":\"HQ\"}]");
  practices = test_await_array (cs_xero_list_practices (fixture->http, fixture->hosts), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (practices->len, ==, 1);
  practice = g_ptr_array_index (practices, 0);
  g_assert_cmpstr (practice->tenant_name, ==, "");
  g_assert_cmpstr (practice->tenant_id, ==, "0a0a0a0a-1111-4222-8333-444444444444");
}

/* */
static void
test_references (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text, *client_id, *web_id;
  } cases[] = {
    { " AAAAAAAA-0000-4000-8000-000000000001\n", CLIENT, NULL },
    { "900123", NULL, "900123" },
    { "https://practicemanager.xero.com/Client/900123/Detail", NULL, "900123" },
    { "https://practicemanager.xero.com/Client/900123?tab=jobs", NULL, "900123" },
    { "https://practicemanager.xero.com/Client/AAAAAAAA-0000-4000-8000-000000000001/Detail", CLIENT, NULL },
    { "https://practicemanager.xero.com/Job/aaaaaaaa-0000-4000-8000-000000000001", NULL, NULL },
    { "https://elsewhere.example/Client/900123/Detail", NULL, NULL },
    { "https://practicemanager.xero.com/Job/5/Detail", NULL, NULL },
    { "Kauri", NULL, NULL },
    { "", NULL, NULL },
  };
  g_autofree char *link = cs_xpm_client_link ("900123");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *client_id = NULL;
      g_autofree char *web_id = NULL;
      g_autoptr (GError) error = NULL;
      gboolean is_known = cases[i].client_id != NULL || cases[i].web_id != NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (cs_xpm_parse_client_reference (cases[i].text, &client_id, &web_id, &error), ==,
                       is_known);
      g_assert_cmpstr (client_id, ==, cases[i].client_id);
      g_assert_cmpstr (web_id, ==, cases[i].web_id);
      g_assert_cmpint (error == NULL, ==, is_known);
    }
  g_assert_cmpstr (link, ==, "https://practicemanager.xero.com/Client/900123/Detail");
}

static void
test_hosts (void)
{
  g_autoptr (CsHosts) hosts = cs_xpm_hosts_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (hosts->api_url, ==, "https://api.xero.com/practicemanager/3.1");
  g_assert_false (hosts->is_loopback);
  g_assert_null (cs_xpm_hosts_new_loopback ("http://192.0.2.1:80", &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNTRUSTED);
}

static void
test_classify (void)
{
  g_assert_cmpint (cs_xpm_classify_refusal ("… “Invalid job template identifier”"), ==,
                   CS_XPM_REFUSAL_TEMPLATE);
  g_assert_cmpint (cs_xpm_classify_refusal ("Invalid staff identifier for add request"), ==,
                   CS_XPM_REFUSAL_STAFF);
  g_assert_cmpint (cs_xpm_classify_refusal ("Invalid state code"), ==, CS_XPM_REFUSAL_STATE);
  g_assert_cmpint (cs_xpm_classify_refusal ("Invalid job identifier"), ==, CS_XPM_REFUSAL_JOB);
  g_assert_cmpint (cs_xpm_classify_refusal ("The client name is required"), ==, CS_XPM_REFUSAL_CLIENT);
  g_assert_cmpint (cs_xpm_classify_refusal ("Nope"), ==, CS_XPM_REFUSAL_OTHER);
}

static void
add_tests (void)
{
#define ADD(name, func) g_test_add ("/xpm/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("client (xpm.md 5.1, X-10, K-14)", test_get_client);
  ADD ("job (xpm.md 7.1)", test_get_job);
  ADD ("clients (xpm.md 5.2, X-12)", test_read_clients);
  ADD ("clients that are none (U-19)", test_read_clients_errors);
  ADD ("batch stops", test_batch_stops);
  ADD ("jobs (xpm.md 7.4)", test_read_jobs);
  ADD ("lists (xpm.md 6)", test_lists);
  ADD ("may not list (xpm.md 2.2)", test_may_not_list);
  ADD ("refusals (U-19, xpm.md 1.2)", test_refusals);
  ADD ("token expired (xpm.md 1.2)", test_token_expired);
  ADD ("pages (xpm.md 5.2)", test_pages);
  ADD ("practices (xpm.md 2.3)", test_practices);
  ADD ("references (X-15, X-17)", test_references);
  g_test_add_func ("/xpm/hosts", test_hosts);
  g_test_add_func ("/xpm/classify", test_classify);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
