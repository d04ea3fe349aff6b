/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plain-floor.h"

enum
{
  CONTACT,
  INVOICE,
  LINE,
  PAYMENT,
  SETTLEMENT,
};

static const char schema[]
    = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
      "CREATE TABLE contact (id TEXT PRIMARY KEY, name TEXT, email TEXT, contact_number TEXT, is_archived "
      "INTEGER,"
      " merged_into TEXT, updated_ms INTEGER);"
      "CREATE TABLE invoice (id TEXT PRIMARY KEY, is_sales INTEGER, number TEXT, reference TEXT, contact_id "
      "TEXT,"
      " date INTEGER, due INTEGER, status TEXT, tax_mode TEXT, currency TEXT, subtotal_minor INTEGER,"
      " tax_minor INTEGER, total_minor INTEGER, paid_minor INTEGER, credited_minor INTEGER,"
      " balance_minor INTEGER, updated_ms INTEGER);"
      "CREATE TABLE line_item (id TEXT PRIMARY KEY, invoice_id TEXT, description TEXT, quantity INTEGER,"
      " unit_price INTEGER, account_code TEXT, tax_type TEXT, tax_minor INTEGER, amount_minor INTEGER);"
      "CREATE TABLE payment (id TEXT, invoice_id TEXT, kind TEXT, number TEXT, date INTEGER,"
      " amount_minor INTEGER, PRIMARY KEY (id, invoice_id));"
      "CREATE TABLE settlement (id TEXT PRIMARY KEY, kind TEXT, number TEXT, contact_id TEXT, date INTEGER,"
      " status TEXT, currency TEXT, total_minor INTEGER, remaining_minor INTEGER, updated_ms INTEGER,"
      " is_received INTEGER);";

static const char *const inserts[] = {
  [CONTACT] = "INSERT OR IGNORE INTO contact VALUES (?, ?, ?, ?, ?, ?, ?)",
  [INVOICE] = "INSERT INTO invoice VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  [LINE] = "INSERT INTO line_item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  [PAYMENT] = "INSERT OR IGNORE INTO payment VALUES (?, ?, ?, ?, ?, ?)",
  [SETTLEMENT] = "INSERT INTO settlement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
};

static void
execute (PlainFloor *floor, const char *script)
{
  g_assert_cmpint (sqlite3_exec (floor->handle, script, NULL, NULL, NULL), ==, SQLITE_OK);
}

void
plain_floor_open (PlainFloor *floor, const char *path)
{
  g_assert_cmpint (sqlite3_open (path, &floor->handle), ==, SQLITE_OK);
  execute (floor, schema);
  for (gsize i = 0; i < G_N_ELEMENTS (inserts); i++)
    g_assert_cmpint (
        sqlite3_prepare_v3 (floor->handle, inserts[i], -1, SQLITE_PREPARE_PERSISTENT, &floor->rows[i], NULL),
        ==, SQLITE_OK);
  execute (floor, "BEGIN IMMEDIATE");
}

void
floor_bind_text (sqlite3_stmt *row, int column, const char *text)
{
  sqlite3_bind_text (row, column, text, -1, SQLITE_STATIC);
}

void
floor_bind_date (sqlite3_stmt *row, int column, CsDate date)
{
  if (cs_date_is_set (date))
    sqlite3_bind_int (row, column, date.days);
  else
    sqlite3_bind_null (row, column);
}

void
floor_insert (sqlite3_stmt *row)
{
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_DONE);
  sqlite3_reset (row);
}

static void
insert_contact (PlainFloor *floor, const CsLedgerContact *contact)
{
  sqlite3_stmt *row = floor->rows[CONTACT];

  floor_bind_text (row, 1, contact->remote_id);
  floor_bind_text (row, 2, contact->name);
  floor_bind_text (row, 3, contact->email);
  floor_bind_text (row, 4, contact->contact_number);
  sqlite3_bind_int (row, 5, contact->is_archived);
  floor_bind_text (row, 6, contact->merged_into);
  sqlite3_bind_int64 (row, 7, contact->updated_ms);
  floor_insert (row);
}

static void
insert_line (PlainFloor *floor, const char *invoice_id, const CsLedgerLine *line)
{
  sqlite3_stmt *row = floor->rows[LINE];

  floor_bind_text (row, 1, line->remote_id);
  floor_bind_text (row, 2, invoice_id);
  floor_bind_text (row, 3, line->description);
  sqlite3_bind_int64 (row, 4, line->quantity.units);
  sqlite3_bind_int64 (row, 5, line->unit_price.units);
  floor_bind_text (row, 6, line->account_code);
  floor_bind_text (row, 7, line->tax_type);
  sqlite3_bind_int64 (row, 8, line->tax.minor);
  sqlite3_bind_int64 (row, 9, line->amount.minor);
  floor_insert (row);
}

static void
insert_payment (PlainFloor *floor, const char *invoice_id, const CsLedgerPayment *payment)
{
  sqlite3_stmt *row = floor->rows[PAYMENT];

  floor_bind_text (row, 1, payment->remote_id);
  floor_bind_text (row, 2, invoice_id);
  floor_bind_text (row, 3, payment->kind);
  floor_bind_text (row, 4, payment->number);
  floor_bind_date (row, 5, payment->date);
  sqlite3_bind_int64 (row, 6, payment->amount.minor);
  floor_insert (row);
}

static void
insert_invoice (PlainFloor *floor, const CsLedgerInvoice *invoice)
{
  sqlite3_stmt *row = floor->rows[INVOICE];
  const CsMoney amounts[] = { invoice->subtotal, invoice->tax,      invoice->total,
                              invoice->paid,     invoice->credited, invoice->balance };

  floor_bind_text (row, 1, invoice->remote_id);
  sqlite3_bind_int (row, 2, invoice->is_sales);
  floor_bind_text (row, 3, invoice->number);
  floor_bind_text (row, 4, invoice->reference);
  floor_bind_text (row, 5, invoice->contact_id);
  floor_bind_date (row, 6, invoice->date);
  floor_bind_date (row, 7, invoice->due);
  floor_bind_text (row, 8, cs_ledger_status_to_string (invoice->status));
  floor_bind_text (row, 9, cs_tax_mode_to_string (invoice->tax_mode));
  floor_bind_text (row, 10, invoice->total.currency.code);
  for (int i = 0; i < (int)G_N_ELEMENTS (amounts); i++)
    sqlite3_bind_int64 (row, 11 + i, amounts[i].minor);
  sqlite3_bind_int64 (row, 17, invoice->updated_ms);
  floor_insert (row);
  for (guint i = 0; i < invoice->n_lines; i++)
    insert_line (floor, invoice->remote_id, &invoice->lines[i]);
  for (guint i = 0; i < invoice->n_payments; i++)
    insert_payment (floor, invoice->remote_id, &invoice->payments[i]);
}

static void
insert_settlement (PlainFloor *floor, const CsLedgerSettlement *settlement)
{
  sqlite3_stmt *row = floor->rows[SETTLEMENT];

  floor_bind_text (row, 1, settlement->remote_id);
  floor_bind_text (row, 2, settlement->kind);
  floor_bind_text (row, 3, settlement->number);
  floor_bind_text (row, 4, settlement->contact_id);
  floor_bind_date (row, 5, settlement->date);
  floor_bind_text (row, 6, settlement->status);
  floor_bind_text (row, 7, settlement->total.currency.code);
  sqlite3_bind_int64 (row, 8, settlement->total.minor);
  sqlite3_bind_int64 (row, 9, settlement->remaining.minor);
  sqlite3_bind_int64 (row, 10, settlement->updated_ms);
  sqlite3_bind_int (row, 11, settlement->is_received);
  floor_insert (row);
}

/* @records: (element-type CsLedgerContact, CsLedgerInvoice or CsLedgerSettlement): as @kind says */
void
plain_floor_insert (PlainFloor *floor, CsLedgerKind kind, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    if (kind == CS_LEDGER_KIND_CONTACTS)
      insert_contact (floor, g_ptr_array_index (records, i));
    else if (kind == CS_LEDGER_KIND_INVOICES)
      insert_invoice (floor, g_ptr_array_index (records, i));
    else
      insert_settlement (floor, g_ptr_array_index (records, i));
}

void
plain_floor_commit (PlainFloor *floor)
{
  execute (floor, "COMMIT");
}

void
plain_floor_close (PlainFloor *floor)
{
  for (gsize i = 0; i < G_N_ELEMENTS (floor->rows); i++)
    sqlite3_finalize (floor->rows[i]);
  sqlite3_close (floor->handle);
}
