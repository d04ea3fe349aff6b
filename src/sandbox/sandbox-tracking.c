/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-settings.h"

#include "sandbox-settings-list.h"

/* Tracking categories (xero-accounting 11): at most two are active. */

typedef struct
{
  const char *name;
  gboolean archived;
} Option;

typedef struct
{
  const char *name;
  gboolean archived;
  Option options[5];
} Category;

static const Category categories[] = {
  { "Region", FALSE, { { "North", FALSE }, { "Central", FALSE }, { "South", FALSE }, { "Abroad", TRUE } } },
  { "Team", FALSE, { { "Compliance", FALSE }, { "Advisory", FALSE } } },
  { "Office", TRUE, { { "Harbour Street", FALSE } } },
};

static const SandboxFieldRule category_fields[] = { { "Name", SANDBOX_FIELD_TEXT, 0 },
                                                    { "Status", SANDBOX_FIELD_TEXT, 0 },
                                                    { NULL, SANDBOX_FIELD_TEXT, 0 } };

static gboolean
is_archived (const SandboxOrganisation *organisation, const char *kind, const char *name, gboolean archived)
{
  return archived || sandbox_organisation_is_gone (organisation, kind, name);
}

static const char *
status_name (gboolean archived)
{
  return archived ? "ARCHIVED" : "ACTIVE";
}

static SandboxFieldValue
category_value (gconstpointer row, guint field)
{
  const Category *category = row;

  return (SandboxFieldValue){ .text = field == 0 ? category->name : status_name (category->archived) };
}

static void
write_category (const SandboxCall *call, gconstpointer row, SandboxJson *json)
{
  const Category *category = row;
  gboolean all = sandbox_request_flag (call->request, "includeArchived");
  gboolean archived = is_archived (call->organisation, "tracking", category->name, category->archived);

  sandbox_json_string (json, "Name", category->name);
  sandbox_json_string (json, "Status", status_name (archived));
  sandbox_settings_write_id (call, "TrackingCategoryID", "tracking", category->name, json);
  sandbox_json_open (json, "Options", '[');
  for (const Option *option = category->options; option->name != NULL; option++)
    {
      archived = is_archived (call->organisation, "option", option->name, option->archived);
      if (archived && !all)
        continue;
      sandbox_json_open (json, NULL, '{');
      sandbox_settings_write_id (call, "TrackingOptionID", "option", option->name, json);
      sandbox_json_string (json, "Name", option->name);
      sandbox_json_string (json, "Status", status_name (archived));
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

static gboolean
is_category (const SandboxCall *call, gconstpointer row, const char *id)
{
  return sandbox_settings_id_is (call, "tracking", ((const Category *)row)->name, id);
}

void
sandbox_settings_tracking (const SandboxCall *call)
{
  static const SandboxSettingsList list
      = { "TrackingCategories", { category_fields, category_value }, write_category, is_category, FALSE };
  gboolean all = call->element != NULL || sandbox_request_flag (call->request, "includeArchived");
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    if (all || !is_archived (call->organisation, "tracking", categories[i].name, categories[i].archived))
      g_ptr_array_add (rows, (gpointer)&categories[i]);
  sandbox_settings_list_serve (call, &list, rows);
}

static gboolean
names_or_ids_fit (SandboxOrganisation *organisation,
                  yyjson_val *sent,
                  const char *name_member,
                  const char *id_member,
                  const char *kind,
                  const char *name)
{
  const char *sent_id = sandbox_json_get_text (sent, id_member);
  const char *sent_name = sandbox_json_get_text (sent, name_member);
  g_autofree char *id = sandbox_organisation_make_id (organisation, kind, name);

  if (sent_id != NULL)
    return g_ascii_strcasecmp (sent_id, id) == 0;
  return sent_name != NULL && g_ascii_strcasecmp (sent_name, name) == 0;
}

static gboolean
write_tracking_choice (SandboxOrganisation *organisation, yyjson_val *sent, SandboxJson *json)
{
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    for (const Option *option = categories[i].options; option->name != NULL; option++)
      {
        g_autofree char *id = NULL;
        g_autofree char *option_id = NULL;

        if (is_archived (organisation, "tracking", categories[i].name, categories[i].archived)
            || is_archived (organisation, "option", option->name, option->archived)
            || !names_or_ids_fit (organisation, sent, "Name", "TrackingCategoryID", "tracking",
                                  categories[i].name)
            || !names_or_ids_fit (organisation, sent, "Option", "TrackingOptionID", "option", option->name))
          continue;
        id = sandbox_organisation_make_id (organisation, "tracking", categories[i].name);
        option_id = sandbox_organisation_make_id (organisation, "option", option->name);
        sandbox_json_open (json, NULL, '{');
        sandbox_json_string (json, "Name", categories[i].name);
        sandbox_json_string (json, "Option", option->name);
        sandbox_json_string (json, "TrackingCategoryID", id);
        sandbox_json_string (json, "TrackingOptionID", option_id);
        sandbox_json_close (json, '}');
        return TRUE;
      }
  return FALSE;
}

/* What a line's Tracking becomes; FALSE when a category or an option is not known. */
gboolean
sandbox_settings_write_tracking (SandboxOrganisation *organisation, yyjson_val *sent, SandboxJson *json)
{
  size_t i, n;
  yyjson_val *element;

  sandbox_json_open (json, NULL, '[');
  yyjson_arr_foreach (sent, i, n,
                      element) if (!write_tracking_choice (organisation, element, json)) return FALSE;
  sandbox_json_close (json, ']');
  return TRUE;
}
