/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-json.h"

#include <string.h>
#include <yyjson.h>

/* No number and no date of ours is longer. */
#define NUMBER_BYTES_MAX 64
/* Whatever they are, 64 bits hold them. */
#define DIGITS_THAT_FIT 18

/* "/Date(1795219200000+0000)/" */
#define NET_DATE_START "/Date("
#define NET_DATE_END ")/"

static yyjson_val *
find (const CsJsonValue *object, const char *member)
{
  return (yyjson_val *)cs_json_get (object, member);
}

/* Text with a nought byte in it is no text to us: cut short, it would be another. */
static const char *
get_text (yyjson_val *value)
{
  const char *text = yyjson_get_str (value);

  return text != NULL && strlen (text) == yyjson_get_len (value) ? text : NULL;
}

/**
 * cs_json_value_get_string:
 * @value: (nullable): a value
 *
 * Returns: (transfer none) (nullable): its text; %NULL when it is not text, or holds a nought byte
 */
const char *
cs_json_value_get_string (const CsJsonValue *value)
{
  return get_text ((yyjson_val *)value);
}

/**
 * cs_json_value_get_text:
 * @value: (nullable): a value
 * @size: (out): how many bytes it has
 *
 * Returns: (transfer none): its text; "" when it is not text, or holds a nought byte
 */
const char *
cs_json_value_get_text (const CsJsonValue *value, gsize *size)
{
  const char *text = get_text ((yyjson_val *)value);

  *size = text != NULL ? yyjson_get_len ((yyjson_val *)value) : 0;
  return text != NULL ? text : "";
}

/**
 * cs_json_get_string:
 * @object: (nullable): an object
 * @member: a name
 *
 * Returns: (transfer none) (nullable): the member's text; %NULL when it is absent or not text
 */
const char *
cs_json_get_string (const CsJsonValue *object, const char *member)
{
  return get_text (find (object, member));
}

/**
 * cs_json_get_string_or_empty:
 * @object: (nullable): an object
 * @member: a name
 *
 * Returns: (transfer none): the member's text; "" when it is absent or not text
 */
const char *
cs_json_get_string_or_empty (const CsJsonValue *object, const char *member)
{
  const char *text = cs_json_get_string (object, member);

  return text != NULL ? text : "";
}

/**
 * cs_json_get_boolean:
 * @object: (nullable): an object
 * @member: a name
 * @fallback: what to return when the member is absent or neither true nor false
 *
 * Returns: the truth
 */
gboolean
cs_json_get_boolean (const CsJsonValue *object, const char *member, gboolean fallback)
{
  yyjson_val *value = find (object, member);

  return yyjson_is_bool (value) ? yyjson_get_bool (value) : fallback;
}

/* The text of a number, or of a string that may hold one. The parser mostly puts a nought byte behind it, and
 * has room there in any case; it does not say so of numbers, though. */
static const char *
get_number_text (yyjson_val *value, char buffer[NUMBER_BYTES_MAX + 1])
{
  const char *text = yyjson_is_raw (value) ? yyjson_get_raw (value) : get_text (value);
  gsize size = yyjson_get_len (value);

  if (text == NULL || size > NUMBER_BYTES_MAX)
    return NULL;
  if (text[size] == '\0')
    return text;
  memcpy (buffer, text, size);
  buffer[size] = '\0';
  return buffer;
}

/**
 * cs_json_get_integer:
 * @object: (nullable): an object
 * @member: a name
 * @fallback: what to return when the member is absent or no whole number of 64 bits
 *
 * Returns: the number, from a number or from text that holds one
 */
gint64
cs_json_get_integer (const CsJsonValue *object, const char *member, gint64 fallback)
{
  char buffer[NUMBER_BYTES_MAX + 1];
  const char *text = get_number_text (find (object, member), buffer);
  gint64 number;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return fallback;
  return number;
}

static gboolean
refuse (GError **error, const char *member, const char *what)
{
  g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE, "%s: %s", member, what);
  return FALSE;
}

static gboolean
is_absent (yyjson_val *value)
{
  return value == NULL || yyjson_is_null (value);
}

/**
 * cs_json_read_decimal:
 * @object: (nullable): an object
 * @member: a name
 * @out: (inout): the number; as it was when the member is absent or null
 * @error: return location
 *
 * Reads a number exactly, from a number or from text that holds one ("46.00" comes as both,
 * xero-accounting.md section 6.4). An exponent is refused: no amount is written with one.
 *
 * Returns: whether there is nothing wrong with it; else %CS_ENCODING_ERROR_SHAPE, naming the member
 */
gboolean
cs_json_read_decimal (const CsJsonValue *object, const char *member, CsDecimal *out, GError **error)
{
  return cs_json_value_read_decimal (cs_json_get (object, member), member, out, error);
}

/** cs_json_value_read_decimal: as cs_json_read_decimal(), of a value at hand (nullable) */
gboolean
cs_json_value_read_decimal (const CsJsonValue *value_or_none,
                            const char *member,
                            CsDecimal *out,
                            GError **error)
{
  yyjson_val *value = (yyjson_val *)value_or_none;
  g_autoptr (GError) reason = NULL;
  char buffer[NUMBER_BYTES_MAX + 1];

  if (is_absent (value))
    return TRUE;
  if (!cs_decimal_parse (get_number_text (value, buffer), out, &reason))
    return refuse (error, member, reason->message);
  return TRUE;
}

/**
 * cs_json_read_money:
 * @object: (nullable): an object
 * @member: a name
 * @currency: of the document
 * @out: (inout): the amount; as it was when the member is absent or null
 * @error: return location
 *
 * As cs_json_read_decimal(), to the currency's minor unit.
 *
 * Returns: whether there is nothing wrong with it; else %CS_ENCODING_ERROR_SHAPE, naming the member
 */
gboolean
cs_json_read_money (const CsJsonValue *object,
                    const char *member,
                    CsCurrency currency,
                    CsMoney *out,
                    GError **error)
{
  return cs_json_value_read_money (cs_json_get (object, member), member, currency, out, error);
}

/** cs_json_value_read_money: as cs_json_read_money(), of a value at hand (nullable) */
gboolean
cs_json_value_read_money (const CsJsonValue *value_or_none,
                          const char *member,
                          CsCurrency currency,
                          CsMoney *out,
                          GError **error)
{
  yyjson_val *value = (yyjson_val *)value_or_none;
  g_autoptr (GError) reason = NULL;
  char buffer[NUMBER_BYTES_MAX + 1];

  if (is_absent (value))
    return TRUE;
  if (!cs_money_parse (get_number_text (value, buffer), currency, out, &reason))
    return refuse (error, member, reason->message);
  return TRUE;
}

static gboolean
is_digit (char c)
{
  return (guchar)(c - '0') <= 9;
}

/* -?[0-9]+, of as many digits as 64 bits hold; the first ones cannot overflow. */
static gboolean
take_integer (const char **at, gint64 *number)
{
  const char *first = **at == '-' ? *at + 1 : *at;
  const char *digit = first;
  gboolean is_negative = first != *at;
  gint64 parsed = 0;

  if (!is_digit (*digit))
    return FALSE;
  for (; is_digit (*digit) && digit - first < DIGITS_THAT_FIT; digit++)
    parsed = parsed * 10 + (*digit - '0');
  parsed = is_negative ? -parsed : parsed;
  for (; is_digit (*digit); digit++)
    if (__builtin_mul_overflow (parsed, (gint64)10, &parsed)
        || (is_negative ? __builtin_sub_overflow (parsed, (gint64)(*digit - '0'), &parsed)
                        : __builtin_add_overflow (parsed, (gint64)(*digit - '0'), &parsed)))
      return FALSE;
  *at = digit;
  *number = parsed;
  return TRUE;
}

/* "/Date(1795219200000+0000)/": the milliseconds are UTC whatever the offset says, so that it is only
 * checked. */
static gboolean
parse_net_date (const char *text, gint64 *milliseconds)
{
  const char *end = text + strlen (NET_DATE_START);
  gint64 parsed = 0;

  if (!take_integer (&end, &parsed))
    return FALSE;
  if (*end == '+' || *end == '-')
    {
      end++;
      for (int i = 0; i < 4; i++, end++)
        if (!is_digit (*end))
          return FALSE;
    }
  *milliseconds = parsed;
  return g_str_equal (end, NET_DATE_END) && cs_date_is_set (cs_date_from_utc_milliseconds (parsed));
}

/* Without measuring all of it. */
static gboolean
is_net_date (const char *text)
{
  return strncmp (text, NET_DATE_START, strlen (NET_DATE_START)) == 0;
}

static gboolean
parse_instant (const char *text, gint64 *milliseconds)
{
  if (is_net_date (text))
    return parse_net_date (text, milliseconds);
  return cs_instant_parse (text, milliseconds, NULL);
}

/**
 * cs_json_read_date:
 * @object: (nullable): an object
 * @member: a name
 * @out: (inout): the calendar day; as it was when the member is absent or null
 * @error: return location
 *
 * For document dates: "/Date(1795219200000+0000)/", "2026-11-21" and "2026-11-21T00:00:00". They are days put
 * at midnight in UTC, and no zone ever comes in (xero-accounting.md sections 6.1 and 6.2).
 *
 * Returns: whether there is nothing wrong with it; else %CS_ENCODING_ERROR_SHAPE, naming the member
 */
gboolean
cs_json_read_date (const CsJsonValue *object, const char *member, CsDate *out, GError **error)
{
  return cs_json_value_read_date (cs_json_get (object, member), member, out, error);
}

/** cs_json_value_read_date: as cs_json_read_date(), of a value at hand (nullable) */
gboolean
cs_json_value_read_date (const CsJsonValue *value_or_none, const char *member, CsDate *out, GError **error)
{
  yyjson_val *value = (yyjson_val *)value_or_none;
  const char *text = get_text (value);
  gint64 milliseconds;

  if (is_absent (value))
    return TRUE;
  /* How nearly all of them come is looked at first. */
  if (text != NULL && !is_net_date (text) && cs_date_parse (text, out, NULL))
    return TRUE;
  if (text == NULL || !parse_instant (text, &milliseconds))
    return refuse (error, member, "This is not a date");
  *out = cs_date_from_utc_milliseconds (milliseconds);
  return TRUE;
}

/**
 * cs_json_read_instant:
 * @object: (nullable): an object
 * @member: a name
 * @out_ms: (inout): the moment, in milliseconds since 1970 in UTC; as it was when the member is absent or
 * null
 * @error: return location
 *
 * For timestamps: "/Date(1795305600123)/", "2026-11-20T03:14:15.9265350", "2026-11-21T08:00:00Z"
 * (xero-accounting.md section 6.1). Without a zone they are UTC.
 *
 * Returns: whether there is nothing wrong with it; else %CS_ENCODING_ERROR_SHAPE, naming the member
 */
gboolean
cs_json_read_instant (const CsJsonValue *object, const char *member, gint64 *out_ms, GError **error)
{
  return cs_json_value_read_instant (cs_json_get (object, member), member, out_ms, error);
}

/** cs_json_value_read_instant: as cs_json_read_instant(), of a value at hand (nullable) */
gboolean
cs_json_value_read_instant (const CsJsonValue *value_or_none,
                            const char *member,
                            gint64 *out_ms,
                            GError **error)
{
  yyjson_val *value = (yyjson_val *)value_or_none;
  const char *text = get_text (value);
  gint64 milliseconds;

  if (is_absent (value))
    return TRUE;
  if (text == NULL || !parse_instant (text, &milliseconds))
    return refuse (error, member, "This is not a moment");
  *out_ms = milliseconds;
  return TRUE;
}
