/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "schema.h"

#include <gio/gio.h>
#include <string.h>

typedef enum
{
  TEXT,
  NUMBER,
  DATE, /* YYYY-MM-DD */
  UUID,
  WORD,   /* one of .detail, separated by | */
  OBJECT, /* of schema .detail */
  LIST,   /* of schema .detail, one at least */
} Kind;

typedef struct
{
  const char *schema;
  const char *member;
  Kind kind;
  gboolean is_required;
  const char *detail;
  gsize characters_max;
} Rule;

/* xero-accounting.md 8.1, 8.2, 9.1 to 9.3 */
static const Rule rules[] = {
  { "invoices", "Invoices", LIST, TRUE, "invoice" },
  { "invoice", "Type", WORD, TRUE, "ACCREC" },
  { "invoice", "Contact", OBJECT, TRUE, "contact-reference" },
  { "invoice", "InvoiceNumber", TEXT, TRUE, NULL, 255 },
  { "invoice", "Reference", TEXT, FALSE, NULL, 255 },
  { "invoice", "Date", DATE, TRUE },
  { "invoice", "DueDate", DATE, FALSE },
  { "invoice", "LineAmountTypes", WORD, TRUE, "Exclusive|Inclusive|NoTax" },
  { "invoice", "CurrencyCode", TEXT, TRUE, NULL, 3 },
  { "invoice", "BrandingThemeID", UUID, FALSE },
  { "invoice", "Status", WORD, TRUE, "DRAFT|AUTHORISED" },
  { "invoice", "LineItems", LIST, TRUE, "line" },
  { "contact-reference", "ContactID", UUID, TRUE },
  { "line", "Description", TEXT, TRUE, NULL, 4000 },
  { "line", "Quantity", NUMBER, TRUE },
  { "line", "UnitAmount", NUMBER, TRUE },
  { "line", "AccountCode", TEXT, FALSE, NULL, 10 },
  { "line", "TaxType", TEXT, FALSE, NULL, 50 },
  { "line", "Tracking", LIST, FALSE, "tracking" },
  { "tracking", "TrackingCategoryID", UUID, TRUE },
  { "tracking", "TrackingOptionID", UUID, TRUE },
  { "contacts", "Contacts", LIST, TRUE, "contact" },
  { "contact", "ContactNumber", TEXT, TRUE, NULL, 50 },
  { "contact", "Name", TEXT, TRUE, NULL, 255 },
  { "contact", "FirstName", TEXT, FALSE, NULL, 255 },
  { "contact", "LastName", TEXT, FALSE, NULL, 255 },
  { "contact", "EmailAddress", TEXT, FALSE, NULL, 255 },
  { "contact", "Phones", LIST, FALSE, "phone" },
  { "phone", "PhoneType", WORD, TRUE, "DEFAULT" },
  { "phone", "PhoneNumber", TEXT, TRUE, NULL, 50 },
};

static const Rule *
find_rule (const char *schema, const char *member)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].schema, schema) && g_str_equal (rules[i].member, member))
      return &rules[i];
  return NULL;
}

static gboolean
check_text (const Rule *rule, JsonNode *node)
{
  const char *text;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  text = json_node_get_string (node);
  if (rule->kind == UUID)
    return g_uuid_string_is_valid (text);
  if (rule->kind == DATE)
    return g_regex_match_simple ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text, 0, 0);
  if (rule->kind == WORD)
    {
      g_auto (GStrv) words = g_strsplit (rule->detail, "|", -1);

      return g_strv_contains ((const char *const *)words, text);
    }
  return text[0] != '\0'
         && (rule->characters_max == 0 || (gsize)g_utf8_strlen (text, -1) <= rule->characters_max);
}

static gboolean check_object (JsonNode *node, const char *schema, GError **error);

static gboolean
check_list (const Rule *rule, JsonNode *node, GError **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s.%s is no list", rule->schema,
                   rule->member);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!check_object (json_array_get_element (array, i), rule->detail, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_member (const Rule *rule, JsonNode *node, GError **error)
{
  gboolean is_right;

  if (rule->kind == LIST)
    return check_list (rule, node, error);
  if (rule->kind == OBJECT)
    return check_object (node, rule->detail, error);
  if (!JSON_NODE_HOLDS_VALUE (node))
    is_right = FALSE;
  else if (rule->kind == NUMBER)
    is_right
        = json_node_get_value_type (node) == G_TYPE_DOUBLE || json_node_get_value_type (node) == G_TYPE_INT64;
  else
    is_right = check_text (rule, node);
  if (!is_right)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s.%s is not what it should be", rule->schema,
                 rule->member);
  return is_right;
}

static gboolean
check_object (JsonNode *node, const char *schema, GError **error)
{
  g_autoptr (GList) members = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is no object", schema);
      return FALSE;
    }
  object = json_node_get_object (node);
  members = json_object_get_members (object);
  for (GList *member = members; member != NULL; member = member->next)
    {
      const Rule *rule = find_rule (schema, member->data);

      if (rule == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s.%s is not allowed", schema,
                       (const char *)member->data);
          return FALSE;
        }
      if (!check_member (rule, json_object_get_member (object, member->data), error))
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].schema, schema) && rules[i].is_required
        && !json_object_has_member (object, rules[i].member))
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s.%s is missing", schema, rules[i].member);
        return FALSE;
      }
  return TRUE;
}

gboolean
test_schema_check (JsonNode *body, const char *schema, GError **error)
{
  return check_object (body, schema, error);
}
