/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const terms_kind_words[] = {
  [CS_TERMS_AFTER_INVOICE] = "invoice",
  [CS_TERMS_OF_NEXT_MONTH] = "next-month",
  [CS_TERMS_AFTER_MONTH_END] = "month-end",
  [CS_TERMS_INHERITED] = "inherited",
};

const char *
cs_store_terms_kind_to_string (CsTermsKind kind)
{
  g_assert ((gsize)kind < G_N_ELEMENTS (terms_kind_words));
  return terms_kind_words[kind];
}

/* The table takes no other word. */
CsTermsKind
cs_store_parse_terms_kind (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (terms_kind_words); i++)
    if (g_strcmp0 (text, terms_kind_words[i]) == 0)
      return (CsTermsKind)i;
  return CS_TERMS_AFTER_INVOICE;
}

/* In canonical order of its members. */
static const CsShapeField field_order[]
    = { CS_SHAPE_ACCOUNT, CS_SHAPE_GROUPING, CS_SHAPE_SERIES, CS_SHAPE_STATUS,
        CS_SHAPE_TAX,     CS_SHAPE_TERMS,    CS_SHAPE_THEME,  CS_SHAPE_TRACKING };
G_STATIC_ASSERT (G_N_ELEMENTS (field_order) == CS_SHAPE_N_FIELDS);

/* Members of an object that was begun: what is set. */
void
cs_store_add_shape (CsJsonBuilder *builder, const CsShape *shape)
{
  for (gsize i = 0; shape != NULL && i < G_N_ELEMENTS (field_order); i++)
    if (shape->values[field_order[i]] != NULL)
      cs_json_builder_set_string (builder, cs_shape_field_to_string (field_order[i]),
                                  shape->values[field_order[i]]);
}

/* "" when everything is inherited. */
char *
cs_store_build_shape (const CsShape *shape)
{
  g_autoptr (CsJsonBuilder) builder = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (cs_shape_is_empty (shape))
    return g_strdup ("");
  builder = cs_json_builder_new ();
  cs_json_builder_begin_object (builder);
  cs_store_add_shape (builder, shape);
  cs_json_builder_end_object (builder);
  bytes = cs_json_builder_end (builder);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Never NULL but on failure. */
CsShape *
cs_store_parse_shape (const char *text, GError **error)
{
  g_autoptr (CsShape) shape = cs_shape_new ();
  g_autoptr (CsJsonDocument) document = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL || *text == '\0')
    return g_steal_pointer (&shape);
  bytes = g_bytes_new (text, strlen (text));
  document = cs_json_document_parse (bytes, error);
  if (document == NULL)
    return NULL;
  for (guint i = 0; i < CS_SHAPE_N_FIELDS; i++)
    shape->values[i] = g_strdup (cs_json_get_string (cs_json_document_get_root (document),
                                                     cs_shape_field_to_string ((CsShapeField)i)));
  return g_steal_pointer (&shape);
}

static CsShape *
load_client_shape (CsStore *store, const CsUuid *client_id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT shape FROM client_shape WHERE client_id = ?");

  cs_sql_bind_uuid (row, client_id);
  if (cs_sql_next (row, error))
    return cs_store_parse_shape (cs_sql_peek_text (row), error);
  return cs_sql_has_failed (row) ? NULL : cs_shape_new ();
}

/* What @proposal inherits: the practice's and its client's, as they are now. */
gboolean
cs_store_load_inherited (CsStore *store, CsProposal *proposal, GError **error)
{
  g_autoptr (CsSettings) settings = cs_store_load_settings (store, error);

  if (settings == NULL)
    return FALSE;
  g_clear_pointer (&proposal->practice_shape, cs_shape_free);
  proposal->practice_shape = cs_settings_make_shape (settings);
  g_clear_pointer (&proposal->client_shape, cs_shape_free);
  proposal->client_shape = load_client_shape (store, &proposal->client_id, error);
  return proposal->client_shape != NULL;
}

/**
 * cs_store_get_client_shape:
 * @store: a store
 * @client_id: a client
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the client has of its own; empty where nothing was saved; %NULL
 *   with what the file said
 */
CsShape *
cs_store_get_client_shape (CsStore *store, const CsUuid *client_id, GError **error)
{
  g_return_val_if_fail (store != NULL && client_id != NULL, NULL);

  return load_client_shape (store, client_id, error);
}

static gboolean
check_shape (const CsShape *shape, GError **error)
{
  const char *series = shape->values[CS_SHAPE_SERIES];
  g_autoptr (GError) local = NULL;

  if (!cs_shape_validate (shape, &local)
      || (series != NULL && *series != '\0' && !cs_settings_validate_prefix (series, &local)))
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, local->message);
  return TRUE;
}

static gboolean
write_client_shape (CsStore *store, const CsUuid *client_id, const CsShape *shape, GError **error)
{
  g_autofree char *text = cs_store_build_shape (shape);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, *text == '\0' ? "DELETE FROM client_shape WHERE client_id = ?1"
                                : "INSERT OR REPLACE INTO client_shape (client_id, shape) VALUES (?1, ?2)");

  cs_sql_bind_uuid (row, client_id);
  if (*text != '\0')
    cs_sql_bind_text (row, text);
  return cs_sql_run (row, error);
}

/**
 * cs_store_save_client_shape:
 * @store: a store
 * @client_id: a client
 * @shape: what it has of its own, all of it
 * @error: return location
 *
 * Counts for every invoice of the client that is not on its way yet: what is planned is planned anew, and
 * what was blocked only for its shape goes on where that mends it.
 *
 * Returns: whether it was saved; else %CS_STORE_ERROR_INVALID, %CS_STORE_ERROR_NOT_FOUND or what the file
 * said
 */
gboolean
cs_store_save_client_shape (CsStore *store, const CsUuid *client_id, const CsShape *shape, GError **error)
{
  g_autoptr (CsShape) before = NULL;

  return cs_store_replace_client_shape (store, client_id, NULL, shape, &before, error);
}

/* An undo that came too late. */
gboolean
cs_store_refuse_changed_shape (GError **error)
{
  return cs_store_refuse (error, CS_STORE_ERROR_STALE,
                          _ ("It was changed again since. Nothing was put back."));
}

static gboolean
replace_client_shape (CsStore *store,
                      const CsUuid *client_id,
                      const CsShape *before,
                      const CsShape *shape,
                      GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();

  if (cs_shape_equal (before, shape))
    return TRUE;
  cs_store_add_shape (details, shape);
  return write_client_shape (store, client_id, shape, error)
         && cs_store_write_audit_id (store, "client.shaped", client_id, details, error)
         && cs_store_write_replanned (store, client_id, error);
}

/**
 * cs_store_replace_client_shape:
 * @store: a store
 * @client_id: a client
 * @expected: (nullable): what must be there, as an undo knows what it undoes; %NULL: whatever is
 * @shape: what it has of its own, all of it
 * @before: (out) (transfer full): what was there before
 * @error: return location
 *
 * As cs_store_save_client_shape().
 *
 * Returns: whether it was saved; else %CS_STORE_ERROR_STALE where it is not @expected, and nothing is done,
 *   %CS_STORE_ERROR_INVALID, %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_replace_client_shape (CsStore *store,
                               const CsUuid *client_id,
                               const CsShape *expected,
                               const CsShape *shape,
                               CsShape **before,
                               GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsClient) client = NULL;
  g_autoptr (CsShape) replaced = NULL;

  g_return_val_if_fail (store != NULL && client_id != NULL && shape != NULL && before != NULL, FALSE);

  *before = NULL;
  if (!check_shape (shape, error))
    return FALSE;
  transaction = cs_sql_begin (store->sql, error);
  client = transaction != NULL ? cs_store_load_client (store, client_id, NULL, error) : NULL;
  replaced = client != NULL ? load_client_shape (store, client_id, error) : NULL;
  if (replaced == NULL)
    return FALSE;
  if (expected != NULL && !cs_shape_equal (replaced, expected))
    return cs_store_refuse_changed_shape (error);
  if (!replace_client_shape (store, client_id, replaced, shape, error) || !cs_sql_commit (transaction, error))
    return FALSE;
  *before = g_steal_pointer (&replaced);
  return TRUE;
}

/* What the mirror knows */

/**
 * cs_shape_facts_free:
 * @facts: (transfer full) (nullable): facts
 */
void
cs_shape_facts_free (CsShapeFacts *facts)
{
  if (facts == NULL)
    return;
  g_clear_pointer (&facts->world.accounts, g_ptr_array_unref);
  g_clear_pointer (&facts->world.tax_rates, g_ptr_array_unref);
  g_clear_pointer (&facts->world.tracking, g_ptr_array_unref);
  g_clear_pointer (&facts->world.themes, g_ptr_array_unref);
  cs_ledger_organisation_free (facts->organisation);
  g_free (facts);
}

static gboolean
load_lists (CsStore *store, const CsUuid *connection_id, CsShapeFacts *facts, GError **error)
{
  facts->world.accounts = cs_store_list_accounts (store, connection_id, error);
  facts->world.tax_rates
      = facts->world.accounts != NULL ? cs_store_list_tax_rates (store, connection_id, error) : NULL;
  facts->world.tracking
      = facts->world.tax_rates != NULL ? cs_store_list_tracking (store, connection_id, error) : NULL;
  facts->world.themes
      = facts->world.tracking != NULL ? cs_store_list_branding_themes (store, connection_id, error) : NULL;
  return facts->world.themes != NULL;
}

static gboolean
load_organisation (CsStore *store, const CsUuid *connection_id, CsShapeFacts *facts, GError **error)
{
  g_autoptr (GError) local = NULL;

  facts->organisation = cs_store_get_organisation (store, connection_id, &local);
  facts->world.organisation = facts->organisation;
  if (local == NULL || g_error_matches (local, CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Inside the caller's transaction. */
CsShapeFacts *
cs_store_load_shape_facts (CsStore *store, GError **error)
{
  g_autoptr (CsShapeFacts) facts = g_new0 (CsShapeFacts, 1);
  g_autoptr (CsSettings) settings = cs_store_load_settings (store, error);
  CsUuid connection_id;

  if (settings == NULL || !cs_store_load_ledger_id (store, &connection_id, error))
    return NULL;
  facts->world.lock_date = settings->lock_date;
  if (!cs_uuid_is_none (&connection_id)
      && (!load_lists (store, &connection_id, facts, error)
          || !load_organisation (store, &connection_id, facts, error)))
    return NULL;
  return g_steal_pointer (&facts);
}

/**
 * cs_store_get_shape_facts:
 * @store: a store
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what an invoice is held against before it is sent; %NULL with what the
 *   file said
 */
CsShapeFacts *
cs_store_get_shape_facts (CsStore *store, GError **error)
{
  g_return_val_if_fail (store != NULL, NULL);

  return cs_store_load_shape_facts (store, error);
}
