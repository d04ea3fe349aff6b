/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-contacts.h"

#include "sandbox-actions.h"

#include <string.h>

#define PERSONS_MAX 5

/* Left-out members are kept (xero-accounting 8.2); an empty text clears. */
static void
read_text (yyjson_val *element, const SandboxTextRule *rule, char **text, SandboxOutcome *outcome)
{
  const char *value = sandbox_json_get_text (element, rule->name);

  if (value == NULL)
    return;
  if ((gsize)g_utf8_strlen (value, -1) > rule->length_max)
    sandbox_outcome_refuse (outcome, "%s must not be more than %" G_GSIZE_FORMAT " characters.", rule->name,
                            rule->length_max);
  g_set_str (text, *value != '\0' ? value : NULL);
}

static void
read_addresses (SandboxContact *contact, yyjson_val *list, SandboxOutcome *outcome)
{
  size_t i, n;
  yyjson_val *element;

  yyjson_arr_foreach (list, i, n, element)
  {
    const char *type = sandbox_json_get_text (element, "AddressType");

    for (guint j = 0; j < SANDBOX_ADDRESSES; j++)
      if (g_strcmp0 (type, sandbox_address_types[j]) == 0)
        for (guint k = 0; k < SANDBOX_ADDRESS_TEXTS; k++)
          read_text (element, &sandbox_address_texts[k], &contact->address[j][k], outcome);
  }
}

static void
read_phones (SandboxContact *contact, yyjson_val *list, SandboxOutcome *outcome)
{
  size_t i, n;
  yyjson_val *element;

  yyjson_arr_foreach (list, i, n, element)
  {
    const char *type = sandbox_json_get_text (element, "PhoneType");

    for (guint j = 0; j < SANDBOX_PHONES; j++)
      if (g_strcmp0 (type, sandbox_phone_types[j]) == 0)
        for (guint k = 0; k < SANDBOX_PHONE_TEXTS; k++)
          read_text (element, &sandbox_phone_texts[k], &contact->phone[j][k], outcome);
  }
}

/* The sent list takes the old one's place (xero-accounting 8.2). */
static void
read_persons (SandboxContact *contact, yyjson_val *list, SandboxOutcome *outcome)
{
  size_t i, n;
  yyjson_val *element;

  if (!yyjson_is_arr (list))
    return;
  if (yyjson_arr_size (list) > PERSONS_MAX)
    sandbox_outcome_refuse (outcome, "A contact can have at most %d contact persons.", PERSONS_MAX);
  g_ptr_array_set_size (contact->persons, 0);
  yyjson_arr_foreach (list, i, n, element) g_ptr_array_add (
      contact->persons, sandbox_person_new (sandbox_json_get_text (element, "FirstName"),
                                            sandbox_json_get_text (element, "LastName"),
                                            sandbox_json_get_text (element, "EmailAddress"),
                                            sandbox_json_get_bool (element, "IncludeInEmails")));
}

void
sandbox_contact_read_members (SandboxContact *contact, yyjson_val *element, SandboxOutcome *outcome)
{
  const char *status = sandbox_json_get_text (element, "ContactStatus");

  for (guint i = 0; i < SANDBOX_CONTACT_TEXTS; i++)
    read_text (element, &sandbox_contact_texts[i], &contact->text[i], outcome);
  read_addresses (contact, sandbox_json_get (element, "Addresses"), outcome);
  read_phones (contact, sandbox_json_get (element, "Phones"), outcome);
  read_persons (contact, sandbox_json_get (element, "ContactPersons"), outcome);
  if (g_strcmp0 (status, "ARCHIVED") == 0)
    contact->archived = TRUE;
  else if (g_strcmp0 (status, "ACTIVE") == 0)
    contact->archived = FALSE;
  else if (status != NULL)
    sandbox_outcome_refuse (outcome, "Contact Status must be valid");
}

/* One @ with something on both sides, a dot after it, printable ASCII: umlauts are not supported
 * (xero-accounting 8.1). */
static gboolean
email_is_valid (const char *email)
{
  const char *at = strchr (email, '@');

  if (at == NULL || at == email || strchr (at + 1, '@') != NULL || strchr (at + 1, '.') == NULL
      || at[1] == '.' || email[strlen (email) - 1] == '.')
    return FALSE;
  for (const char *p = email; *p != '\0'; p++)
    if ((guchar)*p <= ' ' || (guchar)*p > '~')
      return FALSE;
  return TRUE;
}

static void
check_name (SandboxOrganisation *organisation,
            const SandboxContact *contact,
            const SandboxContact *existing,
            SandboxOutcome *outcome)
{
  const char *name = contact->text[SANDBOX_CONTACT_NAME];
  SandboxContact *other;

  if (name == NULL)
    {
      sandbox_outcome_refuse (outcome, "The contact name cannot be empty.");
      return;
    }
  /* A name made in Xero's own screens may hold more than the API takes; it stays as long as it is not
   * changed. */
  if (existing == NULL || g_strcmp0 (existing->text[SANDBOX_CONTACT_NAME], name) != 0)
    if (strpbrk (name, "<>") != NULL || strstr (name, "  ") != NULL || *name == ' '
        || name[strlen (name) - 1] == ' ')
      sandbox_outcome_refuse (
          outcome, "The contact name must not contain < or >, spaces at either end, or double spaces.");
  if (contact->archived)
    return; /* names of archived contacts are free (xero-accounting 8.5) */
  other = sandbox_organisation_contact_by_text (organisation, SANDBOX_CONTACT_NAME, name, TRUE);
  if (other != NULL && other != existing)
    sandbox_outcome_refuse (outcome,
                            "The contact name %s is already assigned to another contact. "
                            "The contact name must be unique across all active contacts.",
                            name);
}

static void
check_contact (const SandboxCall *call,
               const SandboxContact *contact,
               const SandboxContact *existing,
               SandboxOutcome *outcome)
{
  const char *email = contact->text[SANDBOX_CONTACT_EMAIL];
  const char *account_number = contact->text[SANDBOX_CONTACT_ACCOUNT_NUMBER];
  const char *number = contact->text[SANDBOX_CONTACT_NUMBER];
  SandboxOrganisation *organisation = call->organisation;
  SandboxContact *other;

  check_name (organisation, contact, existing, outcome);
  if (email != NULL && !email_is_valid (email))
    sandbox_outcome_refuse (outcome, "Email address must be valid");
  for (guint i = 0; i < contact->persons->len; i++)
    {
      const SandboxPerson *person = contact->persons->pdata[i];

      if (person->email != NULL && *person->email != '\0' && !email_is_valid (person->email))
        sandbox_outcome_refuse (outcome, "Email address must be valid");
    }
  other = account_number != NULL ? sandbox_organisation_contact_by_text (
                                       organisation, SANDBOX_CONTACT_ACCOUNT_NUMBER, account_number, FALSE)
                                 : NULL;
  if (other != NULL && other != existing)
    sandbox_outcome_refuse (outcome,
                            "The Account Number already exists. Please enter a different Account Number.");
  other = number != NULL
              ? sandbox_organisation_contact_by_text (organisation, SANDBOX_CONTACT_NUMBER, number, FALSE)
              : NULL;
  if (other != NULL && other != existing)
    sandbox_outcome_refuse (outcome, "The Contact Number %s is already assigned to another contact.", number);
  if (existing != NULL && existing->archived
      && (contact->archived || !sandbox_call_assumes (call, SANDBOX_ASSUME_RESTORE_BY_API)))
    sandbox_outcome_refuse (outcome, "The specified contact details matched an archived contact. "
                                     "Archived contacts cannot currently be edited via the Xero API.");
}

static gboolean
may (const SandboxCall *call, const SandboxContact *contact, const SandboxContact *existing)
{
  if (existing == NULL)
    return sandbox_actions_allow (call, SANDBOX_ACTION_CREATE_CONTACT);
  if (contact->archived != existing->archived)
    return sandbox_actions_allow (call, SANDBOX_ACTION_ARCHIVE_CONTACT);
  return sandbox_actions_allow (call, SANDBOX_ACTION_UPDATE_CONTACT);
}

/* Creates (existing NULL) or changes. NULL when refused; then the outcome says why and echoes what was asked.
 */
SandboxContact *
sandbox_contact_save (const SandboxCall *call,
                      SandboxContact *existing,
                      yyjson_val *element,
                      SandboxOutcome *outcome)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (SandboxContact) contact
      = existing != NULL ? sandbox_contact_copy (existing) : sandbox_contact_new (id);

  sandbox_contact_read_members (contact, element, outcome);
  check_contact (call, contact, existing, outcome);
  if (outcome->result == SANDBOX_WRITE_OK && !may (call, contact, existing))
    sandbox_outcome_forbid (outcome);
  if (outcome->result != SANDBOX_WRITE_OK)
    {
      if (existing == NULL)
        sandbox_id_copy (contact->id, SANDBOX_ID_ZERO);
      if (outcome->record == NULL)
        {
          outcome->record = g_steal_pointer (&contact);
          outcome->free_record = (GDestroyNotify)sandbox_contact_free;
        }
      return NULL;
    }
  if (call->rehearsal)
    return NULL;
  contact->updated_ms = sandbox_call_now_ms (call);
  if (existing == NULL)
    {
      sandbox_set_name (&contact->created_by, call->client_id);
      existing = g_steal_pointer (&contact);
      sandbox_organisation_add_contact (call->organisation, existing);
      return existing;
    }
  sandbox_contact_swap (existing, contact);
  sandbox_organisation_touch (call->organisation, SANDBOX_LIST_CONTACTS, existing);
  return existing;
}

/* POST without an id finds by ContactNumber, then by Name (xero-accounting 8.2; the order is unconfirmed,
 * 16.6). */
static SandboxContact *
find_for_post (const SandboxCall *call, yyjson_val *element)
{
  const char *number = sandbox_json_get_text (element, "ContactNumber");
  const char *name = sandbox_json_get_text (element, "Name");
  SandboxContact *found = NULL;

  if (name != NULL && !sandbox_call_assumes (call, SANDBOX_ASSUME_CONTACT_NUMBER_FIRST))
    found = sandbox_organisation_contact_by_text (call->organisation, SANDBOX_CONTACT_NAME, name, TRUE);
  if (found == NULL && number != NULL)
    found = sandbox_organisation_contact_by_text (call->organisation, SANDBOX_CONTACT_NUMBER, number, FALSE);
  if (found == NULL && name != NULL)
    found = sandbox_organisation_contact_by_text (call->organisation, SANDBOX_CONTACT_NAME, name, TRUE);
  return found;
}

static void
apply_contact (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  const char *id = sandbox_json_get_text (element, "ContactID");
  SandboxContact *existing = NULL;

  if (id == NULL)
    id = call->element;
  if (!sandbox_id_check (outcome, id))
    return;
  if (id != NULL)
    existing = sandbox_organisation_contact (call->organisation, id);
  if (id != NULL && existing == NULL)
    {
      sandbox_outcome_refuse (outcome, "The document with the supplied id was not found for this endpoint.");
      return;
    }
  if (sandbox_request_is (call->request, "PUT"))
    {
      if (existing != NULL)
        {
          sandbox_outcome_refuse (outcome, "A contact with the supplied ContactID exists already.");
          return;
        }
    }
  else if (existing == NULL)
    existing = find_for_post (call, element);
  existing = sandbox_contact_save (call, existing, element, outcome);
  if (existing != NULL)
    outcome->record = existing;
}

void
sandbox_contacts_write (const SandboxCall *call)
{
  if (call->element != NULL && sandbox_request_is (call->request, "PUT"))
    sandbox_reply_not_found (call->reply);
  else
    sandbox_write_elements (call, "Contacts", apply_contact, sandbox_contact_write_members);
}
