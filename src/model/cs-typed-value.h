/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-records.h"

G_BEGIN_DECLS

typedef enum
{
  CS_TYPED_DECIMAL, /* a quantity */
  CS_TYPED_PRICE,   /* at least the currency's minor units are shown */
  CS_TYPED_WHOLE,   /* within limits */
  CS_TYPED_DATE,    /* may be empty */
} CsTypedKind;

/* What a field holds while a person types in it. A text that is not understood is never taken in part: the
 * value goes back to nought (a quantity, a price) or to what it was before the typing began (the others), and
 * is_valid says that it does not count. */
typedef struct
{
  CsTypedKind kind;
  int least, most; /* of a whole number */
  CsDate today;    /* what "tomorrow" is measured from */
  gboolean is_valid;
  CsDecimal decimal;
  CsDate date;
  CsDecimal settled_decimal; /* as they were before the typing */
  CsDate settled_date;
  char *problem; /* why the text was not understood, with an example; NULL when it was */
} CsTypedValue;

void cs_typed_value_init (CsTypedValue *value);
void cs_typed_value_clear (CsTypedValue *value);
void cs_typed_value_set_decimal (CsTypedValue *value, CsDecimal decimal);
void cs_typed_value_set_date (CsTypedValue *value, CsDate date);
gboolean cs_typed_value_read (CsTypedValue *value, const char *text);
void cs_typed_value_settle (CsTypedValue *value);
char *cs_typed_value_write (const CsTypedValue *value);

G_END_DECLS
