/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-hosts.h"
#include "cs-http.h"
#include "cs-work-records.h"

G_BEGIN_DECLS

/* The Practice Manager API, version 3.1 (xpm.md). Templates and categories may need the broad scope (2.2). */
#define CS_XPM_SCOPES                                                                                        \
  "openid profile email offline_access practicemanager.client practicemanager.job "                          \
  "practicemanager.staff.read"
#define CS_XPM_SCOPES_BROAD "openid profile email offline_access practicemanager"
/* A list of all clients takes minutes (1.6): for cs_http_set_timeout(). */
#define CS_XPM_TIMEOUT_S 300
#define CS_XPM_JOB_WINDOW_DAYS 360
#define CS_XPM_BATCH 500

CsHosts *cs_xpm_hosts_new (void);
CsHosts *cs_xpm_hosts_new_loopback (const char *base, GError **error);

/* One practice. @http carries the bearer token of its grant. */
typedef struct _CsXpm CsXpm;
CsXpm *cs_xpm_new (CsHttp *http, const CsHosts *hosts, const char *tenant_id);
CsXpm *cs_xpm_ref (CsXpm *xpm);
void cs_xpm_unref (CsXpm *xpm);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsXpm, cs_xpm_unref)

/* Short lists. */
typedef enum
{
  CS_XPM_LIST_STAFF,
  CS_XPM_LIST_TEMPLATES,
  CS_XPM_LIST_CATEGORIES,
  CS_XPM_LIST_GROUPS,
  CS_XPM_LIST_STATES,
  CS_XPM_N_LISTS
} CsXpmList;
typedef struct
{
  GPtrArray *entries;    /* of CsWorkEntry */
  gboolean may_not_list; /* the key may not (2.2): ids can be pasted */
  char *words;           /* what Xero said then, "" */
} CsXpmEntries;
void cs_xpm_entries_free (CsXpmEntries *entries);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsXpmEntries, cs_xpm_entries_free)
DexFuture *cs_xpm_read_list (CsXpm *xpm, CsXpmList list) G_GNUC_WARN_UNUSED_RESULT; /* of CsXpmEntries */

/* Long lists, as they come: called on a worker with up to CS_XPM_BATCH records (transfer none), that may be
 * stolen from the array. FALSE with @error stops. */
typedef gboolean (*CsXpmBatch) (GPtrArray *records, gpointer data, GError **error);
typedef struct
{
  guint n_records;
  gint64 clock_ms; /* the remote's time when it answered; 0: it did not say */
} CsXpmStreamed;
DexFuture *cs_xpm_read_clients (CsXpm *xpm,
                                gint64 modified_since_ms,
                                CsXpmBatch batch,
                                gpointer data,
                                GDestroyNotify free_data)
    G_GNUC_WARN_UNUSED_RESULT; /* of CsWorkClient; resolves to CsXpmStreamed */
DexFuture *cs_xpm_read_jobs (CsXpm *xpm,
                             CsDate from,
                             CsDate to,
                             CsXpmBatch batch,
                             gpointer data,
                             GDestroyNotify free_data)
    G_GNUC_WARN_UNUSED_RESULT; /* of CsWorkJob; resolves to CsXpmStreamed */
CsDate cs_xpm_get_window_end (CsDate from, CsDate to);

typedef struct
{
  GPtrArray *clients; /* of CsWorkClient */
  char *next;         /* (nullable): for the next page */
} CsXpmPage;
void cs_xpm_page_free (CsXpmPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsXpmPage, cs_xpm_page_free)
DexFuture *
cs_xpm_read_client_page (CsXpm *xpm, const char *next) G_GNUC_WARN_UNUSED_RESULT; /* of CsXpmPage */

DexFuture *cs_xpm_get_client (CsXpm *xpm, const char *client_id) G_GNUC_WARN_UNUSED_RESULT; /* CsWorkClient */
DexFuture *cs_xpm_look_at_client (CsXpm *xpm, const char *client_id) G_GNUC_WARN_UNUSED_RESULT; /* the same */
DexFuture *
cs_xpm_search_clients (CsXpm *xpm, const char *query) G_GNUC_WARN_UNUSED_RESULT; /* array of CsWorkClient */
DexFuture *cs_xpm_get_job (CsXpm *xpm, const char *number) G_GNUC_WARN_UNUSED_RESULT; /* CsWorkJob */
DexFuture *cs_xpm_list_client_jobs (CsXpm *xpm,
                                    const char *client_id) G_GNUC_WARN_UNUSED_RESULT; /* array of CsWorkJob */

/* a unique id, a number, or a pasted address. */
gboolean cs_xpm_parse_client_reference (const char *text, char **client_id, char **web_id, GError **error);
char *cs_xpm_client_link (const char *web_id);

G_END_DECLS
