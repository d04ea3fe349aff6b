/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* Settings, rights and scopes, against xero-accounting 2.5, 7.1, 11 and 12.2. */

static void
test_organisation (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) locked
      = sandbox_control (sandbox, "organisation",
                         "{\"period_lock_date\":\"2026-10-31\",\"end_of_year_lock_date\":\"2026-03-31\"}");
  g_autoptr (Answer) answer = sandbox_get (sandbox, "Organisation");
  static const char *const members[]
      = { "OrganisationID", "Name",    "LegalName",         "ShortCode",       "BaseCurrency",
          "CountryCode",    "Version", "Timezone",          "DefaultSalesTax", "SalesTaxBasis",
          "Class",          "Edition", "OrganisationStatus" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *pointer = g_strconcat ("/Organisations/0/", members[i], NULL);

      g_assert_nonnull (answer_text (answer, pointer));
    }
  assert_text (answer, "/Organisations/0/PeriodLockDate", "/Date(1793404800000+0000)/");
  assert_text (answer, "/Organisations/0/EndOfYearLockDate", "/Date(1774915200000+0000)/");
  assert_text (answer, "/Organisations/0/PaymentTerms/Sales/Type", "OFFOLLOWINGMONTH");
  assert_text (answer, "/Organisations/0/IsDemoCompany", "true");
}

static void
test_accounts (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) bank
      = sandbox_get (sandbox, "Accounts?where=Type%%3D%%3D%%22BANK%%22&order=Code%%20DESC");
  g_autofree char *id = g_strdup (answer_text (bank, "/Accounts/0/AccountID"));
  g_autoptr (Answer) single = sandbox_get (sandbox, "Accounts/%s", id);
  g_autoptr (Answer) since
      = sandbox_api_with (sandbox, "GET", "Accounts", NULL, "If-Modified-Since", "2026-01-01T00:00:00");
  g_autoptr (Answer) error = sandbox_get (sandbox, "Accounts?where=Colour%%3D%%3D%%22red%%22");

  g_assert_cmpuint (answer_size (bank, "/Accounts"), ==, 2);
  assert_text (bank, "/Accounts/0/Code", "091");
  assert_text (single, "/Accounts/0/Code", "091");
  g_assert_cmpuint (answer_size (since, "/Accounts"), ==, 0);
  assert_rows (sandbox, "Accounts?where=Status%3D%3D%22ARCHIVED%22", 1);
  assert_rows (sandbox, "Accounts?where=EnablePaymentsToAccount%3D%3Dtrue", 1);
  assert_text (error, "/ErrorNumber", "16");
}

static void
test_tax_rates (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) answer = sandbox_get (sandbox, "TaxRates?where=TaxType%%3D%%3D%%22OUTPUT2%%22");

  g_assert_cmpuint (answer_size (answer, "/TaxRates"), ==, 1);
  assert_text (answer, "/TaxRates/0/EffectiveRate", "15.0000");
  assert_text (answer, "/TaxRates/0/CanApplyToRevenue", "true");
  assert_text (answer, "/TaxRates/0/TaxComponents/0/Rate", "15.0000");
}

static void
test_tracking (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) active = sandbox_get (sandbox, "TrackingCategories");
  g_autoptr (Answer) all = sandbox_get (sandbox, "TrackingCategories?includeArchived=true");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *body = sandbox_invoice_body (
      contact, "EX-1", "",
      "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"200\","
      "\"Tracking\":[{\"Name\":\"Region\",\"Option\":\"Abroad\"}]}");
  g_autoptr (Answer) dead = sandbox_api (sandbox, "PUT", "Invoices", body);

  g_assert_cmpuint (answer_size (active, "/TrackingCategories"), ==, 2);
  g_assert_cmpuint (answer_size (active, "/TrackingCategories/0/Options"), ==, 3);
  g_assert_cmpuint (answer_size (all, "/TrackingCategories"), ==, 3);
  g_assert_cmpuint (answer_size (all, "/TrackingCategories/0/Options"), ==, 4);
  assert_text (all, "/TrackingCategories/0/Options/3/Status", "ARCHIVED");
  assert_text (all, "/TrackingCategories/2/Status", "ARCHIVED");
  assert_refused (dead, "The Tracking Category or Option is not valid.");
}

/* What a person archives, deletes and renumbers in the ledger is so in the lists and for what is written, and
 * is remembered. */
static void
test_archived_later (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *made = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autofree char *body = sandbox_invoice_body (
      contact, "EX-3", "",
      "{\"Description\":\"x\",\"Quantity\":1,\"UnitAmount\":1,\"AccountCode\":\"200\","
      "\"Tracking\":[{\"Name\":\"Region\",\"Option\":\"South\"}]}");
  g_autofree char *same = sandbox_invoice_body (contact, "EX-2", "", LINE);
  g_autoptr (Answer) account = sandbox_control (sandbox, "settings/account/200/archive", "{}");
  g_autoptr (Answer) theme = sandbox_control (sandbox, "settings/theme/Advisory/archive", "{}");
  g_autoptr (Answer) option = sandbox_control (sandbox, "settings/option/South/archive", "{}");
  g_autoptr (Answer) number
      = sandbox_control (sandbox, "invoices", "{\"invoice\":\"EX-1\",\"number\":\"EX-2\"}");
  g_autoptr (Answer) no_account = NULL, no_option = NULL, taken = NULL, options = NULL, back = NULL;

  assert_status (number, 200);
  sandbox_kill (sandbox);
  sandbox_launch (sandbox, "empty");
  assert_rows (sandbox, "Accounts?where=Status%3D%3D%22ARCHIVED%22", 2);
  assert_rows (sandbox, "BrandingThemes", 1);
  options = sandbox_get (sandbox, "TrackingCategories");
  g_assert_cmpuint (answer_size (options, "/TrackingCategories/0/Options"), ==, 2);
  no_option = sandbox_api (sandbox, "PUT", "Invoices", body);
  assert_refused (no_option, "The Tracking Category or Option is not valid.");
  back = sandbox_control (sandbox, "settings/option/South/restore", "{}");
  no_account = sandbox_api (sandbox, "PUT", "Invoices", body);
  assert_refused (no_account, "Account code '200' is not a valid code for this document.");
  g_clear_pointer (&back, answer_free);
  back = sandbox_control (sandbox, "settings/account/200/restore", "{}");
  taken = sandbox_api (sandbox, "PUT", "Invoices", same);
  assert_refused (taken, "Invoice # must be unique.");
}

static void
test_small_lists (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) themes = sandbox_get (sandbox, "BrandingThemes");
  g_autoptr (Answer) items = sandbox_get (sandbox, "Items?unitdp=4&page=2&pageSize=1");
  g_autoptr (Answer) item = sandbox_get (sandbox, "Items/ADV-HOUR");
  g_autoptr (Answer) currencies = sandbox_get (sandbox, "Currencies");
  g_autoptr (Answer) nothing = sandbox_get (sandbox, "Items/NONE");

  assert_text (themes, "/BrandingThemes/0/SortOrder", "0");
  assert_text (themes, "/BrandingThemes/1/Type", "INVOICE");
  g_assert_cmpuint (answer_size (items, "/Items"), ==, 4); /* page is passed over */
  assert_text (items, "/Items/1/SalesDetails/UnitPrice", "275.1250");
  assert_text (items, "/Items/1/IsTrackedAsInventory", "false");
  assert_text (item, "/Items/0/SalesDetails/UnitPrice", "275.13");
  assert_text (currencies, "/Currencies/0/Code", "NZD");
  assert_text (currencies, "/Currencies/1/Description", "Australian Dollar");
  assert_status (nothing, 404);
}

static void
test_repeating (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) answer = sandbox_get (sandbox, "RepeatingInvoices");
  g_autofree char *path = g_strconcat ("RepeatingInvoices/",
                                       answer_text (answer, "/RepeatingInvoices/0/RepeatingInvoiceID"), NULL);
  g_autoptr (Answer) single = sandbox_get (sandbox, "%s", path);
  g_autoptr (Answer) write = sandbox_api (sandbox, "PUT", "RepeatingInvoices", "{}");

  assert_text (answer, "/RepeatingInvoices/0/Schedule/Unit", "MONTHLY");
  assert_text (answer, "/RepeatingInvoices/2/Schedule/Unit", "WEEKLY");
  g_assert_nonnull (answer_text (answer, "/RepeatingInvoices/0/Contact/ContactID"));
  assert_text (single, "/RepeatingInvoices/0/Status", "AUTHORISED");
  assert_rows (sandbox, "RepeatingInvoices?where=Status%3D%3D%22DRAFT%22", 1);
  assert_status (write, 501);
}

/* A person without rights: Organisation/Actions says so, and the call is 403 with another Detail than that of
 * a lost organisation. */
static void
test_rights (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autofree char *draft = sandbox_invoice_body (contact, "EX-2", "", LINE);
  g_autofree char *approved = sandbox_invoice_body (contact, "EX-3", AUTHORISED, LINE);
  g_autoptr (Answer) lost = sandbox_control (
      sandbox, "rights", "{\"CreateApprovedInvoice\":false,\"VoidInvoice\":false,\"UpdateContact\":false}");
  g_autoptr (Answer) actions = sandbox_get (sandbox, "Organisation/Actions");
  g_autoptr (Answer) may = sandbox_api (sandbox, "PUT", "Invoices", draft);
  g_autoptr (Answer) may_not = sandbox_api (sandbox, "PUT", "Invoices", approved);
  g_autoptr (Answer) no_void = sandbox_api (sandbox, "POST", "Invoices/EX-1", "{\"Status\":\"VOIDED\"}");
  g_autoptr (Answer) no_change
      = sandbox_api (sandbox, "POST", "Contacts", "{\"Name\":\"Joinery\",\"FirstName\":\"Aroha\"}");
  g_autoptr (Answer) blind = sandbox_control (sandbox, "rights", "{\"ViewInvoices\":false}");
  g_autoptr (Answer) list = sandbox_get (sandbox, "Invoices?page=1");
  g_autoptr (Answer) back
      = sandbox_control (sandbox, "rights", "{\"ViewInvoices\":true,\"CreateApprovedInvoice\":true}");
  g_autoptr (Answer) again = sandbox_api (sandbox, "PUT", "Invoices", approved);

  assert_text (actions, "/Actions/0/Name", "CreateContact");
  assert_text (actions, "/Actions/0/Status", "ALLOWED");
  assert_text (actions, "/Actions/4/Name", "CreateApprovedInvoice");
  assert_text (actions, "/Actions/4/Status", "NOT-ALLOWED");
  g_assert_cmpuint (answer_size (actions, "/Actions"), ==, 16);
  assert_status (may, 200);
  assert_status (may_not, 403);
  assert_text (may_not, "/Title", "Forbidden");
  g_assert_cmpstr (answer_text (may_not, "/Detail"), !=, "AuthenticationUnsuccessful");
  assert_status (no_void, 403);
  assert_status (no_change, 403);
  assert_status (list, 403);
  assert_status (again, 200);
}

/* Each endpoint with the granular and the classic scopes that open it, and what those do not open. */
static void
test_scopes (void)
{
  static const struct
  {
    const char *path;
    const char *opens[2];
    const char *not_enough;
  } rows[] = {
    { "Organisation", { "accounting.settings.read", "accounting.settings" }, "accounting.invoices" },
    { "Accounts", { "accounting.settings.read", "accounting.settings" }, "accounting.transactions" },
    { "TaxRates", { "accounting.settings.read", "accounting.settings" }, "accounting.contacts" },
    { "TrackingCategories", { "accounting.settings.read", "accounting.settings" }, "accounting.invoices" },
    { "BrandingThemes", { "accounting.settings.read", "accounting.settings" }, "accounting.invoices" },
    { "Currencies", { "accounting.settings.read", "accounting.settings" }, "accounting.invoices" },
    { "Items", { "accounting.invoices.read", "accounting.settings.read" }, "accounting.payments" },
    { "Contacts", { "accounting.contacts.read", "accounting.contacts" }, "accounting.invoices" },
    { "Invoices", { "accounting.invoices.read", "accounting.transactions.read" }, "accounting.payments" },
    { "RepeatingInvoices", { "accounting.invoices.read", "accounting.transactions" }, "accounting.settings" },
    { "CreditNotes", { "accounting.invoices.read", "accounting.transactions" }, "accounting.payments" },
    { "Payments", { "accounting.payments.read", "accounting.transactions.read" }, "accounting.invoices" },
    { "Prepayments", { "accounting.payments.read", "accounting.transactions" }, "accounting.invoices" },
    { "Overpayments", { "accounting.payments.read", "accounting.transactions" }, "accounting.invoices" },
  };
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint j = 0; j < 3; j++)
      {
        const char *scope = j < 2 ? rows[i].opens[j] : rows[i].not_enough;
        g_autoptr (Answer) forgotten = sandbox_control (sandbox, "tokens", "{\"action\":\"revoke\"}");
        g_autoptr (Answer) limits = sandbox_control (sandbox, "limits", "{\"minute\":1000}");
        g_autoptr (Answer) answer = NULL;

        sandbox_sign_in (sandbox, scope);
        answer = sandbox_get (sandbox, "%s", rows[i].path);
        if (answer->status != (j < 2 ? 200 : 401))
          g_test_message ("%s with %s", rows[i].path, scope);
        assert_status (answer, j < 2 ? 200 : 401);
      }
}

/* Reading scopes do not write. */
static void
test_read_scopes (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autoptr (Answer) invoice = NULL, payment = NULL, history = NULL;

  sandbox_sign_in (sandbox, "accounting.invoices.read accounting.payments.read accounting.contacts.read");
  invoice = sandbox_api (sandbox, "PUT", "Invoices", "{}");
  payment = sandbox_api (sandbox, "PUT", "Payments", "{}");
  history = sandbox_api (sandbox, "PUT", "Contacts/x/History", "{}");
  assert_status (invoice, 401);
  assert_status (payment, 401);
  assert_status (history, 401);
}

/* Xero's own kinds of refusal for what is not here. */
static void
test_not_served (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) quotes = sandbox_get (sandbox, "Quotes");
  g_autoptr (Answer) nonsense = sandbox_get (sandbox, "Nonsense");
  g_autoptr (Answer) method = sandbox_api (sandbox, "DELETE", "Contacts", NULL);
  g_autoptr (Answer) single = sandbox_get (sandbox, "Invoices/%s", "00000000-0000-4000-8000-000000000000");

  assert_status (quotes, 501);
  assert_status (nonsense, 404);
  g_assert_true (
      g_str_has_prefix (soup_message_headers_get_one (nonsense->headers, "Content-Type"), "text/html"));
  g_assert_nonnull (strstr (nonsense->body, "cannot be found"));
  assert_status (method, 501);
  assert_status (single, 404);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/settings/organisation", test_organisation);
  g_test_add_func ("/sandbox/settings/accounts", test_accounts);
  g_test_add_func ("/sandbox/settings/tax-rates", test_tax_rates);
  g_test_add_func ("/sandbox/settings/tracking-archived", test_tracking);
  g_test_add_func ("/sandbox/settings/themes-items-currencies", test_small_lists);
  g_test_add_func ("/sandbox/settings/archived-later", test_archived_later);
  g_test_add_func ("/sandbox/settings/repeating-invoices", test_repeating);
  g_test_add_func ("/sandbox/rights/lost-rights-are-403", test_rights);
  g_test_add_func ("/sandbox/scopes/granular-and-classic", test_scopes);
  g_test_add_func ("/sandbox/scopes/reading-does-not-write", test_read_scopes);
  g_test_add_func ("/sandbox/door/what-is-not-here", test_not_served);
  return g_test_run ();
}
