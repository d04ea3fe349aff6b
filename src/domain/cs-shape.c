/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-shape.h"

#include "cs-decimal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_MAX 31

static const char *const field_words[] = {
  [CS_SHAPE_TERMS] = "terms", [CS_SHAPE_STATUS] = "status",     [CS_SHAPE_GROUPING] = "grouping",
  [CS_SHAPE_THEME] = "theme", [CS_SHAPE_SERIES] = "series",     [CS_SHAPE_ACCOUNT] = "account",
  [CS_SHAPE_TAX] = "tax",     [CS_SHAPE_TRACKING] = "tracking",
};

/**
 * cs_shape_new:
 *
 * Returns: (transfer full): a shape that inherits everything
 */
CsShape *
cs_shape_new (void)
{
  return g_new0 (CsShape, 1);
}

/**
 * cs_shape_copy:
 * @shape: (nullable): a shape
 *
 * Returns: (transfer full) (nullable): the same, sharing nothing with @shape
 */
CsShape *
cs_shape_copy (const CsShape *shape)
{
  CsShape *copy;

  if (shape == NULL)
    return NULL;
  copy = cs_shape_new ();
  for (gsize i = 0; i < CS_SHAPE_N_FIELDS; i++)
    copy->values[i] = g_strdup (shape->values[i]);
  return copy;
}

/**
 * cs_shape_free:
 * @shape: (transfer full) (nullable): a shape
 */
void
cs_shape_free (CsShape *shape)
{
  for (gsize i = 0; shape != NULL && i < CS_SHAPE_N_FIELDS; i++)
    g_free (shape->values[i]);
  g_free (shape);
}

/**
 * cs_shape_is_empty:
 * @shape: (nullable): a shape
 *
 * Returns: whether everything is inherited
 */
gboolean
cs_shape_is_empty (const CsShape *shape)
{
  for (gsize i = 0; shape != NULL && i < CS_SHAPE_N_FIELDS; i++)
    if (shape->values[i] != NULL)
      return FALSE;
  return TRUE;
}

/**
 * cs_shape_equal:
 * @a: (nullable): a shape; %NULL is as one that inherits everything
 * @b: (nullable): another
 *
 * Returns: whether both say the same
 */
gboolean
cs_shape_equal (const CsShape *a, const CsShape *b)
{
  for (gsize i = 0; i < CS_SHAPE_N_FIELDS; i++)
    if (g_strcmp0 (a != NULL ? a->values[i] : NULL, b != NULL ? b->values[i] : NULL) != 0)
      return FALSE;
  return TRUE;
}

/**
 * cs_shape_field_to_string:
 * @field: a field
 *
 * Returns: the word that the store keeps for it; never translated
 */
const char *
cs_shape_field_to_string (CsShapeField field)
{
  g_assert ((gsize)field < G_N_ELEMENTS (field_words));
  return field_words[field];
}

static gboolean
is_one_of (const char *value, const char *one, const char *other)
{
  return value == NULL || g_str_equal (value, one) || g_str_equal (value, other);
}

static gboolean
refuse (GError **error, const char *words)
{
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID, words);
  return FALSE;
}

/**
 * cs_shape_validate:
 * @shape: a shape
 * @error: return location
 *
 * What can be told without the ledger; whether its accounts, themes and categories are there is
 * cs_shape_check()'s.
 *
 * Returns: whether it could be kept; else %CS_DOMAIN_ERROR_INVALID, whose message says what to change
 */
gboolean
cs_shape_validate (const CsShape *shape, GError **error)
{
  g_autoptr (GArray) tracking = NULL;
  CsTerms terms;

  g_return_val_if_fail (shape != NULL, FALSE);

  if (!cs_terms_parse (shape->values[CS_SHAPE_TERMS], &terms, error))
    return FALSE;
  if (terms.number > CS_TERMS_DAYS_MAX)
    return refuse (error, _ ("Payment terms are up to 3650 days, or a day of the month from 1 to 31."));
  if (!is_one_of (shape->values[CS_SHAPE_STATUS], CS_SHAPE_DRAFT, CS_SHAPE_AUTHORISED))
    return refuse (error, _ ("An invoice arrives as a draft or authorised."));
  if (!is_one_of (shape->values[CS_SHAPE_GROUPING], CS_SHAPE_TOGETHER, CS_SHAPE_ALONE))
    return refuse (error, _ ("Services of one day are billed together or each alone."));
  tracking = cs_shape_tracking_parse (shape->values[CS_SHAPE_TRACKING]);
  if (tracking->len > CS_SHAPE_TRACKING_MAX)
    return refuse (error, _ ("A line takes an option of two tracking categories at most."));
  return TRUE;
}

/* Terms */

static const struct
{
  CsTermsKind kind;
  const char *prefix;
  int least;
  int most;
} terms_words[] = {
  { CS_TERMS_AFTER_INVOICE, "invoice+", 0, G_MAXINT },
  { CS_TERMS_OF_NEXT_MONTH, "next-month@", 1, DAY_MAX },
  { CS_TERMS_AFTER_MONTH_END, "month-end+", 0, G_MAXINT },
};

/**
 * cs_terms_to_string:
 * @terms: terms
 *
 * Returns: (transfer full) (nullable): the text that the store keeps: "invoice+20", "next-month@20",
 *   "month-end+7"; %NULL for what is inherited
 */
char *
cs_terms_to_string (CsTerms terms)
{
  for (gsize i = 0; i < G_N_ELEMENTS (terms_words); i++)
    if (terms_words[i].kind == terms.kind)
      return g_strdup_printf ("%s%d", terms_words[i].prefix, terms.number);
  return NULL;
}

/**
 * cs_terms_parse:
 * @text: (nullable): a text of cs_terms_to_string(); %NULL is inherited
 * @terms: (out): what it means; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_INVALID
 */
gboolean
cs_terms_parse (const char *text, CsTerms *terms, GError **error)
{
  if (text == NULL)
    {
      *terms = (CsTerms){ CS_TERMS_INHERITED, 0 };
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (terms_words); i++)
    {
      guint64 number = 0;

      if (g_str_has_prefix (text, terms_words[i].prefix)
          && g_ascii_string_to_unsigned (text + strlen (terms_words[i].prefix), 10,
                                         (guint64)terms_words[i].least, (guint64)terms_words[i].most, &number,
                                         NULL))
        {
          *terms = (CsTerms){ terms_words[i].kind, (int)number };
          return TRUE;
        }
    }
  return refuse (error, _ ("Payment terms are up to 3650 days, or a day of the month from 1 to 31."));
}

/**
 * cs_terms_get_due:
 * @terms: terms, not inherited
 * @date: an invoice's date
 *
 * Returns: when it falls due; %CS_DATE_NONE when that is too far away
 */
CsDate
cs_terms_get_due (CsTerms terms, CsDate date)
{
  switch (terms.kind)
    {
    case CS_TERMS_OF_NEXT_MONTH:
      return cs_date_add_months (date, 1, terms.number);
    case CS_TERMS_AFTER_MONTH_END:
      return cs_date_add_days (cs_date_add_months (date, 0, DAY_MAX), terms.number);
    case CS_TERMS_AFTER_INVOICE:
    case CS_TERMS_INHERITED:
    default:
      return cs_date_add_days (date, terms.number);
    }
}

/* Tracking */

static void
tracking_clear (gpointer data)
{
  CsShapeTracking *tracking = data;

  g_free (tracking->category_id);
  g_free (tracking->option_id);
}

/**
 * cs_shape_tracking_parse:
 * @text: (nullable): "category=option;…"
 *
 * Returns: (transfer full) (element-type CsShapeTracking): what it says, in its order
 */
GArray *
cs_shape_tracking_parse (const char *text)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (CsShapeTracking));
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ";", -1);

  g_array_set_clear_func (list, tracking_clear);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      const char *sign = strchr (parts[i], '=');
      CsShapeTracking tracking;

      if (sign == NULL || sign == parts[i])
        continue;
      tracking = (CsShapeTracking){ g_strndup (parts[i], (gsize)(sign - parts[i])), g_strdup (sign + 1) };
      g_array_append_val (list, tracking);
    }
  return list;
}

static char *
write_tracking (const GArray *list, gboolean with_none)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const CsShapeTracking *tracking = &g_array_index (list, CsShapeTracking, i);

      if (*tracking->option_id != '\0' || with_none)
        g_string_append_printf (text, "%s%s=%s", text->len > 0 ? ";" : "", tracking->category_id,
                                tracking->option_id);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static gboolean
find_category (const GArray *list, const char *category_id, guint *index)
{
  for (*index = 0; *index < list->len; (*index)++)
    if (g_ascii_strcasecmp (g_array_index (list, CsShapeTracking, *index).category_id, category_id) == 0)
      return TRUE;
  return FALSE;
}

static void
put_option (GArray *list, const char *category_id, const char *option_id)
{
  guint index = 0;

  if (find_category (list, category_id, &index))
    g_set_str (&g_array_index (list, CsShapeTracking, index).option_id, option_id);
  else
    {
      CsShapeTracking tracking = { g_strdup (category_id), g_strdup (option_id) };

      g_array_append_val (list, tracking);
    }
}

/**
 * cs_shape_tracking_set:
 * @text: (nullable): what is said so far
 * @category_id: a category
 * @option_id: (nullable): its option; "": none of this category; %NULL: nothing is said about it
 *
 * Returns: (transfer full) (nullable): the same with that; %NULL when nothing is said any more
 */
char *
cs_shape_tracking_set (const char *text, const char *category_id, const char *option_id)
{
  g_autoptr (GArray) list = cs_shape_tracking_parse (text);
  guint index = 0;

  if (option_id != NULL)
    put_option (list, category_id, option_id);
  else if (find_category (list, category_id, &index))
    g_array_remove_index (list, index);
  return list->len > 0 ? write_tracking (list, TRUE) : NULL;
}

/**
 * cs_shape_tracking_get:
 * @text: (nullable): what is said
 * @category_id: a category
 *
 * Returns: (transfer full) (nullable): its option, "" for none of it; %NULL when nothing is said about it
 */
char *
cs_shape_tracking_get (const char *text, const char *category_id)
{
  g_autoptr (GArray) list = cs_shape_tracking_parse (text);
  guint index = 0;

  return find_category (list, category_id, &index)
             ? g_strdup (g_array_index (list, CsShapeTracking, index).option_id)
             : NULL;
}

/* Resolving */

/**
 * cs_resolved_shape_free:
 * @shape: (transfer full) (nullable): what was resolved
 */
void
cs_resolved_shape_free (CsResolvedShape *shape)
{
  if (shape == NULL)
    return;
  g_free (shape->theme_id);
  g_free (shape->series);
  g_free (shape->account_code);
  g_free (shape->tax_type);
  g_free (shape->tracking);
  g_free (shape);
}

static const char *
find_value (const CsShape *const *levels, CsShapeField field, CsShapeLevel *source)
{
  for (int level = CS_SHAPE_N_LEVELS - 1; level > CS_SHAPE_OF_NOBODY; level--)
    if (levels[level] != NULL && levels[level]->values[field] != NULL)
      {
        *source = (CsShapeLevel)level;
        return levels[level]->values[field];
      }
  *source = CS_SHAPE_OF_NOBODY;
  return "";
}

/* By category: a client's region goes with the practice's department. */
static char *
merge_tracking (const CsShape *const *levels, CsShapeLevel *source)
{
  g_autoptr (GArray) merged = cs_shape_tracking_parse (NULL);

  *source = CS_SHAPE_OF_NOBODY;
  for (int level = CS_SHAPE_OF_PRACTICE; level < CS_SHAPE_N_LEVELS; level++)
    {
      g_autoptr (GArray) said
          = cs_shape_tracking_parse (levels[level] != NULL ? levels[level]->values[CS_SHAPE_TRACKING] : NULL);

      for (guint i = 0; i < said->len; i++)
        {
          const CsShapeTracking *tracking = &g_array_index (said, CsShapeTracking, i);

          put_option (merged, tracking->category_id, tracking->option_id);
          *source = (CsShapeLevel)level;
        }
    }
  return write_tracking (merged, FALSE);
}

/**
 * cs_shape_resolve:
 * @practice: (nullable): what the practice says
 * @client: (nullable): what the client has of its own
 * @proposal: (nullable): what this proposal has of its own
 * @line: (nullable): what the service has of its own
 *
 * The nearest level that says something counts, field by field, and for tracking category by category. What
 * nobody said: due at once, a draft, together, the organisation's theme.
 *
 * Returns: (transfer full): what counts, and whose word it is
 */
CsResolvedShape *
cs_shape_resolve (const CsShape *practice,
                  const CsShape *client,
                  const CsShape *proposal,
                  const CsShape *line)
{
  const CsShape *const levels[CS_SHAPE_N_LEVELS] = { NULL, practice, client, proposal, line };
  CsResolvedShape *shape = g_new0 (CsResolvedShape, 1);
  CsShapeLevel *sources = shape->sources;
  const char *terms = find_value (levels, CS_SHAPE_TERMS, &sources[CS_SHAPE_TERMS]);

  if (*terms == '\0' || !cs_terms_parse (terms, &shape->terms, NULL))
    shape->terms = (CsTerms){ CS_TERMS_AFTER_INVOICE, 0 };
  shape->authorise
      = g_str_equal (find_value (levels, CS_SHAPE_STATUS, &sources[CS_SHAPE_STATUS]), CS_SHAPE_AUTHORISED);
  shape->is_alone
      = g_str_equal (find_value (levels, CS_SHAPE_GROUPING, &sources[CS_SHAPE_GROUPING]), CS_SHAPE_ALONE);
  shape->theme_id = g_strdup (find_value (levels, CS_SHAPE_THEME, &sources[CS_SHAPE_THEME]));
  shape->series = g_strdup (find_value (levels, CS_SHAPE_SERIES, &sources[CS_SHAPE_SERIES]));
  shape->account_code = g_strdup (find_value (levels, CS_SHAPE_ACCOUNT, &sources[CS_SHAPE_ACCOUNT]));
  shape->tax_type = g_strdup (find_value (levels, CS_SHAPE_TAX, &sources[CS_SHAPE_TAX]));
  shape->tracking = merge_tracking (levels, &sources[CS_SHAPE_TRACKING]);
  return shape;
}
