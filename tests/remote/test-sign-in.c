/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-sign-in.h"

#include "cs-pkce.h"
#include "cs-xero.h"
#include "remote-test.h"
#include "test-identity.h"

#include <string.h>

#define CLIENT_ID "0123456789abcdef0123456789abcdef"

typedef struct
{
  TestIdentity *identity;
  CsHttp *http;
  CsSignIn *sign_in;
  guint16 port;
  char *state;
} World;

static World *
world_new (void)
{
  World *world = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;

  world->identity = test_identity_new ();
  world->http = test_http_new ();
  world->sign_in
      = cs_sign_in_new (world->identity->hosts, CLIENT_ID, CS_XERO_SCOPES, world->http, &test_clock);
  world->port = test_free_port ();
  cs_sign_in_set_ports (world->sign_in, &world->port, 1);
  g_assert_true (cs_sign_in_listen (world->sign_in, &error));
  g_assert_no_error (error);
  world->state = test_query_value (cs_sign_in_get_address (world->sign_in), "state");
  return world;
}

static void
world_free (World *world)
{
  cs_sign_in_unref (world->sign_in);
  cs_http_unref (world->http);
  test_settle ();
  test_identity_free (world->identity);
  g_free (world->state);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
assert_status (const char *answer, guint status)
{
  g_autofree char *start = g_strdup_printf ("HTTP/1.1 %u ", status);

  g_assert_nonnull (answer);
  if (!g_str_has_prefix (answer, start))
    g_error ("Not %u but: %.40s", status, answer);
}

static CsTokens *
consent (World *world, GError **error)
{
  g_autofree char *path = test_identity_consent (world->identity, cs_sign_in_get_address (world->sign_in));
  DexFuture *wait = cs_sign_in_wait (world->sign_in, 30);
  g_autofree char *page = test_browse_path (world->port, path);

  assert_status (page, 200);
  return test_await_record (wait, error);
}

static void
test_address (void)
{
  g_autoptr (World) world = world_new ();
  const char *address = cs_sign_in_get_address (world->sign_in);
  g_autofree char *redirect = g_strdup_printf ("http://localhost:%u/callback", world->port);
  g_autofree char *challenge = test_query_value (address, "code_challenge");
  g_autofree char *scope = test_query_value (address, "scope");
  g_autofree char *type = test_query_value (address, "response_type");
  g_autofree char *said = test_query_value (address, "redirect_uri");
  g_autofree char *client = test_query_value (address, "client_id");

  g_assert_true (g_str_has_prefix (address, world->identity->hosts->authorise_url));
  g_assert_cmpstr (cs_sign_in_get_redirect_uri (world->sign_in), ==, redirect);
  g_assert_cmpstr (said, ==, redirect);
  g_assert_cmpstr (type, ==, "code");
  g_assert_cmpstr (client, ==, CLIENT_ID);
  g_assert_cmpstr (scope, ==, CS_XERO_SCOPES);
  g_assert_nonnull (strstr (address, "scope=openid%20profile%20"));
  g_assert_nonnull (strstr (address, "redirect_uri=http%3A%2F%2Flocalhost%3A"));
  g_assert_cmpuint (strlen (challenge), ==, 43);
  g_assert_cmpuint (strlen (world->state), >=, 22); /* 128 bits */
}

/* RFC 7636 appendix B */
static void
test_pkce (void)
{
  g_autofree char *challenge = cs_pkce_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  g_autoptr (CsPkce) one = cs_pkce_new (NULL);
  g_autoptr (CsPkce) two = cs_pkce_new (NULL);

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  g_assert_cmpuint (strlen (one->verifier), ==, 43);
  g_assert_cmpstr (one->verifier, !=, two->verifier);
  g_assert_cmpstr (one->state, !=, two->state);
  g_assert_cmpstr (one->state, !=, one->verifier);
}

static void
test_sign_in (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsTokens) tokens = consent (world, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tokens->access_token, ==, "access-secret-1");
  g_assert_cmpstr (tokens->refresh_token, ==, "refresh-secret-1");
  g_assert_cmpstr (tokens->login_name, ==, "mia@example.com");
  g_assert_cmpstr (tokens->client_id, ==, CLIENT_ID);
  /* expiry is a moment */
  g_assert_cmpint (tokens->expires_ms, ==, cs_clock_now_ms (&test_clock) + 1800 * 1000);
  /* closed after the match */
  g_assert_null (test_browse_path (world->port, "/callback?code=x&state=x"));
}

static void
test_page (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *path = test_identity_consent (world->identity, cs_sign_in_get_address (world->sign_in));
  DexFuture *wait = cs_sign_in_wait (world->sign_in, 30);
  g_autofree char *page = test_browse_path (world->port, path);
  g_autofree char *lower = g_ascii_strdown (page, -1);
  g_autoptr (CsTokens) tokens = test_await_record (wait, NULL);

  assert_status (page, 200);
  g_assert_nonnull (tokens);
  g_assert_nonnull (strstr (page, "You can close this tab and return to Countersign."));
  g_assert_nonnull (strstr (lower, "connection: close"));
  g_assert_nonnull (strstr (lower, "cache-control: no-store"));
  g_assert_nonnull (strstr (lower, "referrer-policy: no-referrer"));
  g_assert_nonnull (strstr (lower, "content-type: text/html; charset=utf-8"));
  /* self-contained, and nothing of the request in it */
  g_assert_null (strstr (lower, "src="));
  g_assert_null (strstr (lower, "href="));
  g_assert_null (strstr (page, TEST_CODE));
  g_assert_null (strstr (page, world->state));
}

typedef struct
{
  const char *name;
  const char *request; /* %1 is the port, %2 the state */
} Stray;

static char *
fill (const World *world, const char *pattern)
{
  g_autoptr (GString) text = g_string_new (pattern);
  g_autofree char *port = g_strdup_printf ("%u", world->port);

  g_string_replace (text, "%1", port, 0);
  g_string_replace (text, "%2", world->state, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define END "\r\nConnection: close\r\n\r\n"

/* Hostile and stray requests are told nothing, and waiting goes on (style.md 3.5-9, design.md section 5). */
static void
test_strays (void)
{
  static const Stray strays[] = {
    { "no state", "GET /callback?code=x HTTP/1.1\r\nHost: localhost:%1" END },
    { "forged state", "GET /callback?code=x&state=forged HTTP/1.1\r\nHost: localhost:%1" END },
    { "state and more", "GET /callback?code=x&state=%2x HTTP/1.1\r\nHost: localhost:%1" END },
    { "empty state", "GET /callback?code=x&state= HTTP/1.1\r\nHost: localhost:%1" END },
    { "two states", "GET /callback?code=x&state=forged&state=%2 HTTP/1.1\r\nHost: localhost:%1" END },
    { "two codes", "GET /callback?code=x&code=y&state=%2 HTTP/1.1\r\nHost: localhost:%1" END },
    { "forged error", "GET /callback?error=access_denied&state=forged HTTP/1.1\r\nHost: localhost:%1" END },
    { "no query", "GET /callback HTTP/1.1\r\nHost: localhost:%1" END },
    { "another path", "GET /callback/?code=x&state=%2 HTTP/1.1\r\nHost: localhost:%1" END },
    { "a longer path", "GET /callbackx?code=x&state=%2 HTTP/1.1\r\nHost: localhost:%1" END },
    { "upper case", "GET /CALLBACK?code=x&state=%2 HTTP/1.1\r\nHost: localhost:%1" END },
    { "root", "GET /?code=x&state=%2 HTTP/1.1\r\nHost: localhost:%1" END },
    { "favicon", "GET /favicon.ico HTTP/1.1\r\nHost: localhost:%1" END },
    { "POST", "POST /callback?code=x&state=%2 HTTP/1.1\r\nHost: localhost:%1\r\nContent-Length: 0" END },
    { "HEAD", "HEAD /callback?code=x&state=%2 HTTP/1.1\r\nHost: localhost:%1" END },
    { "rebound name", "GET /callback?code=x&state=%2 HTTP/1.1\r\nHost: evil.example:%1" END },
    { "another port", "GET /callback?code=x&state=%2 HTTP/1.1\r\nHost: localhost:1" END },
    { "no port", "GET /callback?code=x&state=%2 HTTP/1.1\r\nHost: localhost" END },
    { "an address", "GET /callback?code=x&state=%2 HTTP/1.1\r\nHost: 127.0.0.1:%1" END },
    { "an address that begins alike",
      "GET /callback?code=x&state=%2 HTTP/1.1\r\nHost: localhost.evil.example:%1" END },
    { "absolute", "GET http://evil.example/callback?code=x&state=%2 HTTP/1.1\r\nHost: localhost:%1" END },
  };
  g_autoptr (World) world = world_new ();
  g_autofree char *path = test_identity_consent (world->identity, cs_sign_in_get_address (world->sign_in));
  DexFuture *wait = cs_sign_in_wait (world->sign_in, 120);
  g_autofree char *page = NULL;
  g_autoptr (CsTokens) tokens = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (strays); i++)
    {
      g_autofree char *request = fill (world, strays[i].request);
      g_autofree char *answer = test_browse (world->port, i % 2 == 1, request);

      g_test_message ("%s", strays[i].name);
      g_assert_nonnull (answer);
      g_assert_false (g_str_has_prefix (answer, "HTTP/1.1 2"));
      g_assert_true (dex_future_is_pending (wait));
    }
  g_assert_cmpuint (world->identity->server->requests->len, ==, 0);
  page = test_browse_path (world->port, path);
  assert_status (page, 200);
  tokens = test_await_record (wait, &error);
  g_assert_no_error (error);
  g_assert_nonnull (tokens);
}

/* What a stray sends beyond its head is neither read nor kept: it is refused while it still sends. Without
 * that each of these would be answered only once its whole body is there, which is never. */
static void
test_bodies (void)
{
  static const Stray strays[] = {
    { "huge",
      "POST /callback?code=x&state=%2 HTTP/1.1\r\nHost: localhost:%1\r\nContent-Length: 4000000000\r\n\r\n" },
    { "asks first",
      "POST /callback?code=x&state=%2 HTTP/1.1\r\nHost: localhost:%1\r\nContent-Length: 100000\r\n"
      "Expect: 100-continue\r\n\r\n" },
    { "slow", "PUT / HTTP/1.1\r\nHost: localhost:%1\r\nContent-Length: 10\r\n\r\nx" },
    { "endless", "POST / HTTP/1.1\r\nHost: localhost:%1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n" },
    { "a body where none belongs",
      "GET /callback?code=x&state=%2 HTTP/1.1\r\nHost: localhost:%1\r\nContent-Length: 10\r\n\r\n" },
    { "an endless body where none belongs",
      "GET /callback?code=x&state=%2 HTTP/1.1\r\nHost: localhost:%1\r\nTransfer-Encoding: chunked\r\n\r\n" },
  };
  g_autoptr (World) world = world_new ();
  g_autofree char *path = test_identity_consent (world->identity, cs_sign_in_get_address (world->sign_in));
  DexFuture *wait = cs_sign_in_wait (world->sign_in, 120);
  g_autofree char *page = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (strays); i++)
    {
      gint64 begun_us = g_get_monotonic_time ();
      g_autofree char *request = fill (world, strays[i].request);
      g_autofree char *answer = test_browse (world->port, i % 2 == 1, request);

      g_test_message ("%s: %.30s", strays[i].name, answer);
      g_assert_nonnull (answer);
      g_assert_false (g_str_has_prefix (answer, "HTTP/1.1 2"));
      g_assert_false (g_str_has_prefix (answer, "HTTP/1.1 1"));
      g_assert_cmpint (g_get_monotonic_time () - begun_us, <,
                       15 * G_USEC_PER_SEC); /* who asks gives up at 20 */
      g_assert_true (dex_future_is_pending (wait));
    }
  page = test_browse_path (world->port, path);
  assert_status (page, 200);
  g_assert_true (test_await (wait, NULL));
}

/* The lines of /proc/net/tcp and tcp6 that listen on @port: where, in the kernel's own spelling. */
static GPtrArray *
list_listeners (const char *file, guint16 port)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_autofree char *end = g_strdup_printf (":%04X", port);
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (file, &text, NULL, NULL))
    return found;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (g_strchug (lines[i]), " ", 5);

      if (g_strv_length (words) >= 4 && g_str_has_suffix (words[1], end) && strcmp (words[3], "0A") == 0)
        g_ptr_array_add (found, g_strndup (words[1], strlen (words[1]) - strlen (end)));
    }
  return found;
}

/* Nobody else on the network may answer in the browser's place. */
static void
test_loopback_only (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) four = list_listeners ("/proc/net/tcp", world->port);
  g_autoptr (GPtrArray) six = list_listeners ("/proc/net/tcp6", world->port);

  g_assert_cmpuint (four->len, ==, 1);
  g_assert_cmpstr (four->pdata[0], ==, "0100007F"); /* 127.0.0.1 */
  for (guint i = 0; i < six->len; i++)
    g_assert_cmpstr (six->pdata[i], ==, "00000000000000000000000001000000"); /* ::1 */
}

static void
check_redirect (const char *query, CsRemoteError code, const char *words)
{
  g_autoptr (World) world = world_new ();
  DexFuture *wait = cs_sign_in_wait (world->sign_in, 30);
  g_autofree char *path = g_strdup_printf ("/callback?%s&state=%s", query, world->state);
  g_autofree char *page = test_browse_path (world->port, path);
  g_autoptr (GError) error = NULL;

  assert_status (page, 200);
  g_assert_null (test_await_record (wait, &error));
  g_assert_error (error, CS_REMOTE_ERROR, (int)code);
  if (words != NULL)
    g_assert_nonnull (strstr (error->message, words));
  g_assert_null (strstr (page, "<script"));
  g_assert_null (test_browse_path (world->port, path));
}

static void
test_refusals (void)
{
  check_redirect ("error=access_denied", CS_REMOTE_ERROR_DECLINED, NULL);
  check_redirect ("error=invalid_scope&error_description=Invalid+scope+for+client",
                  CS_REMOTE_ERROR_BAD_CLIENT, "Invalid scope for client");
  check_redirect ("error=%3Cscript%3Ealert(1)%3C/script%3E", CS_REMOTE_ERROR_BAD_CLIENT, NULL);
  check_redirect ("scope=x", CS_REMOTE_ERROR_BAD_REPLY, NULL);
  check_redirect ("code=", CS_REMOTE_ERROR_BAD_REPLY, NULL);
}

static void
test_time_out (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (test_await_record (cs_sign_in_wait (world->sign_in, 1), &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TIMED_OUT);
  /* 2.3: Xero's own error page never reaches us, so say what must be registered */
  g_assert_nonnull (strstr (error->message, cs_sign_in_get_redirect_uri (world->sign_in)));
  g_assert_null (test_browse_path (world->port, "/callback"));
}

static void
test_cancel_closes (void)
{
  g_autoptr (World) world = world_new ();
  DexFuture *wait = cs_sign_in_wait (world->sign_in, 120);
  g_autofree char *answer = test_browse_path (world->port, "/");

  assert_status (answer, 404);
  dex_unref (wait);
  test_settle ();
  g_assert_null (test_browse_path (world->port, "/"));
}

static void
test_port_taken (void)
{
  g_autoptr (TestIdentity) identity = test_identity_new ();
  g_autoptr (CsHttp) http = test_http_new ();
  g_autoptr (CsSignIn) first = cs_sign_in_new (identity->hosts, CLIENT_ID, "openid", http, &test_clock);
  g_autoptr (CsSignIn) second = cs_sign_in_new (identity->hosts, CLIENT_ID, "openid", http, &test_clock);
  g_autoptr (CsSignIn) third = cs_sign_in_new (identity->hosts, CLIENT_ID, "openid", http, &test_clock);
  guint16 ports[2] = { test_free_port (), test_free_port () };
  g_autofree char *expected = NULL;
  g_autofree char *named = g_strdup_printf ("%u, %u", ports[0], ports[1]);
  g_autoptr (GError) error = NULL;

  expected = g_strdup_printf ("http://localhost:%u/callback", ports[1]);
  cs_sign_in_set_ports (first, ports, 2);
  cs_sign_in_set_ports (second, ports, 2);
  cs_sign_in_set_ports (third, ports, 2);
  g_assert_true (cs_sign_in_listen (first, &error));
  g_assert_true (cs_sign_in_listen (second, &error));
  g_assert_cmpstr (cs_sign_in_get_redirect_uri (second), ==, expected);
  g_assert_false (cs_sign_in_listen (third, &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_PORT_TAKEN);
  g_assert_nonnull (strstr (error->message, named));
  /* and again once one is free */
  g_clear_error (&error);
  g_clear_pointer (&first, cs_sign_in_unref);
  g_assert_true (cs_sign_in_listen (third, &error));
  g_assert_no_error (error);
}

/* A port whose IPv6 half is somebody else's must not be used: the browser may take that half. */
static void
test_half_of_a_port (void)
{
  g_autoptr (TestIdentity) identity = test_identity_new ();
  g_autoptr (CsHttp) http = test_http_new ();
  g_autoptr (CsSignIn) sign_in = cs_sign_in_new (identity->hosts, CLIENT_ID, "openid", http, &test_clock);
  g_autoptr (GSocketListener) squatter = g_socket_listener_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  guint16 port = test_free_port ();
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GError) error = NULL;

  if (!g_socket_listener_add_address (squatter, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                      NULL, NULL))
    {
      g_test_skip ("no IPv6 here");
      return;
    }
  cs_sign_in_set_ports (sign_in, &port, 1);
  g_assert_false (cs_sign_in_listen (sign_in, &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_PORT_TAKEN);
  g_socket_listener_close (squatter);
}

static void
check_exchange (TestIdentityMood mood, guint status, const char *body, CsRemoteError code)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsTokens) tokens = NULL;

  world->identity->mood = mood;
  world->identity->canned_status = status;
  world->identity->canned_body = body;
  tokens = consent (world, &error);
  g_assert_null (tokens);
  g_assert_error (error, CS_REMOTE_ERROR, (int)code);
  g_assert_null (strstr (error->message, TEST_CODE));
  g_assert_null (strstr (error->message, "secret"));
}

static void
test_exchange (void)
{
  check_exchange (TEST_IDENTITY_DOWN, 0, NULL, CS_REMOTE_ERROR_TRY_LATER);
  check_exchange (TEST_IDENTITY_LOSES_ANSWERS, 0, NULL, CS_REMOTE_ERROR_TRY_LATER);
  check_exchange (TEST_IDENTITY_CANNED, 400, "{\"error\":\"invalid_grant\"}", CS_REMOTE_ERROR_REFUSED);
  check_exchange (TEST_IDENTITY_CANNED, 400, "{\"error\":\"invalid_client\"}", CS_REMOTE_ERROR_BAD_CLIENT);
  check_exchange (TEST_IDENTITY_CANNED, 400,
                  "{\"error\":\"invalid_request\",\"error_description\":\"what is " TEST_CODE "?\"}",
                  CS_REMOTE_ERROR_REFUSED);
  check_exchange (TEST_IDENTITY_CANNED, 429, "{}", CS_REMOTE_ERROR_USED_UP);
  check_exchange (TEST_IDENTITY_CANNED, 403, "{}", CS_REMOTE_ERROR_FORBIDDEN);
  /* no refresh token: offline_access is missing */
  check_exchange (TEST_IDENTITY_CANNED, 200,
                  "{\"access_token\":\"a-secret-token\",\"expires_in\":1800,\"token_type\":\"Bearer\"}",
                  CS_REMOTE_ERROR_BAD_CLIENT);
  check_exchange (TEST_IDENTITY_CANNED, 200,
                  "{\"access_token\":\"a-secret-token\",\"refresh_token\":\"r\",\"token_type\":\"mac\"}",
                  CS_REMOTE_ERROR_BAD_REPLY);
  check_exchange (TEST_IDENTITY_CANNED, 200, "{\"access_token\":\"a-secret\", this is not JSON",
                  CS_REMOTE_ERROR_BAD_REPLY);
  check_exchange (TEST_IDENTITY_CANNED, 200, "[\"a-secret\"]", CS_REMOTE_ERROR_BAD_REPLY);
}

static void
check_bad_id_token (const char *id_token)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsTokens) tokens = NULL;
  g_autofree char *body = g_strdup_printf (
      "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"token_type\":\"bearer\",\"id_token\":\"%s\"}",
      id_token);

  world->identity->mood = TEST_IDENTITY_CANNED;
  world->identity->canned_status = 200;
  world->identity->canned_body = body;
  tokens = consent (world, &error);
  g_assert_no_error (error);
  g_assert_null (tokens->login_name);
}

/* It is for display: whatever is wrong with it, the sign-in is right. */
static void
test_id_token (void)
{
  check_bad_id_token ("");
  check_bad_id_token ("x");
  check_bad_id_token ("..");
  check_bad_id_token ("a.b.c");
  check_bad_id_token ("e30.e30.x");
  check_bad_id_token ("e30.W10.x");
  check_bad_id_token ("e30.////.x.y.z");
}

static void
add_tests (void)
{
  g_test_add_func ("/sign-in/address", test_address);
  g_test_add_func ("/sign-in/pkce", test_pkce);
  g_test_add_func ("/sign-in/whole", test_sign_in);
  g_test_add_func ("/sign-in/page", test_page);
  g_test_add_func ("/sign-in/strays", test_strays);
  g_test_add_func ("/sign-in/bodies", test_bodies);
  g_test_add_func ("/sign-in/loopback-only", test_loopback_only);
  g_test_add_func ("/sign-in/refusals", test_refusals);
  g_test_add_func ("/sign-in/time-out", test_time_out);
  g_test_add_func ("/sign-in/cancel-closes", test_cancel_closes);
  g_test_add_func ("/sign-in/port-taken", test_port_taken);
  g_test_add_func ("/sign-in/half-of-a-port", test_half_of_a_port);
  g_test_add_func ("/sign-in/exchange", test_exchange);
  g_test_add_func ("/sign-in/id-token", test_id_token);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
