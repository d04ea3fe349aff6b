/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-store.h"

G_BEGIN_DECLS

/* The books of a practice that the benchmarks look at: as many sales invoices as are wanted, over eight years
 * up to a fixed day, of which 92 in a hundred are paid, 5 are not or in part, 2 are voided and 1 is a draft.
 */

#define BENCH_CONTACTS 5000

extern const CsClock bench_clock;

CsDate bench_books_get_today (void);
CsLedgerInvoice *bench_books_make_invoice (GRand *rand, guint n_invoices, guint i);
CsUuid bench_books_fill (CsStore *store, GRand *rand, guint n_invoices);

G_END_DECLS
