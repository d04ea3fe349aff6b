/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"

/* Requests have no dashes in dates (xpm.md 1.4). */
static void
write_date (CsXmlWriter *writer, const char *name, CsDate date)
{
  int year, month, day;
  g_autofree char *text = NULL;

  if (!cs_date_is_set (date))
    return;
  cs_date_get_parts (date, &year, &month, &day);
  text = g_strdup_printf ("%04d%02d%02d", year, month, day);
  cs_xml_writer_text (writer, name, text);
}

/* A person is written where there is one: an empty id is no way to take one away. */
static void
write_fields (CsXmlWriter *writer, const CsWorkFields *fields, gboolean empty_too)
{
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    {
      const CsXpmFieldName *name = &cs_xpm_field_names[i];
      const char *value = fields->values[i];

      if (value == NULL || (value[0] == '\0' && (!empty_too || name->is_person)))
        continue;
      cs_xml_writer_text (writer, name->written, value);
    }
}

static void
write_contact (CsXmlWriter *writer, const CsWorkContact *contact)
{
  const char *const pairs[][2] = { { "Phone", contact->phone },
                                   { "Mobile", contact->mobile },
                                   { "Email", contact->email },
                                   { "Position", contact->position } };

  cs_xml_writer_begin (writer, "Contacts");
  cs_xml_writer_begin (writer, "Contact");
  cs_xml_writer_text (writer, "Name", contact->name);
  cs_xml_writer_text (writer, "IsPrimary", "Yes");
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i][1][0] != '\0')
      cs_xml_writer_text (writer, pairs[i][0], pairs[i][1]);
  cs_xml_writer_end (writer);
  cs_xml_writer_end (writer);
}

/**
 * cs_xpm_encode_client:
 * @fields: at least a name; an export code by which a probe finds it again
 * @primary: (nullable): the person
 *
 * Returns: (transfer full): of a new client (xpm.md 5.3)
 */
GBytes *
cs_xpm_encode_client (const CsWorkFields *fields, const CsWorkContact *primary)
{
  g_autoptr (CsXmlWriter) writer = NULL;

  g_return_val_if_fail (fields != NULL && fields->values[CS_WORK_FIELD_NAME] != NULL, NULL);

  writer = cs_xml_writer_new ();
  cs_xml_writer_begin (writer, "Client");
  write_fields (writer, fields, FALSE);
  if (primary != NULL && primary->name[0] != '\0')
    write_contact (writer, primary);
  return cs_xml_writer_finish (writer);
}

/**
 * cs_xpm_encode_client_update:
 * @client_id: the client's unique id
 * @fields: all that it is to hold, empty ones too
 *
 * All of our fields go, since nobody knows whether one that is left out keeps its value; those that are not
 * ours are left out, since what is masked when read would be destroyed by writing it back (xpm.md 5.4, K-14).
 *
 * Returns: (transfer full): of a client as it is to be
 */
GBytes *
cs_xpm_encode_client_update (const char *client_id, const CsWorkFields *fields)
{
  g_autoptr (CsXmlWriter) writer = NULL;

  g_return_val_if_fail (client_id != NULL && fields != NULL && fields->values[CS_WORK_FIELD_NAME] != NULL,
                        NULL);

  writer = cs_xml_writer_new ();
  cs_xml_writer_begin (writer, "Client");
  cs_xml_writer_text (writer, "UUID", client_id);
  write_fields (writer, fields, TRUE);
  return cs_xml_writer_finish (writer);
}

/** cs_xpm_encode_promotion: Returns: (transfer full): that the client is no prospect any more (xpm.md 5.6) */
GBytes *
cs_xpm_encode_promotion (const char *client_id, const char *name)
{
  g_autoptr (CsXmlWriter) writer = NULL;

  g_return_val_if_fail (client_id != NULL && name != NULL, NULL);

  writer = cs_xml_writer_new ();
  cs_xml_writer_begin (writer, "Client");
  cs_xml_writer_text (writer, "UUID", client_id);
  cs_xml_writer_text (writer, "Name", name);
  cs_xml_writer_text (writer, "IsProspect", "No");
  return cs_xml_writer_finish (writer);
}

/**
 * cs_xpm_encode_job:
 * @job: the job; its first template goes along, the others are applied afterwards
 * @client_id: whose it is
 *
 * Manager, partner and staff can't be set here (xpm.md 7.1).
 *
 * Returns: (transfer full): of a new job
 */
GBytes *
cs_xpm_encode_job (const CsPlannedJob *job, const char *client_id)
{
  g_autoptr (CsXmlWriter) writer = NULL;
  g_autofree char *budget = NULL;

  g_return_val_if_fail (job != NULL && client_id != NULL, NULL);

  writer = cs_xml_writer_new ();
  cs_xml_writer_begin (writer, "Job");
  cs_xml_writer_text (writer, "Name", job->name);
  cs_xml_writer_text (writer, "Description", job->description);
  cs_xml_writer_text (writer, "ClientUUID", client_id);
  write_date (writer, "StartDate", job->start);
  write_date (writer, "DueDate", job->due);
  cs_xml_writer_text (writer, "ClientNumber", job->client_order_number);
  if (job->template_ids->len > 0)
    cs_xml_writer_text (writer, "TemplateUUID", g_ptr_array_index (job->template_ids, 0));
  if (job->category_id[0] != '\0')
    cs_xml_writer_text (writer, "CategoryUUID", job->category_id);
  if (job->has_budget)
    {
      budget = cs_money_to_string (job->budget);
      cs_xml_writer_text (writer, "Budget", budget);
    }
  return cs_xml_writer_finish (writer);
}

/** cs_xpm_encode_template: Returns: (transfer full): that the job gets the template's tasks too (xpm.md 7.4)
 */
GBytes *
cs_xpm_encode_template (const char *job_number, const char *template_id)
{
  g_autoptr (CsXmlWriter) writer = NULL;

  g_return_val_if_fail (job_number != NULL && template_id != NULL, NULL);

  writer = cs_xml_writer_new ();
  cs_xml_writer_begin (writer, "Job");
  cs_xml_writer_text (writer, "ID", job_number);
  cs_xml_writer_text (writer, "TemplateUUID", template_id);
  cs_xml_writer_text (writer, "TaskMode", "AddNew");
  return cs_xml_writer_finish (writer);
}

/** cs_xpm_encode_assignment: Returns: (transfer full): one person in one role: one call each (xpm.md 7.2) */
GBytes *
cs_xpm_encode_assignment (const char *job_number, CsXpmRole role, const char *staff_id)
{
  static const char *const names[] = {
    [CS_XPM_ROLE_MANAGER] = "add-manager",
    [CS_XPM_ROLE_PARTNER] = "add-partner",
    [CS_XPM_ROLE_STAFF] = "add",
  };
  g_autoptr (CsXmlWriter) writer = NULL;

  g_return_val_if_fail (job_number != NULL && staff_id != NULL && (gsize)role < G_N_ELEMENTS (names), NULL);

  writer = cs_xml_writer_new ();
  cs_xml_writer_begin (writer, "Job");
  cs_xml_writer_text (writer, "ID", job_number);
  cs_xml_writer_begin (writer, names[role]);
  cs_xml_writer_attribute (writer, "uuid", staff_id);
  cs_xml_writer_end (writer);
  return cs_xml_writer_finish (writer);
}

/** cs_xpm_encode_state: Returns: (transfer full): @interface_code, not the word that is read (xpm.md 7.3) */
GBytes *
cs_xpm_encode_state (const char *job_number, const char *interface_code)
{
  g_autoptr (CsXmlWriter) writer = NULL;

  g_return_val_if_fail (job_number != NULL && interface_code != NULL, NULL);

  writer = cs_xml_writer_new ();
  cs_xml_writer_begin (writer, "Job");
  cs_xml_writer_text (writer, "ID", job_number);
  cs_xml_writer_text (writer, "State", interface_code);
  return cs_xml_writer_finish (writer);
}
