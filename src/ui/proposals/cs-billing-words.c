/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-billing-words.h"
#include "cs-format.h"

#include <glib/gi18n-lib.h>

/* So many dates are named; the rest is counted. */
#define DATES_MAX 3u

/** cs_billing_words_verbs: Returns: how a word of @kind is asked for */
CsBillingVerbs
cs_billing_words_verbs (CsBillingChangeKind kind)
{
  switch (kind)
    {
    case CS_BILLING_PAUSE:
      return (CsBillingVerbs){
        _ ("Pause service"), _ ("_Pause"),
        _ ("Without a day on which it is billed again, it pauses until you resume it. What is on its "
           "way to Xero already is not taken back. Periods that are left "
           "out are not billed later, and no jobs are made for them.")
      };
    case CS_BILLING_STOP:
      return (
          CsBillingVerbs){ _ ("Stop service"), _ ("_Stop"),
                           _ ("What is on its way to Xero already is not taken back. The agreement itself "
                              "stays as it was accepted, and the service can be resumed.") };
    case CS_BILLING_RESUME:
    default:
      return (CsBillingVerbs){ _ ("Resume service"), _ ("_Resume"),
                               _ ("It is billed on the days that were agreed, as if it had never paused.") };
    }
}

static char *
list_dates (const GArray *periods)
{
  g_autoptr (GPtrArray) dates = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < MIN (periods->len, DATES_MAX); i++)
    g_ptr_array_add (dates, cs_format_date (g_array_index (periods, CsBillingPeriod, i).invoice_date));
  g_ptr_array_add (dates, NULL);
  /* Translators: between dates of a list. */
  return g_strjoinv (_ (", "), (char **)dates->pdata);
}

static char *
name_dates (const GArray *periods)
{
  g_autofree char *dates = list_dates (periods);
  guint n_more = periods->len - MIN (periods->len, DATES_MAX);

  if (n_more == 0)
    return g_steal_pointer (&dates);
  /* Translators: some dates, and how many more there are. */
  return g_strdup_printf (ngettext ("%1$s and %2$'u more", "%1$s and %2$'u more", n_more), dates, n_more);
}

static char *
word_nothing (const CsBillingChange *change)
{
  g_autofree char *from = cs_format_date (change->from);

  if (change->kind == CS_BILLING_RESUME)
    /* Translators: %s is a date. */
    return g_strdup_printf (_ ("No invoice of the twelve months after %s comes back"), from);
  if (!cs_date_is_set (change->until))
    /* Translators: %s is a date. */
    return g_strdup_printf (_ ("Nothing is billed from %s on"), from);
  return g_strdup (_ ("No invoice is left out"));
}

static char *
word_left_out (const GArray *periods, const CsBillingChange *change)
{
  g_autofree char *dates = NULL;

  if (!cs_date_is_set (change->until))
    {
      dates = list_dates (periods);
      /* Translators: %s is a list of dates. */
      return g_strdup_printf (_ ("It is not billed on %s, nor after that"), dates);
    }
  dates = name_dates (periods);
  /* Translators: %s is a list of dates. */
  return g_strdup_printf (ngettext ("It is not billed on %s", "It is not billed on %s", periods->len), dates);
}

/** cs_billing_words_effect: Returns: (transfer full): which invoices it changes */
char *
cs_billing_words_effect (const GArray *periods, const CsBillingChange *change, CsDate today)
{
  g_autofree char *dates = NULL;

  if (periods->len == 0)
    return word_nothing (change);
  if (change->kind != CS_BILLING_RESUME)
    return word_left_out (periods, change);
  dates = name_dates (periods);
  if (cs_date_compare (g_array_index (periods, CsBillingPeriod, 0).invoice_date, today) < 0)
    /* Translators: %s is a list of dates. */
    return g_strdup_printf (
        ngettext ("It is billed on %s again. You will be asked about the day that has passed.",
                  "It is billed on %s again. You will be asked about days that have passed.", periods->len),
        dates);
  /* Translators: %s is a list of dates. */
  return g_strdup_printf (ngettext ("It is billed on %s again", "It is billed on %s again", periods->len),
                          dates);
}

static char *
word_done_later (const CsBillingChange *change, const char *service)
{
  g_autofree char *from = cs_format_date (change->from);

  switch (change->kind)
    {
    case CS_BILLING_PAUSE:
      /* Translators: a service, a date. */
      return g_strdup_printf (_ ("“%1$s” is paused from %2$s"), service, from);
    case CS_BILLING_STOP:
      /* Translators: a service, a date. */
      return g_strdup_printf (_ ("“%1$s” is stopped from %2$s"), service, from);
    case CS_BILLING_RESUME:
    default:
      /* Translators: a service, a date. */
      return g_strdup_printf (_ ("“%1$s” is billed again from %2$s"), service, from);
    }
}

/** cs_billing_words_done: Returns: (transfer full): that it was said, for a toast */
char *
cs_billing_words_done (const CsBillingChange *change, const CsProposalLine *line, CsDate today)
{
  if (cs_date_compare (change->from, today) > 0)
    return word_done_later (change, line->description);
  switch (change->kind)
    {
    case CS_BILLING_PAUSE:
      /* Translators: %s is a service. */
      return g_strdup_printf (_ ("“%s” is paused"), line->description);
    case CS_BILLING_STOP:
      /* Translators: %s is a service. */
      return g_strdup_printf (_ ("“%s” is stopped"), line->description);
    case CS_BILLING_RESUME:
    default:
      /* Translators: %s is a service. */
      return g_strdup_printf (_ ("“%s” is billed again"), line->description);
    }
}

static char *
word_gap (const CsBillingGap *gap)
{
  const char *reason = gap->change->reason;
  gboolean is_stop = gap->change->kind == CS_BILLING_STOP;
  g_autofree char *from = cs_format_date (gap->from);
  g_autofree char *until = cs_format_date (gap->until);

  if (!cs_date_is_set (gap->until))
    /* Translators: a date, and a person's reason. */
    return g_strdup_printf (is_stop ? _ ("Stopped from %1$s: %2$s") : _ ("Paused from %1$s: %2$s"), from,
                            reason);
  /* Translators: two dates, and a person's reason. */
  return g_strdup_printf (is_stop ? _ ("Stopped from %1$s, billed again from %2$s: %3$s")
                                  : _ ("Paused from %1$s, billed again from %2$s: %3$s"),
                          from, until, reason);
}

/** cs_billing_words_state: Returns: (transfer full) (nullable): what was said of @line and counts on @today,
 * and what comes next, a line each */
char *
cs_billing_words_state (const CsProposalLine *line, CsDate today)
{
  g_autoptr (GArray) gaps = cs_billing_changes_list_gaps (line->changes);
  const CsBillingGap *now = cs_billing_gaps_find (gaps, today);
  const CsBillingGap *next = cs_billing_gaps_find_next (gaps, today);
  g_autofree char *first = now != NULL ? word_gap (now) : NULL;
  g_autofree char *second = next != NULL ? word_gap (next) : NULL;

  if (first != NULL && second != NULL)
    return g_strjoin ("\n", first, second, NULL);
  return first != NULL ? g_steal_pointer (&first) : g_steal_pointer (&second);
}
