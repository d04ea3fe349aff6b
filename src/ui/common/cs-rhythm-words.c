/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-rhythm-words.h"

#include <glib/gi18n-lib.h>

/** cs_rhythm_words_name: Returns: (transfer full): how often */
char *
cs_rhythm_words_name (CsBillingRhythm rhythm)
{
  guint n = rhythm.every;

  switch (rhythm.unit)
    {
    case CS_BILLING_UNIT_DAYS:
      return n == 1 ? g_strdup (_ ("Daily"))
                    : g_strdup_printf (ngettext ("Every %'u day", "Every %'u days", n), n);
    case CS_BILLING_UNIT_WEEKS:
      return n == 1 ? g_strdup (_ ("Weekly"))
                    : g_strdup_printf (ngettext ("Every %'u week", "Every %'u weeks", n), n);
    case CS_BILLING_UNIT_MONTHS:
      return n == 1 ? g_strdup (_ ("Monthly"))
                    : g_strdup_printf (ngettext ("Every %'u month", "Every %'u months", n), n);
    case CS_BILLING_UNIT_YEARS:
      return n == 1 ? g_strdup (_ ("Yearly"))
                    : g_strdup_printf (ngettext ("Every %'u year", "Every %'u years", n), n);
    case CS_BILLING_UNIT_ONCE:
    default:
      return g_strdup (_ ("Upfront"));
    }
}

/** cs_rhythm_words_amount: Returns: (transfer full): @amount, and how often */
char *
cs_rhythm_words_amount (CsBillingRhythm rhythm, const char *amount)
{
  guint n = rhythm.every;

  switch (rhythm.unit)
    {
    case CS_BILLING_UNIT_DAYS:
      if (n == 1)
        /* Translators: %s is an amount, which is billed that often. */
        return g_strdup_printf (_ ("%s a day"), amount);
      /* Translators: an amount, and how often it is billed. */
      return g_strdup_printf (ngettext ("%1$s every %2$'u day", "%1$s every %2$'u days", n), amount, n);
    case CS_BILLING_UNIT_WEEKS:
      if (n == 1)
        /* Translators: %s is an amount, which is billed that often. */
        return g_strdup_printf (_ ("%s a week"), amount);
      /* Translators: an amount, and how often it is billed. */
      return g_strdup_printf (ngettext ("%1$s every %2$'u week", "%1$s every %2$'u weeks", n), amount, n);
    case CS_BILLING_UNIT_MONTHS:
      if (n == 1)
        /* Translators: %s is an amount, which is billed that often. */
        return g_strdup_printf (_ ("%s a month"), amount);
      /* Translators: an amount, and how often it is billed. */
      return g_strdup_printf (ngettext ("%1$s every %2$'u month", "%1$s every %2$'u months", n), amount, n);
    case CS_BILLING_UNIT_YEARS:
      if (n == 1)
        /* Translators: %s is an amount, which is billed that often. */
        return g_strdup_printf (_ ("%s a year"), amount);
      /* Translators: an amount, and how often it is billed. */
      return g_strdup_printf (ngettext ("%1$s every %2$'u year", "%1$s every %2$'u years", n), amount, n);
    case CS_BILLING_UNIT_ONCE:
    default:
      return g_strdup (amount);
    }
}

/** cs_rhythm_words_from: Returns: (transfer full): how often, and from when */
char *
cs_rhythm_words_from (CsBillingRhythm rhythm, const char *date)
{
  guint n = rhythm.every;

  switch (rhythm.unit)
    {
    case CS_BILLING_UNIT_DAYS:
      if (n == 1)
        /* Translators: %s is a date. */
        return g_strdup_printf (_ ("Daily from %s"), date);
      /* Translators: how often something is billed, and a date. */
      return g_strdup_printf (ngettext ("Every %1$'u day from %2$s", "Every %1$'u days from %2$s", n), n,
                              date);
    case CS_BILLING_UNIT_WEEKS:
      if (n == 1)
        /* Translators: %s is a date. */
        return g_strdup_printf (_ ("Weekly from %s"), date);
      /* Translators: how often something is billed, and a date. */
      return g_strdup_printf (ngettext ("Every %1$'u week from %2$s", "Every %1$'u weeks from %2$s", n), n,
                              date);
    case CS_BILLING_UNIT_MONTHS:
      if (n == 1)
        /* Translators: %s is a date. */
        return g_strdup_printf (_ ("Monthly from %s"), date);
      /* Translators: how often something is billed, and a date. */
      return g_strdup_printf (ngettext ("Every %1$'u month from %2$s", "Every %1$'u months from %2$s", n), n,
                              date);
    case CS_BILLING_UNIT_YEARS:
      if (n == 1)
        /* Translators: %s is a date. */
        return g_strdup_printf (_ ("Yearly from %s"), date);
      /* Translators: how often something is billed, and a date. */
      return g_strdup_printf (ngettext ("Every %1$'u year from %2$s", "Every %1$'u years from %2$s", n), n,
                              date);
    case CS_BILLING_UNIT_ONCE:
    default:
      /* Translators: %s is a date. */
      return g_strdup_printf (_ ("From %s"), date);
    }
}
