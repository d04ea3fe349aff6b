/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-ledger-records.h"

G_BEGIN_DECLS

/* K-4: which known contacts a client may be. */
typedef enum
{
  CS_MATCH_STORED_ID,
  CS_MATCH_EMAIL_AND_NAME,
  CS_MATCH_NAME,
  CS_MATCH_EMAIL,
  CS_MATCH_SIMILAR_NAME,
  CS_MATCH_NONE,
} CsMatch;
CsMatch cs_match_contact (const char *client_name,
                          const char *client_email,
                          const char *stored_remote_id,
                          const CsLedgerContact *contact);
/* The same ladder for a client of a practice manager, or anything else with a name and an address. */
CsMatch cs_match_record (const char *client_name,
                         const char *client_email,
                         const char *stored_remote_id,
                         const char *remote_id,
                         const char *remote_name,
                         const char *remote_email);
gboolean cs_match_links_by_itself (CsMatch match);
char *cs_match_normalise_name (const char *name);

G_END_DECLS
