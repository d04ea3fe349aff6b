/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-json.h"
#include "cs-json-text.h"

#include <string.h>

/* Most documents are smaller, and growing is copying. */
#define SIZE_BEFORE_GROWING 512

/* Where the writer stands. Each of these is ours to keep in order, so a slip is an assertion. */
typedef enum
{
  AT_ROOT,         /* nothing written yet */
  AT_END,          /* the root is complete */
  IN_ARRAY,        /* a value or the end */
  IN_OBJECT,       /* a name or the end */
  AT_MEMBER_VALUE, /* the value of the name just written */
} Place;

struct _CsJsonBuilder
{
  GString *json;
  Place places[CS_JSON_DEPTH_MAX + 1];
  guint depth;
};

/**
 * cs_json_builder_new:
 *
 * Returns: (transfer full): a builder of one document, which keeps the order of members
 */
CsJsonBuilder *
cs_json_builder_new (void)
{
  CsJsonBuilder *builder = g_new0 (CsJsonBuilder, 1);

  builder->json = g_string_sized_new (SIZE_BEFORE_GROWING);
  builder->places[0] = AT_ROOT;
  return builder;
}

/**
 * cs_json_builder_free:
 * @builder: (transfer full) (nullable): a builder
 */
void
cs_json_builder_free (CsJsonBuilder *builder)
{
  if (builder == NULL)
    return;
  if (builder->json != NULL)
    g_string_free (builder->json, TRUE);
  g_free (builder);
}

static void
append_comma (CsJsonBuilder *builder)
{
  char last = builder->json->str[builder->json->len - 1];

  if (last != '[' && last != '{')
    g_string_append_c (builder->json, ',');
}

static void
begin_value (CsJsonBuilder *builder)
{
  Place *place = &builder->places[builder->depth];

  g_assert (*place != AT_END && *place != IN_OBJECT);

  if (*place == AT_ROOT)
    *place = AT_END;
  else if (*place == AT_MEMBER_VALUE)
    *place = IN_OBJECT;
  else
    append_comma (builder);
}

static void
begin (CsJsonBuilder *builder, char bracket, Place place)
{
  begin_value (builder);
  g_assert (builder->depth < CS_JSON_DEPTH_MAX);
  builder->places[++builder->depth] = place;
  g_string_append_c (builder->json, bracket);
}

static void
end (CsJsonBuilder *builder, char bracket, Place place)
{
  g_assert (builder->depth > 0 && builder->places[builder->depth] == place);
  builder->depth--;
  g_string_append_c (builder->json, bracket);
}

/**
 * cs_json_builder_begin_object:
 * @builder: a builder
 */
void
cs_json_builder_begin_object (CsJsonBuilder *builder)
{
  begin (builder, '{', IN_OBJECT);
}

/**
 * cs_json_builder_end_object:
 * @builder: a builder
 */
void
cs_json_builder_end_object (CsJsonBuilder *builder)
{
  end (builder, '}', IN_OBJECT);
}

/**
 * cs_json_builder_begin_array:
 * @builder: a builder
 */
void
cs_json_builder_begin_array (CsJsonBuilder *builder)
{
  begin (builder, '[', IN_ARRAY);
}

/**
 * cs_json_builder_end_array:
 * @builder: a builder
 */
void
cs_json_builder_end_array (CsJsonBuilder *builder)
{
  end (builder, ']', IN_ARRAY);
}

static void
append_text (CsJsonBuilder *builder, const char *text)
{
  g_autofree char *valid = NULL;
  gsize size = strlen (text);

  if (cs_json_is_plain (text, size))
    {
      cs_json_append_plain (builder->json, text, size);
      return;
    }
  if (!g_utf8_validate (text, (gssize)size, NULL))
    {
      text = valid = g_utf8_make_valid (text, (gssize)size);
      size = strlen (text);
    }
  cs_json_append_quoted (builder->json, text, size);
}

/**
 * cs_json_builder_name:
 * @builder: a builder that stands in an object
 * @member: the name of the next value, in UTF-8; each once, since it is not looked up
 */
void
cs_json_builder_name (CsJsonBuilder *builder, const char *member)
{
  gsize size = strlen (member);

  g_assert (builder->places[builder->depth] == IN_OBJECT);

  append_comma (builder);
  builder->places[builder->depth] = AT_MEMBER_VALUE;
  if (cs_json_is_plain (member, size))
    {
      cs_json_append_plain_name (builder->json, member, size);
      return;
    }
  cs_json_append_quoted (builder->json, member, size); /* ours, so it is UTF-8 */
  g_string_append_c (builder->json, ':');
}

/**
 * cs_json_builder_string:
 * @builder: a builder
 * @text: (nullable): the text; %NULL is written as null. What is not UTF-8 in it is replaced by U+FFFD
 */
void
cs_json_builder_string (CsJsonBuilder *builder, const char *text)
{
  begin_value (builder);
  if (text != NULL)
    append_text (builder, text);
  else
    g_string_append (builder->json, "null");
}

/**
 * cs_json_builder_integer:
 * @builder: a builder
 * @number: a whole number
 */
void
cs_json_builder_integer (CsJsonBuilder *builder, gint64 number)
{
  begin_value (builder);
  g_string_append_printf (builder->json, "%" G_GINT64_FORMAT, number);
}

/**
 * cs_json_builder_boolean:
 * @builder: a builder
 * @truth: true or false
 */
void
cs_json_builder_boolean (CsJsonBuilder *builder, gboolean truth)
{
  begin_value (builder);
  g_string_append (builder->json, truth ? "true" : "false");
}

/**
 * cs_json_builder_null:
 * @builder: a builder
 */
void
cs_json_builder_null (CsJsonBuilder *builder)
{
  begin_value (builder);
  g_string_append (builder->json, "null");
}

/* By hand, as g_string_append_len() is a call and some more. */
static void
append_number (CsJsonBuilder *builder, const char *text, gsize size)
{
  char *at = cs_json_reserve (builder->json, size);

  memcpy (at, text, size);
  at[size] = '\0';
  builder->json->len += size;
}

/**
 * cs_json_builder_decimal:
 * @builder: a builder
 * @decimal: written as the shortest exact number: 1.5, 120.125
 */
void
cs_json_builder_decimal (CsJsonBuilder *builder, CsDecimal decimal)
{
  char buffer[CS_DECIMAL_TEXT_MAX];
  gsize size;
  const char *text = cs_decimal_print (decimal, 0, buffer, &size);

  begin_value (builder);
  append_number (builder, text, size);
}

/**
 * cs_json_builder_money:
 * @builder: a builder
 * @money: written with all places of its currency: 20.35, never 20.350000000000001 (xero-accounting.md
 * section 6.4)
 */
void
cs_json_builder_money (CsJsonBuilder *builder, CsMoney money)
{
  char buffer[CS_DECIMAL_TEXT_MAX];
  gsize size;
  const char *text = cs_money_print (money, buffer, &size);

  begin_value (builder);
  append_number (builder, text, size);
}

/**
 * cs_json_builder_set_string:
 * @builder: a builder that stands in an object
 * @member: a name
 * @text: (nullable): as for cs_json_builder_string()
 */
void
cs_json_builder_set_string (CsJsonBuilder *builder, const char *member, const char *text)
{
  cs_json_builder_name (builder, member);
  cs_json_builder_string (builder, text);
}

/**
 * cs_json_builder_set_integer:
 * @builder: a builder that stands in an object
 * @member: a name
 * @integer: a number
 */
void
cs_json_builder_set_integer (CsJsonBuilder *builder, const char *member, gint64 integer)
{
  cs_json_builder_name (builder, member);
  cs_json_builder_integer (builder, integer);
}

/**
 * cs_json_builder_set_boolean:
 * @builder: a builder that stands in an object
 * @member: a name
 * @truth: a truth
 */
void
cs_json_builder_set_boolean (CsJsonBuilder *builder, const char *member, gboolean truth)
{
  cs_json_builder_name (builder, member);
  cs_json_builder_boolean (builder, truth);
}

/**
 * cs_json_builder_set_decimal:
 * @builder: a builder that stands in an object
 * @member: a name
 * @decimal: a number
 */
void
cs_json_builder_set_decimal (CsJsonBuilder *builder, const char *member, CsDecimal decimal)
{
  cs_json_builder_name (builder, member);
  cs_json_builder_decimal (builder, decimal);
}

/**
 * cs_json_builder_end:
 * @builder: a builder whose document is complete; nothing but freeing it is allowed afterwards
 *
 * Returns: (transfer full): the document, compact, in UTF-8
 */
GBytes *
cs_json_builder_end (CsJsonBuilder *builder)
{
  g_assert (builder->depth == 0 && builder->places[0] == AT_END && builder->json->len > 0);

  return g_string_free_to_bytes (g_steal_pointer (&builder->json));
}
