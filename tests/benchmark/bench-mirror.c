/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "../sandbox/sandbox-client.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cs-pacer.h"
#include "cs-store-private.h"
#include "cs-xero.h"
#include "plain-floor.h"

/* bench-mirror INVOICES   what it costs to bring a ledger's pages into the mirror, beside two floors of the
 * same pages in the same run: downloaded by one plain loop, and their rows, parsed beforehand, inserted by a
 * bare C loop, once as plain rows in one transaction (plain-floor.h, which the goals P1 and P3 of
 * performance.md section 6 are set against) and once with our own schema, its indexes and our commit per page
 * (also for P9). Page by page in turn, so that the machine's moods meet all. Prints "name value" lines for
 * tests/benchmark/run. */

typedef struct
{
  double wall;
  double processor;
} Cost;

typedef struct
{
  Cost total;
  double wall_from;
  double processor_from;
} Stopwatch;

static double
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
start (Stopwatch *watch)
{
  watch->wall_from = read_clock (CLOCK_MONOTONIC);
  watch->processor_from = read_clock (CLOCK_THREAD_CPUTIME_ID);
}

static void
stop (Stopwatch *watch)
{
  watch->total.wall += read_clock (CLOCK_MONOTONIC) - watch->wall_from;
  watch->total.processor += read_clock (CLOCK_THREAD_CPUTIME_ID) - watch->processor_from;
}

static void
print (const char *name, const Stopwatch *watch)
{
  printf ("%s_wall %.6f\n%s_processor %.6f\n", name, watch->total.wall, name, watch->total.processor);
}

/* --- our store, and the floor's file beside it --- */

typedef struct
{
  char *folder;
  CsStore *store;
  CsUuid connection_id;
  sqlite3 *floor;
  sqlite3_stmt *floor_invoice;
  sqlite3_stmt *floor_settlement;
  sqlite3_stmt *floor_contact;
  PlainFloor plain;
} Files;

static gint64
now_ms (const CsClock *clock)
{
  return g_get_real_time () / 1000;
}
static const CsClock real_clock = { now_ms, NULL };

static CsStore *
open_store (const char *path, CsUuid *connection_id)
{
  g_autoptr (CsConnection) connection = cs_connection_new ();
  CsStore *store = cs_store_open (path, FALSE, &real_clock, NULL);

  g_assert_nonnull (store);
  g_set_str (&connection->system, "xero");
  g_set_str (&connection->tenant_id, "tenant");
  connection->currency = (CsCurrency){ "NZD" };
  g_assert_true (cs_store_save_connection (store, connection, NULL));
  *connection_id = connection->id;
  return store;
}

static sqlite3_stmt *
prepare (sqlite3 *handle, const char *text)
{
  sqlite3_stmt *row = NULL;

  g_assert_cmpint (sqlite3_prepare_v3 (handle, text, -1, SQLITE_PREPARE_PERSISTENT, &row, NULL), ==,
                   SQLITE_OK);
  return row;
}

static void
files_open (Files *files)
{
  g_autofree char *ours = NULL;
  g_autofree char *floor = NULL;
  g_autofree char *plain = NULL;
  CsUuid floor_connection;

  files->folder = g_dir_make_tmp ("countersign-bench-XXXXXX", NULL);
  ours = g_build_filename (files->folder, "ours.sqlite", NULL);
  floor = g_build_filename (files->folder, "floor.sqlite", NULL);
  plain = g_build_filename (files->folder, "plain.sqlite", NULL);
  plain_floor_open (&files->plain, plain);
  files->store = open_store (ours, &files->connection_id);
  cs_store_close (open_store (floor, &floor_connection));
  g_assert_cmpint (sqlite3_open_v2 (floor, &files->floor, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL),
                   ==, SQLITE_OK);
  /* Nor are the sums and the search that the triggers keep: its rows and their indexes are the floor. */
  g_assert_cmpint (sqlite3_exec (files->floor,
                                 "DROP TRIGGER ledger_invoice_insert; DROP TRIGGER ledger_invoice_delete;"
                                 " DROP TRIGGER ledger_invoice_sums; DROP TRIGGER ledger_invoice_update",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  /* Foreign keys are ours to hold and no part of a floor; how a commit reaches the disk is. */
  g_assert_cmpint (sqlite3_exec (files->floor,
                                 "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                 " PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  files->floor_invoice = prepare (
      files->floor,
      "INSERT OR REPLACE INTO ledger_invoice (id, connection_id, remote_id, is_sales, number, reference,"
      " contact_id, contact_name, date, due, status, tax_mode, currency, subtotal_minor, tax_minor, "
      "total_minor,"
      " paid_minor, credited_minor, balance_minor, updated_ms, read_ms, seen_run, details)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  files->floor_settlement
      = prepare (files->floor,
                 "INSERT OR REPLACE INTO ledger_settlement (id, connection_id, remote_id, kind, number,"
                 " contact_id, date, status, currency, total_minor, remaining_minor, updated_ms, invoice_ids,"
                 " is_received)"
                 " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  files->floor_contact = prepare (
      files->floor, "INSERT OR REPLACE INTO ledger_contact (id, connection_id, remote_id, name, email,"
                    " contact_number, is_archived, merged_into, updated_ms, seen_run)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
}

static void
files_close (Files *files)
{
  static const char *const names[]
      = { "ours.sqlite",      "ours.sqlite-wal", "ours.sqlite-shm",  "floor.sqlite",    "floor.sqlite-wal",
          "floor.sqlite-shm", "plain.sqlite",    "plain.sqlite-wal", "plain.sqlite-shm" };

  sqlite3_finalize (files->floor_invoice);
  sqlite3_finalize (files->floor_settlement);
  sqlite3_finalize (files->floor_contact);
  sqlite3_close (files->floor);
  plain_floor_close (&files->plain);
  cs_store_close (files->store);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (files->folder, names[i], NULL);

      remove (path);
    }
  remove (files->folder);
  g_free (files->folder);
}

/* --- the floor's rows --- */

typedef struct
{
  CsUuid id;
  char *text; /* details, or the invoices of a settlement */
} Prepared;

static void
bind_key (Files *files, sqlite3_stmt *row, const Prepared *prepared, const char *remote_id)
{
  sqlite3_bind_blob (row, 1, prepared->id.bytes, sizeof prepared->id.bytes, SQLITE_STATIC);
  sqlite3_bind_blob (row, 2, files->connection_id.bytes, sizeof files->connection_id.bytes, SQLITE_STATIC);
  floor_bind_text (row, 3, remote_id);
}

static void
floor_invoice (Files *files, const Prepared *prepared, const CsLedgerInvoice *invoice)
{
  sqlite3_stmt *row = files->floor_invoice;
  const CsMoney amounts[] = { invoice->subtotal, invoice->tax,      invoice->total,
                              invoice->paid,     invoice->credited, invoice->balance };

  bind_key (files, row, prepared, invoice->remote_id);
  sqlite3_bind_int (row, 4, invoice->is_sales);
  floor_bind_text (row, 5, invoice->number);
  floor_bind_text (row, 6, invoice->reference);
  floor_bind_text (row, 7, invoice->contact_id);
  floor_bind_text (row, 8, invoice->contact_name);
  floor_bind_date (row, 9, invoice->date);
  floor_bind_date (row, 10, invoice->due);
  floor_bind_text (row, 11, cs_ledger_status_to_string (invoice->status));
  floor_bind_text (row, 12, cs_tax_mode_to_string (invoice->tax_mode));
  floor_bind_text (row, 13, invoice->total.currency.code);
  for (int i = 0; i < (int)G_N_ELEMENTS (amounts); i++)
    sqlite3_bind_int64 (row, 14 + i, amounts[i].minor);
  sqlite3_bind_int64 (row, 20, invoice->updated_ms);
  sqlite3_bind_int64 (row, 21, invoice->read_ms);
  sqlite3_bind_int64 (row, 22, 1);
  floor_bind_text (row, 23, prepared->text);
  floor_insert (row);
}

static void
floor_settlement (Files *files, const Prepared *prepared, const CsLedgerSettlement *settlement)
{
  sqlite3_stmt *row = files->floor_settlement;

  bind_key (files, row, prepared, settlement->remote_id);
  floor_bind_text (row, 4, settlement->kind);
  floor_bind_text (row, 5, settlement->number);
  floor_bind_text (row, 6, settlement->contact_id);
  floor_bind_date (row, 7, settlement->date);
  floor_bind_text (row, 8, settlement->status);
  floor_bind_text (row, 9, settlement->total.currency.code);
  sqlite3_bind_int64 (row, 10, settlement->total.minor);
  sqlite3_bind_int64 (row, 11, settlement->remaining.minor);
  sqlite3_bind_int64 (row, 12, settlement->updated_ms);
  floor_bind_text (row, 13, prepared->text);
  sqlite3_bind_int (row, 14, settlement->is_received);
  floor_insert (row);
}

static void
floor_contact (Files *files, const Prepared *prepared, const CsLedgerContact *contact)
{
  sqlite3_stmt *row = files->floor_contact;

  bind_key (files, row, prepared, contact->remote_id);
  floor_bind_text (row, 4, contact->name);
  floor_bind_text (row, 5, contact->email);
  floor_bind_text (row, 6, contact->contact_number);
  sqlite3_bind_int (row, 7, contact->is_archived);
  floor_bind_text (row, 8, contact->merged_into);
  sqlite3_bind_int64 (row, 9, contact->updated_ms);
  sqlite3_bind_int64 (row, 10, 1);
  floor_insert (row);
}

/* All that is not inserting, before the watch runs. */
static Prepared *
prepare_rows (Files *files, CsLedgerKind kind, GPtrArray *records)
{
  Prepared *rows = g_new0 (Prepared, MAX (records->len, 1));

  for (guint i = 0; i < records->len; i++)
    {
      gpointer record = g_ptr_array_index (records, i);

      if (kind == CS_LEDGER_KIND_INVOICES)
        {
          const CsLedgerInvoice *invoice = record;
          g_autoptr (GBytes) details = cs_ledger_details_build (invoice);

          rows[i].id = cs_store_get_mirror_id ("ledger-invoice", &files->connection_id, invoice->remote_id);
          rows[i].text = g_strndup (g_bytes_get_data (details, NULL), g_bytes_get_size (details));
        }
      else if (kind == CS_LEDGER_KIND_CONTACTS)
        rows[i].id = cs_store_get_mirror_id ("ledger-contact", &files->connection_id,
                                             ((const CsLedgerContact *)record)->remote_id);
      else
        {
          const CsLedgerSettlement *settlement = record;

          rows[i].id
              = cs_store_get_mirror_id (settlement->kind, &files->connection_id, settlement->remote_id);
          rows[i].text = g_strjoinv (" ", settlement->invoice_ids);
        }
    }
  return rows;
}

static void
insert_floor (Files *files, CsLedgerKind kind, GPtrArray *records, const Prepared *rows)
{
  sqlite3_exec (files->floor, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      gpointer record = g_ptr_array_index (records, i);

      if (kind == CS_LEDGER_KIND_INVOICES)
        floor_invoice (files, &rows[i], record);
      else if (kind == CS_LEDGER_KIND_CONTACTS)
        floor_contact (files, &rows[i], record);
      else
        floor_settlement (files, &rows[i], record);
    }
  g_assert_cmpint (sqlite3_exec (files->floor, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
}

/* --- a page --- */

typedef struct
{
  Stopwatch download;
  Stopwatch decode;
  Stopwatch decode_invoices;
  Stopwatch save;
  Stopwatch floor;
  Stopwatch plain;
  Stopwatch free_records;
  guint n_records;
  guint n_invoices;
  guint n_calls;
  gsize n_bytes;
  gboolean has_plain;
} Run;

static GBytes *
get (Sandbox *sandbox, const char *path)
{
  g_autofree char *address = g_strconcat (sandbox->address, "/api.xro/2.0/", path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  GBytes *body = NULL;

  soup_message_headers_replace (headers, "Authorization", bearer);
  soup_message_headers_replace (headers, "xero-tenant-id", sandbox->tenant);
  soup_message_headers_replace (headers, "Accept", "application/json");
  body = soup_session_send_and_read (sandbox->session, message, NULL, NULL);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  return body;
}

static void
save (Files *files, CsLedgerKind kind, GPtrArray *records)
{
  static const char *const cursors[]
      = { "contacts", "invoices", "payments", "credit-notes", "prepayments", "overpayments" };
  const CsCursor cursor = { .high_water_ms = 1, .run = 1 };
  g_autoptr (GError) error = NULL;

  if (kind == CS_LEDGER_KIND_INVOICES)
    cs_store_save_invoices (files->store, &files->connection_id, records, &cursor, &error);
  else if (kind == CS_LEDGER_KIND_CONTACTS)
    cs_store_save_contacts (files->store, &files->connection_id, records, &cursor, &error);
  else
    cs_store_save_settlements (files->store, &files->connection_id, cursors[kind], records, &cursor, &error);
  g_assert_no_error (error);
}

static gboolean
run_page (Sandbox *sandbox, Files *files, CsLedgerKind kind, const char *path, guint number, Run *run)
{
  CsLedgerPage page = { .page = number };
  g_autoptr (GBytes) body = NULL;
  GPtrArray *records = NULL;
  Prepared *rows = NULL;
  Stopwatch decode = { 0 };

  start (&run->download);
  body = get (sandbox, path);
  stop (&run->download);
  start (&decode);
  records = cs_xero_decode_page (body, kind, &page, NULL);
  stop (&decode);
  g_assert_nonnull (records);
  run->decode.total.wall += decode.total.wall;
  run->decode.total.processor += decode.total.processor;
  if (kind == CS_LEDGER_KIND_INVOICES)
    {
      run->decode_invoices.total.wall += decode.total.wall;
      run->decode_invoices.total.processor += decode.total.processor;
      run->n_invoices += records->len;
    }
  rows = prepare_rows (files, kind, records);
  for (int turn = 0; turn < 2; turn++)
    if ((turn + (int)number) % 2 == 0)
      {
        start (&run->floor);
        insert_floor (files, kind, records, rows);
        stop (&run->floor);
      }
    else
      {
        start (&run->save);
        save (files, kind, records);
        stop (&run->save);
      }
  if (run->has_plain)
    {
      start (&run->plain);
      plain_floor_insert (&files->plain, kind, records);
      stop (&run->plain);
    }
  run->n_records += records->len;
  run->n_bytes += g_bytes_get_size (body);
  run->n_calls++;
  for (guint i = 0; i < records->len; i++)
    g_free (rows[i].text);
  g_free (rows);
  start (&run->free_records);
  g_ptr_array_unref (records);
  stop (&run->free_records);
  return number < page.page_count;
}

static void
pull (Sandbox *sandbox, Files *files, Run *run)
{
  static const struct
  {
    CsLedgerKind kind;
    const char *path;
  } lists[] = {
    { CS_LEDGER_KIND_CONTACTS, "Contacts?includeArchived=true&order=ContactID%20ASC" },
    { CS_LEDGER_KIND_INVOICES, "Invoices?unitdp=4&order=InvoiceID%20ASC" },
    { CS_LEDGER_KIND_PAYMENTS, "Payments?order=PaymentID%20ASC" },
    { CS_LEDGER_KIND_CREDIT_NOTES, "CreditNotes?unitdp=4&order=CreditNoteID%20ASC" },
    { CS_LEDGER_KIND_PREPAYMENTS, "Prepayments?unitdp=4&order=PrepaymentID%20ASC" },
    { CS_LEDGER_KIND_OVERPAYMENTS, "Overpayments?unitdp=4&order=OverpaymentID%20ASC" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      gboolean more = TRUE;

      for (guint page = 1; more; page++)
        {
          g_autofree char *path = g_strdup_printf ("%s&pageSize=1000&page=%u", lists[i].path, page);

          more = run_page (sandbox, files, lists[i].kind, path, page, run);
        }
    }
  start (&run->plain);
  plain_floor_commit (&files->plain);
  stop (&run->plain);
}

static void
print_run (const char *name, const Run *run)
{
  g_autofree char *prefix = g_strconcat (name, "_", NULL);
  const struct
  {
    const char *name;
    const Stopwatch *watch;
  } watches[] = { { "download", &run->download },
                  { "decode", &run->decode },
                  { "decode_invoices", &run->decode_invoices },
                  { "save", &run->save },
                  { "free", &run->free_records },
                  { "floor_insert", &run->floor },
                  { "plain_insert", &run->plain } };

  for (gsize i = 0; i < G_N_ELEMENTS (watches); i++)
    {
      g_autofree char *full = g_strconcat (prefix, watches[i].name, NULL);

      print (full, watches[i].watch);
    }
  printf ("%srecords %u\n%sinvoices %u\n%scalls %u\n%sbytes %" G_GSIZE_FORMAT "\n", prefix, run->n_records,
          prefix, run->n_invoices, prefix, run->n_calls, prefix, run->n_bytes);
}

static gint64
sum_up (sqlite3 *handle, const char *text)
{
  sqlite3_stmt *row = prepare (handle, text);
  gint64 found;

  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  found = sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);
  return found;
}

/* Equal work: the files hold the same. */
static void
check_equal (Files *files)
{
  static const char sums[]
      = "SELECT (SELECT sum (total_minor + balance_minor + length (details)) FROM ledger_invoice)"
        " + (SELECT count(*) + sum (total_minor) FROM ledger_settlement)"
        " + (SELECT count(*) FROM ledger_contact)";
  static const char common[] = "SELECT (SELECT sum (total_minor + balance_minor) FROM %s)"
                               " + (SELECT count(*) + sum (total_minor) FROM %s)"
                               " + (SELECT count(*) FROM %s)";
  g_autofree char *ours = g_strdup_printf (common, "ledger_invoice", "ledger_settlement", "ledger_contact");
  g_autofree char *plain = g_strdup_printf (common, "invoice", "settlement", "contact");
  sqlite3 *handle = cs_sql_get_handle (files->store->sql);

  g_assert_cmpint (sum_up (handle, sums), ==, sum_up (files->floor, sums));
  g_assert_cmpint (sum_up (handle, ours), ==, sum_up (files->plain.handle, plain));
  g_assert_cmpint (sum_up (handle, ours), >, 0);
}

/* --- P14 --- */

/* How long so many calls of @latency_ms take by our own pacer, on a clock of its own, beside what the rules
 * allow: 60 in any minute, 5 at once (performance.md section 5). */
static double
pace (guint n_calls, gint64 latency_ms)
{
  CsPacer pacer;
  const CsPacerWord word = CS_PACER_WORD_NONE;
  g_autoptr (GQueue) in_flight = g_queue_new ();
  gint64 now = G_GINT64_CONSTANT (1795338000000);
  const gint64 begun = now;
  const guint left = (n_calls - 1) % 60;
  const gint64 bound = 60000 * ((n_calls - 1) / 60) + latency_ms * (left / 5 + 1);
  guint n_done = 0;
  guint n_sent = 0;

  cs_pacer_init (&pacer);
  while (n_done < n_calls)
    {
      gint64 wake = 0;
      const gint64 *first = g_queue_peek_head (in_flight);

      if (n_sent < n_calls && cs_pacer_ask (&pacer, FALSE, now, &wake) == CS_PACE_GO)
        {
          gint64 *ends = g_new (gint64, 1);

          cs_pacer_sent (&pacer, now);
          *ends = now + latency_ms;
          g_queue_push_tail (in_flight, ends);
          n_sent++;
          continue;
        }
      if (first != NULL && (n_sent == n_calls || wake <= now || *first <= wake))
        {
          g_autofree gint64 *ends = g_queue_pop_head (in_flight);

          now = MAX (now, *ends);
          cs_pacer_answered (&pacer, &word, now);
          n_done++;
        }
      else
        now = MAX (wake, now + 1);
    }
  return (double)(now - begun) / (double)MAX (bound, (gint64)n_calls * latency_ms / 5);
}

int
main (int argc, char **argv)
{
  guint n_invoices = argc > 1 ? (guint)g_ascii_strtoull (argv[1], NULL, 10) : 20000;
  g_autofree char *profile = g_strdup_printf ("count:%u", n_invoices);
  g_autoptr (Sandbox) sandbox
      = sandbox_start_with (profile, "--assume", "paged-lists-are-high-volume=off", "--minute-limit",
                            "100000000", "--day-limit", "100000000", NULL);
  g_autoptr (Answer) limits = NULL;
  Files files = { 0 };
  Run first = { .has_plain = TRUE };
  Run again = { 0 };

  limits = sandbox_control (sandbox, "limits",
                            "{\"minute\":100000000,\"day\":100000000,\"app_minute\":100000000}");
  sandbox_sign_in (sandbox, SCOPES);
  files_open (&files);
  pull (sandbox, &files, &first);
  check_equal (&files);
  print_run ("full", &first);
  /* P9: a page of records that are there already. */
  run_page (sandbox, &files, CS_LEDGER_KIND_INVOICES, "Invoices?unitdp=4&pageSize=1000&page=1", 1, &again);
  print_run ("again", &again);
  files_close (&files);
  printf ("pace_100 %.4f\npace_1000 %.4f\n", pace (100, 3000), pace (1000, 3000));
  return 0;
}
