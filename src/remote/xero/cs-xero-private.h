/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-json.h"
#include "cs-xero.h"

G_BEGIN_DECLS

/* Shared by the files of this folder. */

/* xero-accounting.md 7.2: all that Xero says is wrong with a document, wherever in it; NULL when nothing. */
char *cs_xero_collect_words (const CsJsonValue *value);
/* A CsHttpExplain for the Accounting and the identity API. */
void cs_xero_explain (const CsHttpResponse *response, CsHttpExplanation *explanation);
/* The one element of @list in the answer to a write with summarizeErrors=false (7.3): NULL with REFUSED, or
 * with UNKNOWN_OUTCOME when it can't be told. */
const CsJsonValue *cs_xero_check_element (const CsJsonDocument *document, const char *list, GError **error);

GError *cs_xero_unknown_outcome (void);
/* BAD_REPLY out of what encoding or domain said (transfer full). */
GError *cs_xero_bad_reply (GError *cause);

gboolean cs_xero_id_is_set (const char *id); /* not empty, not all zeroes */

CsLedgerContact *cs_xero_decode_contact (const CsJsonValue *value, GError **error);
CsLedgerInvoice *cs_xero_decode_invoice (const CsJsonValue *value, GError **error);
GPtrArray *cs_xero_decode_tenants (GBytes *body, const char *tenant_type, GError **error);
CsLedgerOrganisation *cs_xero_decode_organisation (GBytes *body, GError **error);

G_END_DECLS
