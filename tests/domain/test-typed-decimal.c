/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-money.h"

typedef struct
{
  const char *text;
  const char *point;
  const char *separator;
  const char *canonical;
} Accepted;

typedef struct
{
  const char *text;
  const char *point;
  const char *separator;
  CsDomainError code;
} Refused;

static void
assert_accepted (const Accepted *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      CsDecimal decimal;
      g_autoptr (GError) error = NULL;
      g_autofree char *canonical = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_true (
          cs_decimal_parse_typed (cases[i].text, cases[i].point, cases[i].separator, &decimal, &error));
      g_assert_no_error (error);
      canonical = cs_decimal_to_string (decimal, 0);
      g_assert_cmpstr (canonical, ==, cases[i].canonical);
    }
}

static void
assert_refused (const Refused *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      CsDecimal decimal = { 77 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_false (
          cs_decimal_parse_typed (cases[i].text, cases[i].point, cases[i].separator, &decimal, &error));
      g_assert_error (error, CS_DOMAIN_ERROR, (int)cases[i].code);
      g_assert_cmpint (decimal.units, ==, 77);
    }
}

static void
test_numbers (void)
{
  static const Accepted cases[] = {
    { "1,200", ".", ",", "1200" },
    { "1200.5", ".", ",", "1200.5" },
    { " 1,234,567.89 ", ".", ",", "1234567.89" },
    { "1.234.567,89", ",", ".", "1234567.89" },
    { "1,00,000", ".", ",", "100000" },
    { ".5", ".", ",", "0.5" },
    { "5.", ".", ",", "5" },
    { "007", ".", ",", "7" },
    { "-12.50", ".", ",", "-12.5" },
    { "\xe2\x88\x92"
      "12",
      ".", ",", "-12" },
    { "1 200", ",", "\xe2\x80\xaf", "1200" },
    { "1\xc2\xa0"
      "200,5",
      ",", " ", "1200.5" },
    { "1200", NULL, NULL, "1200" },
    { "0", "", "", "0" },
    { "0.00", ".", ",", "0" },
  };

  assert_accepted (cases, G_N_ELEMENTS (cases));
}

static void
test_sums (void)
{
  static const Accepted cases[] = {
    { "=3*400", ".", ",", "1200" },
    { "= 1,200 + 2 * 100.50", ".", ",", "1401" },
    { "=10/4", ".", ",", "2.5" },
    { "=100/3", ".", ",", "33.3333" },
    { "=200/3", ".", ",", "66.6667" },
    { "=-200/3", ".", ",", "-66.6667" },
    { "=200/-3", ".", ",", "-66.6667" },
    { "=10-4-3", ".", ",", "3" },
    { "=5--3", ".", ",", "8" },
    { "=2\xc3\x97"
      "3",
      ".", ",", "6" },
    { "=1 200 + 1", ",", " ", "1201" },
    { "=0.0001*0.5", ".", ",", "0.0001" },
  };

  assert_accepted (cases, G_N_ELEMENTS (cases));
}

static void
test_refusals (void)
{
  static const Refused cases[] = {
    { NULL, ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "   ", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "-", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { ".", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "abc", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "1e3", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "12 NZD", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "3*400", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "=", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "=3*", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "=3**4", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "=(1+2)", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "=1/0", ".", ",", CS_DOMAIN_ERROR_INVALID },
    { "1.23456", ".", ",", CS_DOMAIN_ERROR_RANGE },
    { "=999999999999*999999999999", ".", ",", CS_DOMAIN_ERROR_RANGE },
    { "=900000000000000+900000000000000", ".", ",", CS_DOMAIN_ERROR_RANGE },
  };
  g_autofree char *too_long = g_strnfill (200, '0');
  const Refused long_case = { too_long, ".", ",", CS_DOMAIN_ERROR_RANGE };

  assert_refused (cases, G_N_ELEMENTS (cases));
  assert_refused (&long_case, 1);
}

/* Money must not be guessed: "1,2" is 1.2 to one half of the world and a slip to the other. */
static void
test_ambiguous_grouping (void)
{
  static const Refused cases[] = {
    { "1,2", ".", ",", CS_DOMAIN_ERROR_SYNTAX },    { "1,23", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "1,2345", ".", ",", CS_DOMAIN_ERROR_SYNTAX }, { "1234,567", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { ",123", ".", ",", CS_DOMAIN_ERROR_SYNTAX },   { "1,,000", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "1,000,", ".", ",", CS_DOMAIN_ERROR_SYNTAX }, { "1.5,000", ".", ",", CS_DOMAIN_ERROR_SYNTAX },
    { "12.50", ",", ".", CS_DOMAIN_ERROR_SYNTAX },  { "1 2", ",", " ", CS_DOMAIN_ERROR_SYNTAX },
    { "1,200", ".", NULL, CS_DOMAIN_ERROR_SYNTAX },
  };

  assert_refused (cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/typed/numbers-of-several-locales", test_numbers);
  g_test_add_func ("/money/typed/sums", test_sums);
  g_test_add_func ("/money/typed/refusals", test_refusals);
  g_test_add_func ("/money/typed/ambiguous-grouping-is-refused", test_ambiguous_grouping);
  return g_test_run ();
}
