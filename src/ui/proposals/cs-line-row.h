/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-ledger-lists.h"
#include "cs-proposal-editor.h"

G_BEGIN_DECLS

/* A service of a draft: closed a line that says what it bills, open its fields. Its buttons activate
 * form.move-line (uu) and form.remove-line (u). */
#define CS_TYPE_LINE_ROW (cs_line_row_get_type ())
G_DECLARE_FINAL_TYPE (CsLineRow, cs_line_row, CS, LINE_ROW, AdwExpanderRow)

GtkWidget *cs_line_row_new (CsProposalEditor *editor, CsLedgerLists *lists, guint index);
void cs_line_row_fill (CsLineRow *self, guint index); /* shows this line from now on */
gboolean cs_line_row_shows (CsLineRow *self, const CsProposalLine *line);
void cs_line_row_refresh (CsLineRow *self);                  /* what it says of itself */
void cs_line_row_focus (CsLineRow *self, const char *field); /* "description", "account", "tax", "price" */

G_END_DECLS
