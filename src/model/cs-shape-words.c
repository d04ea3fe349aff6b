/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-shape-words.h"

#include "cs-format.h"

#include <glib/gi18n-lib.h>

/** cs_shape_words_terms: Returns: (transfer full): when an invoice falls due */
char *
cs_shape_words_terms (CsTerms terms)
{
  switch (terms.kind)
    {
    case CS_TERMS_OF_NEXT_MONTH:
      /* Translators: %d is a day of the month. */
      return g_strdup_printf (_ ("On day %d of the next month"), terms.number);
    case CS_TERMS_AFTER_MONTH_END:
      return g_strdup_printf (ngettext ("%'d day after the end of the month",
                                        "%'d days after the end of the month", (gulong)terms.number),
                              terms.number);
    case CS_TERMS_AFTER_INVOICE:
    case CS_TERMS_INHERITED:
    default:
      return g_strdup_printf (ngettext ("%'d day after the invoice date", "%'d days after the invoice date",
                                        (gulong)terms.number),
                              terms.number);
    }
}

/** cs_shape_words_level: Returns: (transfer none): where a value comes from */
const char *
cs_shape_words_level (CsShapeLevel level)
{
  switch (level)
    {
    case CS_SHAPE_OF_PRACTICE:
      return _ ("from the practice");
    case CS_SHAPE_OF_CLIENT:
      return _ ("from the client");
    case CS_SHAPE_OF_PROPOSAL:
      return _ ("from this proposal");
    case CS_SHAPE_OF_LINE:
      return _ ("from the service");
    case CS_SHAPE_OF_NOBODY:
    case CS_SHAPE_N_LEVELS:
    default:
      return "";
    }
}

/** cs_shape_words_theme: Returns: (transfer full): the theme's name; its id while that is not known */
char *
cs_shape_words_theme (const char *theme_id, const CsShapeWorld *world)
{
  for (guint i = 0; world != NULL && world->themes != NULL && i < world->themes->len; i++)
    {
      const CsLedgerBrandingTheme *theme = world->themes->pdata[i];

      if (g_ascii_strcasecmp (theme->remote_id, theme_id) == 0)
        return g_strdup (theme->name);
    }
  return g_strdup (theme_id);
}

static const char *
find_option_name (const CsShapeTracking *tracking, const CsShapeWorld *world)
{
  for (guint i = 0; world != NULL && world->tracking != NULL && i < world->tracking->len; i++)
    {
      const CsLedgerTrackingCategory *category = world->tracking->pdata[i];

      for (guint j = 0; j < category->options->len; j++)
        {
          const CsLedgerTrackingOption *option = category->options->pdata[j];

          if (g_ascii_strcasecmp (option->remote_id, tracking->option_id) == 0)
            return option->name;
        }
    }
  return tracking->option_id;
}

/** cs_shape_words_tracking: Returns: (transfer full): the options' names */
char *
cs_shape_words_tracking (const char *tracking, const CsShapeWorld *world)
{
  g_autoptr (GArray) list = cs_shape_tracking_parse (tracking);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < list->len; i++)
    {
      const CsShapeTracking *one = &g_array_index (list, CsShapeTracking, i);

      if (*one->option_id != '\0')
        g_ptr_array_add (names, (char *)find_option_name (one, world));
    }
  g_ptr_array_add (names, NULL);
  /* Translators: between the names of a list. */
  return g_strjoinv (_ (", "), (char **)names->pdata);
}

/* As a person writes it. */
static char *
format_day (const char *parameter)
{
  CsDate date = CS_DATE_NONE;

  return cs_date_parse (parameter, &date, NULL) ? cs_format_date (date) : g_strdup (parameter);
}

/**
 * cs_shape_words_violation:
 * @outcome: why an invoice may not be sent as it is
 * @parameter: what is kept beside it
 *
 * Returns: (transfer full): what is wrong, and what to do
 */
char *
cs_shape_words_violation (CsOutcome outcome, const char *parameter)
{
  g_autofree char *day = format_day (parameter);

  switch ((int)outcome)
    {
    case CS_OUTCOME_ACCOUNT_UNUSABLE:
      if (*parameter == '\0')
        return g_strdup (_ ("No account is chosen. Choose one for the client or for the practice."));
      /* Translators: %s is an account's code. */
      return g_strdup_printf (
          _ ("Account %s is not an active sales account in Xero. Restore it there, or choose "
             "another."),
          parameter);
    case CS_OUTCOME_TAX_UNUSABLE:
      /* Translators: %s is a tax type such as OUTPUT2. */
      return g_strdup_printf (_ ("Tax rate %s is not in use for sales in Xero. Restore it there."),
                              parameter);
    case CS_OUTCOME_THEME_GONE:
      return g_strdup (_ ("The branding theme is no longer in Xero. Choose another for the client or for the "
                          "practice."));
    case CS_OUTCOME_TRACKING_GONE:
      return g_strdup (
          _ ("A tracking option is no longer in use in Xero. Restore it there, or choose another "
             "for the client or for the practice."));
    case CS_OUTCOME_LOCKED_PERIOD:
      /* Translators: %s is a date. */
      return g_strdup_printf (
          _ ("Xero is locked up to %s. Move the lock date there, or cancel this invoice."), day);
    case CS_OUTCOME_LOCKED_HERE:
      /* Translators: %s is a date. */
      return g_strdup_printf (
          _ ("The practice is locked up to %s. Move the lock date in the preferences, or cancel "
             "this invoice."),
          day);
    default:
      return g_strdup (day);
    }
}

/** cs_shape_words_split: Returns: (transfer full): why it is an invoice of its own [U-27] */
char *
cs_shape_words_split (CsPlanSplit split)
{
  if ((split & CS_PLAN_SPLIT_ALONE) != 0)
    return g_strdup (_ ("separate: its service is billed alone"));
  if ((split & CS_PLAN_SPLIT_TERMS) != 0)
    return g_strdup (_ ("separate: it falls due on another day"));
  if ((split & CS_PLAN_SPLIT_STATUS) != 0)
    return g_strdup (_ ("separate: one is a draft, one is not"));
  if ((split & CS_PLAN_SPLIT_THEME) != 0)
    return g_strdup (_ ("separate: it has another branding theme"));
  if ((split & CS_PLAN_SPLIT_SERIES) != 0)
    return g_strdup (_ ("separate: it has another number series"));
  if ((split & CS_PLAN_SPLIT_EARLIER) != 0)
    return g_strdup (_ ("separate: the rest of the day was billed before"));
  return g_strdup ("");
}

static void
add_fact (GString *facts, const char *fact)
{
  if (*fact != '\0')
    g_string_append_printf (facts, "%s%s", facts->len > 0 ? " · " : "", fact);
}

/* "Standard, from the client" */
static void
add_sourced (GString *facts, const char *value, CsShapeLevel source)
{
  /* Translators: a value such as a branding theme's name, and where it comes from: "from the client". */
  g_autofree char *fact = g_strdup_printf (_ ("%1$s, %2$s"), value, cs_shape_words_level (source));

  add_fact (facts, source != CS_SHAPE_OF_NOBODY ? fact : value);
}

static char *
collect_tracking (const CsPlannedInvoice *invoice, const CsShapeWorld *world)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const CsPlannedLine *line = invoice->lines->pdata[i];
      g_autofree char *names = cs_shape_words_tracking (line->tracking, world);

      if (*names != '\0' && !g_ptr_array_find_with_equal_func (all, names, g_str_equal, NULL))
        g_ptr_array_add (all, g_steal_pointer (&names));
    }
  g_ptr_array_add (all, NULL);
  return g_strjoinv (_ (", "), (char **)all->pdata);
}

/** cs_shape_words_invoice: Returns: (transfer full): terms, theme, tracking, and why it is separate */
char *
cs_shape_words_invoice (const CsPlannedInvoice *invoice, const CsShapeWorld *world)
{
  g_autoptr (GString) facts = g_string_new (NULL);
  g_autofree char *tracking = collect_tracking (invoice, world);
  g_autofree char *split = cs_shape_words_split (invoice->split);

  if (invoice->sources[CS_SHAPE_TERMS] != CS_SHAPE_OF_NOBODY)
    add_sourced (facts, _ ("Due date"), invoice->sources[CS_SHAPE_TERMS]);
  if (*invoice->theme_id != '\0')
    {
      g_autofree char *name = cs_shape_words_theme (invoice->theme_id, world);

      add_sourced (facts, name, invoice->sources[CS_SHAPE_THEME]);
    }
  if (*tracking != '\0')
    add_sourced (facts, tracking, invoice->sources[CS_SHAPE_TRACKING]);
  add_fact (facts, split);
  return g_string_free_and_steal (g_steal_pointer (&facts));
}
