/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-ledger-records.h"

/**
 * cs_ledger_tracking_option_new:
 *
 * Returns: (transfer full): an option of a tracking category with empty strings
 */
CsLedgerTrackingOption *
cs_ledger_tracking_option_new (void)
{
  CsLedgerTrackingOption *option = g_new0 (CsLedgerTrackingOption, 1);

  option->remote_id = g_strdup ("");
  option->name = g_strdup ("");
  return option;
}

/**
 * cs_ledger_tracking_option_free:
 * @option: (transfer full) (nullable): an option
 */
void
cs_ledger_tracking_option_free (CsLedgerTrackingOption *option)
{
  if (option == NULL)
    return;
  g_free (option->remote_id);
  g_free (option->name);
  g_free (option);
}

/**
 * cs_ledger_tracking_category_new:
 *
 * Returns: (transfer full): a tracking category of the ledger with empty strings and no options
 */
CsLedgerTrackingCategory *
cs_ledger_tracking_category_new (void)
{
  CsLedgerTrackingCategory *category = g_new0 (CsLedgerTrackingCategory, 1);

  category->remote_id = g_strdup ("");
  category->name = g_strdup ("");
  category->options = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_tracking_option_free);
  return category;
}

/**
 * cs_ledger_tracking_category_free:
 * @category: (transfer full) (nullable): a tracking category
 */
void
cs_ledger_tracking_category_free (CsLedgerTrackingCategory *category)
{
  if (category == NULL)
    return;
  g_free (category->remote_id);
  g_free (category->name);
  g_ptr_array_unref (category->options);
  g_free (category);
}

/**
 * cs_ledger_branding_theme_new:
 *
 * Returns: (transfer full): a branding theme of the ledger with empty strings
 */
CsLedgerBrandingTheme *
cs_ledger_branding_theme_new (void)
{
  CsLedgerBrandingTheme *theme = g_new0 (CsLedgerBrandingTheme, 1);

  theme->remote_id = g_strdup ("");
  theme->name = g_strdup ("");
  return theme;
}

/**
 * cs_ledger_branding_theme_free:
 * @theme: (transfer full) (nullable): a branding theme
 */
void
cs_ledger_branding_theme_free (CsLedgerBrandingTheme *theme)
{
  if (theme == NULL)
    return;
  g_free (theme->remote_id);
  g_free (theme->name);
  g_free (theme);
}

/**
 * cs_ledger_item_new:
 *
 * Returns: (transfer full): an item of the ledger with empty strings and no price
 */
CsLedgerItem *
cs_ledger_item_new (void)
{
  CsLedgerItem *item = g_new0 (CsLedgerItem, 1);

  item->remote_id = g_strdup ("");
  item->code = g_strdup ("");
  item->name = g_strdup ("");
  item->description = g_strdup ("");
  item->account_code = g_strdup ("");
  item->tax_type = g_strdup ("");
  return item;
}

/**
 * cs_ledger_item_free:
 * @item: (transfer full) (nullable): an item
 */
void
cs_ledger_item_free (CsLedgerItem *item)
{
  if (item == NULL)
    return;
  g_free (item->remote_id);
  g_free (item->code);
  g_free (item->name);
  g_free (item->description);
  g_free (item->account_code);
  g_free (item->tax_type);
  g_free (item);
}
