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
