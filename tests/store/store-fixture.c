/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include "test-folder.h"

static gint64
now_of_fixture (const CsClock *clock)
{
  return ((Practice *)clock->data)->now_ms;
}

/* A new practice's file. Making one takes longer than most tests do, so that the first serves all of a
 * program's. */
static GBytes *
make_new_file (const CsClock *clock)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "practice.sqlite", NULL);
  g_autofree char *content = NULL;
  gsize size = 0;

  cs_store_close (cs_store_open (path, CS_STORE_READ_WRITE, clock, &error));
  g_assert_no_error (error);
  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  test_folder_remove (folder);
  return g_bytes_new_take (g_steal_pointer (&content), size);
}

static void
write_new_file (Practice *practice)
{
  static GBytes *new_file;
  g_autoptr (GError) error = NULL;

  if (new_file == NULL)
    new_file = make_new_file (&practice->clock);
  g_file_set_contents_full (practice->path, g_bytes_get_data (new_file, NULL),
                            (gssize)g_bytes_get_size (new_file), G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

void
practice_set_up (Practice *practice, gconstpointer data)
{
  g_setenv ("TZ", "UTC", TRUE); /* the default of a practice's zone */
  practice->folder = test_folder_new ();
  practice->path = g_build_filename (practice->folder, "practice.sqlite", NULL);
  practice->now_ms = FIXTURE_NOW_MS;
  practice->clock = (CsClock){ now_of_fixture, practice };
  write_new_file (practice);
  practice_reopen (practice);
  cs_store_set_actor (practice->store, "Mia");
}

void
practice_close (Practice *practice)
{
  g_clear_pointer (&practice->store, cs_store_close);
  g_clear_pointer (&practice->lock, cs_practice_lock_release);
}

void
practice_tear_down (Practice *practice, gconstpointer data)
{
  practice_close (practice);
  test_folder_remove (practice->folder);
  g_free (practice->folder);
  g_free (practice->path);
}

void
practice_reopen (Practice *practice)
{
  g_autoptr (GError) error = NULL;

  practice_close (practice);
  practice->store = cs_store_open (practice->path, CS_STORE_READ_WRITE, &practice->clock, &error);
  g_assert_no_error (error);
  g_assert_nonnull (practice->store);
}

CsStore *
practice_open_reader (Practice *practice)
{
  g_autoptr (GError) error = NULL;
  CsStore *reader = cs_store_open (practice->path, CS_STORE_READ_ONLY, &practice->clock, &error);

  g_assert_no_error (error);
  return reader;
}

gboolean
practice_claim (Practice *practice)
{
  g_autoptr (GError) error = NULL;
  gboolean was_restored = FALSE;

  g_clear_pointer (&practice->lock, cs_practice_lock_release);
  practice->lock = cs_practice_lock_take (practice->folder, &error);
  g_assert_no_error (error);
  cs_store_claim (practice->store, practice->lock, &was_restored, &error);
  g_assert_no_error (error);
  practice->epoch = cs_practice_lock_get_epoch (practice->lock);
  return was_restored;
}

void
practice_wait (Practice *practice, gint64 ms)
{
  practice->now_ms += ms;
}

CsUuid
practice_connect (Practice *practice, const char *tenant_id)
{
  g_autoptr (CsConnection) connection = cs_connection_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&connection->system, "xero");
  g_set_str (&connection->tenant_id, tenant_id);
  g_set_str (&connection->tenant_name, "Hikurangi Accounting");
  connection->currency = (CsCurrency){ "NZD" };
  practice_wait (practice, 1);
  cs_store_save_connection (practice->store, connection, &error);
  g_assert_no_error (error);
  return connection->id;
}

CsClient *
practice_add_client (Practice *practice, const char *name, const char *email)
{
  CsClient *client = cs_client_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&client->name, name);
  g_set_str (&client->email, email);
  cs_store_save_client (practice->store, client, &error);
  g_assert_no_error (error);
  return client;
}

static CsDecimal
decimal (const char *text)
{
  CsDecimal value;

  g_assert_true (cs_decimal_parse (text, &value, NULL));
  return value;
}

static void
add_line (CsProposal *proposal,
          const char *description,
          const char *quantity,
          const char *price,
          CsBillingRule billing)
{
  CsProposalLine *line = cs_proposal_line_new ();

  g_set_str (&line->description, description);
  line->quantity = decimal (quantity);
  line->unit_price = decimal (price);
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->tax_rate = CS_DECIMAL (15);
  line->billing = billing;
  g_ptr_array_add (proposal->lines, line);
}

CsProposal *
practice_new_proposal (const CsClient *client)
{
  CsProposal *proposal = cs_proposal_new ();

  g_set_str (&proposal->title, "Year-end and books <b>R&D</b>");
  proposal->client_id = client->id;
  proposal->currency = (CsCurrency){ "NZD" };
  proposal->designated_day = 1;
  proposal->due_days = 14;
  add_line (proposal, "Set-up", "1", "1000", cs_billing_rule_upfront ());
  add_line (proposal, "Bookkeeping", "2", "120.125", cs_billing_rule_monthly (1));
  return proposal;
}

CsProposal *
practice_add_proposal (Practice *practice, const CsClient *client)
{
  CsProposal *proposal = practice_new_proposal (client);
  g_autoptr (GError) error = NULL;

  cs_store_save_proposal (practice->store, proposal, &error);
  g_assert_no_error (error);
  return proposal;
}

CsAcceptance *
practice_new_acceptance (CsDate on)
{
  CsAcceptance *acceptance = cs_acceptance_new ();

  g_set_str (&acceptance->signatory, "Aroha Ngata");
  g_set_str (&acceptance->capacity, "Director");
  g_set_str (&acceptance->note, "signed at the office");
  acceptance->method = CS_ACCEPTANCE_SIGNED_PAPER;
  acceptance->accepted_on = on;
  return acceptance;
}

void
practice_accept (Practice *practice, const CsProposal *proposal)
{
  g_autoptr (CsAcceptance) acceptance = practice_new_acceptance (FIXTURE_TODAY);
  g_autoptr (GError) error = NULL;

  cs_store_accept_proposal (practice->store, &proposal->id, acceptance, &error);
  g_assert_no_error (error);
}

CsProposal *
practice_get_proposal (Practice *practice, const CsUuid *id)
{
  g_autoptr (GError) error = NULL;
  CsProposal *proposal = cs_store_get_proposal (practice->store, id, &error);

  g_assert_no_error (error);
  return proposal;
}

CsClient *
practice_get_client (Practice *practice, const CsUuid *id)
{
  g_autoptr (GError) error = NULL;
  CsClient *client = cs_store_get_client (practice->store, id, &error);

  g_assert_no_error (error);
  return client;
}

CsJournalEntry *
practice_get_row (Practice *practice, const CsUuid *id)
{
  g_autoptr (GError) error = NULL;
  CsJournalEntry *entry = cs_store_get_journal (practice->store, id, &error);

  g_assert_no_error (error);
  return entry;
}

CsJournalEntry *
practice_find_row (Practice *practice, const CsUuid *proposal_id, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cs_store_list_journal (practice->store, proposal_id, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      CsJournalEntry *entry = g_ptr_array_index (rows, i);

      if (g_str_equal (entry->kind, kind))
        return practice_get_row (practice, &entry->id);
    }
  return NULL;
}

guint
practice_count_rows (Practice *practice, const CsUuid *proposal_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cs_store_list_journal (practice->store, proposal_id, &error);

  g_assert_no_error (error);
  return rows->len;
}

gboolean
practice_release (Practice *practice, const CsJournalEntry *row, GError **error)
{
  CsPlannedSeen seen = { row->subject_id, row->amount };

  return cs_store_release_planned (practice->store, &seen, error);
}

void
practice_change (Practice *practice, const CsUuid *id, CsJournalState from, CsJournalState to)
{
  g_autoptr (CsJournalEntry) entry = practice_get_row (practice, id);
  CsJournalChange change = { .expected = from,
                             .state = to,
                             .generation = entry->generation,
                             .attempts = entry->attempts,
                             .keep_frozen = entry->frozen != NULL };
  g_autoptr (GError) error = NULL;

  cs_store_change_journal (practice->store, id, &change, &error);
  g_assert_no_error (error);
}

void
practice_freeze (Practice *practice, const CsUuid *id, CsJournalState from, guint generation)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{\"Name\":\"R&D\"}", 14);
  g_autoptr (GError) error = NULL;

  cs_store_freeze_journal (practice->store, id, from, generation, bytes, "", practice->epoch, &error);
  g_assert_no_error (error);
}

static void
send_row (Practice *practice, const CsJournalEntry *entry)
{
  g_autofree char *remote_id = g_strconcat ("remote-", entry->number, NULL);
  g_autoptr (GError) error = NULL;

  practice_change (practice, &entry->id, CS_JOURNAL_HELD, CS_JOURNAL_QUEUED);
  practice_freeze (practice, &entry->id, CS_JOURNAL_QUEUED, 1);
  if (g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT))
    {
      g_autoptr (CsLedgerContact) contact = make_contact (remote_id, entry->title, "");

      cs_store_finish_contact (practice->store, &entry->id, contact, FALSE, "corr-1", &error);
    }
  else
    {
      g_autoptr (CsLedgerInvoice) invoice
          = make_invoice (remote_id, entry->number, FIXTURE_TODAY, entry->amount.minor);

      cs_store_finish_invoice (practice->store, &entry->id, invoice, FALSE, "corr-2", &error);
    }
  g_assert_no_error (error);
}

void
practice_send_all (Practice *practice, const CsUuid *proposal_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cs_store_list_unfinished (practice->store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (rows, i);

      if (cs_uuid_equal (&entry->proposal_id, proposal_id))
        send_row (practice, entry);
    }
}

CsLedgerContact *
make_contact (const char *remote_id, const char *name, const char *email)
{
  CsLedgerContact *contact = cs_ledger_contact_new ();

  g_set_str (&contact->remote_id, remote_id);
  g_set_str (&contact->name, name);
  g_set_str (&contact->email, email);
  contact->updated_ms = FIXTURE_NOW_MS;
  return contact;
}

static CsMoney
money (gint64 minor)
{
  return (CsMoney){ minor, { "NZD" } };
}

/* Without lines and payments. */
CsLedgerInvoice *
make_summary (const char *remote_id, const char *number, CsDate date, gint64 total_minor)
{
  CsLedgerInvoice *invoice = cs_ledger_invoice_new ();

  g_set_str (&invoice->remote_id, remote_id);
  g_set_str (&invoice->number, number);
  g_set_str (&invoice->reference, "PROP-0001");
  g_set_str (&invoice->contact_id, "contact-1");
  g_set_str (&invoice->contact_name, "<a href=x>R&D");
  invoice->is_sales = TRUE;
  invoice->date = date;
  invoice->due = cs_date_add_days (date, 14);
  invoice->status = CS_LEDGER_AUTHORISED;
  invoice->tax_mode = CS_TAX_MODE_EXCLUSIVE;
  invoice->tax = money (total_minor / 10);
  invoice->subtotal = money (total_minor - total_minor / 10);
  invoice->total = money (total_minor);
  invoice->paid = money (1);
  invoice->credited = money (0);
  invoice->balance = money (total_minor - 1);
  invoice->updated_ms = FIXTURE_NOW_MS;
  return invoice;
}

CsLedgerInvoice *
make_invoice (const char *remote_id, const char *number, CsDate date, gint64 total_minor)
{
  CsLedgerInvoice *invoice = make_summary (remote_id, number, date, total_minor);
  CsLedgerLine *line = cs_ledger_invoice_add_line (invoice);
  CsLedgerPayment *payment = cs_ledger_invoice_add_payment (invoice);

  g_set_str (&line->remote_id, "line-1");
  g_set_str (&line->description, "Zwölf \"Monate\"\n");
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->quantity = decimal ("2");
  line->unit_price = decimal ("120.125");
  line->amount = money (24025);
  line->tax = money (3604);
  g_set_str (&payment->remote_id, "payment-1");
  g_set_str (&payment->kind, "payment");
  payment->date = date;
  payment->amount = money (1);
  return invoice;
}

gint64
practice_query (Practice *practice, const char *statement)
{
  sqlite3_stmt *row = NULL;
  gint64 number;

  g_assert_cmpint (sqlite3_prepare_v2 (cs_sql_get_handle (practice->store->sql), statement, -1, &row, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);
  return number;
}

static void
dump_table (sqlite3 *handle, const char *table, GString *dump)
{
  g_autofree char *statement = g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2", table);
  sqlite3_stmt *row = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, statement, -1, &row, NULL), ==, SQLITE_OK);
  while (sqlite3_step (row) == SQLITE_ROW)
    {
      g_string_append (dump, table);
      for (int i = 0; i < sqlite3_column_count (row); i++)
        {
          const guint8 *bytes = sqlite3_column_blob (row, i);

          g_string_append_printf (dump, " %s=", sqlite3_column_name (row, i));
          if (sqlite3_column_type (row, i) == SQLITE_BLOB)
            for (int j = 0; j < sqlite3_column_bytes (row, i); j++)
              g_string_append_printf (dump, "%02x", bytes[j]);
          else if (sqlite3_column_type (row, i) != SQLITE_NULL)
            g_string_append (dump, (const char *)sqlite3_column_text (row, i));
        }
      g_string_append_c (dump, '\n');
    }
  sqlite3_finalize (row);
}

char *
practice_dump (Practice *practice)
{
  sqlite3 *handle = cs_sql_get_handle (practice->store->sql);
  GString *dump = g_string_new (NULL);
  sqlite3_stmt *row = NULL;

  sqlite3_prepare_v2 (
      handle,
      /* What an index of words keeps is its own affair, and which change was noted when is nobody's. */
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
      " AND name NOT IN ('audit', 'invoice_change', 'sqlite_schema') ORDER BY name",
      -1, &row, NULL);
  while (sqlite3_step (row) == SQLITE_ROW)
    dump_table (handle, (const char *)sqlite3_column_text (row, 0), dump);
  sqlite3_finalize (row);
  return g_string_free (dump, FALSE);
}

void
practice_run_sql (Practice *practice, const char *script)
{
  sqlite3 *handle = NULL;
  char *words = NULL;

  g_assert_cmpint (sqlite3_open (practice->path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, script, NULL, NULL, &words);
  g_assert_cmpstr (words, ==, NULL);
  sqlite3_close (handle);
}

void
practice_assert_sound (Practice *practice)
{
  g_autoptr (GError) error = NULL;
  gint64 first_bad = 0;

  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM pragma_integrity_check"
                                             " WHERE integrity_check <> 'ok'"),
                   ==, 0);
  g_assert_cmpint (practice_query (practice, "SELECT count(*) FROM pragma_foreign_key_check"), ==, 0);
  cs_store_verify_audit (practice->store, &first_bad, &error);
  g_assert_no_error (error);
}
