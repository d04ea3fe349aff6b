/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-client.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <string.h>

Sandbox *
practice_start (const char *size)
{
  return sandbox_start_with ("empty", "--practice", size, "--minute-limit", "1000", NULL);
}

Sandbox *
practice_start_signed_in (const char *size)
{
  Sandbox *sandbox = practice_start (size);

  sandbox_sign_in (sandbox, PRACTICE_SCOPES);
  return sandbox;
}

Answer *
practice_send (Sandbox *sandbox, const char *method, const char *path, const char *body)
{
  g_autofree char *full_path = g_strconcat (PRACTICE, path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);

  return sandbox_send (sandbox, method, full_path, "application/xml", body, "Authorization", bearer,
                       "xero-tenant-id", sandbox->tenant, "Accept", "application/xml", NULL);
}

#define FORMAT(text, format)                                                                                 \
  g_autofree char *text = NULL;                                                                              \
  va_list arguments;                                                                                         \
  va_start (arguments, format);                                                                              \
  text = g_strdup_vprintf (format, arguments);                                                               \
  va_end (arguments)

Answer *
practice_get (Sandbox *sandbox, const char *format, ...)
{
  FORMAT (path, format);

  return practice_send (sandbox, "GET", path, NULL);
}

Answer *
practice_post (Sandbox *sandbox, const char *path, const char *format, ...)
{
  FORMAT (body, format);

  return practice_send (sandbox, "POST", path, body);
}

Answer *
practice_put (Sandbox *sandbox, const char *path, const char *format, ...)
{
  FORMAT (body, format);

  return practice_send (sandbox, "PUT", path, body);
}

/* GET where the body is NULL. */
Answer *
practice_control (Sandbox *sandbox, const char *body, const char *format, ...)
{
  FORMAT (path, format);

  return sandbox_control (sandbox, path, body);
}

char *
answer_xml (Answer *answer, const char *expression)
{
  xmlDoc *document = answer->body != NULL
                         ? xmlReadMemory (answer->body, (int)strlen (answer->body), NULL, "UTF-8",
                                          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
                         : NULL;
  xmlXPathContext *context;
  xmlXPathObject *object;
  xmlChar *text;
  char *copy;

  if (document == NULL)
    return NULL;
  context = xmlXPathNewContext (document);
  object = xmlXPathEvalExpression (BAD_CAST expression, context);
  g_assert_nonnull (object);
  text = xmlXPathCastToString (object);
  copy = g_strdup ((const char *)text);
  xmlFree (text);
  xmlXPathFreeObject (object);
  xmlXPathFreeContext (context);
  xmlFreeDoc (document);
  return copy;
}

void
assert_xml (Answer *answer, const char *expression, const char *expected)
{
  g_autofree char *text = answer_xml (answer, expression);

  if (g_strcmp0 (text, expected) != 0)
    g_test_message ("%s in %s", expression, answer->body != NULL ? answer->body : "(no answer)");
  g_assert_cmpstr (text, ==, expected);
}

void
assert_ok (Answer *answer)
{
  assert_status (answer, 200);
  assert_xml (answer, "/Response/Status", "OK");
  assert_xml (answer, "count(/Response/ErrorDescription)", "0");
}

void
assert_practice_error (Answer *answer, guint status, const char *description)
{
  assert_status (answer, status);
  g_assert_true (
      g_str_has_prefix (soup_message_headers_get_one (answer->headers, "Content-Type"), "text/xml"));
  assert_xml (answer, "/Response/Status", "ERROR");
  if (description != NULL)
    assert_xml (answer, "/Response/ErrorDescription", description);
}

char *
practice_make_client (Sandbox *sandbox, const char *name)
{
  g_autoptr (Answer) answer
      = practice_post (sandbox, "client.api/add", "<Client><Name>%s</Name></Client>", name);

  assert_ok (answer);
  return answer_xml (answer, "/Response/Client/UUID");
}

/* Its number. */
char *
practice_make_job (Sandbox *sandbox, const char *client, const char *more)
{
  g_autoptr (Answer) answer
      = practice_post (sandbox, "job.api/add",
                       "<Job><Name>Accounts</Name><ClientUUID>%s</ClientUUID><StartDate>20261201</StartDate>"
                       "<DueDate>20270131</DueDate>%s</Job>",
                       client, more);

  assert_ok (answer);
  return answer_xml (answer, "/Response/Job/ID");
}

char *
practice_staff (Sandbox *sandbox, guint index)
{
  g_autoptr (Answer) answer = practice_get (sandbox, "staff.api/list");
  g_autofree char *expression = g_strdup_printf ("//Staff[%u]/UUID", index + 1);

  return answer_xml (answer, expression);
}

char *
practice_template (Sandbox *sandbox, const char *name)
{
  g_autoptr (Answer) answer = practice_get (sandbox, "template.api/list");
  g_autofree char *expression = g_strdup_printf ("//Template[Name='%s']/UUID", name);

  return answer_xml (answer, expression);
}
