/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-practice-call.h"

#include <string.h>

#define XML_TYPE "text/xml; charset=utf-8"
#define PIECE_BYTES ((gsize)128 * 1024)

gboolean
sandbox_practice_assumes (const SandboxPracticeCall *call, SandboxAssumption assumption)
{
  return call->world->assumptions[assumption];
}

gint64
sandbox_practice_now_ms (const SandboxPracticeCall *call)
{
  return sandbox_clock_now_ms (&call->world->clock);
}

int
sandbox_practice_today (const SandboxPracticeCall *call)
{
  return sandbox_clock_today (&call->world->clock);
}

static void
append_head (GString *out, const char *api_method, const char *status)
{
  g_string_append (out, "<Response");
  if (api_method != NULL)
    g_string_append_printf (out, " api-method=\"%s\"", api_method);
  g_string_append_printf (out, "><Status>%s</Status>", status);
}

/* No XML declaration, as seen (xpm 1.1). */
void
sandbox_practice_open (const SandboxPracticeCall *call, SandboxXml *xml)
{
  xml->text = g_string_new (NULL);
  xml->leave_out = sandbox_practice_assumes (call, SANDBOX_ASSUME_EMPTY_ELEMENTS_LEFT_OUT);
  append_head (xml->text, call->api_method, "OK");
}

void
sandbox_practice_send (const SandboxPracticeCall *call, SandboxXml *xml)
{
  sandbox_xml_close (xml, "Response");
  sandbox_reply_set (call->reply, SOUP_STATUS_OK, XML_TYPE, xml->text->str);
  g_string_free (g_steal_pointer (&xml->text), TRUE);
}

void
sandbox_practice_ok (const SandboxPracticeCall *call)
{
  SandboxXml xml;

  sandbox_practice_open (call, &xml);
  sandbox_practice_send (call, &xml);
}

void
sandbox_practice_refuse (SandboxReply *reply, guint status, const char *api_method, const char *description)
{
  g_autoptr (GString) text = g_string_new (NULL);
  SandboxXml xml = { text, FALSE };

  append_head (text, api_method, "ERROR");
  sandbox_xml_text (&xml, "ErrorDescription", description);
  sandbox_xml_close (&xml, "Response");
  sandbox_reply_set (reply, status, XML_TYPE, text->str);
}

void
sandbox_practice_error (const SandboxPracticeCall *call, const char *description)
{
  sandbox_practice_refuse (call->reply, SOUP_STATUS_OK, call->api_method, description);
}

void
sandbox_practice_changed (const SandboxPracticeCall *call, SandboxPracticeList list, gpointer record)
{
  sandbox_practice_touch (call->practice, list, record);
  call->reply->changed = TRUE;
}

static void
stream_free (gpointer data)
{
  SandboxPracticeStream *stream = data;

  g_free (stream->text);
  g_free (stream->head);
  g_free (stream);
}

/* The next piece; FALSE: it was the last one. */
static gboolean
write_piece (gpointer data, GString *out)
{
  SandboxPracticeStream *stream = data;
  SandboxXml xml = { out, stream->world->assumptions[SANDBOX_ASSUME_EMPTY_ELEMENTS_LEFT_OUT] };
  gsize end = out->len + PIECE_BYTES;

  if (!stream->opened)
    g_string_append (out, stream->head);
  stream->opened = TRUE;
  for (; stream->next < stream->records->len && out->len < end; stream->next++)
    {
      gconstpointer record = stream->records->pdata[stream->next];

      if (stream->keep == NULL || stream->keep (stream, record))
        stream->write (stream, record, &xml);
    }
  if (stream->next < stream->records->len)
    return TRUE;
  sandbox_xml_close (&xml, stream->element);
  sandbox_xml_close (&xml, "Response");
  return FALSE;
}

/* An empty list is <Categories /> (xpm 1.4). */
static gboolean
is_empty (const SandboxPracticeStream *stream)
{
  for (guint i = 0; i < stream->records->len; i++)
    if (stream->keep == NULL || stream->keep (stream, stream->records->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Takes the members of `stream`; a NULL `records` is a list of nothing. */
void
sandbox_practice_stream (const SandboxPracticeCall *call, SandboxPracticeStream *stream)
{
  SandboxPracticeStream *kept = g_memdup2 (stream, sizeof *stream);
  g_autoptr (GString) head = g_string_new (NULL);

  kept->world = call->world;
  kept->practice = call->practice;
  append_head (head, call->api_method, "OK");
  if (kept->records == NULL || is_empty (kept))
    {
      g_string_append_printf (head, "<%s /></Response>", kept->element);
      sandbox_reply_set (call->reply, SOUP_STATUS_OK, XML_TYPE, head->str);
      stream_free (kept);
      return;
    }
  g_string_append_printf (head, "<%s>", kept->element);
  kept->head = g_string_free (g_steal_pointer (&head), FALSE);
  sandbox_reply_produce (call->reply, XML_TYPE, write_piece, kept, stream_free);
}

/* The UUID of the body's element of that name, as it came; NULL: it has none. */
char *
sandbox_practice_body_id (const SandboxPracticeCall *call, const char *name)
{
  g_autofree char *id = sandbox_xml_dup (call->root, name);

  return id != NULL && *id != '\0' ? g_steal_pointer (&id) : NULL;
}

/* yyyyMMdd, the form of requests (xpm 1.4). */
gboolean
sandbox_practice_read_day (const char *text, int *day)
{
  char dashed[11];

  if (text == NULL || strlen (text) != 8 || strspn (text, "0123456789") != 8)
    return FALSE;
  g_snprintf (dashed, sizeof dashed, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
  return sandbox_day_parse (dashed, day);
}
