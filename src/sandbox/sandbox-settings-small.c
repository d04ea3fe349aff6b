/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-settings.h"

#include "sandbox-settings-list.h"

/* Themes, currencies, and templates of repeating invoices: short lists. */

static const struct
{
  const char *name;
  guint sort_order;
} themes[] = { { "Standard", 0 }, { "Advisory", 1 } };

char *
sandbox_settings_default_theme (SandboxOrganisation *organisation)
{
  return sandbox_organisation_make_id (organisation, "theme", themes[0].name);
}

gboolean
sandbox_settings_has_theme (SandboxOrganisation *organisation, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      g_autofree char *theme_id = sandbox_organisation_make_id (organisation, "theme", themes[i].name);

      if (id != NULL && g_ascii_strcasecmp (theme_id, id) == 0)
        return !sandbox_organisation_is_gone (organisation, "theme", themes[i].name);
    }
  return FALSE;
}

static const SandboxFieldRule name_fields[]
    = { { "Name", SANDBOX_FIELD_TEXT, 0 }, { NULL, SANDBOX_FIELD_TEXT, 0 } };

static SandboxFieldValue
theme_value (gconstpointer row, guint field)
{
  return (SandboxFieldValue){ .text = themes[GPOINTER_TO_UINT (row) - 1].name };
}

static void
write_theme (const SandboxCall *call, gconstpointer row, SandboxJson *json)
{
  guint i = GPOINTER_TO_UINT (row) - 1;

  sandbox_settings_write_id (call, "BrandingThemeID", "theme", themes[i].name, json);
  sandbox_json_string (json, "Name", themes[i].name);
  sandbox_json_integer (json, "SortOrder", themes[i].sort_order);
  sandbox_json_string (json, "Type", "INVOICE");
  sandbox_json_instant (json, "CreatedDateUTC", SANDBOX_SETTINGS_UPDATED_MS, "+0000");
}

static gboolean
is_theme (const SandboxCall *call, gconstpointer row, const char *id)
{
  return sandbox_settings_id_is (call, "theme", themes[GPOINTER_TO_UINT (row) - 1].name, id);
}

/* Rows that are numbers from 1. */
static GPtrArray *
count_rows (guint n)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 1; i <= n; i++)
    g_ptr_array_add (rows, GUINT_TO_POINTER (i));
  return rows;
}

void
sandbox_settings_themes (const SandboxCall *call)
{
  static const SandboxSettingsList list
      = { "BrandingThemes", { name_fields, theme_value }, write_theme, is_theme, FALSE };

  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    if (!sandbox_organisation_is_gone (call->organisation, "theme", themes[i].name))
      g_ptr_array_add (rows, GUINT_TO_POINTER (i + 1));
  sandbox_settings_list_serve (call, &list, rows);
}

static const SandboxFieldRule code_fields[]
    = { { "Code", SANDBOX_FIELD_TEXT, 0 }, { NULL, SANDBOX_FIELD_TEXT, 0 } };

static SandboxFieldValue
currency_value (gconstpointer row, guint field)
{
  return (SandboxFieldValue){ .text = row };
}

static void
write_currency (const SandboxCall *call, gconstpointer row, SandboxJson *json)
{
  sandbox_json_string (json, "Code", row);
  sandbox_json_string (json, "Description",
                       g_str_equal (row, "NZD") ? "New Zealand Dollar" : "Australian Dollar");
}

static gboolean
is_currency (const SandboxCall *call, gconstpointer row, const char *id)
{
  return g_str_equal (row, id);
}

void
sandbox_settings_currencies (const SandboxCall *call)
{
  static const SandboxSettingsList list
      = { "Currencies", { code_fields, currency_value }, write_currency, is_currency, FALSE };
  const SandboxSettings *settings = call->organisation->settings;
  GPtrArray *rows = g_ptr_array_new ();

  g_ptr_array_add (rows, (gpointer)settings->currency);
  if (settings->second_currency != NULL)
    g_ptr_array_add (rows, (gpointer)settings->second_currency);
  sandbox_settings_list_serve (call, &list, rows);
}

static const struct
{
  const char *status;
  const char *unit;
  int period;
  const char *description;
  gint64 unit_price;
} templates[] = {
  { "AUTHORISED", "MONTHLY", 1, "Monthly bookkeeping", 1950000 },
  { "DRAFT", "MONTHLY", 3, "GST return, quarterly", 1950000 },
  { "AUTHORISED", "WEEKLY", 2, "Payroll", 1237500 },
};

static const SandboxFieldRule template_fields[]
    = { { "Status", SANDBOX_FIELD_TEXT, 0 }, { NULL, SANDBOX_FIELD_TEXT, 0 } };

static SandboxFieldValue
template_value (gconstpointer row, guint field)
{
  return (SandboxFieldValue){ .text = templates[GPOINTER_TO_UINT (row) - 1].status };
}

static void
write_schedule (const SandboxCall *call, guint i, SandboxJson *json)
{
  int today = sandbox_clock_today (&call->world->clock);

  sandbox_json_open (json, "Schedule", '{');
  sandbox_json_integer (json, "Period", templates[i].period);
  sandbox_json_string (json, "Unit", templates[i].unit);
  sandbox_json_integer (json, "DueDate", 20);
  sandbox_json_string (json, "DueDateType", "OFFOLLOWINGMONTH");
  sandbox_json_instant (json, "StartDate", SANDBOX_SETTINGS_UPDATED_MS, "+0000");
  sandbox_json_instant (json, "NextScheduledDate", (today + 7) * SANDBOX_DAY_MS, "+0000");
  sandbox_json_close (json, '}');
}

static void
write_template (const SandboxCall *call, gconstpointer row, SandboxJson *json)
{
  guint i = GPOINTER_TO_UINT (row) - 1;
  const SandboxContact *contact = call->organisation->contacts->pdata[i];
  gint64 amount = templates[i].unit_price / 100;

  write_schedule (call, i, json);
  sandbox_settings_write_id (call, "RepeatingInvoiceID", "repeating", templates[i].description, json);
  sandbox_settings_write_id (call, "ID", "repeating", templates[i].description, json);
  sandbox_json_string (json, "Type", "ACCREC");
  sandbox_json_bool (json, "HasAttachments", FALSE);
  sandbox_json_bool (json, "ApprovedForSending", FALSE);
  sandbox_json_bool (json, "SendCopy", FALSE);
  sandbox_json_bool (json, "MarkAsSent", FALSE);
  sandbox_json_bool (json, "IncludePDF", FALSE);
  sandbox_json_open (json, "Contact", '{');
  sandbox_json_string (json, "ContactID", contact->id);
  sandbox_json_string (json, "Name", contact->text[SANDBOX_CONTACT_NAME]);
  sandbox_json_close (json, '}');
  sandbox_json_string (json, "Status", templates[i].status);
  sandbox_json_string (json, "LineAmountTypes", "NoTax");
  sandbox_json_open (json, "LineItems", '[');
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "Description", templates[i].description);
  sandbox_json_decimal (json, "Quantity", 10000, SANDBOX_FINE_PLACES);
  sandbox_json_decimal (json, "UnitAmount", amount, SANDBOX_MONEY_PLACES);
  sandbox_json_string (json, "AccountCode", "200");
  sandbox_json_decimal (json, "LineAmount", amount, SANDBOX_MONEY_PLACES);
  sandbox_json_raw (json, "Tracking", "[]");
  sandbox_json_close (json, '}');
  sandbox_json_close (json, ']');
  sandbox_json_decimal (json, "SubTotal", amount, SANDBOX_MONEY_PLACES);
  sandbox_json_decimal (json, "TotalTax", 0, SANDBOX_MONEY_PLACES);
  sandbox_json_decimal (json, "Total", amount, SANDBOX_MONEY_PLACES);
  sandbox_json_string (json, "CurrencyCode", call->organisation->settings->currency);
}

static gboolean
is_template (const SandboxCall *call, gconstpointer row, const char *id)
{
  return sandbox_settings_id_is (call, "repeating", templates[GPOINTER_TO_UINT (row) - 1].description, id);
}

/* Each for one of the first contacts (xero-accounting 12.2); to read alone. */
void
sandbox_settings_repeating (const SandboxCall *call)
{
  static const SandboxSettingsList list
      = { "RepeatingInvoices", { template_fields, template_value }, write_template, is_template, FALSE };

  sandbox_settings_list_serve (
      call, &list, count_rows (MIN (G_N_ELEMENTS (templates), call->organisation->contacts->len)));
}
