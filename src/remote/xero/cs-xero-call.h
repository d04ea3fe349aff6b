/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-xero.h"

G_BEGIN_DECLS

/* One call of the adapter: ask, then decode on a worker. Private to this folder. */
struct _CsXero
{
  gatomicrefcount references;
  CsHttp *http;
  char *api_url;
  char *tenant_id;
};

/* What to do with an answer. Runs on a worker: a page of 1,000 invoices must not hold up the window. */
typedef struct
{
  DexFuture *(*decode) (GBytes *body, gconstpointer reading);
  char *text; /* (nullable) (owned): what was looked for */
  guint page;
  int kind;                   /* a CsLedgerKind or a CsLedgerListKind, as @decode takes it */
  gboolean is_summary;        /* without lines and payments */
  gboolean none_if_not_found; /* a 404 is the answer "none" */
} CsXeroReading;

CsHttpRequest *cs_xero_request_new (CsXero *xero, const char *method, const char *route, char *url);
DexFuture *
cs_xero_call (CsHttp *http, CsHttpRequest *request, CsXeroReading reading) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
