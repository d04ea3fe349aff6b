/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-deployment.h"
#include "cs-push-row.h"
#include "cs-store-jobs.h"
#include "cs-xpm-write.h"

G_BEGIN_DECLS

/* Jobs on their way to the practice manager: the engine says what is next, it is done, and the engine told
 * how it went. Called in the pusher's fiber, after the invoices. Every read-modify-write of a saga is one job
 * of the writer's thread, so that what a person presses meanwhile is never lost and never overwritten. */

/* A job as it is now, and what the engine wants done with it. */
typedef struct
{
  CsJob *job;
  GPtrArray *kept; /* of CsJobStep */
  GArray *steps;   /* of CsDeployStep: the same, as the engine sees them */
  CsDeployAction action;
  guint index;
  gint64 wake_ms;
  gint64 restored_ms;
  char *client_id;  /* there, "": not linked */
  CsClient *client; /* here */
  gboolean may_add_client;
  guint n_namesakes;
  gboolean is_client_in_doubt; /* another job may have made it */
} CsDeployLook;
void cs_deploy_look_free (CsDeployLook *look);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDeployLook, cs_deploy_look_free)

/* What happened to a step, for the file. */
typedef struct
{
  CsUuid id;
  CsUuid connection_id;
  guint index;
  CsJournalEvent event;
  gboolean retries_waiting; /* what surely was not done goes at once */
  gboolean is_settled;      /* it need not be sent: what it would make is there */
  gint64 now_ms;
  gint64 retry_after_ms;
  double jitter;
  gint64 epoch;
  CsPracticeLock *lock; /* unowned */
  GBytes *frozen;       /* (nullable): with CS_EVENT_FROZEN */
  char *message;
  char *correlation_id;
  CsWorkJob *there; /* (nullable): the job, as just read or made */
  gboolean has_parts;
  guint n_parts;             /* of the job, just counted for a template's baseline; then there is no event */
  CsWorkClient *made_client; /* (nullable): there; the client is linked to it */
} CsDeployNews;
void cs_deploy_news_free (CsDeployNews *news);

/* What a look for jobs that are due came to. */
typedef struct
{
  guint n;
  guint n_kept_back; /* of which a person is told something new */
} CsDeployReleased;

/* Jobs of the writer's thread: CsDatabaseFunc. */
gpointer cs_deploy_release_due (CsStore *store, gpointer data, GError **error); /* → CsDeployReleased */
gpointer cs_deploy_load (CsStore *store, gpointer data, GError **error);   /* CsDeployNews → CsDeployLook */
gpointer cs_deploy_tell (CsStore *store, gpointer data, GError **error);   /* CsDeployNews → NULL */
gpointer cs_deploy_go (CsStore *store, gpointer data, GError **error);     /* a person: make it now */
gpointer cs_deploy_retry (CsStore *store, gpointer data, GError **error);  /* a person: it was mended */
gpointer cs_deploy_cancel (CsStore *store, gpointer data, GError **error); /* a person: not this one */

gboolean cs_deployer_look (CsSession *session, CsPushRound *round, GError **error);

G_END_DECLS
