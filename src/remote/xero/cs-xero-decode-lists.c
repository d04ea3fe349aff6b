/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-decode-private.h"

#include "cs-small-json.h"

#include <string.h>

/* The short lists that say how an invoice may look, the organisation, and who it is (section 11, 2.6). */

static gboolean
is_active (const CsJsonValue *value)
{
  const char *status = cs_json_get_string (value, "Status");

  return status == NULL || g_str_equal (status, "ACTIVE");
}

static gpointer
decode_account (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerAccount) account = cs_ledger_account_new ();

  cs_xero_take_id_loosely (&account->remote_id, value, "AccountID", "AccountId");
  cs_xero_take_text (&account->code, value, "Code");
  cs_xero_take_text (&account->name, value, "Name");
  cs_xero_take_text (&account->type, value, "Type");
  cs_xero_take_text (&account->class_name, value, "Class");
  cs_xero_take_text (&account->tax_type, value, "TaxType");
  account->is_active = is_active (value);
  return cs_xero_require_id (account->remote_id, "AccountID", error) ? g_steal_pointer (&account) : NULL;
}

static gpointer
decode_tax_rate (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerTaxRate) rate = cs_ledger_tax_rate_new ();

  cs_xero_take_text (&rate->tax_type, value, "TaxType");
  cs_xero_take_text (&rate->name, value, "Name");
  rate->is_active = is_active (value);
  rate->applies_to_revenue = cs_json_get_boolean (value, "CanApplyToRevenue", FALSE);
  return cs_json_read_decimal (value, "EffectiveRate", &rate->rate, error) ? g_steal_pointer (&rate) : NULL;
}

static gpointer
decode_option (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerTrackingOption) option = cs_ledger_tracking_option_new ();

  cs_xero_take_id (&option->remote_id, value, "TrackingOptionID");
  cs_xero_take_text (&option->name, value, "Name");
  option->is_active = is_active (value);
  return cs_xero_require_id (option->remote_id, "TrackingOptionID", error) ? g_steal_pointer (&option) : NULL;
}

static gpointer
decode_tracking (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerTrackingCategory) category = cs_ledger_tracking_category_new ();
  CsJsonIterator iterator;
  const CsJsonValue *element;

  cs_xero_take_id (&category->remote_id, value, "TrackingCategoryID");
  cs_xero_take_text (&category->name, value, "Name");
  category->is_active = is_active (value);
  cs_json_iterator_init (&iterator, cs_json_get (value, "Options"));
  while ((element = cs_json_iterator_next (&iterator)) != NULL)
    {
      CsLedgerTrackingOption *option = decode_option (element, error);

      if (option == NULL)
        return NULL;
      g_ptr_array_add (category->options, option);
    }
  return cs_xero_require_id (category->remote_id, "TrackingCategoryID", error) ? g_steal_pointer (&category)
                                                                               : NULL;
}

static gpointer
decode_theme (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerBrandingTheme) theme = cs_ledger_branding_theme_new ();
  gint64 order = cs_json_get_integer (value, "SortOrder", 0);

  cs_xero_take_id (&theme->remote_id, value, "BrandingThemeID");
  cs_xero_take_text (&theme->name, value, "Name");
  theme->sort_order = (int)CLAMP (order, 0, G_MAXINT);
  return cs_xero_require_id (theme->remote_id, "BrandingThemeID", error) ? g_steal_pointer (&theme) : NULL;
}

/* Only what a sales line takes from an item: what it costs to buy is nobody's business here. */
static gpointer
decode_item (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerItem) item = cs_ledger_item_new ();
  const CsJsonValue *sales = cs_json_get (value, "SalesDetails");

  cs_xero_take_id (&item->remote_id, value, "ItemID");
  cs_xero_take_text (&item->code, value, "Code");
  cs_xero_take_text (&item->name, value, "Name");
  cs_xero_take_text (&item->description, value, "Description");
  cs_xero_take_text (&item->account_code, sales, "AccountCode");
  cs_xero_take_text (&item->tax_type, sales, "TaxType");
  item->is_sold = cs_json_get_boolean (value, "IsSold", TRUE);
  if (!cs_xero_require_id (item->remote_id, "ItemID", error)
      || !cs_json_read_decimal (sales, "UnitPrice", &item->unit_price, error))
    return NULL;
  return g_steal_pointer (&item);
}

static const CsXeroDecoder list_decoders[CS_LEDGER_N_LISTS] = {
  [CS_LEDGER_LIST_ACCOUNTS] = { "Accounts", decode_account, NULL, (GDestroyNotify)cs_ledger_account_free },
  [CS_LEDGER_LIST_TAX_RATES] = { "TaxRates", decode_tax_rate, NULL, (GDestroyNotify)cs_ledger_tax_rate_free },
  [CS_LEDGER_LIST_TRACKING]
  = { "TrackingCategories", decode_tracking, NULL, (GDestroyNotify)cs_ledger_tracking_category_free },
  [CS_LEDGER_LIST_BRANDING_THEMES]
  = { "BrandingThemes", decode_theme, NULL, (GDestroyNotify)cs_ledger_branding_theme_free },
  [CS_LEDGER_LIST_ITEMS] = { "Items", decode_item, NULL, (GDestroyNotify)cs_ledger_item_free },
};

/**
 * cs_xero_decode_list:
 * @body: the answer to the GET of @kind
 * @kind: which list
 * @error: BAD_REPLY
 *
 * Returns: (transfer full) (nullable): the kind's records
 */
GPtrArray *
cs_xero_decode_list (GBytes *body, CsLedgerListKind kind, GError **error)
{
  g_return_val_if_fail (body != NULL && kind < CS_LEDGER_N_LISTS, NULL);

  return cs_xero_decode_records (body, &list_decoders[kind], NULL, error);
}

/* "Tax Exclusive", "Tax Inclusive", "No Tax" (section 11). */
static CsTaxMode
decode_default_tax_mode (const char *text)
{
  if (text != NULL && strstr (text, "Inclusive") != NULL)
    return CS_TAX_MODE_INCLUSIVE;
  if (text != NULL && g_ascii_strncasecmp (text, "No", 2) == 0)
    return CS_TAX_MODE_NO_TAX;
  return CS_TAX_MODE_EXCLUSIVE;
}

static gpointer
decode_organisation (const CsJsonValue *value, GError **error)
{
  g_autoptr (CsLedgerOrganisation) organisation = cs_ledger_organisation_new ();

  organisation->period_lock = organisation->year_lock = CS_DATE_NONE;
  cs_xero_take_id (&organisation->remote_id, value, "OrganisationID");
  cs_xero_take_text (&organisation->name, value, "Name");
  cs_xero_take_text (&organisation->short_code, value, "ShortCode");
  cs_xero_take_text (&organisation->country_code, value, "CountryCode");
  cs_xero_take_text (&organisation->time_zone, value, "Timezone");
  organisation->default_tax_mode = decode_default_tax_mode (cs_json_get_string (value, "DefaultSalesTax"));
  if (!cs_currency_parse (cs_json_get_string_or_empty (value, "BaseCurrency"), &organisation->currency, error)
      || !cs_json_read_date (value, "PeriodLockDate", &organisation->period_lock, error)
      || !cs_json_read_date (value, "EndOfYearLockDate", &organisation->year_lock, error))
    return NULL;
  return g_steal_pointer (&organisation);
}

static const CsXeroDecoder organisation_decoder
    = { "Organisations", decode_organisation, NULL, (GDestroyNotify)cs_ledger_organisation_free };

/** cs_xero_decode_organisation: Returns: (transfer full) (nullable): the answer to GET /Organisation (section
 * 11) */
CsLedgerOrganisation *
cs_xero_decode_organisation (GBytes *body, GError **error)
{
  g_autoptr (GPtrArray) records = cs_xero_decode_records (body, &organisation_decoder, NULL, error);

  if (records == NULL)
    return NULL;
  if (records->len == 1)
    return g_ptr_array_steal_index (records, 0);
  g_propagate_error (error, cs_xero_bad_reply (NULL));
  return NULL;
}

static CsXeroTenant *
decode_tenant (JsonObject *object, const char *tenant_type)
{
  CsXeroTenant *tenant = g_new0 (CsXeroTenant, 1);

  tenant->connection_id = g_strdup (cs_small_json_get_string (object, "id"));
  tenant->tenant_id = g_strdup (cs_small_json_get_string (object, "tenantId"));
  tenant->tenant_name = g_strdup (cs_small_json_get_string (object, "tenantName"));
  tenant->tenant_type = g_strdup (cs_small_json_get_string (object, "tenantType"));
  if (tenant->tenant_name == NULL)
    tenant->tenant_name = g_strdup ("");
  if (cs_xero_id_is_set (tenant->connection_id) && cs_xero_id_is_set (tenant->tenant_id)
      && (tenant_type == NULL || g_strcmp0 (tenant->tenant_type, tenant_type) == 0))
    return tenant;
  cs_xero_tenant_free (tenant);
  return NULL;
}

/** cs_xero_decode_tenants: Returns: (transfer full) (nullable): of #CsXeroTenant, those of @tenant_type
 * (2.6); %NULL: of any */
GPtrArray *
cs_xero_decode_tenants (GBytes *body, const char *tenant_type, GError **error)
{
  g_autoptr (JsonNode) root = cs_small_json_parse (body, NULL);
  g_autoptr (GPtrArray) tenants = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_xero_tenant_free);
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  if (array == NULL)
    {
      g_propagate_error (error, cs_xero_bad_reply (NULL));
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      CsXeroTenant *tenant = JSON_NODE_HOLDS_OBJECT (element)
                                 ? decode_tenant (json_node_get_object (element), tenant_type)
                                 : NULL;

      if (tenant != NULL)
        g_ptr_array_add (tenants, tenant);
    }
  return g_steal_pointer (&tenants);
}
