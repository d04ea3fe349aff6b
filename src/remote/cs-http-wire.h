/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-http.h"

G_BEGIN_DECLS

/* The libsoup side of the pipeline: one request out, one bounded answer in, nothing sent twice. Private to
 * remote. */
typedef struct _CsHttpWire CsHttpWire;
CsHttpWire *cs_http_wire_new (gboolean loopback_only, const CsClock *clock);
void cs_http_wire_free (CsHttpWire *wire);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsHttpWire, cs_http_wire_free)
void cs_http_wire_set_timeout (CsHttpWire *wire, guint seconds);
const CsHttpSigns *cs_http_wire_get_signs (CsHttpWire *wire); /* of the newest exchange */

/* Awaits, so in a fiber only. @may_have_left: FALSE means that surely no byte of the request was sent. The
 * error is libsoup's, GIO's or libdex's own, or CS_REMOTE_ERROR for what was refused before the network was
 * touched. */
CsHttpResponse *cs_http_wire_exchange (CsHttpWire *wire,
                                       const CsHttpRequest *request,
                                       const char *token,
                                       gboolean *may_have_left,
                                       GError **error);

gboolean cs_http_host_is_loopback (const char *host);

G_END_DECLS
