/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A drop-down of codes with their names, such as accounts. The code that is set stays in the list even when
 * the ledger no longer has it, so that looking at the preferences never changes them. */
#define CS_TYPE_CODE_ROW (cs_code_row_get_type ())
G_DECLARE_FINAL_TYPE (CsCodeRow, cs_code_row, CS, CODE_ROW, AdwComboRow)

/* Signal "chosen": a person chose another code. */
void cs_code_row_begin (CsCodeRow *self);
void cs_code_row_add (CsCodeRow *self, const char *code, const char *label);
void cs_code_row_end (CsCodeRow *self, const char *code);
const char *cs_code_row_get_code (CsCodeRow *self);

G_END_DECLS
