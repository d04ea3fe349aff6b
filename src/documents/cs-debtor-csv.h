/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-csv.h"
#include "cs-debtor.h"

G_BEGIN_DECLS

/* Who owes what, since when: a row a contact and currency. A spreadsheet makes its own totals, so that there
 * is none to add up by mistake. */
void cs_debtor_csv_add_head (CsCsv *csv);
void cs_debtor_csv_add (CsCsv *csv, const CsDebtor *debtor, CsDate today);

G_END_DECLS
