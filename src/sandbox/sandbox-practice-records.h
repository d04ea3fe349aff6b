/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-records.h"
#include "sandbox-shape.h"

/* What a practice of Practice Manager holds (xpm 5 to 7). References are ids; "" is none. */

typedef char SandboxId[SANDBOX_ID_SIZE];

/* What a practice lists. */
typedef enum
{
  SANDBOX_PRACTICE_STAFF,
  SANDBOX_PRACTICE_CATEGORIES,
  SANDBOX_PRACTICE_TEMPLATES,
  SANDBOX_PRACTICE_CONTACTS,
  SANDBOX_PRACTICE_CLIENTS,
  SANDBOX_PRACTICE_GROUPS,
  SANDBOX_PRACTICE_JOBS,
  SANDBOX_PRACTICE_LISTS
} SandboxPracticeList;

/* The plain texts of a client, so that reading, writing, clearing and saving are one loop each. */
typedef enum
{
  SANDBOX_CLIENT_TITLE,
  SANDBOX_CLIENT_GENDER,
  SANDBOX_CLIENT_FIRST_NAME,
  SANDBOX_CLIENT_MIDDLE_NAME,
  SANDBOX_CLIENT_LAST_NAME,
  SANDBOX_CLIENT_OTHER_NAME,
  SANDBOX_CLIENT_EMAIL,
  SANDBOX_CLIENT_DATE_OF_BIRTH, /* YYYY-MM-DD */
  SANDBOX_CLIENT_ADDRESS,
  SANDBOX_CLIENT_CITY,
  SANDBOX_CLIENT_REGION,
  SANDBOX_CLIENT_POST_CODE,
  SANDBOX_CLIENT_COUNTRY,
  SANDBOX_CLIENT_POSTAL_ADDRESS,
  SANDBOX_CLIENT_POSTAL_CITY,
  SANDBOX_CLIENT_POSTAL_REGION,
  SANDBOX_CLIENT_POSTAL_POST_CODE,
  SANDBOX_CLIENT_POSTAL_COUNTRY,
  SANDBOX_CLIENT_PHONE,
  SANDBOX_CLIENT_FAX,
  SANDBOX_CLIENT_WEBSITE,
  SANDBOX_CLIENT_REFERRAL_SOURCE,
  SANDBOX_CLIENT_EXPORT_CODE,
  SANDBOX_CLIENT_INDUSTRY,
  SANDBOX_CLIENT_TAX_NUMBER, /* from here on the tax block */
  SANDBOX_CLIENT_COMPANY_NUMBER,
  SANDBOX_CLIENT_BUSINESS_NUMBER,
  SANDBOX_CLIENT_BRANCH_NUMBER,
  SANDBOX_CLIENT_BUSINESS_STRUCTURE,
  SANDBOX_CLIENT_BALANCE_MONTH, /* 1 to 12 */
  SANDBOX_CLIENT_PREPARE_GST,
  SANDBOX_CLIENT_GST_REGISTERED,
  SANDBOX_CLIENT_GST_PERIOD, /* as it is read: Monthly, 2 Monthly, 6 Monthly */
  SANDBOX_CLIENT_GST_BASIS,
  SANDBOX_CLIENT_PROVISIONAL_TAX_BASIS,
  SANDBOX_CLIENT_PROVISIONAL_TAX_RATIO,
  SANDBOX_CLIENT_SIGNED_TAX_AUTHORITY,
  SANDBOX_CLIENT_TAX_AGENT,
  SANDBOX_CLIENT_AGENCY_STATUS,
  SANDBOX_CLIENT_RETURN_TYPE,
  SANDBOX_CLIENT_PREPARE_ACTIVITY_STATEMENT,
  SANDBOX_CLIENT_PREPARE_TAX_RETURN,
  SANDBOX_CLIENT_BANK_ACCOUNT_NAME,
  SANDBOX_CLIENT_BANK_ACCOUNT_NUMBER,
  SANDBOX_CLIENT_TEXTS
} SandboxClientText;

typedef struct
{
  const char *read;  /* its element in answers */
  const char *write; /* in requests; NULL: not to be written */
} SandboxClientRule;

extern const SandboxClientRule sandbox_client_rules[SANDBOX_CLIENT_TEXTS];

typedef struct
{
  SANDBOX_RECORD_HEAD
  char *name;
  char *email;
  char *phone;
  gboolean gone;
} SandboxStaff;

typedef struct
{
  SANDBOX_RECORD_HEAD
  char *name;
  gboolean gone;
} SandboxCategory;

/* A task that a template brings, or one of the practice's own list of tasks. */
typedef struct
{
  SandboxId base;
  gint64 minutes;
} SandboxTemplateTask;

typedef struct
{
  char *description;
  gint64 days; /* after the job's start */
} SandboxTemplateMilestone;

typedef struct
{
  SANDBOX_RECORD_HEAD
  char *name;
  gboolean gone;
  GPtrArray *tasks;
  GPtrArray *milestones;
} SandboxTemplate;

/* A person at clients; belongs to any number of them (xpm 5.5). */
typedef struct
{
  SANDBOX_RECORD_HEAD
  char *name;
  char *salutation;
  char *addressee;
  char *mobile;
  char *email;
  char *phone;
  gboolean deleted;
} SandboxClientContact;

typedef struct
{
  SandboxId contact;
  char *position;
  gboolean primary;
} SandboxContactLink;

typedef struct
{
  SandboxId id;
  char *title;
  char *text;
  char *folder;
  char *created_by;
  int day;
} SandboxJobNote; /* of a client, too, which shows no id */

/* What somebody filled in on a client (xpm 5.9). */
typedef struct
{
  SandboxId definition;
  char *value;
} SandboxCustomValue;

typedef struct
{
  SANDBOX_RECORD_HEAD
  gint64 number; /* in its web address alone */
  char *name;
  char *text[SANDBOX_CLIENT_TEXTS];
  SandboxId account_manager; /* "Partner" on XPM's screens */
  SandboxId job_manager;
  SandboxId billing_client;
  gboolean prospect;
  gboolean archived;
  gboolean deleted;
  gboolean by_api;
  gint64 modified_ms;
  gint64 tax_writes; /* how often somebody sent a tax number */
  GPtrArray *links;
  GPtrArray *notes;
  GPtrArray *values;
} SandboxClient;

typedef struct
{
  SandboxId client;
} SandboxMember;

typedef struct
{
  SANDBOX_RECORD_HEAD
  char *name;
  gboolean taxable;
  gboolean gone;
  GPtrArray *members;
} SandboxGroup;

typedef struct
{
  SandboxId staff;
} SandboxAssignment;

typedef struct
{
  SandboxId id;
  SandboxId base;
  char *label; /* in place of the base task's name */
  char *description;
  gint64 minutes;
  gboolean completed;
  int start_day;
  int due_day;
  GPtrArray *assigned;
} SandboxTask;

typedef struct
{
  SandboxId id;
  char *description;
  int day;
  gboolean completed;
} SandboxMilestone;

typedef struct
{
  SANDBOX_RECORD_HEAD
  char *number; /* by which it is addressed (xpm 3) */
  char *name;
  char *description;
  char *order_number; /* ClientNumber when written, ClientOrderNumber when read */
  char *state;        /* its interface code */
  SandboxId client;
  SandboxId contact;
  SandboxId category;
  SandboxId manager;
  SandboxId partner;
  gint64 budget; /* minor units; -1: none */
  int created_day;
  int start_day;
  int due_day;
  int completed_day;
  gboolean deleted;
  gboolean by_api;
  GPtrArray *assigned;
  GPtrArray *tasks;
  GPtrArray *milestones;
  GPtrArray *notes;
} SandboxJob;

extern const SandboxShape sandbox_template_task_shape;
extern const SandboxShape sandbox_template_milestone_shape;
extern const SandboxShape sandbox_contact_link_shape;
extern const SandboxShape sandbox_job_note_shape;
extern const SandboxShape sandbox_custom_value_shape;
extern const SandboxShape sandbox_member_shape;
extern const SandboxShape sandbox_assignment_shape;
extern const SandboxShape sandbox_task_shape;
extern const SandboxShape sandbox_milestone_shape;

typedef struct
{
  const char *name; /* in the state file */
  const SandboxShape *shape;
} SandboxPracticeKind;

extern const SandboxPracticeKind sandbox_practice_kinds[SANDBOX_PRACTICE_LISTS];

/* The states of a job, which a practice names as it likes; requests name the code (xpm 7.3). */
typedef struct
{
  const char *code;
  const char *name;
  gboolean ends; /* a job in it is not current */
} SandboxJobState;

extern const SandboxJobState sandbox_job_states[]; /* ended by a NULL code */
const SandboxJobState *sandbox_job_state (const char *code);

/* The practice's own list of tasks, from which templates and jobs take theirs (task.api). */
typedef struct
{
  const char *name;
  const char *description;
  gboolean billable;
} SandboxBaseTask;

extern const SandboxBaseTask sandbox_base_tasks[];
extern const guint sandbox_n_base_tasks;

typedef struct
{
  const char *name;
  const char *type;
  const char *value; /* Text, Date, Number, Decimal or Boolean */
} SandboxFieldDefinition;

extern const SandboxFieldDefinition sandbox_field_definitions[];
extern const guint sandbox_n_field_definitions;
