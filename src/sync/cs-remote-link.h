/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-request-log.h"
#include "cs-store-connections.h"
#include "cs-sync-progress.h"
#include "cs-timer.h"
#include "cs-xero.h"
#include "cs-xpm.h"

G_BEGIN_DECLS

/* A live way to one organisation, or to one practice of a practice manager: the pipeline with its pacer, the
 * grant's tokens, the adapter. One of each per open practice, so there is one pacer and one refresher by
 * construction (design.md section 2). */
typedef struct _CsRemoteLink CsRemoteLink;

CsRemoteLink *cs_remote_link_new (const CsHosts *hosts,
                                  const char *grant_id,
                                  const char *client_id,
                                  CsVault *vault,
                                  const CsTimer *timer);
/* For a ledger that is no adapter of ours: the simulation's. It has a pacer and nothing else of a link's. */
CsRemoteLink *cs_remote_link_new_for_ledger (CsLedger *ledger, const CsTimer *timer);
CsRemoteLink *cs_remote_link_ref (CsRemoteLink *link);
void cs_remote_link_unref (CsRemoteLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsRemoteLink, cs_remote_link_unref)

void cs_remote_link_set_log (CsRemoteLink *link, CsRequestLog *log); /* (nullable): each call is told to it */
void cs_remote_link_set_tenant (CsRemoteLink *link, const char *tenant_id);
void cs_remote_link_set_practice (CsRemoteLink *link, const char *tenant_id);
CsXpm *cs_remote_link_get_xpm (CsRemoteLink *link);       /* (nullable): none before a practice is set */
CsLedger *cs_remote_link_get_ledger (CsRemoteLink *link); /* (nullable): none before a tenant is set */
CsXero *cs_remote_link_get_xero (CsRemoteLink *link); /* (nullable): the same organisation, by its own door */
CsGrant *cs_remote_link_get_grant (CsRemoteLink *link);
CsHttp *cs_remote_link_get_http (CsRemoteLink *link);
const CsHosts *cs_remote_link_get_hosts (CsRemoteLink *link);
gint64 cs_remote_link_get_push_permit_ms (CsRemoteLink *link);
void cs_remote_link_expect_push (CsRemoteLink *link, gint64 due_ms); /* 0: now */
void cs_remote_link_open_pace (CsRemoteLink *link);
void cs_remote_link_get_meter (CsRemoteLink *link, CsMeter *meter);
int cs_remote_link_get_minute_remaining (CsRemoteLink *link); /* -1: not known, or of an earlier minute */
int cs_remote_link_get_day_remaining (CsRemoteLink *link);    /* -1: not known yet */

G_END_DECLS
