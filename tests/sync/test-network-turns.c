/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between a practice that is no demo and Xero's own addresses, none of which is ever reached here: every way
 * out goes through a proxy of this test's own, which refuses, is not there, or answers in Xero's place with a
 * certificate that nobody vouches for. */
#include "wrong-turns.h"

#include "cs-connect-problem.h"

static char *proxy; /* what the desktop's settings would say */

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GObject)
struct _TestResolver
{
  GObject parent_instance;
};

static gboolean
is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
lookup (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GError **error)
{
  char **proxies = g_new0 (char *, 2);

  proxies[0] = g_strdup (g_str_has_prefix (uri, "https") ? proxy : "direct://");
  return proxies;
}

static void
lookup_async (GProxyResolver *resolver,
              const char *uri,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);

  g_task_return_pointer (task, lookup (resolver, uri, NULL, NULL), (GDestroyNotify)g_strfreev);
}

static char **
lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
resolver_interface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = is_supported;
  iface->lookup = lookup;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestResolver,
                               test_resolver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, resolver_interface_init))

static void
test_resolver_class_init (TestResolverClass *klass)
{
}

static void
test_resolver_init (TestResolver *self)
{
}

/* --- the proxy
 * ------------------------------------------------------------------------------------------------- */

static void
read_head (GInputStream *input)
{
  char last[4] = { 0 };

  do
    {
      memmove (last, last + 1, 3);
      g_assert_cmpint (g_input_stream_read (input, last + 3, 1, NULL, NULL), ==, 1);
    }
  while (memcmp (last, "\r\n\r\n", 4) != 0);
}

static gboolean
on_refuse (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  static const char answer[] = "HTTP/1.1 407 Proxy Authentication Required\r\n"
                               "Proxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n";

  read_head (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer,
                             sizeof answer - 1, NULL, NULL, NULL);
  return TRUE;
}

/* Answers in the place of whoever was asked for, with that certificate. */
static gboolean
intercept (GSocketConnection *connection, const char *folder, const char *name)
{
  static const char answer[] = "HTTP/1.1 200 Connection established\r\n\r\n";
  g_autofree char *pem = g_test_build_filename (G_TEST_DIST, folder, name, NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (pem, NULL);
  g_autoptr (GIOStream) tls = NULL;

  read_head (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer,
                             sizeof answer - 1, NULL, NULL, NULL);
  tls = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);
  g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL);
  return TRUE;
}

static gboolean
on_intercept (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  return intercept (connection, "remote", "untrusted-localhost.pem");
}

static gboolean
on_expired (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  return intercept (connection, "sync", "expired-certificate.pem");
}

typedef gboolean (*ProxyFunc) (GThreadedSocketService *, GSocketConnection *, GObject *, gpointer);

static GSocketService *
start_proxy (ProxyFunc func)
{
  GSocketService *service = g_threaded_socket_service_new (4);
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);

  g_assert_no_error (error);
  g_signal_connect (service, "run", G_CALLBACK (func), NULL);
  g_free (proxy);
  proxy = g_strdup_printf ("http://127.0.0.1:%u", port);
  return service;
}

static void
assert_way_gives (CsConnectProblem problem)
{
  g_autoptr (Turn) turn = turn_new_real ();

  turn->redirect = g_strdup ("code=never-exchanged");
  turn_start (turn);
  turn_wait_problem (turn, problem);
  g_assert_cmpuint (turn_count_kept (), ==, 0);
}

static void
test_proxy_wants_login (void)
{
  g_autoptr (GSocketService) service = start_proxy (on_refuse);

  assert_way_gives (CS_CONNECT_PROBLEM_PROXY);
}

static void
test_proxy_absent (void)
{
  GSocketService *service = start_proxy (on_refuse);

  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  g_object_unref (service);
  assert_way_gives (CS_CONNECT_PROBLEM_PROXY);
}

static void
test_untrusted (void)
{
  g_autoptr (GSocketService) service = start_proxy (on_intercept);

  assert_way_gives (CS_CONNECT_PROBLEM_UNTRUSTED);
}

/* Xero's own name, vouched for by an authority that this process trusts, and of 2020: seen from here, either
 * the certificate has run out or this computer's clock is wrong, and the second is what a person can mend. */
static void
test_expired (void)
{
  g_autofree char *pem = g_test_build_filename (G_TEST_DIST, "sync", "test-authority.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) authority = g_tls_file_database_new (pem, &error);
  g_autoptr (GSocketService) service = start_proxy (on_expired);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), authority);
  assert_way_gives (CS_CONNECT_PROBLEM_CLOCK);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
  /* Without that authority it isn't the dates alone. */
  assert_way_gives (CS_CONNECT_PROBLEM_UNTRUSTED);
}

/* A certificate that is right but for its dates: the clock; any other fault beside it: no trust. */
static void
test_dates_are_the_clock (void)
{
  g_autoptr (GError) error = g_error_new (CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNTRUSTED, "-");
  CsHttpSigns signs = { .certificate = G_TLS_CERTIFICATE_NOT_ACTIVATED };

  g_assert_cmpint (cs_connect_problem_of (error, &signs), ==, CS_CONNECT_PROBLEM_CLOCK);
  signs.certificate = G_TLS_CERTIFICATE_EXPIRED;
  g_assert_cmpint (cs_connect_problem_of (error, &signs), ==, CS_CONNECT_PROBLEM_CLOCK);
  signs.certificate = G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_UNKNOWN_CA;
  g_assert_cmpint (cs_connect_problem_of (error, &signs), ==, CS_CONNECT_PROBLEM_UNTRUSTED);
}

int
main (int argc, char **argv)
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "test", TRUE);
  g_type_ensure (G_TYPE_PROXY_RESOLVER);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TEST_TYPE_RESOLVER, "test", 1000);
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-turns/proxy-wants-a-login", test_proxy_wants_login);
  g_test_add_func ("/network-turns/proxy-not-there", test_proxy_absent);
  g_test_add_func ("/network-turns/untrusted", test_untrusted);
  g_test_add_func ("/network-turns/expired-certificate", test_expired);
  g_test_add_func ("/network-turns/dates-are-the-clock", test_dates_are_the_clock);
  return g_test_run ();
}
