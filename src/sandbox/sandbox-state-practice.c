/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-state.h"

/* A practice's records as the state file has them: by their shapes. */

void
sandbox_state_write_practice (SandboxPractice *practice, gboolean everything, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", practice->id);
  sandbox_json_integer (json, "privilege", practice->privilege);
  sandbox_json_integer (json, "next_client", practice->next_client);
  sandbox_json_integer (json, "next_job", practice->next_job);
  sandbox_json_integer (json, "writes", practice->writes);
  for (guint i = 0; i < SANDBOX_PRACTICE_LISTS; i++)
    {
      const GPtrArray *records = everything ? practice->records[i] : practice->pending[i];

      if (!everything && records->len == 0)
        continue;
      sandbox_json_open (json, sandbox_practice_kinds[i].name, '[');
      for (guint j = 0; j < records->len; j++)
        if (((SandboxRecord *)records->pdata[j])->kept)
          sandbox_shape_save (sandbox_practice_kinds[i].shape, records->pdata[j], json);
      sandbox_json_close (json, ']');
    }
  sandbox_json_close (json, '}');
}

void
sandbox_state_forget_practice (SandboxPractice *practice)
{
  for (guint i = 0; i < SANDBOX_PRACTICE_LISTS; i++)
    {
      for (guint j = 0; j < practice->pending[i]->len; j++)
        ((SandboxRecord *)practice->pending[i]->pdata[j])->pending = FALSE;
      g_ptr_array_set_size (practice->pending[i], 0);
    }
}

/* In the place of the record of its id, or added. */
static gboolean
load_record (SandboxPractice *practice, SandboxPracticeList list, yyjson_val *element)
{
  const SandboxShape *shape = sandbox_practice_kinds[list].shape;
  gpointer existing = sandbox_practice_find (practice, list, sandbox_json_get_text (element, "id"));
  SandboxRecord *record = sandbox_shape_new (shape);

  sandbox_shape_load (shape, record, element);
  if (*record->id == '\0'
      || (list == SANDBOX_PRACTICE_JOBS && ((SandboxJob *)(gpointer)record)->number == NULL))
    {
      sandbox_shape_free (shape, record);
      return FALSE;
    }
  if (existing == NULL)
    {
      sandbox_practice_add (practice, list, record);
      existing = record;
    }
  else
    {
      sandbox_shape_swap (shape, existing, record);
      sandbox_practice_touch (practice, list, existing);
      sandbox_shape_free (shape, record);
    }
  if (list == SANDBOX_PRACTICE_JOBS && ((SandboxJob *)existing)->deleted)
    sandbox_practice_renumber (practice, existing, NULL);
  return TRUE;
}

gboolean
sandbox_state_load_practice (SandboxWorld *world, yyjson_val *element)
{
  SandboxPractice *practice = sandbox_world_practice (world, sandbox_json_get_text (element, "id"));
  size_t i, n;
  yyjson_val *record;

  if (practice == NULL)
    return FALSE;
  practice->privilege = (SandboxPrivilege)CLAMP (sandbox_json_get_integer (element, "privilege", 0), 0,
                                                 SANDBOX_PRIVILEGES - 1);
  practice->next_client = sandbox_json_get_integer (element, "next_client", practice->next_client);
  practice->next_job = sandbox_json_get_integer (element, "next_job", practice->next_job);
  practice->writes = sandbox_json_get_integer (element, "writes", 0);
  for (guint list = 0; list < SANDBOX_PRACTICE_LISTS; list++)
    yyjson_arr_foreach (sandbox_json_get (element, sandbox_practice_kinds[list].name), i, n, record)
    {
      if (!load_record (practice, (SandboxPracticeList)list, record))
        return FALSE;
    }
  sandbox_practice_group_members (practice);
  return TRUE;
}
