/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each target of this folder is this function, as libFuzzer wants it: it reads any bytes at all with one
 * parser, and aborts where a rule of that parser is broken. fuzz-driver.c calls it with the kept corpus and
 * with changes of it; tests/fuzz/run has libFuzzer call it. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever a parser says: something, or why not. */
#define fuzz_assert_told(result, error) g_assert_true (((result) != NULL) == ((error) == NULL))

G_END_DECLS
