/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-connect-problem.h"
#include "cs-session-private.h"

G_BEGIN_DECLS

/* What the files of connecting share; nobody else includes this. */
struct _CsConnect
{
  GObject parent_instance;

  CsSession *session;
  CsConnectTo to;
  gboolean is_broad; /* which permissions are asked for, of Practice Manager */
  CsConnectStage stage;
  CsConnectProblem problem;
  char *problem_text;
  char *client_id;
  char *address;
  guint seconds; /* how long the browser is waited for */
  gint64 deadline_ms;
  GPtrArray *tenants; /* of CsConnectTenant, as shown */
  GPtrArray *remote;  /* of CsXeroTenant, the same order */
  CsRemoteLink *link; /* of the fresh grant, until it is the session's */
  CsUuid grant_id;
  CsTokens *tokens;
  CsHttp *http;          /* of the sign-in itself: what its newest exchange told */
  DexFuture *running;    /* the step in progress; dropping it cancels */
  guint attempt;         /* which step is wanted: what an older one still meets is no longer said */
  DexFuture *storing;    /* (nullable): what puts the fresh tokens into the keyring */
  DexFuture *forgetting; /* (nullable): what clears the last sign-in out of the keyring */
};

/* What the fiber of a step works on. */
typedef struct
{
  CsConnect *connect;
  guint attempt;
  guint index; /* of the organisation that was chosen */
} CsConnectStep;

/* cs-connect-to.c: what differs between the two. */
const CsHosts *cs_connect_get_hosts (CsConnect *connect);
const CsConnection *cs_connect_get_known (CsConnect *connect); /* (nullable): connected now, or before */
const char *cs_connect_get_system (CsConnect *connect);
const char *cs_connect_get_scopes (CsConnect *connect);
char *cs_connect_find_missing_scopes (CsConnect *connect, const char *granted); /* (nullable) */
DexFuture *cs_connect_list_remote (CsConnect *connect, CsHttp *http) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the login may do there what is needed: else the problem is told, or @error. */
gboolean
cs_connect_vet (const CsConnectStep *step, CsRemoteLink *link, const CsXeroTenant *tenant, GError **error);
/* Runs in the store: how much is linked to what is connected now; a record, or NULL for nothing. */
gpointer cs_connect_find_mapping (CsStore *store, gpointer is_work, GError **error);
void cs_connect_update_link (CsConnect *connect);
DexFuture *cs_connect_read (CsConnect *connect) G_GNUC_WARN_UNUSED_RESULT; /* the first import */
CsRemoteLink *cs_connect_get_live_link (CsConnect *connect);               /* (nullable): the session's */

/* cs-connect-tenants.c */
void cs_connect_tenant_free (gpointer tenant);
GPtrArray *cs_connect_make_tenants (CsConnect *connect, CsRemoteLink *link, GPtrArray *remote);

/* Starts @func with a CsConnectStep, in place of whatever ran. */
void cs_connect_run_step (CsConnect *connect, DexFiberFunc func, guint index);
void cs_connect_stop_step (CsConnect *connect);
/* FALSE: it was cancelled. To be asked after each wait, since what was waited for may have come at the same
 * moment. */
gboolean cs_connect_is_wanted (const CsConnectStep *step, GError **error);

void cs_connect_set_stage (CsConnect *connect, CsConnectStage stage);
void cs_connect_fail (CsConnect *connect, CsConnectProblem problem, const char *text);
void cs_connect_clear_problem (CsConnect *connect);
/* Ends a step with its page; one that was cancelled says nothing. Takes @error; @http: (nullable): who met
 * it. */
DexFuture *
cs_connect_end_step (const CsConnectStep *step, GError *error, CsHttp *http) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
