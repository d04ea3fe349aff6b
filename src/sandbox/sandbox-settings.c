/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-settings.h"

static const char *const theme_names[] = { "Standard", "Advisory" };

static const struct
{
  const char *name;
  const char *options[4];
} tracking[] = {
  { "Region", { "North", "Central", "South" } },
  { "Team", { "Compliance", "Advisory" } },
};

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
write_id (const SandboxCall *call, const char *member, const char *kind, const char *name, SandboxJson *json)
{
  g_autofree char *id = sandbox_organisation_make_id (call->organisation, kind, name);

  sandbox_json_string (json, member, id);
}

/* What a person of full rights may do; W-rules about lost rights come as a fault (xero-accounting 11). */
static void
write_actions (const SandboxCall *call)
{
  static const char *const names[] = {
    "CreateContact",         "UpdateContact",
    "ArchiveContact",        "CreateDraftInvoice",
    "CreateApprovedInvoice", "UpdatePaidInvoice",
    "VoidInvoice",           "DeleteDraftInvoice",
    "CreateInvoicePayment",  "CreateRepeatingInvoice",
    "CreateDraftQuote",      "CreateSentQuote",
    "UseMulticurrency",      "ViewInvoices",
    "ViewPayments",          "ApproveTransactionsBeforePeriodLockDate",
  };
  g_auto (SandboxJson) json = { NULL };

  open_list (call, "Actions", &json);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      sandbox_json_open (&json, NULL, '{');
      sandbox_json_string (&json, "Name", names[i]);
      sandbox_json_string (&json, "Status", i + 1 < G_N_ELEMENTS (names) ? "ALLOWED" : "NOT-ALLOWED");
      sandbox_json_close (&json, '}');
    }
  close_list (call, &json);
}

void
sandbox_settings_organisation (const SandboxCall *call)
{
  const SandboxSettings *settings = call->organisation->settings;
  g_auto (SandboxJson) json = { NULL };

  if (g_strcmp0 (call->element, "Actions") == 0)
    {
      write_actions (call);
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
  sandbox_json_instant (&json, "CreatedDateUTC", (gint64)1577836800000, "");
  sandbox_json_string (&json, "Timezone", settings->timezone);
  sandbox_json_string (&json, "OrganisationEntityType", "COMPANY");
  sandbox_json_string (&json, "Class", "DEMO");
  sandbox_json_string (&json, "Edition", "BUSINESS");
  sandbox_json_raw (&json, "PaymentTerms", "{\"Sales\":{\"Day\":20,\"Type\":\"OFFOLLOWINGMONTH\"}}");
  sandbox_json_close (&json, '}');
  close_list (call, &json);
}

void
sandbox_settings_accounts (const SandboxCall *call)
{
  g_auto (SandboxJson) json = { NULL };

  open_list (call, "Accounts", &json);
  for (const SandboxAccount *account = call->organisation->settings->accounts; account->code != NULL;
       account++)
    {
      sandbox_json_open (&json, NULL, '{');
      write_id (call, "AccountID", "account", account->code, &json);
      sandbox_json_string (&json, "Code", account->code);
      sandbox_json_string (&json, "Name", account->name);
      sandbox_json_string (&json, "Status", account->archived ? "ARCHIVED" : "ACTIVE");
      sandbox_json_string (&json, "Type", account->type);
      sandbox_json_string (&json, "TaxType", account->tax_type);
      sandbox_json_string (&json, "Class", account->class);
      sandbox_json_bool (&json, "EnablePaymentsToAccount", account->payments_enabled);
      sandbox_json_bool (&json, "ShowInExpenseClaims", FALSE);
      sandbox_json_string (&json, "SystemAccount", account->system);
      if (g_strcmp0 (account->type, "BANK") == 0)
        sandbox_json_string (&json, "CurrencyCode", call->organisation->settings->currency);
      sandbox_json_string (&json, "ReportingCode", "");
      sandbox_json_bool (&json, "HasAttachments", FALSE);
      sandbox_json_instant (&json, "UpdatedDateUTC", (gint64)1577836800000, "+0000");
      sandbox_json_close (&json, '}');
    }
  close_list (call, &json);
}

void
sandbox_settings_tax_rates (const SandboxCall *call)
{
  g_auto (SandboxJson) json = { NULL };

  open_list (call, "TaxRates", &json);
  for (const SandboxTaxRate *rate = call->organisation->settings->tax_rates; rate->type != NULL; rate++)
    {
      sandbox_json_open (&json, NULL, '{');
      sandbox_json_string (&json, "Name", rate->name);
      sandbox_json_string (&json, "TaxType", rate->type);
      sandbox_json_bool (&json, "CanApplyToAssets", rate->others);
      sandbox_json_bool (&json, "CanApplyToEquity", rate->others);
      sandbox_json_bool (&json, "CanApplyToExpenses", rate->expenses);
      sandbox_json_bool (&json, "CanApplyToLiabilities", rate->others);
      sandbox_json_bool (&json, "CanApplyToRevenue", rate->revenue);
      sandbox_json_decimal (&json, "DisplayTaxRate", rate->rate, SANDBOX_FINE_PLACES);
      sandbox_json_decimal (&json, "EffectiveRate", rate->rate, SANDBOX_FINE_PLACES);
      sandbox_json_string (&json, "Status", "ACTIVE");
      sandbox_json_open (&json, "TaxComponents", '[');
      sandbox_json_open (&json, NULL, '{');
      sandbox_json_string (&json, "Name", "GST");
      sandbox_json_decimal (&json, "Rate", rate->rate, SANDBOX_FINE_PLACES);
      sandbox_json_bool (&json, "IsCompound", FALSE);
      sandbox_json_bool (&json, "IsNonRecoverable", FALSE);
      sandbox_json_close (&json, '}');
      sandbox_json_close (&json, ']');
      sandbox_json_close (&json, '}');
    }
  close_list (call, &json);
}

char *
sandbox_settings_default_theme (SandboxOrganisation *organisation)
{
  return sandbox_organisation_make_id (organisation, "theme", theme_names[0]);
}

gboolean
sandbox_settings_has_theme (SandboxOrganisation *organisation, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (theme_names); i++)
    {
      g_autofree char *theme_id = sandbox_organisation_make_id (organisation, "theme", theme_names[i]);

      if (id != NULL && g_ascii_strcasecmp (theme_id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

void
sandbox_settings_themes (const SandboxCall *call)
{
  g_auto (SandboxJson) json = { NULL };

  open_list (call, "BrandingThemes", &json);
  for (guint i = 0; i < G_N_ELEMENTS (theme_names); i++)
    {
      sandbox_json_open (&json, NULL, '{');
      write_id (call, "BrandingThemeID", "theme", theme_names[i], &json);
      sandbox_json_string (&json, "Name", theme_names[i]);
      sandbox_json_integer (&json, "SortOrder", i);
      sandbox_json_string (&json, "Type", "INVOICE");
      sandbox_json_instant (&json, "CreatedDateUTC", (gint64)1577836800000, "+0000");
      sandbox_json_close (&json, '}');
    }
  close_list (call, &json);
}

void
sandbox_settings_tracking (const SandboxCall *call)
{
  g_auto (SandboxJson) json = { NULL };

  open_list (call, "TrackingCategories", &json);
  for (guint i = 0; i < G_N_ELEMENTS (tracking); i++)
    {
      sandbox_json_open (&json, NULL, '{');
      sandbox_json_string (&json, "Name", tracking[i].name);
      sandbox_json_string (&json, "Status", "ACTIVE");
      write_id (call, "TrackingCategoryID", "tracking", tracking[i].name, &json);
      sandbox_json_open (&json, "Options", '[');
      for (guint j = 0; tracking[i].options[j] != NULL; j++)
        {
          sandbox_json_open (&json, NULL, '{');
          write_id (call, "TrackingOptionID", "option", tracking[i].options[j], &json);
          sandbox_json_string (&json, "Name", tracking[i].options[j]);
          sandbox_json_string (&json, "Status", "ACTIVE");
          sandbox_json_close (&json, '}');
        }
      sandbox_json_close (&json, ']');
      sandbox_json_close (&json, '}');
    }
  close_list (call, &json);
}

static gboolean
names_or_ids_fit (SandboxOrganisation *organisation,
                  yyjson_val *sent,
                  const char *name_member,
                  const char *id_member,
                  const char *kind,
                  const char *name)
{
  const char *sent_id = sandbox_json_get_text (sent, id_member);
  const char *sent_name = sandbox_json_get_text (sent, name_member);
  g_autofree char *id = sandbox_organisation_make_id (organisation, kind, name);

  if (sent_id != NULL)
    return g_ascii_strcasecmp (sent_id, id) == 0;
  return sent_name != NULL && g_ascii_strcasecmp (sent_name, name) == 0;
}

static gboolean
write_tracking_choice (SandboxOrganisation *organisation, yyjson_val *sent, SandboxJson *json)
{
  for (guint i = 0; i < G_N_ELEMENTS (tracking); i++)
    for (guint j = 0; tracking[i].options[j] != NULL; j++)
      {
        const char *option = tracking[i].options[j];
        g_autofree char *id = NULL;
        g_autofree char *option_id = NULL;

        if (!names_or_ids_fit (organisation, sent, "Name", "TrackingCategoryID", "tracking", tracking[i].name)
            || !names_or_ids_fit (organisation, sent, "Option", "TrackingOptionID", "option", option))
          continue;
        id = sandbox_organisation_make_id (organisation, "tracking", tracking[i].name);
        option_id = sandbox_organisation_make_id (organisation, "option", option);
        sandbox_json_open (json, NULL, '{');
        sandbox_json_string (json, "Name", tracking[i].name);
        sandbox_json_string (json, "Option", option);
        sandbox_json_string (json, "TrackingCategoryID", id);
        sandbox_json_string (json, "TrackingOptionID", option_id);
        sandbox_json_close (json, '}');
        return TRUE;
      }
  return FALSE;
}

/* What a line's Tracking becomes; FALSE when a category or an option is not known. */
gboolean
sandbox_settings_write_tracking (SandboxOrganisation *organisation, yyjson_val *sent, SandboxJson *json)
{
  size_t i, n;
  yyjson_val *element;

  sandbox_json_open (json, NULL, '[');
  yyjson_arr_foreach (sent, i, n,
                      element) if (!write_tracking_choice (organisation, element, json)) return FALSE;
  sandbox_json_close (json, ']');
  return TRUE;
}

void
sandbox_settings_items (const SandboxCall *call)
{
  guint places = sandbox_call_unit_places (call);
  g_auto (SandboxJson) json = { NULL };

  open_list (call, "Items", &json);
  for (const SandboxItem *item = call->organisation->settings->items; item->code != NULL; item++)
    {
      sandbox_json_open (&json, NULL, '{');
      write_id (call, "ItemID", "item", item->code, &json);
      sandbox_json_string (&json, "Code", item->code);
      sandbox_json_string (&json, "Name", item->name);
      sandbox_json_string (&json, "Description", item->description);
      sandbox_json_bool (&json, "IsSold", TRUE);
      sandbox_json_bool (&json, "IsPurchased", FALSE);
      sandbox_json_bool (&json, "IsTrackedAsInventory", FALSE);
      sandbox_json_open (&json, "SalesDetails", '{');
      sandbox_json_decimal (&json, "UnitPrice",
                            sandbox_decimal_round (item->unit_price, SANDBOX_FINE_PLACES, places), places);
      sandbox_json_string (&json, "AccountCode", item->account_code);
      sandbox_json_string (&json, "TaxType", item->tax_type);
      sandbox_json_close (&json, '}');
      sandbox_json_instant (&json, "UpdatedDateUTC", (gint64)1577836800000, "+0000");
      sandbox_json_close (&json, '}');
    }
  close_list (call, &json);
}

void
sandbox_settings_currencies (const SandboxCall *call)
{
  const SandboxSettings *settings = call->organisation->settings;
  const char *codes[] = { settings->currency, settings->second_currency };
  g_auto (SandboxJson) json = { NULL };

  open_list (call, "Currencies", &json);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] != NULL)
      {
        sandbox_json_open (&json, NULL, '{');
        sandbox_json_string (&json, "Code", codes[i]);
        sandbox_json_string (&json, "Description",
                             g_str_equal (codes[i], "NZD") ? "New Zealand Dollar" : "Australian Dollar");
        sandbox_json_close (&json, '}');
      }
  close_list (call, &json);
}
