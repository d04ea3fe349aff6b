/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-settings.h"

#include "sandbox-actions.h"
#include "sandbox-settings-list.h"

static void
open_list (const SandboxCall *call, const char *plural, SandboxJson *json)
{
  sandbox_json_init (json);
  sandbox_call_open_envelope (call, json);
  sandbox_json_open (json, plural, '[');
}

static void
close_list (const SandboxCall *call, SandboxJson *json)
{
  sandbox_json_close (json, ']');
  sandbox_json_close (json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_OK, json);
}

static void
write_actions (const SandboxCall *call)
{
  g_auto (SandboxJson) json = { NULL };

  open_list (call, "Actions", &json);
  for (guint i = 0; i < SANDBOX_ACTIONS; i++)
    {
      sandbox_json_open (&json, NULL, '{');
      sandbox_json_string (&json, "Name", sandbox_action_names[i]);
      sandbox_json_string (&json, "Status", sandbox_actions_allow (call, i) ? "ALLOWED" : "NOT-ALLOWED");
      sandbox_json_close (&json, '}');
    }
  close_list (call, &json);
}

void
sandbox_settings_organisation (const SandboxCall *call)
{
  const SandboxSettings *settings = call->organisation->settings;
  g_auto (SandboxJson) json = { NULL };

  if (!sandbox_request_is (call->request, "GET"))
    {
      sandbox_reply_not_implemented (call->reply);
      return;
    }
  if (call->element != NULL)
    {
      if (g_ascii_strcasecmp (call->element, "Actions") == 0 && call->action == NULL)
        write_actions (call);
      else
        sandbox_reply_not_found (call->reply);
      return;
    }
  open_list (call, "Organisations", &json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_string (&json, "OrganisationID", call->organisation->id);
  sandbox_json_string (&json, "Name", settings->name);
  sandbox_json_string (&json, "LegalName", settings->legal_name);
  sandbox_json_string (&json, "ShortCode", settings->short_code);
  sandbox_json_bool (&json, "PaysTax", TRUE);
  sandbox_json_string (&json, "Version", settings->country);
  sandbox_json_string (&json, "OrganisationType", "COMPANY");
  sandbox_json_string (&json, "BaseCurrency", settings->currency);
  sandbox_json_string (&json, "CountryCode", settings->country);
  sandbox_json_bool (&json, "IsDemoCompany", TRUE);
  sandbox_json_string (&json, "OrganisationStatus", "ACTIVE");
  sandbox_json_string (&json, "DefaultSalesTax", "Tax Exclusive");
  sandbox_json_string (&json, "DefaultPurchasesTax", "Tax Exclusive");
  sandbox_json_string (&json, "SalesTaxBasis", "PAYMENTS");
  sandbox_json_string (&json, "SalesTaxPeriod", "TWOMONTHS");
  sandbox_json_integer (&json, "FinancialYearEndDay", 31);
  sandbox_json_integer (&json, "FinancialYearEndMonth", 3);
  if (call->organisation->lock_day != SANDBOX_NO_DAY)
    sandbox_json_instant (&json, "PeriodLockDate", call->organisation->lock_day * SANDBOX_DAY_MS, "+0000");
  if (call->organisation->year_end_day != SANDBOX_NO_DAY)
    sandbox_json_instant (&json, "EndOfYearLockDate", call->organisation->year_end_day * SANDBOX_DAY_MS,
                          "+0000");
  sandbox_json_instant (&json, "CreatedDateUTC", (gint64)1577836800000, "");
  sandbox_json_string (&json, "Timezone", settings->timezone);
  sandbox_json_string (&json, "OrganisationEntityType", "COMPANY");
  sandbox_json_string (&json, "Class", "DEMO");
  sandbox_json_string (&json, "Edition", "BUSINESS");
  sandbox_json_raw (&json, "PaymentTerms", "{\"Sales\":{\"Day\":20,\"Type\":\"OFFOLLOWINGMONTH\"}}");
  sandbox_json_close (&json, '}');
  close_list (call, &json);
}

enum
{
  ACCOUNT_CODE,
  ACCOUNT_NAME,
  ACCOUNT_TYPE,
  ACCOUNT_CLASS,
  ACCOUNT_STATUS,
  ACCOUNT_TAX_TYPE,
  ACCOUNT_SYSTEM,
  ACCOUNT_PAYMENTS
};

static const SandboxFieldRule account_fields[]
    = { [ACCOUNT_CODE] = { "Code", SANDBOX_FIELD_TEXT, 0 },
        [ACCOUNT_NAME] = { "Name", SANDBOX_FIELD_TEXT, 0 },
        [ACCOUNT_TYPE] = { "Type", SANDBOX_FIELD_TEXT, 0 },
        [ACCOUNT_CLASS] = { "Class", SANDBOX_FIELD_TEXT, 0 },
        [ACCOUNT_STATUS] = { "Status", SANDBOX_FIELD_TEXT, 0 },
        [ACCOUNT_TAX_TYPE] = { "TaxType", SANDBOX_FIELD_TEXT, 0 },
        [ACCOUNT_SYSTEM] = { "SystemAccount", SANDBOX_FIELD_TEXT, 0 },
        [ACCOUNT_PAYMENTS] = { "EnablePaymentsToAccount", SANDBOX_FIELD_BOOL, 0 },
        { NULL, SANDBOX_FIELD_TEXT, 0 } };

static SandboxFieldValue
account_value (gconstpointer row, guint field)
{
  const SandboxAccount *account = row;
  const char *texts[] = { [ACCOUNT_CODE] = account->code,
                          [ACCOUNT_NAME] = account->name,
                          [ACCOUNT_TYPE] = account->type,
                          [ACCOUNT_CLASS] = account->class,
                          [ACCOUNT_STATUS] = account->archived ? "ARCHIVED" : "ACTIVE",
                          [ACCOUNT_TAX_TYPE] = account->tax_type,
                          [ACCOUNT_SYSTEM] = account->system };

  if (field == ACCOUNT_PAYMENTS)
    return (SandboxFieldValue){ .number = account->payments_enabled };
  return (SandboxFieldValue){ .text = texts[field] };
}

static void
write_account (const SandboxCall *call, gconstpointer row, SandboxJson *json)
{
  const SandboxAccount *account = row;

  sandbox_json_string (json, "AccountID", sandbox_organisation_account_id (call->organisation, account));
  sandbox_json_string (json, "Code", account->code);
  sandbox_json_string (json, "Name", account->name);
  sandbox_json_string (json, "Status", account->archived ? "ARCHIVED" : "ACTIVE");
  sandbox_json_string (json, "Type", account->type);
  sandbox_json_string (json, "TaxType", account->tax_type);
  sandbox_json_string (json, "Class", account->class);
  sandbox_json_bool (json, "EnablePaymentsToAccount", account->payments_enabled);
  sandbox_json_bool (json, "ShowInExpenseClaims", FALSE);
  sandbox_json_string (json, "SystemAccount", account->system);
  if (g_str_equal (account->type, "BANK"))
    sandbox_json_string (json, "CurrencyCode", call->organisation->settings->currency);
  sandbox_json_string (json, "ReportingCode", "");
  sandbox_json_bool (json, "HasAttachments", FALSE);
  sandbox_json_instant (json, "UpdatedDateUTC", SANDBOX_SETTINGS_UPDATED_MS, "+0000");
}

static gboolean
is_account (const SandboxCall *call, gconstpointer row, const char *id)
{
  return g_ascii_strcasecmp (sandbox_organisation_account_id (call->organisation, row), id) == 0;
}

void
sandbox_settings_accounts (const SandboxCall *call)
{
  static const SandboxSettingsList list
      = { "Accounts", { account_fields, account_value }, write_account, is_account, TRUE };
  GPtrArray *rows = g_ptr_array_new ();

  for (const SandboxAccount *row = call->organisation->accounts; row->code != NULL; row++)
    g_ptr_array_add (rows, (gpointer)row);
  sandbox_settings_list_serve (call, &list, rows);
}

enum
{
  RATE_TYPE,
  RATE_NAME,
  RATE_STATUS
};

static const SandboxFieldRule rate_fields[] = { [RATE_TYPE] = { "TaxType", SANDBOX_FIELD_TEXT, 0 },
                                                [RATE_NAME] = { "Name", SANDBOX_FIELD_TEXT, 0 },
                                                [RATE_STATUS] = { "Status", SANDBOX_FIELD_TEXT, 0 },
                                                { NULL, SANDBOX_FIELD_TEXT, 0 } };

static SandboxFieldValue
rate_value (gconstpointer row, guint field)
{
  const SandboxTaxRate *rate = row;

  return (SandboxFieldValue){ .text = field == RATE_TYPE   ? rate->type
                                      : field == RATE_NAME ? rate->name
                                                           : "ACTIVE" };
}

static void
write_rate (const SandboxCall *call, gconstpointer row, SandboxJson *json)
{
  const SandboxTaxRate *rate = row;

  sandbox_json_string (json, "Name", rate->name);
  sandbox_json_string (json, "TaxType", rate->type);
  sandbox_json_bool (json, "CanApplyToAssets", rate->others);
  sandbox_json_bool (json, "CanApplyToEquity", rate->others);
  sandbox_json_bool (json, "CanApplyToExpenses", rate->expenses);
  sandbox_json_bool (json, "CanApplyToLiabilities", rate->others);
  sandbox_json_bool (json, "CanApplyToRevenue", rate->revenue);
  sandbox_json_decimal (json, "DisplayTaxRate", rate->rate, SANDBOX_FINE_PLACES);
  sandbox_json_decimal (json, "EffectiveRate", rate->rate, SANDBOX_FINE_PLACES);
  sandbox_json_string (json, "Status", "ACTIVE");
  sandbox_json_open (json, "TaxComponents", '[');
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "Name", "GST");
  sandbox_json_decimal (json, "Rate", rate->rate, SANDBOX_FINE_PLACES);
  sandbox_json_bool (json, "IsCompound", FALSE);
  sandbox_json_bool (json, "IsNonRecoverable", FALSE);
  sandbox_json_close (json, '}');
  sandbox_json_close (json, ']');
}

static gboolean
is_rate (const SandboxCall *call, gconstpointer row, const char *id)
{
  return g_ascii_strcasecmp (((const SandboxTaxRate *)row)->type, id) == 0;
}

void
sandbox_settings_tax_rates (const SandboxCall *call)
{
  static const SandboxSettingsList list
      = { "TaxRates", { rate_fields, rate_value }, write_rate, is_rate, FALSE };
  GPtrArray *rows = g_ptr_array_new ();

  for (const SandboxTaxRate *row = call->organisation->settings->tax_rates; row->type != NULL; row++)
    g_ptr_array_add (rows, (gpointer)row);
  sandbox_settings_list_serve (call, &list, rows);
}

enum
{
  ITEM_CODE,
  ITEM_NAME,
  ITEM_DESCRIPTION
};

static const SandboxFieldRule item_fields[] = { [ITEM_CODE] = { "Code", SANDBOX_FIELD_TEXT, 0 },
                                                [ITEM_NAME] = { "Name", SANDBOX_FIELD_TEXT, 0 },
                                                [ITEM_DESCRIPTION] = { "Description", SANDBOX_FIELD_TEXT, 0 },
                                                { NULL, SANDBOX_FIELD_TEXT, 0 } };

static SandboxFieldValue
item_value (gconstpointer row, guint field)
{
  const SandboxItem *item = row;

  return (SandboxFieldValue){ .text = field == ITEM_CODE   ? item->code
                                      : field == ITEM_NAME ? item->name
                                                           : item->description };
}

static void
write_item (const SandboxCall *call, gconstpointer row, SandboxJson *json)
{
  const SandboxItem *item = row;
  guint places = sandbox_call_unit_places (call);

  sandbox_settings_write_id (call, "ItemID", "item", item->code, json);
  sandbox_json_string (json, "Code", item->code);
  sandbox_json_string (json, "Name", item->name);
  sandbox_json_string (json, "Description", item->description);
  sandbox_json_bool (json, "IsSold", TRUE);
  sandbox_json_bool (json, "IsPurchased", FALSE);
  sandbox_json_bool (json, "IsTrackedAsInventory", FALSE);
  sandbox_json_open (json, "SalesDetails", '{');
  sandbox_json_decimal (json, "UnitPrice",
                        sandbox_decimal_round (item->unit_price, SANDBOX_FINE_PLACES, places), places);
  sandbox_json_string (json, "AccountCode", item->account_code);
  sandbox_json_string (json, "TaxType", item->tax_type);
  sandbox_json_close (json, '}');
  sandbox_json_instant (json, "UpdatedDateUTC", SANDBOX_SETTINGS_UPDATED_MS, "+0000");
}

static gboolean
is_item (const SandboxCall *call, gconstpointer row, const char *id)
{
  const SandboxItem *item = row;

  return g_ascii_strcasecmp (item->code, id) == 0 || sandbox_settings_id_is (call, "item", item->code, id);
}

/* Never paged, whatever is asked (xero-accounting 5.1). */
void
sandbox_settings_items (const SandboxCall *call)
{
  static const SandboxSettingsList list = { "Items", { item_fields, item_value }, write_item, is_item, TRUE };
  GPtrArray *rows = g_ptr_array_new ();

  for (const SandboxItem *row = call->organisation->settings->items; row->code != NULL; row++)
    g_ptr_array_add (rows, (gpointer)row);
  sandbox_settings_list_serve (call, &list, rows);
}
