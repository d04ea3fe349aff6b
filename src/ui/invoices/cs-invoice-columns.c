/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-columns.h"
#include "cs-cell.h"
#include "cs-format.h"
#include "cs-invoice-item.h"

#include <glib/gi18n-lib.h>

static const CsLedgerInvoice *
get (gpointer item)
{
  return cs_invoice_item_get (CS_INVOICE_ITEM (item));
}

/* The practice's currency stands once in the header; another is told in its row. */
static char *
format_amount (CsMoney money, CsSession *session)
{
  const CsConnection *connection = cs_session_get_connection (session);

  if (connection == NULL || cs_currency_equal (connection->currency, money.currency))
    return cs_format_money (money);
  return cs_format_money_with_currency (money);
}

static char *
format_balance (CsMoney money, CsSession *session)
{
  return cs_money_is_zero (money) ? cs_format_balance (money) : format_amount (money, session);
}

static char *
describe_number (gpointer item, gpointer session)
{
  return g_strdup (get (item)->number);
}

static char *
describe_date (gpointer item, gpointer session)
{
  return cs_format_date (get (item)->date);
}

static char *
describe_contact (gpointer item, gpointer session)
{
  return g_strdup (get (item)->contact_name);
}

static char *
describe_due (gpointer item, gpointer session)
{
  return cs_format_date (get (item)->due);
}

static char *
describe_total (gpointer item, gpointer session)
{
  return format_amount (get (item)->total, session);
}

static char *
describe_balance (gpointer item, gpointer session)
{
  return format_balance (get (item)->balance, session);
}

static CsPill
describe_status (gpointer item, gpointer session, char **words)
{
  *words = cs_pill_words_for_invoice (get (item), cs_session_get_today (session));
  return cs_pill_for_invoice (get (item), cs_session_get_today (session));
}

static void
add (GtkColumnView *view, GtkColumnViewColumn *column, gboolean expands)
{
  gtk_column_view_column_set_expand (column, expands);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (view, column);
  g_object_unref (column);
}

static char *
name_amount_column (const char *name, CsSession *session)
{
  const CsConnection *connection = cs_session_get_connection (session);

  /* Translators: the header of a column of amounts: its name and the currency's code. */
  return connection != NULL ? g_strdup_printf (C_ ("column", "%1$s %2$.3s"), name, connection->currency.code)
                            : g_strdup (name);
}

/** cs_invoice_columns_new: Returns: (transfer floating): a column view of invoices */
GtkWidget *
cs_invoice_columns_new (GtkSelectionModel *selection, CsSession *session)
{
  GtkWidget *widget = gtk_column_view_new (g_object_ref (selection));
  GtkColumnView *view = GTK_COLUMN_VIEW (widget);
  g_autofree char *total = name_amount_column (_ ("Total"), session);
  g_autofree char *balance = name_amount_column (_ ("Balance"), session);

  gtk_widget_add_css_class (widget, "dense");
  gtk_column_view_set_tab_behavior (view, GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Invoices"), -1);
  add (view, cs_cell_column_new (_ ("Number"), CS_CELL_TEXT, 8, describe_number, session), FALSE);
  add (view, cs_cell_column_new (_ ("Date"), CS_CELL_NUMBER, 10, describe_date, session), FALSE);
  add (view, cs_cell_column_new (_ ("Contact"), CS_CELL_TEXT, 12, describe_contact, session), TRUE);
  add (view, cs_cell_column_new (_ ("Due"), CS_CELL_NUMBER, 10, describe_due, session), FALSE);
  add (view, cs_cell_column_new (total, CS_CELL_NUMBER, 11, describe_total, session), FALSE);
  add (view, cs_cell_column_new (balance, CS_CELL_NUMBER, 11, describe_balance, session), FALSE);
  add (view, cs_cell_pill_column_new (_ ("Status"), describe_status, session), FALSE);
  cs_cell_align_headers (view);
  return widget;
}

static char *
describe_dates (const CsLedgerInvoice *invoice, CsSession *session)
{
  CsDate today = cs_session_get_today (session);
  g_autofree char *date = cs_format_date_short (invoice->date, today);
  g_autofree char *due = cs_format_date_short (invoice->due, today);
  g_autofree char *total = format_amount (invoice->total, session);

  if (cs_money_is_zero (invoice->balance))
    /* Translators: an invoice in a narrow list: its date and what it came to. */
    return g_strdup_printf (_ ("%1$s · total %2$s"), date, total);
  if (*due == '\0')
    return g_steal_pointer (&date);
  /* Translators: an invoice in a narrow list: two dates. */
  return g_strdup_printf (_ ("%1$s · due %2$s"), date, due);
}

static void
bind_row (CsListRow *row, gpointer item, gpointer session)
{
  const CsLedgerInvoice *invoice = get (item);
  CsDate today = cs_session_get_today (session);
  g_autofree char *balance = format_balance (invoice->balance, session);
  g_autofree char *dates = describe_dates (invoice, session);
  g_autofree char *words = cs_pill_words_for_invoice (invoice, today);
  /* Translators: an invoice in a narrow list: its number and whose it is. */
  g_autofree char *title
      = g_strdup_printf (C_ ("invoice row", "%1$s  %2$s"), invoice->number, invoice->contact_name);

  cs_list_row_set_texts (row, title, dates, balance);
  cs_list_row_set_pill (row, cs_pill_for_invoice (invoice, today), words);
}

/** cs_invoice_rows_new: Returns: (transfer floating): a list view of invoices */
GtkWidget *
cs_invoice_rows_new (GtkSelectionModel *selection, CsSession *session)
{
  GtkWidget *view = gtk_list_view_new (g_object_ref (selection), cs_list_row_factory_new (bind_row, session));

  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Invoices"), -1);
  return view;
}
