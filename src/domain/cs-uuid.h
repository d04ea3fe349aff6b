/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 16 bytes, as stored. All zero means "none". */
typedef struct
{
  guint8 bytes[16];
} CsUuid;

#define CS_UUID_NONE ((CsUuid){ { 0 } })
#define CS_UUID_STRING_LENGTH 36

gboolean cs_uuid_parse (const char *text, CsUuid *uuid, GError **error);
char *cs_uuid_to_string (const CsUuid *uuid); /* lower case */
gboolean cs_uuid_equal (const CsUuid *a, const CsUuid *b);
gboolean cs_uuid_is_none (const CsUuid *uuid);
guint cs_uuid_hash (gconstpointer uuid);
gboolean cs_uuid_equal_func (gconstpointer a, gconstpointer b);
CsUuid cs_uuid_from_random (const guint8 random_bytes[16]); /* sets version 4 and variant */
CsUuid cs_uuid_from_name (const char *kind,
                          gconstpointer data,
                          gsize size); /* SHA-256 based, version 8: the same name, the same id */
CsUuid cs_uuid_from_name_within (const char *kind, const CsUuid *within, const char *name);

G_END_DECLS
