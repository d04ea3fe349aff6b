/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-records.h"

G_BEGIN_DECLS

/* One practice's SQLite file. Synchronous; one thread at a time. The writer thread owns the one read-write
 * store; readers open their own with CS_STORE_READ_ONLY. Every function that changes something is one
 * transaction, with its audit row in it. Every list is (transfer full) and ordered as said. */
#define CS_STORE_ERROR (cs_store_error_quark ())
typedef enum
{
  CS_STORE_ERROR_NOT_FOUND,
  CS_STORE_ERROR_STALE,   /* saved over a newer revision: read again */
  CS_STORE_ERROR_STATE,   /* not in this state */
  CS_STORE_ERROR_INVALID, /* a rule says no; the message says which */
  CS_STORE_ERROR_LOCKED,  /* another process holds the practice */
  CS_STORE_ERROR_EPOCH,   /* we no longer hold it under this epoch */
  CS_STORE_ERROR_TOO_NEW, /* written by a newer Countersign */
  CS_STORE_ERROR_DAMAGED,
  CS_STORE_ERROR_FULL, /* disk full, read only */
  CS_STORE_ERROR_FAILED,
} CsStoreError;
GQuark cs_store_error_quark (void);
/* A STALE may say what changed, for whoever writes days and money as a person reads them; FALSE: nothing of
 * it. */
void cs_store_error_set_changed (GError **error, CsDate date, CsMoney was, CsMoney is);
gboolean cs_store_error_get_changed (const GError *error, CsDate *date, CsMoney *was, CsMoney *is);

typedef enum
{
  CS_STORE_READ_WRITE = 0, /* creates the file (0600) and migrates it */
  CS_STORE_READ_ONLY = 1 << 0,
} CsStoreFlags;

typedef struct _CsStore CsStore;
typedef void (*CsStoreRandom) (guint8 *bytes,
                               gsize size,
                               gpointer data); /* handed in, so that tests can set it */

CsStore *cs_store_open (const char *path, CsStoreFlags flags, const CsClock *clock, GError **error);
void cs_store_close (CsStore *store);
gsize cs_store_release_memory (CsStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsStore, cs_store_close)
void cs_store_set_random (CsStore *store, CsStoreRandom random, gpointer data);
CsUuid cs_store_new_uuid (CsStore *store);
gint64 cs_store_get_data_version (CsStore *store);           /* changes when another connection wrote */
void cs_store_set_actor (CsStore *store, const char *actor); /* whose name the audit rows carry */

G_END_DECLS
