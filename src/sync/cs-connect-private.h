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
  DexFuture *forgetting; /* (nullable): what clears the last sign-in out of the keyring */
};

void cs_connect_set_stage (CsConnect *connect, CsConnectStage stage);
void cs_connect_fail (CsConnect *connect, CsConnectProblem problem, const char *text);
void cs_connect_clear_problem (CsConnect *connect);
/* Ends a step with its page; one that was cancelled says nothing. Takes @error; @http: (nullable): who met
 * it. */
DexFuture *cs_connect_end_step (CsConnect *connect, GError *error, CsHttp *http) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
