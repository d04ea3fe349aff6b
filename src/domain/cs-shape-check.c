/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-shape-check.h"

#define CLASS_REVENUE "REVENUE"

static void
violation_clear (gpointer data)
{
  g_free (((CsShapeViolation *)data)->parameter);
}

/* The same thing said once. */
static void
add_violation (GArray *violations, CsOutcome outcome, const char *parameter)
{
  CsShapeViolation violation = { outcome, NULL };

  for (guint i = 0; i < violations->len; i++)
    {
      const CsShapeViolation *other = &g_array_index (violations, CsShapeViolation, i);

      if (other->outcome == outcome && g_str_equal (other->parameter, parameter))
        return;
    }
  violation.parameter = g_strdup (parameter);
  g_array_append_val (violations, violation);
}

static gboolean
is_known (const GPtrArray *list)
{
  return list != NULL && list->len > 0;
}

/* In use, and one that sales are booked to (xero-accounting.md section 11). */
static gboolean
has_account (const GPtrArray *accounts, const char *code)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      const CsLedgerAccount *account = g_ptr_array_index (accounts, i);

      if (g_strcmp0 (account->code, code) == 0)
        return account->is_active && g_strcmp0 (account->class_name, CLASS_REVENUE) == 0;
    }
  return FALSE;
}

static gboolean
has_tax_rate (const GPtrArray *rates, const char *tax_type)
{
  for (guint i = 0; i < rates->len; i++)
    {
      const CsLedgerTaxRate *rate = g_ptr_array_index (rates, i);

      if (g_strcmp0 (rate->tax_type, tax_type) == 0)
        return rate->is_active && rate->applies_to_revenue;
    }
  return FALSE;
}

static gboolean
has_theme (const GPtrArray *themes, const char *theme_id)
{
  for (guint i = 0; i < themes->len; i++)
    if (g_ascii_strcasecmp (((const CsLedgerBrandingTheme *)themes->pdata[i])->remote_id, theme_id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_option (const GPtrArray *tracking, const CsShapeTracking *wanted)
{
  for (guint i = 0; tracking != NULL && i < tracking->len; i++)
    {
      const CsLedgerTrackingCategory *category = g_ptr_array_index (tracking, i);

      if (g_ascii_strcasecmp (category->remote_id, wanted->category_id) != 0)
        continue;
      for (guint j = 0; category->is_active && j < category->options->len; j++)
        {
          const CsLedgerTrackingOption *option = g_ptr_array_index (category->options, j);

          if (g_ascii_strcasecmp (option->remote_id, wanted->option_id) == 0)
            return option->is_active;
        }
    }
  return FALSE;
}

/* An organisation may have no tracking at all: whether it was read is told by its accounts. */
static void
check_tracking (const CsPlannedLine *line, const CsShapeWorld *world, GArray *violations)
{
  g_autoptr (GArray) wanted = cs_shape_tracking_parse (line->tracking);

  for (guint i = 0; is_known (world->accounts) && i < wanted->len; i++)
    {
      const CsShapeTracking *tracking = &g_array_index (wanted, CsShapeTracking, i);

      if (!has_option (world->tracking, tracking))
        add_violation (violations, CS_OUTCOME_TRACKING_GONE, tracking->option_id);
    }
  if (wanted->len > CS_SHAPE_TRACKING_MAX)
    add_violation (violations, CS_OUTCOME_TRACKING_GONE, "");
}

static void
check_line (const CsPlannedLine *line, const CsShapeWorld *world, GArray *violations)
{
  if (is_known (world->accounts) && !has_account (world->accounts, line->account_code))
    add_violation (violations, CS_OUTCOME_ACCOUNT_UNUSABLE, line->account_code);
  if (is_known (world->tax_rates) && *line->tax_type != '\0'
      && !has_tax_rate (world->tax_rates, line->tax_type))
    add_violation (violations, CS_OUTCOME_TAX_UNUSABLE, line->tax_type);
  check_tracking (line, world, violations);
}

/* Up to and with the lock's day nothing may change (xero-accounting.md section 9.4). */
static void
check_lock (CsDate date, CsDate lock, CsOutcome outcome, GArray *violations)
{
  g_autofree char *day = NULL;

  if (!cs_date_is_set (lock) || cs_date_compare (date, lock) > 0)
    return;
  day = cs_date_to_string (lock);
  add_violation (violations, outcome, day);
}

/**
 * cs_shape_check:
 * @invoice: a planned invoice
 * @world: what the mirror knows of the organisation
 *
 * Whether the organisation would take it as it stands [B-07, U-16]: accounts in use that take sales, tax
 * rates in use on sales, the branding theme and the tracking options there and in use, the date after both of
 * the ledger's lock dates and the practice's own.
 *
 * Returns: (transfer full) (element-type CsShapeViolation): what is against it, the lock first; empty when
 *   nothing is
 */
GArray *
cs_shape_check (const CsPlannedInvoice *invoice, const CsShapeWorld *world)
{
  GArray *violations = g_array_new (FALSE, FALSE, sizeof (CsShapeViolation));

  g_array_set_clear_func (violations, violation_clear);
  check_lock (invoice->date, world->lock_date, CS_OUTCOME_LOCKED_HERE, violations);
  if (world->organisation != NULL)
    {
      CsDate period = world->organisation->period_lock;
      CsDate year = world->organisation->year_lock;
      gboolean is_period_later
          = !cs_date_is_set (year) || (cs_date_is_set (period) && cs_date_compare (period, year) > 0);

      check_lock (invoice->date, is_period_later ? period : year, CS_OUTCOME_LOCKED_PERIOD, violations);
    }
  if (*invoice->theme_id != '\0' && is_known (world->themes) && !has_theme (world->themes, invoice->theme_id))
    add_violation (violations, CS_OUTCOME_THEME_GONE, invoice->theme_id);
  for (guint i = 0; i < invoice->lines->len; i++)
    check_line (g_ptr_array_index (invoice->lines, i), world, violations);
  return violations;
}
