/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-uuid.h"
#include "cs-decimal.h"

#include <gcrypt.h>
#include <string.h>

static void
set_version (CsUuid *uuid, guint8 version)
{
  uuid->bytes[6] = (guint8)((uuid->bytes[6] & 0x0f) | (version << 4));
  uuid->bytes[8] = (guint8)((uuid->bytes[8] & 0x3f) | 0x80);
}

static gboolean
is_dash_at (gsize position)
{
  return position == 8 || position == 13 || position == 18 || position == 23;
}

/**
 * cs_uuid_parse:
 * @text: (nullable): 36 characters, in either case
 * @uuid: (out): the id; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_uuid_parse (const char *text, CsUuid *uuid, GError **error)
{
  CsUuid parsed = CS_UUID_NONE;
  gsize length = text != NULL ? strnlen (text, CS_UUID_STRING_LENGTH + 1) : 0;
  gboolean is_valid = length == CS_UUID_STRING_LENGTH;

  g_assert (uuid != NULL);

  for (gsize i = 0, n_digits = 0; is_valid && i < length; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (is_dash_at (i))
        is_valid = text[i] == '-';
      else if (digit < 0)
        is_valid = FALSE;
      else
        {
          parsed.bytes[n_digits / 2] = (guint8)(parsed.bytes[n_digits / 2] << 4 | digit);
          n_digits++;
        }
    }
  if (!is_valid)
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, "This is not a UUID");
      return FALSE;
    }
  *uuid = parsed;
  return TRUE;
}

/**
 * cs_uuid_to_string:
 * @uuid: an id
 *
 * Returns: (transfer full): its 36 characters, lower case
 */
char *
cs_uuid_to_string (const CsUuid *uuid)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (CS_UUID_STRING_LENGTH + 1);

  for (gsize i = 0, n_digits = 0; i < CS_UUID_STRING_LENGTH; i++)
    if (is_dash_at (i))
      text[i] = '-';
    else
      {
        text[i] = digits[(uuid->bytes[n_digits / 2] >> (n_digits % 2 == 0 ? 4 : 0)) & 0x0f];
        n_digits++;
      }
  text[CS_UUID_STRING_LENGTH] = '\0';
  return text;
}

/**
 * cs_uuid_equal:
 * @a: an id
 * @b: another
 *
 * Returns: whether they are the same
 */
gboolean
cs_uuid_equal (const CsUuid *a, const CsUuid *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
}

/**
 * cs_uuid_is_none:
 * @uuid: an id
 *
 * Returns: whether it stands for no id at all
 */
gboolean
cs_uuid_is_none (const CsUuid *uuid)
{
  const CsUuid none = CS_UUID_NONE;

  return cs_uuid_equal (uuid, &none);
}

/**
 * cs_uuid_hash:
 * @uuid: (type CsUuid): an id
 *
 * For #GHashTable.
 *
 * Returns: its hash
 */
guint
cs_uuid_hash (gconstpointer uuid)
{
  const CsUuid *id = uuid;
  guint hash = 5381;

  for (gsize i = 0; i < sizeof id->bytes; i++)
    hash = hash * 33 + id->bytes[i];
  return hash;
}

/**
 * cs_uuid_equal_func:
 * @a: (type CsUuid): an id
 * @b: (type CsUuid): another
 *
 * For #GHashTable.
 *
 * Returns: whether they are the same
 */
gboolean
cs_uuid_equal_func (gconstpointer a, gconstpointer b)
{
  return cs_uuid_equal (a, b);
}

/**
 * cs_uuid_from_random:
 * @random_bytes: (array fixed-size=16): drawn by the caller, since this room draws nothing
 *
 * Returns: an id of version 4
 */
CsUuid
cs_uuid_from_random (const guint8 random_bytes[16])
{
  CsUuid uuid;

  memcpy (uuid.bytes, random_bytes, sizeof uuid.bytes);
  set_version (&uuid, 4);
  return uuid;
}

/* Records are named by the hundred thousand: by libgcrypt, which has the processor's own instructions for it,
 * where GLib's takes four times as long. The rest of its start is left to libsecret, which hands it memory of
 * its own. */
static void
start_libgcrypt (void)
{
  static gsize is_started = 0;

  if (g_once_init_enter (&is_started))
    {
      gcry_check_version (NULL);
      g_once_init_leave (&is_started, 1);
    }
}

static CsUuid
name_uuid (const gcry_buffer_t *parts, int n_parts)
{
  guint8 digest[32];
  CsUuid uuid;

  start_libgcrypt ();
  if (gcry_md_hash_buffers (GCRY_MD_SHA256, 0, digest, parts, n_parts) != 0)
    g_error ("libgcrypt has no SHA-256");
  memcpy (uuid.bytes, digest, sizeof uuid.bytes);
  set_version (&uuid, 8);
  return uuid;
}

static gcry_buffer_t
get_part (gconstpointer data, gsize size)
{
  return (gcry_buffer_t){ .data = (void *)data, .len = size };
}

/**
 * cs_uuid_from_name:
 * @kind: what sort of thing it names, so that two sorts never meet
 * @data: (array length=size) (nullable): the name
 * @size: of @data, in bytes
 *
 * The same name gives the same id, today and on any machine: so a plan made twice is one plan (U-10).
 *
 * Returns: an id of version 8, from the SHA-256 of @kind, a nought byte and @data
 */
CsUuid
cs_uuid_from_name (const char *kind, gconstpointer data, gsize size)
{
  const gcry_buffer_t parts[] = { get_part (kind, strlen (kind) + 1), get_part (data, size) };

  g_assert (data != NULL || size == 0);
  return name_uuid (parts, size > 0 ? 2 : 1);
}

/**
 * cs_uuid_from_name_within:
 * @kind: what sort of thing it names
 * @within: where the name is one
 * @name: the name
 *
 * Returns: the id that cs_uuid_from_name() gives the bytes of @within followed by @name
 */
CsUuid
cs_uuid_from_name_within (const char *kind, const CsUuid *within, const char *name)
{
  const gcry_buffer_t parts[]
      = { get_part (kind, strlen (kind) + 1), get_part (within->bytes, sizeof within->bytes),
          get_part (name, strlen (name)) };

  return name_uuid (parts, *name != '\0' ? 3 : 2);
}
