/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-format.h"
#include "cs-words.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>

#define PARTS_MAX 3
#define YEARS_A_CENTURY 100
#define CENTURY 2000
#define DAYS_AWAY_MAX 3660

typedef struct
{
  int numbers[PARTS_MAX];
  guint n_numbers;
  int named_month; /* 0: none was named */
  gboolean is_iso; /* began with four digits */
} TypedParts;

static int
find_month (const char *word)
{
  static const nl_item names[]
      = { MON_1, MON_2, MON_3, MON_4, MON_5, MON_6, MON_7, MON_8, MON_9, MON_10, MON_11, MON_12 };
  g_autofree char *folded = cs_words_fold (word);

  if (g_utf8_strlen (folded, -1) < 3)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *native = g_locale_to_utf8 (nl_langinfo (names[i]), -1, NULL, NULL, NULL);
      g_autofree char *name = cs_words_fold (native);

      if (g_str_has_prefix (name, folded))
        return (int)i + 1;
    }
  return 0;
}

static gboolean
read_parts (const char *text, TypedParts *parts)
{
  g_auto (GStrv) words = g_strsplit_set (text, " /.-,", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gint64 number;

      if (*words[i] == '\0')
        continue;
      if (parts->named_month == 0 && (parts->named_month = find_month (words[i])) != 0)
        continue;
      if (parts->n_numbers == PARTS_MAX || strlen (words[i]) > 4
          || !g_ascii_string_to_signed (words[i], 10, 1, 9999, &number, NULL))
        return FALSE;
      parts->is_iso |= parts->n_numbers == 0 && strlen (words[i]) == 4;
      parts->numbers[parts->n_numbers++] = (int)number;
    }
  return parts->n_numbers > 0;
}

static gboolean
make_date (int year, int month, int day, CsDate *date)
{
  if (year > 0 && year < YEARS_A_CENTURY)
    year += CENTURY;
  if (month < 1 || month > 12 || day < 1 || (guint)day > cs_date_get_days_in_month (year, month))
    return FALSE;
  *date = cs_date_from_parts (year, month, day);
  return TRUE;
}

/* Of last year's, this year's and next year's the one that is least far away. */
static gboolean
make_nearest_date (int month, int day, CsDate today, CsDate *date)
{
  int year, unused_month, unused_day;
  gboolean is_found = FALSE;

  cs_date_get_parts (today, &year, &unused_month, &unused_day);
  for (int near = year - 1; near <= year + 1; near++)
    {
      CsDate candidate;

      if (!make_date (near, month, day, &candidate))
        continue;
      if (!is_found || ABS (candidate.days - today.days) < ABS (date->days - today.days))
        *date = candidate;
      is_found = TRUE;
    }
  return is_found;
}

static gboolean
combine_parts (const TypedParts *parts, CsDate today, gboolean month_first, CsDate *date)
{
  const int *numbers = parts->numbers;

  if (parts->named_month != 0)
    return parts->n_numbers == 1   ? make_nearest_date (parts->named_month, numbers[0], today, date)
           : parts->n_numbers == 2 ? make_date (numbers[1], parts->named_month, numbers[0], date)
                                   : FALSE;
  if (parts->is_iso)
    return parts->n_numbers == 3 && make_date (numbers[0], numbers[1], numbers[2], date);
  if (parts->n_numbers < 2)
    return FALSE;
  return parts->n_numbers == 3
             ? make_date (numbers[2], numbers[month_first ? 0 : 1], numbers[month_first ? 1 : 0], date)
             : make_nearest_date (numbers[month_first ? 0 : 1], numbers[month_first ? 1 : 0], today, date);
}

static gboolean
read_word (const char *text, CsDate today, CsDate *date)
{
  g_autofree char *folded = cs_words_fold (text);
  g_autofree char *today_word = cs_words_fold (_ ("today"));
  g_autofree char *tomorrow_word = cs_words_fold (_ ("tomorrow"));
  g_autofree char *yesterday_word = cs_words_fold (_ ("yesterday"));
  gint64 days;

  if (g_str_equal (folded, today_word))
    *date = today;
  else if (g_str_equal (folded, tomorrow_word))
    *date = cs_date_add_days (today, 1);
  else if (g_str_equal (folded, yesterday_word))
    *date = cs_date_add_days (today, -1);
  else if (*text == '+' && g_ascii_string_to_signed (text + 1, 10, 0, DAYS_AWAY_MAX, &days, NULL))
    *date = cs_date_add_days (today, (int)days);
  else
    return FALSE;
  return TRUE;
}

/**
 * cs_parse_typed_date_ordered:
 * @text: what a person typed
 * @today: today
 * @month_first: whether 1/12 is the twelfth of January
 * @date: (out): what was understood
 * @error: return location
 *
 * Returns: whether it is a date
 */
gboolean
cs_parse_typed_date_ordered (const char *text,
                             CsDate today,
                             gboolean month_first,
                             CsDate *date,
                             GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  TypedParts parts = { 0 };

  g_assert (date != NULL);

  if (read_word (trimmed, today, date)
      || (read_parts (trimmed, &parts) && combine_parts (&parts, today, month_first, date)))
    return TRUE;
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX,
                       _ ("Not a date. Try 14/12, 14 Dec, 2026-12-14, tomorrow or +14"));
  return FALSE;
}

/** cs_parse_typed_date: as cs_parse_typed_date_ordered(), in the order of the locale. */
gboolean
cs_parse_typed_date (const char *text, CsDate today, CsDate *date, GError **error)
{
  const char *order = nl_langinfo (D_FMT);
  const char *locale = setlocale (LC_TIME, NULL);
  /* The C locale writes dates as America does; our own words are British. */
  gboolean is_plain = locale == NULL || g_str_has_prefix (locale, "C") || g_str_equal (locale, "POSIX");

  return cs_parse_typed_date_ordered (text, today, !is_plain && g_str_has_prefix (order, "%m"), date, error);
}
