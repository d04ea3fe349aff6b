/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-import.h"
#include "cs-decimal.h"

#include <string.h>

/* C-06, U-29: a list of clients held against those that are here, and against itself. */

static CsClient *
add_client (GPtrArray *clients, const char *number, const char *name, const char *person, const char *email)
{
  CsClient *client = cs_client_new ();
  const guint8 bytes[16] = { 1, (guint8)clients->len };

  memcpy (client->id.bytes, bytes, sizeof bytes);
  client->revision = 7;
  client->state = CS_CLIENT_ACTIVE;
  g_set_str (&client->number, number);
  g_set_str (&client->name, name);
  g_set_str (&client->contact_name, person);
  g_set_str (&client->email, email);
  g_ptr_array_add (clients, client);
  return client;
}

static GPtrArray *
make_clients (void)
{
  GPtrArray *clients = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_client_free);

  add_client (clients, "CL-000001", "Acme Ltd", "Ana", "ana@acme.nz");
  add_client (clients, "CL-000002", "Bolt", "", "");
  add_client (clients, "CL-000003", "Twins", "", "one@twins.nz");
  add_client (clients, "CL-000004", "Twins", "", "two@twins.nz");
  add_client (clients, "CL-000005", "Gone", "", "g@gone.nz")->state = CS_CLIENT_ARCHIVED;
  return clients;
}

/* One row, @text with "|" between its cells, under @heading. */
static GPtrArray *
plan (const char *heading, const char *text)
{
  g_autoptr (GPtrArray) clients = make_clients ();
  g_auto (GStrv) names = g_strsplit (heading, "|", -1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsClientImport) import = cs_client_import_new (names, clients, &error);

  g_assert_no_error (error);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "|", -1);

      cs_client_import_add (import, i + 2, cells);
    }
  return cs_client_import_dup_rows (import);
}

#define HEADING "Number|Client name|Contact name|E-mail|Phone"

static void
test_kinds (void)
{
  static const struct
  {
    const char *cells;
    CsImportKind kind;
    const char *before; /* number */
  } cases[] = {
    { "|Cog|Carl|carl@cog.nz|021", CS_IMPORT_NEW, NULL },
    { "|Acme Ltd|Ana|ana@acme.nz|", CS_IMPORT_SAME, "CL-000001" },
    /* Another way of writing the name or the address is nothing new [K-4]. */
    { "| ACME  Limited|Ana|ANA@acme.nz|", CS_IMPORT_SAME, "CL-000001" },
    { "|Acme Ltd|Ben|ana@acme.nz|", CS_IMPORT_UPDATE, "CL-000001" },
    /* An empty cell takes nothing away. */
    { "|Acme Ltd|||", CS_IMPORT_SAME, "CL-000001" },
    { "|Bolt||b@bolt.nz|", CS_IMPORT_UPDATE, "CL-000002" },
    /* Name or address alone: a person says. */
    { "|Acme Ltd||other@acme.nz|", CS_IMPORT_DOUBTFUL, "CL-000001" },
    { "|Acme Holdings||ana@acme.nz|", CS_IMPORT_DOUBTFUL, "CL-000001" },
    /* Namesakes are told apart by their address, and not at all without one. */
    { "|Twins||two@twins.nz|", CS_IMPORT_SAME, "CL-000004" },
    { "|Twins||three@twins.nz|", CS_IMPORT_DOUBTFUL, NULL },
    { "|Twins|||", CS_IMPORT_DOUBTFUL, NULL },
    /* K-4: a name that is only like it, and no address. */
    { "|Acme Pty|||", CS_IMPORT_DOUBTFUL, "CL-000001" },
    { "|Acme Pty||ana@acme.nz|021", CS_IMPORT_UPDATE, "CL-000001" },
    /* Whom a number names may be renamed, if anything else bears it out: other practices count from one, too.
     */
    { "cl-000001|Acme Holdings||ana@acme.nz|", CS_IMPORT_UPDATE, "CL-000001" },
    { "CL-000002|Quite Another||q@other.nz|", CS_IMPORT_DOUBTFUL, "CL-000002" },
    { "CL-000002||||", CS_IMPORT_SAME, "CL-000002" },
    { "CL-000099||||", CS_IMPORT_WRONG, NULL },
    { "C17|Dot|||", CS_IMPORT_NEW, NULL }, /* another program's number */
    { "|Gone||g@gone.nz|", CS_IMPORT_UPDATE, "CL-000005" },
    { "|Gone||new@gone.nz|", CS_IMPORT_NEW, NULL },
    { "||Carl|carl@cog.nz|", CS_IMPORT_WRONG, NULL },
    { "|Cog|Carl|carl at cog|", CS_IMPORT_WRONG, NULL },
    { "|<Cog>|||", CS_IMPORT_WRONG, NULL },
    { "|Cog", CS_IMPORT_NEW, NULL },
    { "|Cog||||", CS_IMPORT_NEW, NULL },
    { "|Cog, Inc||||one", CS_IMPORT_WRONG, NULL }, /* a comma too many moved the rest */
    { "|Cog\xc2\xa0", CS_IMPORT_NEW, NULL },       /* pasted from a page, with a no-break space */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rows = plan (HEADING, cases[i].cells);
      const CsImportRow *row = g_ptr_array_index (rows, 0);

      g_test_message ("%s", cases[i].cells);
      g_assert_cmpuint (rows->len, ==, 1);
      g_assert_cmpuint (row->line, ==, 2);
      g_assert_cmpint ((int)row->kind, ==, (int)cases[i].kind);
      if (cases[i].before != NULL)
        g_assert_cmpstr (row->before->number, ==, cases[i].before);
      g_assert_true ((row->kind == CS_IMPORT_WRONG) == (*row->problem != '\0'));
    }
}

static void
test_what_is_saved (void)
{
  g_autoptr (GPtrArray) rows = plan (HEADING, "|Cog|Carl  Cog|carl@cog.nz|+64 21\n"
                                              "|Acme Ltd|Ben||09 555\n"
                                              "CL-000003|Twins Bros||one@twins.nz|\n"
                                              "|Gone||g@gone.nz|");
  const CsImportRow *acme = g_ptr_array_index (rows, 0);
  const CsImportRow *twins = g_ptr_array_index (rows, 1);
  const CsImportRow *gone = g_ptr_array_index (rows, 2);
  const CsImportRow *cog = g_ptr_array_index (rows, 3);

  /* By kind, then by line. */
  g_assert_cmpint ((int)cog->kind, ==, (int)CS_IMPORT_NEW);
  g_assert_true (cs_uuid_is_none (&cog->client->id));
  g_assert_cmpstr (cog->client->name, ==, "Cog");
  g_assert_cmpstr (cog->client->contact_name, ==, "Carl Cog");
  g_assert_cmpstr (cog->client->email, ==, "carl@cog.nz");
  g_assert_cmpstr (cog->client->phone, ==, "+64 21");
  g_assert_cmpint ((int)cog->client->source, ==, (int)CS_SOURCE_CSV);
  g_assert_cmpint ((int)cog->client->state, ==, (int)CS_CLIENT_LEAD);

  g_assert_cmpint (acme->client->revision, ==, 7);
  g_assert_cmpstr (acme->client->name, ==, "Acme Ltd");
  g_assert_cmpstr (acme->client->contact_name, ==, "Ben");
  g_assert_cmpstr (acme->client->email, ==, "ana@acme.nz");
  g_assert_cmpstr (acme->client->phone, ==, "09 555");
  g_assert_cmpint ((int)acme->client->state, ==, (int)CS_CLIENT_ACTIVE);
  g_assert_cmpstr (acme->before->contact_name, ==, "Ana");

  g_assert_cmpstr (twins->client->name, ==, "Twins Bros");
  g_assert_cmpint ((int)gone->client->state, ==, (int)CS_CLIENT_LEAD);
  g_assert_cmpint ((int)gone->before->state, ==, (int)CS_CLIENT_ARCHIVED);
}

static const CsImportRow *
find_line (GPtrArray *rows, guint line)
{
  for (guint i = 0; i < rows->len; i++)
    if (((CsImportRow *)rows->pdata[i])->line == line)
      return g_ptr_array_index (rows, i);
  g_assert_not_reached ();
}

/* U-29: a client that is in the list twice is made or changed once, by the same rules as who is here. */
static void
test_repeated (void)
{
  static const struct
  {
    const char *cells;
    CsImportKind kind;
    guint same_as;
  } cases[] = {
    { "|Cog||c@cog.nz|", CS_IMPORT_NEW, 0 },
    { "|COG Ltd||C@cog.nz|021", CS_IMPORT_REPEATED, 2 },
    { "|Acme Ltd|Ben||", CS_IMPORT_UPDATE, 0 },
    { "CL-000001|Acme|Carl||", CS_IMPORT_REPEATED, 4 },
    { "|Cog||other@cog.nz|", CS_IMPORT_DOUBTFUL, 2 },
    { "|Cog|||", CS_IMPORT_REPEATED, 2 },
    { "|Dot||c@cog.nz|", CS_IMPORT_DOUBTFUL, 2 },
    { "|Smith Ltd|||", CS_IMPORT_NEW, 0 },
    { "|Smith Inc|||", CS_IMPORT_DOUBTFUL, 9 },
    { "|!!!|||", CS_IMPORT_NEW, 0 },
    { "|???|||", CS_IMPORT_NEW, 0 },
  };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", cases[i].cells);
  rows = plan (HEADING, text->str);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CsImportRow *row = find_line (rows, i + 2);

      g_test_message ("%s", cases[i].cells);
      g_assert_cmpint ((int)row->kind, ==, (int)cases[i].kind);
      g_assert_cmpuint (row->same_as, ==, cases[i].same_as);
    }
  g_assert_false (cs_import_kind_is_offered (CS_IMPORT_REPEATED));
  g_assert_false (cs_import_kind_is_offered (CS_IMPORT_WRONG));
  g_assert_true (cs_import_kind_is_offered (CS_IMPORT_DOUBTFUL));
}

/* Whose columns are known: Ignition's, Xero's, a French list, and what has no name. */
static void
test_headings (void)
{
  static const struct
  {
    const char *heading;
    const char *cells;
    const char *expected;
  } cases[] = {
    { "Client name|Contact name|Contact email", "Cog|Carl|c@cog.nz", "Cog/Carl/c@cog.nz/" },
    { "*ContactName|AccountNumber|EmailAddress|FirstName|LastName|PhoneNumber",
      "Cog|17|c@cog.nz|Carl|Cog|021", "Cog/Carl Cog/c@cog.nz/021" },
    { "Nom du client|Courriel|Téléphone", "Cog|c@cog.nz|021", "Cog//c@cog.nz/021" },
    { "EMAIL|name", "c@cog.nz|Cog", "Cog//c@cog.nz/" },
    { "Name|Name|Notes", "Cog|Dot|x", "Cog///" },
    { "Name|Mobile|Phone", "Cog||021", "Cog///021" },
    { "Client|Contact name|First name", "Cog||Carl", "Cog/Carl//" },
  };
  g_autoptr (GPtrArray) clients = make_clients ();
  char *nameless[] = { (char *)"E-mail", (char *)"Phone", NULL };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rows = plan (cases[i].heading, cases[i].cells);
      const CsClient *client = ((CsImportRow *)rows->pdata[0])->client;
      g_autofree char *found
          = g_strjoin ("/", client->name, client->contact_name, client->email, client->phone, NULL);

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
  g_assert_null (cs_client_import_new (nameless, clients, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Client name"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client-import/C-06, U-29: kinds", test_kinds);
  g_test_add_func ("/client-import/C-06: what is saved", test_what_is_saved);
  g_test_add_func ("/client-import/U-29: repeated", test_repeated);
  g_test_add_func ("/client-import/C-06: headings", test_headings);
  return g_test_run ();
}
