/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-debtor-columns.h"

#include "cs-ageing-bar.h"
#include "cs-cell.h"
#include "cs-columns.h"
#include "cs-debtor-item.h"
#include "cs-follow.h"
#include "cs-format.h"
#include "cs-invoice-columns.h"
#include "cs-list-row.h"

#include <glib/gi18n-lib.h>

static const CsDebtor *
get (gpointer item)
{
  return cs_debtor_item_get (CS_DEBTOR_ITEM (item));
}

static gboolean
is_total (gpointer item)
{
  return get (item)->is_total;
}

/** cs_debtor_get_name: Returns: (transfer none): who it is, or that it is all of them */
const char *
cs_debtor_get_name (const CsDebtor *debtor)
{
  if (debtor->is_total)
    return _ ("Total");
  return *debtor->contact_name != '\0' ? debtor->contact_name : _ ("No name in Xero");
}

static char *
describe_contact (gpointer item, gpointer session)
{
  return g_strdup (cs_debtor_get_name (get (item)));
}

static char *
describe_owed (gpointer item, gpointer session)
{
  return cs_invoice_columns_format_amount (cs_debtor_get_owed (get (item)), session);
}

static char *
describe_overdue (gpointer item, gpointer session)
{
  return cs_format_balance (cs_debtor_get_overdue (get (item)));
}

static char *
describe_current (gpointer item, gpointer session)
{
  return cs_format_balance (get (item)->ages.balance[CS_AGEING_CURRENT]);
}

static char *
describe_1_30 (gpointer item, gpointer session)
{
  return cs_format_balance (get (item)->ages.balance[CS_AGEING_1_30]);
}

static char *
describe_31_60 (gpointer item, gpointer session)
{
  return cs_format_balance (get (item)->ages.balance[CS_AGEING_31_60]);
}

static char *
describe_61_90 (gpointer item, gpointer session)
{
  return cs_format_balance (get (item)->ages.balance[CS_AGEING_61_90]);
}

static char *
describe_over_90 (gpointer item, gpointer session)
{
  return cs_format_balance (get (item)->ages.balance[CS_AGEING_OVER_90]);
}

static char *
describe_n_invoices (gpointer item, gpointer session)
{
  return g_strdup_printf ("%'u", get (item)->ages.n[CS_AGEING_ANY]);
}

static char *
describe_oldest (gpointer item, gpointer session)
{
  return cs_format_date (get (item)->oldest_due);
}

/* --- in columns --- */

/* Where there is less room, what is overdue is the sum of its four ages, and how many invoices it is matters
 * least. All of them are in the headers' menu. */
static const struct
{
  const char *title; /* NULL: the age's own */
  CsCellKind kind;
  guint characters;
  CsCellText text;
  gboolean is_for_room;
} COLUMNS[CS_DEBTOR_COLUMN_N] = {
  [CS_DEBTOR_COLUMN_CONTACT] = { N_ ("Contact"), CS_CELL_TEXT, 14, describe_contact, FALSE },
  [CS_DEBTOR_COLUMN_OWED] = { N_ ("Owed"), CS_CELL_NUMBER, 10, describe_owed, FALSE },
  [CS_DEBTOR_COLUMN_OVERDUE] = { N_ ("Overdue"), CS_CELL_NUMBER, 8, describe_overdue, TRUE },
  [CS_DEBTOR_COLUMN_CURRENT] = { NULL, CS_CELL_NUMBER, 8, describe_current, FALSE },
  [CS_DEBTOR_COLUMN_1_30] = { NULL, CS_CELL_NUMBER, 8, describe_1_30, FALSE },
  [CS_DEBTOR_COLUMN_31_60] = { NULL, CS_CELL_NUMBER, 8, describe_31_60, FALSE },
  [CS_DEBTOR_COLUMN_61_90] = { NULL, CS_CELL_NUMBER, 8, describe_61_90, FALSE },
  [CS_DEBTOR_COLUMN_OVER_90] = { NULL, CS_CELL_NUMBER, 8, describe_over_90, FALSE },
  [CS_DEBTOR_COLUMN_N_INVOICES] = { N_ ("Invoices"), CS_CELL_NUMBER, 4, describe_n_invoices, TRUE },
  [CS_DEBTOR_COLUMN_OLDEST] = { N_ ("Oldest due"), CS_CELL_NUMBER, 10, describe_oldest, FALSE },
};

/* Five ages side by side are told apart by their figures: what these count, the bar above says. */
static char *
name_column (CsDebtorColumn which, const char *title, CsSession *session)
{
  switch (which)
    {
    case CS_DEBTOR_COLUMN_OWED:
      return cs_invoice_columns_name_amount (title, session);
    case CS_DEBTOR_COLUMN_1_30:
      return g_strdup (C_ ("days overdue", "1–30"));
    case CS_DEBTOR_COLUMN_31_60:
      return g_strdup (C_ ("days overdue", "31–60"));
    case CS_DEBTOR_COLUMN_61_90:
      return g_strdup (C_ ("days overdue", "61–90"));
    case CS_DEBTOR_COLUMN_OVER_90:
      return g_strdup (C_ ("days overdue", "Over 90"));
    case CS_DEBTOR_COLUMN_CONTACT:
    case CS_DEBTOR_COLUMN_OVERDUE:
    case CS_DEBTOR_COLUMN_CURRENT:
    case CS_DEBTOR_COLUMN_N_INVOICES:
    case CS_DEBTOR_COLUMN_OLDEST:
    default:
      return g_strdup (title);
    }
}

static void
add_column (CsColumns *view, CsDebtorColumn which, CsSession *session, gboolean is_tight)
{
  const char *title = COLUMNS[which].title != NULL ? _ (COLUMNS[which].title)
                                                   : cs_ageing_words (cs_debtor_column_get_ageing (which));
  g_autofree char *header = name_column (which, title, session);
  GtkColumnViewColumn *column
      = cs_cells_column_new (header, &(CsCells){ .kind = COLUMNS[which].kind,
                                                 .characters = COLUMNS[which].characters,
                                                 .text = COLUMNS[which].text,
                                                 .is_strong = is_total,
                                                 .data = session });

  gtk_column_view_column_set_expand (column, which == CS_DEBTOR_COLUMN_CONTACT);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_visible (column, !is_tight || !COLUMNS[which].is_for_room);
  /* Who owes how much is always there. */
  cs_columns_append (view, column, cs_debtor_column_to_string (which),
                     which > CS_DEBTOR_COLUMN_OWED ? title : NULL, TRUE);
}

/** cs_debtor_columns_new: Returns: (transfer floating): who owes what, in columns; @is_tight: there is
 * not room for all of them */
GtkWidget *
cs_debtor_columns_new (GtkSelectionModel *selection, CsSession *session, gboolean is_tight)
{
  GtkWidget *view = cs_columns_new (selection, _ ("Aged receivables"));

  for (int i = 0; i < CS_DEBTOR_COLUMN_N; i++)
    add_column (CS_COLUMNS (view), (CsDebtorColumn)i, session, is_tight);
  return view;
}

/* --- in rows --- */

static char *
describe_since (const CsDebtor *debtor, CsDate today)
{
  CsMoney overdue = cs_debtor_get_overdue (debtor);
  g_autofree char *date = cs_format_date_short (debtor->oldest_due, today);
  g_autofree char *amount = cs_format_money (overdue);

  if (*date == '\0')
    return g_strdup (_ ("no due date"));
  if (cs_money_is_zero (overdue))
    /* Translators: of somebody who owes something: the first day that some of it is due. */
    return g_strdup_printf (_ ("due %s"), date);
  if (cs_money_equal (overdue, cs_debtor_get_owed (debtor)))
    /* Translators: of somebody who owes something: all of it is overdue, some of it since that day. */
    return g_strdup_printf (_ ("all overdue, since %s"), date);
  /* Translators: of somebody who owes something: an amount of it, and the day since when. */
  return g_strdup_printf (_ ("%1$s overdue, since %2$s"), amount, date);
}

/* The ages, which a row of two lines has no room for: as the columns have them. */
static char *
describe_ages (const CsDebtor *debtor)
{
  GString *all = g_string_new (NULL);

  for (int ageing = CS_AGEING_CURRENT; ageing < CS_AGEING_N; ageing++)
    {
      g_autofree char *amount = cs_format_money_with_currency (debtor->ages.balance[ageing]);

      if (debtor->ages.n[ageing] == 0)
        continue;
      if (all->len > 0)
        g_string_append_c (all, '\n');
      /* Translators: an age ("1–30 days") and an amount that is owed so long. */
      g_string_append_printf (all, _ ("%1$s: %2$s"), cs_ageing_words ((CsAgeing)ageing), amount);
    }
  return g_string_free_and_steal (all);
}

static void
bind_row (CsListRow *row, gpointer item, gpointer session)
{
  const CsDebtor *debtor = get (item);
  guint n = debtor->ages.n[CS_AGEING_ANY];
  g_autofree char *owed = describe_owed (item, session);
  g_autofree char *since = describe_since (debtor, cs_session_get_today (session));
  g_autofree char *count = g_strdup_printf (ngettext ("%'u invoice", "%'u invoices", n), n);
  /* Translators: of somebody who owes something: since when, and how many invoices. */
  g_autofree char *subtitle = g_strdup_printf (C_ ("debtor row", "%1$s · %2$s"), since, count);
  g_autofree char *ages = describe_ages (debtor);

  cs_list_row_set_texts (row, cs_debtor_get_name (debtor), subtitle, owed);
  cs_follow_set_tooltip (GTK_WIDGET (row), ages);
  if (debtor->is_total)
    gtk_widget_add_css_class (GTK_WIDGET (row), "strong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "strong");
}

/** cs_debtor_rows_new: Returns: (transfer floating): a list view of who owes what */
GtkWidget *
cs_debtor_rows_new (GtkSelectionModel *selection, CsSession *session)
{
  GtkWidget *view = gtk_list_view_new (g_object_ref (selection), cs_list_row_factory_new (bind_row, session));

  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Aged receivables"), -1);
  return view;
}
