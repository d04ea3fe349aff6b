/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What went wrong with a value that a person typed or a remote sent. */
#define CS_DOMAIN_ERROR (cs_domain_error_quark ())
typedef enum
{
  CS_DOMAIN_ERROR_SYNTAX,   /* not a number, a date, an address … */
  CS_DOMAIN_ERROR_RANGE,    /* too large, too small, overflow */
  CS_DOMAIN_ERROR_CURRENCY, /* two currencies in one sum, or an unknown one */
  CS_DOMAIN_ERROR_STATE,    /* this state does not allow that */
  CS_DOMAIN_ERROR_INVALID,  /* a rule says no */
} CsDomainError;
GQuark cs_domain_error_quark (void);

/* Exact decimal with four places: quantities, unit prices, percentages. */
#define CS_DECIMAL_PLACES 4
/* A sign, the nineteen digits of the largest number, a point and the nought byte, and some. */
#define CS_DECIMAL_TEXT_MAX 32
#define CS_DECIMAL_ONE G_GINT64_CONSTANT (10000)
typedef struct
{
  gint64 units; /* ten-thousandths */
} CsDecimal;

#define CS_DECIMAL(whole) ((CsDecimal){ (gint64)(whole) * CS_DECIMAL_ONE })

gboolean cs_decimal_parse (const char *text, CsDecimal *decimal, GError **error);
char *cs_decimal_to_string (CsDecimal decimal, guint places_min);
const char *
cs_decimal_print (CsDecimal decimal, guint places_min, char text[CS_DECIMAL_TEXT_MAX], gsize *size);
int cs_decimal_compare (CsDecimal a, CsDecimal b);
CsDecimal cs_decimal_round (CsDecimal decimal, guint places);

G_END_DECLS
