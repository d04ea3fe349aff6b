/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-ledger.h"

G_BEGIN_DECLS

/* A ledger's books, with the rules of Xero in small (xero-accounting.md): numbers and names are unique, PUT
 * refuses what is taken, an idempotency key is kept for six minutes and errors are replayed with it, nothing
 * is written to an archived contact, as which one that was merged into another counts, pages by last change
 * drift. They outlive every session, and know what the ledger itself cannot: which of our plans made an
 * invoice. */

typedef struct
{
  CsLedgerContact record;
  char *client; /* our number of the client it was made for; "" for what people made */
} BooksContact;

typedef struct
{
  CsLedgerInvoice *record;
  char *planned; /* the plan that it was made from; "" for what people made */
  char *charges; /* what it bills: "line@period" each, by blanks */
} BooksInvoice;

typedef struct
{
  gint64 now_ms; /* the ledger's clock, which never goes back */
  GPtrArray *contacts;
  GPtrArray *invoices;
  GHashTable *keys; /* idempotency key → KeptAnswer */
  guint n_made;     /* for ids */
  guint page_size;
  gboolean keys_may_return; /* a restored file counts its generations from the backup's */
  char *violation;          /* the first rule of ours that a call broke: "name: what" */
} Books;

Books *books_new (guint page_size);
void books_free (Books *books);

/* Says that @name is broken; the first one stays. */
void books_violate (Books *books, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* From then on @name (nullable) is told of no books, so that another rule has to catch a planted bug by
 * itself. */
void books_leave_aside (const char *name);

/* Each answers as an adapter would: a settled future, with CS_REMOTE_ERROR_REFUSED where a rule says no. */
DexFuture *books_put_contact (Books *books, const char *body, const char *key);
DexFuture *books_put_invoice (Books *books, const char *body, const char *key);
DexFuture *books_find_contact (Books *books, const char *number);
DexFuture *books_find_invoice (Books *books, const char *number);
DexFuture *books_answer_contact (const BooksContact *contact);
DexFuture *books_answer_invoice (Books *books, const BooksInvoice *invoice);
DexFuture *books_read_page (Books *books, const CsLedgerQuery *query);
DexFuture *books_read_list (Books *books, CsLedgerListKind kind);
DexFuture *books_get_organisation (Books *books);
CsOutcome books_classify (const char *words);
char *books_encode_contact (const CsClient *client);
char *books_encode_invoice (const CsPlannedInvoice *invoice, const char *number, const char *contact_id);

BooksContact *books_get_contact (Books *books, const char *remote_id);        /* (nullable) */
BooksContact *books_get_contact_by_name (Books *books, const char *name);     /* (nullable) */
BooksInvoice *books_get_invoice (Books *books, const char *remote_id);        /* (nullable) */
BooksInvoice *books_get_invoice_by_number (Books *books, const char *number); /* (nullable) */
BooksInvoice *books_get_live_invoice_of (Books *books, const char *planned);  /* (nullable) */
BooksInvoice *books_get_any_invoice_of (Books *books, const char *planned);   /* (nullable) voided, too */

/* What people do there. */
BooksContact *books_add_contact (Books *books, const char *name, const char *email, const char *number);
BooksInvoice *
books_add_invoice (Books *books, const char *number, const char *contact_id, CsDate date, gint64 minor);
void books_merge_contact (Books *books, BooksContact *loser, const BooksContact *winner);
void books_touch_contact (Books *books, BooksContact *contact);
void books_touch_invoice (Books *books, BooksInvoice *invoice);

G_END_DECLS
