/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-mirror.h"
#include "cs-invoice-review.h"
#include "cs-store-review.h"

G_BEGIN_DECLS

/* For the files of the review alone. */

struct _CsInvoiceReview
{
  GObject parent_instance;
  CsSession *session;
  CsInvoiceMirror *mirror;
  CsInvoiceFilter *filter;
  CsDate today;

  guint n;
  CsInvoiceSnapshot *snapshot; /* (nullable): what @order is of */
  CsInvoiceOrder *order;       /* (nullable): only the first rows are known */
  GHashTable *rows;            /* by position: CsInvoiceRow, not held: who looks at them does */
  GHashTable *entries;         /* by key: CsInvoiceEntry */
  GArray *first_keys;          /* of guint32, while @order is not known */
  GArray *missing;             /* of guint: positions that are waited for */
  CsInvoiceSums *sums;
  gboolean has_sums; /* @sums were read, and are of the filter's scope */
  CsListState state;
  char *problem;
  gboolean is_partial;
  gboolean is_other_view; /* the filter is another than the one that is shown */

  DexFuture *reading;
  DexFuture *summing;
  DexFuture *fetching;
  guint fetch_source;
  gboolean reads_again; /* something changed while it was under way */
  gboolean sums_again;
};

guint32 cs_review_get_key (CsInvoiceReview *self, guint position);

/* What it asks the reader thread. */

typedef struct
{
  CsInvoiceSnapshot *snapshot; /* (nullable): not read yet */
  CsInvoiceFilter *filter;
  CsDate today;
  GArray *positions;  /* of guint: whose rows are wanted with the answer */
  gboolean wants_all; /* of what a search finds, however much that is */
  gboolean is_other;  /* than what is shown: the first rows of a search will do at first */
} CsReviewQuestion;
void cs_review_question_free (CsReviewQuestion *question);

typedef struct
{
  CsInvoiceSnapshot *snapshot; /* (nullable) */
  CsInvoiceOrder *order;       /* (nullable): without a snapshot */
  GArray *positions;           /* of guint */
  GPtrArray *entries;          /* of CsInvoiceEntry: at these positions */
  gboolean is_known;           /* without a snapshot: whether these are its first rows */
  gboolean is_partial;         /* the search has more */
} CsReviewAnswer;
void cs_review_answer_free (CsReviewAnswer *answer);

gpointer cs_review_order_job (CsStore *store, gpointer question, GError **error); /* of CsReviewAnswer */
gpointer cs_review_sums_job (CsStore *store, gpointer question, GError **error);  /* of CsInvoiceSums */

/* Of a screen that is scrolled to its top, and then some: as many as GTK keeps beside it. */
#define CS_REVIEW_FIRST_ROWS 210

G_END_DECLS
