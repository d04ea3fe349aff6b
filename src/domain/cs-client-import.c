/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-import.h"

#include "cs-contact-rules.h"
#include "cs-decimal.h"
#include "cs-match.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- which column is what --- */

typedef enum
{
  COLUMN_NAME,
  COLUMN_PERSON,
  COLUMN_FIRST_NAME,
  COLUMN_LAST_NAME,
  COLUMN_EMAIL,
  COLUMN_PHONE,
  COLUMN_NUMBER,
  N_COLUMNS
} Column;

/* As people and programs head them (ours, Ignition's, Xero's, Practice Manager's, and French), without
 * blanks, signs, accents and capitals. */
static const char *const headings[N_COLUMNS][14] = {
  [COLUMN_NAME] = { "clientname", "client", "name", "company", "companyname", "business", "businessname",
                    "organisation", "organization", "entityname", "nomduclient", "nom", "entreprise" },
  [COLUMN_PERSON] = { "contactname", "contact", "contactperson", "primarycontact", "personne",
                      "personneressource", "nomducontact" },
  [COLUMN_FIRST_NAME] = { "firstname", "contactfirstname", "prenom" },
  [COLUMN_LAST_NAME] = { "lastname", "surname", "contactlastname", "nomdefamille" },
  [COLUMN_EMAIL]
  = { "email", "emailaddress", "contactemail", "clientemail", "mail", "courriel", "adressecourriel" },
  [COLUMN_PHONE] = { "phone", "phonenumber", "telephone", "contactphone", "mobile", "numerodetelephone" },
  [COLUMN_NUMBER] = { "number", "clientnumber", "numero", "numeroduclient" },
};

struct _CsClientImport
{
  GArray *columns; /* of Column, as the heading has them; N_COLUMNS: none of ours */
  GPtrArray *rows;
  GHashTable *by_number; /* of CsClient, borrowed */
  GHashTable *by_email;  /* of GPtrArray of CsClient */
  GHashTable *by_name;   /* of GPtrArray of CsClient */
  GHashTable *lines;     /* of those whom the list has named: by CsClient, here or of a row: the line */
};

static char *
simplify_heading (const char *heading)
{
  g_autofree char *ascii = g_str_to_ascii (heading, "C");
  GString *simple = g_string_new (NULL);

  for (const char *at = ascii; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (simple, g_ascii_tolower (*at));
  return g_string_free_and_steal (simple);
}

static gboolean
is_heading_of (const char *heading, Column column)
{
  for (gsize i = 0; i < G_N_ELEMENTS (headings[column]) && headings[column][i] != NULL; i++)
    if (g_str_equal (headings[column][i], heading))
      return TRUE;
  return FALSE;
}

static Column
name_column (const char *heading)
{
  g_autofree char *simple = simplify_heading (heading);
  gsize column = 0;

  while (column < N_COLUMNS && !is_heading_of (simple, (Column)column))
    column++;
  return (Column)column;
}

static gboolean
has_column (CsClientImport *self, Column column)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_array_index (self->columns, Column, i) == column)
      return TRUE;
  return FALSE;
}

static void
name_columns (CsClientImport *self, GStrv heading)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  for (gsize i = 0; heading[i] != NULL; i++)
    {
      Column column = name_column (heading[i]);

      g_array_append_val (self->columns, column);
    }
  /* Xero's own list calls whom it invoices ContactName, and has the person beside it. */
  if (!has_column (self, COLUMN_NAME))
    for (guint i = 0; i < self->columns->len; i++)
      if (g_array_index (self->columns, Column, i) == COLUMN_PERSON)
        g_array_index (self->columns, Column, i) = COLUMN_NAME;
}

/* --- who is here --- */

static char *
fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  return g_strstrip (g_utf8_casefold (valid, -1));
}

static void
index_under (GHashTable *table, char *key, CsClient *client)
{
  GPtrArray *clients = g_hash_table_lookup (table, key);

  if (*key == '\0')
    {
      g_free (key);
      return;
    }
  if (clients == NULL)
    {
      clients = g_ptr_array_new ();
      g_hash_table_insert (table, g_strdup (key), clients);
    }
  g_ptr_array_add (clients, client);
  g_free (key);
}

static void
index_clients (CsClientImport *self, GPtrArray *clients)
{
  for (guint i = 0; i < clients->len; i++)
    {
      CsClient *client = g_ptr_array_index (clients, i);

      g_hash_table_insert (self->by_number, fold (client->number), client);
      index_under (self->by_email, fold (client->email), client);
      index_under (self->by_name, cs_match_normalise_name (client->name), client);
    }
}

/**
 * cs_client_import_new:
 * @heading: the names of the columns
 * @clients: (element-type CsClient): those that are here, archived ones too; kept as long as this
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what rows can be added to; else %CS_DOMAIN_ERROR_INVALID when no
 * column is the client's name
 */
CsClientImport *
cs_client_import_new (GStrv heading, GPtrArray *clients, GError **error)
{
  g_autoptr (CsClientImport) self = NULL;

  g_return_val_if_fail (heading != NULL && clients != NULL, NULL);

  self = g_new0 (CsClientImport, 1);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_import_row_free);
  self->by_number = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_email = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->lines = g_hash_table_new (NULL, NULL);
  name_columns (self, heading);
  if (!has_column (self, COLUMN_NAME))
    {
      g_set_error_literal (
          error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID,
          _ ("No column is the client’s name. The first line has to name the columns, one of "
             "them “Client name”; “Contact name”, “E-mail” and “Phone” are taken, too."));
      return NULL;
    }
  index_clients (self, clients);
  return g_steal_pointer (&self);
}

/** cs_client_import_free: @self: (transfer full) (nullable): what cs_client_import_new() made */
void
cs_client_import_free (CsClientImport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_array_unref (self->columns);
  g_hash_table_unref (self->by_number);
  g_hash_table_unref (self->by_email);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->lines);
  g_free (self);
}

/** cs_import_row_free: @row: (transfer full) (nullable): a row */
void
cs_import_row_free (CsImportRow *row)
{
  if (row == NULL)
    return;
  cs_client_free (row->client);
  cs_client_free (row->before);
  g_free (row);
}

/* --- a row --- */

/* What the row says of it: the first of several columns, as of "Mobile" and "Phone", that says anything. */
static const char *
get_cell (CsClientImport *self, GStrv cells, Column column)
{
  for (guint i = 0; i < self->columns->len && cells[i] != NULL; i++)
    if (g_array_index (self->columns, Column, i) == column && *cells[i] != '\0')
      return cells[i];
  return "";
}

/* A comma that nobody quoted moves every word after it into the next column. */
static gboolean
has_too_many_cells (CsClientImport *self, GStrv cells)
{
  for (guint i = 0; cells[i] != NULL; i++)
    if (i >= self->columns->len && *cells[i] != '\0')
      return TRUE;
  return FALSE;
}

static CsClient *
read_client (CsClientImport *self, GStrv cells)
{
  CsClient *client = cs_client_new ();
  g_autofree char *person = g_strconcat (get_cell (self, cells, COLUMN_FIRST_NAME), " ",
                                         get_cell (self, cells, COLUMN_LAST_NAME), NULL);
  const char *contact = get_cell (self, cells, COLUMN_PERSON);

  g_free (client->name);
  client->name = cs_contact_rules_tidy_name (get_cell (self, cells, COLUMN_NAME));
  g_free (client->contact_name);
  client->contact_name = cs_contact_rules_tidy_name (*contact != '\0' ? contact : person);
  g_set_str (&client->email, get_cell (self, cells, COLUMN_EMAIL));
  g_set_str (&client->phone, get_cell (self, cells, COLUMN_PHONE));
  client->source = CS_SOURCE_CSV;
  client->state = CS_CLIENT_LEAD;
  return client;
}

/* What is wrong with it, if anything. */
static const char *
find_problem (CsClientImport *self, GStrv cells, const CsClient *client)
{
  const char *problem = NULL;

  if (has_too_many_cells (self, cells))
    problem = _ ("It has more columns than the first line. Put a name that has a comma in it into quotation "
                 "marks.");
  if (problem == NULL)
    problem = cs_contact_rules_check_name (client->name);
  if (problem == NULL)
    problem = cs_contact_rules_check_email (client->email);
  if (problem == NULL)
    problem = cs_contact_rules_check_phone (client->phone);
  return problem;
}

static gboolean
is_same (const char *a, const char *b)
{
  g_autofree char *x = fold (a);
  g_autofree char *y = fold (b);

  return *x != '\0' && g_str_equal (x, y);
}

static gboolean
is_similar_name (const char *a, const char *b)
{
  g_autofree char *x = cs_match_normalise_name (a);
  g_autofree char *y = cs_match_normalise_name (b);

  return *x != '\0' && g_str_equal (x, y);
}

/* A like name that the address confirms, or the very name where there is no address to say otherwise (K-4: a
 * name that is only like it proves nothing by itself). */
static gboolean
is_surely (const CsClient *client, const CsClient *other)
{
  return is_same (client->email, other->email)
         || ((*client->email == '\0' || *other->email == '\0') && is_same (client->name, other->name));
}

/* The one client that surely is it, archived or not as asked. @looks_like: whoever shares the name, or the
 * address, and so may be. */
static CsClient *
find_match (CsClientImport *self, const CsClient *client, gboolean is_archived, CsClient **looks_like)
{
  g_autofree char *name = cs_match_normalise_name (client->name);
  g_autofree char *email = fold (client->email);
  GPtrArray *named = g_hash_table_lookup (self->by_name, name);
  GPtrArray *addressed = g_hash_table_lookup (self->by_email, email);
  CsClient *match = NULL;
  guint n_matches = 0;

  for (guint i = 0; named != NULL && i < named->len; i++)
    {
      CsClient *other = g_ptr_array_index (named, i);

      if ((other->state == CS_CLIENT_ARCHIVED) != is_archived)
        continue;
      *looks_like = other;
      if (is_surely (client, other))
        {
          match = other;
          n_matches++;
        }
    }
  for (guint i = 0; *looks_like == NULL && addressed != NULL && i < addressed->len; i++)
    if ((((CsClient *)addressed->pdata[i])->state == CS_CLIENT_ARCHIVED) == is_archived)
      *looks_like = g_ptr_array_index (addressed, i);
  return n_matches == 1 ? match : NULL;
}

static void
take_cell (char **field, const char *cell, gboolean *is_changed)
{
  if (*cell != '\0' && g_set_str (field, cell))
    *is_changed = TRUE;
}

/* Another name, and not only other blanks in it. */
static gboolean
is_renamed (const CsClient *here, const CsClient *told)
{
  g_autofree char *tidy = cs_contact_rules_tidy_name (here->name);

  return !g_str_equal (tidy, told->name);
}

/* An empty cell takes nothing away, and another way of writing a name is no new one, unless the row says by
 * number whom it means. An archived client comes back, as a lead unless the ledger knows it. */
static void
merge_into (CsImportRow *row, const CsClient *here, gboolean is_by_number)
{
  g_autoptr (CsClient) told = g_steal_pointer (&row->client);
  gboolean is_changed = here->state == CS_CLIENT_ARCHIVED;

  row->before = cs_client_copy (here);
  row->client = cs_client_copy (here);
  if (here->state == CS_CLIENT_ARCHIVED)
    row->client->state = *here->remote_contact_id != '\0' ? CS_CLIENT_ACTIVE : CS_CLIENT_LEAD;
  if (is_by_number && is_renamed (here, told))
    take_cell (&row->client->name, told->name, &is_changed);
  take_cell (&row->client->contact_name, told->contact_name, &is_changed);
  if (!is_same (row->client->email, told->email))
    take_cell (&row->client->email, told->email, &is_changed);
  take_cell (&row->client->phone, told->phone, &is_changed);
  row->kind = is_changed ? CS_IMPORT_UPDATE : CS_IMPORT_SAME;
}

static void
ask_about (CsClientImport *self, CsImportRow *row, CsClient *other)
{
  row->kind = CS_IMPORT_DOUBTFUL;
  row->before = cs_client_copy (other);
  if (cs_uuid_is_none (&other->id))
    row->same_as = GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, other));
}

/* (nullable): whom the row means by number */
static CsClient *
find_numbered (CsClientImport *self, GStrv cells)
{
  g_autofree char *key = fold (get_cell (self, cells, COLUMN_NUMBER));

  return *key != '\0' ? g_hash_table_lookup (self->by_number, key) : NULL;
}

/* Every practice counts its clients from one: a number alone says little of a list from elsewhere. */
static gboolean
is_confirmed (const CsClient *told, const CsClient *numbered)
{
  return is_same (told->email, numbered->email) || is_similar_name (told->name, numbered->name);
}

/* Rows after this one are held against it. */
static void
remember_new (CsClientImport *self, CsImportRow *row)
{
  index_under (self->by_email, fold (row->client->email), row->client);
  index_under (self->by_name, cs_match_normalise_name (row->client->name), row->client);
  g_hash_table_insert (self->lines, row->client, GUINT_TO_POINTER (row->line));
}

/* Two rows of one client would be saved one over the other. */
static void
merge_once (CsClientImport *self, CsImportRow *row, const CsClient *here, gboolean is_by_number)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, here));

  if (first > 0)
    {
      row->kind = CS_IMPORT_REPEATED;
      row->same_as = first;
      return;
    }
  g_hash_table_insert (self->lines, (gpointer)here, GUINT_TO_POINTER (row->line));
  merge_into (row, here, is_by_number);
}

static void
match_row (CsClientImport *self, CsImportRow *row)
{
  CsClient *here;
  CsClient *looks_like = NULL;
  CsClient *archived = NULL;

  here = find_match (self, row->client, FALSE, &looks_like);
  if (here == NULL && looks_like == NULL)
    here = find_match (self, row->client, TRUE, &archived);
  if (here != NULL)
    merge_once (self, row, here, FALSE);
  else if (looks_like != NULL)
    ask_about (self, row, looks_like);
  else
    {
      row->kind = CS_IMPORT_NEW;
      remember_new (self, row);
    }
}

/**
 * cs_client_import_add:
 * @self: a list
 * @line: where the row stands in its file, from 1
 * @cells: its words, in the order of the heading; there may be fewer or more of them
 *
 * Compares the row with who is here and with the rows before it. Whoever has a like name and the same
 * address, or the very name and no other address, is the same client, and so is whose number the row has, if
 * name or address bears it out. Who shares only the one or only the other may be, which a person says [K-4,
 * U-29].
 */
void
cs_client_import_add (CsClientImport *self, guint line, GStrv cells)
{
  CsClient *numbered;
  CsImportRow *row;

  g_return_if_fail (self != NULL && line > 0 && cells != NULL);

  numbered = find_numbered (self, cells);
  row = g_new0 (CsImportRow, 1);
  row->line = line;
  row->client = read_client (self, cells);
  if (numbered != NULL && *row->client->name == '\0')
    g_set_str (&row->client->name, numbered->name);
  row->problem = find_problem (self, cells, row->client);
  g_ptr_array_add (self->rows, row);
  if (row->problem != NULL)
    {
      row->kind = CS_IMPORT_WRONG;
      return;
    }
  row->problem = "";
  if (numbered == NULL)
    match_row (self, row);
  else if (is_confirmed (row->client, numbered))
    merge_once (self, row, numbered, TRUE);
  else
    ask_about (self, row, numbered);
}

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const CsImportRow *x = a;
  const CsImportRow *y = b;

  return x->kind != y->kind ? (int)x->kind - (int)y->kind : (x->line > y->line) - (x->line < y->line);
}

/** cs_client_import_dup_rows: Returns: (transfer full) (element-type CsImportRow): what was added, by kind
 * and then by line */
GPtrArray *
cs_client_import_dup_rows (CsClientImport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_ptr_array_sort_values (self->rows, compare_rows);
  return g_ptr_array_ref (self->rows);
}

/** cs_import_kind_is_offered: Returns: whether a person may have rows of this kind imported */
gboolean
cs_import_kind_is_offered (CsImportKind kind)
{
  return kind == CS_IMPORT_NEW || kind == CS_IMPORT_UPDATE || kind == CS_IMPORT_DOUBTFUL;
}
