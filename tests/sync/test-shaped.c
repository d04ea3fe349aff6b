/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What shapes an invoice, over real sockets: the ledger then holds what the preview showed, and what the
 * organisation would not take stays here until that is mended. */
#include "sandbox-fixture.h"

#include <json-glib/json-glib.h>

#include "cs-outcome.h"
#include "cs-preview.h"
#include "cs-shape-words.h"
#include "cs-store-clients.h"
#include "cs-store-journal.h"
#include "cs-store-proposals.h"
#include "cs-store-shape.h"

/* --- what the demo organisation has --- */

static gpointer
read_facts (CsStore *store, gpointer data, GError **error)
{
  return cs_store_get_shape_facts (store, error);
}

static CsShapeFacts *
get_facts (CsSession *session)
{
  return test_read (session, read_facts, NULL, (GDestroyNotify)cs_shape_facts_free);
}

static char *
find_theme (const CsShapeFacts *facts, const char *name)
{
  for (guint i = 0; i < facts->world.themes->len; i++)
    if (g_str_equal (((CsLedgerBrandingTheme *)facts->world.themes->pdata[i])->name, name))
      return g_strdup (((CsLedgerBrandingTheme *)facts->world.themes->pdata[i])->remote_id);
  g_assert_not_reached ();
}

/* "category=option" of ids. */
static char *
find_option (const CsShapeFacts *facts, const char *category_name, const char *option_name)
{
  for (guint i = 0; i < facts->world.tracking->len; i++)
    {
      const CsLedgerTrackingCategory *category = facts->world.tracking->pdata[i];

      for (guint j = 0; g_str_equal (category->name, category_name) && j < category->options->len; j++)
        {
          const CsLedgerTrackingOption *option = category->options->pdata[j];

          if (g_str_equal (option->name, option_name))
            return g_strdup_printf ("%s=%s", category->remote_id, option->remote_id);
        }
    }
  g_assert_not_reached ();
}

/* --- a proposal --- */

static CsSession *
open_connected (SandboxFixture *fixture, int hold_seconds)
{
  CsSession *session = sandbox_fixture_open (fixture);
  g_autoptr (CsShapeFacts) facts = NULL;
  g_autoptr (CsSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  sandbox_fixture_connect (fixture, session);
  facts = get_facts (session);
  settings = cs_settings_copy (cs_session_get_settings (session));
  settings->hold_seconds = hold_seconds;
  g_free (settings->tracking);
  settings->tracking = find_option (facts, "Team", "Advisory");
  g_assert_true (test_await (cs_session_save_settings (session, settings), &error));
  g_assert_no_error (error);
  return session;
}

static CsClient *
save_client (CsSession *session, const char *name)
{
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (GError) error = NULL;
  CsClient *saved = NULL;

  g_set_str (&client->name, name);
  saved = test_await_record (cs_session_save_client (session, client), &error);
  g_assert_no_error (error);
  return saved;
}

static CsProposalLine *
add_line (CsProposal *proposal, const char *description, const char *quantity, const char *price)
{
  CsProposalLine *line = cs_proposal_line_new ();

  g_set_str (&line->description, description);
  g_assert_true (cs_decimal_parse (quantity, &line->quantity, NULL));
  g_assert_true (cs_decimal_parse (price, &line->unit_price, NULL));
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->tax_rate = CS_DECIMAL (15);
  line->billing = cs_billing_rule_upfront ();
  g_ptr_array_add (proposal->lines, line);
  return line;
}

/* Two lines as their client has it, and one with a word of its own about everything that a line may have. */
static CsUuid
save_proposal (CsSession *session, const CsClient *client, const char *tracking_of_line)
{
  g_autoptr (CsProposal) proposal = cs_proposal_new ();
  g_autoptr (CsProposal) saved = NULL;
  g_autoptr (GError) error = NULL;
  CsProposalLine *alone;

  g_set_str (&proposal->title, "Accounts 2027");
  proposal->client_id = client->id;
  proposal->currency = cs_session_get_settings (session)->currency;
  proposal->terms_kind = CS_TERMS_INHERITED;
  proposal->inherits_status = TRUE;
  proposal->designated_day = 1;
  add_line (proposal, "Annual accounts", "1", "1000");
  alone = add_line (proposal, "Payroll", "3", "33.3333");
  g_set_str (&alone->account_code, "230");
  alone->shape = cs_shape_new ();
  g_set_str (&alone->shape->values[CS_SHAPE_GROUPING], CS_SHAPE_ALONE);
  g_set_str (&alone->shape->values[CS_SHAPE_TRACKING], tracking_of_line);
  add_line (proposal, "Set-up, by the hour", "1.5", "120.125");
  saved = test_await_record (cs_session_save_proposal (session, proposal), &error);
  g_assert_no_error (error);
  return saved->id;
}

static void
accept (CsSession *session, CsUuid proposal)
{
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&acceptance->signatory, "Aroha Nguyen");
  acceptance->accepted_ms = cs_clock_now_ms (test_clock ());
  acceptance->accepted_on = cs_session_get_today (session);
  g_assert_true (test_await (cs_session_accept_proposal (session, &proposal, acceptance), &error));
  g_assert_no_error (error);
}

/* --- the preview, as the page of the proposal makes it --- */

typedef struct
{
  CsUuid proposal_id;
  char *series;
  const CsSettings *settings;
  CsDate today;
} PreviewJob;

static gpointer
make_preview (CsStore *store, gpointer data, GError **error)
{
  const PreviewJob *job = data;
  g_autoptr (CsProposal) proposal = cs_store_get_proposal (store, &job->proposal_id, error);
  g_autoptr (CsShapeFacts) facts = proposal != NULL ? cs_store_get_shape_facts (store, error) : NULL;
  g_autoptr (GPtrArray) numbers = facts != NULL ? cs_store_list_next_numbers (store, "", 4, error) : NULL;
  g_autoptr (GPtrArray) own
      = numbers != NULL ? cs_store_list_next_numbers (store, job->series, 4, error) : NULL;
  CsPreviewFacts known = { facts != NULL ? &facts->world : NULL, numbers, own };

  return own != NULL ? cs_preview_new (proposal, NULL, CS_MATCH_NONE, job->settings, &known, job->today,
                                       job->today, error)
                     : NULL;
}

static CsPreview *
preview (CsSession *session, CsUuid proposal, const char *series)
{
  PreviewJob job
      = { proposal, (char *)series, cs_session_get_settings (session), cs_session_get_today (session) };

  return test_read (session, make_preview, &job, (GDestroyNotify)cs_preview_free);
}

/* --- looking --- */

static gpointer
list_journal (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_journal (store, data, error);
}

typedef struct
{
  CsSession *session;
  CsUuid proposal;
  CsJournalState state;
  guint n;
} Expected;

static gboolean
journal_is (gpointer data)
{
  Expected *expected = data;
  g_autoptr (GPtrArray) journal
      = test_read (expected->session, list_journal, &expected->proposal, (GDestroyNotify)g_ptr_array_unref);
  guint n = 0;

  for (guint i = 0; i < journal->len; i++)
    n += ((CsJournalEntry *)journal->pdata[i])->state == expected->state;
  return n == expected->n;
}

static void
wait_for_journal (CsSession *session, CsUuid proposal, CsJournalState state, guint n)
{
  Expected expected = { session, proposal, state, n };
  g_autoptr (GPtrArray) journal = NULL;

  if (test_wait_until (journal_is, &expected))
    return;
  journal = test_read (session, list_journal, &proposal, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < journal->len; i++)
    {
      const CsJournalEntry *entry = journal->pdata[i];

      g_test_message ("%s %s %s: %s %s", entry->kind, entry->number,
                      cs_journal_state_to_string (entry->state), entry->outcome_code, entry->outcome_message);
    }
  g_error ("the journal did not come to %u x %s", n, cs_journal_state_to_string (state));
}

static JsonObject *
find_created (JsonNode *state, const char *number)
{
  JsonArray *rows = json_object_get_array_member (json_node_get_object (state), "created_invoices");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (json_object_get_string_member (json_array_get_object_element (rows, i), "number"), number)
        == 0)
      return json_array_get_object_element (rows, i);
  g_error ("the sandbox holds no %s", number);
}

/* "category=option;…" of what a line carries there. */
static char *
read_tracking (JsonObject *item)
{
  JsonArray *rows = json_object_get_array_member (item, "tracking");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      g_string_append_printf (text, "%s%s=%s", i > 0 ? ";" : "",
                              json_object_get_string_member (row, "TrackingCategoryID"),
                              json_object_get_string_member (row, "TrackingOptionID"));
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
assert_amount (JsonObject *object, const char *member, CsMoney expected)
{
  g_autofree char *actual = g_strdup_printf ("%.2f", json_object_get_double_member (object, member));
  g_autofree char *amount = cs_money_to_string (expected);

  g_assert_cmpstr (actual, ==, amount);
}

static void
assert_line (JsonObject *item, const CsPlannedInvoice *invoice, const CsPlannedLine *line)
{
  const CsLineAmounts amounts = { line->quantity, line->unit_price, line->tax_rate };
  g_autofree char *tracking = read_tracking (item);
  g_autoptr (GError) error = NULL;
  CsLineResult result;

  g_assert_cmpstr (json_object_get_string_member (item, "description"), ==, line->description);
  g_assert_cmpstr (json_object_get_string_member (item, "account"), ==, line->account_code);
  g_assert_cmpstr (tracking, ==, line->tracking);
  g_assert_true (cs_tax_compute_line (&amounts, invoice->tax_mode, invoice->currency, &result, &error));
  assert_amount (item, "amount", result.line);
}

static void
assert_held (JsonNode *state, const CsPlannedInvoice *invoice)
{
  JsonObject *held = find_created (state, invoice->number);
  JsonArray *items = json_object_get_array_member (held, "items");
  g_autofree char *date = cs_date_to_string (invoice->date);
  g_autofree char *due = cs_date_to_string (invoice->due);

  g_assert_cmpstr (json_object_get_string_member (held, "date"), ==, date);
  g_assert_cmpstr (json_object_get_string_member (held, "due_date"), ==, due);
  g_assert_cmpstr (json_object_get_string_member (held, "theme"), ==, invoice->theme_id);
  g_assert_cmpstr (json_object_get_string_member (held, "status"), ==,
                   invoice->authorise ? "AUTHORISED" : "DRAFT");
  assert_amount (held, "total", invoice->totals.total);
  g_assert_cmpuint (json_array_get_length (items), ==, invoice->lines->len);
  for (guint i = 0; i < invoice->lines->len; i++)
    assert_line (json_array_get_object_element (items, i), invoice, invoice->lines->pdata[i]);
}

/* --- the tests --- */

static void
shape_client (CsSession *session, const CsClient *client, const CsShape *shape)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (cs_session_save_client_shape (session, &client->id, shape), &error));
  g_assert_no_error (error);
}

static void
test_ledger_holds_the_preview (void)
{
  static const struct
  {
    const char *client;
    const char *terms;
    const char *status;
    const char *series;
  } cases[] = {
    { "Harbour Café Ltd", "invoice+20", CS_SHAPE_DRAFT, "CAF-" },
    { "Tui Joinery", "next-month@20", CS_SHAPE_AUTHORISED, "TUI-" },
    { "Ngaio Farms", "month-end+7", CS_SHAPE_AUTHORISED, "NGA-" },
  };
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture, 0);
  g_autoptr (CsShapeFacts) facts = get_facts (session);
  g_autofree char *theme = find_theme (facts, "Advisory");
  g_autofree char *north = find_option (facts, "Region", "North");
  g_autofree char *south = find_option (facts, "Region", "South");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsClient) client = save_client (session, cases[i].client);
      g_autoptr (CsShape) shape = cs_shape_new ();
      g_autoptr (CsPreview) shown = NULL;
      g_autoptr (JsonNode) state = NULL;
      g_autofree char *first = g_strconcat (cases[i].series, "0001", NULL);
      CsPlannedInvoice *together;
      CsUuid proposal;

      shape->values[CS_SHAPE_TERMS] = g_strdup (cases[i].terms);
      shape->values[CS_SHAPE_STATUS] = g_strdup (cases[i].status);
      shape->values[CS_SHAPE_SERIES] = g_strdup (cases[i].series);
      shape->values[CS_SHAPE_THEME] = g_strdup (theme);
      shape->values[CS_SHAPE_TRACKING] = g_strdup (north);
      shape_client (session, client, shape);
      proposal = save_proposal (session, client, south);
      shown = preview (session, proposal, cases[i].series);
      g_assert_cmpuint (shown->problems->len, ==, 0);
      g_assert_cmpuint (shown->now->len, ==, 2);
      together = shown->now->pdata[0];
      g_assert_cmpstr (together->number, ==, first);
      g_assert_cmpuint (together->lines->len, ==, 2);

      accept (session, proposal);
      wait_for_journal (session, proposal, CS_JOURNAL_DONE, 3);
      state = sandbox_fixture_read_state (fixture);
      for (guint k = 0; k < shown->now->len; k++)
        assert_held (state, shown->now->pdata[k]);
    }
  g_assert_cmpuint (sandbox_fixture_count_created (fixture, "created_invoices", NULL, NULL), ==,
                    2 * G_N_ELEMENTS (cases));
  sandbox_fixture_close (session);
}

static void
pull (CsSession *session)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (cs_session_sync_now (session), &error)); /* as a person asks */
  g_assert_no_error (error);
}

/* Each invoice of @proposal, in the words that a person reads. */
static void
assert_blocked (CsSession *session, CsUuid proposal, CsOutcome outcome, const char *words)
{
  g_autoptr (GPtrArray) journal
      = test_read (session, list_journal, &proposal, (GDestroyNotify)g_ptr_array_unref);
  guint n = 0;

  for (guint i = 0; i < journal->len; i++)
    {
      const CsJournalEntry *entry = journal->pdata[i];
      g_autofree char *said = NULL;

      if (entry->state != CS_JOURNAL_BLOCKED)
        continue;
      g_assert_cmpstr (entry->outcome_code, ==, cs_outcome_to_string (outcome));
      g_assert_null (entry->frozen);
      said = cs_shape_words_violation (outcome, entry->outcome_message);
      g_assert_cmpstr (said, ==, words);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

/* The pull itself tells that it changed rows of the journal, not only what is sent after it. */
static void
changed_cb (CsSession *session, guint change, guint *n_told)
{
  if ((change & CS_CHANGE_JOURNAL) != 0 && cs_session_get_activity (session) == CS_ACTIVITY_PULLING)
    ++*n_told;
}

/* Gone between the preview and the sending: it stays here, in the words that a preview would have now, and
 * goes by itself once the ledger was read with that mended. @n_blocked: the invoices that it is about. */
static void
block_and_mend (const char *gone, const char *back, const char *body, CsOutcome outcome, guint n_blocked)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new ("demo");
  CsSession *session = open_connected (fixture, 600);
  g_autoptr (CsShapeFacts) facts = get_facts (session);
  g_autofree char *south = find_option (facts, "Region", "South");
  g_autoptr (CsClient) client = save_client (session, "Harbour Café Ltd");
  g_autoptr (CsShape) shape = cs_shape_new ();
  g_autoptr (CsPreview) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  CsUuid proposal;
  guint n_told = 0;

  shape->values[CS_SHAPE_THEME] = find_theme (facts, "Advisory");
  shape_client (session, client, shape);
  proposal = save_proposal (session, client, south);
  before = preview (session, proposal, "");
  g_assert_cmpuint (before->problems->len, ==, 0);
  accept (session, proposal);
  sandbox_fixture_post (fixture, gone, body != NULL ? body : "{}");
  pull (session);
  after = preview (session, proposal, "");
  g_assert_cmpuint (after->problems->len, ==, 1);

  g_assert_true (test_await (cs_session_release_acceptance (session, &proposal), &error));
  g_assert_no_error (error);
  wait_for_journal (session, proposal, CS_JOURNAL_BLOCKED, n_blocked);
  wait_for_journal (session, proposal, CS_JOURNAL_DONE, 3 - n_blocked);
  assert_blocked (session, proposal, outcome, after->problems->pdata[0]);
  g_assert_cmpint (sandbox_fixture_count (fixture, "writes"), ==, 3 - n_blocked);
  g_signal_connect (session, "changed", G_CALLBACK (changed_cb), &n_told);
  pull (session); /* nothing is mended yet */
  wait_for_journal (session, proposal, CS_JOURNAL_BLOCKED, n_blocked);
  g_assert_cmpuint (n_told, ==, 0);

  sandbox_fixture_post (fixture, back,
                        body != NULL ? "{\"period_lock_date\":null,\"end_of_year_lock_date\":null}" : "{}");
  pull (session);
  g_assert_cmpuint (n_told, >, 0);
  g_signal_handlers_disconnect_by_func (session, changed_cb, &n_told);
  wait_for_journal (session, proposal, CS_JOURNAL_DONE, 3);
  g_assert_cmpuint (sandbox_fixture_count_created (fixture, "created_invoices", NULL, NULL), ==, 2);
  sandbox_fixture_close (session);
}

static void
test_theme_deleted (void)
{
  block_and_mend ("/sandbox/settings/theme/Advisory/archive", "/sandbox/settings/theme/Advisory/restore",
                  NULL, CS_OUTCOME_THEME_GONE, 2);
}

static void
test_option_archived (void)
{
  block_and_mend ("/sandbox/settings/option/South/archive", "/sandbox/settings/option/South/restore", NULL,
                  CS_OUTCOME_TRACKING_GONE, 1);
}

static void
test_account_archived (void)
{
  block_and_mend ("/sandbox/settings/account/230/archive", "/sandbox/settings/account/230/restore", NULL,
                  CS_OUTCOME_ACCOUNT_UNUSABLE, 1);
}

static void
test_period_locked (void)
{
  block_and_mend ("/sandbox/organisation", "/sandbox/organisation", "{\"period_lock_date\":\"2099-12-31\"}",
                  CS_OUTCOME_LOCKED_PERIOD, 2);
}

static void
add_planned (GPtrArray *planned, CsDate date, gint64 minor)
{
  CsPlannedInvoice *invoice = cs_planned_invoice_new ();
  CsPlannedLine *line = cs_planned_line_new ();
  int year, month, day;

  cs_date_get_parts (date, &year, &month, &day);
  line->line_id = (CsUuid){ { (guint8)(minor / 1000), (guint8)day } }; /* a service of that price and day */
  invoice->date = date;
  line->period = (CsBillingPeriod){ 0, date, cs_date_add_days (cs_date_add_months (date, 1, 0), -1), date };
  g_ptr_array_add (invoice->lines, line);
  invoice->totals.total = (CsMoney){ minor, { "NZD" } };
  g_ptr_array_add (planned, invoice);
}

/* Two of a day, the whole year: two rows for a person, and not one for each invoice. */
static void
test_alone_is_one_series (void)
{
  g_autoptr (GPtrArray) planned = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_planned_invoice_free);
  g_autoptr (CsProposal) proposal = cs_proposal_new ();
  g_autoptr (GArray) series = NULL;

  for (guint month = 1; month <= 6; month++)
    {
      add_planned (planned, cs_date_from_parts (2027, (int)month, 1), 30000);
      add_planned (planned, cs_date_from_parts (2027, (int)month, 1), 5000);
    }
  add_planned (planned, cs_date_from_parts (2027, 7, 1), 5000);
  add_planned (planned, cs_date_from_parts (2027, 8, 1), 30000); /* July is missing: another series */
  series = cs_preview_group (proposal, planned, 0);
  g_assert_cmpuint (series->len, ==, 3);
  g_assert_cmpuint (g_array_index (series, CsPreviewSeries, 0).count, ==, 6);
  g_assert_cmpint (g_array_index (series, CsPreviewSeries, 0).each.minor, ==, 30000);
  g_assert_cmpuint (g_array_index (series, CsPreviewSeries, 1).count, ==, 7);
  g_assert_cmpuint (g_array_index (series, CsPreviewSeries, 2).count, ==, 1);
  /* And the invoices stand in that order. */
  for (guint i = 0, next = 0; i < series->len; i++)
    for (guint k = 0; k < g_array_index (series, CsPreviewSeries, i).count; k++)
      g_assert_cmpint (((CsPlannedInvoice *)planned->pdata[next++])->totals.total.minor, ==,
                       g_array_index (series, CsPreviewSeries, i).each.minor);
}

/* A month is left out of one of two that take turns: the other goes on as one row. */
static void
test_pause_is_seen (void)
{
  g_autoptr (GPtrArray) planned = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_planned_invoice_free);
  g_autoptr (CsProposal) proposal = cs_proposal_new ();
  g_autoptr (GArray) series = NULL;

  for (guint month = 1; month <= 6; month++)
    {
      if (month != 3)
        add_planned (planned, cs_date_from_parts (2027, (int)month, 1), 30000);
      add_planned (planned, cs_date_from_parts (2027, (int)month, 15), 30000);
    }
  series = cs_preview_group (proposal, planned, 0);
  g_assert_cmpuint (series->len, ==, 3);
  g_assert_cmpuint (g_array_index (series, CsPreviewSeries, 0).count, ==, 2);
  g_assert_cmpuint (g_array_index (series, CsPreviewSeries, 1).count, ==, 6);
  g_assert_cmpuint (g_array_index (series, CsPreviewSeries, 2).count, ==, 3);
}

/* What is billed each month and every three: neither is called what the other is, and all add up. */
static void
test_rhythms_are_told_apart (void)
{
  static const CsBillingRhythm rhythms[] = { { CS_BILLING_UNIT_MONTHS, 1 }, { CS_BILLING_UNIT_MONTHS, 3 } };
  g_autoptr (CsProposal) proposal = cs_proposal_new ();
  g_autoptr (GPtrArray) planned = NULL;
  g_autoptr (GArray) series = NULL;
  guint n_invoices = 0;
  gint64 sum = 0;

  proposal->currency = (CsCurrency){ "NZD" };
  for (guint i = 0; i < G_N_ELEMENTS (rhythms); i++)
    {
      CsProposalLine *line = cs_proposal_line_new ();

      line->id = (CsUuid){ { (guint8)(i + 1) } };
      line->quantity = CS_DECIMAL (1);
      line->unit_price = CS_DECIMAL (100 * rhythms[i].every);
      line->billing = cs_billing_rule_recurring (rhythms[i], 1);
      g_ptr_array_add (proposal->lines, line);
    }
  planned = cs_proposal_plan_invoices (proposal, cs_date_from_parts (2027, 1, 1),
                                       cs_date_from_parts (2027, 12, 31), NULL);
  series = cs_preview_group (proposal, planned, 0);
  for (guint i = 0; i < series->len; i++)
    {
      const CsPreviewSeries *one = &g_array_index (series, CsPreviewSeries, i);

      g_assert_cmpuint (one->rhythm.every, ==, one->each.minor == 40000 ? 3 : 1);
      n_invoices += one->count;
      sum += one->count * one->each.minor;
    }
  g_assert_cmpuint (series->len, ==, 2);
  g_assert_true (g_array_index (series, CsPreviewSeries, 0).is_even);
  g_assert_false (g_array_index (series, CsPreviewSeries, 1).is_even); /* it leaves out the quarters' days */
  g_assert_cmpuint (n_invoices, ==, 12);
  g_assert_cmpint (sum, ==, 12 * 10000 + 4 * 30000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shaped/I-13-U-15-the-ledger-holds-the-preview", test_ledger_holds_the_preview);
  g_test_add_func ("/shaped/U-27-alone-is-one-series", test_alone_is_one_series);
  g_test_add_func ("/shaped/U-13-a-pause-is-seen", test_pause_is_seen);
  g_test_add_func ("/shaped/U-14-rhythms-are-told-apart", test_rhythms_are_told_apart);
  g_test_add_func ("/shaped/B-07-U-16-theme-deleted", test_theme_deleted);
  g_test_add_func ("/shaped/B-07-U-16-option-archived", test_option_archived);
  g_test_add_func ("/shaped/B-07-U-16-account-archived", test_account_archived);
  g_test_add_func ("/shaped/B-07-U-16-period-locked", test_period_locked);
  return g_test_run ();
}
