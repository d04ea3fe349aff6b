/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* `where`, `order`, paging and If-Modified-Since, over any kind of record (xero-accounting 5). */

typedef enum
{
  SANDBOX_FIELD_TEXT,
  SANDBOX_FIELD_NUMBER,  /* ten-thousandths; money is scaled up to it */
  SANDBOX_FIELD_INSTANT, /* milliseconds; days are scaled up to it */
  SANDBOX_FIELD_BOOL
} SandboxFieldKind;

/* What a field is optimised for: in a large organisation nothing else narrows a list (xero-accounting 5.2,
 * 5.5). */
typedef enum
{
  SANDBOX_FAST_EQUAL = 1,
  SANDBOX_FAST_RANGE = 2,
  SANDBOX_FAST_OR = 4,
  SANDBOX_FAST_ORDER = 8
} SandboxFast;

typedef struct
{
  const char *name;
  SandboxFieldKind kind;
  guint fast; /* of SandboxFast */
} SandboxFieldRule;

typedef struct
{
  const char *text;
  gint64 number;
} SandboxFieldValue;

/* What may be asked of one kind of record: the fields, ended by a NULL name, and their values. */
typedef struct
{
  const SandboxFieldRule *fields;
  SandboxFieldValue (*value) (gconstpointer row, guint field);
} SandboxQueryRules;

typedef struct _SandboxFilter SandboxFilter;
SandboxFilter *sandbox_filter_new (const SandboxQueryRules *rules, const char *where, GError **error);
void sandbox_filter_free (SandboxFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxFilter, sandbox_filter_free)
gboolean sandbox_filter_matches (const SandboxFilter *filter, gconstpointer row);
gboolean sandbox_filter_is_fast (const SandboxFilter *filter);

/* `order` NULL leaves the rows as they are, in the default order. */
typedef struct
{
  const SandboxQueryRules *rules;
  struct
  {
    guint field;
    gboolean descending;
  } keys[4];
  guint n_keys;
} SandboxOrder;

gboolean
sandbox_order_parse (SandboxOrder *order, const SandboxQueryRules *rules, const char *text, GError **error);
gboolean sandbox_order_is_fast (const SandboxOrder *order);
void sandbox_order_rows (const SandboxOrder *order, GPtrArray *rows);

gboolean sandbox_modified_since (const SandboxCall *call, gint64 *since_ms);
char *sandbox_text_fold (const char *text);
gboolean sandbox_text_contains (const char *text, const char *folded);

typedef struct
{
  gboolean paged;
  guint page;
  guint size;
  guint first; /* of rows, after sandbox_page_cut */
  guint end;
} SandboxPage;

SandboxPage sandbox_page_cut (const SandboxCall *call, gboolean forced, guint rows);
void sandbox_page_write (const SandboxPage *page, guint rows, SandboxJson *json);
