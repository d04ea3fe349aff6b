/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

G_BEGIN_DECLS

/* One document that tells somebody who helps what this practice's program has been through, and nothing of
 * anybody: it is made of codes, counts, times, versions and the ledger's correlation ids, each by a list of
 * what may be in it. No name, e-mail address, number of an invoice, amount, text of a proposal, word of the
 * ledger or secret has a way in. */
char *cs_support_bundle_make (CsStore *store,
                              gint64 now_ms,
                              GError **error); /* (transfer full): JSON, to be read */
/* The same of an open practice: resolves to the text (cs_await_record, g_free). */
DexFuture *cs_session_make_support_bundle (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
