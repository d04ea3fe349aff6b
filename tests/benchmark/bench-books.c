/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-books.h"

#include "cs-store-private.h"
#include "cs-store-review.h"

#define PAGE 1000

static gint64
now_ms (const CsClock *clock)
{
  return g_get_real_time () / 1000;
}
const CsClock bench_clock = { now_ms, NULL };

/* The day up to which there are invoices. */
CsDate
bench_books_get_today (void)
{
  return cs_date_from_parts (2026, 11, 22);
}

static void
take (char **text, char *now)
{
  g_free (*text);
  *text = now;
}

/* The invoice @i of @n_invoices, newest first; @rand says what became of it. */
CsLedgerInvoice *
bench_books_make_invoice (GRand *rand, guint n_invoices, guint i)
{
  CsLedgerInvoice *invoice = cs_ledger_invoice_new ();
  guint contact = (guint)g_rand_int_range (rand, 0, BENCH_CONTACTS);
  int luck = g_rand_int_range (rand, 0, 1000);

  invoice->is_sales = TRUE;
  take (&invoice->remote_id, g_strdup_printf ("%08x-0000-4000-8000-%012u", i * 2654435761u, i));
  take (&invoice->number, g_strdup_printf ("INV-%07u", n_invoices - i));
  take (&invoice->reference, luck % 10 == 0 ? g_strdup_printf ("PROP-%04u", contact) : g_strdup (""));
  take (&invoice->contact_id, g_strdup_printf ("%08x-0000-4000-8000-00000000c0de", contact));
  take (&invoice->contact_name,
        g_strdup_printf ("Client %u of %s", contact, contact % 3 == 0 ? "Kauri" : "Huia"));
  invoice->date = cs_date_add_days (bench_books_get_today (), -(int)((gint64)i * 3000 / n_invoices));
  invoice->due = cs_date_add_days (invoice->date, 20);
  invoice->status = luck < 919   ? CS_LEDGER_PAID
                    : luck < 969 ? CS_LEDGER_AUTHORISED
                    : luck < 989 ? CS_LEDGER_VOIDED
                                 : CS_LEDGER_DRAFT;
  invoice->total = (CsMoney){ g_rand_int_range (rand, 1000, 2000000), { "NZD" } };
  invoice->balance
      = (CsMoney){ invoice->status == CS_LEDGER_AUTHORISED ? invoice->total.minor / (1 + luck % 2) : 0,
                   { "NZD" } };
  invoice->subtotal = invoice->tax = invoice->credited = (CsMoney){ 0, { "NZD" } };
  invoice->paid = (CsMoney){ invoice->total.minor - invoice->balance.minor, { "NZD" } };
  invoice->updated_ms = 1;
  return invoice;
}

/* Writes them into the mirror, a page a transaction. Returns: the connection that they are of. */
CsUuid
bench_books_fill (CsStore *store, GRand *rand, guint n_invoices)
{
  g_autoptr (CsConnection) connection = cs_connection_new ();

  g_set_str (&connection->system, "xero");
  g_set_str (&connection->tenant_id, "tenant");
  connection->currency = (CsCurrency){ "NZD" };
  g_assert_true (cs_store_save_connection (store, connection, NULL));
  for (guint i = 0; i < n_invoices; i += PAGE)
    {
      g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_invoice_free);

      for (guint k = i; k < MIN (n_invoices, i + PAGE); k++)
        g_ptr_array_add (page, bench_books_make_invoice (rand, n_invoices, k));
      g_assert_true (cs_store_save_invoices (store, &connection->id, page, NULL, NULL));
    }
  return connection->id;
}
