/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cs-sign-in.h"
#include "cs-xero.h"

#include "remote-test.h"

#include <string.h>

#define ANSWERS 1000

/* A thousand answers that are wrong at random, over real sockets, to every call there is: no crash, no hang,
 * and an error of ours wherever there is no record. The seed is printed; --seed repeats it. */

static char *seed_text;

static const char *const heads[] = {
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
  "HTTP/1.1 200 OK\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
  "HTTP/1.1 204 No Content\r\n",
  "HTTP/1.1 301 Moved\r\nLocation: http://example.com/\r\n",
  "HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\n",
  "HTTP/1.1 400 Bad\r\nContent-Type: application/problem+json\r\n",
  "HTTP/1.1 401 No\r\nContent-Type: application/json\r\nWWW-Authenticate: \xff\xfe\r\n",
  "HTTP/1.1 429 Busy\r\nRetry-After: -99999999999999999999\r\nX-MinLimit-Remaining: x\r\n",
  "HTTP/1.1 500 Oh\r\nContent-Type: text/plain\r\n",
  "HTTP/1.1 999 ?\r\n",
  "HTTP/9.9 200 OK\r\n",
  "\x16\x03\x01\x02",
  "",
};

static char *
mutate (const char *text, gsize *size)
{
  gsize length = strlen (text);
  char *bytes = g_strdup (text);
  gint flips = g_test_rand_int_range (0, 4);

  for (gint i = 0; i < flips; i++)
    bytes[(gsize)g_test_rand_int_range (0, (gint)length)] = (char)g_test_rand_int_range (0, 256);
  *size = length;
  if (g_test_rand_int_range (0, 4) == 0)
    *size = (gsize)g_test_rand_int_range (0, (gint)length + 1);
  return bytes;
}

static void
answer_wrongly (TestServer *server, SoupServerMessage *message, const TestRequest *request)
{
  const char *head = heads[g_test_rand_int_range (0, G_N_ELEMENTS (heads))];
  gsize size = 0;
  g_autofree char *body = mutate (seed_text, &size);
  g_autoptr (GString) answer = g_string_new (head);

  /* never negative: libsoup 3.6 itself stumbles over that with a critical */
  if (g_test_rand_bit () && head[0] != '\0')
    g_string_append_printf (answer, "Content-Length: %d\r\n",
                            g_test_rand_int_range (0, 4) == 0 ? g_test_rand_int_range (0, G_MAXINT)
                                                              : (gint)size);
  if (head[0] != '\0')
    g_string_append (answer, "\r\n");
  g_string_append_len (answer, body, (gssize)size);
  g_assert (answer != NULL);
  test_answer_raw (message, answer->str, (gssize)answer->len);
}

typedef struct
{
  CsHttp *http;
  CsHosts *hosts;
  CsXero *xero;
  CsVault *vault;
  GBytes *body;
} World;

/* A grant whose token is old, so that it must be refreshed. */
static DexFuture *
refresh (World *world)
{
  g_autoptr (CsGrant) grant
      = cs_grant_new (world->hosts, "g", "client-1", world->vault, world->http, &test_clock);
  g_autoptr (CsTokens) tokens = cs_tokens_new ();

  tokens->refresh_token = g_strdup ("refresh-secret");
  cs_grant_set_tokens (grant, tokens);
  return cs_grant_get_access_token (grant, FALSE);
}

static DexFuture *
call (World *world, int which)
{
  CsLedgerQuery query = CS_LEDGER_QUERY_INIT;

  switch (which)
    {
    case 0:
      query.kind = CS_LEDGER_KIND_INVOICES;
      return cs_xero_read_page (world->xero, &query);
    case 1:
      query.kind = (CsLedgerKind)g_test_rand_int_range (0, CS_LEDGER_N_KINDS);
      return cs_xero_read_page (world->xero, &query);
    case 2:
      return cs_xero_get_organisation (world->xero);
    case 3:
    case 4:
      return cs_xero_read_list (world->xero, (CsLedgerListKind)g_test_rand_int_range (0, CS_LEDGER_N_LISTS));
    case 5:
      return cs_xero_list_tenants (world->http, world->hosts);
    case 6:
      return cs_xero_create_invoice (world->xero, world->body, "k", NULL);
    case 7:
      return cs_xero_create_contact (world->xero, world->body, "k", NULL);
    case 8:
      return cs_xero_find_invoice (world->xero, "EX-0990");
    case 9:
      return cs_xero_find_contact (world->xero, "CL-1");
    default:
      return refresh (world);
    }
}

static void
check_error (const GError *error, int which)
{
  gboolean is_write = which == 6 || which == 7;

  g_assert_nonnull (error);
  if (error->domain != CS_REMOTE_ERROR)
    g_error ("%s: %s", g_quark_to_string (error->domain), error->message);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), >, 10);
  /* it was sent: a write may not claim the contrary, a read has no doubt */
  g_assert_cmpint (error->code, !=, CS_REMOTE_ERROR_UNREACHABLE);
  g_assert_cmpint (error->code, !=, is_write ? CS_REMOTE_ERROR_BAD_REPLY : CS_REMOTE_ERROR_UNKNOWN_OUTCOME);
}

static void
test_thousand (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "remote", "invoices.json", NULL);
  g_autoptr (TestServer) server = test_server_new (answer_wrongly, NULL);
  World world = { 0 };
  guint n_errors = 0;

  g_assert_true (g_file_get_contents (path, &seed_text, NULL, NULL));
  world.http = test_http_new ();
  world.hosts = cs_xero_hosts_new_loopback (server->base, NULL);
  world.xero = cs_xero_new (world.http, world.hosts, "tenant-1");
  world.vault = cs_vault_new ("malformed");
  world.body = g_bytes_new_static ("{}", 2);
  for (int i = 0; i < ANSWERS; i++)
    {
      int which = g_test_rand_int_range (0, 11);
      g_autoptr (GError) error = NULL;

      if (!test_await (call (&world, which), &error))
        {
          check_error (error, which);
          n_errors++;
        }
    }
  g_test_message ("%u of %d answers were refused", n_errors, ANSWERS);
  g_assert_cmpuint (n_errors, >, ANSWERS / 2);
  cs_xero_unref (world.xero);
  cs_vault_unref (world.vault);
  cs_http_unref (world.http);
  cs_hosts_free (world.hosts);
  g_bytes_unref (world.body);
  test_settle ();
  g_free (seed_text);
}

static GPtrArray *
decode_any (GBytes *body, guint which, GError **error)
{
  CsLedgerPage page = { .page = 1 };

  if (which < CS_LEDGER_N_KINDS)
    return cs_xero_decode_page (body, (CsLedgerKind)which, &page, error);
  return cs_xero_decode_list (body, (CsLedgerListKind)(which - CS_LEDGER_N_KINDS), error);
}

/* What the fuzzer of the decoders begins with has one record of each kind, and each is read (tests/fuzz). */
static void
test_decoders (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "ledger", "everything.json", NULL);
  g_autoptr (GBytes) everything = NULL;
  char *text = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  everything = g_bytes_new_take (text, size);
  for (guint which = 0; which < CS_LEDGER_N_KINDS + CS_LEDGER_N_LISTS; which++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records
          = which != CS_LEDGER_KIND_INVOICES ? decode_any (everything, which, &error) : NULL;

      g_assert_no_error (error);
      g_assert_true (which == CS_LEDGER_KIND_INVOICES || records->len == 1);
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/malformed/thousand-answers", test_thousand);
  g_test_add_func ("/malformed/decoders", test_decoders);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
