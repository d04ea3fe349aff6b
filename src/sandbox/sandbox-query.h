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

typedef struct
{
  const char *name;
  SandboxFieldKind kind;
} SandboxFieldRule;

typedef struct
{
  const char *text;
  gint64 number;
} SandboxFieldValue;

/* What may be asked of one kind of record: the fields, ended by a NULL name; their values; and how the list
 * starts. */
typedef struct
{
  const SandboxFieldRule *fields;
  SandboxFieldValue (*value) (gconstpointer row, guint field);
  const char *order; /* default */
} SandboxQueryRules;

typedef struct _SandboxFilter SandboxFilter;
SandboxFilter *sandbox_filter_new (const SandboxQueryRules *rules, const char *where, GError **error);
void sandbox_filter_free (SandboxFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxFilter, sandbox_filter_free)
gboolean sandbox_filter_matches (const SandboxFilter *filter, gconstpointer row);
gboolean
sandbox_order_rows (const SandboxQueryRules *rules, const char *order, GPtrArray *rows, GError **error);

gint64 sandbox_modified_since (const SandboxCall *call);
gboolean sandbox_list_has (const char *list, const char *value);

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
