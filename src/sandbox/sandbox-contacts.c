/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-contacts.h"

#include "sandbox-query.h"

#include <string.h>

enum
{
  FIELD_ID,
  FIELD_UPDATED,
  FIELD_STATUS,
  FIELD_IS_CUSTOMER,
  FIELD_TEXTS /* the text members follow, in their own order */
};

static const SandboxFieldRule contact_fields[]
    = { [FIELD_ID] = { "ContactID", SANDBOX_FIELD_TEXT },
        [FIELD_UPDATED] = { "UpdatedDateUTC", SANDBOX_FIELD_INSTANT },
        [FIELD_STATUS] = { "ContactStatus", SANDBOX_FIELD_TEXT },
        [FIELD_IS_CUSTOMER] = { "IsCustomer", SANDBOX_FIELD_BOOL },
        [FIELD_TEXTS + SANDBOX_CONTACT_NUMBER] = { "ContactNumber", SANDBOX_FIELD_TEXT },
        [FIELD_TEXTS + SANDBOX_CONTACT_ACCOUNT_NUMBER] = { "AccountNumber", SANDBOX_FIELD_TEXT },
        [FIELD_TEXTS + SANDBOX_CONTACT_NAME] = { "Name", SANDBOX_FIELD_TEXT },
        [FIELD_TEXTS + SANDBOX_CONTACT_FIRST_NAME] = { "FirstName", SANDBOX_FIELD_TEXT },
        [FIELD_TEXTS + SANDBOX_CONTACT_LAST_NAME] = { "LastName", SANDBOX_FIELD_TEXT },
        [FIELD_TEXTS + SANDBOX_CONTACT_EMAIL] = { "EmailAddress", SANDBOX_FIELD_TEXT },
        [FIELD_TEXTS + SANDBOX_CONTACT_COMPANY_NUMBER] = { "CompanyNumber", SANDBOX_FIELD_TEXT },
        { NULL } };

static const char *
status_name (const SandboxContact *contact)
{
  return contact->archived ? "ARCHIVED" : "ACTIVE";
}

static SandboxFieldValue
contact_value (gconstpointer row, guint field)
{
  const SandboxContact *contact = row;

  switch (field)
    {
    case FIELD_ID:
      return (SandboxFieldValue){ .text = contact->id };
    case FIELD_UPDATED:
      return (SandboxFieldValue){ .number = contact->updated_ms };
    case FIELD_STATUS:
      return (SandboxFieldValue){ .text = status_name (contact) };
    case FIELD_IS_CUSTOMER:
      return (SandboxFieldValue){ .number = contact->customer };
    default:
      return (SandboxFieldValue){ .text = contact->text[field - FIELD_TEXTS] };
    }
}

static const SandboxQueryRules contact_rules
    = { contact_fields, contact_value, "UpdatedDateUTC ASC, ContactID ASC" };

static void
write_addresses (const SandboxContact *contact, SandboxJson *json)
{
  sandbox_json_open (json, "Addresses", '[');
  for (guint i = 0; i < SANDBOX_ADDRESSES; i++)
    {
      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "AddressType", sandbox_address_types[i]);
      for (guint j = 0; j < SANDBOX_ADDRESS_TEXTS; j++)
        sandbox_json_string (json, sandbox_address_texts[j].name, contact->address[i][j]);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

static void
write_phones (const SandboxContact *contact, SandboxJson *json)
{
  sandbox_json_open (json, "Phones", '[');
  for (guint i = 0; i < SANDBOX_PHONES; i++)
    {
      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "PhoneType", sandbox_phone_types[i]);
      for (guint j = 0; j < SANDBOX_PHONE_TEXTS; j++)
        sandbox_json_text (json, sandbox_phone_texts[j].name, contact->phone[i][j]);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

static void
write_persons (const SandboxContact *contact, SandboxJson *json)
{
  sandbox_json_open (json, "ContactPersons", '[');
  for (guint i = 0; i < contact->persons->len; i++)
    {
      const SandboxPerson *person = contact->persons->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "FirstName", person->first_name);
      sandbox_json_string (json, "LastName", person->last_name);
      sandbox_json_string (json, "EmailAddress", person->email);
      sandbox_json_bool (json, "IncludeInEmails", person->include_in_emails);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

/* summaryOnly leaves out what xero-accounting 5.2 lists; an unpaged list what only a paged one has. */
static void
write_contact (const SandboxContact *contact, gboolean summary, gboolean full, SandboxJson *json)
{
  sandbox_json_string (json, "ContactID", contact->id);
  sandbox_json_string (json, "ContactStatus", status_name (contact));
  for (guint i = 0; i < SANDBOX_CONTACT_TEXTS; i++)
    if (!summary || i != SANDBOX_CONTACT_SALES_ACCOUNT)
      sandbox_json_string (json, sandbox_contact_texts[i].name, contact->text[i]);
  if (contact->text[SANDBOX_CONTACT_EMAIL] == NULL)
    sandbox_json_string (json, "EmailAddress", "");
  if (full)
    sandbox_json_string (json, "MergedToContactID", contact->merged_to);
  if (!summary)
    {
      write_addresses (contact, json);
      sandbox_json_bool (json, "IsSupplier", FALSE);
      sandbox_json_bool (json, "IsCustomer", contact->customer);
    }
  write_phones (contact, json);
  if (full && !summary)
    {
      write_persons (contact, json);
      sandbox_json_raw (json, "ContactGroups", "[]");
    }
  sandbox_json_instant (json, "UpdatedDateUTC", contact->updated_ms, "+0000");
  sandbox_json_bool (json, "HasAttachments", FALSE);
}

void
sandbox_contact_write_members (const SandboxCall *call, gconstpointer contact, SandboxJson *json)
{
  write_contact (contact, FALSE, TRUE, json);
}

static gboolean
text_contains (const SandboxContact *contact, const char *folded)
{
  static const SandboxContactText searched[]
      = { SANDBOX_CONTACT_NAME,   SANDBOX_CONTACT_FIRST_NAME,     SANDBOX_CONTACT_LAST_NAME,
          SANDBOX_CONTACT_NUMBER, SANDBOX_CONTACT_COMPANY_NUMBER, SANDBOX_CONTACT_EMAIL };

  if (folded == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (searched); i++)
    {
      const char *text = contact->text[searched[i]];
      g_autofree char *candidate = text != NULL ? g_utf8_casefold (text, -1) : NULL;

      if (candidate != NULL && strstr (candidate, folded) != NULL)
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
select_contacts (const SandboxCall *call, GError **error)
{
  const SandboxRequest *request = call->request;
  g_autoptr (SandboxFilter) filter
      = sandbox_filter_new (&contact_rules, sandbox_request_query (request, "where"), error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  const char *ids = sandbox_request_query (request, "IDs");
  const char *search = sandbox_request_query (request, "searchTerm");
  g_autofree char *folded = search != NULL ? g_utf8_casefold (search, -1) : NULL;
  gboolean archived = sandbox_request_flag (request, "includeArchived");
  gint64 since = sandbox_modified_since (call);

  if (filter == NULL)
    return NULL;
  for (guint i = 0; i < call->organisation->contacts->len; i++)
    {
      SandboxContact *contact = call->organisation->contacts->pdata[i];

      if ((archived || !contact->archived) && contact->updated_ms >= since
          && sandbox_list_has (ids, contact->id) && text_contains (contact, folded)
          && sandbox_filter_matches (filter, contact))
        g_ptr_array_add (rows, contact);
    }
  if (!sandbox_order_rows (&contact_rules, sandbox_request_query (request, "order"), rows, error))
    return NULL;
  return g_steal_pointer (&rows);
}

static void
get_list (const SandboxCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = select_contacts (call, &error);
  gboolean summary = sandbox_request_flag (call->request, "summaryOnly");
  g_auto (SandboxJson) json = { NULL };
  SandboxPage page;

  if (rows == NULL)
    {
      sandbox_reply_exception (call->reply, 16, "QueryParseException", error->message);
      return;
    }
  page = sandbox_page_cut (call, summary, rows->len);
  sandbox_json_init (&json);
  sandbox_call_open_envelope (call, &json);
  sandbox_page_write (&page, rows->len, &json);
  sandbox_json_open (&json, "Contacts", '[');
  for (guint i = page.first; i < page.end; i++)
    {
      sandbox_json_open (&json, NULL, '{');
      write_contact (rows->pdata[i], summary, page.paged, &json);
      sandbox_json_close (&json, '}');
    }
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_OK, &json);
}

/* By ContactID or ContactNumber; an archived one is found, too. */
void
sandbox_contacts_get (const SandboxCall *call)
{
  SandboxContact *contact;
  g_auto (SandboxJson) json = { NULL };

  if (call->element == NULL)
    {
      get_list (call);
      return;
    }
  contact = sandbox_organisation_contact (call->organisation, call->element);
  if (contact == NULL)
    contact = sandbox_organisation_contact_by_text (call->organisation, SANDBOX_CONTACT_NUMBER, call->element,
                                                    FALSE);
  if (contact == NULL || call->action != NULL)
    {
      sandbox_reply_not_found (call->reply);
      return;
    }
  sandbox_json_init (&json);
  sandbox_call_open_envelope (call, &json);
  sandbox_json_open (&json, "Contacts", '[');
  sandbox_json_open (&json, NULL, '{');
  write_contact (contact, FALSE, TRUE, &json);
  sandbox_json_close (&json, '}');
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_OK, &json);
}
