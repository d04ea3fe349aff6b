/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-pull-plan.h"
#include "cs-session-private.h"

G_BEGIN_DECLS

/* One pull, what its files share. */
typedef gboolean (*CsPullSave) (CsStore *store,
                                const CsUuid *connection_id,
                                GPtrArray *records,
                                const CsCursor *cursor,
                                GError **error);

typedef struct
{
  const char *name; /* the cursor's */
  CsLedgerKind ledger_kind;
  CsPullTraits traits;
  CsPullSave save;
  CsChange change;
  gboolean is_rare; /* read with a thorough pull alone */
} CsPullKind;
extern const CsPullKind cs_pull_kinds[CS_LEDGER_N_KINDS];

/* One kind in this pull. */
typedef struct
{
  const CsPullKind *kind;
  CsPullPlan *plan;
  CsCursor cursor;     /* as it is stored; the plan's text aside */
  gboolean is_skipped; /* this ledger does not tell it, or it isn't its turn */
} CsPullReading;

/* Pages that go to the disk together. */
typedef struct _CsPullPages CsPullPages;

typedef struct
{
  CsSession *session;
  CsLedger *ledger;
  CsUuid connection_id;
  gboolean is_full;                          /* asked for */
  gboolean is_thorough;                      /* reads what changes rarely, too */
  CsPullReading readings[CS_LEDGER_N_KINDS]; /* as cs_pull_kinds: invoices first */
  GQueue flight;                             /* of what was asked, oldest first */
  CsPullPages *gathered;                     /* (nullable): to be written after those */
  GQueue writing;                            /* of DexFuture: pages on their way to the disk, oldest first */
  CsSyncProgress progress;
  gint64 begun_ms;   /* the records */
  gint64 told_ms;    /* the window, of the progress */
  gint64 emitted_ms; /* the window, of changes */
  guint changes;     /* still to be told */
} CsPull;

/* Still connected to @pull's ledger, not closing, not cancelled. */
gboolean cs_pull_is_wanted (CsPull *pull, GError **error);
/* Takes @future. As cs_await_record(), but ends when the pull is cancelled. */
gpointer cs_pull_await_record (CsPull *pull, DexFuture *future, GError **error);
GPtrArray *cs_pull_await_array (CsPull *pull, DexFuture *future, GError **error);
/* Takes @data. On the writer, after the pages that were read; waits for it. */
gboolean
cs_pull_write (CsPull *pull, CsDatabaseFunc func, gpointer data, GDestroyNotify free_data, GError **error);
void cs_pull_add_progress (CsPull *pull, CsSyncStage stage, guint n_records);
void cs_pull_add_changes (CsPull *pull, guint changes);

/* cs-pull-ask.c: one question, asked again as long as that may help. Of CsLedgerPage. */
DexFuture *
cs_pull_ask (CsSession *session, CsLedger *ledger, const CsLedgerQuery *query) G_GNUC_WARN_UNUSED_RESULT;

/* cs-pull-run.c: brings the plans to their end. */
gboolean cs_pull_start_plans (CsPull *pull, GError **error);
gboolean cs_pull_run_plans (CsPull *pull, GError **error);
gboolean cs_pull_glance (CsPull *pull, GError **error);
/* Takes @records (nullable: the cursor alone). */
gboolean cs_pull_store_page (CsPull *pull, CsPullReading *reading, GPtrArray *records, GError **error);
gboolean cs_pull_drain (CsPull *pull, GError **error);
void cs_pull_clear_flight (CsPull *pull);

/* cs-pull-follow.c: what If-Modified-Since does not show. */
gboolean cs_pull_sweep (CsPull *pull, GError **error);
gboolean cs_pull_follow (CsPull *pull, GError **error);

G_END_DECLS
