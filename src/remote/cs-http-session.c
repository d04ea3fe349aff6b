/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-http-session.h"

#define CONNECTIONS_MAX 6
#define DECODER_KEY "cs-decoder"

/* libsoup (3.6.5, run_until_read_done() in soup-session.c) ends a request twice when it has begun it again on
 * another idle connection before it hears that the first one broke: the second end gives back a reference of
 * the decoder that nobody took, and counts a request less than there is. So the decoder is held once more for
 * every restart, and who sees a restart fail takes a new session. When the old one goes, libsoup has given up
 * its own references, and those that are left are ours. */
static void
drop_decoder (gpointer data, GObject *gone_session)
{
  GObject *decoder = data;

  while (g_atomic_int_get (&decoder->ref_count) > 1)
    g_object_unref (decoder);
  g_object_unref (decoder);
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

/** cs_http_session_note_restart: one of its requests is begun again, before libsoup goes on with it. */
void
cs_http_session_note_restart (SoupSession *session)
{
  GObject *decoder = g_object_get_data (G_OBJECT (session), DECODER_KEY);

  if (decoder != NULL)
    g_object_ref (decoder);
}
