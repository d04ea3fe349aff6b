/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-paper.h"

#include <string.h>

static const CsPaper a4 = { 595.276, 841.89, 40 };
static const CsPaper letter = { 612, 792, 40 };

/* The countries whose paper is Letter, as the Unicode CLDR's paperSize has them. */
static const char *const letter_countries[]
    = { "BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE" };

/**
 * cs_paper_for_locale:
 * @locale: (nullable): a locale's name, of its LC_PAPER: "en_NZ.UTF-8"
 *
 * Returns: Letter where that is the country's paper, else A4
 */
CsPaper
cs_paper_for_locale (const char *locale)
{
  const char *country = locale != NULL ? strchr (locale, '_') : NULL;

  if (country == NULL)
    return a4;
  for (guint i = 0; i < G_N_ELEMENTS (letter_countries); i++)
    if (strncmp (country + 1, letter_countries[i], 2) == 0 && !g_ascii_isalpha (country[3]))
      return letter;
  return a4;
}
