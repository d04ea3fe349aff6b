/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>
#include <yyjson.h>

/* A sandbox in a process of its own, and the smallest client that can talk to it. Shares no code with either
 * side. */

#define CLIENT_ID "DEMO0000000000000000000000000000"
#define REDIRECT_URI "http://localhost:8742/callback"
#define VERIFIER "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define CHALLENGE "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" /* of RFC 7636, appendix B */
#define SCOPES                                                                                               \
  "openid profile email offline_access accounting.contacts accounting.invoices accounting.payments.read "    \
  "accounting.settings.read"

typedef struct
{
  GSubprocess *process;
  SoupSession *session;
  char *address;
  char *directory; /* for the state file; removed at the end */
  char *state_path;
  char *access_token;
  char *refresh_token;
  char *tenant;
  char **options; /* more of the command line */
} Sandbox;

typedef struct
{
  guint status; /* 0: the connection broke */
  char *body;
  SoupMessageHeaders *headers;
  yyjson_doc *document;
} Answer;

Sandbox *sandbox_start (const char *profile);
Sandbox *sandbox_start_with (const char *profile, const char *option, ...) G_GNUC_NULL_TERMINATED;
Sandbox *sandbox_start_signed_in (const char *profile);
void sandbox_launch (Sandbox *sandbox, const char *profile);
void sandbox_kill (Sandbox *sandbox);
void sandbox_stop (Sandbox *sandbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sandbox, sandbox_stop)

Answer *sandbox_send (Sandbox *sandbox,
                      const char *method,
                      const char *path,
                      const char *content_type,
                      const char *body,
                      ...) G_GNUC_NULL_TERMINATED;
Answer *sandbox_api (Sandbox *sandbox, const char *method, const char *path, const char *body);
Answer *sandbox_api_with (Sandbox *sandbox,
                          const char *method,
                          const char *path,
                          const char *body,
                          const char *header,
                          const char *value);
Answer *sandbox_control (Sandbox *sandbox, const char *path, const char *body);
void answer_free (Answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

/* A value by a path such as "/Invoices/0/Total"; numbers in their own digits; NULL when it is not there. */
const char *answer_text (Answer *answer, const char *pointer);
gsize answer_size (Answer *answer, const char *pointer);
void assert_status (Answer *answer, guint status);
void assert_text (Answer *answer, const char *pointer, const char *expected);

char *sandbox_authorise_path (const char *redirect_uri, const char *scopes);
char *sandbox_consent (Sandbox *sandbox, const char *scopes, const char *decision);
char *sandbox_take_code (Sandbox *sandbox, const char *scopes);
Answer *sandbox_exchange (Sandbox *sandbox, const char *code, const char *verifier);
Answer *sandbox_refresh (Sandbox *sandbox, const char *refresh_token);
void sandbox_sign_in (Sandbox *sandbox, const char *scopes);

/* Short cuts; each asserts that it went well. */
#define LINE "{\"Description\":\"Work\",\"Quantity\":1,\"UnitAmount\":100,\"AccountCode\":\"200\"}"
#define AUTHORISED "\"Status\":\"AUTHORISED\","

char *sandbox_make_contact (Sandbox *sandbox, const char *name);
char *sandbox_invoice_body (const char *contact_id, const char *number, const char *more, const char *lines);
char *sandbox_make_invoice (Sandbox *sandbox, const char *contact_id, const char *number, const char *more);
void sandbox_assume (Sandbox *sandbox, const char *name, gboolean on);
Answer *sandbox_get (Sandbox *sandbox, const char *format, ...) G_GNUC_PRINTF (2, 3);
void assert_rows (Sandbox *sandbox, const char *path, gsize rows);
void assert_refused (Answer *answer, const char *message);
