/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-client.h"

#include <string.h>

/* Practice Manager's clients against xpm 5. */

static Answer *
act (Sandbox *sandbox, const char *id, const char *action)
{
  return practice_control (sandbox, "{}", "practice/clients/%s/%s", id, action);
}

static void
test_list (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autoptr (Answer) list = practice_get (sandbox, "client.api/list?detailed=true");
  g_autoptr (Answer) paged = practice_get (sandbox, "client.api/paged-list?pageSize=500");

  assert_ok (list);
  assert_xml (list, "string(/Response/@api-method)", "List");
  assert_xml (list, "count(//Client[Name])", "30");
  assert_xml (list, "count(//Client[IsArchived='Yes'])", "1");
  assert_xml (list, "count(//Client[IsDeleted='Yes'])", "1");
  assert_xml (list, "count(//Client[IsProspect='Yes'])", "3");
  assert_xml (list, "count(//Client/Name[.='Patel Family Trust'])", "2");
  assert_xml (list, "count(//Contact/Name[.='<a href=x>R&D'])", "1");
  assert_xml (list, "count(//Client/Groups/Group) > 0", "true");
  assert_ok (paged);
  assert_xml (paged, "count(//Client[Name])", "28");
  assert_xml (paged, "count(//Contacts) + count(//Notes) + count(//Groups)", "0");
  assert_xml (paged, "count(//Pagination/Links/First)", "1");
  assert_xml (paged, "count(//Pagination/Links/Next)", "0");
}

/* Next is followed as it stands: an address of this server. */
static void
test_pages (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autofree char *path = g_strdup ("client.api/paged-list?pageSize=10");
  g_autofree char *prefix = g_strconcat (sandbox->address, PRACTICE, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint pages = 0;

  for (gboolean more = TRUE; more && pages < 10; pages++)
    {
      g_autoptr (Answer) page = practice_get (sandbox, "%s", path);
      g_autofree char *n = answer_xml (page, "count(//Clients/Client)");
      g_autofree char *next = answer_xml (page, "string(//Next)");

      for (guint i = 1; i <= (guint)g_ascii_strtoull (n, NULL, 10); i++)
        {
          g_autofree char *expression = g_strdup_printf ("string(//Clients/Client[%u]/UUID)", i);

          g_assert_true (g_hash_table_add (seen, answer_xml (page, expression)));
        }
      more = *next != '\0';
      g_assert_true (!more || g_str_has_prefix (next, prefix));
      g_set_str (&path, more ? next + strlen (prefix) : "");
    }
  g_assert_cmpuint (pages, ==, 3);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 28);
}

static void
test_bad_pages (void)
{
  static const char *const queries[] = { "pageSize=0", "pageSize=501", "pageSize=x", "pageToken=nonsense" };
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (Answer) answer = practice_get (sandbox, "client.api/paged-list?%s", queries[i]);

      assert_practice_error (answer, 400, NULL);
    }
}

/* In UTC to the second; what was deleted is seen as IsDeleted, not as absence. */
static void
test_modified_since (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autoptr (Answer) before = practice_get (sandbox, "client.api/list?modifiedsince=2026-11-21T09:00:00");
  g_autoptr (Answer) list = practice_get (sandbox, "client.api/list");
  g_autofree char *id = answer_xml (list, "string(//Client[3]/UUID)");
  g_autoptr (Answer) deleted = act (sandbox, id, "delete");
  g_autoptr (Answer) after = practice_get (sandbox, "client.api/list?modifiedsince=2026-11-21T09:00:00");
  g_autoptr (Answer) wrong = practice_get (sandbox, "client.api/list?modifiedsince=yesterday");

  assert_ok (before);
  g_assert_nonnull (strstr (before->body, "<Clients />"));
  assert_xml (after, "count(//Client[UUID])", "1");
  assert_xml (after, "string(//Client/UUID)", id);
  assert_xml (after, "string(//Client/IsDeleted)", "Yes");
  assert_practice_error (wrong, 500, NULL);
}

static void
test_search (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autoptr (Answer) name = practice_get (sandbox, "client.api/search?query=PATEL");
  g_autoptr (Answer) email = practice_get (sandbox, "client.api/search?query=accounts%%40patel");
  g_autoptr (Answer) nothing = practice_get (sandbox, "client.api/search?query=qqq");
  g_autoptr (Answer) deleted = practice_get (sandbox, "client.api/search?query=entered%%20twice");

  assert_xml (name, "count(//Clients/Client)", "2");
  assert_xml (email, "count(//Clients/Client)", "2");
  assert_xml (nothing, "count(//Clients/Client)", "0");
  assert_xml (deleted, "count(//Clients/Client)", "0");
}

/* Its web address stands beside the client; the tax number is withheld; ids are compared without case. */
static void
test_get (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autoptr (Answer) list = practice_get (sandbox, "client.api/list");
  g_autofree char *id = answer_xml (list, "string(//Client[1]/UUID)");
  g_autofree char *upper = g_ascii_strup (id, -1);
  g_autoptr (Answer) answer = practice_get (sandbox, "client.api/get/%s", upper);
  g_autoptr (Answer) truth = practice_control (sandbox, NULL, "practice/clients/%s", id);
  g_autoptr (Answer) unknown = practice_get (sandbox, "client.api/get/0a0a0a0a-1111-4222-8333-444444444444");
  g_autofree char *masked = answer_xml (answer, "string(//Client/TaxNumber)");
  const char *number = answer_text (truth, "/TaxNumber");

  assert_ok (answer);
  assert_xml (answer, "string(/Response/WebUrl)", "https://practicemanager.xero.com/Client/900001/Detail");
  assert_xml (list, "count(//WebUrl)", "0");
  g_assert_cmpuint (strlen (masked), ==, 9);
  g_assert_true (g_str_has_prefix (masked, "******"));
  g_assert_true (g_str_has_suffix (number, masked + 6));
  g_assert_null (strstr (list->body, number));
  assert_practice_error (unknown, 200, "Invalid client identifier");
}

/* Everything that is written as the reference spells it, and read as it spells it. */
static void
test_add (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *staff = practice_staff (sandbox, 1);
  g_autoptr (Answer) answer = practice_post (
      sandbox, "client.api/add",
      "<Client><Name>Kauri &amp; "
      "&lt;Sons&gt;</Name><WebSite>https://kauri.example</WebSite><Website>no</Website>"
      "<AccountManagerUUID>%s</AccountManagerUUID><BillingClientUUID /><BalanceMonth>Mar</BalanceMonth>"
      "<GSTPeriod>2</GSTPeriod><BusinessStructure>Company</BusinessStructure><DateOfBirth>19710409</"
      "DateOfBirth>"
      "<Contacts><Contact><Name>A</Name><IsPrimary>Yes</IsPrimary></Contact>"
      "<Contact><Name>B</Name><IsPrimary>Yes</IsPrimary><Position>Director</Position></Contact></Contacts></"
      "Client>",
      staff);

  assert_ok (answer);
  assert_xml (answer, "string(//Client/Name)", "Kauri & <Sons>");
  assert_xml (answer, "string(//Client/Website)", "https://kauri.example");
  assert_xml (answer, "count(//Client/WebSite)", "0");
  assert_xml (answer, "string(//AccountManager/Name)", "Mere Tane");
  assert_xml (answer, "string(//BalanceMonth)", "3");
  assert_xml (answer, "string(//GSTPeriod)", "2 Monthly");
  assert_xml (answer, "starts-with(//DateOfBirth, '1971-04-09')", "true");
  assert_xml (answer, "string(//Contact[IsPrimary='Yes']/Name)", "B");
  assert_xml (answer, "string(//Contact[Name='B']/Position)", "Director");
  assert_xml (answer, "string(//IsProspect)", "No");
}

static void
test_add_refused (void)
{
  static const char *const bodies[][2] = {
    { "", "The client name is required" },
    { "<Name> </Name>", "The client name is required" },
    { "<Name>A</Name><AccountManagerUUID>x</AccountManagerUUID>", "Invalid account manager identifier" },
    { "<Name>A</Name><BusinessStructure>Coven</BusinessStructure>", "Invalid business structure" },
    { "<Name>A</Name><BalanceMonth>13</BalanceMonth>", "Invalid balance month" },
    { "<Name>A</Name><Contacts><Contact><Name>B</Name></Contact><Contact/></Contacts>",
      "The contact name is required" },
  };
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) list = NULL, state = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Answer) answer
          = practice_post (sandbox, "client.api/add", "<Client>%s</Client>", bodies[i][0]);

      assert_practice_error (answer, 200, bodies[i][1]);
    }
  list = practice_get (sandbox, "client.api/list");
  state = sandbox_control (sandbox, "practice", NULL);
  assert_xml (list, "count(//Client)", "0");
  assert_text (state, "/contacts", "0");
}

static void
test_not_unique (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *first = practice_make_client (sandbox, "Twin");
  g_autofree char *second = practice_make_client (sandbox, "Twin");
  g_autoptr (Answer) state = sandbox_control (sandbox, "practice", NULL);

  g_assert_cmpstr (first, !=, second);
  assert_text (state, "/clients", "2");
  assert_text (state, "/writes", "2");
  g_assert_cmpuint (answer_size (state, "/created_clients"), ==, 2);
}

/* UUID and Name are a must; contacts are passed over; a bad member leaves all as it was. */
static void
test_update (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *id = practice_make_client (sandbox, "Before");
  g_autoptr (Answer) nameless
      = practice_put (sandbox, "client.api/update", "<Client><UUID>%s</UUID></Client>", id);
  g_autoptr (Answer) unknown
      = practice_put (sandbox, "client.api/update", "<Client><UUID>x</UUID><Name>A</Name></Client>");
  g_autoptr (Answer) bad = practice_put (
      sandbox, "client.api/update",
      "<Client><UUID>%s</UUID><Name>Bad</Name><BusinessStructure>Coven</BusinessStructure></Client>", id);
  g_autoptr (Answer) unchanged = practice_get (sandbox, "client.api/get/%s", id);
  g_autoptr (Answer) good = practice_put (sandbox, "client.api/update",
                                          "<Client><UUID>%s</UUID><Name>After</Name><Phone>1</Phone>"
                                          "<Contacts><Contact><Name>A</Name></Contact></Contacts></Client>",
                                          id);

  assert_practice_error (nameless, 200, "The client name is required");
  assert_practice_error (unknown, 200, "Invalid client identifier");
  assert_practice_error (bad, 200, "Invalid business structure");
  assert_xml (unchanged, "string(//Client/Name)", "Before");
  assert_ok (good);
  assert_xml (good, "string(//Client/Name)", "After");
  assert_xml (good, "string(//Client/Phone)", "1");
  assert_xml (good, "count(//Contact)", "0");
}

/* Who writes the masked number back has destroyed it; the sandbox counts who tried. */
static void
test_tax_number (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autoptr (Answer) list = practice_get (sandbox, "client.api/list");
  g_autofree char *id = answer_xml (list, "string(//Client[1]/UUID)");
  g_autofree char *masked = answer_xml (list, "string(//Client[1]/TaxNumber)");
  g_autoptr (Answer) update
      = practice_put (sandbox, "client.api/update",
                      "<Client><UUID>%s</UUID><Name>A</Name><TaxNumber>%s</TaxNumber></Client>", id, masked);
  g_autoptr (Answer) truth = practice_control (sandbox, NULL, "practice/clients/%s", id);
  g_autoptr (Answer) state = sandbox_control (sandbox, "practice", NULL);

  assert_ok (update);
  assert_text (truth, "/TaxNumber", masked);
  assert_text (state, "/tax_writes", "1");
}

/* Its last three characters are shown, whatever they are. */
static void
test_masked_characters (void)
{
  static const char *const numbers[][2]
      = { { "12", "******12" }, { "123-456-789", "******789" }, { "ä€😀ß", "******€😀ß" } };
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (Answer) answer
          = practice_post (sandbox, "client.api/add",
                           "<Client><Name>A</Name><TaxNumber>%s</TaxNumber></Client>", numbers[i][0]);

      assert_xml (answer, "string(//TaxNumber)", numbers[i][1]);
    }
}

static void
test_archive_and_delete (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *id = practice_make_client (sandbox, "A");
  g_autoptr (Answer) archived
      = practice_put (sandbox, "client.api/archive", "<Client><UUID>%s</UUID></Client>", id);
  g_autoptr (Answer) paged = practice_get (sandbox, "client.api/paged-list");
  g_autoptr (Answer) deleted
      = practice_post (sandbox, "client.api/delete", "<Client><UUID>%s</UUID></Client>", id);
  g_autoptr (Answer) again
      = practice_post (sandbox, "client.api/delete", "<Client><UUID>%s</UUID></Client>", id);
  g_autoptr (Answer) list = practice_get (sandbox, "client.api/list");

  assert_ok (archived);
  assert_xml (archived, "string(//IsArchived)", "Yes");
  assert_xml (paged, "count(//Clients/Client)", "0");
  assert_ok (deleted);
  assert_practice_error (again, 200, "Invalid client identifier");
  assert_xml (list, "string(//Client/IsDeleted)", "Yes");
}

/* Position and IsPrimary belong to the link of a client and a person. */
static void
test_contacts (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *one = practice_make_client (sandbox, "One");
  g_autofree char *two = practice_make_client (sandbox, "Two");
  g_autoptr (Answer) made = practice_post (sandbox, "client.api/contact",
                                           "<Contact><Client><UUID>%s</UUID></Client><Name>Tom Reid</Name>"
                                           "<Position>CFO</Position><IsPrimary>Yes</IsPrimary></Contact>",
                                           one);
  g_autofree char *id = answer_xml (made, "string(//Contact/UUID)");
  g_autofree char *link_path = g_strdup_printf ("client.api/client/%s/contacts", two);
  g_autofree char *path = g_strdup_printf ("client.api/contact/%s?clientUuid=%s", id, one);
  g_autoptr (Answer) linked = practice_post (
      sandbox, link_path, "<Client><Contacts><Contact><UUID>%s</UUID></Contact></Contacts></Client>", id);
  g_autoptr (Answer) changed = practice_put (sandbox, path,
                                             "<Contact><Client><UUID>%s</UUID></Client>"
                                             "<Name>Tom Reid-Hall</Name></Contact>",
                                             one);
  g_autoptr (Answer) second = practice_get (sandbox, "client.api/get/%s", two);
  g_autoptr (Answer) removed = practice_send (sandbox, "DELETE", path, NULL);
  g_autoptr (Answer) first = practice_get (sandbox, "client.api/get/%s", one);
  g_autoptr (Answer) all = practice_get (sandbox, "client.api/contacts?pageSize=10");

  assert_ok (made);
  assert_ok (linked);
  assert_xml (changed, "string(//Contact/Position)", "CFO");
  assert_xml (second, "string(//Contact/Name)", "Tom Reid-Hall");
  assert_xml (second, "string(//Contact/IsPrimary)", "No");
  assert_ok (removed);
  assert_xml (first, "count(//Contacts/Contact)", "0");
  assert_xml (all, "count(//Contacts/Contact)", "1");
}

/* Without clientUuid a person goes from every client. */
static void
test_contact_deleted_everywhere (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("demo");
  g_autoptr (Answer) list = practice_get (sandbox, "client.api/list");
  g_autofree char *id = answer_xml (list, "string(//Client[1]/Contacts/Contact[1]/UUID)");
  g_autofree char *path = g_strconcat ("client.api/contact/", id, NULL);
  g_autoptr (Answer) removed = practice_send (sandbox, "DELETE", path, NULL);
  g_autoptr (Answer) gone = practice_get (sandbox, "%s", path);
  g_autoptr (Answer) after = practice_get (sandbox, "client.api/list");

  assert_ok (removed);
  assert_xml (after, "string(//Client[1]/Contacts/Contact[1]/IsDeleted)", "Yes");
  assert_practice_error (gone, 200, "Invalid contact identifier");
}

static void
test_groups (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *one = practice_make_client (sandbox, "One");
  g_autofree char *two = practice_make_client (sandbox, "Two");
  g_autoptr (Answer) made = practice_post (
      sandbox, "clientgroup.api/add",
      "<Group><Name>Family</Name><Taxable>No</Taxable><ClientUUID>%s</ClientUUID></Group>", one);
  g_autofree char *id = answer_xml (made, "string(//Group/UUID)");
  g_autoptr (Answer) members
      = practice_put (sandbox, "clientgroup.api/members",
                      "<Group><UUID>%s</UUID><add uuid=\"%s\"/><remove uuid=\"%s\"/></Group>", id, two, one);
  g_autoptr (Answer) group = practice_get (sandbox, "clientgroup.api/get/%s", id);
  g_autoptr (Answer) client = practice_get (sandbox, "client.api/get/%s", two);
  g_autoptr (Answer) deleted
      = practice_post (sandbox, "clientgroup.api/delete", "<Group><UUID>%s</UUID></Group>", id);
  g_autoptr (Answer) list = practice_get (sandbox, "clientgroup.api/list");

  assert_ok (members);
  assert_xml (group, "count(//Clients/Client)", "1");
  assert_xml (group, "string(//Clients/Client/Name)", "Two");
  assert_xml (client, "string(//Groups/Group/Name)", "Family");
  assert_ok (deleted);
  assert_xml (list, "count(//Group)", "0");
}

/* Only filled ones are there; dates come as yyyyMMdd and go as midnights; an empty element clears. */
static void
test_custom_fields (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *id = practice_make_client (sandbox, "One");
  g_autofree char *path = g_strdup_printf ("client.api/update/%s/customfield", id);
  g_autoptr (Answer) definitions = practice_get (sandbox, "customfield.api/definition");
  g_autofree char *text
      = answer_xml (definitions, "string(//CustomFieldDefinition[Name='Portal address']/UUID)");
  g_autofree char *date
      = answer_xml (definitions, "string(//CustomFieldDefinition[ValueElement='Date']/UUID)");
  g_autoptr (Answer) set
      = practice_put (sandbox, path,
                      "<CustomFields><CustomField><UUID>%s</UUID><Text>x</Text></CustomField>"
                      "<CustomField><UUID>%s</UUID><Date>20261201</Date></CustomField></CustomFields>",
                      text, date);
  g_autoptr (Answer) read = practice_get (sandbox, "client.api/get/%s/customfield", id);
  g_autoptr (Answer) wrong = practice_put (
      sandbox, path,
      "<CustomFields><CustomField><UUID>%s</UUID><Date>soon</Date></CustomField></CustomFields>", date);
  g_autoptr (Answer) cleared = practice_put (
      sandbox, path, "<CustomFields><CustomField><UUID>%s</UUID><Text /></CustomField></CustomFields>", text);
  g_autoptr (Answer) after = practice_get (sandbox, "client.api/get/%s/customfield", id);

  assert_ok (set);
  assert_xml (read, "count(//CustomField)", "2");
  assert_xml (read, "string(//CustomField/Date)", "2026-12-01T00:00:00");
  assert_practice_error (wrong, 200, "Invalid value for custom field");
  assert_ok (cleared);
  assert_xml (after, "count(//CustomField)", "1");
}

/* People at the practice: edited, archived, restored, deleted and entered again under another id. */
static void
test_people (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autoptr (Answer) made
      = sandbox_control (sandbox, "practice/clients", "{\"Name\":\"Lead\",\"IsProspect\":true}");
  g_autofree char *id = g_strdup (answer_text (made, "/id"));
  g_autoptr (Answer) edited = practice_control (sandbox, "{\"Name\":\"Changed\",\"Email\":\"a@b.example\"}",
                                                "practice/clients/%s/edit", id);
  g_autoptr (Answer) contact
      = practice_control (sandbox, "{\"name\":\"Pat\",\"primary\":true}", "practice/clients/%s/contact", id);
  g_autoptr (Answer) archived = act (sandbox, id, "archive");
  g_autoptr (Answer) one = practice_get (sandbox, "client.api/get/%s", id);
  g_autoptr (Answer) restored = act (sandbox, id, "restore");
  g_autoptr (Answer) again = act (sandbox, id, "recreate");
  g_autoptr (Answer) list = practice_get (sandbox, "client.api/list");

  assert_xml (one, "string(//Client/Name)", "Changed");
  assert_xml (one, "string(//IsProspect)", "Yes");
  assert_xml (one, "string(//IsArchived)", "Yes");
  assert_xml (one, "string(//Contact/Name)", "Pat");
  g_assert_cmpstr (answer_text (again, "/id"), !=, id);
  assert_xml (list, "count(//Client[Name='Changed'])", "2");
  assert_xml (list, "count(//Client[IsDeleted='No'])", "1");
}

/* Where a WebUrl leads: a page to read, on this server, with nothing of it taken for markup. */
static void
test_page (void)
{
  g_autoptr (Sandbox) sandbox = practice_start_signed_in ("empty");
  g_autofree char *client = practice_make_client (sandbox, "&lt;b&gt;R&amp;D");
  g_autofree char *number = practice_make_job (sandbox, client, "<ClientNumber>P-7</ClientNumber>");
  g_autoptr (Answer) read = practice_get (sandbox, "client.api/get/%s", client);
  g_autoptr (Answer) job = practice_get (sandbox, "job.api/get/%s", number);
  g_autofree char *client_path = answer_xml (read, "substring-after(/Response/WebUrl, 'xero.com')");
  g_autofree char *job_path = answer_xml (job, "substring-after(/Response/WebUrl, 'xero.com')");
  g_autoptr (Answer) client_page = sandbox_send (sandbox, "GET", client_path, NULL, NULL, NULL);
  g_autoptr (Answer) job_page = sandbox_send (sandbox, "GET", job_path, NULL, NULL, NULL);
  g_autoptr (Answer) nothing = sandbox_send (sandbox, "GET", "/Client/1/Detail", NULL, NULL, NULL);

  assert_status (client_page, 200);
  g_assert_nonnull (strstr (client_page->body, "&lt;b&gt;R&amp;D"));
  g_assert_null (strstr (client_page->body, "<b>"));
  g_assert_nonnull (strstr (client_page->body, number));
  assert_status (job_page, 200);
  g_assert_nonnull (strstr (job_page->body, "P-7"));
  assert_status (nothing, 404);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/clients/list-has-archived-and-deleted-ones", test_list);
  g_test_add_func ("/sandbox/clients/pages-by-token", test_pages);
  g_test_add_func ("/sandbox/clients/bad-pages-are-400", test_bad_pages);
  g_test_add_func ("/sandbox/clients/modified-since", test_modified_since);
  g_test_add_func ("/sandbox/clients/search", test_search);
  g_test_add_func ("/sandbox/clients/get-with-web-address-and-masked-number", test_get);
  g_test_add_func ("/sandbox/clients/add-as-it-is-spelt", test_add);
  g_test_add_func ("/sandbox/clients/add-refused", test_add_refused);
  g_test_add_func ("/sandbox/clients/names-are-not-unique", test_not_unique);
  g_test_add_func ("/sandbox/clients/update", test_update);
  g_test_add_func ("/sandbox/clients/masked-number-written-back-destroys", test_tax_number);
  g_test_add_func ("/sandbox/clients/tax-number-shows-three-characters", test_masked_characters);
  g_test_add_func ("/sandbox/clients/archive-and-delete", test_archive_and_delete);
  g_test_add_func ("/sandbox/clients/contacts-belong-to-several", test_contacts);
  g_test_add_func ("/sandbox/clients/contact-deleted-everywhere", test_contact_deleted_everywhere);
  g_test_add_func ("/sandbox/clients/groups", test_groups);
  g_test_add_func ("/sandbox/clients/custom-fields", test_custom_fields);
  g_test_add_func ("/sandbox/clients/people-at-the-practice", test_people);
  g_test_add_func ("/sandbox/clients/web-address-leads-to-a-page", test_page);
  return g_test_run ();
}
