/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What of a client travels between us and a practice manager: this list alone. There is no field for a tax
 * number, a bank account or a date of birth, and none may be added [X-10, K-14; xpm.md 5.1]. */
typedef enum
{
  CS_WORK_FIELD_NAME,
  CS_WORK_FIELD_EMAIL,
  CS_WORK_FIELD_PHONE,
  CS_WORK_FIELD_FAX,
  CS_WORK_FIELD_WEBSITE,
  CS_WORK_FIELD_ADDRESS,
  CS_WORK_FIELD_CITY,
  CS_WORK_FIELD_REGION,
  CS_WORK_FIELD_POST_CODE,
  CS_WORK_FIELD_COUNTRY,
  CS_WORK_FIELD_POSTAL_ADDRESS,
  CS_WORK_FIELD_POSTAL_CITY,
  CS_WORK_FIELD_POSTAL_REGION,
  CS_WORK_FIELD_POSTAL_POST_CODE,
  CS_WORK_FIELD_POSTAL_COUNTRY,
  CS_WORK_FIELD_FIRST_NAME,
  CS_WORK_FIELD_LAST_NAME,
  CS_WORK_FIELD_OTHER_NAME,
  CS_WORK_FIELD_REFERRAL_SOURCE,
  CS_WORK_FIELD_EXPORT_CODE,
  CS_WORK_FIELD_PARTNER,
  CS_WORK_FIELD_MANAGER,
  CS_WORK_N_FIELDS
} CsWorkField;

/* NULL: this side does not hold that field at all, so it neither gives nor takes it. */
typedef struct
{
  char *values[CS_WORK_N_FIELDS];
} CsWorkFields;

CsWorkFields *cs_work_fields_new (void);
CsWorkFields *cs_work_fields_copy (const CsWorkFields *fields);
void cs_work_fields_free (CsWorkFields *fields);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkFields, cs_work_fields_free)
const char *cs_work_field_to_string (CsWorkField field);
gboolean cs_work_field_parse (const char *text, CsWorkField *field, GError **error);
char *cs_work_value_tidy (const char *value);
gboolean cs_work_value_equal (const char *a, const char *b);

G_END_DECLS
