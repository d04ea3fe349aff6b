/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to press in the row where the pointer is. The row goes from invoice to invoice, and one that
 * is not read yet has nothing of the one before: pressed, that would be of another invoice. */
#include "cs-invoice-cells.h"

#include "cs-invoice-row.h"
#include "cs-payments-button.h"
#include "cs-registry.h"

#include <glib/gstdio.h>

#define WAIT_MS 60000
#define TICK_MS 5
#define NOW_MS G_GINT64_CONSTANT (1795338000000) /* 2026-11-22 09:00 UTC */

typedef struct
{
  char *folder;
  CsClock clock;
  CsPracticeEntry *practice;
  CsSession *session;
} Fixture;

static gint64
get_now_ms (const CsClock *clock)
{
  return NOW_MS;
}

static gboolean
give_up_cb (gpointer is_late)
{
  *(gboolean *)is_late = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
go_on_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* A promise that another thread keeps does not wake the main loop by itself: so it wakes now and then. */
static const GValue *
wait_for (DexFuture *future)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add (WAIT_MS, give_up_cb, &is_late);
  guint tick = g_timeout_add (TICK_MS, go_on_cb, NULL);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  while (dex_future_is_pending (future) && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (source);
  g_source_remove (tick);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return value;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  CsSessionOptions *options = g_new0 (CsSessionOptions, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRegistry) registry = NULL;
  g_autoptr (DexFuture) opening = NULL;

  fixture->folder = g_dir_make_tmp ("countersign-ui-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->clock.now_ms = get_now_ms;
  registry = cs_registry_open (fixture->folder, &fixture->clock, &error);
  g_assert_no_error (error);
  fixture->practice = cs_registry_add (registry, "Test practice", FALSE, &error);
  g_assert_no_error (error);
  options->clock = &fixture->clock;
  options->build_client_id = g_strdup ("");
  opening = cs_session_open (fixture->practice, options);
  fixture->session = g_value_dup_object (wait_for (opening));
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) closing = cs_session_close (fixture->session);

  wait_for (closing);
  g_clear_object (&fixture->session);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  cs_practice_entry_free (fixture->practice);
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
test_payments (Fixture *fixture, gconstpointer data)
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
test_payments_of_same_row (Fixture *fixture, gconstpointer data)
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
test_number (Fixture *fixture, gconstpointer data)
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
test_pin (Fixture *fixture, gconstpointer data)
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
  g_test_add ("/ui/invoice-cells/V-17-payments", Fixture, NULL, set_up, test_payments, tear_down);
  g_test_add ("/ui/invoice-cells/V-17-payments-of-the-same-row", Fixture, NULL, set_up,
              test_payments_of_same_row, tear_down);
  g_test_add ("/ui/invoice-cells/V-15-number", Fixture, NULL, set_up, test_number, tear_down);
  g_test_add ("/ui/invoice-cells/V-09-pin", Fixture, NULL, set_up, test_pin, tear_down);
  return g_test_run ();
}
