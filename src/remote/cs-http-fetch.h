/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-http.h"

G_BEGIN_DECLS

/* What to make of the body of an answer. Runs on a worker: a page of 1,000 invoices must not hold up the
 * window. */
typedef DexFuture *(*CsHttpDecode) (GBytes *body, gpointer data);

DexFuture *cs_http_fetch (CsHttp *http,
                          CsHttpRequest *request,
                          CsHttpDecode decode,
                          gpointer data,
                          GDestroyNotify free_data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
