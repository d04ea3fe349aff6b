/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-clients.h"

#include "sandbox-client-contacts.h"
#include "sandbox-practice-routes.h"

#include <string.h>

static const char *const structures[]
    = { "Company", "Individual", "Trust", "Partnership", "Not for Profit", NULL };
static const char *const months[]
    = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", NULL };

/* FALSE: the reply says why. The value is as it is kept from here on. */
static gboolean
take_balance_month (const SandboxPracticeCall *call, char **value)
{
  guint64 number;
  int month = sandbox_name_index (months, *value);

  if (month >= 0)
    number = (guint64)month + 1;
  else if (!g_ascii_string_to_unsigned (*value, 10, 1, 12, &number, NULL))
    {
      sandbox_practice_error (call, "Invalid balance month");
      return FALSE;
    }
  g_free (*value);
  *value = g_strdup_printf ("%u", (guint)number);
  return TRUE;
}

/* Written as 1, 2 or 6, read as words (xpm 5.3). */
static gboolean
take_gst_period (const SandboxPracticeCall *call, char **value)
{
  const char *words = strcmp (*value, "1") == 0   ? "Monthly"
                      : strcmp (*value, "2") == 0 ? "2 Monthly"
                      : strcmp (*value, "6") == 0 ? "6 Monthly"
                                                  : NULL;

  if (words == NULL)
    {
      sandbox_practice_error (call, "Invalid GST period");
      return FALSE;
    }
  g_set_str (value, words);
  return TRUE;
}

static gboolean
take_date (const SandboxPracticeCall *call, char **value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int day;

  if (!sandbox_practice_read_day (*value, &day) && !sandbox_day_parse (*value, &day))
    {
      sandbox_practice_error (call, "Invalid date of birth");
      return FALSE;
    }
  sandbox_day_append (text, day);
  g_set_str (value, text->str);
  return TRUE;
}

static gboolean
check_text (const SandboxPracticeCall *call, guint which, char **value)
{
  if (**value == '\0')
    return TRUE;
  if (which == SANDBOX_CLIENT_BALANCE_MONTH)
    return take_balance_month (call, value);
  if (which == SANDBOX_CLIENT_GST_PERIOD)
    return take_gst_period (call, value);
  if (which == SANDBOX_CLIENT_DATE_OF_BIRTH)
    return take_date (call, value);
  if (which == SANDBOX_CLIENT_BUSINESS_STRUCTURE && sandbox_name_index (structures, *value) < 0)
    {
      sandbox_practice_error (call, "Invalid business structure");
      return FALSE;
    }
  return TRUE;
}

/* What a missing and what an empty element do to a client that is there is unconfirmed (xpm 5.4). */
static gboolean
keeps (const SandboxPracticeCall *call, const char *value)
{
  return value == NULL
             ? sandbox_practice_assumes (call, SANDBOX_ASSUME_OMITTED_ELEMENTS_KEEP)
             : *value == '\0' && !sandbox_practice_assumes (call, SANDBOX_ASSUME_EMPTY_ELEMENTS_CLEAR);
}

static gboolean
take_texts (const SandboxPracticeCall *call, SandboxClient *client)
{
  for (guint i = 0; i < SANDBOX_CLIENT_TEXTS; i++)
    {
      const char *name = sandbox_client_rules[i].write;
      g_autofree char *value = name != NULL ? sandbox_xml_dup (call->root, name) : NULL;

      if (name == NULL || keeps (call, value))
        continue;
      if (value != NULL && !check_text (call, i, &value))
        return FALSE;
      if (i == SANDBOX_CLIENT_TAX_NUMBER && value != NULL)
        client->tax_writes++;
      g_set_str (&client->text[i], value != NULL && *value != '\0' ? value : NULL);
    }
  return TRUE;
}

static gboolean
take_reference (const SandboxPracticeCall *call,
                const char *element,
                SandboxPracticeList list,
                const char *refusal,
                SandboxId id)
{
  g_autofree char *value = sandbox_xml_dup (call->root, element);
  const SandboxRecord *record;

  if (keeps (call, value))
    return TRUE;
  record = sandbox_practice_find (call->practice, list, value);
  if (record == NULL && value != NULL && *value != '\0')
    {
      sandbox_practice_error (call, refusal);
      return FALSE;
    }
  sandbox_id_copy (id, record != NULL ? record->id : "");
  return TRUE;
}

static gboolean
take_references (const SandboxPracticeCall *call, SandboxClient *client)
{
  return take_reference (call, "AccountManagerUUID", SANDBOX_PRACTICE_STAFF,
                         "Invalid account manager identifier", client->account_manager)
         && take_reference (call, "JobManagerUUID", SANDBOX_PRACTICE_STAFF, "Invalid job manager identifier",
                            client->job_manager)
         && take_reference (call, "BillingClientUUID", SANDBOX_PRACTICE_CLIENTS,
                            "Invalid billing client identifier", client->billing_client);
}

/* FALSE: the reply says why, and nothing of the client may be kept. */
static gboolean
take_members (const SandboxPracticeCall *call, SandboxClient *client)
{
  g_autofree char *name = sandbox_xml_dup (call->root, "Name");

  if (name == NULL || *name == '\0')
    {
      sandbox_practice_error (call, "The client name is required");
      return FALSE;
    }
  g_set_str (&client->name, name);
  return take_texts (call, client) && take_references (call, client);
}

/* Several that say they are the primary one: the last is (xpm 5.3). FALSE: the reply says why, and nobody was
 * made. */
static gboolean
take_contacts (const SandboxPracticeCall *call, SandboxClient *client)
{
  const xmlNode *contacts = sandbox_xml_child (call->root, "Contacts");
  g_autoptr (GPtrArray) made = g_ptr_array_new ();
  gboolean good = TRUE;

  for (xmlNode *node = sandbox_xml_child (contacts, "Contact"); good && node != NULL;
       node = sandbox_xml_next (node, "Contact"))
    {
      SandboxClientContact *contact = sandbox_practice_make (SANDBOX_PRACTICE_CONTACTS, NULL);

      g_ptr_array_add (made, contact);
      good = sandbox_client_contact_take (call, node, contact);
      if (good)
        sandbox_client_contact_connect (client, contact, node);
    }
  for (guint i = 0; i < made->len; i++)
    if (good)
      sandbox_practice_add (call->practice, SANDBOX_PRACTICE_CONTACTS, made->pdata[i]);
    else
      sandbox_practice_discard (SANDBOX_PRACTICE_CONTACTS, made->pdata[i]);
  return good;
}

/* Names are not unique: the same again is one more (xpm 5.3). */
void
sandbox_clients_add (const SandboxPracticeCall *call)
{
  SandboxClient *client = sandbox_practice_make (SANDBOX_PRACTICE_CLIENTS, NULL);
  g_autofree char *prospect = sandbox_xml_dup (call->root, "IsProspect");

  if (!take_members (call, client) || !take_contacts (call, client))
    {
      sandbox_practice_discard (SANDBOX_PRACTICE_CLIENTS, client);
      return;
    }
  client->prospect = prospect != NULL && g_ascii_strcasecmp (prospect, "Yes") == 0;
  client->by_api = TRUE;
  client->number = call->practice->next_client++;
  sandbox_practice_add (call->practice, SANDBOX_PRACTICE_CLIENTS, client);
  sandbox_client_modified (call, client);
  sandbox_client_answer (call, client);
}

/* Whether the promotion of a prospect sticks is unconfirmed: the answer is OK either way (xpm 5.6). */
static void
take_prospect (const SandboxPracticeCall *call, SandboxClient *client)
{
  g_autofree char *prospect = sandbox_xml_dup (call->root, "IsProspect");

  if (prospect == NULL || *prospect == '\0'
      || !sandbox_practice_assumes (call, SANDBOX_ASSUME_PROSPECTS_ARE_PROMOTED))
    return;
  client->prospect = g_ascii_strcasecmp (prospect, "Yes") == 0;
}

/* All of it or nothing. Contacts are passed over: they have calls of their own (xpm 5.4). */
void
sandbox_clients_update (const SandboxPracticeCall *call)
{
  const SandboxShape *shape = sandbox_practice_kinds[SANDBOX_PRACTICE_CLIENTS].shape;
  g_autofree char *id = sandbox_practice_body_id (call, "UUID");
  SandboxClient *client = sandbox_client_named (call, id);
  SandboxClient *changed = client != NULL ? sandbox_shape_copy (shape, client) : NULL;

  if (client == NULL)
    return;
  if (take_members (call, changed))
    {
      take_prospect (call, changed);
      sandbox_shape_swap (shape, client, changed);
      sandbox_client_modified (call, client);
      sandbox_client_answer (call, client);
    }
  sandbox_shape_free (shape, changed);
}

void
sandbox_clients_archive (const SandboxPracticeCall *call)
{
  g_autofree char *id = sandbox_practice_body_id (call, "UUID");
  SandboxClient *client = sandbox_client_named (call, id);

  if (client == NULL)
    return;
  client->archived = TRUE;
  sandbox_client_modified (call, client);
  sandbox_client_answer (call, client);
}

void
sandbox_clients_delete (const SandboxPracticeCall *call)
{
  g_autofree char *id = sandbox_practice_body_id (call, "UUID");
  SandboxClient *client = sandbox_client_named (call, id);

  if (client == NULL)
    return;
  client->deleted = TRUE;
  sandbox_client_modified (call, client);
  sandbox_practice_ok (call);
}
