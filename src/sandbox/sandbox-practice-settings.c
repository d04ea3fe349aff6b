/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-organisation.h"
#include "sandbox-practice-routes.h"

/* Staff, templates, categories, states and the list of tasks (xpm 6). */

static void
write_staff (const SandboxStaff *staff, SandboxXml *xml)
{
  sandbox_xml_open (xml, "Staff");
  sandbox_xml_text (xml, "UUID", staff->id);
  sandbox_xml_text (xml, "Name", staff->name);
  sandbox_xml_text (xml, "Email", staff->email);
  sandbox_xml_text (xml, "Phone", staff->phone);
  sandbox_xml_empty (xml, "Mobile");
  sandbox_xml_empty (xml, "Address");
  sandbox_xml_empty (xml, "PayrollCode");
  sandbox_xml_close (xml, "Staff");
}

static void
write_streamed_staff (const SandboxPracticeStream *stream, gconstpointer record, SandboxXml *xml)
{
  write_staff (record, xml);
}

static gboolean
staff_is_there (const SandboxPracticeStream *stream, gconstpointer record)
{
  return !((const SandboxStaff *)record)->gone;
}

void
sandbox_practice_staff_list (const SandboxPracticeCall *call)
{
  SandboxPracticeStream stream = { .records = call->practice->records[SANDBOX_PRACTICE_STAFF],
                                   .element = "StaffList",
                                   .keep = staff_is_there,
                                   .write = write_streamed_staff };

  sandbox_practice_stream (call, &stream);
}

void
sandbox_practice_staff_get (const SandboxPracticeCall *call)
{
  const SandboxStaff *staff
      = sandbox_practice_find (call->practice, SANDBOX_PRACTICE_STAFF, call->identifier);
  SandboxXml xml;

  if (staff == NULL || staff->gone)
    {
      sandbox_practice_error (call, "Invalid staff identifier");
      return;
    }
  sandbox_practice_open (call, &xml);
  write_staff (staff, &xml);
  sandbox_practice_send (call, &xml);
}

static void
write_named (const char *element, const char *id, const char *name, SandboxXml *xml)
{
  sandbox_xml_open (xml, element);
  sandbox_xml_text (xml, "UUID", id);
  sandbox_xml_text (xml, "Name", name);
  sandbox_xml_close (xml, element);
}

static void
write_template (const SandboxPracticeStream *stream, gconstpointer record, SandboxXml *xml)
{
  const SandboxTemplate *template = record;

  write_named ("Template", template->id, template->name, xml);
}

static gboolean
template_is_there (const SandboxPracticeStream *stream, gconstpointer record)
{
  return !((const SandboxTemplate *)record)->gone;
}

/* Id and name alone: nothing of what they bring (xpm 6). */
void
sandbox_practice_templates (const SandboxPracticeCall *call)
{
  SandboxPracticeStream stream = { .records = call->practice->records[SANDBOX_PRACTICE_TEMPLATES],
                                   .element = "Templates",
                                   .keep = template_is_there,
                                   .write = write_template };

  sandbox_practice_stream (call, &stream);
}

static void
write_category (const SandboxPracticeStream *stream, gconstpointer record, SandboxXml *xml)
{
  const SandboxCategory *category = record;

  write_named ("Category", category->id, category->name, xml);
}

static gboolean
category_is_there (const SandboxPracticeStream *stream, gconstpointer record)
{
  return !((const SandboxCategory *)record)->gone;
}

void
sandbox_practice_categories (const SandboxPracticeCall *call)
{
  SandboxPracticeStream stream = { .records = call->practice->records[SANDBOX_PRACTICE_CATEGORIES],
                                   .element = "Categories",
                                   .keep = category_is_there,
                                   .write = write_category };

  sandbox_practice_stream (call, &stream);
}

/* Names and ids, not the codes that job.api/state wants; the elements' names are unconfirmed (xpm 4, row 19).
 */
void
sandbox_practice_states (const SandboxPracticeCall *call)
{
  gboolean as_described = sandbox_practice_assumes (call, SANDBOX_ASSUME_STATES_AS_DESCRIBED);
  const char *list = as_described ? "JobStates" : "StateList";
  SandboxXml xml;

  sandbox_practice_open (call, &xml);
  sandbox_xml_open (&xml, list);
  for (guint i = 0; sandbox_job_states[i].code != NULL; i++)
    {
      g_autofree char *id = sandbox_make_id (call->practice->id, "state", sandbox_job_states[i].code);

      write_named (as_described ? "JobState" : "State", id, sandbox_job_states[i].name, &xml);
    }
  sandbox_xml_close (&xml, list);
  sandbox_practice_send (call, &xml);
}

void
sandbox_practice_tasks (const SandboxPracticeCall *call)
{
  SandboxXml xml;

  sandbox_practice_open (call, &xml);
  sandbox_xml_open (&xml, "TaskList");
  for (guint i = 0; i < sandbox_n_base_tasks; i++)
    {
      sandbox_xml_open (&xml, "Task");
      sandbox_xml_text (&xml, "UUID", call->practice->task_ids[i]);
      sandbox_xml_text (&xml, "Name", sandbox_base_tasks[i].name);
      sandbox_xml_text (&xml, "Description", sandbox_base_tasks[i].description);
      sandbox_xml_close (&xml, "Task");
    }
  sandbox_xml_close (&xml, "TaskList");
  sandbox_practice_send (call, &xml);
}
