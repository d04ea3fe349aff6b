/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-operation.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* What was or will be written, and how it went, for a person. (transfer full) */
char *cs_operation_words_title (const CsOperation *operation);    /* "Invoice CS-0001" */
char *cs_operation_words_not_sent (const CsOperation *operation); /* "Invoice CS-0001 for … was not sent" */
char *
cs_operation_words_moments (const CsOperation *operation, CsSession *session); /* exactly, zone included */
char *cs_operation_words_outcome (const CsOperation *operation,
                                  CsSession *session);         /* "" where the state says it all */
char *cs_operation_words_found (const CsOperation *operation); /* of what is under its number there */
/* Of a message with the ledger's own words in quotes: those alone, as the ledger's. */
char *cs_operation_words_message (const char *message);
/* Whether it can't go before somebody connects. */
gboolean cs_operation_words_needs_connection (const CsOperation *operation, CsSession *session);
/* Whether the way out leads over the contact at the ledger, and that is known. */
gboolean cs_operation_words_names_contact (const CsOperation *operation);
const char *cs_operation_words_advice (const CsOperation *operation); /* (transfer none) */

G_END_DECLS
