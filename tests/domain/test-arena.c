/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-ledger-records.h"

#include <stdalign.h>
#include <stddef.h>
#include <string.h>

/* Everything is apart, aligned for any type and as it was put there, whatever the sizes. */
static void
test_keeps (void)
{
  g_autoptr (CsArena) arena = cs_arena_new ();
  char *texts[300];
  gint64 *numbers[300];
  g_autofree char *long_text = g_strnfill (200000, 'x');
  char *longest;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      texts[i] = cs_arena_dup_text (arena, long_text, i);
      numbers[i] = cs_arena_new_array (arena, gint64, i);
      g_assert_cmpuint ((guintptr)numbers[i] % (i > 0 ? alignof (max_align_t) : 1), ==, 0);
      for (gsize j = 0; j < i; j++)
        {
          g_assert_cmpint (numbers[i][j], ==, 0);
          numbers[i][j] = (gint64)(i * 1000 + j);
        }
    }
  longest = cs_arena_dup_text (arena, long_text, 200000);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_cmpuint (strlen (texts[i]), ==, i);
      for (gsize j = 0; j < i; j++)
        g_assert_cmpint (numbers[i][j], ==, (gint64)(i * 1000 + j));
    }
  g_assert_cmpstr (longest, ==, long_text);
}

/* A record holds the arena that it lies in, so that the last one frees it, in whatever order they go. */
static void
test_is_held_by_records (void)
{
  CsArena *arena = cs_arena_new ();
  CsLedgerInvoice *first = cs_ledger_invoice_new_in (arena);
  CsLedgerInvoice *second = cs_ledger_invoice_new_in (arena);

  first->number = cs_arena_dup_text (arena, "INV-1", 5);
  second->number = cs_arena_dup_text (arena, "INV-2", 5);
  cs_arena_unref (arena);
  cs_ledger_invoice_free (first);
  g_assert_cmpstr (second->number, ==, "INV-2");
  g_assert_false (cs_date_is_set (second->due));
  cs_ledger_invoice_free (second);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arena/keeps-what-is-put-there", test_keeps);
  g_test_add_func ("/arena/is-held-by-records", test_is_held_by_records);
  return g_test_run ();
}
