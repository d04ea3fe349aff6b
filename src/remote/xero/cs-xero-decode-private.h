/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-xero-private.h"

G_BEGIN_DECLS

/* Shared by the decoders. */
typedef gpointer (*CsXeroDecode) (const CsJsonValue *value, GError **error);
typedef gpointer (*CsXeroDecodeIn) (const CsJsonValue *value, CsArena *arena, GError **error);

typedef struct
{
  const char *list;    /* the member that holds the records */
  CsXeroDecode decode; /* of one */
  /* (nullable): takes what only the whole answer tells, and tells @page (nullable) the newest change. */
  void (*note_read) (gpointer record, gint64 read_ms, CsLedgerPage *page);
  GDestroyNotify free_record;
  /* In place of decode, for what comes by the hundred thousand: all records of a page lie in one arena. */
  CsXeroDecodeIn decode_in;
} CsXeroDecoder;

extern const CsXeroDecoder cs_xero_invoice_decoder;
extern const CsXeroDecoder cs_xero_contact_decoder;

GPtrArray *
cs_xero_decode_records (GBytes *body, const CsXeroDecoder *decoder, CsLedgerPage *page, GError **error);

/* Records come with "" in every string; each is replaced by what was sent, ids in lower case. */
void cs_xero_take_text (char **field, const CsJsonValue *object, const char *member);
void cs_xero_take_id (char **field, const CsJsonValue *object, const char *member);
/* The same for what lies in an arena. */
char *cs_xero_dup_text (CsArena *arena, const CsJsonValue *value);
char *cs_xero_dup_id (CsArena *arena, const CsJsonValue *value);
void cs_xero_take_id_loosely (char **field, const CsJsonValue *object, const char *member, const char *other);
gboolean cs_xero_require_id (const char *id, const char *member, GError **error);

G_END_DECLS
