/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session-private.h"
#include "cs-store-work.h"
#include "cs-work.h"

G_BEGIN_DECLS

/* What the files of the practice manager's side share; nobody above sync includes this. */
struct _CsWork
{
  GObject parent_instance;

  CsSession *session; /* unowned: it owns this */
  CsHosts *hosts;     /* (nullable): a demo without its sandbox has none */

  /* Copies of what is stored. */
  CsConnection *connection; /* (nullable) */
  CsWorkSettings settings;

  CsRemoteLink *link; /* (nullable): while connected */
  CsLinkState link_state;
  gint64 unwell_since_ms; /* as the session's */
  char *last_problem;
  CsSyncProgress progress;

  DexFuture *pull;       /* (nullable): the one in the air */
  DexPromise *pull_stop; /* resolved to end it */
  gboolean pull_is_full;
  DexFuture *giving; /* (nullable): what was accepted or changed here, on its way there */
};

CsWork *cs_work_new (CsSession *session);
void cs_work_close (CsWork *work); /* before the session lets go of it */
/* What was read of the store, with the session's own copies. Takes @connection. */
void cs_work_take_copies (CsWork *work, CsConnection *connection, const CsWorkSettings *settings);
/* Makes (or drops) the link to fit the connection. */
void cs_work_update_link (CsWork *work);
CsRemoteLink *cs_work_get_link (CsWork *work); /* (nullable) (transfer none): its cs_remote_link_get_xpm() */
/* As cs_session_report(). */
void cs_work_report (CsWork *work, const CsRemoteLink *link, const GError *error);
void cs_work_tell_progress (CsWork *work, const CsSyncProgress *progress);
void cs_work_tell_pulling (CsWork *work);

DexFuture *cs_work_refuse_without (void) G_GNUC_WARN_UNUSED_RESULT; /* rejects: it is not connected */
/* cs-work-search.c: in a fiber, with a link: (transfer full) (nullable): read alone, and known from then on.
 */
CsWorkClient *cs_work_learn_client (CsWork *work, const char *remote_id, GError **error);

/* cs-work-pull.c: one whole pull. */
DexFuture *cs_work_puller_run (CsWork *work, gboolean is_full) G_GNUC_WARN_UNUSED_RESULT;
/* cs-work-jobs.c: in a fiber: what became of our jobs there. */
gboolean cs_work_read_jobs (CsWork *work, CsRemoteLink *link, const CsUuid *connection_id, GError **error);
/* By the timer: once a day, and what is due by then. */
void cs_work_pull_by_itself (CsWork *work);

/* cs-work-give.c: what was accepted or changed here. FALSE: the way there is broken; what is refused is kept
 * for a person. */
gboolean cs_work_give (CsWork *work, CsRemoteLink *link, GError **error);
void cs_work_give_by_itself (CsWork *work);
/* Whether it may be asked without a person: nothing waits for one. */
gboolean cs_work_may_ask (CsWork *work);
/* By the session's timer, where it has just stumbled. */
void cs_work_look_again (CsWork *work);

G_END_DECLS
