/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to press in the row where the pointer is. The row goes from invoice to invoice, and one that
 * is not read yet has nothing of the one before: pressed, that would be of another invoice. */
#include "cs-invoice-cells.h"

#include "cs-invoice-row.h"
#include "cs-payments-button.h"
#include "test-session.h"

static void
set_up (TestSession *fixture, gconstpointer data)
{
  test_session_set_up (fixture);
}

static void
tear_down (TestSession *fixture, gconstpointer data)
{
  test_session_tear_down (fixture);
}

/* (transfer full): a place with an invoice that is read, pinned and has payments. */
static CsInvoiceRow *
make_read_row (void)
{
  CsInvoiceRow *row = cs_invoice_row_new (0, 1);
  CsInvoiceEntry *entry = cs_invoice_entry_new ();

  entry->key = 1;
  entry->n_payments = 2;
  entry->is_pinned = TRUE;
  g_set_str (&entry->invoice->remote_id, "an-id");
  g_set_str (&entry->invoice->number, "INV-0001");
  entry->invoice->is_sales = TRUE;
  entry->invoice->status = CS_LEDGER_AUTHORISED;
  entry->invoice->due = cs_date_from_parts (2026, 12, 21);
  g_assert_true (cs_currency_parse ("NZD", &entry->invoice->balance.currency, NULL));
  entry->invoice->balance.minor = 2500;
  cs_invoice_row_take (row, 1, entry, FALSE);
  return row;
}

static void
show (GtkColumnViewColumn *column, GtkWidget *widget, gpointer row)
{
  const CsCells *cells = cs_cells_get (column);

  cells->show (widget, row, cells->data);
}

/* (transfer full) */
static GtkWidget *
make (GtkColumnViewColumn *column)
{
  const CsCells *cells = cs_cells_get (column);

  return g_object_ref_sink (cells->make (cells->data));
}

static void
assert_label (GtkWidget *widget, const char *label)
{
  g_autofree char *wrong
      = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  g_assert_cmpstr (wrong, ==, NULL);
}

/* V-17 */
static void
test_payments (TestSession *fixture, gconstpointer data)
{
  g_autoptr (GtkColumnViewColumn) column = cs_invoice_status_column_new (fixture->session);
  g_autoptr (GtkWidget) button = make (column);
  g_autoptr (CsInvoiceRow) read = make_read_row ();
  g_autoptr (CsInvoiceRow) unread = cs_invoice_row_new (1, 2);

  show (column, button, read);
  g_assert_true (gtk_widget_get_visible (button));
  assert_label (button, "2 payments");
  /* As it is told once they were looked at. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "of it", -1);
  show (column, button, unread);
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_false (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  show (column, button, read);
  g_assert_true (gtk_widget_get_visible (button));
}

/* V-17: the place itself may go on to another invoice under what there is to press. */
static void
test_payments_of_same_row (TestSession *fixture, gconstpointer data)
{
  g_autoptr (GtkColumnViewColumn) column = cs_invoice_status_column_new (fixture->session);
  g_autoptr (GtkWidget) button = make (column);
  g_autoptr (CsInvoiceRow) row = make_read_row ();

  show (column, button, row);
  cs_invoice_row_take (row, 2, NULL, FALSE);
  show (column, button, row);
  g_assert_false (gtk_widget_get_visible (button));
}

/* V-15 */
static void
test_number (TestSession *fixture, gconstpointer data)
{
  g_autoptr (GtkColumnViewColumn) column = cs_invoice_number_column_new ();
  g_autoptr (GtkWidget) button = make (column);
  g_autoptr (CsInvoiceRow) read = make_read_row ();
  g_autoptr (CsInvoiceRow) unread = cs_invoice_row_new (1, 2);

  show (column, button, read);
  g_assert_true (gtk_widget_get_visible (button));
  assert_label (button, "Open invoice INV-0001 in Xero");
  show (column, button, unread);
  g_assert_false (gtk_widget_get_visible (button));
  assert_label (button, "");
}

/* As the list does; without an action a button is never to be pressed. */
static void
offer_actions (GtkWidget *widget)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) pin = g_simple_action_new ("pin-key", G_VARIANT_TYPE_UINT32);

  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (pin));
  gtk_widget_insert_action_group (widget, "invoices", G_ACTION_GROUP (group));
}

/* V-09 */
static void
test_pin (TestSession *fixture, gconstpointer data)
{
  g_autoptr (GtkColumnViewColumn) column = cs_invoice_pin_column_new ();
  g_autoptr (GtkWidget) button = make (column);
  g_autoptr (CsInvoiceRow) read = make_read_row ();
  g_autoptr (CsInvoiceRow) unread = cs_invoice_row_new (1, 2);

  offer_actions (button);
  show (column, button, read);
  g_assert_true (gtk_widget_get_sensitive (button));
  assert_label (button, "Unpin invoice INV-0001");
  show (column, button, unread);
  g_assert_false (gtk_widget_get_sensitive (button));
  assert_label (button, "Pin");
}

int
main (int argc, char **argv)
{
  gtk_init ();
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/invoice-cells/V-17-payments", TestSession, NULL, set_up, test_payments, tear_down);
  g_test_add ("/ui/invoice-cells/V-17-payments-of-the-same-row", TestSession, NULL, set_up,
              test_payments_of_same_row, tear_down);
  g_test_add ("/ui/invoice-cells/V-15-number", TestSession, NULL, set_up, test_number, tear_down);
  g_test_add ("/ui/invoice-cells/V-09-pin", TestSession, NULL, set_up, test_pin, tear_down);
  return g_test_run ();
}
