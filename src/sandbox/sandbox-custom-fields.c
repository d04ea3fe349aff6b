/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-clients.h"
#include "sandbox-practice-routes.h"

/* Fields that a practice made up for its clients (xpm 5.9). */

void
sandbox_custom_fields_definitions (const SandboxPracticeCall *call)
{
  static const char *const uses[]
      = { "UseContact", "UseJob", "UseLead", "UseSupplier", "UseJobTask", "UseJobCost", "UseJobTime" };
  SandboxXml xml;

  sandbox_practice_open (call, &xml);
  sandbox_xml_open (&xml, "CustomFieldDefinitions");
  for (guint i = 0; i < sandbox_n_field_definitions; i++)
    {
      const SandboxFieldDefinition *definition = &sandbox_field_definitions[i];

      sandbox_xml_open (&xml, "CustomFieldDefinition");
      sandbox_xml_text (&xml, "UUID", call->practice->definition_ids[i]);
      sandbox_xml_text (&xml, "Name", definition->name);
      sandbox_xml_text (&xml, "Type", definition->type);
      sandbox_xml_empty (&xml, "LinkUrl");
      sandbox_xml_text (&xml, "Options",
                        g_str_equal (definition->type, "Dropdown List") ? "Low\nMedium\nHigh" : NULL);
      sandbox_xml_flag (&xml, "UseClient", TRUE);
      for (guint j = 0; j < G_N_ELEMENTS (uses); j++)
        sandbox_xml_flag (&xml, uses[j], FALSE);
      sandbox_xml_text (&xml, "ValueElement", definition->value);
      sandbox_xml_close (&xml, "CustomFieldDefinition");
    }
  sandbox_xml_close (&xml, "CustomFieldDefinitions");
  sandbox_practice_send (call, &xml);
}

/* Only those that somebody filled in; an unchecked box is not there (xpm 5.9). */
void
sandbox_custom_fields_get (const SandboxPracticeCall *call)
{
  const SandboxClient *client = sandbox_client_named (call, call->identifier);
  SandboxXml xml;

  if (client == NULL)
    return;
  sandbox_practice_open (call, &xml);
  sandbox_xml_open (&xml, "CustomFields");
  for (guint i = 0; i < client->values->len; i++)
    {
      const SandboxCustomValue *value = client->values->pdata[i];
      int definition = sandbox_practice_definition (call->practice, value->definition);

      if (definition < 0)
        continue;
      sandbox_xml_open (&xml, "CustomField");
      sandbox_xml_text (&xml, "UUID", value->definition);
      sandbox_xml_text (&xml, "Name", sandbox_field_definitions[definition].name);
      sandbox_xml_text (&xml, sandbox_field_definitions[definition].value, value->value);
      sandbox_xml_close (&xml, "CustomField");
    }
  sandbox_xml_close (&xml, "CustomFields");
  sandbox_practice_send (call, &xml);
}

/* As it is kept and read: a date comes as yyyyMMdd and goes as its midnight. NULL: it does not fit its kind.
 */
static char *
take_value (const char *kind, const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gint64 number;
  int day;

  if (g_str_equal (kind, "Date"))
    {
      if (!sandbox_practice_read_day (text, &day))
        return NULL;
      sandbox_day_append (out, day);
      g_string_append (out, "T00:00:00");
      return g_string_free (g_steal_pointer (&out), FALSE);
    }
  if ((g_str_equal (kind, "Number") && !sandbox_decimal_parse (text, 0, &number))
      || (g_str_equal (kind, "Decimal") && !sandbox_decimal_parse (text, 4, &number))
      || (g_str_equal (kind, "Boolean") && !g_str_equal (text, "true") && !g_str_equal (text, "false")))
    return NULL;
  return g_strdup (text);
}

static void
set_value (SandboxClient *client, const char *definition, const char *text)
{
  SandboxCustomValue *value = NULL;

  for (guint i = 0; value == NULL && i < client->values->len; i++)
    if (g_str_equal (((SandboxCustomValue *)client->values->pdata[i])->definition, definition))
      value = client->values->pdata[i];
  if (*text == '\0' || g_str_equal (text, "false"))
    {
      if (value != NULL && g_ptr_array_remove (client->values, value))
        sandbox_shape_free (&sandbox_custom_value_shape, value);
      return;
    }
  if (value == NULL)
    {
      value = sandbox_shape_add_part (&sandbox_custom_value_shape, client->values);
      sandbox_id_copy (value->definition, definition);
    }
  g_set_str (&value->value, text);
}

/* FALSE: the reply says why. An empty element clears (documented here, unlike clients). */
static gboolean
take_field (const SandboxPracticeCall *call, SandboxClient *client, const xmlNode *node)
{
  g_autofree char *id = sandbox_xml_dup (node, "UUID");
  int definition = sandbox_practice_definition (call->practice, id);
  const char *kind = definition >= 0 ? sandbox_field_definitions[definition].value : "";
  g_autofree char *text = definition >= 0 ? sandbox_xml_dup (node, kind) : NULL;
  g_autofree char *value = text != NULL && *text != '\0' ? take_value (kind, text) : g_strdup (text);

  if (definition < 0 || value == NULL)
    {
      sandbox_practice_error (call, definition < 0 ? "Invalid custom field identifier"
                                                   : "Invalid value for custom field");
      return FALSE;
    }
  set_value (client, call->practice->definition_ids[definition], value);
  return TRUE;
}

void
sandbox_custom_fields_update (const SandboxPracticeCall *call)
{
  const SandboxShape *shape = sandbox_practice_kinds[SANDBOX_PRACTICE_CLIENTS].shape;
  SandboxClient *client = sandbox_client_named (call, call->identifier);
  SandboxClient *changed = client != NULL ? sandbox_shape_copy (shape, client) : NULL;
  gboolean good = client != NULL;

  if (client == NULL)
    return;
  for (xmlNode *node = sandbox_xml_child (call->root, "CustomField"); good && node != NULL;
       node = sandbox_xml_next (node, "CustomField"))
    good = take_field (call, changed, node);
  if (good)
    {
      sandbox_shape_swap (shape, client, changed);
      sandbox_clients_parts_modified (call, client);
      sandbox_practice_ok (call);
    }
  sandbox_shape_free (shape, changed);
}
