/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-pages.h"

#include "sandbox-html.h"

#include <string.h>

static void
append_decimal (GString *page, gint64 value, guint places)
{
  g_string_append (page, "<td class=\"number\">");
  sandbox_decimal_append (page, value, places);
  g_string_append (page, "</td>");
}

static void
append_lines (GString *page, const SandboxInvoice *invoice)
{
  g_string_append (page, "<table><caption>Lines</caption><tr><th>Description</th><th "
                         "class=\"number\">Quantity</th><th class=\"number\">Price</th>"
                         "<th>Account</th><th>Tax</th><th class=\"number\">Tax amount</th><th "
                         "class=\"number\">Amount</th></tr>");
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const SandboxLine *line = invoice->lines->pdata[i];

      g_string_append (page, "<tr>");
      sandbox_html_cell (page, line->description);
      append_decimal (page, line->quantity, SANDBOX_FINE_PLACES);
      append_decimal (page, line->unit_amount, SANDBOX_FINE_PLACES);
      sandbox_html_cell (page, line->account_code);
      sandbox_html_cell (page, line->tax_type);
      append_decimal (page, line->tax_amount, SANDBOX_MONEY_PLACES);
      append_decimal (page, line->amount, SANDBOX_MONEY_PLACES);
      g_string_append (page, "</tr>");
    }
  g_string_append (page, "</table>");
}

static void
append_totals (GString *page, const SandboxInvoice *invoice)
{
  const struct
  {
    const char *label;
    gint64 amount;
  } totals[] = {
    { "Subtotal", invoice->sub_total }, { "Tax", invoice->total_tax },
    { "Total", invoice->total },        { "Paid", invoice->paid },
    { "Credited", invoice->credited },  { "Amount due", sandbox_invoice_due (invoice) },
  };

  g_string_append (page, "<table><caption>Totals</caption>");
  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      g_string_append_printf (page, "<tr><th scope=\"row\">%s</th>", totals[i].label);
      append_decimal (page, totals[i].amount, SANDBOX_MONEY_PLACES);
      g_string_append (page, "</tr>");
    }
  g_string_append (page, "</table>");
}

static void
append_payments (GString *page, const SandboxInvoice *invoice)
{
  if (invoice->payments->len == 0)
    return;
  g_string_append (page, "<table><caption>Payments</caption><tr><th>Date</th><th>Reference</th><th "
                         "class=\"number\">Amount</th></tr>");
  for (guint i = 0; i < invoice->payments->len; i++)
    {
      const SandboxPayment *payment = invoice->payments->pdata[i];

      g_string_append (page, "<tr><td>");
      sandbox_day_append (page, payment->day);
      g_string_append (page, "</td>");
      sandbox_html_cell (page, payment->reference);
      append_decimal (page, payment->amount, SANDBOX_MONEY_PLACES);
      g_string_append (page, "</tr>");
    }
  g_string_append (page, "</table>");
}

static void
show_invoice (SandboxOrganisation *organisation, const SandboxInvoice *invoice, SandboxReply *reply)
{
  g_autoptr (GString) page = sandbox_html_new ();

  g_string_append (page, SANDBOX_HTML_NOTICE "<h1>Invoice ");
  sandbox_html_text (page, invoice->number);
  g_string_append (page, "</h1><table>");
  sandbox_html_row (page, "Organisation", organisation->settings->name);
  sandbox_html_row (page, "To", invoice->contact->text[SANDBOX_CONTACT_NAME]);
  sandbox_html_row (page, "Status", sandbox_status_names[invoice->status]);
  sandbox_html_row (page, "Reference", invoice->reference);
  sandbox_html_row (page, "Currency", invoice->currency);
  sandbox_html_row (page, "Amounts are", sandbox_amounts_names[invoice->amounts]);
  sandbox_html_day (page, "Date", invoice->day);
  sandbox_html_day (page, "Due date", invoice->due_day);
  g_string_append (page, "</table>");
  append_lines (page, invoice);
  append_totals (page, invoice);
  append_payments (page, invoice);
  sandbox_html_reply (reply, SOUP_STATUS_OK, page);
}

static void
show_contact (SandboxOrganisation *organisation, const SandboxContact *contact, SandboxReply *reply)
{
  g_autoptr (GString) page = sandbox_html_new ();

  g_string_append (page, SANDBOX_HTML_NOTICE "<h1>");
  sandbox_html_text (page, contact->text[SANDBOX_CONTACT_NAME]);
  g_string_append (page, "</h1><table>");
  sandbox_html_row (page, "Organisation", organisation->settings->name);
  sandbox_html_row (page, "Status", contact->archived ? "ARCHIVED" : "ACTIVE");
  for (guint i = 0; i < SANDBOX_CONTACT_TEXTS; i++)
    if (i != SANDBOX_CONTACT_NAME)
      sandbox_html_row (page, sandbox_contact_texts[i].name, contact->text[i]);
  sandbox_html_row (page, "Merged into", contact->merged_to);
  g_string_append (page, "</table><table><caption>Invoices</caption><tr><th>Number</th><th>Status</th><th "
                         "class=\"number\">Total</th><th class=\"number\">Due</th></tr>");
  for (guint i = 0; i < organisation->invoices->len; i++)
    {
      const SandboxInvoice *invoice = organisation->invoices->pdata[i];

      if (invoice->contact != contact)
        continue;
      g_string_append (page, "<tr>");
      sandbox_html_cell (page, invoice->number);
      sandbox_html_cell (page, sandbox_status_names[invoice->status]);
      append_decimal (page, invoice->total, SANDBOX_MONEY_PLACES);
      append_decimal (page, sandbox_invoice_due (invoice), SANDBOX_MONEY_PLACES);
      g_string_append (page, "</tr>");
    }
  g_string_append (page, "</table>");
  sandbox_html_reply (reply, SOUP_STATUS_OK, page);
}

static SandboxOrganisation *
find_organisation (SandboxWorld *world, const char *short_code)
{
  for (guint i = 0; i < world->organisations->len; i++)
    {
      SandboxOrganisation *organisation = world->organisations->pdata[i];

      if (g_str_equal (organisation->settings->short_code, short_code))
        return organisation;
    }
  return NULL;
}

/* app, {ShortCode}, invoicing|contacts, view|contact, {id}. The "!" of a ShortCode may come encoded. */
void
sandbox_pages (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  g_autofree char *path = g_uri_unescape_string (request->path, NULL);
  g_auto (GStrv) parts = g_strsplit (path != NULL ? path + 1 : "", "/", 6);
  gboolean whole = g_strv_length (parts) == 5 && sandbox_request_is_local (request);
  SandboxOrganisation *organisation = whole ? find_organisation (world, parts[1]) : NULL;
  const SandboxInvoice *invoice = NULL;
  const SandboxContact *contact = NULL;

  if (organisation != NULL && g_str_equal (parts[2], "invoicing") && g_str_equal (parts[3], "view"))
    invoice = sandbox_organisation_invoice (organisation, parts[4]);
  if (organisation != NULL && g_str_equal (parts[2], "contacts") && g_str_equal (parts[3], "contact"))
    contact = sandbox_organisation_contact (organisation, parts[4]);
  if (invoice != NULL)
    show_invoice (organisation, invoice, reply);
  else if (contact != NULL)
    show_contact (organisation, contact, reply);
  else
    sandbox_html_not_found (reply);
}
