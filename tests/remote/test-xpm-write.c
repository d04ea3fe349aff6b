/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-xml.h"
#include "cs-xpm-write.h"

#include "remote-test.h"

#include <string.h>

#define CLIENT "aaaaaaaa-0000-4000-8000-000000000001"

/* One client at a server of the test's own. */
typedef struct
{
  CsWorkFields *fields;
  const char *prospect;    /* (nullable): not told at all */
  gboolean keeps_prospect; /* takes the promotion, and does not do it */
  gboolean ignores_phone;
  guint n_conflicts;          /* so many 409 first */
  const char *seen_elsewhere; /* (nullable): what somebody writes as phone with the first 409 */
} There;

typedef struct
{
  There there;
  TestServer *server;
  CsHttp *http;
  CsXpm *xpm;
} Fixture;

static const struct
{
  CsWorkField field;
  const char *read, *written;
} names[] = { { CS_WORK_FIELD_NAME, "Name", "Name" },
              { CS_WORK_FIELD_EMAIL, "Email", "Email" },
              { CS_WORK_FIELD_PHONE, "Phone", "Phone" },
              { CS_WORK_FIELD_WEBSITE, "Website", "WebSite" },
              { CS_WORK_FIELD_CITY, "City", "City" } };

static char *
show (There *there)
{
  GString *text
      = g_string_new ("<Response><Status>OK</Status><WebUrl>https://practicemanager.xero.com/Client/7/Detail"
                      "</WebUrl><Client><UUID>" CLIENT "</UUID><TaxNumber>******123</TaxNumber>");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = g_markup_escape_text (there->fields->values[names[i].field], -1);

      g_string_append_printf (text, "<%s>%s</%s>", names[i].read, value, names[i].read);
    }
  if (there->prospect != NULL)
    g_string_append_printf (text, "<IsProspect>%s</IsProspect>", there->prospect);
  g_string_append (text, "</Client></Response>");
  return g_string_free (text, FALSE);
}

/* An element that is not sent keeps its value, an empty one clears it. */
static void
take (There *there, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GError) error = NULL;
  g_autoptr (CsXmlDocument) document = cs_xml_document_parse (bytes, &error);
  const CsXmlElement *root;
  g_autofree char *prospect = NULL;

  g_assert_no_error (error);
  root = cs_xml_document_get_root (document);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = cs_xml_dup_text (root, names[i].written);

      if (value != NULL && !(there->ignores_phone && names[i].field == CS_WORK_FIELD_PHONE))
        g_set_str (&there->fields->values[names[i].field], value);
    }
  prospect = cs_xml_dup_text (root, "IsProspect");
  if (prospect != NULL && !there->keeps_prospect)
    there->prospect = "No";
}

static void
on_request (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  There *there = server->data;
  g_autofree char *body = NULL;

  if (g_str_equal (request->method, "PUT") && there->n_conflicts > 0)
    {
      there->n_conflicts--;
      if (there->seen_elsewhere != NULL)
        g_set_str (&there->fields->values[CS_WORK_FIELD_PHONE], there->seen_elsewhere);
      test_answer (message, 409, "text/xml", "<Response><Status>ERROR</Status></Response>");
      return;
    }
  if (g_str_equal (request->method, "PUT"))
    take (there, request->body);
  body = show (there);
  test_answer (message, 200, "text/xml; charset=utf-8", body);
}

static CsWorkFields *
fields_of (const char *name, const char *email, const char *phone)
{
  CsWorkFields *fields = cs_work_fields_new ();

  fields->values[CS_WORK_FIELD_NAME] = g_strdup (name);
  fields->values[CS_WORK_FIELD_EMAIL] = g_strdup (email);
  fields->values[CS_WORK_FIELD_PHONE] = g_strdup (phone);
  return fields;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsHosts) hosts = NULL;

  fixture->there.fields = fields_of ("Kauri", "office@kauri.example", "1");
  fixture->there.fields->values[CS_WORK_FIELD_WEBSITE] = g_strdup ("kauri.example");
  fixture->there.fields->values[CS_WORK_FIELD_CITY] = g_strdup ("Wellington");
  fixture->server = test_server_new (on_request, &fixture->there);
  fixture->http = test_http_new ();
  hosts = cs_xpm_hosts_new_loopback (fixture->server->base, NULL);
  fixture->xpm = cs_xpm_new (fixture->http, hosts, "tenant-1");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_settle ();
  cs_xpm_unref (fixture->xpm);
  cs_http_unref (fixture->http);
  test_server_free (fixture->server);
  cs_work_fields_free (fixture->there.fields);
}

static void
assert_body (GBytes *body, const char *expected)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_cmpstr (text, ==, expected);
}

static CsPlannedJob *
make_job (void)
{
  CsPlannedJob *job = cs_planned_job_new ();
  CsCurrency currency;

  g_assert_true (cs_currency_parse ("NZD", &currency, NULL));
  g_set_str (&job->name, "FY26 <accounts> & tax");
  g_set_str (&job->description, "Accepted\x01\nCS-1");
  g_set_str (&job->client_order_number, "PROP-0042");
  job->start = cs_date_from_parts (2026, 7, 1);
  job->due = cs_date_from_parts (2026, 9, 30);
  g_ptr_array_add (job->template_ids, g_strdup ("eeee-1"));
  g_ptr_array_add (job->template_ids, g_strdup ("eeee-2"));
  g_assert_true (cs_money_parse ("2400", currency, &job->budget, NULL));
  job->has_budget = TRUE;
  return job;
}

/* xpm.md 7.1 to 7.4, U-24 */
static void
test_encode_jobs (void)
{
  g_autoptr (CsPlannedJob) job = make_job ();
  g_autoptr (GBytes) whole = cs_xpm_encode_job (job, CLIENT);
  g_autoptr (GBytes) template = cs_xpm_encode_template ("J1", "eeee-2");
  g_autoptr (GBytes) manager = cs_xpm_encode_assignment ("J1", CS_XPM_ROLE_MANAGER, "bbbb-1");
  g_autoptr (GBytes) partner = cs_xpm_encode_assignment ("J1", CS_XPM_ROLE_PARTNER, "bbbb-1");
  g_autoptr (GBytes) staff = cs_xpm_encode_assignment ("J1", CS_XPM_ROLE_STAFF, "bbbb-1");
  g_autoptr (GBytes) state = cs_xpm_encode_state ("J1", "INPROGRESS");
  g_autoptr (GBytes) least = NULL;

  assert_body (whole,
               "<Job><Name>FY26 &lt;accounts&gt; &amp; tax</Name><Description>Accepted\nCS-1</Description>"
               "<ClientUUID>" CLIENT "</ClientUUID><StartDate>20260701</StartDate><DueDate>20260930</DueDate>"
               "<ClientNumber>PROP-0042</ClientNumber><TemplateUUID>eeee-1</TemplateUUID>"
               "<Budget>2400.00</Budget></Job>");
  assert_body (template,
               "<Job><ID>J1</ID><TemplateUUID>eeee-2</TemplateUUID><TaskMode>AddNew</TaskMode></Job>");
  assert_body (manager, "<Job><ID>J1</ID><add-manager uuid=\"bbbb-1\"/></Job>");
  assert_body (partner, "<Job><ID>J1</ID><add-partner uuid=\"bbbb-1\"/></Job>");
  assert_body (staff, "<Job><ID>J1</ID><add uuid=\"bbbb-1\"/></Job>");
  assert_body (state, "<Job><ID>J1</ID><State>INPROGRESS</State></Job>");
  g_ptr_array_set_size (job->template_ids, 0);
  g_set_str (&job->category_id, "ffff-1");
  job->has_budget = FALSE;
  job->due = CS_DATE_NONE;
  least = cs_xpm_encode_job (job, CLIENT);
  assert_body (least,
               "<Job><Name>FY26 &lt;accounts&gt; &amp; tax</Name><Description>Accepted\nCS-1</Description>"
               "<ClientUUID>" CLIENT "</ClientUUID><StartDate>20260701</StartDate>"
               "<ClientNumber>PROP-0042</ClientNumber><CategoryUUID>ffff-1</CategoryUUID></Job>");
}

/* xpm.md 5.3, 5.4 */
static void
test_encode_clients (void)
{
  g_autoptr (CsWorkFields) fields = fields_of ("Kauri & Sons", "", "+64 4");
  g_autoptr (CsWorkContact) contact = cs_work_contact_new ();
  g_autoptr (GBytes) added = NULL;
  g_autoptr (GBytes) updated = NULL;
  g_autoptr (GBytes) promoted = cs_xpm_encode_promotion (CLIENT, "Kauri");

  fields->values[CS_WORK_FIELD_WEBSITE] = g_strdup ("https://kauri.example");
  fields->values[CS_WORK_FIELD_EXPORT_CODE] = g_strdup ("CL-000123");
  fields->values[CS_WORK_FIELD_MANAGER] = g_strdup ("");
  fields->values[CS_WORK_FIELD_PARTNER] = g_strdup ("bbbb-1");
  g_set_str (&contact->name, "Aroha Ngata");
  g_set_str (&contact->email, "aroha@kauri.example");
  added = cs_xpm_encode_client (fields, contact);
  assert_body (
      added,
      "<Client><Name>Kauri &amp; Sons</Name><Phone>+64 4</Phone><WebSite>https://kauri.example</WebSite>"
      "<ExportCode>CL-000123</ExportCode><AccountManagerUUID>bbbb-1</AccountManagerUUID>"
      "<Contacts><Contact><Name>Aroha Ngata</Name><IsPrimary>Yes</IsPrimary>"
      "<Email>aroha@kauri.example</Email></Contact></Contacts></Client>");
  updated = cs_xpm_encode_client_update (CLIENT, fields);
  assert_body (updated,
               "<Client><UUID>" CLIENT "</UUID><Name>Kauri &amp; Sons</Name><Email/><Phone>+64 4</Phone>"
               "<WebSite>https://kauri.example</WebSite><ExportCode>CL-000123</ExportCode>"
               "<AccountManagerUUID>bbbb-1</AccountManagerUUID></Client>");
  assert_body (promoted,
               "<Client><UUID>" CLIENT "</UUID><Name>Kauri</Name><IsProspect>No</IsProspect></Client>");
}

/* The names of elements that the official description of the API has for a request. */
static char *
read_schema (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "openapi",
                                                 "xero-practicemanager-v3-1.yaml", NULL);
  g_autofree char *text = NULL;
  g_autofree char *start = g_strdup_printf ("\n    %s:\n", name);
  char *found;
  char *end;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  found = strstr (text, start);
  g_assert_nonnull (found);
  end = strstr (found + strlen (start), "Dto:\n");
  return g_utf8_strdown (found, end != NULL ? end - found : -1);
}

static void
assert_in_schema (GBytes *body, const char *name)
{
  g_autofree char *schema = read_schema (name);
  g_autoptr (CsXmlDocument) document = cs_xml_document_parse (body, NULL);
  CsXmlIterator iterator;
  const CsXmlElement *element;

  cs_xml_iterator_init (&iterator, cs_xml_document_get_root (document), NULL);
  while ((element = cs_xml_iterator_next (&iterator)) != NULL)
    {
      g_autofree char *lower = g_utf8_strdown (cs_xml_get_name (element), -1);
      g_autofree char *member = g_strdup_printf ("        %s:\n", lower);

      g_test_message ("%s of %s", lower, name);
      g_assert_nonnull (strstr (schema, member));
    }
}

/* All that we ever write, against the official description; and K-14: of all fields filled in, none is one
 * that must not travel. */
static void
test_schema (void)
{
  g_autofree char *there = read_schema ("JobAddRequestDto");
  g_autoptr (CsPlannedJob) job = make_job ();
  g_autoptr (CsWorkFields) fields = cs_work_fields_new ();
  GBytes *bodies[6];
  static const char *const schemas[]
      = { "ClientAddRequestDto",        "ClientUpdateRequestDto", "JobAddRequestDto",
          "JobApplyTemplateRequestDto", "JobStateRequestDto",     "JobAssignRequestDto" };
  static const char *const denied[] = { "Tax", "Bank", "BirthD", "DateOf", "Company", "Business", "GST" };

  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    fields->values[i] = g_strdup ("x");
  bodies[0] = cs_xpm_encode_client (fields, NULL);
  bodies[1] = cs_xpm_encode_client_update (CLIENT, fields);
  bodies[2] = cs_xpm_encode_job (job, CLIENT);
  bodies[3] = cs_xpm_encode_template ("J1", "t");
  bodies[4] = cs_xpm_encode_state ("J1", "s");
  bodies[5] = cs_xpm_encode_assignment ("J1", CS_XPM_ROLE_PARTNER, "s");
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (bodies[i], NULL), g_bytes_get_size (bodies[i]));

      for (gsize j = 0; j < G_N_ELEMENTS (denied); j++)
        if (i < 2)
          g_assert_null (strstr (text, denied[j]));
    }
  if (there == NULL)
    g_test_skip ("The official description of the API isn't here");
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      if (there != NULL)
        assert_in_schema (bodies[i], schemas[i]);
      g_bytes_unref (bodies[i]);
    }
}

static CsXpmUpdate *
update (Fixture *fixture, const CsWorkFields *base, const CsWorkFields *ours, CsWorkSync direction)
{
  g_autoptr (GError) error = NULL;
  CsXpmUpdate *done = test_await_record (
      cs_xpm_update_client (fixture->xpm, CLIENT, base, ours, direction, CS_WORK_LEVEL_EVERYTHING), &error);

  g_assert_no_error (error);
  return done;
}

static guint
count_puts (Fixture *fixture)
{
  return test_server_count (fixture->server, "PUT", "/practicemanager/3.1/client.api/update");
}

/* X-18, K-1, xpm.md 5.4: read, merged, all written, compared. */
static void
test_update (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsWorkFields) base = fields_of ("Kauri", "office@kauri.example", "0");
  g_autoptr (CsWorkFields) ours = fields_of ("Kauri & Sons", "office@kauri.example", "0");
  g_autoptr (CsXpmUpdate) done = update (fixture, base, ours, CS_WORK_SYNC_BOTH);
  const TestRequest *request = test_server_get_last (fixture->server);

  g_assert_true (done->was_written);
  g_assert_cmpuint (done->n_differing, ==, 0);
  g_assert_cmpuint (done->merge->n_taken, ==, 1); /* the phone, which changed there */
  g_assert_cmpstr (done->merge->here->values[CS_WORK_FIELD_PHONE], ==, "1");
  g_assert_cmpstr (fixture->there.fields->values[CS_WORK_FIELD_NAME], ==, "Kauri & Sons");
  g_assert_cmpstr (fixture->there.fields->values[CS_WORK_FIELD_PHONE], ==, "1");
  g_assert_cmpstr (fixture->there.fields->values[CS_WORK_FIELD_CITY], ==, "Wellington");
  g_assert_nonnull (strstr (request->body, "<City>Wellington</City>"));
  g_assert_nonnull (strstr (request->body, "<WebSite>kauri.example</WebSite>"));
  g_assert_null (strstr (request->body, "Tax"));
  g_assert_null (strchr (request->body, '*'));
}

static void
test_update_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsWorkFields) ours = fields_of ("Other", "x@y", "9");
  g_autoptr (CsXpmUpdate) from = update (fixture, ours, ours, CS_WORK_SYNC_FROM);
  g_autoptr (CsXpmUpdate) off = update (fixture, NULL, ours, CS_WORK_SYNC_OFF);
  g_autoptr (CsXpmUpdate) conflict = update (fixture, NULL, ours, CS_WORK_SYNC_BOTH);

  g_assert_false (from->was_written || off->was_written || conflict->was_written);
  g_assert_cmpuint (from->merge->n_taken, ==, 3);
  g_assert_cmpuint (conflict->merge->n_conflicts, ==, 3);
  g_assert_cmpuint (count_puts (fixture), ==, 0);
}

/* A 409 is read again and tried once; what was written meanwhile is not overwritten. */
static void
test_update_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsWorkFields) base = fields_of ("Kauri", "office@kauri.example", "1");
  g_autoptr (CsWorkFields) ours = fields_of ("Kauri & Sons", "office@kauri.example", "2");
  g_autoptr (CsXpmUpdate) done = NULL;
  g_autoptr (GError) error = NULL;

  fixture->there.n_conflicts = 1;
  fixture->there.seen_elsewhere = "3";
  done = update (fixture, base, ours, CS_WORK_SYNC_BOTH);
  g_assert_cmpuint (count_puts (fixture), ==, 2);
  g_assert_cmpuint (done->merge->n_conflicts, ==, 1);
  g_assert_cmpstr (fixture->there.fields->values[CS_WORK_FIELD_PHONE], ==, "3");
  g_assert_cmpstr (fixture->there.fields->values[CS_WORK_FIELD_NAME], ==, "Kauri & Sons");
  fixture->there.n_conflicts = 2;
  g_set_str (&fixture->there.fields->values[CS_WORK_FIELD_NAME], "Kauri");
  g_assert_null (test_await_record (
      cs_xpm_update_client (fixture->xpm, CLIENT, base, ours, CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING),
      &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED);
  g_assert_cmpuint (count_puts (fixture), ==, 4);
}

static void
test_update_does_not_stick (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsWorkFields) base = fields_of ("Kauri", "office@kauri.example", "1");
  g_autoptr (CsWorkFields) ours = fields_of ("Kauri", "new@kauri.example", "2");
  g_autoptr (CsXpmUpdate) done = NULL;

  fixture->there.ignores_phone = TRUE;
  done = update (fixture, base, ours, CS_WORK_SYNC_TO);
  g_assert_true (done->was_written);
  g_assert_cmpuint (done->n_differing, ==, 1);
  g_assert_true (done->differs[CS_WORK_FIELD_PHONE]);
}

/* X-07, K-13, xpm.md 5.6: written only to a prospect, and never believed unseen. */
static void
test_promotion (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *before;
    gboolean keeps;
    CsXpmPromotion expected;
    guint n_puts;
  } cases[] = {
    { "Yes", FALSE, CS_XPM_PROMOTION_DONE, 1 },
    { "Yes", TRUE, CS_XPM_PROMOTION_NOT_KEPT, 1 },
    { "No", FALSE, CS_XPM_PROMOTION_ALREADY, 0 },
    { NULL, FALSE, CS_XPM_PROMOTION_NOT_REPORTED, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DexFuture) future = NULL;
      g_autoptr (GError) error = NULL;
      guint before = count_puts (fixture);

      fixture->there.prospect = cases[i].before;
      fixture->there.keeps_prospect = cases[i].keeps;
      future = cs_xpm_promote_client (fixture->xpm, CLIENT);
      g_assert_true (test_await (dex_ref (future), &error));
      g_assert_no_error (error);
      g_assert_cmpint (g_value_get_int64 (dex_future_get_value (future, NULL)), ==,
                       (gint64)cases[i].expected);
      g_assert_cmpuint (count_puts (fixture) - before, ==, cases[i].n_puts);
    }
}

static void
on_cut (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  test_answer_raw (message, NULL, 0);
}

/* xpm.md 7.1: what may have been done is never called failed. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsPlannedJob) job = make_job ();
  g_autoptr (GBytes) body = cs_xpm_encode_job (job, CLIENT);
  g_autoptr (GError) error = NULL;

  fixture->server->handler = on_cut;
  g_assert_null (test_await_record (cs_xpm_send (fixture->xpm, CS_XPM_ADD_JOB, body, NULL), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
}

static void
on_any (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  test_answer (message, 200, "text/xml",
               "<Response><Status>OK</Status><Client><UUID>" CLIENT
               "</UUID></Client><Job><ID>J9</ID></Job></Response>");
}

/* xpm.md section 4: each write's verb, address and kind. */
static void
test_operations (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    CsXpmOperation operation;
    const char *method, *path;
  } cases[] = {
    { CS_XPM_ADD_CLIENT, "POST", "/practicemanager/3.1/client.api/add" },
    { CS_XPM_UPDATE_CLIENT, "PUT", "/practicemanager/3.1/client.api/update" },
    { CS_XPM_ADD_JOB, "POST", "/practicemanager/3.1/job.api/add" },
    { CS_XPM_APPLY_TEMPLATE, "POST", "/practicemanager/3.1/job.api/applytemplate" },
    { CS_XPM_ASSIGN, "PUT", "/practicemanager/3.1/job.api/assign" },
    { CS_XPM_SET_STATE, "PUT", "/practicemanager/3.1/job.api/state" },
  };
  g_autoptr (GBytes) body = g_bytes_new_static ("<x/>", 4);

  fixture->server->handler = on_any;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      DexFuture *future = cs_xpm_send (fixture->xpm, cases[i].operation, body, NULL);
      const TestRequest *request;

      g_assert_true (test_await (future, &error));
      g_assert_no_error (error);
      request = test_server_get_last (fixture->server);
      g_assert_cmpstr (request->method, ==, cases[i].method);
      g_assert_cmpstr (request->path, ==, cases[i].path);
      g_assert_cmpstr (request->body, ==, "<x/>");
      g_assert_cmpstr (test_request_header (request, "Content-Type"), ==, "application/xml; charset=utf-8");
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/xpm-write/jobs (xpm.md 7, U-24)", test_encode_jobs);
  g_test_add_func ("/xpm-write/clients (xpm.md 5.3, 5.4)", test_encode_clients);
  g_test_add_func ("/xpm-write/schema (X-10, K-14)", test_schema);
#define ADD(name, func) g_test_add ("/xpm-write/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("update (X-18, xpm.md 5.4)", test_update);
  ADD ("update of nothing (K-1)", test_update_nothing);
  ADD ("update in conflict (xpm.md 5.4)", test_update_conflict);
  ADD ("update that does not stick (U-19)", test_update_does_not_stick);
  ADD ("promotion (X-07, K-13)", test_promotion);
  ADD ("cut (xpm.md 7.1)", test_cut);
  ADD ("operations (xpm.md 4)", test_operations);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
