/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"
#include "cs-money.h"

G_BEGIN_DECLS

/* The one door to JSON whose numbers are money: numbers are read and written as their own text (yyjson). The
 * small conversations (tokens, connections, command line) go through cs-small-json.h (json-glib). */
#define CS_ENCODING_ERROR (cs_encoding_error_quark ())
typedef enum
{
  CS_ENCODING_ERROR_SYNTAX,
  CS_ENCODING_ERROR_SHAPE, /* well-formed, but not what was expected; the message names the path */
  CS_ENCODING_ERROR_LIMIT, /* too large or too deep */
} CsEncodingError;
GQuark cs_encoding_error_quark (void);

#define CS_JSON_BYTES_MAX (64u * 1024u * 1024u)
#define CS_JSON_DEPTH_MAX 64

/* Reading. A CsJsonValue is borrowed from its document; NULL means "not there" and every getter takes it. */
typedef struct _CsJsonDocument CsJsonDocument;
typedef struct _CsJsonValue CsJsonValue; /* opaque: a yyjson_val */

CsJsonDocument *cs_json_document_parse (GBytes *bytes, GError **error);
void cs_json_document_free (CsJsonDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJsonDocument, cs_json_document_free)
const CsJsonValue *cs_json_document_get_root (const CsJsonDocument *document);

const CsJsonValue *cs_json_get (const CsJsonValue *object, const char *member);
/* Several members in one walk; quickest in the order in which they mostly come. The marks are one of 64 each,
 * by which most names that are not wanted are told from those that are: by how it begins and by what stands
 * in its middle, each with its length. */
typedef struct
{
  const char *text;
  gsize size;
  guint64 first_mark;
  guint64 middle_mark;
} CsJsonName;
#define CS_JSON_MARK(letter, size) (G_GUINT64_CONSTANT (1) << (((guchar)(letter) + 8 * (size)) % 64))
#define CS_JSON_NAME(text)                                                                                   \
  { (text), sizeof (text) - 1, CS_JSON_MARK ((text)[0], sizeof (text) - 1),                                  \
    CS_JSON_MARK ((text)[(sizeof (text) - 1) / 2], (sizeof (text) - 1) / 2) }
void cs_json_pick (const CsJsonValue *object,
                   const CsJsonName *names,
                   guint n_names,
                   const CsJsonValue **values);      /* one a name, NULL when it is not there */
gsize cs_json_get_length (const CsJsonValue *array); /* 0 when not an array */
const CsJsonValue *cs_json_get_element (const CsJsonValue *array, gsize index); /* walks: see the iterator */

typedef struct
{
  const CsJsonValue *array;
  gsize index;
  gsize length;
  const CsJsonValue *next;
} CsJsonIterator;
void cs_json_iterator_init (CsJsonIterator *iterator, const CsJsonValue *array);
const CsJsonValue *cs_json_iterator_next (CsJsonIterator *iterator);

gboolean cs_json_is_object (const CsJsonValue *value);
const char *
cs_json_get_string (const CsJsonValue *object, const char *member); /* NULL when absent or not text */
const char *cs_json_get_string_or_empty (const CsJsonValue *object, const char *member);
const char *cs_json_value_get_string (const CsJsonValue *value);
const char *cs_json_value_get_text (const CsJsonValue *value, gsize *size); /* "" when absent or not text */
gboolean cs_json_get_boolean (const CsJsonValue *object, const char *member, gboolean fallback);
gint64 cs_json_get_integer (const CsJsonValue *object, const char *member, gint64 fallback);

/* Exact numbers, from a number or from text that holds one. Absent is not an error: *out stays as it was. */
gboolean cs_json_read_decimal (const CsJsonValue *object, const char *member, CsDecimal *out, GError **error);
gboolean cs_json_read_money (const CsJsonValue *object,
                             const char *member,
                             CsCurrency currency,
                             CsMoney *out,
                             GError **error);
/* The same of a value at hand; @member is for the words of the error. */
gboolean
cs_json_value_read_decimal (const CsJsonValue *value, const char *member, CsDecimal *out, GError **error);
gboolean cs_json_value_read_money (const CsJsonValue *value,
                                   const char *member,
                                   CsCurrency currency,
                                   CsMoney *out,
                                   GError **error);
gboolean cs_json_value_read_date (const CsJsonValue *value, const char *member, CsDate *out, GError **error);
gboolean
cs_json_value_read_instant (const CsJsonValue *value, const char *member, gint64 *out_ms, GError **error);
/* "/Date(1795219200000+0000)/", "2026-11-21", "2026-11-21T00:00:00[.fff][Z]" (xero-accounting.md 6.1). */
gboolean cs_json_read_date (const CsJsonValue *object, const char *member, CsDate *out, GError **error);
gboolean cs_json_read_instant (const CsJsonValue *object, const char *member, gint64 *out_ms, GError **error);

/* Writing: a builder that keeps the order of members and writes numbers as given. */
typedef struct _CsJsonBuilder CsJsonBuilder;
CsJsonBuilder *cs_json_builder_new (void);
void cs_json_builder_free (CsJsonBuilder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJsonBuilder, cs_json_builder_free)
void cs_json_builder_begin_object (CsJsonBuilder *builder);
void cs_json_builder_end_object (CsJsonBuilder *builder);
void cs_json_builder_begin_array (CsJsonBuilder *builder);
void cs_json_builder_end_array (CsJsonBuilder *builder);
void cs_json_builder_name (CsJsonBuilder *builder, const char *member);
void cs_json_builder_string (CsJsonBuilder *builder, const char *text);
void cs_json_builder_integer (CsJsonBuilder *builder, gint64 number);
void cs_json_builder_boolean (CsJsonBuilder *builder, gboolean truth);
void cs_json_builder_null (CsJsonBuilder *builder);
void cs_json_builder_decimal (CsJsonBuilder *builder, CsDecimal decimal); /* shortest exact: 1.5, 120.125 */
void cs_json_builder_money (CsJsonBuilder *builder, CsMoney money);
void cs_json_builder_set_string (CsJsonBuilder *builder, const char *member, const char *text);
void cs_json_builder_set_integer (CsJsonBuilder *builder, const char *member, gint64 integer);
void cs_json_builder_set_boolean (CsJsonBuilder *builder, const char *member, gboolean truth);
void cs_json_builder_set_decimal (CsJsonBuilder *builder, const char *member, CsDecimal decimal);
GBytes *cs_json_builder_end (CsJsonBuilder *builder); /* (transfer full): compact UTF-8 */

/* Canonical: members sorted by code point, no blanks, numbers as their own text; what is frozen and hashed.
 */
GBytes *cs_json_canonicalise (GBytes *json, GError **error);
char *cs_sha256_hex (gconstpointer data, gsize size);

G_END_DECLS
