/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-uuid.h"

G_BEGIN_DECLS

/* One call to the outside, as it may be written down: what kind of call and how it went. Never a path, a
 * query or a body, which carry names, e-mail addresses and amounts (design.md section 5). */
typedef struct
{
  gint64 sequence;      /* in the order in which they ended; 0 before it is stored */
  gint64 at_ms;         /* when it ended */
  char *method;         /* "GET" */
  char *route;          /* "/Invoices/{InvoiceID}" */
  guint status;         /* 0: there was no answer */
  gint64 elapsed_ms;    /* from the first byte that left */
  gint64 bytes;         /* of the answer */
  char *correlation_id; /* what the remote calls it, "" */
  CsUuid journal_id;    /* the row that it was made for; none of a read */
} CsRequest;

CsRequest *cs_request_copy (const CsRequest *request);
void cs_request_free (CsRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsRequest, cs_request_free)

G_END_DECLS
