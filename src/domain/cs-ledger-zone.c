/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-ledger-zone.h"

/* Xero's words are Windows' names without blanks (xero-accounting.md 6.1). */
static const struct
{
  const char *word;
  const char *name;
} WORDS[] = {
  { "NEWZEALANDSTANDARDTIME", "Pacific/Auckland" },
  { "AUSEASTERNSTANDARDTIME", "Australia/Sydney" },
  { "EAUSTRALIASTANDARDTIME", "Australia/Brisbane" },
  { "TASMANIASTANDARDTIME", "Australia/Hobart" },
  { "CENAUSTRALIASTANDARDTIME", "Australia/Adelaide" },
  { "AUSCENTRALSTANDARDTIME", "Australia/Darwin" },
  { "WAUSTRALIASTANDARDTIME", "Australia/Perth" },
  { "GMTSTANDARDTIME", "Europe/London" },
  { "SOUTHAFRICASTANDARDTIME", "Africa/Johannesburg" },
  { "SINGAPORESTANDARDTIME", "Asia/Singapore" },
  { "CHINASTANDARDTIME", "Asia/Hong_Kong" },
  { "NEWFOUNDLANDSTANDARDTIME", "America/St_Johns" },
  { "ATLANTICSTANDARDTIME", "America/Halifax" },
  { "EASTERNSTANDARDTIME", "America/Toronto" },
  { "CENTRALSTANDARDTIME", "America/Winnipeg" },
  { "CANADACENTRALSTANDARDTIME", "America/Regina" },
  { "MOUNTAINSTANDARDTIME", "America/Edmonton" },
  { "PACIFICSTANDARDTIME", "America/Vancouver" },
  { "UTC", "UTC" },
};

static const char *const NAMES[] = {
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Australia/Sydney",
  "Australia/Melbourne",
  "Australia/Brisbane",
  "Australia/Hobart",
  "Australia/Adelaide",
  "Australia/Darwin",
  "Australia/Perth",
  "Australia/Lord_Howe",
  "Europe/London",
  "Europe/Dublin",
  "Africa/Johannesburg",
  "Asia/Singapore",
  "Asia/Hong_Kong",
  "America/St_Johns",
  "America/Halifax",
  "America/Toronto",
  "America/Winnipeg",
  "America/Regina",
  "America/Edmonton",
  "America/Vancouver",
  "America/Whitehorse",
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Los_Angeles",
  "UTC",
  NULL,
};

#define HOUR_S G_GINT64_CONSTANT (3600)
#define YEAR_S (366 * 24 * HOUR_S)

/** cs_ledger_zone_to_iana: Returns: (transfer none) (nullable): the zone that @word, Xero's, means */
const char *
cs_ledger_zone_to_iana (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_strcmp0 (WORDS[i].word, word) == 0)
      return WORDS[i].name;
  return NULL;
}

/** cs_zone_list_names: Returns: (transfer none): zones that a practice may be in, %NULL at the end */
const char *const *
cs_zone_list_names (void)
{
  return NAMES;
}

static gint32
get_offset (GTimeZone *zone, gint64 instant_s)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant_s));
}

/**
 * cs_zone_same_days:
 * @a: an IANA name
 * @b: another
 * @now_ms: when the year begins that is looked at
 *
 * Summer time may begin in one and not in the other, so that a look at one moment is not enough.
 *
 * Returns: whether the calendar says the same day in both at each moment; %TRUE where one isn't known
 */
gboolean
cs_zone_same_days (const char *a, const char *b, gint64 now_ms)
{
  g_autoptr (GTimeZone) first = g_time_zone_new_identifier (a);
  g_autoptr (GTimeZone) second = g_time_zone_new_identifier (b);

  if (first == NULL || second == NULL)
    return TRUE;
  for (gint64 at = now_ms / 1000; at < now_ms / 1000 + YEAR_S; at += 24 * HOUR_S)
    if (get_offset (first, at) != get_offset (second, at))
      return FALSE;
  return TRUE;
}
