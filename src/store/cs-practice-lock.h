/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-store.h"

G_BEGIN_DECLS

/* One process sends. The OS file lock beside the database, with an epoch in it: taking it adds one. */
typedef struct _CsPracticeLock CsPracticeLock;
CsPracticeLock *
cs_practice_lock_take (const char *folder, GError **error); /* CS_STORE_ERROR_LOCKED names the holder */
void cs_practice_lock_release (CsPracticeLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPracticeLock, cs_practice_lock_release)
gint64 cs_practice_lock_get_epoch (const CsPracticeLock *lock);
/* Re-reads the file: FALSE with CS_STORE_ERROR_EPOCH when somebody took it since. */
gboolean cs_practice_lock_check (CsPracticeLock *lock, GError **error);

/* Tells the store under which epoch it now sends: rows found *sending* become doubtful. When the file turns
 * out to be restored or copied (its last epoch is behind the lock's, or it lies on another machine or inode
 * than it remembers), every unfinished row is marked probe-first, and *was_restored says so. */
gboolean cs_store_claim (CsStore *store, CsPracticeLock *lock, gboolean *was_restored, GError **error);
/* Whether a restored or copied file still waits for its first pull: until cs_store_mark_synced(), invoices
 * cannot be sent, as it does not know which left meanwhile. */
gboolean cs_store_needs_pull_before_sending (CsStore *store, gboolean *needs_pull, GError **error);

G_END_DECLS
