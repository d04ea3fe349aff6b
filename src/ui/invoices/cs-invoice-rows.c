/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-rows.h"
#include "cs-format.h"
#include "cs-invoice-payments.h"
#include "cs-payment-words.h"
#include "cs-rhythm-words.h"
#include "cs-rows.h"

#include <glib/gi18n-lib.h>

static void
fill_money (CsRowsFill *fill, const char *title, const char *subtitle, CsMoney money)
{
  g_autofree char *amount = cs_format_money (money);

  cs_rows_fill_amount (fill, title, subtitle, amount);
}

static void
fill_sum (CsRowsFill *fill, const char *title, CsMoney money)
{
  g_autofree char *amount = cs_format_money_with_currency (money);

  cs_rows_fill_sum (fill, title, amount);
}

static void
fill_client (CsRowsFill *fill, const CsInvoiceOrigin *origin)
{
  g_autofree char *id = cs_uuid_to_string (&origin->client_id);
  g_autofree char *action = g_strdup_printf ("win.show-client::%s", id);

  cs_rows_fill_property_link (fill, _ ("Client"), origin->client_name, action);
}

/** cs_invoice_rows_fill_facts: @origin: (nullable); what the ledger says, in its own words where it has some.
 */
void
cs_invoice_rows_fill_facts (GtkListBox *list, const CsLedgerInvoice *invoice, const CsInvoiceOrigin *origin)
{
  g_autofree char *date = cs_format_date (invoice->date);
  g_autofree char *due = cs_format_date (invoice->due);
  CsRowsFill fill = cs_rows_fill_start (list);

  cs_rows_fill_property (&fill, _ ("Date"), date);
  cs_rows_fill_property (&fill, _ ("Due"), due);
  cs_rows_fill_property (&fill, _ ("Reference"), invoice->reference);
  if (origin != NULL && !cs_uuid_is_none (&origin->client_id))
    fill_client (&fill, origin);
  if (origin != NULL && *origin->contact_email != '\0')
    cs_rows_fill_property (&fill, _ ("Goes to"), origin->contact_email);
  cs_rows_fill_property (&fill, _ ("Status in Xero"), cs_ledger_status_to_string (invoice->status));
  cs_rows_fill_end (&fill);
}

static char *
describe_line (const CsLedgerLine *line, CsLedgerLists *lists)
{
  const CsLedgerAccount *account = cs_ledger_lists_find_account (lists, line->account_code);
  const CsLedgerTaxRate *rate = cs_ledger_lists_find_tax_rate (lists, line->tax_type);
  g_autofree char *quantity = cs_format_decimal (line->quantity, 0);
  g_autofree char *price = cs_format_decimal (line->unit_price, 2);
  g_autofree char *sum = g_strdup_printf ("%s × %s", quantity, price);
  g_autofree char *booked = account != NULL ? g_strdup_printf ("%s %s", account->code, account->name)
                                            : g_strdup (line->account_code);
  const char *tax = rate != NULL ? rate->name : line->tax_type;
  const char *parts[] = { sum, booked, tax };
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (*parts[i] == '\0')
        continue;
      if (all->len > 0)
        g_string_append (all, " · ");
      g_string_append (all, parts[i]);
    }
  return g_string_free_and_steal (all);
}

/** cs_invoice_rows_fill_lines: the lines, and what they come to with tax. */
void
cs_invoice_rows_fill_lines (GtkListBox *list, const CsLedgerInvoice *invoice, CsLedgerLists *lists)
{
  CsRowsFill fill = cs_rows_fill_start (list);

  for (guint i = 0; i < invoice->n_lines; i++)
    {
      const CsLedgerLine *line = &invoice->lines[i];
      g_autofree char *subtitle = describe_line (line, lists);

      fill_money (&fill, *line->description != '\0' ? line->description : _ ("No description"), subtitle,
                  line->amount);
    }
  fill_money (&fill, _ ("Subtotal"), NULL, invoice->subtotal);
  fill_money (&fill, invoice->tax_mode == CS_TAX_MODE_INCLUSIVE ? _ ("Tax included") : _ ("Tax"), NULL,
              invoice->tax);
  fill_sum (&fill, _ ("Total"), invoice->total);
  cs_rows_fill_end (&fill);
}

/** cs_invoice_rows_fill_payments: from the total to the balance, so that it adds up [V-17]. */
void
cs_invoice_rows_fill_payments (GtkListBox *list, const CsLedgerInvoice *invoice)
{
  CsRowsFill fill = cs_rows_fill_start (list);
  CsMoney rest;

  for (guint i = 0; i < invoice->n_payments; i++)
    {
      const CsLedgerPayment *payment = &invoice->payments[i];
      g_autofree char *date = cs_format_date (payment->date);
      g_autofree char *subtitle
          = *payment->number != '\0' ? g_strdup_printf ("%s · %s", date, payment->number) : g_strdup (date);

      fill_money (&fill, cs_payment_words_name (payment->kind), subtitle, payment->amount);
    }
  if (cs_ledger_invoice_is_owed (invoice) && cs_ledger_invoice_get_unexplained (invoice, &rest, NULL)
      && !cs_money_is_zero (rest))
    fill_money (&fill, _ ("Not itemised by Xero"), _ ("Xero took this off the total without saying as what."),
                rest);
  fill_sum (&fill, _ ("Balance"), invoice->balance);
  cs_rows_fill_end (&fill);
}

static char *
describe_rule (const CsBillingRule *rule)
{
  return rule->unit == CS_BILLING_UNIT_ONCE ? g_strdup (_ ("Once, upfront"))
                                            : cs_rhythm_words_name (cs_billing_rule_get_rhythm (rule));
}

static char *
describe_clause (const CsInvoiceClause *clause)
{
  g_autofree char *rule = describe_rule (&clause->rule);
  g_autofree char *start = cs_format_date (clause->period.start);
  g_autofree char *end = cs_format_date (clause->period.end);

  if (clause->rule.unit == CS_BILLING_UNIT_ONCE)
    /* Translators: a service's place in the agreement, and how often it is billed. */
    return g_strdup_printf (_ ("Clause %1$u · %2$s"), clause->clause, rule);
  /* Translators: a service's place in the agreement, how often it is billed, and two dates. */
  return g_strdup_printf (_ ("Clause %1$u · %2$s · for %3$s to %4$s"), clause->clause, rule, start, end);
}

/** cs_invoice_rows_fill_origin: which agreement, and which clause, rule and period, each line is of [B-22];
 * each row leads there. */
void
cs_invoice_rows_fill_origin (GtkListBox *list, const CsInvoiceOrigin *origin)
{
  g_autofree char *id = cs_uuid_to_string (&origin->proposal_id);
  g_autofree char *action = g_strdup_printf ("win.show-proposal::%s", id);
  CsRowsFill fill = cs_rows_fill_start (list);

  cs_rows_fill_link (&fill, *origin->proposal_title != '\0' ? origin->proposal_title : _ ("Untitled"),
                     origin->proposal_number, action);
  for (guint i = 0; i < origin->clauses->len; i++)
    {
      const CsInvoiceClause *clause = origin->clauses->pdata[i];
      g_autofree char *words = describe_clause (clause);

      cs_rows_fill_link (&fill, *clause->description != '\0' ? clause->description : _ ("No description"),
                         words, action);
    }
  cs_rows_fill_end (&fill);
}

/** cs_invoice_rows_new_note: Returns: (transfer floating): an entry of the history */
GtkWidget *
cs_invoice_rows_new_note (const CsLedgerNote *note, GTimeZone *zone, gint64 now_ms)
{
  g_autofree char *moment = note->at_ms != 0 ? cs_format_moment (note->at_ms, zone) : g_strdup ("");
  g_autofree char *ago = note->at_ms != 0 ? cs_format_ago (note->at_ms, now_ms) : g_strdup ("");
  /* Translators: an entry of a history: who, and how long ago. */
  g_autofree char *who = g_strdup_printf (C_ ("history", "%1$s · %2$s"), note->user, ago);
  g_autofree char *subtitle
      = *note->details != '\0' ? g_strdup_printf ("%s\n%s", note->details, who) : g_strdup (who);
  GtkWidget *row = cs_rows_new (*note->change != '\0' ? note->change : _ ("Note"), subtitle);

  gtk_widget_set_tooltip_text (row, moment);
  return row;
}
