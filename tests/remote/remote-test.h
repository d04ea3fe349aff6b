/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-future.h"
#include "cs-http.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What the tests of remote share: waiting for futures with a guard against hanging, a clock that is set, a
 * server of the test's own that can misbehave, a browser, and a log that remembers. */

/* Iterates the main loop until @future (transfer full) is settled. NULL or FALSE with @error. */
gpointer test_await_record (DexFuture *future, GError **error);
GPtrArray *test_await_array (DexFuture *future, GError **error);
char *test_await_string (DexFuture *future, GError **error);
gboolean test_await (DexFuture *future, GError **error);
gboolean test_await_boolean (DexFuture *future, GError **error); /* FALSE with @error */
void test_settle (void);                                         /* lets what was cancelled clean up */
void test_iterate_until (gboolean (*condition) (gpointer data), gpointer data);

/* The clock: stands still unless moved. */
extern CsClock test_clock;
void test_clock_set (gint64 now_ms);
void test_clock_advance (gint64 ms);

typedef struct
{
  char *method;
  char *path;
  char *query; /* (nullable) */
  char *body;
  SoupMessageHeaders *headers;
} TestRequest;

typedef struct _TestServer TestServer;
typedef void (*TestHandler) (TestServer *server, SoupServerMessage *message, const TestRequest *request);
struct _TestServer
{
  SoupServer *soup;
  char *base; /* "http://localhost:PORT" */
  guint port;
  GPtrArray *requests; /* of TestRequest */
  TestHandler handler;
  gpointer data;
};
TestServer *test_server_new (TestHandler handler, gpointer data);
TestServer *test_server_new_tls (TestHandler handler, gpointer data); /* a certificate that nobody trusts */
void test_server_free (TestServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)
const TestRequest *test_server_get_request (TestServer *server, guint index);
const TestRequest *test_server_get_last (TestServer *server);
guint test_server_count (TestServer *server, const char *method, const char *path);
const char *test_request_header (const TestRequest *request, const char *name);
GHashTable *test_request_form (const TestRequest *request); /* of the body */

void test_answer (SoupServerMessage *message, guint status, const char *content_type, const char *body);
void test_answer_json (SoupServerMessage *message, guint status, const char *body);
/* Takes the connection away from libsoup, writes @bytes (nullable) and closes it. */
void test_answer_raw (SoupServerMessage *message, const char *bytes, gssize size);
void test_leave_open (SoupServerMessage *message, const char *bytes);

/* What a server answers whatever it is asked: test_answer_canned() with one of these as its data. */
typedef struct
{
  guint status;
  const char *content_type;
  const char *body;
  const char *raw;    /* (nullable): these bytes instead, and the end */
  const char *header; /* (nullable): one more, with its @value */
  const char *value;
} TestCanned;
void test_answer_canned (TestServer *server, SoupServerMessage *message, const TestRequest *request);
void test_assert_refused (GError *error, CsRemoteError code); /* with words for a person */

/* Sockets without libsoup: keeps connections alive, answers 200 {} to paths that begin with /ok, and cuts the
 * connection after reading any other request. */
typedef struct _TestCutter TestCutter;
TestCutter *test_cutter_new (void);
void test_cutter_free (TestCutter *cutter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestCutter, test_cutter_free)
char *test_cutter_url (TestCutter *cutter, const char *path);
guint test_cutter_count (TestCutter *cutter, const char *method_and_path);

/* A request as plain bytes, and all that comes back; NULL when nothing listens. */
char *test_browse (guint port, gboolean ipv6, const char *request);
char *test_browse_path (guint port, const char *path_and_query);
guint16 test_free_port (void);

/* Everything that was logged since test_log_start(), whatever its level. */
void test_log_start (void);
char *test_log_stop (void);

void test_http_authorise (CsHttp *http); /* with a token that nobody knows */
CsHttp *test_http_new (void);            /* loopback only, two seconds of patience, authorised so */
CsHttpRequest *test_request_new (TestServer *server, const char *method, const char *path);

/* Runs the tests with libdex, and with libsecret on a file of its own. */
int test_run (int argc, char **argv, void (*add_tests) (void));
const char *test_vault_path (void);

G_END_DECLS
