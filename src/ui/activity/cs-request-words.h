/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-pill.h"
#include "cs-request.h"

G_BEGIN_DECLS

/* A call, for a person. */
const char *cs_request_words_what (const CsRequest *request); /* (transfer none): "Read invoices" */
char *cs_request_words_route (const CsRequest *request);      /* (transfer full): "GET /Invoices" */
char *cs_request_words_cost (const CsRequest *request);       /* (transfer full): "132 ms · 51 kB" */
CsPill cs_request_words_answer (const CsRequest *request);

G_END_DECLS
