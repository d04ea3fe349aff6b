/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-documents.h"

#include "sandbox-rounding.h"
#include "sandbox-settings.h"

/* Puts what a request asks for over a draft: a blank invoice, or a copy of the one to change. Only what
 * cannot be read is refused here; what may not be is sandbox-invoices-rules.c's. */

#define FOREIGN_RATE "0.920000" /* the day's rate of every foreign currency */

static void
read_decimal (yyjson_val *element, const char *name, guint places, gint64 *value, SandboxOutcome *outcome)
{
  const char *text = sandbox_json_get_text (element, name);

  if (text == NULL || sandbox_decimal_parse (text, places, value))
    return;
  sandbox_outcome_malformed (outcome, "A number could not be read.");
}

static void
read_day (yyjson_val *element, const char *name, int *day, SandboxOutcome *outcome)
{
  const char *text = sandbox_json_get_text (element, name);

  if (text == NULL || *text == '\0' || sandbox_day_parse (text, day))
    return;
  sandbox_outcome_malformed (outcome, "A date could not be read.");
}

static void
read_text (yyjson_val *element, const char *name, char **text)
{
  const char *value = sandbox_json_get_text (element, name);

  if (value != NULL)
    g_set_str (text, *value != '\0' ? value : NULL);
}

static void
read_name (yyjson_val *element, const char *name, const char **text)
{
  const char *value = sandbox_json_get_text (element, name);

  if (value != NULL)
    sandbox_set_name (text, *value != '\0' ? value : NULL);
}

/* What an item fills in where the line is silent (xero-accounting 9.2). */
static void
fill_from_item (const SandboxCall *call, SandboxLine *line, yyjson_val *element)
{
  const SandboxItem *item = sandbox_organisation_item (call->organisation, line->item_code);

  if (item == NULL)
    return;
  if (line->description == NULL)
    sandbox_line_describe (line, item->description);
  if (line->account_code == NULL)
    line->account_code = item->account_code;
  if (line->tax_type == NULL)
    line->tax_type = item->tax_type;
  if (sandbox_json_get (element, "UnitAmount") == NULL && line->unit_amount == 0)
    line->unit_amount = item->unit_price;
}

static void
read_account (const SandboxCall *call, SandboxLine *line, yyjson_val *element, SandboxOutcome *outcome)
{
  const char *id = sandbox_json_get_text (element, "AccountID");
  const SandboxAccount *account;

  read_name (element, "AccountCode", &line->account_code);
  if (id == NULL || sandbox_json_get (element, "AccountCode") != NULL || !sandbox_id_check (outcome, id))
    return;
  account = sandbox_organisation_account_by_id (call->organisation, id);
  sandbox_set_name (&line->account_code, account != NULL ? account->code : id);
}

static void
read_tracking (const SandboxCall *call, SandboxLine *line, yyjson_val *element, SandboxOutcome *outcome)
{
  yyjson_val *sent = sandbox_json_get (element, "Tracking");
  g_auto (SandboxJson) json = { NULL };

  if (!yyjson_is_arr (sent))
    return;
  sandbox_json_init (&json);
  if (yyjson_arr_size (sent) > 2)
    sandbox_outcome_refuse (outcome, "A line item can have at most 2 tracking categories.");
  else if (!sandbox_settings_write_tracking (call->organisation, sent, &json))
    sandbox_outcome_refuse (outcome, "The Tracking Category or Option is not valid.");
  else
    sandbox_set_name (&line->tracking, json.text->str);
}

/* The unit price is rounded to unitdp places before anything is counted from it (xero-accounting 6.3). */
static void
read_line (const SandboxCall *call,
           SandboxLine *line,
           yyjson_val *element,
           gboolean is_new,
           SandboxOutcome *outcome)
{
  guint places = sandbox_call_unit_places (call);
  const char *description = sandbox_json_get_text (element, "Description");
  const SandboxAccount *account;

  if (description != NULL)
    sandbox_line_describe (line, *description != '\0' ? description : NULL);
  read_name (element, "ItemCode", &line->item_code);
  read_name (element, "TaxType", &line->tax_type);
  read_account (call, line, element, outcome);
  read_tracking (call, line, element, outcome);
  read_decimal (element, "Quantity", SANDBOX_FINE_PLACES, &line->quantity, outcome);
  read_decimal (element, "UnitAmount", SANDBOX_FINE_PLACES, &line->unit_amount, outcome);
  read_decimal (element, "DiscountRate", SANDBOX_FINE_PLACES, &line->discount_rate, outcome);
  read_decimal (element, "DiscountAmount", SANDBOX_MONEY_PLACES, &line->discount_amount, outcome);
  if (!sandbox_call_assumes (call, SANDBOX_ASSUME_DISCOUNT_RATE_FOUR_PLACES))
    line->discount_rate = sandbox_decimal_round (
        sandbox_decimal_round (line->discount_rate, SANDBOX_FINE_PLACES, 2), 2, SANDBOX_FINE_PLACES);
  fill_from_item (call, line, element);
  if (is_new && sandbox_json_get (element, "UnitAmount") == NULL && line->unit_amount == 0)
    read_decimal (element, "LineAmount", SANDBOX_FINE_PLACES, &line->unit_amount, outcome);
  if (is_new && sandbox_json_get (element, "Quantity") == NULL && line->unit_amount != 0)
    line->quantity = 10000;
  line->unit_amount = sandbox_decimal_round (
      sandbox_decimal_round (line->unit_amount, SANDBOX_FINE_PLACES, places), places, SANDBOX_FINE_PLACES);
  account = sandbox_organisation_account (call->organisation, line->account_code);
  if (line->tax_type == NULL && account != NULL)
    line->tax_type = account->tax_type;
}

static const SandboxLine *
find_line (GPtrArray *lines, const char *id)
{
  for (guint i = 0; id != NULL && i < lines->len; i++)
    {
      const SandboxLine *line = lines->pdata[i];

      if (g_ascii_strcasecmp (line->id, id) == 0)
        return line;
    }
  return NULL;
}

/* Lines with an id are changed, lines without are made, lines that are missing are deleted
 * (xero-accounting 9.2). */
static void
read_lines (const SandboxCall *call, SandboxInvoice *draft, yyjson_val *list, SandboxOutcome *outcome)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_line_free);
  size_t i, n;
  yyjson_val *element;

  yyjson_arr_foreach (list, i, n, element)
  {
    const char *id = sandbox_json_get_text (element, "LineItemID");
    const SandboxLine *known = find_line (draft->lines, id);
    g_autofree char *new_id = g_uuid_string_random ();
    SandboxLine *line = known != NULL ? sandbox_line_copy (known) : sandbox_line_new (new_id);

    g_ptr_array_add (lines, line);
    if (sandbox_id_check (outcome, id))
      read_line (call, line, element, known == NULL, outcome);
  }
  g_ptr_array_unref (draft->lines);
  draft->lines = g_steal_pointer (&lines);
}

/* Amounts that were sent: a line's must agree, its tax may be overridden, the totals must agree
 * (xero-accounting 6.5). */
static void
apply_sent_amounts (SandboxInvoice *draft, yyjson_val *list, SandboxOutcome *outcome)
{
  size_t i, n;
  yyjson_val *element;

  yyjson_arr_foreach (list, i, n, element)
  {
    SandboxLine *line = draft->lines->pdata[i];
    gint64 amount = line->amount;

    read_decimal (element, "LineAmount", SANDBOX_MONEY_PLACES, &amount, outcome);
    if (amount != line->amount)
      {
        g_autoptr (GString) text = g_string_new ("The line total ");

        sandbox_decimal_append (text, amount, SANDBOX_MONEY_PLACES);
        g_string_append (text, " does not match the expected line total ");
        sandbox_decimal_append (text, line->amount, SANDBOX_MONEY_PLACES);
        sandbox_outcome_refuse (outcome, "%s", text->str);
      }
    if (draft->amounts != SANDBOX_AMOUNTS_NO_TAX)
      read_decimal (element, "TaxAmount", SANDBOX_MONEY_PLACES, &line->tax_amount, outcome);
  }
  sandbox_invoice_sum (draft);
}

static void
check_sent_totals (const SandboxInvoice *draft, yyjson_val *element, SandboxOutcome *outcome)
{
  gint64 sub_total = draft->sub_total;
  gint64 total_tax = draft->total_tax;
  gint64 total = draft->total;

  read_decimal (element, "SubTotal", SANDBOX_MONEY_PLACES, &sub_total, outcome);
  read_decimal (element, "TotalTax", SANDBOX_MONEY_PLACES, &total_tax, outcome);
  read_decimal (element, "Total", SANDBOX_MONEY_PLACES, &total, outcome);
  if (sub_total != draft->sub_total || total_tax != draft->total_tax || total != draft->total)
    sandbox_outcome_refuse (outcome, "The document total does not equal the sum of the lines.");
}

static void
read_names (SandboxInvoice *draft, yyjson_val *element, SandboxOutcome *outcome)
{
  const char *type = sandbox_json_get_text (element, "Type");
  const char *amounts = sandbox_json_get_text (element, "LineAmountTypes");
  const char *status = sandbox_json_get_text (element, "Status");
  const SandboxDocumentNames *names = &sandbox_document_names[draft->kind];
  int index;

  if (type != NULL)
    draft->bill = g_strcmp0 (type, names->types[1]) == 0;
  if (type != NULL && !draft->bill && g_strcmp0 (type, names->types[0]) != 0)
    sandbox_outcome_refuse (outcome, "%s not of valid type for creation",
                            draft->kind == SANDBOX_LIST_INVOICES ? "Invoice" : "Credit note");
  if (amounts != NULL && (index = sandbox_name_index (sandbox_amounts_names, amounts)) < 0)
    sandbox_outcome_malformed (outcome, "LineAmountTypes is not a known value.");
  else if (amounts != NULL)
    draft->amounts = (SandboxAmounts)index;
  if (status != NULL && (index = sandbox_name_index (sandbox_status_names, status)) < 0)
    sandbox_outcome_malformed (outcome, "Status is not a known value.");
  else if (status != NULL)
    draft->status = (SandboxStatus)index;
}

static void
read_currency (const SandboxCall *call, SandboxInvoice *draft, yyjson_val *element)
{
  const char *base = call->organisation->settings->currency;

  read_name (element, "CurrencyCode", &draft->currency);
  if (draft->currency == NULL)
    draft->currency = base;
  if (g_strcmp0 (draft->currency, base) == 0)
    draft->currency_rate = "1.000000";
  else
    {
      read_name (element, "CurrencyRate", &draft->currency_rate);
      if (draft->currency_rate == NULL)
        draft->currency_rate = FOREIGN_RATE;
    }
}

static const char *
default_theme (SandboxOrganisation *organisation)
{
  g_autofree char *id = sandbox_settings_default_theme (organisation);

  return g_intern_string (id);
}

/* The twentieth of the month after, as the organisation's terms say; whether they fill in is unconfirmed
 * (xero-accounting 16.9). */
static int
due_by_terms (int day)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc ((gint64)day * 86400);
  g_autoptr (GDateTime) later = g_date_time_add_months (date, 1);

  return sandbox_day_from_ymd (g_date_time_get_year (later), g_date_time_get_month (later), 20);
}

static void
read_days (const SandboxCall *call, SandboxInvoice *draft, yyjson_val *element, SandboxOutcome *outcome)
{
  read_day (element, "Date", &draft->day, outcome);
  read_day (element, "DueDate", &draft->due_day, outcome);
  if (draft->day == SANDBOX_NO_DAY)
    draft->day = sandbox_clock_today (&call->world->clock);
  if (draft->due_day == SANDBOX_NO_DAY && draft->kind == SANDBOX_LIST_INVOICES
      && draft->status == SANDBOX_STATUS_AUTHORISED
      && sandbox_call_assumes (call, SANDBOX_ASSUME_DUE_DATE_FROM_TERMS))
    draft->due_day = due_by_terms (draft->day);
}

void
sandbox_document_read (const SandboxCall *call,
                       SandboxInvoice *draft,
                       yyjson_val *element,
                       SandboxOutcome *outcome)
{
  yyjson_val *lines = sandbox_json_get (element, "LineItems");

  read_names (draft, element, outcome);
  read_text (element, sandbox_document_names[draft->kind].number, &draft->number);
  read_text (element, "Reference", &draft->reference);
  read_text (element, "Url", &draft->url);
  read_name (element, "BrandingThemeID", &draft->theme_id);
  read_days (call, draft, element, outcome);
  read_currency (call, draft, element);
  if (draft->theme_id == NULL)
    draft->theme_id = default_theme (call->organisation);
  if (yyjson_is_arr (lines))
    read_lines (call, draft, lines, outcome);
  if (yyjson_is_arr (lines) || sandbox_json_get (element, "LineAmountTypes") != NULL)
    sandbox_invoice_count (draft, call->organisation);
  if (yyjson_is_arr (lines))
    apply_sent_amounts (draft, lines, outcome);
  check_sent_totals (draft, element, outcome);
  if (sandbox_json_get (element, "SentToContact") != NULL)
    {
      if (draft->status == SANDBOX_STATUS_AUTHORISED || draft->status == SANDBOX_STATUS_PAID)
        draft->sent = sandbox_json_get_bool (element, "SentToContact");
      else if (sandbox_json_get_bool (element, "SentToContact"))
        g_ptr_array_add (outcome->warnings,
                         g_strdup ("Only AUTHORISED invoices may have SentToContact updated."));
    }
}
