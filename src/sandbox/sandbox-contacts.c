/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-contacts.h"

#include "sandbox-list.h"
#include "sandbox-notes.h"

#include <string.h>

enum
{
  FIELD_ID,
  FIELD_UPDATED,
  FIELD_STATUS,
  FIELD_IS_CUSTOMER,
  FIELD_TEXTS /* the text members follow, in their own order */
};

#define TEXT(which, name, fast) [FIELD_TEXTS + which] = { name, SANDBOX_FIELD_TEXT, fast }

/* What is optimised: xero-accounting 5.5; what to order by: 5.2. */
#define FIELDS(by_change)                                                                                    \
  {                                                                                                          \
    [FIELD_ID] = { "ContactID", SANDBOX_FIELD_TEXT, SANDBOX_FAST_EQUAL | SANDBOX_FAST_ORDER },               \
    [FIELD_UPDATED] = { "UpdatedDateUTC", SANDBOX_FIELD_INSTANT, SANDBOX_FAST_ORDER | (by_change) },         \
    [FIELD_STATUS] = { "ContactStatus", SANDBOX_FIELD_TEXT, 0 },                                             \
    [FIELD_IS_CUSTOMER] = { "IsCustomer", SANDBOX_FIELD_BOOL, 0 },                                           \
    TEXT (SANDBOX_CONTACT_NUMBER, "ContactNumber", 0),                                                       \
    TEXT (SANDBOX_CONTACT_ACCOUNT_NUMBER, "AccountNumber", SANDBOX_FAST_EQUAL),                              \
    TEXT (SANDBOX_CONTACT_NAME, "Name", SANDBOX_FAST_EQUAL | SANDBOX_FAST_ORDER),                            \
    TEXT (SANDBOX_CONTACT_FIRST_NAME, "FirstName", 0),                                                       \
    TEXT (SANDBOX_CONTACT_LAST_NAME, "LastName", 0),                                                         \
    TEXT (SANDBOX_CONTACT_EMAIL, "EmailAddress", SANDBOX_FAST_EQUAL),                                        \
    TEXT (SANDBOX_CONTACT_COMPANY_NUMBER, "CompanyNumber", 0),                                               \
    { NULL, SANDBOX_FIELD_TEXT, 0 },                                                                         \
  }

static const SandboxFieldRule contact_fields[] = FIELDS (0);
/* Unconfirmed: a range of the last change, too. */
static const SandboxFieldRule fields_by_change[] = FIELDS (SANDBOX_FAST_RANGE);

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

static void
write_balances (const SandboxCall *call, const SandboxContact *contact, SandboxJson *json)
{
  sandbox_organisation_count_balances (call->organisation, sandbox_clock_today (&call->world->clock));
  if (contact->outstanding == 0)
    return;
  sandbox_json_open (json, "Balances", '{');
  sandbox_json_open (json, "AccountsReceivable", '{');
  sandbox_json_decimal (json, "Outstanding", contact->outstanding, SANDBOX_MONEY_PLACES);
  sandbox_json_decimal (json, "Overdue", contact->overdue, SANDBOX_MONEY_PLACES);
  sandbox_json_close (json, '}');
  sandbox_json_close (json, '}');
}

/* summaryOnly leaves out what xero-accounting 5.2 lists; an unpaged list what only a paged one has. */
static void
write_contact (const SandboxCall *call, gconstpointer record, SandboxDetail detail, SandboxJson *json)
{
  const SandboxContact *contact = record;
  gboolean summary = detail == SANDBOX_DETAIL_SUMMARY;
  gboolean full = detail == SANDBOX_DETAIL_SINGLE || detail == SANDBOX_DETAIL_PAGED;

  sandbox_json_string (json, "ContactID", contact->id);
  sandbox_json_string (json, "ContactStatus", status_name (contact));
  for (guint i = 0; i < SANDBOX_CONTACT_TEXTS; i++)
    if (i != SANDBOX_CONTACT_SALES_ACCOUNT || full)
      sandbox_json_string (json, sandbox_contact_texts[i].name, contact->text[i]);
  if (contact->text[SANDBOX_CONTACT_EMAIL] == NULL)
    sandbox_json_string (json, "EmailAddress", "");
  if (full || summary)
    sandbox_json_string (json, "MergedToContactID", contact->merged_to);
  if (!summary)
    {
      write_addresses (contact, json);
      sandbox_json_bool (json, "IsSupplier", FALSE);
      sandbox_json_bool (json, "IsCustomer", contact->customer);
    }
  write_phones (contact, json);
  if (full)
    {
      write_persons (contact, json);
      sandbox_json_raw (json, "ContactGroups", "[]");
      write_balances (call, contact, json);
    }
  if (contact->updated_ms != 0)
    sandbox_json_instant (json, "UpdatedDateUTC", contact->updated_ms, "+0000");
  sandbox_json_bool (json, "HasAttachments", FALSE);
}

void
sandbox_contact_write_members (const SandboxCall *call, gconstpointer contact, SandboxJson *json)
{
  write_contact (call, contact, SANDBOX_DETAIL_SINGLE, json);
}

typedef struct
{
  GHashTable *ids;
  char *search; /* folded */
  gboolean archived;
} Choice;

static gboolean
matches (gconstpointer record, gconstpointer data)
{
  static const SandboxContactText searched[]
      = { SANDBOX_CONTACT_NAME,   SANDBOX_CONTACT_FIRST_NAME,     SANDBOX_CONTACT_LAST_NAME,
          SANDBOX_CONTACT_NUMBER, SANDBOX_CONTACT_COMPANY_NUMBER, SANDBOX_CONTACT_EMAIL };
  const SandboxContact *contact = record;
  const Choice *choice = data;
  gboolean found = choice->search == NULL;

  if ((contact->archived && !choice->archived) || !sandbox_list_names (choice->ids, contact->id))
    return FALSE;
  for (guint i = 0; !found && i < G_N_ELEMENTS (searched); i++)
    found = sandbox_text_contains (contact->text[searched[i]], choice->search);
  return found;
}

static const SandboxListing listing = {
  "Contacts", SANDBOX_LIST_CONTACTS, { contact_fields, contact_value }, write_contact, matches,
};

static const SandboxListing listing_by_change = {
  "Contacts", SANDBOX_LIST_CONTACTS, { fields_by_change, contact_value }, write_contact, matches,
};

static void
get_list (const SandboxCall *call)
{
  gboolean by_change = sandbox_call_assumes (call, SANDBOX_ASSUME_CHANGE_RANGES_NARROW);
  const char *search = sandbox_request_query (call->request, "searchTerm");
  Choice choice = { sandbox_list_parameter (call, "IDs"), search != NULL ? sandbox_text_fold (search) : NULL,
                    sandbox_request_flag (call->request, "includeArchived") };

  sandbox_list_serve (call, by_change ? &listing_by_change : &listing, &choice,
                      sandbox_request_flag (call->request, "summaryOnly"));
  g_clear_pointer (&choice.ids, g_hash_table_unref);
  g_free (choice.search);
}

/* By ContactID or ContactNumber; an archived one is found, too. */
static SandboxContact *
find_contact (const SandboxCall *call)
{
  SandboxContact *contact = sandbox_organisation_contact (call->organisation, call->element);

  if (contact == NULL && call->element != NULL)
    contact = sandbox_organisation_contact_by_text (call->organisation, SANDBOX_CONTACT_NUMBER, call->element,
                                                    FALSE);
  return contact;
}

void
sandbox_contacts_serve (const SandboxCall *call)
{
  gboolean is_get = sandbox_request_is (call->request, "GET");
  SandboxContact *contact = find_contact (call);

  if (contact != NULL && call->action != NULL && call->part == NULL
      && g_ascii_strcasecmp (call->action, "History") == 0)
    sandbox_notes_serve (call, contact->id);
  else if (call->action != NULL)
    sandbox_reply_not_found (call->reply);
  else if (is_get && call->element == NULL)
    get_list (call);
  else if (is_get)
    sandbox_list_serve_single (call, &listing, contact);
  else if (sandbox_call_is_write (call))
    sandbox_contacts_write (call);
  else
    sandbox_reply_not_implemented (call->reply);
}
