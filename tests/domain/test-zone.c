/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-ledger-zone.h"

#define NOVEMBER_MS G_GINT64_CONSTANT (1795338000000)

/* Each name that we offer or map to is one that the system knows. */
static void
test_names_are_known (void)
{
  const char *words[] = { "NEWZEALANDSTANDARDTIME",  "AUSEASTERNSTANDARDTIME", "GMTSTANDARDTIME",
                          "SOUTHAFRICASTANDARDTIME", "SINGAPORESTANDARDTIME",  "EASTERNSTANDARDTIME" };

  for (const char *const *name = cs_zone_list_names (); *name != NULL; name++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (*name);

      g_assert_nonnull (zone);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *name = cs_ledger_zone_to_iana (words[i]);

      g_assert_nonnull (name);
      g_assert_true (g_strv_contains (cs_zone_list_names (), name));
    }
  g_assert_null (cs_ledger_zone_to_iana ("ATLANTISSTANDARDTIME"));
  g_assert_null (cs_ledger_zone_to_iana (""));
}

/* design.md section 3: whose day counts is a question only where the days differ, at any time of the year. */
static void
test_same_days (void)
{
  g_assert_true (cs_zone_same_days ("Australia/Sydney", "Australia/Melbourne", NOVEMBER_MS));
  g_assert_true (cs_zone_same_days ("Pacific/Auckland", "Pacific/Auckland", NOVEMBER_MS));
  g_assert_false (cs_zone_same_days ("Pacific/Auckland", "Australia/Sydney", NOVEMBER_MS));
  /* The same hour in June, another in November. */
  g_assert_false (cs_zone_same_days ("Australia/Brisbane", "Australia/Sydney", NOVEMBER_MS));
  g_assert_true (cs_zone_same_days ("Pacific/Auckland", "Nowhere/Atlantis", NOVEMBER_MS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/zone/names-are-known", test_names_are_known);
  g_test_add_func ("/domain/zone/same-days", test_same_days);
  return g_test_run ();
}
