/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-agreement-rows.h"
#include "cs-format.h"
#include "cs-operation-words.h"
#include "cs-rows.h"

#include <glib/gi18n-lib.h>

static void
add_button (GtkWidget *row, const char *label, const char *action, const CsUuid *id)
{
  g_autofree char *text = cs_uuid_to_string (id);
  g_autofree char *detailed = g_strdup_printf ("%s::%s", action, text);

  cs_rows_add_button (row, label, detailed);
}

static void
add_open_button (GtkWidget *row, const CsOperation *operation, CsSession *session)
{
  g_autofree char *link = operation->is_invoice ? cs_session_get_invoice_link (session, operation->remote_id)
                                                : cs_session_get_contact_link (session, operation->remote_id);
  g_autoptr (GVariant) target = link != NULL ? g_variant_ref_sink (g_variant_new_string (link)) : NULL;
  g_autofree char *detailed = NULL;

  if (link == NULL)
    return;
  detailed = g_action_print_detailed_name ("win.open-uri", target);
  cs_rows_add_button (row, _ ("_Open in Xero"), detailed);
}

static void
add_buttons (GtkWidget *row, const CsOperation *operation, CsSession *session)
{
  if (operation->state == CS_JOURNAL_DONE && *operation->remote_id != '\0')
    add_open_button (row, operation, session);
  if (operation->state != CS_JOURNAL_BLOCKED)
    return;
  add_button (row, _ ("_Try again"), "agreement.retry", &operation->id);
  if (cs_operation_is_number_taken (operation))
    add_button (row, _ ("Use the _next number"), "agreement.renumber", &operation->id);
  add_button (row, _ ("_Don’t send"), "agreement.cancel", &operation->id);
}

/**
 * cs_agreement_rows_new_operation:
 * @operation: what is written
 * @planned: (nullable): the invoice that it writes
 * @session: the practice
 *
 * Returns: (transfer floating): a row that says how far it is
 */
GtkWidget *
cs_agreement_rows_new_operation (const CsOperation *operation,
                                 const CsPlannedInvoice *planned,
                                 CsSession *session)
{
  g_autofree char *title = cs_operation_words_title (operation);
  g_autofree char *outcome = cs_operation_words_outcome (operation, session);
  g_autofree char *date = planned != NULL ? cs_format_date (planned->date) : NULL;
  g_autofree char *due = planned != NULL ? cs_format_date (planned->due) : NULL;
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  if (planned != NULL)
    /* Translators: two dates, and how far it is. */
    subtitle = g_strdup_printf (_ ("%1$s, due %2$s\n%3$s"), date, due, outcome);
  row = cs_rows_new (title, planned != NULL ? subtitle : outcome);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (operation->is_invoice)
    {
      g_autofree char *amount = cs_format_money_with_currency (operation->amount);

      cs_rows_add_amount (row, amount);
    }
  cs_rows_add_pill (row, cs_pill_for_operation (operation));
  add_buttons (row, operation, session);
  return row;
}

/** cs_agreement_rows_new_planned: Returns: (transfer floating): a row of an invoice whose day has not come,
 * or was missed: that one goes when a person says so [U-11] */
GtkWidget *
cs_agreement_rows_new_planned (const CsPlannedInvoice *planned, CsSession *session)
{
  gboolean is_past = cs_date_compare (planned->date, cs_session_get_today (session)) < 0;
  g_autofree char *date = cs_format_date (planned->date);
  g_autofree char *due = cs_format_date (planned->due);
  g_autofree char *amount = cs_format_money_with_currency (planned->totals.total);
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  if (is_past)
    subtitle = g_strdup (_ ("Its day has passed. It goes when you say so."));
  else
    /* Translators: %s is a date. */
    subtitle = g_strdup_printf (_ ("Due %s"), due);
  row = cs_rows_new (date, subtitle);
  cs_rows_add_amount (row, amount);
  cs_rows_add_pill (row, cs_pill_for_planned ());
  if (is_past)
    add_button (row, _ ("_Send now"), "agreement.send-planned", &planned->id);
  return row;
}
