/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-store.h"

G_BEGIN_DECLS

/* Append-only; each row holds the hash of the one before. Written by the other store functions, in their
 * transactions. */
typedef struct
{
  gint64 sequence;
  gint64 at_ms;
  char *actor;
  char *action;  /* "proposal.accepted", "invoice.sent" … */
  char *subject; /* its id or number */
  char *details; /* canonical JSON */
  char *hash;    /* hex */
} CsAuditEntry;
void cs_audit_entry_free (CsAuditEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsAuditEntry, cs_audit_entry_free)
GPtrArray *cs_store_list_audit (CsStore *store, guint limit, GError **error); /* newest first */
/* TRUE when every row fits; else FALSE, *first_bad is its sequence and the error says what doesn't fit. */
gboolean cs_store_verify_audit (CsStore *store, gint64 *first_bad, GError **error);
/* What doesn't fit now, and the keyring's @noted (nullable), are a person's to accept. */
gboolean cs_store_accept_audit (CsStore *store, const char *noted, const char *reason, GError **error);
gboolean cs_store_set_audit_break (CsStore *store, const char *words, GError **error); /* NULL: all fits */
/* The newest row, which the keyring remembers; and any row's hash, to compare with what it remembers. */
gboolean cs_store_get_audit_head (CsStore *store, gint64 *sequence, char **hash, GError **error);
gboolean cs_store_get_audit_hash (CsStore *store, gint64 sequence, char **hash, GError **error);
gboolean cs_store_append_audit (CsStore *store,
                                const char *action,
                                const char *subject,
                                const char *details_json,
                                GError **error);

G_END_DECLS
