/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* Reading lists, against xero-accounting 3.1, 5 and 8.5. */

static void
assert_has (Answer *answer, const char *pointer, gboolean there)
{
  gboolean found = yyjson_doc_ptr_get (answer->document, pointer) != NULL;

  if (found != there)
    g_test_message ("%s is %s", pointer, found ? "there" : "not there");
  g_assert_true (found == there);
}

static void
make_people (Sandbox *sandbox)
{
  g_autoptr (Answer) answer = sandbox_api (
      sandbox, "PUT", "Contacts",
      "{\"Contacts\":[{\"Name\":\"Café Zoë\",\"EmailAddress\":\"zoe@cafe.example\",\"AccountNumber\":\"A-1\","
      "\"ContactNumber\":\"CL-1\"},"
      "{\"Name\":\"Bakery\",\"FirstName\":\"Zoltan\",\"CompanyNumber\":\"998877\"},{\"Name\":\"Carpenter\"}]"
      "}");

  assert_status (answer, 200);
}

typedef struct
{
  const char *where;
  gsize rows;
} Where;

static void
assert_where (Sandbox *sandbox, const char *list, const Where *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *escaped = g_uri_escape_string (cases[i].where, NULL, FALSE);
      g_autofree char *path = g_strdup_printf ("%s?where=%s", list, escaped);

      assert_rows (sandbox, path, cases[i].rows);
    }
}

static void
test_where (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact = NULL, *invoice = NULL;
  static const Where amounts[] = {
    { "AmountDue==115", 1 },   { "AmountDue!=115.00", 0 }, { "AmountDue>=115.00", 1 },
    { "AmountDue>115.00", 0 }, { "AmountDue<=115.00", 1 }, { "AmountDue<115.00", 0 },
    { "AmountDue<115.01", 1 }, { "AmountDue>114.99", 1 },
  };
  static const Where cases[] = {
    { "Name==\"bakery\"", 1 },       /* without case */
    { "Name=\"CAFE ZOE\"", 1 },      /* without accents; one = will do */
    { "Name!=\"Bakery\"", 2 },       /**/
    { "Name.Contains(\"ake\")", 1 }, /**/
    { "Name.StartsWith(\"Ca\") AND Name != \"Carpenter\"", 1 },
    { "Name==\"Bakery\" && FirstName==\"Zoltan\"", 1 }, /**/
    { "Name==\"Bakery\" OR Name==\"Carpenter\"", 2 },   /**/
    { "Name==\"Bakery\" || Name==\"Carpenter\"", 2 },   /**/
    { "EmailAddress==\"ZOE@cafe.example\"", 1 },        /**/
    { "AccountNumber==\"A-1\"", 1 },                    /**/
    { "IsCustomer==true", 0 },                          /**/
    { "IsCustomer==false", 3 },                         /**/
    { "ContactID==guid(\"00000000-0000-4000-8000-000000000000\")", 0 },
    { "UpdatedDateUTC>=DateTime(2026, 11, 21)", 3 },       /**/
    { "UpdatedDateUTC>DateTime(2026,11,22)", 0 },          /**/
    { "UpdatedDateUTC<=DateTime(2026,11,21,8,59,59)", 0 }, /**/
    { "  Name == \"Bakery\"  ", 1 },
  };

  make_people (sandbox);
  assert_where (sandbox, "Contacts", cases, G_N_ELEMENTS (cases));
  contact = sandbox_make_contact (sandbox, "Joinery");
  invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  assert_where (sandbox, "Invoices", amounts, G_N_ELEMENTS (amounts));
}

static void
test_where_errors (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  static const char *const wrong[] = { "Colour==\"red\"",
                                       "Name",
                                       "Name==",
                                       "Name==\"a",
                                       "Name==Bakery",
                                       "Name~\"a\"",
                                       "Name==\"a\" Name==\"b\"",
                                       "(Name==\"a\")",
                                       "Name==\"a\" XOR Name==\"b\"",
                                       "Name.EndsWith(\"a\")",
                                       "UpdatedDateUTC>2026-11-21",
                                       "UpdatedDateUTC>DateTime(2026,13,1)",
                                       "Name.Contains(\"a\"" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *escaped = g_uri_escape_string (wrong[i], NULL, FALSE);
      g_autoptr (Answer) answer = sandbox_get (sandbox, "Contacts?where=%s", escaped);

      if (answer->status != 400)
        g_test_message ("%s", wrong[i]);
      assert_status (answer, 400);
      assert_text (answer, "/ErrorNumber", "16");
      assert_text (answer, "/Type", "QueryParseException");
    }
}

static void
test_order (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) up = NULL, down = NULL, two = NULL, second_down = NULL, wrong = NULL;

  make_people (sandbox);
  up = sandbox_get (sandbox, "Contacts?order=Name");
  down = sandbox_get (sandbox, "Contacts?order=Name%%20DESC");
  two = sandbox_get (sandbox, "Contacts?order=ContactStatus,Name%%20ASC");
  second_down = sandbox_get (sandbox, "Contacts?order=ContactStatus,Name%%20DESC");
  wrong = sandbox_get (sandbox, "Contacts?order=Colour");
  assert_text (up, "/Contacts/0/Name", "Bakery");
  assert_text (down, "/Contacts/0/Name", "Carpenter");
  assert_text (two, "/Contacts/2/Name", "Carpenter");
  assert_text (second_down, "/Contacts/0/Name", "Carpenter");
  assert_text (second_down, "/Contacts/2/Name", "Bakery");
  assert_text (wrong, "/ErrorNumber", "16");
}

/* UpdatedDateUTC and then the id: the same from page to page. */
static void
test_default_order (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) all = sandbox_get (sandbox, "Invoices?page=1&pageSize=1000");
  g_autoptr (Answer) second = sandbox_get (sandbox, "Invoices?page=2&pageSize=150");
  g_autoptr (Answer) touched = NULL, after = NULL;
  gint64 last = 0;

  for (gsize i = 0; i < answer_size (all, "/Invoices"); i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/Invoices/%" G_GSIZE_FORMAT "/UpdatedDateUTC", i);
      gint64 updated = g_ascii_strtoll (answer_text (all, pointer) + strlen ("/Date("), NULL, 10);

      g_assert_cmpint (updated, >=, last);
      last = updated;
    }
  assert_text (second, "/Invoices/0/InvoiceID", answer_text (all, "/Invoices/150/InvoiceID"));
  touched = sandbox_control (sandbox, "clock", "{\"now\":\"2026-11-21T09:10:00\"}");
  g_clear_pointer (&touched, answer_free);
  touched = sandbox_get (sandbox, "Invoices?where=Status%%3D%%3D%%22DRAFT%%22&page=1");
  {
    g_autofree char *path = g_strconcat ("Invoices/", answer_text (touched, "/Invoices/0/InvoiceID"), NULL);
    g_autoptr (Answer) changed = sandbox_api (sandbox, "POST", path, "{\"Reference\":\"moved\"}");

    assert_status (changed, 200);
  }
  after = sandbox_get (sandbox, "Invoices?page=1&pageSize=1000"); /* it jumps to the end (5.2) */
  assert_text (after, "/Invoices/399/Reference", "moved");
}

static void
test_search_term (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact = NULL, *invoice = NULL;

  make_people (sandbox);
  assert_rows (sandbox, "Contacts?searchTerm=zo", 2); /* a name and a first name */
  assert_rows (sandbox, "Contacts?searchTerm=CL-1", 1);
  assert_rows (sandbox, "Contacts?searchTerm=8877", 1);
  assert_rows (sandbox, "Contacts?searchTerm=CAFE.EX", 1);
  assert_rows (sandbox, "Contacts?searchTerm=A-1", 0); /* not the AccountNumber */
  contact = sandbox_make_contact (sandbox, "Joinery");
  invoice = sandbox_make_invoice (sandbox, contact, "EX-1", "\"Reference\":\"PROP-1042\",");
  assert_rows (sandbox, "Invoices?searchTerm=prop-10&page=1", 1);
  assert_rows (sandbox, "Invoices?searchTerm=ex-1&page=1", 1);
  assert_rows (sandbox, "Invoices?searchTerm=joinery&page=1", 0);
}

/* Exactly the members that xero-accounting 5.2 names are left out, and paging is forced. */
static void
test_summary_only (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) invoices = sandbox_get (sandbox, "Invoices?summaryOnly=true&Statuses=PAID");
  g_autoptr (Answer) contacts = sandbox_get (sandbox, "Contacts?summaryOnly=true");
  g_autoptr (Answer) full = sandbox_get (sandbox, "Contacts?page=1");
  static const char *const invoices_without[] = { "Payments", "HasAttachments", "LineItems", "CISDeduction" };
  static const char *const invoices_with[] = { "InvoiceID", "InvoiceNumber", "Contact",        "Total",
                                               "AmountDue", "AmountPaid",    "UpdatedDateUTC", "Status" };
  static const char *const contacts_without[] = { "Addresses",
                                                  "Balances",
                                                  "ContactGroups",
                                                  "ContactPersons",
                                                  "IsCustomer",
                                                  "IsSupplier",
                                                  "SalesDefaultAccountCode",
                                                  "PurchasesDefaultAccountCode",
                                                  "SalesTrackingCategories",
                                                  "PurchasesTrackingCategories" };

  g_assert_nonnull (answer_text (invoices, "/pagination/itemCount"));
  g_assert_nonnull (answer_text (contacts, "/pagination/itemCount"));
  for (guint i = 0; i < G_N_ELEMENTS (invoices_without); i++)
    {
      g_autofree char *pointer = g_strconcat ("/Invoices/0/", invoices_without[i], NULL);

      assert_has (invoices, pointer, FALSE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (invoices_with); i++)
    {
      g_autofree char *pointer = g_strconcat ("/Invoices/0/", invoices_with[i], NULL);

      assert_has (invoices, pointer, TRUE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (contacts_without); i++)
    {
      g_autofree char *pointer = g_strconcat ("/Contacts/0/", contacts_without[i], NULL);

      assert_has (contacts, pointer, FALSE);
    }
  assert_has (contacts, "/Contacts/0/Phones", TRUE);
  assert_has (full, "/Contacts/0/Addresses", TRUE);
  assert_has (full, "/Contacts/0/ContactPersons", TRUE);
  assert_has (full, "/Contacts/0/IsCustomer", TRUE);
}

/* Unpaged lists are thin: no lines, ContactID and Name alone; Statuses= forces pages. */
static void
test_unpaged (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) thin = sandbox_get (sandbox, "Invoices");
  g_autoptr (Answer) paged = sandbox_get (sandbox, "Invoices?page=1");
  g_autoptr (Answer) forced = sandbox_get (sandbox, "Invoices?Statuses=PAID,VOIDED");
  g_autoptr (Answer) contacts = sandbox_get (sandbox, "Contacts");

  g_assert_cmpuint (answer_size (thin, "/Invoices/0/LineItems"), ==, 0);
  g_assert_cmpuint (answer_size (thin, "/Invoices/0/Contact"), ==, 2);
  assert_has (thin, "/pagination", FALSE);
  g_assert_cmpuint (answer_size (paged, "/Invoices/0/LineItems"), >, 0);
  g_assert_cmpuint (answer_size (paged, "/Invoices/0/Contact"), >, 2);
  g_assert_cmpuint (answer_size (forced, "/Invoices"), ==, 100);
  g_assert_cmpuint (answer_size (forced, "/Invoices/0/LineItems"), >, 0);
  assert_has (contacts, "/Contacts/0/ContactPersons", FALSE);
  assert_has (contacts, "/Contacts/0/Addresses", TRUE);
}

static void
test_parameter_lists (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  g_autoptr (Answer) page = sandbox_get (sandbox, "Invoices?page=1&pageSize=45");
  g_autoptr (GString) ids = g_string_new ("Invoices?page=1&IDs=");
  g_autofree char *by_contact = NULL;
  g_autofree char *contact = NULL;
  g_autofree char *mine = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/Invoices/%u/InvoiceID", i);
      g_autofree char *id = g_ascii_strup (answer_text (page, pointer), -1);

      g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", id);
    }
  assert_rows (sandbox, ids->str, 40); /* 40 ids fit, in any case of letters */
  assert_rows (sandbox, "Invoices?page=1&InvoiceNumbers=inv-0001,INV-0002,%20INV-0003,INV-9999", 3);
  by_contact = g_strdup_printf ("Invoices?page=1&ContactIDs=%s",
                                answer_text (page, "/Invoices/0/Contact/ContactID"));
  {
    g_autoptr (Answer) answer = sandbox_api (sandbox, "GET", by_contact, NULL);

    g_assert_cmpuint (answer_size (answer, "/Invoices"), >, 0);
    assert_text (answer, "/Invoices/0/Contact/ContactID",
                 answer_text (page, "/Invoices/0/Contact/ContactID"));
  }
  assert_rows (sandbox, "Invoices?page=1&createdByMyApp=true", 0);
  contact = sandbox_make_contact (sandbox, "Mine");
  mine = sandbox_make_invoice (sandbox, contact, "EX-1", "");
  assert_rows (sandbox, "Invoices?page=1&createdByMyApp=true", 1);
}

/* Longer than 2,091 characters is "not found", by the letter (3.1). */
static void
test_long_address (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *fits = g_strnfill (2091 - strlen ("/api.xro/2.0/Invoices?IDs="), 'a');
  g_autoptr (Answer) at_limit = sandbox_get (sandbox, "Invoices?IDs=%s", fits);
  g_autoptr (Answer) beyond = sandbox_get (sandbox, "Invoices?IDs=%sa", fits);

  assert_status (at_limit, 200);
  assert_status (beyond, 404);
}

/* Beyond 100,000 rows a list is refused until something optimised narrows it. */
static void
test_high_volume (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("count:100001");
  g_autoptr (Answer) all = sandbox_get (sandbox, "Invoices?page=1");
  g_autoptr (Answer) slow = sandbox_get (sandbox, "Invoices?page=1&where=Total%%3D%%3D1.00");
  g_autoptr (Answer) contacts = sandbox_get (sandbox, "Contacts?page=1");
  g_autoptr (Answer) fast = sandbox_get (sandbox, "Invoices?page=1&where=Status%%3D%%3D%%22DRAFT%%22");
  g_autoptr (Answer) dated
      = sandbox_get (sandbox, "Invoices?page=1&where=Date%%3E%%3DDateTime(2026%%2C01%%2C01)");
  g_autoptr (Answer) listed = sandbox_get (sandbox, "Invoices?Statuses=VOIDED");
  g_autoptr (Answer) recent = sandbox_api_with (sandbox, "GET", "Invoices?page=1", NULL, "If-Modified-Since",
                                                "2026-10-01T00:00:00");
  g_autoptr (Answer) single = sandbox_get (sandbox, "Invoices/INV-0001");

  assert_status (all, 400);
  assert_text (all, "/ErrorNumber", "51");
  assert_text (all, "/Type", "HighVolumeException");
  assert_text (slow, "/ErrorNumber", "51"); /* few rows, but not by an optimised filter */
  assert_status (contacts, 200);
  assert_status (fast, 200);
  assert_status (dated, 200);
  assert_status (listed, 200);
  assert_status (recent, 200);
  assert_status (single, 200);
}

/* The limit itself is no refusal, one more is. */
static void
test_high_volume_to_the_row (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo"); /* of 400 invoices */
  g_autoptr (Answer) as_many = sandbox_control (sandbox, "limits", "{\"rows\":400}");
  g_autoptr (Answer) taken = sandbox_get (sandbox, "Invoices?page=1");
  g_autoptr (Answer) one_less = sandbox_control (sandbox, "limits", "{\"rows\":399}");
  g_autoptr (Answer) refused = sandbox_get (sandbox, "Invoices?page=1");

  assert_status (taken, 200);
  assert_text (refused, "/ErrorNumber", "51");
}

static void
set_clock (Sandbox *sandbox, const char *time)
{
  g_autofree char *body = g_strdup_printf ("{\"now\":\"2026-11-21T%s\"}", time);
  g_autoptr (Answer) answer = sandbox_control (sandbox, "clock", body);
}

static void
change (Sandbox *sandbox, const char *path, const char *body)
{
  g_autoptr (Answer) answer = sandbox_api (sandbox, "POST", path, body);

  assert_status (answer, 200);
}

static gsize
count_since (Sandbox *sandbox, const char *path, const char *time)
{
  g_autofree char *since = g_strconcat ("2026-11-21T", time, NULL);
  g_autoptr (Answer) answer = sandbox_api_with (sandbox, "GET", path, NULL, "If-Modified-Since", since);
  g_autofree char *pointer = g_strdup_printf ("/%.*s", (int)strcspn (path, "?"), path);

  return answer_size (answer, pointer);
}

/* Changes that move no UpdatedDateUTC (5.4). */
static void
test_blind_spots (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *invoice = NULL;
  g_autofree char *contact_path = g_strconcat ("Contacts/", contact, NULL);
  g_autoptr (Answer) paid = NULL, read = NULL, customer = NULL;
  g_autofree char *line_id = NULL, *new_line = NULL, *unpaid = NULL;

  set_clock (sandbox, "09:05:00");
  invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_assert_cmpuint (count_since (sandbox, "Contacts?page=1", "09:05:00"), ==, 0); /* IsCustomer */
  customer = sandbox_api (sandbox, "GET", contact_path, NULL);
  assert_text (customer, "/Contacts/0/IsCustomer", "true");
  assert_text (customer, "/Contacts/0/Balances/AccountsReceivable/Outstanding", "115.00");
  paid = sandbox_control (sandbox, "payments", "{\"invoice\":\"EX-1\",\"amount\":\"15.00\"}");
  set_clock (sandbox, "09:10:00");
  change (sandbox, "Invoices/EX-1", "{\"DueDate\":\"2026-12-24\"}");
  change (sandbox, "Invoices/EX-1", "{\"SentToContact\":true}");
  read = sandbox_get (sandbox, "Invoices/EX-1");
  assert_text (read, "/Invoices/0/DueDateString", "2026-12-24T00:00:00");
  assert_text (read, "/Invoices/0/SentToContact", "true");
  line_id = g_strdup (answer_text (read, "/Invoices/0/LineItems/0/LineItemID"));
  new_line = g_strdup_printf ("{\"LineItems\":[{\"LineItemID\":\"%s\",\"AccountCode\":\"260\"}]}", line_id);
  change (sandbox, "Invoices/EX-1", new_line);
  g_assert_cmpuint (count_since (sandbox, "Invoices?page=1", "09:10:00"), ==, 0);
  change (sandbox, "Invoices/EX-1", "{\"Reference\":\"seen\"}");
  g_assert_cmpuint (count_since (sandbox, "Invoices?page=1", "09:10:00"), ==, 1);

  /* Not where something else goes with it, nor where nothing is paid yet. */
  set_clock (sandbox, "09:15:00");
  change (sandbox, "Invoices/EX-1", "{\"DueDate\":\"2026-12-25\",\"Reference\":\"with it\"}");
  g_assert_cmpuint (count_since (sandbox, "Invoices?page=1", "09:15:00"), ==, 1);
  unpaid = sandbox_make_invoice (sandbox, contact, "EX-2", AUTHORISED);
  set_clock (sandbox, "09:20:00");
  change (sandbox, "Invoices/EX-2", "{\"DueDate\":\"2026-12-24\"}");
  g_assert_cmpuint (count_since (sandbox, "Invoices?page=1", "09:20:00"), ==, 1);
}

/* Endpoints without If-Modified-Since pass it over. */
static void
test_without_modified_since (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("demo");
  static const char *const paths[]
      = { "TaxRates", "BrandingThemes", "Currencies", "TrackingCategories", "RepeatingInvoices" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_assert_cmpuint (count_since (sandbox, paths[i], "09:00:00"), >, 0);
}

/* The loser of a merge is archived, names the winner, and can't be invoiced; its invoices are the winner's.
 */
static void
test_merged (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *loser = sandbox_make_contact (sandbox, "Joinery (old)");
  g_autofree char *winner = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, loser, "EX-1", "");
  g_autofree char *path = g_strdup_printf ("contacts/%s/merge", loser);
  g_autofree char *body = g_strdup_printf ("{\"into\":\"%s\"}", winner);
  g_autoptr (Answer) merged = sandbox_control (sandbox, path, body);
  g_autoptr (Answer) list = sandbox_get (sandbox, "Contacts?page=1&includeArchived=true&order=Name");
  g_autoptr (Answer) single = sandbox_get (sandbox, "Contacts/%s", loser);
  g_autoptr (Answer) read = sandbox_get (sandbox, "Invoices/EX-1");
  g_autofree char *again = sandbox_invoice_body (loser, "EX-2", "", LINE);
  g_autoptr (Answer) refused = sandbox_api (sandbox, "PUT", "Invoices", again);

  assert_rows (sandbox, "Contacts?page=1", 1);
  assert_text (list, "/Contacts/1/MergedToContactID", winner);
  assert_text (single, "/Contacts/0/ContactStatus", "ARCHIVED");
  assert_text (single, "/Contacts/0/MergedToContactID", winner);
  assert_text (read, "/Invoices/0/Contact/ContactID", winner);
  assert_refused (refused, "Unable to assign an Archived contact.");
}

/* Neither in a locked period nor into it, by either lock date; voiding is a change, too. */
static void
test_locked (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *invoice = sandbox_make_invoice (sandbox, contact, "EX-1", AUTHORISED);
  g_autoptr (Answer) locked
      = sandbox_control (sandbox, "organisation", "{\"period_lock_date\":\"2026-11-21\"}");
  g_autoptr (Answer) word = sandbox_api (sandbox, "POST", "Invoices/EX-1", "{\"Reference\":\"x\"}");
  g_autoptr (Answer) out = sandbox_api (sandbox, "POST", "Invoices/EX-1", "{\"Date\":\"2026-11-25\"}");
  g_autoptr (Answer) voided = sandbox_api (sandbox, "POST", "Invoices/EX-1", "{\"Status\":\"VOIDED\"}");
  g_autoptr (Answer) opened = sandbox_control (sandbox, "organisation", "{\"period_lock_date\":null}");
  g_autoptr (Answer) now = sandbox_api (sandbox, "POST", "Invoices/EX-1", "{\"Status\":\"VOIDED\"}");
  g_autoptr (Answer) read = sandbox_get (sandbox, "Invoices/EX-1");

  assert_refused (word, "The document date cannot be before the period lock date.");
  assert_status (out, 400);
  assert_status (voided, 400);
  assert_status (now, 200);
  assert_text (read, "/Invoices/0/AmountDue", "0.00"); /* while the total stays (9.6) */
  assert_text (read, "/Invoices/0/Total", "115.00");
}

/* Lines with an id change, without are made, missing ones are deleted (9.2). */
static void
test_line_items (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autofree char *contact = sandbox_make_contact (sandbox, "Joinery");
  g_autofree char *body = sandbox_invoice_body (contact, "EX-1", "", LINE "," LINE "," LINE);
  g_autoptr (Answer) made = sandbox_api (sandbox, "PUT", "Invoices", body);
  const char *second = answer_text (made, "/Invoices/0/LineItems/1/LineItemID");
  g_autofree char *change_body = g_strdup_printf (
      "{\"LineItems\":[{\"LineItemID\":\"%s\",\"Quantity\":2},{\"ItemCode\":\"ADV-HOUR\"}]}", second);
  g_autoptr (Answer) changed = sandbox_api (sandbox, "POST", "Invoices/EX-1?unitdp=4", change_body);
  g_autoptr (Answer) kept = sandbox_api (sandbox, "POST", "Invoices/EX-1", "{\"Reference\":\"x\"}");

  g_assert_cmpuint (answer_size (changed, "/Invoices/0/LineItems"), ==, 2);
  assert_text (changed, "/Invoices/0/LineItems/0/LineItemID", second);
  assert_text (changed, "/Invoices/0/LineItems/0/LineAmount", "200.00");
  assert_text (changed, "/Invoices/0/LineItems/1/Description", "Advisory, per hour"); /* of the item */
  assert_text (changed, "/Invoices/0/LineItems/1/UnitAmount", "275.1250");
  assert_text (changed, "/Invoices/0/LineItems/1/AccountCode", "210");
  g_assert_cmpuint (answer_size (kept, "/Invoices/0/LineItems"), ==, 2);
}

/* Lists of a contact are replaced, other members that are left out are kept (8.2). */
static void
test_contact_lists (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start_signed_in ("empty");
  g_autoptr (Answer) made = sandbox_api (sandbox, "PUT", "Contacts",
                                         "{\"Name\":\"Joinery\",\"FirstName\":\"Aroha\",\"ContactPersons\":[{"
                                         "\"FirstName\":\"A\"},{\"FirstName\":"
                                         "\"B\"}]}");
  g_autoptr (Answer) changed = sandbox_api (
      sandbox, "POST", "Contacts", "{\"Name\":\"Joinery\",\"ContactPersons\":[{\"FirstName\":\"C\"}]}");

  g_assert_cmpuint (answer_size (made, "/Contacts/0/ContactPersons"), ==, 2);
  g_assert_cmpuint (answer_size (changed, "/Contacts/0/ContactPersons"), ==, 1);
  assert_text (changed, "/Contacts/0/ContactPersons/0/FirstName", "C");
  assert_text (changed, "/Contacts/0/FirstName", "Aroha");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/query/where-subset", test_where);
  g_test_add_func ("/sandbox/query/where-errors-are-16", test_where_errors);
  g_test_add_func ("/sandbox/query/order", test_order);
  g_test_add_func ("/sandbox/query/default-order", test_default_order);
  g_test_add_func ("/sandbox/query/search-term", test_search_term);
  g_test_add_func ("/sandbox/query/summary-only-leaves-out", test_summary_only);
  g_test_add_func ("/sandbox/query/unpaged-lists-are-thin", test_unpaged);
  g_test_add_func ("/sandbox/query/ids-and-other-lists", test_parameter_lists);
  g_test_add_func ("/sandbox/query/long-address-is-404", test_long_address);
  g_test_add_func ("/sandbox/query/high-volume-is-51", test_high_volume);
  g_test_add_func ("/sandbox/query/high-volume-to-the-row", test_high_volume_to_the_row);
  g_test_add_func ("/sandbox/query/modified-since-blind-spots", test_blind_spots);
  g_test_add_func ("/sandbox/query/endpoints-without-modified-since", test_without_modified_since);
  g_test_add_func ("/sandbox/contacts/merged", test_merged);
  g_test_add_func ("/sandbox/contacts/lists-are-replaced", test_contact_lists);
  g_test_add_func ("/sandbox/invoices/locked-by-either-date", test_locked);
  g_test_add_func ("/sandbox/invoices/line-items-by-id", test_line_items);
  return g_test_run ();
}
