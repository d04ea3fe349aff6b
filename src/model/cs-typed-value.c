/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-typed-value.h"
#include "cs-format.h"

#include <glib/gi18n-lib.h>

#define PRICE_PLACES_MIN 2

static const CsDecimal example_price = { 12005000 };
static const CsDecimal example_quantity = { 25000 };

/** cs_typed_value_init: an empty value, valid. */
void
cs_typed_value_init (CsTypedValue *value)
{
  *value = (CsTypedValue){ .most = G_MAXINT16, .is_valid = TRUE };
  value->today = value->date = value->settled_date = CS_DATE_NONE;
}

/** cs_typed_value_clear: frees what it holds. */
void
cs_typed_value_clear (CsTypedValue *value)
{
  g_clear_pointer (&value->problem, g_free);
}

/** cs_typed_value_set_decimal: nobody typed this. A text that was not understood still does not count. */
void
cs_typed_value_set_decimal (CsTypedValue *value, CsDecimal decimal)
{
  value->settled_decimal = decimal;
  if (value->is_valid || value->kind == CS_TYPED_WHOLE)
    value->decimal = decimal;
}

/** cs_typed_value_set_date: as cs_typed_value_set_decimal(). */
void
cs_typed_value_set_date (CsTypedValue *value, CsDate date)
{
  value->settled_date = value->date = date;
}

static char *
explain (const CsTypedValue *value, const GError *error)
{
  g_autofree char *example = NULL;

  /* A date's and a whole number's words carry their example already, and "too large" needs none. */
  if (value->kind == CS_TYPED_DATE || value->kind == CS_TYPED_WHOLE
      || !g_error_matches (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX))
    return g_strdup (error->message);
  example = value->kind == CS_TYPED_PRICE ? cs_format_decimal (example_price, PRICE_PLACES_MIN)
                                          : cs_format_decimal (example_quantity, 0);
  /* Translators: %s is a number as it is written here. */
  return g_strdup_printf (_ ("Write a number such as %s"), example);
}

static gboolean
read_whole (const CsTypedValue *value, const char *text, CsDecimal *decimal, GError **error)
{
  if (cs_parse_typed_decimal (text, decimal, NULL) && decimal->units % CS_DECIMAL_ONE == 0
      && decimal->units >= value->least * CS_DECIMAL_ONE && decimal->units <= value->most * CS_DECIMAL_ONE)
    return TRUE;
  g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE, _ ("A whole number from %d to %d"),
               value->least, value->most);
  return FALSE;
}

static gboolean
read_date (const CsTypedValue *value, const char *text, CsDate *date, GError **error)
{
  *date = CS_DATE_NONE;
  return *text == '\0' || cs_parse_typed_date (text, value->today, date, error);
}

/**
 * cs_typed_value_read:
 * @value: the value
 * @text: the whole text of the field, after a keystroke
 *
 * Returns: whether it was understood; if not, nothing of it is taken
 */
gboolean
cs_typed_value_read (CsTypedValue *value, const char *text)
{
  g_autoptr (GError) error = NULL;
  CsDecimal decimal = { 0 };
  CsDate date = CS_DATE_NONE;

  g_return_val_if_fail (value != NULL && text != NULL, FALSE);

  value->is_valid = value->kind == CS_TYPED_DATE    ? read_date (value, text, &date, &error)
                    : value->kind == CS_TYPED_WHOLE ? read_whole (value, text, &decimal, &error)
                                                    : cs_parse_typed_decimal (text, &decimal, &error);
  g_clear_pointer (&value->problem, g_free);
  if (!value->is_valid)
    {
      value->problem = explain (value, error);
      decimal = value->kind == CS_TYPED_WHOLE ? value->settled_decimal : (CsDecimal){ 0 };
      date = value->settled_date;
    }
  value->decimal = decimal;
  value->date = date;
  return value->is_valid;
}

/** cs_typed_value_settle: the typing is over; what was understood is what the next typing begins from. */
void
cs_typed_value_settle (CsTypedValue *value)
{
  if (!value->is_valid)
    return;
  value->settled_decimal = value->decimal;
  value->settled_date = value->date;
}

/** cs_typed_value_write: Returns: (transfer full): the value as we would write it */
char *
cs_typed_value_write (const CsTypedValue *value)
{
  if (value->kind == CS_TYPED_DATE)
    return cs_format_date (value->date);
  return cs_format_decimal (value->decimal, value->kind == CS_TYPED_PRICE ? PRICE_PLACES_MIN : 0);
}
