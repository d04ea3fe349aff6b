/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-decimal.h"

G_BEGIN_DECLS

/* An ISO 4217 code, compared by value. */
typedef struct
{
  char code[4];
} CsCurrency;

/* The one money type: whole minor units of a currency. Never a float. */
typedef struct
{
  gint64 minor;
  CsCurrency currency;
} CsMoney;

#define CS_MONEY_FORMAT_CANONICAL_MAX 32

gboolean cs_currency_parse (const char *code, CsCurrency *currency, GError **error);
gboolean cs_currency_equal (CsCurrency a, CsCurrency b);
guint cs_currency_get_digits (CsCurrency currency);

CsMoney cs_money_zero (CsCurrency currency);
gboolean cs_money_parse (const char *text, CsCurrency currency, CsMoney *money, GError **error);
char *cs_money_to_string (CsMoney money);
const char *cs_money_print (CsMoney money, char text[CS_DECIMAL_TEXT_MAX], gsize *size);
gboolean cs_money_add (CsMoney a, CsMoney b, CsMoney *sum, GError **error);
gboolean cs_money_subtract (CsMoney a, CsMoney b, CsMoney *difference, GError **error);
gboolean cs_money_equal (CsMoney a, CsMoney b);
gboolean cs_money_is_zero (CsMoney money);

/* For the ledger rounding of a line: half away from zero, in 128 bits. */
gboolean cs_money_from_product (CsDecimal quantity,
                                CsDecimal unit_price,
                                CsCurrency currency,
                                CsMoney *amount,
                                GError **error);
gboolean
cs_money_share (CsMoney amount, gint64 numerator, gint64 denominator, CsMoney *share, GError **error);

/* What a person types: "1,200", "1200.5", "=3*400". Grouping by the separators given. */
gboolean cs_decimal_parse_typed (const char *text,
                                 const char *decimal_point,
                                 const char *thousands_separator,
                                 CsDecimal *decimal,
                                 GError **error);

G_END_DECLS
