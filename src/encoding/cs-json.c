/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-json.h"
#include "cs-json-text.h"

#include <stddef.h>
#include <string.h>
#include <yyjson.h>

struct _CsJsonDocument
{
  yyjson_doc *doc;
};

/* --- memory ---
 *
 * A page of a thousand invoices takes two blocks of some megabytes, which the system hands out in pages that
 * must each be faulted in and cleared: two fifths of the time that reading one takes. So a thread keeps what
 * its last document gave back for its next one. A worker thread that has nothing to do ends, and that is the
 * end of what it kept. */

#define SPARE_BYTES_MIN (256 * 1024)
#define SPARE_BYTES_MAX (16 * 1024 * 1024)
#define SPARES 2 /* the copy of the text, and its values */

typedef struct
{
  gsize size; /* of what follows */
  max_align_t start[];
} Block;

typedef struct
{
  Block *blocks[SPARES];
} Spares;

static void
spares_free (gpointer data)
{
  Spares *spares = data;

  for (int i = 0; i < SPARES; i++)
    g_free (spares->blocks[i]);
  g_free (spares);
}

static GPrivate spares_of_thread = G_PRIVATE_INIT (spares_free);

/* The smallest that will do. */
static Block *
take_spare (gsize size)
{
  Spares *spares = g_private_get (&spares_of_thread);
  Block **best = NULL;

  if (spares == NULL || size < SPARE_BYTES_MIN)
    return NULL;
  for (int i = 0; i < SPARES; i++)
    {
      Block **block = &spares->blocks[i];

      if (*block != NULL && (*block)->size >= size && (best == NULL || (*block)->size < (*best)->size))
        best = block;
    }
  return best != NULL ? g_steal_pointer (best) : NULL;
}

/* In place of the smallest that is kept. Returns: (transfer full) (nullable): what is not kept */
static Block *
keep_spare (Block *block)
{
  Spares *spares = g_private_get (&spares_of_thread);
  Block **smallest = NULL;
  Block *out = NULL;

  if (block->size < SPARE_BYTES_MIN || block->size > SPARE_BYTES_MAX)
    return block;
  if (spares == NULL)
    g_private_set (&spares_of_thread, spares = g_new0 (Spares, 1));
  for (int i = 0; i < SPARES; i++)
    if (smallest == NULL || spares->blocks[i] == NULL
        || (*smallest != NULL && spares->blocks[i]->size < (*smallest)->size))
      smallest = &spares->blocks[i];
  out = *smallest;
  *smallest = block;
  return out;
}

static Block *
block_of (void *start)
{
  return (Block *)((char *)start - offsetof (Block, start));
}

static void *
allocate (void *context, size_t size)
{
  Block *block = take_spare (size);

  if (block == NULL && (block = g_try_malloc (offsetof (Block, start) + size)) != NULL)
    block->size = size;
  return block != NULL ? block->start : NULL;
}

static void
release (void *context, void *start)
{
  g_free (keep_spare (block_of (start)));
}

static void *
reallocate (void *context, void *start, size_t old_size, size_t size)
{
  void *grown = NULL;

  if (size <= block_of (start)->size)
    return start;
  grown = allocate (context, size);
  if (grown != NULL)
    {
      memcpy (grown, start, old_size);
      release (context, start);
    }
  return grown;
}

static const yyjson_alc memory = { allocate, reallocate, release, NULL };

/* --- documents --- */

/* By hand: clang-format takes the name in G_DEFINE_QUARK for a subtraction. */
GQuark
cs_encoding_error_quark (void)
{
  return g_quark_from_static_string ("cs-encoding-error-quark");
}

static yyjson_val *
as_yyjson (const CsJsonValue *value)
{
  return (yyjson_val *)value;
}

static const CsJsonValue *
as_value (yyjson_val *value)
{
  return (const CsJsonValue *)value;
}

/* The parser calls itself nowhere, so that depth can be looked at behind it, where there are values and no
 * texts any more: all of them in one row, each with where its own ones end. What has no more in it than there
 * are levels left is not looked into: of a page that is nearly all. */
static gboolean
is_shallow (yyjson_val *root)
{
  const yyjson_val *ends[CS_JSON_DEPTH_MAX];
  yyjson_val *end = unsafe_yyjson_get_next (root);
  guint depth = 0;
  yyjson_val *next;

  for (yyjson_val *value = root; value < end; value = next)
    {
      next = value + 1;
      if (!unsafe_yyjson_is_ctn (value))
        continue;
      while (depth > 0 && value >= ends[depth - 1])
        depth--;
      if (depth == CS_JSON_DEPTH_MAX)
        return FALSE;
      if (unsafe_yyjson_get_next (value) - value <= CS_JSON_DEPTH_MAX - (gssize)depth)
        next = unsafe_yyjson_get_next (value);
      else
        ends[depth++] = unsafe_yyjson_get_next (value);
    }
  return TRUE;
}

/**
 * cs_json_document_parse:
 * @bytes: JSON in UTF-8
 * @error: return location
 *
 * Reads a document strictly (RFC 8259), with numbers kept as their own text. Where a member is there twice,
 * the first counts. Errors say where, and never quote the content.
 *
 * Returns: (transfer full) (nullable): the document; %NULL with %CS_ENCODING_ERROR_SYNTAX if it is not JSON
 * or not UTF-8, or %CS_ENCODING_ERROR_LIMIT beyond %CS_JSON_BYTES_MAX or %CS_JSON_DEPTH_MAX
 */
CsJsonDocument *
cs_json_document_parse (GBytes *bytes, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  yyjson_read_err failure;
  CsJsonDocument *document;
  yyjson_doc *doc;

  if (size > CS_JSON_BYTES_MAX)
    {
      g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT, "This JSON is larger than %u bytes",
                   CS_JSON_BYTES_MAX);
      return NULL;
    }
  doc = yyjson_read_opts ((char *)(size > 0 ? text : ""), size, YYJSON_READ_NUMBER_AS_RAW, &memory, &failure);
  if (doc == NULL)
    {
      g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SYNTAX,
                   "This is not JSON: %s at byte %" G_GSIZE_FORMAT, failure.msg, failure.pos);
      return NULL;
    }
  if (!is_shallow (yyjson_doc_get_root (doc)))
    {
      yyjson_doc_free (doc);
      cs_json_set_too_deep (error);
      return NULL;
    }
  document = g_new0 (CsJsonDocument, 1);
  document->doc = doc;
  return document;
}

/**
 * cs_json_document_free:
 * @document: (transfer full) (nullable): a document; its values go with it
 */
void
cs_json_document_free (CsJsonDocument *document)
{
  if (document == NULL)
    return;
  yyjson_doc_free (document->doc);
  g_free (document);
}

/**
 * cs_json_document_get_root:
 * @document: a document
 *
 * Returns: (transfer none): its outermost value, which lives as long as @document
 */
const CsJsonValue *
cs_json_document_get_root (const CsJsonDocument *document)
{
  return as_value (yyjson_doc_get_root (document->doc));
}

/**
 * cs_json_get:
 * @object: (nullable): an object; anything else has no members
 * @member: a name
 *
 * Returns: (transfer none) (nullable): the member, the first if it is there twice; %NULL if it is not there
 */
const CsJsonValue *
cs_json_get (const CsJsonValue *object, const char *member)
{
  return as_value (yyjson_obj_get (as_yyjson (object), member));
}

typedef struct
{
  guint64 first;
  guint64 middle;
} Marks;

static gboolean
may_be_wanted (const Marks *wanted, const char *text, gsize size)
{
  return (wanted->first & CS_JSON_MARK (text[0], size)) != 0
         && (wanted->middle & CS_JSON_MARK (text[size / 2], size / 2)) != 0;
}

static guint32
load_four (const char *text)
{
  guint32 bytes;

  memcpy (&bytes, text, sizeof bytes);
  return bytes;
}

/* Most names have so many bytes that their first and their last ones, which may overlap, are all of them. */
static G_ALWAYS_INLINE inline gboolean
is_name (const CsJsonName *name, const char *text, gsize size)
{
  if (name->size != size)
    return FALSE;
  if (size >= 2 * sizeof (guint64) || size < sizeof (guint32))
    return memcmp (name->text, text, size) == 0;
  if (size >= sizeof (guint64))
    return cs_json_load_eight (name->text) == cs_json_load_eight (text)
           && cs_json_load_eight (name->text + size - sizeof (guint64))
                  == cs_json_load_eight (text + size - sizeof (guint64));
  return load_four (name->text) == load_four (text)
         && load_four (name->text + size - sizeof (guint32)) == load_four (text + size - sizeof (guint32));
}

/* One of @names, the one at @from before the others; @n_names when it is none. */
static guint
find_name (const CsJsonName *names, guint n_names, guint from, const char *text, gsize size)
{
  for (guint i = 0; i < n_names; i++)
    {
      guint at = from + i < n_names ? from + i : from + i - n_names;

      if (is_name (&names[at], text, size))
        return at;
    }
  return n_names;
}

/**
 * cs_json_pick:
 * @object: (nullable): an object; anything else has no members
 * @names: (array length=n_names): what is wanted, each once
 * @n_names: how many
 * @values: (out) (array length=n_names): the members, as cs_json_get() gives them
 *
 * To look up thirty members one by one is to walk over them thirty times.
 */
void
cs_json_pick (const CsJsonValue *object, const CsJsonName *names, guint n_names, const CsJsonValue **values)
{
  gsize n_members = yyjson_obj_size (as_yyjson (object));
  yyjson_val *key = n_members > 0 ? unsafe_yyjson_get_first (as_yyjson (object)) : NULL;
  Marks wanted = { 0 };
  guint next = 0; /* the name that is expected, since most come in their order */
  guint n_missing = n_names;

  for (guint i = 0; i < n_names; i++)
    {
      values[i] = NULL;
      wanted.first |= names[i].first_mark;
      wanted.middle |= names[i].middle_mark;
    }
  for (gsize n = 0; n < n_members && n_missing > 0; n++, key = unsafe_yyjson_get_next (key + 1))
    {
      const char *text = unsafe_yyjson_get_str (key);
      gsize size = unsafe_yyjson_get_len (key);
      guint at = n_names;

      if (next < n_names && is_name (&names[next], text, size))
        at = next;
      else if (may_be_wanted (&wanted, text, size))
        at = find_name (names, n_names, next, text, size);
      if (at == n_names)
        continue;
      next = at + 1;
      if (values[at] != NULL)
        continue;
      values[at] = as_value (key + 1);
      n_missing--;
    }
}

/**
 * cs_json_get_length:
 * @array: (nullable): an array
 *
 * Returns: how many elements it has; 0 for anything else
 */
gsize
cs_json_get_length (const CsJsonValue *array)
{
  return yyjson_arr_size (as_yyjson (array));
}

/**
 * cs_json_get_element:
 * @array: (nullable): an array
 * @index: from 0
 *
 * Walks from the start: for all of them take a #CsJsonIterator.
 *
 * Returns: (transfer none) (nullable): the element, or %NULL if there is none
 */
const CsJsonValue *
cs_json_get_element (const CsJsonValue *array, gsize index)
{
  return as_value (yyjson_arr_get (as_yyjson (array), index));
}

/**
 * cs_json_iterator_init:
 * @iterator: (out caller-allocates): to be walked with cs_json_iterator_next()
 * @array: (nullable): an array; anything else has no elements
 */
void
cs_json_iterator_init (CsJsonIterator *iterator, const CsJsonValue *array)
{
  *iterator = (CsJsonIterator){
    .array = array,
    .length = cs_json_get_length (array),
    .next = as_value (yyjson_arr_get_first (as_yyjson (array))),
  };
}

/**
 * cs_json_iterator_next:
 * @iterator: an iterator
 *
 * Returns: (transfer none) (nullable): the next element; %NULL after the last
 */
const CsJsonValue *
cs_json_iterator_next (CsJsonIterator *iterator)
{
  const CsJsonValue *value = iterator->next;

  if (iterator->index >= iterator->length)
    return NULL;
  iterator->index++;
  iterator->next
      = iterator->index < iterator->length ? as_value (unsafe_yyjson_get_next (as_yyjson (value))) : NULL;
  return value;
}

/**
 * cs_json_is_object:
 * @value: (nullable): a value
 *
 * Returns: whether it is an object
 */
gboolean
cs_json_is_object (const CsJsonValue *value)
{
  return yyjson_is_obj (as_yyjson (value));
}
