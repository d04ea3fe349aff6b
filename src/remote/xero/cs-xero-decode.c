/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-decode-private.h"

#include <string.h>

/* Allow-listed members only: whatever else Xero sends is never stored. Members that are missing stay
 * empty; new ones come any time and are ignored (xero-accounting.md 9.5). */

/* What changed within the longest time that an answer may take before its own moment may not be in it. */
#define READ_MARGIN_MS G_GINT64_CONSTANT (60000)

/* Records come with "" in every string; each is replaced by what was sent. */
void
cs_xero_take_text (char **field, const CsJsonValue *object, const char *member)
{
  g_set_str (field, cs_json_get_string_or_empty (object, member));
}

/* Eight bytes at a time: the highest bit of a byte says whether it is a capital, and a fourth of that is what
 * tells the two cases apart. */
static void
copy_eight_lower (char *to, const char *from)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 bytes, low, capitals;

  memcpy (&bytes, from, sizeof bytes);
  low = bytes & (ones * 0x7f);
  capitals = (low + ones * (0x80 - 'A')) & ~(low + ones * (0x7f - 'Z')) & ~bytes & (ones * 0x80);
  bytes |= capitals >> 2;
  memcpy (to, &bytes, sizeof bytes);
}

/* Ids are kept in lower case (section 14.9). The last eight bytes may be some of those before. */
static void
copy_lower (char *to, const char *from, gsize size)
{
  gsize at = 0;

  for (; at + sizeof (guint64) <= size; at += sizeof (guint64))
    copy_eight_lower (to + at, from + at);
  if (at > 0 && at < size)
    copy_eight_lower (to + size - sizeof (guint64), from + size - sizeof (guint64));
  for (; at == 0 && size > 0; size--)
    to[size - 1] = g_ascii_tolower (from[size - 1]);
}

void
cs_xero_take_id (char **field, const CsJsonValue *object, const char *member)
{
  g_set_str (field, cs_json_get_string_or_empty (object, member));
  copy_lower (*field, *field, strlen (*field));
}

/* What is not there shares one. */
char *
cs_xero_dup_text (CsArena *arena, const CsJsonValue *value)
{
  gsize size;
  const char *text = cs_json_value_get_text (value, &size);

  return size > 0 ? cs_arena_dup_text (arena, text, size) : (char *)"";
}

char *
cs_xero_dup_id (CsArena *arena, const CsJsonValue *value)
{
  gsize size;
  const char *text = cs_json_value_get_text (value, &size);
  char *id = NULL;

  if (size == 0)
    return (char *)"";
  id = cs_arena_dup_text (arena, text, size);
  copy_lower (id, text, size);
  return id;
}

/* The same thing is spelt AccountId in answers and AccountID in requests (9.5). */
void
cs_xero_take_id_loosely (char **field, const CsJsonValue *object, const char *member, const char *other)
{
  cs_xero_take_id (field, object, cs_json_get (object, member) != NULL ? member : other);
}

gboolean
cs_xero_require_id (const char *id, const char *member, GError **error)
{
  if (cs_xero_id_is_set (id))
    return TRUE;
  g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE, "%s is missing", member);
  return FALSE;
}

/** cs_xero_decode_contact: Returns: (transfer full) (nullable): 8.1 */
CsLedgerContact *
cs_xero_decode_contact (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerContact) contact = cs_ledger_contact_new ();
  const char *status = cs_json_get_string (value, "ContactStatus");

  cs_xero_take_id (&contact->remote_id, value, "ContactID");
  cs_xero_take_text (&contact->name, value, "Name");
  cs_xero_take_text (&contact->email, value, "EmailAddress");
  cs_xero_take_text (&contact->contact_number, value, "ContactNumber");
  cs_xero_take_id (&contact->merged_into, value, "MergedToContactID");
  /* ARCHIVED and GDPRREQUEST alike: neither may be invoiced. */
  contact->is_archived = status != NULL && !g_str_equal (status, "ACTIVE");
  if (!cs_xero_require_id (contact->remote_id, "ContactID", error)
      || !cs_json_read_instant (value, "UpdatedDateUTC", &contact->updated_ms, error))
    return NULL;
  return g_steal_pointer (&contact);
}

static gpointer
decode_element (const CsXeroDecoder *decoder, const CsJsonValue *element, CsArena *arena, GError **error)
{
  return decoder->decode_in != NULL ? decoder->decode_in (element, arena, error)
                                    : decoder->decode (element, error);
}

static GPtrArray *
decode_elements (const CsJsonDocument *document, const CsXeroDecoder *decoder, GError **error)
{
  const CsJsonValue *elements = cs_json_get (cs_json_document_get_root (document), decoder->list);
  g_autoptr (CsArena) arena = cs_arena_new ();
  g_autoptr (GPtrArray) records = NULL;
  CsJsonIterator iterator;
  const CsJsonValue *element;

  if (elements == NULL)
    {
      g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE, "%s is missing", decoder->list);
      return NULL;
    }
  records = g_ptr_array_new_full ((guint)MIN (cs_json_get_length (elements), CS_XERO_PAGE_SIZE),
                                  decoder->free_record);
  cs_json_iterator_init (&iterator, elements);
  while ((element = cs_json_iterator_next (&iterator)) != NULL)
    {
      gpointer record = cs_json_is_object (element) ? decode_element (decoder, element, arena, error) : NULL;

      if (record == NULL)
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE, "%s has something else in it",
                         decoder->list);
          return NULL;
        }
      g_ptr_array_add (records, record);
    }
  return g_steal_pointer (&records);
}

/* 5.2: pagination is lower case, and may be missing: then go on until a page is shorter than asked. */
static void
decode_pagination (const CsJsonDocument *document, CsLedgerPage *page, guint n_records)
{
  const CsJsonValue *pagination = cs_json_get (cs_json_document_get_root (document), "pagination");
  gint64 at = cs_json_get_integer (pagination, "page", page->page);
  gint64 fallback = n_records >= CS_XERO_PAGE_SIZE ? at + 1 : at;

  page->page = (guint)CLAMP (at, 0, G_MAXINT);
  page->page_count = (guint)CLAMP (cs_json_get_integer (pagination, "pageCount", fallback), 0, G_MAXINT);
  page->item_count = (guint)CLAMP (cs_json_get_integer (pagination, "itemCount", n_records), 0, G_MAXINT);
}

/* An answer tells its moment; one that can't be read tells nothing. */
static gint64
decode_clock (const CsJsonDocument *document)
{
  gint64 clock_ms = 0;

  return cs_json_read_instant (cs_json_document_get_root (document), "DateTimeUTC", &clock_ms, NULL)
             ? clock_ms
             : 0;
}

/**
 * cs_xero_decode_records:
 * @body: the answer to a GET of a list
 * @decoder: of what
 * @page: (nullable) (inout): which page it is, and the newest UpdatedDateUTC in it
 * @error: BAD_REPLY
 *
 * Returns: (transfer full) (nullable): the records
 */
GPtrArray *
cs_xero_decode_records (GBytes *body, const CsXeroDecoder *decoder, CsLedgerPage *page, GError **error)
{
  GError *cause = NULL;
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (body, &cause);
  g_autoptr (GPtrArray) records = document != NULL ? decode_elements (document, decoder, &cause) : NULL;
  gint64 clock_ms = 0;

  if (records == NULL)
    {
      g_propagate_error (error, cs_xero_bad_reply (cause));
      return NULL;
    }
  clock_ms = decode_clock (document);
  if (page != NULL)
    {
      decode_pagination (document, page, records->len);
      page->clock_ms = clock_ms;
    }
  for (guint i = 0; decoder->note_read != NULL && i < records->len; i++)
    decoder->note_read (g_ptr_array_index (records, i), MAX (clock_ms - READ_MARGIN_MS, 0), page);
  return g_steal_pointer (&records);
}

static void
note_contact (gpointer record, gint64 read_ms, CsLedgerPage *page)
{
  const CsLedgerContact *contact = record;

  if (page != NULL)
    page->high_water_ms = MAX (page->high_water_ms, contact->updated_ms);
}

const CsXeroDecoder cs_xero_contact_decoder = {
  .list = "Contacts",
  .decode = (CsXeroDecode)cs_xero_decode_contact,
  .note_read = note_contact,
  .free_record = (GDestroyNotify)cs_ledger_contact_free,
};

/**
 * cs_xero_decode_invoices:
 * @body: the answer to GET /Invoices
 * @page: (nullable) (inout): which page it is, and the newest UpdatedDateUTC in it
 * @error: BAD_REPLY
 *
 * Returns: (transfer full) (nullable): of #CsLedgerInvoice
 */
GPtrArray *
cs_xero_decode_invoices (GBytes *body, CsLedgerPage *page, GError **error)
{
  g_return_val_if_fail (body != NULL, NULL);

  return cs_xero_decode_records (body, &cs_xero_invoice_decoder, page, error);
}

/**
 * cs_xero_decode_contacts:
 * @body: the answer to GET /Contacts
 * @page: (nullable) (inout): which page it is, and the newest UpdatedDateUTC in it
 * @error: BAD_REPLY
 *
 * Returns: (transfer full) (nullable): of #CsLedgerContact
 */
GPtrArray *
cs_xero_decode_contacts (GBytes *body, CsLedgerPage *page, GError **error)
{
  g_return_val_if_fail (body != NULL, NULL);

  return cs_xero_decode_records (body, &cs_xero_contact_decoder, page, error);
}
