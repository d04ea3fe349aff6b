/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-pdf.h"

#include <string.h>

#define TOP 780
#define LEADING 18
#define LINES_MAX 36

gboolean
sandbox_pdf_is_asked_for (const SandboxRequest *request)
{
  const char *accept = soup_message_headers_get_list (request->headers, "Accept");

  return accept != NULL && strstr (accept, "application/pdf") != NULL;
}

/* A PDF's own font knows Latin letters alone; the rest stands as a question mark. */
static void
append_text (GString *page, int x, int y, int size, const char *text)
{
  g_string_append_printf (page, "BT /F1 %d Tf %d %d Td (", size, x, y);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '(' || c == ')' || c == '\\')
        g_string_append_printf (page, "\\%c", (char)c);
      else if (c >= 0x20 && c < 0x7f)
        g_string_append_c (page, (char)c);
      else if (c >= 0xa0 && c <= 0xff)
        g_string_append_printf (page, "\\%03o", (guint)c);
      else
        g_string_append_c (page, '?');
    }
  g_string_append (page, ") Tj ET\n");
}

static void
append_amount (GString *page, int y, const char *label, const char *currency, gint64 amount)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s ", currency);
  sandbox_decimal_append (text, amount, SANDBOX_MONEY_PLACES);
  append_text (page, 60, y, 10, label);
  append_text (page, 400, y, 10, text->str);
}

static GString *
make_page (const SandboxCall *call, const SandboxInvoice *invoice)
{
  GString *page = g_string_new (NULL);
  g_autoptr (GString) dates = g_string_new ("Date ");
  g_autofree char *title = g_strdup_printf ("TAX INVOICE %s", invoice->number != NULL ? invoice->number : "");
  const char *name = invoice->contact->text[SANDBOX_CONTACT_NAME];
  int y = TOP;

  sandbox_day_append (dates, invoice->day);
  if (invoice->due_day != SANDBOX_NO_DAY)
    {
      g_string_append (dates, ", due ");
      sandbox_day_append (dates, invoice->due_day);
    }
  append_text (page, 60, y, 18, title);
  append_text (page, 60, y -= 2 * LEADING, 12, name != NULL ? name : "");
  append_text (page, 60, y -= LEADING, 10, dates->str);
  y -= LEADING;
  for (guint i = 0; i < MIN (invoice->lines->len, LINES_MAX); i++)
    {
      const SandboxLine *line = invoice->lines->pdata[i];

      append_amount (page, y -= LEADING, line->description != NULL ? line->description : "",
                     invoice->currency, line->amount);
    }
  y -= LEADING;
  append_amount (page, y -= LEADING, "Tax", invoice->currency, invoice->total_tax);
  append_amount (page, y -= LEADING, "Total", invoice->currency, invoice->total);
  append_amount (page, y - LEADING, "Amount due", invoice->currency, sandbox_invoice_due (invoice));
  return page;
}

void
sandbox_pdf_serve (const SandboxCall *call, const SandboxInvoice *invoice)
{
  g_autoptr (GString) page = make_page (call, invoice);
  g_autofree char *content
      = g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT " >>\nstream\n%sendstream", page->len, page->str);
  const char *objects[] = {
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R "
    ">> >> >>",
    content,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  };
  g_autoptr (GString) pdf = g_string_new ("%PDF-1.4\n");
  g_autoptr (GString) table = g_string_new (NULL);
  gsize table_at;

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_string_append_printf (table, "%010" G_GSIZE_FORMAT " 00000 n \n", pdf->len);
      g_string_append_printf (pdf, "%u 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
  table_at = pdf->len;
  g_string_append_printf (pdf, "xref\n0 %u\n0000000000 65535 f \n%s", (guint)G_N_ELEMENTS (objects) + 1,
                          table->str);
  g_string_append_printf (pdf,
                          "trailer\n<< /Size %u /Root 1 0 R >>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          (guint)G_N_ELEMENTS (objects) + 1, table_at);
  sandbox_reply_set (call->reply, SOUP_STATUS_OK, "application/pdf", pdf->str);
}
