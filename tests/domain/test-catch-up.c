/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-catch-up.h"
#include "cs-decimal.h"

static CsDate
day (int number)
{
  return cs_date_from_parts (2026, 11, number);
}

/* Dated; accepted; last look; today. */
static void
test_goes_by_itself (void)
{
  g_assert_true (cs_catch_up_goes_by_itself (day (20), day (1), day (19), day (20)));
  /* Missed by up to a week: at the next look, once. */
  g_assert_true (cs_catch_up_goes_by_itself (day (13), day (1), day (12), day (20)));
  g_assert_false (cs_catch_up_goes_by_itself (day (12), day (1), day (11), day (20)));
  g_assert_false (cs_catch_up_goes_by_itself (day (19), day (1), day (19), day (20)));
  /* Not there to be seen at the last look: since it was accepted, and not before. */
  g_assert_true (cs_catch_up_goes_by_itself (day (18), day (17), CS_DATE_NONE, day (20)));
  g_assert_false (cs_catch_up_goes_by_itself (day (16), day (17), CS_DATE_NONE, day (20)));
  g_assert_false (cs_catch_up_goes_by_itself (day (19), day (20), day (19), day (20)));
  g_assert_true (cs_catch_up_goes_by_itself (day (20), day (20), day (20), day (20)));
}

static void
test_choose_date (void)
{
  CsDate chosen = CS_DATE_NONE;
  GError *error = NULL;

  g_assert_true (
      cs_catch_up_choose_date (day (3), day (20), CS_DATE_NONE, CS_CATCH_UP_ON_ITS_DAY, &chosen, NULL));
  g_assert_cmpint (chosen.days, ==, day (3).days);
  g_assert_true (cs_catch_up_choose_date (day (3), day (20), day (3), CS_CATCH_UP_TODAY, &chosen, NULL));
  g_assert_cmpint (chosen.days, ==, day (20).days);
  g_assert_true (cs_catch_up_choose_date (day (4), day (20), day (3), CS_CATCH_UP_ON_ITS_DAY, &chosen, NULL));
  g_assert_false (
      cs_catch_up_choose_date (day (3), day (20), day (3), CS_CATCH_UP_ON_ITS_DAY, &chosen, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (cs_catch_up_choose_date (day (3), day (20), day (20), CS_CATCH_UP_TODAY, &chosen, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/catch-up/goes-by-itself-U-11", test_goes_by_itself);
  g_test_add_func ("/domain/catch-up/closed-periods-U-11", test_choose_date);
  return g_test_run ();
}
