/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-money.h"

G_BEGIN_DECLS

/* How line amounts carry tax; the ledger's own words in cs_tax_mode_to_string(): Exclusive, Inclusive, NoTax.
 */
typedef enum
{
  CS_TAX_MODE_EXCLUSIVE,
  CS_TAX_MODE_INCLUSIVE,
  CS_TAX_MODE_NO_TAX,
} CsTaxMode;

typedef struct
{
  CsDecimal quantity;
  CsDecimal unit_price; /* in the document's currency */
  CsDecimal tax_rate;   /* percent: 15.0000 */
} CsLineAmounts;

typedef struct
{
  CsMoney line; /* the line's amount, as the ledger shows it */
  CsMoney tax;
} CsLineResult;

typedef struct
{
  CsMoney subtotal;
  CsMoney tax;
  CsMoney total;
} CsTotals;

gboolean cs_tax_compute_line (const CsLineAmounts *line,
                              CsTaxMode mode,
                              CsCurrency currency,
                              CsLineResult *result,
                              GError **error);
gboolean cs_tax_compute_totals (const CsLineAmounts *lines,
                                gsize n_lines,
                                CsTaxMode mode,
                                CsCurrency currency,
                                CsTotals *totals,
                                GError **error);
const char *cs_tax_mode_to_string (CsTaxMode mode);
gboolean cs_tax_mode_parse (const char *text, CsTaxMode *mode, GError **error);

G_END_DECLS
