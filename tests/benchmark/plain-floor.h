/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "cs-ledger.h"

G_BEGIN_DECLS

/* The floor that the goals P1 and P3 of performance.md (section 2) are set against: a bare C loop that puts
 * records, parsed beforehand, into plain tables, a row for each invoice, line, payment and contact, with the
 * ledger's ids for keys and no other index, all in one transaction (WAL, synchronous=NORMAL). */
typedef struct
{
  sqlite3 *handle;
  sqlite3_stmt *rows[5];
} PlainFloor;

/* What both floors do with a row: nothing is copied, and a date that is not set is NULL. */
void floor_bind_text (sqlite3_stmt *row, int column, const char *text);
void floor_bind_date (sqlite3_stmt *row, int column, CsDate date);
void floor_insert (sqlite3_stmt *row);

void plain_floor_open (PlainFloor *floor, const char *path);
void plain_floor_insert (PlainFloor *floor, CsLedgerKind kind, GPtrArray *records);
void plain_floor_commit (PlainFloor *floor);
void plain_floor_close (PlainFloor *floor);

G_END_DECLS
