/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-columns.h"
#include "cs-cell.h"
#include "cs-columns.h"
#include "cs-format.h"
#include "cs-invoice-cells.h"
#include "cs-invoice-row.h"

#include <glib/gi18n-lib.h>

/* What is not read yet is blank for a moment, as a field that Xero leaves empty is for good [V-16]. */
static const CsLedgerInvoice *
get (gpointer item)
{
  return cs_invoice_row_get (CS_INVOICE_ROW (item));
}

/** cs_invoice_columns_format_amount: Returns: (transfer full): @money; the practice's currency stands once in
 * the header, another is told in its row */
char *
cs_invoice_columns_format_amount (CsMoney money, CsSession *session)
{
  const CsConnection *connection = cs_session_get_connection (session);

  if (connection == NULL || cs_currency_equal (connection->currency, money.currency))
    return cs_format_money (money);
  return cs_format_money_with_currency (money);
}

static char *
format_balance (CsMoney money, CsSession *session)
{
  return cs_money_is_zero (money) ? cs_format_balance (money)
                                  : cs_invoice_columns_format_amount (money, session);
}

static char *
describe_date (gpointer item, gpointer session)
{
  return get (item) != NULL ? cs_format_date (get (item)->date) : NULL;
}

static char *
describe_type (gpointer item, gpointer session)
{
  return get (item) != NULL ? g_strdup (_ ("Sales")) : NULL;
}

static char *
describe_due (gpointer item, gpointer session)
{
  return get (item) != NULL ? cs_format_date (get (item)->due) : NULL;
}

static char *
describe_contact (gpointer item, gpointer session)
{
  return get (item) != NULL ? g_strdup (get (item)->contact_name) : NULL;
}

static char *
describe_reference (gpointer item, gpointer session)
{
  return get (item) != NULL ? g_strdup (get (item)->reference) : NULL;
}

static char *
describe_balance (gpointer item, gpointer session)
{
  return get (item) != NULL ? format_balance (get (item)->balance, session) : NULL;
}

static char *
describe_total (gpointer item, gpointer session)
{
  return get (item) != NULL ? cs_invoice_columns_format_amount (get (item)->total, session) : NULL;
}

/** cs_invoice_row_describe_status: Returns: (transfer full): what it is, and in how many payments [V-17] */
char *
cs_invoice_row_describe_status (CsInvoiceRow *row, CsDate today)
{
  const CsInvoiceEntry *entry = cs_invoice_row_get_entry (row);
  g_autofree char *words = NULL;
  g_autofree char *payments = NULL;

  if (entry == NULL)
    return g_strdup ("");
  words = cs_pill_words_for_invoice (entry->invoice, today);
  if (entry->n_payments == 0)
    return g_steal_pointer (&words);
  payments = g_strdup_printf (ngettext ("%'u payment", "%'u payments", entry->n_payments), entry->n_payments);
  /* Translators: the state of an invoice, and how many payments it has: "Part paid · 2 payments". */
  return g_strdup_printf (_ ("%1$s · %2$s"), words, payments);
}

/** cs_invoice_columns_name_amount: Returns: (transfer full): the header of a column of amounts */
char *
cs_invoice_columns_name_amount (const char *name, CsSession *session)
{
  const CsConnection *connection = cs_session_get_connection (session);

  /* Translators: the header of a column of amounts: its name and the currency's code. */
  return connection != NULL ? g_strdup_printf (C_ ("column", "%1$s %2$.3s"), name, connection->currency.code)
                            : g_strdup (name);
}

/* In the headers' menu; what has none is always shown. */
static const char *const MENU_LABELS[CS_INVOICE_COLUMN_N]
    = { [CS_INVOICE_COLUMN_DATE] = N_ ("Date"),
        [CS_INVOICE_COLUMN_TYPE] = N_ ("Type"),
        [CS_INVOICE_COLUMN_DUE] = N_ ("Due"),
        [CS_INVOICE_COLUMN_CONTACT] = N_ ("Contact"),
        [CS_INVOICE_COLUMN_REFERENCE] = N_ ("Reference"),
        [CS_INVOICE_COLUMN_BALANCE] = N_ ("Balance"),
        [CS_INVOICE_COLUMN_TOTAL] = N_ ("Total"),
        [CS_INVOICE_COLUMN_STATUS] = N_ ("Status") };

/* Those that are texts and nothing more. */
static const struct
{
  CsCellKind kind;
  guint characters;
  CsCellText text;
} TEXTS[CS_INVOICE_COLUMN_N] = {
  [CS_INVOICE_COLUMN_DATE] = { CS_CELL_NUMBER, 10, describe_date },
  [CS_INVOICE_COLUMN_TYPE] = { CS_CELL_TEXT, 5, describe_type },
  [CS_INVOICE_COLUMN_DUE] = { CS_CELL_NUMBER, 10, describe_due },
  [CS_INVOICE_COLUMN_CONTACT] = { CS_CELL_TEXT, 11, describe_contact },
  [CS_INVOICE_COLUMN_REFERENCE] = { CS_CELL_TEXT, 8, describe_reference },
  [CS_INVOICE_COLUMN_BALANCE] = { CS_CELL_NUMBER, 10, describe_balance },
  [CS_INVOICE_COLUMN_TOTAL] = { CS_CELL_NUMBER, 10, describe_total },
};

static GtkColumnViewColumn *
make_column (CsInvoiceColumn column, CsSession *session)
{
  g_autofree char *title = NULL;

  if (column == CS_INVOICE_COLUMN_PIN)
    return cs_invoice_pin_column_new ();
  if (column == CS_INVOICE_COLUMN_NUMBER)
    return cs_invoice_number_column_new ();
  if (column == CS_INVOICE_COLUMN_STATUS)
    return cs_invoice_status_column_new (session);
  if (column == CS_INVOICE_COLUMN_BALANCE || column == CS_INVOICE_COLUMN_TOTAL)
    title = cs_invoice_columns_name_amount (_ (MENU_LABELS[column]), session);
  return cs_cells_column_new (title != NULL ? title : _ (MENU_LABELS[column]),
                              &(CsCells){ .kind = TEXTS[column].kind,
                                          .characters = TEXTS[column].characters,
                                          .text = TEXTS[column].text,
                                          .data = session });
}

/* Eight fit beside an invoice at 1600 pixels; type and reference say least of one. Where there is less room,
 * what is owed and how late must not be cut: when it was due follows from that. All of them are in the
 * headers' menu. */
static gboolean
is_shown_at_first (CsInvoiceColumn which, gboolean is_tight)
{
  return which != CS_INVOICE_COLUMN_TYPE && which != CS_INVOICE_COLUMN_REFERENCE
         && (which != CS_INVOICE_COLUMN_DUE || !is_tight);
}

static void
add_column (CsColumns *view, CsInvoiceColumn which, CsSession *session, gboolean is_tight)
{
  GtkColumnViewColumn *column = make_column (which, session);

  gtk_column_view_column_set_expand (column, which == CS_INVOICE_COLUMN_CONTACT);
  gtk_column_view_column_set_resizable (column, which != CS_INVOICE_COLUMN_PIN);
  gtk_column_view_column_set_visible (column, is_shown_at_first (which, is_tight));
  cs_columns_append (view, column, cs_invoice_column_to_string (which),
                     MENU_LABELS[which] != NULL ? _ (MENU_LABELS[which]) : NULL,
                     which != CS_INVOICE_COLUMN_TYPE);
}

/** cs_invoice_columns_new: Returns: (transfer floating): invoices in columns [V-15]; @is_tight: there
 * is not room for all that are shown at first */
GtkWidget *
cs_invoice_columns_new (GtkSelectionModel *selection, CsSession *session, gboolean is_tight)
{
  GtkWidget *view = cs_columns_new (selection, _ ("Invoices"));

  for (gsize i = 0; i < CS_INVOICE_COLUMN_N; i++)
    add_column (CS_COLUMNS (view), (CsInvoiceColumn)i, session, is_tight);
  return view;
}

/** cs_invoice_columns_show_sort: lets the header say what the order is. */
void
cs_invoice_columns_show_sort (CsColumns *view, CsInvoiceColumn column, gboolean is_descending)
{
  cs_columns_show_sort (view, cs_invoice_column_to_string (column), is_descending);
}

/** cs_invoice_columns_get_sort: Returns: whether a person asked for an order by way of a header */
gboolean
cs_invoice_columns_get_sort (CsColumns *view, CsInvoiceColumn *column, gboolean *is_descending)
{
  const char *id = cs_columns_get_sort (view, is_descending);

  return id != NULL && cs_invoice_column_parse (id, column, NULL);
}

static char *
describe_dates (const CsLedgerInvoice *invoice, CsSession *session)
{
  CsDate today = cs_session_get_today (session);
  g_autofree char *date = cs_format_date_short (invoice->date, today);
  g_autofree char *due = cs_format_date_short (invoice->due, today);
  g_autofree char *total = cs_invoice_columns_format_amount (invoice->total, session);

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
  g_autofree char *balance = NULL;
  g_autofree char *dates = NULL;
  g_autofree char *words = NULL;
  g_autofree char *title = NULL;

  if (invoice == NULL)
    {
      cs_list_row_set_texts (row, "", "", "");
      cs_list_row_set_badge (row, "", NULL);
      cs_list_row_set_pill (row, (CsPill){ NULL, NULL, NULL }, "");
      return;
    }
  balance = format_balance (invoice->balance, session);
  dates = describe_dates (invoice, session);
  words = cs_invoice_row_describe_status (item, today);
  /* Translators: an invoice in a narrow list: its number and whose it is. */
  title = g_strdup_printf (C_ ("invoice row", "%1$s  %2$s"), invoice->number, invoice->contact_name);
  cs_list_row_set_texts (row, title, dates, balance);
  cs_list_row_set_badge (row, cs_invoice_row_get_entry (item)->is_pinned ? "★" : "", _ ("Pinned"));
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
