/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cs-date.h"
#include "cs-future.h"
#include "cs-remote-error.h"

G_BEGIN_DECLS

typedef struct _CsHttpResponse CsHttpResponse;

/* What an adapter reads out of a refusal: each remote has error bodies of its own. */
typedef struct
{
  int code;             /* a CsRemoteError; -1: go by the status */
  gboolean token_stale; /* on a 401: a fresh token may help */
  char *words;          /* (nullable) (owned) the remote's own, for a person */
} CsHttpExplanation;
typedef void (*CsHttpExplain) (const CsHttpResponse *response, CsHttpExplanation *explanation);

/* The one pipeline: authorise → pace → send → check → record. */
typedef struct
{
  const char *service; /* whom a message names: "Xero"; NULL: "the service" */
  const char *method;
  char *url;         /* (owned by the request) */
  const char *route; /* for the record: "/Invoices/{InvoiceID}", since paths carry names */
  GBytes *body;      /* (nullable) (owned) */
  const char *content_type;
  const char *accept;       /* NULL: application/json; application/xml takes text/xml too */
  char *idempotency_key;    /* (nullable) (owned) */
  char *tenant_id;          /* (nullable) (owned) */
  gint64 modified_since_ms; /* 0: none */
  gboolean is_write;        /* a lost answer is then UNKNOWN_OUTCOME */
  gboolean is_push;         /* may use the reserve */
  gboolean is_large;        /* what is read goes to a file, as CsHttpResponse.file, and may be long */
  gboolean unpaced;         /* identity calls */
  gboolean anonymous;       /* no bearer token: the token endpoint itself; its body and answer are wiped */
  CsHttpExplain explain;    /* (nullable) */
} CsHttpRequest;

CsHttpRequest *cs_http_request_new (const char *method, const char *route);
void cs_http_request_free (CsHttpRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsHttpRequest, cs_http_request_free)

struct _CsHttpResponse
{
  guint status;
  GBytes *body;
  GInputStream *file; /* (nullable): a 2xx to a request that is_large; then @body is empty */
  gsize file_bytes;
  gint64 date_ms; /* the remote's clock; 0: not said */
  char *content_type;
  char *challenge; /* (nullable) WWW-Authenticate */
  char *correlation_id;
  gint64 retry_after_ms;
  int minute_remaining; /* -1: not said */
  int day_remaining;
  int app_minute_remaining;
};
void cs_http_response_free (CsHttpResponse *response);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsHttpResponse, cs_http_response_free)

/* What is recorded of each call; never bodies, queries, codes or tokens. */
typedef struct
{
  gint64 at_ms;
  const char *method;
  const char *route;
  guint status; /* 0: no answer */
  gint64 elapsed_ms;
  gsize bytes;
  const char *correlation_id;
  gboolean is_push; /* made for a row of the journal: a write, or the probe for one */
} CsHttpRecord;

/* Handed in by sync, which decides by engine: waits for a permit, is told how it went. Each permit that
 * @acquire gave is followed by exactly one @answered, also when there was no answer (NULL) or nobody waits
 * any more. */
typedef struct
{
  DexFuture *(*acquire) (gboolean is_push, gpointer data);
  void (*answered) (const struct _CsHttpResponse *response, gpointer data); /* (nullable) @response */
  void (*record) (const CsHttpRecord *record, gpointer data);
  gpointer data;
} CsHttpHooks;

/* Where a bearer token comes from: the future resolves to a string; @stale: the last one met a 401. */
typedef DexFuture *(*CsHttpAuthorise) (gboolean stale, gpointer data);

/* What the newest exchange told beside its answer: for who has to explain to a person why there is none. */
typedef struct
{
  guint status; /* 0: no answer */
  gboolean has_clock;
  gint64 clock_ahead_ms; /* how far the remote's clock (its Date) is ahead of ours; with has_clock */
  gboolean by_proxy;     /* nothing was sent, and a proxy is set for that address */
  gboolean proxy_wants_login;
  GTlsCertificateFlags certificate; /* what is wrong with it */
} CsHttpSigns;

typedef struct _CsHttp CsHttp;
/* @loopback_only: a demo practice speaks to the loopback interface and nothing else; otherwise to https
 * alone. */
CsHttp *cs_http_new (gboolean loopback_only, const CsClock *clock);
CsHttp *cs_http_ref (CsHttp *http);
void cs_http_unref (CsHttp *http);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsHttp, cs_http_unref)
void cs_http_set_hooks (CsHttp *http, const CsHttpHooks *hooks);
void cs_http_set_authorise (CsHttp *http, CsHttpAuthorise authorise, gpointer data);
void cs_http_set_timeout (CsHttp *http, guint seconds); /* default 60 */
const CsHttpSigns *cs_http_get_signs (CsHttp *http);

/* Resolves to a CsHttpResponse (cs_await_record) on 2xx; every other answer rejects with CS_REMOTE_ERROR.
 * One 401 TokenExpired is refreshed and sent again. (transfer full) @request */
DexFuture *cs_http_send (CsHttp *http, CsHttpRequest *request) G_GNUC_WARN_UNUSED_RESULT;

/* What the last rejected error carried beside its words; 0 and NULL if nothing. Kept in the error by
 * quark-free means: a parallel record that the caller passes. */
typedef struct
{
  gint64 retry_after_ms;
  char *correlation_id;
  guint status;
} CsRemoteFailure;
void cs_remote_failure_clear (CsRemoteFailure *failure);
/* As cs_http_send(), telling @failure (which must outlive the future). */
DexFuture *
cs_http_send_full (CsHttp *http, CsHttpRequest *request, CsRemoteFailure *failure) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
