/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F5: connections that break just as they are used again. libsoup begins such a read anew by itself, and ends
 * it twice when it does so before it hears of the break; from then on its session could free what it still
 * needs, and leave requests lying. Here the peer is a thread that breaks each connection at its second
 * request, as fast as it can. */
#include "remote-test.h"

#include <string.h>

#define ROUNDS 400
#define AT_ONCE 4

typedef struct
{
  GSocketListener *listener;
  GCancellable *over;
  GThread *thread;
  char *base;
} Peer;

static const char ANSWER[]
    = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

/* A request of ours fits into one read: it has no body. */
static gpointer
serve_one (gpointer data)
{
  g_autoptr (GSocketConnection) connection = data;
  GSocket *socket = g_socket_connection_get_socket (connection);
  char request[4096];

  g_socket_set_blocking (socket, TRUE);
  g_socket_set_timeout (socket, 60);
  if (g_socket_receive (socket, request, sizeof request, NULL, NULL) > 0
      && g_socket_send (socket, ANSWER, strlen (ANSWER), NULL, NULL) > 0)
    (void)!g_socket_receive (socket, request, sizeof request, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return NULL;
}

static gpointer
serve (gpointer data)
{
  Peer *peer = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (peer->listener, NULL, peer->over, NULL)) != NULL)
    g_thread_unref (g_thread_new ("connection", serve_one, connection));
  return NULL;
}

static Peer *
peer_new (void)
{
  Peer *peer = g_new0 (Peer, 1);
  g_autoptr (GError) error = NULL;
  guint16 port;

  peer->listener = g_socket_listener_new ();
  peer->over = g_cancellable_new ();
  port = g_socket_listener_add_any_inet_port (peer->listener, NULL, &error);
  g_assert_no_error (error);
  peer->base = g_strdup_printf ("http://localhost:%u", port);
  peer->thread = g_thread_new ("peer", serve, peer);
  return peer;
}

static void
peer_free (Peer *peer)
{
  g_cancellable_cancel (peer->over);
  g_thread_join (peer->thread);
  g_socket_listener_close (peer->listener);
  g_object_unref (peer->listener);
  g_object_unref (peer->over);
  g_free (peer->base);
  g_free (peer);
}

static DexFuture *
ask (CsHttp *http, const Peer *peer)
{
  CsHttpRequest *request = cs_http_request_new ("GET", "/test");

  request->url = g_strconcat (peer->base, "/x", NULL);
  return cs_http_send (http, request);
}

/* Each is answered or refused with a word, none is left lying, and nothing is complained of: that ends a
 * test. */
static void
test_reads_on_broken_connections (void)
{
  Peer *peer = peer_new ();
  g_autoptr (CsHttp) http = test_http_new ();
  guint answered = 0, refused = 0;
  gint64 began = g_get_monotonic_time ();

  for (guint round = 0; round < ROUNDS; round++)
    {
      DexFuture *asked[AT_ONCE];

      for (guint i = 0; i < AT_ONCE; i++)
        asked[i] = ask (http, peer);
      for (guint i = 0; i < AT_ONCE; i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (CsHttpResponse) response = test_await_record (asked[i], &error);

          if (response != NULL)
            answered++;
          else
            {
              g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_TRY_LATER);
              refused++;
            }
        }
    }
  g_test_message ("%u answered, %u refused in %.1f s", answered, refused,
                  (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  g_assert_cmpuint (answered + refused, ==, ROUNDS * AT_ONCE);
  g_assert_cmpuint (answered, >, ROUNDS);
  peer_free (peer);
}

static void
add_tests (void)
{
  g_test_add_func ("/http/reads-on-broken-connections", test_reads_on_broken_connections);
}

int
main (int argc, char **argv)
{
  return test_run (argc, argv, add_tests);
}
