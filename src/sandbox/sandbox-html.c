/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-html.h"

#define HTML_TYPE "text/html; charset=utf-8"

static const char page_head[]
    = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" "
      "content=\"light dark\">"
      "<title>Countersign sandbox</title><style>"
      "body{font:1.05rem/1.5 system-ui,sans-serif;margin:0;padding:2rem "
      "1rem;background:Canvas;color:CanvasText}"
      "main{max-width:32rem;margin:auto;border:1px solid GrayText;border-radius:.8rem;padding:1.5rem 2rem}"
      "main.wide{max-width:60rem}table{border-collapse:collapse;width:100%;margin:1rem 0}"
      "th,td{text-align:start;padding:.3rem .6rem;border-bottom:1px solid GrayText;vertical-align:top}"
      "td.number,th.number{text-align:end;font-variant-numeric:tabular-nums}"
      "p.notice{border-left:.3rem solid #1a5fb4;padding-left:.8rem}h1{font-size:1.4rem;line-height:1.25}"
      "label{font-weight:bold;display:block;margin-bottom:.3rem}select,button{font:inherit;padding:.55rem "
      ".9rem;border-radius:.4rem}"
      "select{width:100%}.actions{display:flex;gap:.8rem;margin-top:1.5rem;flex-wrap:wrap}"
      "button{border:1px solid #1a5fb4;background:Canvas;color:CanvasText;cursor:pointer}"
      "button.allow{background:#1a5fb4;color:#fff}:focus-visible{outline:3px solid "
      "#e5a50a;outline-offset:2px}"
      "</style></head><body>";
static const char page_tail[] = "</main></body></html>";

/* The caller opens <main>; the end of the page comes with the reply. */
GString *
sandbox_html_new (void)
{
  return g_string_new (page_head);
}

void
sandbox_html_text (GString *page, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append (page, escaped);
}

void
sandbox_html_reply (SandboxReply *reply, guint status, GString *page)
{
  g_string_append (page, page_tail);
  sandbox_reply_set (reply, status, HTML_TYPE, page->str);
  sandbox_reply_header (reply, "X-Frame-Options", "DENY");
  sandbox_reply_header (reply, "Cache-Control", "no-store");
  sandbox_reply_header (reply, "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
}

/* Of a table with a label before each value; none where there is no value. */
void
sandbox_html_row (GString *page, const char *label, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (page, "<tr><th scope=\"row\">%s</th><td>", label);
  sandbox_html_text (page, value);
  g_string_append (page, "</td></tr>");
}

void
sandbox_html_day (GString *page, const char *label, int day)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (day == SANDBOX_NO_DAY)
    return;
  sandbox_day_append (text, day);
  sandbox_html_row (page, label, text->str);
}

void
sandbox_html_cell (GString *page, const char *text)
{
  g_string_append (page, "<td>");
  sandbox_html_text (page, text);
  g_string_append (page, "</td>");
}

void
sandbox_html_not_found (SandboxReply *reply)
{
  g_autoptr (GString) page = sandbox_html_new ();

  g_string_append (page, SANDBOX_HTML_NOTICE "<h1>Not found</h1><p>The sandbox has no such page.</p>");
  sandbox_html_reply (reply, SOUP_STATUS_NOT_FOUND, page);
}
