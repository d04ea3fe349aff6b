/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* libsoup's session as we use it: no log-in of its own, this machine alone for a demo, and whole after a
 * restart. */
SoupSession *cs_http_session_new (gboolean loopback_only, guint timeout_s);
gboolean cs_http_session_is_worn (SoupSession *session); /* to be replaced before it is used again */
void cs_http_session_send (SoupSession *session,
                           SoupMessage *message,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);

G_END_DECLS
