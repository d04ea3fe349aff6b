/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cs-date.h"
#include "cs-future.h"

G_BEGIN_DECLS

/* What sends and reads while no window is open: it looks which practice wants a run, takes its lock, does the
 * run, and lets go of the lock again; at once when a window asks for it. */
typedef struct
{
  char *data_folder;
  char *sandbox;            /* for tests: then it looks after demo practices, and only them */
  gboolean is_once;         /* every practice one run, due or not, and the end */
  const CsClock *clock;     /* outlives the agent */
  GNetworkMonitor *network; /* (nullable): for tests; else the machine's, which a sandbox does not need */
} CsAgentOptions;

typedef struct _CsAgent CsAgent;
CsAgent *cs_agent_new (const CsAgentOptions *options); /* copies them */
void cs_agent_free (CsAgent *agent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsAgent, cs_agent_free)
/* Resolves (int64: CsDeskOutcome, the worst) after the one round, or once it was stopped. */
DexFuture *cs_agent_run (CsAgent *agent) G_GNUC_WARN_UNUSED_RESULT;
/* Lets go of the practice in hand and ends; the run's future still resolves. */
void cs_agent_stop (CsAgent *agent);

G_END_DECLS
