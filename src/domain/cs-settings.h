/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-money.h"
#include "cs-shape.h"
#include "cs-tax.h"

G_BEGIN_DECLS

/* The practice's own. What of it shapes an invoice is overridden by client, then by service: cs-shape.h. */
typedef struct
{
  char *practice_name;
  char *time_zone; /* IANA */
  CsCurrency currency;
  CsTaxMode tax_mode;
  guint designated_day;
  CsTermsKind terms_kind;
  int due_days; /* or the day of the next month, as terms_kind says */
  gboolean authorise;
  gboolean bill_alone; /* each service of a day in an invoice of its own [U-27] */
  char *theme_id;      /* the ledger's id; "": the organisation's own */
  char *tracking;      /* as in a CsShape */
  CsDate lock_date; /* nothing is billed up to this day, beside the ledger's own locks; CS_DATE_NONE: none */
  char *number_prefix; /* "CS-" */
  gint64 number_next;  /* 1 → CS-0001 */
  int hold_seconds;
  gboolean push_email; /* K-6 */
  char *default_account_code;
  char *default_tax_type;
  char *actor;     /* the team member at this desk */
  char *client_id; /* of the practice's own Xero app; "": the build's */
} CsSettings;

CsSettings *cs_settings_copy (const CsSettings *settings);
void cs_settings_free (CsSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSettings, cs_settings_free)
/* What the practice says of every invoice. */
CsShape *cs_settings_make_shape (const CsSettings *settings);
/* All of the practice's that shapes an invoice, its lock date and its series included. */
gboolean cs_settings_equal_shape (const CsSettings *a, const CsSettings *b);
/* Puts back what one save, from @before to @after, changed of it; FALSE: something else was saved since. */
gboolean cs_settings_restore_shape (CsSettings *settings, const CsSettings *before, const CsSettings *after);
/* As the number would read: "CS-0001". */
char *cs_settings_format_number (const CsSettings *settings, gint64 number);
/* Whether the ledger would take numbers that begin like this; else INVALID. */
gboolean cs_settings_validate_prefix (const char *prefix, GError **error);

G_END_DECLS
