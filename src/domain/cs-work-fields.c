/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-work-fields.h"

#include "cs-decimal.h"

#include <glib/gi18n-lib.h>

static const char *const names[CS_WORK_N_FIELDS] = {
  [CS_WORK_FIELD_NAME] = "name",
  [CS_WORK_FIELD_EMAIL] = "email",
  [CS_WORK_FIELD_PHONE] = "phone",
  [CS_WORK_FIELD_FAX] = "fax",
  [CS_WORK_FIELD_WEBSITE] = "website",
  [CS_WORK_FIELD_ADDRESS] = "address",
  [CS_WORK_FIELD_CITY] = "city",
  [CS_WORK_FIELD_REGION] = "region",
  [CS_WORK_FIELD_POST_CODE] = "post-code",
  [CS_WORK_FIELD_COUNTRY] = "country",
  [CS_WORK_FIELD_POSTAL_ADDRESS] = "postal-address",
  [CS_WORK_FIELD_POSTAL_CITY] = "postal-city",
  [CS_WORK_FIELD_POSTAL_REGION] = "postal-region",
  [CS_WORK_FIELD_POSTAL_POST_CODE] = "postal-post-code",
  [CS_WORK_FIELD_POSTAL_COUNTRY] = "postal-country",
  [CS_WORK_FIELD_FIRST_NAME] = "first-name",
  [CS_WORK_FIELD_LAST_NAME] = "last-name",
  [CS_WORK_FIELD_OTHER_NAME] = "other-name",
  [CS_WORK_FIELD_REFERRAL_SOURCE] = "referral-source",
  [CS_WORK_FIELD_EXPORT_CODE] = "export-code",
  [CS_WORK_FIELD_PARTNER] = "partner",
  [CS_WORK_FIELD_MANAGER] = "manager",
};

/** cs_work_fields_new: Returns: (transfer full): fields of a side that holds none */
CsWorkFields *
cs_work_fields_new (void)
{
  return g_new0 (CsWorkFields, 1);
}

/** cs_work_fields_copy: Returns: (transfer full): the same, sharing nothing with @fields */
CsWorkFields *
cs_work_fields_copy (const CsWorkFields *fields)
{
  CsWorkFields *copy = cs_work_fields_new ();

  g_return_val_if_fail (fields != NULL, copy);

  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    copy->values[i] = g_strdup (fields->values[i]);
  return copy;
}

/** cs_work_fields_free: frees the values. */
void
cs_work_fields_free (CsWorkFields *fields)
{
  if (fields == NULL)
    return;
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    g_free (fields->values[i]);
  g_free (fields);
}

/** cs_work_field_to_string: Returns: (transfer none): the word that the store keeps */
const char *
cs_work_field_to_string (CsWorkField field)
{
  g_return_val_if_fail ((gsize)field < CS_WORK_N_FIELDS, "");

  return names[field];
}

/** cs_work_field_parse: Returns: whether @text is such a word; else %CS_DOMAIN_ERROR_SYNTAX */
gboolean
cs_work_field_parse (const char *text, CsWorkField *field, GError **error)
{
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *field = (CsWorkField)i;
        return TRUE;
      }
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, _ ("This is no field of a client."));
  return FALSE;
}

/**
 * cs_work_value_tidy:
 * @value: (nullable): as a remote or a person wrote it
 *
 * Blanks around each line and empty lines at both ends are an accident of layout (xpm.md 1.4: addresses come
 * indented), never an edit.
 *
 * Returns: (transfer full): the lines, tidied; "" for %NULL
 */
char *
cs_work_value_tidy (const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value != NULL ? value : "", -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);
  char *text;

  for (gsize i = 0; lines[i] != NULL; i++)
    g_strstrip (lines[i]);
  text = g_strjoinv ("\n", lines);
  return g_strstrip (text);
}

/** cs_work_value_equal: Returns: whether both say the same once tidied; %NULL says "" */
gboolean
cs_work_value_equal (const char *a, const char *b)
{
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  if (g_str_equal (a != NULL ? a : "", b != NULL ? b : ""))
    return TRUE;
  x = cs_work_value_tidy (a);
  y = cs_work_value_tidy (b);
  return g_str_equal (x, y);
}
