/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-billing.h"
#include "cs-invoice-filter.h"
#include "cs-shape.h"
#include "cs-uuid.h"
#include "fuzz.h"

/* Short words that are kept or typed: what is read, written and read again is the same. */

static void
try_numbers (const char *text)
{
  CsDecimal decimal, again;
  CsMoney money, money_again;
  CsCurrency currency;

  if (cs_decimal_parse (text, &decimal, NULL))
    {
      g_autofree char *written = cs_decimal_to_string (decimal, 0);

      g_assert_true (cs_decimal_parse (written, &again, NULL));
      g_assert_cmpint (decimal.units, ==, again.units);
    }
  g_assert_true (cs_currency_parse ("NZD", &currency, NULL));
  if (cs_money_parse (text, currency, &money, NULL))
    {
      g_autofree char *written = cs_money_to_string (money);

      g_assert_true (cs_money_parse (written, currency, &money_again, NULL));
      g_assert_true (cs_money_equal (money, money_again));
    }
}

static void
try_times (const char *text)
{
  CsDate date, again;
  gint64 instant_ms, instant_again_ms;

  if (cs_date_parse (text, &date, NULL))
    {
      g_autofree char *written = cs_date_to_string (date);

      g_assert_true (cs_date_parse (written, &again, NULL));
      g_assert_cmpint (date.days, ==, again.days);
    }
  if (cs_instant_parse (text, &instant_ms, NULL))
    {
      g_autofree char *written = cs_instant_to_string (instant_ms);

      g_assert_true (cs_instant_parse (written, &instant_again_ms, NULL));
      g_assert_cmpint (instant_ms, ==, instant_again_ms);
    }
}

static void
try_rules (const char *text)
{
  CsBillingRule rule, again;
  CsTerms terms, terms_again;

  if (cs_billing_rule_parse (text, &rule, NULL))
    {
      g_autofree char *written = cs_billing_rule_to_string (&rule);
      g_autofree char *rewritten = NULL;

      g_assert_true (cs_billing_rule_parse (written, &again, NULL));
      rewritten = cs_billing_rule_to_string (&again);
      g_assert_cmpstr (written, ==, rewritten);
    }
  if (cs_terms_parse (text, &terms, NULL))
    {
      g_autofree char *written = cs_terms_to_string (terms);

      g_assert_nonnull (written);
      g_assert_true (cs_terms_parse (written, &terms_again, NULL));
      g_assert_cmpint (terms.kind, ==, terms_again.kind);
      g_assert_cmpint (terms.number, ==, terms_again.number);
    }
}

static void
try_views (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_parse (text, &error);
  g_autoptr (CsInvoiceFilter) again = NULL;
  g_autofree char *written = NULL;

  fuzz_assert_told (filter, error);
  if (filter == NULL)
    return;
  written = cs_invoice_filter_to_string (filter);
  again = cs_invoice_filter_parse (written, NULL);
  g_assert_true (again != NULL && cs_invoice_filter_equal (filter, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GArray) tracking = NULL;
  CsUuid uuid;

  /* As from a file or a window: UTF-8. */
  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  try_numbers (text);
  try_times (text);
  try_rules (text);
  try_views (text);
  tracking = cs_shape_tracking_parse (text);
  g_assert_nonnull (tracking);
  if (cs_uuid_parse (text, &uuid, NULL))
    {
      g_autofree char *written = cs_uuid_to_string (&uuid);

      g_assert_cmpint (g_ascii_strcasecmp (written, text), ==, 0);
    }
  return 0;
}
