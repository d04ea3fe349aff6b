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

void plain_floor_open (PlainFloor *floor, const char *path);
void plain_floor_insert (PlainFloor *floor, CsLedgerKind kind, GPtrArray *records);
void plain_floor_commit (PlainFloor *floor);
void plain_floor_close (PlainFloor *floor);

G_END_DECLS
