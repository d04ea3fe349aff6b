/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-clients.h"

#include "sandbox-practice-routes.h"

#include <string.h>

#define PAGE_MAX 500
#define PAGE_DEFAULT 50
#define SHOWN_DIGITS 3 /* of a tax number */

static const char *const months[]
    = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* Withheld but for its last digits (xpm 5.1): what writes this back has destroyed the number. */
static void
write_tax_number (const char *number, SandboxXml *xml)
{
  glong length = number != NULL ? g_utf8_strlen (number, -1) : 0;
  g_autofree char *masked
      = length > 0
            ? g_strconcat ("******", g_utf8_offset_to_pointer (number, MAX (length - SHOWN_DIGITS, 0)), NULL)
            : NULL;

  sandbox_xml_optional (xml, "TaxNumber", masked);
}

/* Seen as a day and as a midnight (xpm 1.4). */
static void
write_birth (const SandboxClient *client, SandboxXml *xml)
{
  const char *date = client->text[SANDBOX_CLIENT_DATE_OF_BIRTH];
  g_autofree char *midnight
      = date != NULL && client->number % 2 == 0 ? g_strconcat (date, "T00:00:00", NULL) : NULL;

  sandbox_xml_optional (xml, "DateOfBirth", midnight != NULL ? midnight : date);
}

static void
write_balance_month (const SandboxWorld *world, const char *month, SandboxXml *xml)
{
  guint64 number = month != NULL ? g_ascii_strtoull (month, NULL, 10) : 0;

  if (number < 1 || number > G_N_ELEMENTS (months))
    return;
  sandbox_xml_text (xml, "BalanceMonth",
                    world->assumptions[SANDBOX_ASSUME_BALANCE_MONTH_IS_NUMBER] ? month : months[number - 1]);
}

static void
write_texts (const SandboxWorld *world, const SandboxClient *client, guint from, guint to, SandboxXml *xml)
{
  for (guint i = from; i < to; i++)
    {
      if (i == SANDBOX_CLIENT_TAX_NUMBER)
        write_tax_number (client->text[i], xml);
      else if (i == SANDBOX_CLIENT_DATE_OF_BIRTH)
        write_birth (client, xml);
      else if (i == SANDBOX_CLIENT_BALANCE_MONTH)
        write_balance_month (world, client->text[i], xml);
      else if (i > SANDBOX_CLIENT_TAX_NUMBER || i < SANDBOX_CLIENT_EMAIL)
        sandbox_xml_optional (xml, sandbox_client_rules[i].read, client->text[i]);
      else
        sandbox_xml_text (xml, sandbox_client_rules[i].read, client->text[i]);
    }
}

static void
write_named (const char *element, const char *id, const char *name, SandboxXml *xml)
{
  if (*id == '\0')
    {
      sandbox_xml_empty (xml, element);
      return;
    }
  sandbox_xml_open (xml, element);
  sandbox_xml_text (xml, "UUID", id);
  sandbox_xml_text (xml, "Name", name);
  sandbox_xml_close (xml, element);
}

static void
write_billing (const SandboxPractice *practice, const SandboxClient *client, SandboxXml *xml)
{
  const SandboxClient *billed = sandbox_practice_client (practice, client->billing_client);

  write_named ("BillingClient", client->billing_client, billed != NULL ? billed->name : "", xml);
}

static void
write_base (const SandboxWorld *world,
            const SandboxPractice *practice,
            const SandboxClient *client,
            SandboxXml *xml)
{
  sandbox_xml_text (xml, "UUID", client->id);
  sandbox_xml_text (xml, "Name", client->name);
  write_texts (world, client, 0, SANDBOX_CLIENT_TAX_NUMBER, xml);
  if (world->assumptions[SANDBOX_ASSUME_PROSPECTS_ARE_SHOWN])
    sandbox_xml_yes_no (xml, "IsProspect", client->prospect);
  sandbox_xml_yes_no (xml, "IsArchived", client->archived);
  sandbox_xml_yes_no (xml, "IsDeleted", client->deleted);
  write_named ("AccountManager", client->account_manager,
               sandbox_practice_staff_name (practice, client->account_manager), xml);
  write_named ("JobManager", client->job_manager, sandbox_practice_staff_name (practice, client->job_manager),
               xml);
  g_string_append (xml->text, "<Type><Name>20th of Month</Name><CostMarkup>0.00</CostMarkup>"
                              "<PaymentTerm>DayOfMonth</PaymentTerm><PaymentDay>20</PaymentDay></Type>");
  write_billing (practice, client, xml);
}

void
sandbox_client_contact_members (const SandboxClientContact *contact, SandboxXml *xml)
{
  sandbox_xml_text (xml, "UUID", contact->id);
  sandbox_xml_text (xml, "Name", contact->name);
  sandbox_xml_text (xml, "Salutation", contact->salutation);
  sandbox_xml_text (xml, "Addressee", contact->addressee);
  sandbox_xml_text (xml, "Mobile", contact->mobile);
  sandbox_xml_text (xml, "Email", contact->email);
  sandbox_xml_text (xml, "Phone", contact->phone);
  sandbox_xml_yes_no (xml, "IsDeleted", contact->deleted);
}

static void
write_contacts (const SandboxPractice *practice, const SandboxClient *client, SandboxXml *xml)
{
  guint start;

  sandbox_xml_open (xml, "Contacts");
  start = (guint)xml->text->len;
  for (guint i = 0; i < client->links->len; i++)
    {
      const SandboxContactLink *link = client->links->pdata[i];
      const SandboxClientContact *contact
          = sandbox_practice_find (practice, SANDBOX_PRACTICE_CONTACTS, link->contact);

      if (contact == NULL)
        continue;
      sandbox_xml_open (xml, "Contact");
      sandbox_client_contact_members (contact, xml);
      sandbox_xml_yes_no (xml, "IsPrimary", link->primary);
      sandbox_xml_text (xml, "Position", link->position);
      sandbox_xml_close (xml, "Contact");
    }
  if (xml->text->len > start)
    {
      sandbox_xml_close (xml, "Contacts");
      return;
    }
  g_string_truncate (xml->text, start - strlen ("<Contacts>"));
  sandbox_xml_empty (xml, "Contacts");
}

/* No id of its own, and its folder is empty since they became tags (xpm 5.1). */
static void
write_notes (const SandboxClient *client, SandboxXml *xml)
{
  if (client->notes->len == 0)
    {
      sandbox_xml_empty (xml, "Notes");
      return;
    }
  sandbox_xml_open (xml, "Notes");
  for (guint i = 0; i < client->notes->len; i++)
    {
      const SandboxJobNote *note = client->notes->pdata[i];

      sandbox_xml_open (xml, "Note");
      sandbox_xml_text (xml, "Title", note->title);
      sandbox_xml_text (xml, "Text", note->text);
      sandbox_xml_empty (xml, "Folder");
      sandbox_xml_day (xml, "Date", note->day);
      sandbox_xml_text (xml, "CreatedBy", note->created_by);
      sandbox_xml_close (xml, "Note");
    }
  sandbox_xml_close (xml, "Notes");
}

static void
write_groups (const SandboxPractice *practice, const SandboxClient *client, SandboxXml *xml)
{
  const GPtrArray *groups = g_hash_table_lookup (practice->groups_by_client, client->id);

  if (groups == NULL)
    {
      sandbox_xml_empty (xml, "Groups");
      return;
    }
  sandbox_xml_open (xml, "Groups");
  for (guint i = 0; i < groups->len; i++)
    write_named ("Group", ((SandboxGroup *)groups->pdata[i])->id, ((SandboxGroup *)groups->pdata[i])->name,
                 xml);
  sandbox_xml_close (xml, "Groups");
}

static void
write_members (const SandboxWorld *world,
               const SandboxPractice *practice,
               const SandboxClient *client,
               gboolean detailed,
               SandboxXml *xml)
{
  write_base (world, practice, client, xml);
  if (detailed || world->assumptions[SANDBOX_ASSUME_PLAIN_LIST_HAS_CONTACTS])
    {
      write_contacts (practice, client, xml);
      write_texts (world, client, SANDBOX_CLIENT_TAX_NUMBER, SANDBOX_CLIENT_TEXTS, xml);
    }
  if (!detailed)
    return;
  write_notes (client, xml);
  write_groups (practice, client, xml);
  sandbox_xml_empty (xml, "Relationships");
}

void
sandbox_client_write (const SandboxWorld *world,
                      const SandboxPractice *practice,
                      const SandboxClient *client,
                      gboolean detailed,
                      SandboxXml *xml)
{
  sandbox_xml_open (xml, "Client");
  write_members (world, practice, client, detailed, xml);
  sandbox_xml_close (xml, "Client");
}

static void
write_web_address (const SandboxClient *client, SandboxXml *xml)
{
  g_string_append_printf (
      xml->text, "<WebUrl>https://practicemanager.xero.com/Client/%" G_GINT64_FORMAT "/Detail</WebUrl>",
      client->number);
}

/* The address stands beside the client, not within it (xpm 1.3). */
void
sandbox_client_answer (const SandboxPracticeCall *call, const SandboxClient *client)
{
  SandboxXml xml;

  sandbox_practice_open (call, &xml);
  write_web_address (client, &xml);
  sandbox_client_write (call->world, call->practice, client, TRUE, &xml);
  sandbox_practice_send (call, &xml);
}

void
sandbox_client_modified (const SandboxPracticeCall *call, SandboxClient *client)
{
  client->modified_ms = sandbox_practice_now_ms (call);
  sandbox_practice_changed (call, SANDBOX_PRACTICE_CLIENTS, client);
}

/* Its contacts, groups or custom fields changed: whether modifiedsince sees that is unconfirmed (xpm 5.2). */
void
sandbox_clients_parts_modified (const SandboxPracticeCall *call, SandboxClient *client)
{
  if (sandbox_practice_assumes (call, SANDBOX_ASSUME_MODIFIED_SINCE_SEES_PARTS))
    client->modified_ms = sandbox_practice_now_ms (call);
  sandbox_practice_changed (call, SANDBOX_PRACTICE_CLIENTS, client);
}

/* NULL: there is none, or it was deleted; the reply says so. */
SandboxClient *
sandbox_client_named (const SandboxPracticeCall *call, const char *id)
{
  SandboxClient *client = sandbox_practice_client (call->practice, id);

  if (client != NULL && !client->deleted)
    return client;
  sandbox_practice_error (call, "Invalid client identifier");
  return NULL;
}

static void
write_streamed (const SandboxPracticeStream *stream, gconstpointer record, SandboxXml *xml)
{
  const SandboxClient *client = record;

  sandbox_xml_open (xml, "Client");
  if (stream->world->assumptions[SANDBOX_ASSUME_LISTS_HAVE_WEB_ADDRESS])
    write_web_address (client, xml);
  write_members (stream->world, stream->practice, client, stream->detailed, xml);
  sandbox_xml_close (xml, "Client");
}

static gboolean
modified_since (const SandboxPracticeStream *stream, gconstpointer record)
{
  return ((const SandboxClient *)record)->modified_ms / 1000 >= stream->from / 1000;
}

/* With archived and deleted ones (xpm 5.2). */
void
sandbox_clients_list (const SandboxPracticeCall *call)
{
  const char *since = sandbox_request_query (call->request, "modifiedsince");
  SandboxPracticeStream stream = { .records = call->practice->records[SANDBOX_PRACTICE_CLIENTS],
                                   .element = "Clients",
                                   .write = write_streamed,
                                   .detailed = sandbox_request_flag (call->request, "detailed") };

  if (since == NULL)
    since = sandbox_request_query (call->request, "modifiedSince");
  if (since != NULL && !sandbox_instant_parse (since, &stream.from))
    {
      sandbox_practice_refuse (call->reply, SOUP_STATUS_INTERNAL_SERVER_ERROR, call->api_method,
                               "modifiedsince is not a date");
      return;
    }
  if (since != NULL)
    stream.keep = modified_since;
  sandbox_practice_stream (call, &stream);
}

static gboolean
text_has (const char *text, const char *folded)
{
  g_autofree char *other = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return other != NULL && strstr (other, folded) != NULL;
}

/* "Broad text match over several fields" (xpm 5.2): which, the reference does not say. */
static gboolean
found (const SandboxPracticeStream *stream, gconstpointer record)
{
  static const SandboxClientText texts[]
      = { SANDBOX_CLIENT_EMAIL,   SANDBOX_CLIENT_EXPORT_CODE, SANDBOX_CLIENT_BUSINESS_NUMBER,
          SANDBOX_CLIENT_ADDRESS, SANDBOX_CLIENT_CITY,        SANDBOX_CLIENT_LAST_NAME };
  const SandboxClient *client = record;

  if (client->deleted)
    return FALSE;
  if (text_has (client->name, stream->text))
    return TRUE;
  if (stream->world->assumptions[SANDBOX_ASSUME_SEARCH_FINDS_NUMBERS])
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, client->number);

      if (g_str_equal (number, stream->text))
        return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (text_has (client->text[texts[i]], stream->text))
      return TRUE;
  return FALSE;
}

void
sandbox_clients_search (const SandboxPracticeCall *call)
{
  const char *query = sandbox_request_query (call->request, "query");
  SandboxPracticeStream stream = { .records = call->practice->records[SANDBOX_PRACTICE_CLIENTS],
                                   .element = "Clients",
                                   .write = write_streamed,
                                   .keep = found,
                                   .detailed = sandbox_request_flag (call->request, "detailed"),
                                   .text = g_utf8_casefold (query != NULL ? query : "", -1) };

  sandbox_practice_stream (call, &stream);
}

/* A deleted one is answered, too: it says IsDeleted. */
void
sandbox_clients_get (const SandboxPracticeCall *call)
{
  const SandboxClient *client = sandbox_practice_client (call->practice, call->identifier);

  if (client == NULL)
    sandbox_practice_error (call, "Invalid client identifier");
  else
    sandbox_client_answer (call, client);
}

/* The token is the index to go on with, disguised. FALSE: the reply is a 400 (xpm 1.2). */
gboolean
sandbox_practice_page_read (const SandboxPracticeCall *call, SandboxPracticePage *page)
{
  const char *size = sandbox_request_query (call->request, "pageSize");
  const char *token = sandbox_request_query (call->request, "pageToken");
  guint64 number = PAGE_DEFAULT;
  guint64 first = 0;
  gsize length;
  g_autofree guchar *decoded = token != NULL ? g_base64_decode (token, &length) : NULL;
  g_autofree char *text = decoded != NULL ? g_strndup ((char *)decoded, length) : NULL;

  if ((size != NULL && !g_ascii_string_to_unsigned (size, 10, 1, PAGE_MAX, &number, NULL))
      || (text != NULL
          && (!g_str_has_prefix (text, "after:")
              || !g_ascii_string_to_unsigned (text + strlen ("after:"), 10, 1, G_MAXINT32, &first, NULL))))
    {
      sandbox_practice_refuse (call->reply, SOUP_STATUS_BAD_REQUEST, call->api_method,
                               "pageSize must be 1 to 500, pageToken one that was given");
      return FALSE;
    }
  page->size = (guint)number;
  page->first = (guint)first;
  page->next = 0;
  return TRUE;
}

/* Addresses are whole; of this server, as Xero's are of Xero's. The documents' sample has a bare & (xpm 5.2).
 */
void
sandbox_practice_page_write (const SandboxPracticeCall *call,
                             const SandboxPracticePage *page,
                             const char *method,
                             SandboxXml *xml)
{
  const char *host = soup_message_headers_get_one (call->request->headers, "Host");
  g_autofree char *text = g_strdup_printf ("after:%06u", page->next) /* 12 bytes: never padded */;
  g_autofree char *token = g_base64_encode ((const guchar *)text, strlen (text));
  const char *join
      = sandbox_practice_assumes (call, SANDBOX_ASSUME_PAGING_ADDRESS_IS_ESCAPED) ? "&amp;" : "&";
  g_autofree char *address = g_strdup_printf (
      "http://%s" SANDBOX_PRACTICE_PREFIX SANDBOX_PRACTICE_VERSION "client.api/%s", host, method);

  g_string_append_printf (xml->text, "<Pagination><Links><First>%s?pageSize=%u</First>", address, page->size);
  if (page->next > 0)
    {
      g_string_append_printf (xml->text, "<Next>%s?pageToken=%s%spageSize=%u</Next>", address, token, join,
                              page->size);
    }
  g_string_append (xml->text, "</Links></Pagination>");
}

static void
write_paged (const SandboxPracticeCall *call, const SandboxClient *client, SandboxXml *xml)
{
  sandbox_xml_open (xml, "Client");
  write_base (call->world, call->practice, client, xml);
  for (guint i = SANDBOX_CLIENT_COMPANY_NUMBER; i < SANDBOX_CLIENT_BALANCE_MONTH; i++)
    if (sandbox_practice_assumes (call, SANDBOX_ASSUME_PAGED_LIST_HAS_NUMBERS))
      sandbox_xml_optional (xml, sandbox_client_rules[i].read, client->text[i]);
  sandbox_xml_close (xml, "Client");
}

/* Without archived and deleted ones, contacts, notes, groups and relationships (xpm 5.2). */
void
sandbox_clients_paged_list (const SandboxPracticeCall *call)
{
  GPtrArray *clients = call->practice->records[SANDBOX_PRACTICE_CLIENTS];
  SandboxPracticePage page;
  SandboxXml xml;
  guint written = 0;

  if (!sandbox_practice_page_read (call, &page))
    return;
  sandbox_practice_open (call, &xml);
  sandbox_xml_open (&xml, "Clients");
  for (guint i = page.first; page.next == 0 && i < clients->len; i++)
    {
      const SandboxClient *client = clients->pdata[i];

      if (client->archived || client->deleted)
        continue;
      if (written == page.size)
        page.next = i;
      else
        write_paged (call, client, &xml);
      written++;
    }
  sandbox_xml_close (&xml, "Clients");
  sandbox_practice_page_write (call, &page, "paged-list", &xml);
  sandbox_practice_send (call, &xml);
}
