/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-error-words.h"

#include "cs-format.h"
#include "cs-store.h"

#include <glib/gi18n-lib.h>

/** cs_error_words: Returns: (transfer full): what @error says to a person */
char *
cs_error_words (const GError *error)
{
  CsDate date;
  CsMoney before, after;
  g_autofree char *day = NULL;
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (!cs_store_error_get_changed (error, &date, &before, &after))
    return g_strdup (error->message);
  day = cs_format_date (date);
  was = cs_format_money_with_currency (before);
  is = cs_format_money_with_currency (after);
  /* Translators: a date and two amounts. */
  return g_strdup_printf (_ ("The invoice of %1$s came to %2$s when you decided, and comes to %3$s by now. "
                             "Nothing was done: look at it, and decide again."),
                          day, was, is);
}
