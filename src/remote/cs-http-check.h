/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-http.h"

G_BEGIN_DECLS

/* What an answer, or its absence, means: our words for it (cs-remote-error.h) and a sentence for a person.
 * Pure. Private to remote. */

/* TRUE: a 2xx that looks as asked. Else @error; @token_stale: a fresh token may help. */
gboolean cs_http_check_response (const CsHttpRequest *request,
                                 const CsHttpResponse *response,
                                 gboolean *token_stale,
                                 GError **error);
/* From what libsoup, GIO or libdex said (transfer full); "stopped" stays what it is. */
GError *cs_http_check_transport (const CsHttpRequest *request, gboolean may_have_left, GError *cause);

/* A new error: what happened, the remote's @words (nullable), what to do. */
GError *cs_remote_error_new (CsRemoteError code, const char *what, const char *words, const char *advice);

/* One line of valid text, no longer than is good on a screen; NULL when nothing is left. */
char *cs_http_clean_words (const char *words);

/* The remote's words where there is no adapter to find them: plain text; never HTML. */
void cs_http_explain_text (const CsHttpResponse *response, CsHttpExplanation *explanation);
gboolean cs_http_response_is_json (const CsHttpResponse *response);

G_END_DECLS
