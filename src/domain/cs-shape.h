/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"

G_BEGIN_DECLS

/* What shapes an invoice, set or inherited at each level (design.md section 3). */
typedef enum
{
  CS_SHAPE_TERMS,    /* when it falls due: a text of cs_terms_to_string() */
  CS_SHAPE_STATUS,   /* CS_SHAPE_DRAFT or CS_SHAPE_AUTHORISED */
  CS_SHAPE_GROUPING, /* CS_SHAPE_TOGETHER or CS_SHAPE_ALONE [U-27] */
  CS_SHAPE_THEME,    /* the ledger's id of a branding theme; "": the organisation's own */
  CS_SHAPE_SERIES,   /* what the invoice numbers begin with */
  CS_SHAPE_ACCOUNT,  /* the code of a sales account */
  CS_SHAPE_TAX,      /* the ledger's tax type */
  CS_SHAPE_TRACKING, /* "category=option;…" of ledger ids; an empty option: none of this category */
  CS_SHAPE_N_FIELDS
} CsShapeField;

#define CS_SHAPE_DRAFT "draft"
#define CS_SHAPE_AUTHORISED "authorised"
#define CS_SHAPE_TOGETHER "together"
#define CS_SHAPE_ALONE "alone"
#define CS_SHAPE_TRACKING_MAX 2 /* categories a line may carry (xero-accounting.md section 9.2) */

/* The later overrides the earlier. */
typedef enum
{
  CS_SHAPE_OF_NOBODY, /* what stands when nobody said anything */
  CS_SHAPE_OF_PRACTICE,
  CS_SHAPE_OF_CLIENT,
  CS_SHAPE_OF_PROPOSAL,
  CS_SHAPE_OF_LINE,
  CS_SHAPE_N_LEVELS
} CsShapeLevel;

typedef struct
{
  char *values[CS_SHAPE_N_FIELDS]; /* (nullable): inherited */
} CsShape;

CsShape *cs_shape_new (void);
CsShape *cs_shape_copy (const CsShape *shape); /* (nullable), and so is the answer */
void cs_shape_free (CsShape *shape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsShape, cs_shape_free)
gboolean cs_shape_is_empty (const CsShape *shape); /* (nullable) */
gboolean cs_shape_equal (const CsShape *a, const CsShape *b);
gboolean cs_shape_validate (const CsShape *shape, GError **error);
const char *cs_shape_field_to_string (CsShapeField field); /* "terms", never translated */

typedef enum
{
  CS_TERMS_AFTER_INVOICE,   /* N days after the invoice's date */
  CS_TERMS_OF_NEXT_MONTH,   /* the Nth of the month after; 29–31: its last day where it is short */
  CS_TERMS_AFTER_MONTH_END, /* N days after the last day of the invoice's month */
  CS_TERMS_INHERITED,
} CsTermsKind;

#define CS_TERMS_DAYS_MAX 3650

typedef struct
{
  CsTermsKind kind;
  int number;
} CsTerms;

char *cs_terms_to_string (CsTerms terms); /* "invoice+20", "next-month@20", "month-end+7"; NULL: inherited */
gboolean cs_terms_parse (const char *text, CsTerms *terms, GError **error);
CsDate cs_terms_get_due (CsTerms terms, CsDate date);

/* What counts for one line, and who said so. */
typedef struct
{
  CsTerms terms;
  gboolean authorise;
  gboolean is_alone; /* an invoice of its own */
  char *theme_id;
  char *series; /* "": the practice's */
  char *account_code;
  char *tax_type;
  char *tracking;
  CsShapeLevel sources[CS_SHAPE_N_FIELDS];
} CsResolvedShape;

CsResolvedShape *cs_shape_resolve (const CsShape *practice, /* each (nullable): nothing is said there */
                                   const CsShape *client,
                                   const CsShape *proposal,
                                   const CsShape *line);
void cs_resolved_shape_free (CsResolvedShape *shape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsResolvedShape, cs_resolved_shape_free)

/* Of one line, by category. */
typedef struct
{
  char *category_id;
  char *option_id;
} CsShapeTracking;

GArray *cs_shape_tracking_parse (const char *text); /* of CsShapeTracking; empty for what is no tracking */
/* @text with @option_id for @category_id; "": none of it; NULL: nothing said about it. */
char *cs_shape_tracking_set (const char *text, const char *category_id, const char *option_id);
char *cs_shape_tracking_get (const char *text, const char *category_id); /* (nullable): nothing said */

G_END_DECLS
