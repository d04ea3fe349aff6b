/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PREFIX_BYTES_MAX 64

/**
 * cs_settings_free:
 * @settings: (transfer full) (nullable): settings
 */
void
cs_settings_free (CsSettings *settings)
{
  if (settings == NULL)
    return;
  g_free (settings->practice_name);
  g_free (settings->time_zone);
  g_free (settings->theme_id);
  g_free (settings->tracking);
  g_free (settings->number_prefix);
  g_free (settings->default_account_code);
  g_free (settings->default_tax_type);
  g_free (settings->actor);
  g_free (settings->client_id);
  g_free (settings);
}

/**
 * cs_settings_copy:
 * @settings: settings
 *
 * Returns: (transfer full): the same, sharing nothing with @settings
 */
CsSettings *
cs_settings_copy (const CsSettings *settings)
{
  CsSettings *copy = g_memdup2 (settings, sizeof *settings);

  copy->practice_name = g_strdup (settings->practice_name);
  copy->time_zone = g_strdup (settings->time_zone);
  copy->theme_id = g_strdup (settings->theme_id);
  copy->tracking = g_strdup (settings->tracking);
  copy->number_prefix = g_strdup (settings->number_prefix);
  copy->default_account_code = g_strdup (settings->default_account_code);
  copy->default_tax_type = g_strdup (settings->default_tax_type);
  copy->actor = g_strdup (settings->actor);
  copy->client_id = g_strdup (settings->client_id);
  return copy;
}

static void
set_said (CsShape *shape, CsShapeField field, const char *value)
{
  if (value != NULL && *value != '\0')
    g_set_str (&shape->values[field], value);
}

/**
 * cs_settings_make_shape:
 * @settings: settings
 *
 * Returns: (transfer full): the practice's level of what shapes an invoice; the series is not among it, as
 *   every other series is another's
 */
CsShape *
cs_settings_make_shape (const CsSettings *settings)
{
  CsShape *shape = cs_shape_new ();

  g_return_val_if_fail (settings != NULL, shape);

  shape->values[CS_SHAPE_TERMS] = cs_terms_to_string ((CsTerms){ settings->terms_kind, settings->due_days });
  g_set_str (&shape->values[CS_SHAPE_STATUS], settings->authorise ? CS_SHAPE_AUTHORISED : CS_SHAPE_DRAFT);
  g_set_str (&shape->values[CS_SHAPE_GROUPING], settings->bill_alone ? CS_SHAPE_ALONE : CS_SHAPE_TOGETHER);
  set_said (shape, CS_SHAPE_THEME, settings->theme_id);
  set_said (shape, CS_SHAPE_ACCOUNT, settings->default_account_code);
  set_said (shape, CS_SHAPE_TAX, settings->default_tax_type);
  set_said (shape, CS_SHAPE_TRACKING, settings->tracking);
  return shape;
}

/**
 * cs_settings_equal_shape:
 * @a: settings
 * @b: others
 *
 * Where the series stands moves on by itself, so it does not count.
 *
 * Returns: whether both shape every invoice alike
 */
gboolean
cs_settings_equal_shape (const CsSettings *a, const CsSettings *b)
{
  g_autoptr (CsShape) shape_a = cs_settings_make_shape (a);
  g_autoptr (CsShape) shape_b = cs_settings_make_shape (b);

  return cs_shape_equal (shape_a, shape_b) && cs_date_compare (a->lock_date, b->lock_date) == 0
         && g_strcmp0 (a->number_prefix, b->number_prefix) == 0;
}

static void
take_shape (CsSettings *settings, const CsSettings *from)
{
  settings->terms_kind = from->terms_kind;
  settings->due_days = from->due_days;
  settings->authorise = from->authorise;
  settings->bill_alone = from->bill_alone;
  settings->lock_date = from->lock_date;
  g_set_str (&settings->theme_id, from->theme_id);
  g_set_str (&settings->tracking, from->tracking);
  g_set_str (&settings->number_prefix, from->number_prefix);
  g_set_str (&settings->default_account_code, from->default_account_code);
  g_set_str (&settings->default_tax_type, from->default_tax_type);
}

/**
 * cs_settings_restore_shape:
 * @settings: as they are now
 * @before: as they were before a save
 * @after: as that save left them
 *
 * What does not shape an invoice stays as it is now. The next number goes back only where that save moved it,
 * and none was used since.
 *
 * Returns: whether @settings are as @before now; %FALSE, and nothing is changed, where they are not as
 *   @after any more
 */
gboolean
cs_settings_restore_shape (CsSettings *settings, const CsSettings *before, const CsSettings *after)
{
  gboolean was_renumbered;

  g_return_val_if_fail (settings != NULL && before != NULL && after != NULL, FALSE);

  was_renumbered = before->number_next != after->number_next;
  if (!cs_settings_equal_shape (settings, after)
      || (was_renumbered && settings->number_next != after->number_next))
    return FALSE;
  take_shape (settings, before);
  if (was_renumbered)
    settings->number_next = before->number_next;
  return TRUE;
}

/**
 * cs_settings_format_number:
 * @settings: settings
 * @number: from 1
 *
 * Returns: (transfer full): the prefix and at least four digits: "CS-0001"
 */
char *
cs_settings_format_number (const CsSettings *settings, gint64 number)
{
  g_return_val_if_fail (settings != NULL, NULL);

  return g_strdup_printf ("%s%04" G_GINT64_FORMAT, settings->number_prefix, number);
}

/**
 * cs_settings_validate_prefix:
 * @prefix: (nullable): what invoice numbers shall begin with
 * @error: return location
 *
 * Xero takes printable ASCII as a number (xero-accounting.md section 9.2). A comma would part it in two where
 * several numbers are asked for at once.
 *
 * Returns: whether it will do; else %CS_DOMAIN_ERROR_INVALID, whose message says what to change
 */
gboolean
cs_settings_validate_prefix (const char *prefix, GError **error)
{
  gboolean is_plain = prefix != NULL && strlen (prefix) <= PREFIX_BYTES_MAX;

  for (const char *p = prefix; is_plain && *p != '\0'; p++)
    is_plain = g_ascii_isprint (*p) && *p != ',';
  if (!is_plain)
    g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID,
                         _ ("What invoice numbers begin with is at most 64 plain letters, digits and signs, "
                            "without a comma. Change it in the settings."));
  return is_plain;
}
