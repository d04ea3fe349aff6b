/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-future.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A long answer goes to a file without a name, which ends with its last reader. Private to remote. */
#define CS_HTTP_LARGE_BYTES_MAX (512u * 1024u * 1024u)

typedef struct _CsHttpSpool CsHttpSpool;
CsHttpSpool *cs_http_spool_new (GError **error);
void cs_http_spool_free (CsHttpSpool *spool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsHttpSpool, cs_http_spool_free)
gboolean cs_http_spool_append (CsHttpSpool *spool, GBytes *chunk, GError **error);
gsize cs_http_spool_get_size (const CsHttpSpool *spool);
GInputStream *cs_http_spool_end (CsHttpSpool *spool, GError **error);

G_END_DECLS
