/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-http-session.h"

#define CONNECTIONS_MAX 6
#define DECODER_KEY "cs-decoder"
#define WORN_KEY "cs-worn"

/* libsoup (3.6.5, run_until_read_done() in soup-session.c) ends a request twice when it has begun it again on
 * another idle connection before it hears that the first one broke: the second end gives back a reference of
 * the decoder that nobody took, and counts a request less than there is. So the decoder is held once more for
 * every restart, and a session that saw one is not used for anything new. When it goes, libsoup has given up
 * its own references, and those that are left are ours. */
static void
drop_decoder (gpointer data, GObject *gone_session)
{
  GObject *decoder = data;

  while (g_atomic_int_get (&decoder->ref_count) > 1)
    g_object_unref (decoder);
  g_object_unref (decoder);
}

static void
on_restarted (SoupMessage *message, gpointer data)
{
  GObject *session = data;
  GObject *decoder = g_object_get_data (session, DECODER_KEY);

  g_object_set_data (session, WORN_KEY, session);
  if (decoder != NULL)
    g_object_ref (decoder);
}

/**
 * cs_http_session_new:
 * @loopback_only: speak to this machine alone, by no proxy
 * @timeout_s: seconds that a peer may be silent, connecting included
 *
 * Returns: (transfer full): a session without connections
 */
SoupSession *
cs_http_session_new (gboolean loopback_only, guint timeout_s)
{
  SoupSession *session = soup_session_new_with_options ("user-agent", "Countersign/" PACKAGE_VERSION,
                                                        "max-conns", CONNECTIONS_MAX, "max-conns-per-host",
                                                        CONNECTIONS_MAX, "timeout", timeout_s, NULL);
  SoupSessionFeature *decoder = soup_session_get_feature (session, SOUP_TYPE_CONTENT_DECODER);

  /* A 401 is ours to understand, not libsoup's. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (loopback_only)
    soup_session_set_proxy_resolver (session, NULL);
  if (decoder != NULL)
    {
      g_object_set_data (G_OBJECT (session), DECODER_KEY, decoder);
      g_object_weak_ref (G_OBJECT (session), drop_decoder, g_object_ref (decoder));
    }
  return session;
}

/** cs_http_session_is_worn: Returns: whether the next request needs a new one */
gboolean
cs_http_session_is_worn (SoupSession *session)
{
  return g_object_get_data (G_OBJECT (session), WORN_KEY) != NULL;
}

static void
unref_closure (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

/** cs_http_session_send: as soup_session_send_async(); a restart is seen to even when nobody waits any more.
 */
void
cs_http_session_send (SoupSession *session,
                      SoupMessage *message,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  g_signal_connect_data (message, "restarted", G_CALLBACK (on_restarted), g_object_ref (session),
                         unref_closure, 0);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, cancellable, callback, data);
}
