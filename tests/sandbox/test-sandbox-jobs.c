/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-client.h"

#include <string.h>

/* Practice Manager's jobs against xpm 6 and 7. */

static void
test_settings (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) staff = practice_get (sandbox, "staff.api/list");
  g_autofree char *id = practice_staff (sandbox, 0);
  g_autoptr (Answer) one = practice_get (sandbox, "staff.api/get/%s", id);
  g_autoptr (Answer) templates = practice_get (sandbox, "template.api/list");
  g_autoptr (Answer) categories = practice_get (sandbox, "category.api/list");
  g_autoptr (Answer) states = practice_get (sandbox, "jobstate.api/list");
  g_autoptr (Answer) tasks = practice_get (sandbox, "task.api/list");

  assert_xml (staff, "count(/Response/StaffList/Staff)", "6");
  assert_xml (staff, "count(//Staff[Name='Sam Lee'])", "2");
  assert_xml (one, "string(/Response/Staff/Email)", "mia@kauri.example");
  assert_xml (templates, "count(/Response/Templates/Template/*)", "16"); /* UUID and Name, nothing else */
  assert_xml (categories, "string(/Response/Categories/Category[1]/Name)", "Compliance");
  assert_xml (states, "count(/Response/JobStates/JobState)", "5");
  assert_xml (tasks, "count(/Response/TaskList/Task)", "8");
}

static void
test_add (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *template = practice_template (sandbox, "Annual Accounts");
  g_autofree char *staff = practice_staff (sandbox, 0);
  g_autoptr (Answer) categories = practice_get (sandbox, "category.api/list");
  g_autofree char *category = answer_xml (categories, "string(//Category[1]/UUID)");
  g_autoptr (Answer) answer = practice_post (
      sandbox, "job.api/add",
      "<Job><Name>FY26 accounts</Name><Description>Line one\nLine "
      "two</Description><ClientUUID>%s</ClientUUID>"
      "<StartDate>20260701</StartDate><DueDate>20260930</DueDate><ClientNumber>P-1042</ClientNumber>"
      "<TemplateUUID>%s</TemplateUUID><CategoryUUID>%s</CategoryUUID><Budget>2400.00</Budget>"
      "<Manager>%s</Manager><State>COMPLETED</State></Job>",
      client, template, category, staff);

  assert_ok (answer);
  assert_xml (answer, "string(//Job/ID)", "J000001");
  assert_xml (answer, "string-length(//Job/UUID)", "36");
  assert_xml (answer, "string(//Job/Client/Name)", "Kauri");
  assert_xml (answer, "string(//Job/ClientOrderNumber)", "P-1042");
  assert_xml (answer, "count(//Job/ClientNumber)", "0");
  assert_xml (answer, "string(//Job/State)", "Planned");
  assert_xml (answer, "string(//Job/Type)", "Compliance");
  assert_xml (answer, "string(//Job/Budget)", "2400.00");
  assert_xml (answer, "string(//Job/StartDate)", "2026-07-01T00:00:00");
  assert_xml (answer, "count(//Job/Manager)", "0");
  assert_xml (answer, "count(//Job/Assigned/Staff)", "0");
  assert_xml (answer, "count(//Tasks/Task)", "4");
  assert_xml (answer, "string(//Task[2]/Name)", "Prepare accounts");
  assert_xml (answer, "string(//Task[2]/EstimatedMinutes)", "180");
  assert_xml (answer, "string(//Task[2]/Completed)", "false");
  assert_xml (answer, "string(//Task[2]/Billable)", "true");
  assert_xml (answer, "//Task[2]/UUID != //Task[2]/TaskUUID", "true");
  assert_xml (answer, "count(//Milestones/Milestone)", "3");
  assert_xml (answer, "string(//Milestone[1]/Date)", "2026-07-31T00:00:00");
}

static void
test_refused (void)
{
  static const char *const bodies[][2] = {
    { "<StartDate>20260701</StartDate><DueDate>20260930</DueDate>", "The job name is required" },
    { "<Name>A</Name><DueDate>20260930</DueDate>", "Invalid start date" },
    { "<Name>A</Name><StartDate>2026-07-01</StartDate><DueDate>20260930</DueDate>", "Invalid start date" },
    { "<Name>A</Name><StartDate>20260701</StartDate><DueDate>20260931</DueDate>", "Invalid due date" },
    { "<Name>A</Name><StartDate>20260701</StartDate><DueDate>20260930</DueDate><TemplateUUID>x</"
      "TemplateUUID>",
      "Invalid job template identifier" },
    { "<Name>A</Name><StartDate>20260701</StartDate><DueDate>20260930</DueDate><CategoryUUID>x</"
      "CategoryUUID>",
      "Invalid job category identifier" },
    { "<Name>A</Name><StartDate>20260701</StartDate><DueDate>20260930</DueDate><ContactUUID>x</ContactUUID>",
      "Invalid contact identifier" },
    { "<Name>A</Name><StartDate>20260701</StartDate><DueDate>20260930</DueDate><Budget>much</Budget>",
      "Invalid budget" },
  };
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autoptr (Answer) stranger
      = practice_post (sandbox, "job.api/add",
                       "<Job><Name>A</Name><StartDate>20260701</StartDate><DueDate>20260930</DueDate></Job>");
  g_autoptr (Answer) list = NULL;

  assert_practice_error (stranger, 200, "Invalid client identifier");
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Answer) answer = practice_post (
          sandbox, "job.api/add", "<Job><ClientUUID>%s</ClientUUID>%s</Job>", client, bodies[i][0]);

      assert_practice_error (answer, 200, bodies[i][1]);
    }
  list = practice_get (sandbox, "job.api/current");
  assert_xml (list, "count(//Job)", "0");
}

/* Nothing tells a repetition from a second job; the client's jobs by order number are how to look. */
static void
test_no_idempotency (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *first = practice_make_job (sandbox, client, "<ClientNumber>P-1</ClientNumber>");
  g_autofree char *second = practice_make_job (sandbox, client, "<ClientNumber>P-1</ClientNumber>");
  g_autoptr (Answer) state = sandbox_control (sandbox, "practice", NULL);
  g_autoptr (Answer) list = practice_get (sandbox, "job.api/client/%s", client);

  g_assert_cmpstr (first, !=, second);
  assert_text (state, "/jobs_by_order_number/P-1", "2");
  assert_xml (list, "count(//Job[ClientOrderNumber='P-1'])", "2");
  assert_xml (list, "count(//Tasks)", "0");
}

/* An answer that was lost after the work leaves one job, also after a kill. */
static void
test_cut_after (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autoptr (Answer) ordered = sandbox_control (
      sandbox, "faults", "{\"method\":\"POST\",\"path\":\"" PRACTICE "job.api/add\",\"kind\":\"cut-after\"}");
  g_autoptr (Answer) lost
      = practice_post (sandbox, "job.api/add",
                       "<Job><Name>A</Name><ClientUUID>%s</ClientUUID><StartDate>20260701</StartDate>"
                       "<DueDate>20260930</DueDate><ClientNumber>P-9</ClientNumber></Job>",
                       client);
  g_autoptr (Answer) list = NULL, state = NULL;

  g_assert_cmpuint (lost->status, ==, 0);
  sandbox_kill (sandbox);
  sandbox_launch (sandbox, "empty");
  list = practice_get (sandbox, "job.api/client/%s", client);
  state = sandbox_control (sandbox, "practice", NULL);
  assert_xml (list, "count(//Job[ClientOrderNumber='P-9'])", "1");
  assert_text (state, "/jobs_by_order_number/P-9", "1");
}

static void
test_own_number (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *own = practice_make_job (sandbox, client, "<ID>ABC 50%</ID>");
  g_autofree char *taken_next = practice_make_job (sandbox, client, "<ID>J000001</ID>");
  g_autofree char *next = practice_make_job (sandbox, client, "");
  g_autoptr (Answer) twice = practice_post (
      sandbox, "job.api/add",
      "<Job><ID>abc 50%%</ID><Name>A</Name><ClientUUID>%s</ClientUUID><StartDate>20260701</StartDate>"
      "<DueDate>20260930</DueDate></Job>",
      client);
  g_autoptr (Answer) one = practice_get (sandbox, "job.api/get/ABC%%2050%%25");

  g_assert_cmpstr (own, ==, "ABC 50%");
  g_assert_cmpstr (taken_next, ==, "J000001");
  g_assert_cmpstr (next, ==, "J000002");
  assert_practice_error (twice, 200, "A job with this identifier already exists");
  assert_ok (one);
  assert_xml (one, "starts-with(/Response/WebUrl, 'https://practicemanager.xero.com/Job/')", "true");
}

static Answer *
assign (Sandbox *sandbox, const char *job, const char *operations)
{
  return practice_put (sandbox, "job.api/assign", "<Job><ID>%s</ID>%s</Job>", job, operations);
}

static void
test_assign (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *template = practice_template (sandbox, "Annual Accounts");
  g_autofree char *with = g_strdup_printf ("<TemplateUUID>%s</TemplateUUID>", template);
  g_autofree char *job = practice_make_job (sandbox, client, with);
  g_autofree char *one = practice_staff (sandbox, 0);
  g_autofree char *two = practice_staff (sandbox, 1);
  g_autoptr (Answer) before = practice_get (sandbox, "job.api/get/%s", job);
  g_autofree char *task = answer_xml (before, "string(//Task[1]/UUID)");
  g_autofree char *add = g_strdup_printf ("<add uuid=\"%s\"/><add uuid=\"%s\" task-uuid=\"%s\"/><add-manager "
                                          "uuid=\"%s\"/><add-partner uuid=\"%s\"/>",
                                          one, two, task, one, two);
  g_autofree char *remove = g_strdup_printf ("<remove uuid=\"%s\"/><remove-manager/>", one);
  g_autoptr (Answer) added = assign (sandbox, job, add);
  g_autoptr (Answer) again = assign (sandbox, job, add);
  g_autoptr (Answer) state = practice_control (sandbox, NULL, "practice/jobs/%s", job);
  g_autoptr (Answer) removed = assign (sandbox, job, remove);

  assert_ok (added);
  assert_xml (added, "count(//Job/Assigned/Staff)", "2");
  assert_xml (added, "string(//Job/Manager/Name)", "Mia Tamihana");
  assert_xml (added, "string(//Job/Partner/Name)", "Mere Tane");
  assert_xml (again, "count(//Task[1]/Assigned/Staff)", "1");
  assert_text (state, "/assignments", "5");
  assert_xml (removed, "count(//Job/Manager)", "0");
  assert_xml (removed, "count(//Job/Assigned/Staff)", "1");
}

static void
test_assign_refused (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *job = practice_make_job (sandbox, client, "");
  g_autofree char *staff = practice_staff (sandbox, 0);
  g_autofree char *task = g_strdup_printf ("<add uuid=\"%s\" task-uuid=\"x\"/>", staff);
  g_autoptr (Answer) nobody = assign (sandbox, job, "<add uuid=\"x\"/>");
  g_autoptr (Answer) no_task = assign (sandbox, job, task);
  g_autoptr (Answer) no_job = assign (sandbox, "J999999", "");
  g_autoptr (Answer) gone = practice_control (sandbox, "{}", "practice/staff/%s/delete", staff);
  g_autofree char *left = g_strdup_printf ("<add uuid=\"%s\"/>", staff);
  g_autoptr (Answer) who_left = assign (sandbox, job, left);

  assert_practice_error (nobody, 200, "Invalid staff identifier for add request");
  assert_practice_error (no_task, 200, "Invalid task identifier");
  assert_practice_error (no_job, 200, "Invalid job identifier");
  assert_practice_error (who_left, 200, "Invalid staff identifier for add request");
}

/* Written as a code, read as a name (xpm 7.3). */
static void
test_state (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *job = practice_make_job (sandbox, client, "");
  g_autoptr (Answer) name
      = practice_put (sandbox, "job.api/state", "<Job><ID>%s</ID><State>In Progress</State></Job>", job);
  g_autoptr (Answer) code
      = practice_put (sandbox, "job.api/state", "<Job><ID>%s</ID><State>INPROGRESS</State></Job>", job);
  g_autoptr (Answer) read = practice_get (sandbox, "job.api/get/%s", job);
  g_autoptr (Answer) done
      = practice_put (sandbox, "job.api/state", "<Job><ID>%s</ID><State>COMPLETED</State></Job>", job);
  g_autoptr (Answer) after = practice_get (sandbox, "job.api/get/%s", job);
  g_autoptr (Answer) current = practice_get (sandbox, "job.api/current");

  assert_practice_error (name, 200, "Invalid state code");
  assert_ok (code);
  assert_xml (read, "string(//Job/State)", "In Progress");
  assert_xml (read, "count(//CompletedDate)", "0");
  assert_ok (done);
  assert_xml (after, "string(//CompletedDate)", "2026-11-21T00:00:00");
  assert_xml (current, "count(//Job)", "0");
}

/* AddNew adds; AppendExisting adds the minutes to a task that is there. */
static void
test_apply_template (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *accounts = practice_template (sandbox, "Annual Accounts");
  g_autofree char *tax = practice_template (sandbox, "Company Tax Return");
  g_autofree char *with = g_strdup_printf ("<TemplateUUID>%s</TemplateUUID>", accounts);
  g_autofree char *job = practice_make_job (sandbox, client, with);
  g_autofree char *append = g_strdup_printf (
      "<Job><ID>%s</ID><TemplateUUID>%s</TemplateUUID><TaskMode>AppendExisting</TaskMode></Job>", job, tax);
  g_autofree char *add = g_strdup_printf ("<Job><ID>%s</ID><TemplateUUID>%s</TemplateUUID></Job>", job, tax);
  g_autoptr (Answer) appended = practice_send (sandbox, "POST", "job.api/applytemplate", append);
  g_autoptr (Answer) after_append = practice_get (sandbox, "job.api/get/%s", job);
  g_autoptr (Answer) added = practice_send (sandbox, "POST", "job.api/applytemplate", add);
  g_autoptr (Answer) after_add = practice_get (sandbox, "job.api/get/%s", job);
  g_autoptr (Answer) gone = practice_control (sandbox, "{}", "practice/templates/%s/delete", tax);
  g_autoptr (Answer) refused = practice_send (sandbox, "POST", "job.api/applytemplate", add);

  assert_ok (appended);
  assert_xml (after_append, "count(//Tasks/Task)", "5");
  assert_xml (after_append, "sum(//Task/EstimatedMinutes)", "440");
  assert_ok (added);
  assert_xml (after_add, "count(//Tasks/Task)", "9");
  assert_practice_error (refused, 200, "Invalid job template identifier");
}

static void
test_update (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *other = practice_make_client (sandbox, "Other");
  g_autofree char *job = practice_make_job (sandbox, client, "<ClientNumber>P-1</ClientNumber>");
  g_autoptr (Answer) bad
      = practice_put (sandbox, "job.api/update", "<Job><ID>%s</ID><Name>B</Name></Job>", job);
  g_autoptr (Answer) good = practice_put (sandbox, "job.api/update",
                                          "<Job><ID>%s</ID><Name>B</Name><StartDate>20270101</StartDate>"
                                          "<DueDate>20270301</DueDate><ClientUUID>%s</ClientUUID></Job>",
                                          job, other);

  assert_practice_error (bad, 200, "Invalid start date");
  assert_ok (good);
  assert_xml (good, "string(//Job/Name)", "B");
  assert_xml (good, "string(//Job/DueDate)", "2027-03-01T00:00:00");
  assert_xml (good, "string(//Job/Client/Name)", "Kauri");
  assert_xml (good, "string(//Job/ClientOrderNumber)", "P-1");
}

static void
test_tasks_and_notes (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *job = practice_make_job (sandbox, client, "");
  g_autoptr (Answer) list = practice_get (sandbox, "task.api/list");
  g_autofree char *base = answer_xml (list, "string(//Task[1]/UUID)");
  g_autoptr (Answer) made = practice_post (sandbox, "job.api/task",
                                           "<Task><Job>%s</Job><TaskUUID>%s</TaskUUID><Label>Call</Label>"
                                           "<EstimatedMinutes>60</EstimatedMinutes></Task>",
                                           job, base);
  g_autofree char *task = answer_xml (made, "string(/Response/UUID)");
  g_autofree char *path = g_strdup_printf ("job.api/task/%s/complete", task);
  g_autoptr (Answer) changed = practice_put (
      sandbox, "job.api/task", "<Task><UUID>%s</UUID><EstimatedMinutes>90</EstimatedMinutes></Task>", task);
  g_autoptr (Answer) completed = practice_send (sandbox, "PUT", path, "");
  g_autoptr (Answer) note = practice_post (
      sandbox, "job.api/note",
      "<Note><Job>%s</Job><Title>T</Title><Text>a&lt;b</Text><Public>false</Public></Note>", job);
  g_autoptr (Answer) read = practice_get (sandbox, "job.api/get/%s", job);

  assert_ok (made);
  assert_ok (changed);
  assert_ok (completed);
  assert_ok (note);
  assert_xml (read, "string(//Task/Name)", "Call");
  assert_xml (read, "string(//Task/EstimatedMinutes)", "90");
  assert_xml (read, "string(//Task/Completed)", "true");
  assert_xml (read, "string(//Note/Text)", "a<b");
}

/* Both ends, a year at most, by the day of creation. */
static void
test_window (void)
{
  static const char *const bad[] = { "", "?from=20260101", "?from=20260101&to=20270102",
                                     "?from=20260102&to=20260101", "?from=2026-01-01&to=2026-02-01" };
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *job = practice_make_job (sandbox, client, "");
  g_autoptr (Answer) year = practice_get (sandbox, "job.api/list?from=20260101&to=20270101&detailed=true");
  g_autoptr (Answer) day = practice_get (sandbox, "job.api/list?from=20261121&to=20261121");
  g_autoptr (Answer) before = practice_get (sandbox, "job.api/list?from=20261101&to=20261120");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (Answer) answer = practice_get (sandbox, "job.api/list%s", bad[i]);

      assert_practice_error (answer, 400, NULL);
    }
  assert_xml (year, "count(//Job/Tasks)", "1");
  assert_xml (day, "string(//Job/ID)", job);
  assert_xml (day, "count(//Job/Tasks)", "0");
  g_assert_nonnull (strstr (before->body, "<Jobs />"));
}

/* A deleted job is nowhere, and its number is free. */
static void
test_delete (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *job = practice_make_job (sandbox, client, "<ID>X1</ID>");
  g_autoptr (Answer) deleted = practice_post (sandbox, "job.api/delete", "<Job><ID>%s</ID></Job>", job);
  g_autoptr (Answer) read = practice_get (sandbox, "job.api/get/%s", job);
  g_autoptr (Answer) list = practice_get (sandbox, "job.api/client/%s", client);
  g_autofree char *again = practice_make_job (sandbox, client, "<ID>X1</ID>");
  g_autoptr (Answer) second = NULL;

  assert_ok (deleted);
  assert_practice_error (read, 200, "Invalid job identifier");
  assert_xml (list, "count(//Job)", "0");
  g_assert_cmpstr (again, ==, "X1");
  sandbox_kill (sandbox);
  sandbox_launch (sandbox, "empty");
  second = practice_get (sandbox, "job.api/get/X1");
  assert_ok (second);
}

/* A template that was renamed keeps its id; people change a job's state. */
static void
test_people (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "Kauri");
  g_autofree char *job = practice_make_job (sandbox, client, "");
  g_autofree char *id = practice_template (sandbox, "GST Return");
  g_autoptr (Answer) renamed
      = practice_control (sandbox, "{\"name\":\"VAT Return\"}", "practice/templates/GST%%20Return/edit");
  g_autofree char *after = practice_template (sandbox, "VAT Return");
  g_autoptr (Answer) moved = practice_control (sandbox, "{\"state\":\"ONHOLD\",\"due\":\"2027-02-28\"}",
                                               "practice/jobs/%s/edit", job);
  g_autoptr (Answer) read = practice_get (sandbox, "job.api/get/%s", job);

  g_assert_cmpstr (after, ==, id);
  assert_xml (read, "string(//Job/State)", "On Hold");
  assert_xml (read, "string(//Job/DueDate)", "2027-02-28T00:00:00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/jobs/staff-templates-categories-states", test_settings);
  g_test_add_func ("/sandbox/jobs/add-with-template", test_add);
  g_test_add_func ("/sandbox/jobs/add-refused", test_refused);
  g_test_add_func ("/sandbox/jobs/twice-is-two", test_no_idempotency);
  g_test_add_func ("/sandbox/jobs/cut-after-leaves-one", test_cut_after);
  g_test_add_func ("/sandbox/jobs/own-number-is-unique", test_own_number);
  g_test_add_func ("/sandbox/jobs/assign", test_assign);
  g_test_add_func ("/sandbox/jobs/assign-refused", test_assign_refused);
  g_test_add_func ("/sandbox/jobs/state-by-code", test_state);
  g_test_add_func ("/sandbox/jobs/apply-template", test_apply_template);
  g_test_add_func ("/sandbox/jobs/update", test_update);
  g_test_add_func ("/sandbox/jobs/tasks-and-notes", test_tasks_and_notes);
  g_test_add_func ("/sandbox/jobs/window-of-a-year", test_window);
  g_test_add_func ("/sandbox/jobs/delete", test_delete);
  g_test_add_func ("/sandbox/jobs/people-at-the-practice", test_people);
  return g_test_run ();
}
