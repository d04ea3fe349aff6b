/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-practice-records.h"

/* Order and spelling of a client's elements (xpm 5.1). What is read as Website is written as WebSite. */
const SandboxClientRule sandbox_client_rules[SANDBOX_CLIENT_TEXTS] = {
  [SANDBOX_CLIENT_TITLE] = { "Title", "Title" },
  [SANDBOX_CLIENT_GENDER] = { "Gender", "Gender" },
  [SANDBOX_CLIENT_FIRST_NAME] = { "FirstName", "FirstName" },
  [SANDBOX_CLIENT_MIDDLE_NAME] = { "MiddleName", "MiddleName" },
  [SANDBOX_CLIENT_LAST_NAME] = { "LastName", "LastName" },
  [SANDBOX_CLIENT_OTHER_NAME] = { "OtherName", "OtherName" },
  [SANDBOX_CLIENT_EMAIL] = { "Email", "Email" },
  [SANDBOX_CLIENT_DATE_OF_BIRTH] = { "DateOfBirth", "DateOfBirth" },
  [SANDBOX_CLIENT_ADDRESS] = { "Address", "Address" },
  [SANDBOX_CLIENT_CITY] = { "City", "City" },
  [SANDBOX_CLIENT_REGION] = { "Region", "Region" },
  [SANDBOX_CLIENT_POST_CODE] = { "PostCode", "PostCode" },
  [SANDBOX_CLIENT_COUNTRY] = { "Country", "Country" },
  [SANDBOX_CLIENT_POSTAL_ADDRESS] = { "PostalAddress", "PostalAddress" },
  [SANDBOX_CLIENT_POSTAL_CITY] = { "PostalCity", "PostalCity" },
  [SANDBOX_CLIENT_POSTAL_REGION] = { "PostalRegion", "PostalRegion" },
  [SANDBOX_CLIENT_POSTAL_POST_CODE] = { "PostalPostCode", "PostalPostCode" },
  [SANDBOX_CLIENT_POSTAL_COUNTRY] = { "PostalCountry", "PostalCountry" },
  [SANDBOX_CLIENT_PHONE] = { "Phone", "Phone" },
  [SANDBOX_CLIENT_FAX] = { "Fax", "Fax" },
  [SANDBOX_CLIENT_WEBSITE] = { "Website", "WebSite" },
  [SANDBOX_CLIENT_REFERRAL_SOURCE] = { "ReferralSource", "ReferralSource" },
  [SANDBOX_CLIENT_EXPORT_CODE] = { "ExportCode", "ExportCode" },
  [SANDBOX_CLIENT_INDUSTRY] = { "Industry", NULL },
  [SANDBOX_CLIENT_TAX_NUMBER] = { "TaxNumber", "TaxNumber" },
  [SANDBOX_CLIENT_COMPANY_NUMBER] = { "CompanyNumber", "CompanyNumber" },
  [SANDBOX_CLIENT_BUSINESS_NUMBER] = { "BusinessNumber", "BusinessNumber" },
  [SANDBOX_CLIENT_BRANCH_NUMBER] = { "BranchNumber", "BranchNumber" },
  [SANDBOX_CLIENT_BUSINESS_STRUCTURE] = { "BusinessStructure", "BusinessStructure" },
  [SANDBOX_CLIENT_BALANCE_MONTH] = { "BalanceMonth", "BalanceMonth" },
  [SANDBOX_CLIENT_PREPARE_GST] = { "PrepareGST", "PrepareGST" },
  [SANDBOX_CLIENT_GST_REGISTERED] = { "GSTRegistered", "GSTRegistered" },
  [SANDBOX_CLIENT_GST_PERIOD] = { "GSTPeriod", "GSTPeriod" },
  [SANDBOX_CLIENT_GST_BASIS] = { "GSTBasis", "GSTBasis" },
  [SANDBOX_CLIENT_PROVISIONAL_TAX_BASIS] = { "ProvisionalTaxBasis", "ProvisionalTaxBasis" },
  [SANDBOX_CLIENT_PROVISIONAL_TAX_RATIO] = { "ProvisionalTaxRatio", "ProvisionalTaxRatio" },
  [SANDBOX_CLIENT_SIGNED_TAX_AUTHORITY] = { "SignedTaxAuthority", "SignedTaxAuthority" },
  [SANDBOX_CLIENT_TAX_AGENT] = { "TaxAgent", "TaxAgent" },
  [SANDBOX_CLIENT_AGENCY_STATUS] = { "AgencyStatus", "AgencyStatus" },
  [SANDBOX_CLIENT_RETURN_TYPE] = { "ReturnType", "ReturnType" },
  [SANDBOX_CLIENT_PREPARE_ACTIVITY_STATEMENT] = { "PrepareActivityStatement", "PrepareActivityStatement" },
  [SANDBOX_CLIENT_PREPARE_TAX_RETURN] = { "PrepareTaxReturn", "PrepareTaxReturn" },
  [SANDBOX_CLIENT_BANK_ACCOUNT_NAME] = { "BankAccountName", NULL },
  [SANDBOX_CLIENT_BANK_ACCOUNT_NUMBER] = { "BankAccountNumber", NULL },
};

#define SHAPE(type, slots) { sizeof (type), slots, G_N_ELEMENTS (slots) }

static const SandboxSlot template_task_slots[] = {
  { "base", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxTemplateTask, base), NULL },
  { "minutes", SANDBOX_SLOT_NUMBER, G_STRUCT_OFFSET (SandboxTemplateTask, minutes), NULL },
};

const SandboxShape sandbox_template_task_shape = SHAPE (SandboxTemplateTask, template_task_slots);

static const SandboxSlot template_milestone_slots[] = {
  { "description", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxTemplateMilestone, description), NULL },
  { "days", SANDBOX_SLOT_NUMBER, G_STRUCT_OFFSET (SandboxTemplateMilestone, days), NULL },
};

const SandboxShape sandbox_template_milestone_shape
    = SHAPE (SandboxTemplateMilestone, template_milestone_slots);

static const SandboxSlot contact_link_slots[] = {
  { "contact", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxContactLink, contact), NULL },
  { "position", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxContactLink, position), NULL },
  { "primary", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxContactLink, primary), NULL },
};

const SandboxShape sandbox_contact_link_shape = SHAPE (SandboxContactLink, contact_link_slots);

static const SandboxSlot job_note_slots[] = {
  { "id", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxJobNote, id), NULL },
  { "title", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxJobNote, title), NULL },
  { "text", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxJobNote, text), NULL },
  { "folder", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxJobNote, folder), NULL },
  { "created_by", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxJobNote, created_by), NULL },
  { "day", SANDBOX_SLOT_DAY, G_STRUCT_OFFSET (SandboxJobNote, day), NULL },
};

const SandboxShape sandbox_job_note_shape = SHAPE (SandboxJobNote, job_note_slots);

static const SandboxSlot custom_value_slots[] = {
  { "definition", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxCustomValue, definition), NULL },
  { "value", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxCustomValue, value), NULL },
};

const SandboxShape sandbox_custom_value_shape = SHAPE (SandboxCustomValue, custom_value_slots);

static const SandboxSlot member_slots[] = {
  { "client", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxMember, client), NULL },
};

const SandboxShape sandbox_member_shape = SHAPE (SandboxMember, member_slots);

static const SandboxSlot assignment_slots[] = {
  { "staff", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxAssignment, staff), NULL },
};

const SandboxShape sandbox_assignment_shape = SHAPE (SandboxAssignment, assignment_slots);

static const SandboxSlot task_slots[] = {
  { "id", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxTask, id), NULL },
  { "base", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxTask, base), NULL },
  { "label", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxTask, label), NULL },
  { "description", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxTask, description), NULL },
  { "minutes", SANDBOX_SLOT_NUMBER, G_STRUCT_OFFSET (SandboxTask, minutes), NULL },
  { "completed", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxTask, completed), NULL },
  { "start_day", SANDBOX_SLOT_DAY, G_STRUCT_OFFSET (SandboxTask, start_day), NULL },
  { "due_day", SANDBOX_SLOT_DAY, G_STRUCT_OFFSET (SandboxTask, due_day), NULL },
  { "assigned", SANDBOX_SLOT_PARTS, G_STRUCT_OFFSET (SandboxTask, assigned), &sandbox_assignment_shape },
};

const SandboxShape sandbox_task_shape = SHAPE (SandboxTask, task_slots);

static const SandboxSlot milestone_slots[] = {
  { "id", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxMilestone, id), NULL },
  { "description", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxMilestone, description), NULL },
  { "day", SANDBOX_SLOT_DAY, G_STRUCT_OFFSET (SandboxMilestone, day), NULL },
  { "completed", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxMilestone, completed), NULL },
};

const SandboxShape sandbox_milestone_shape = SHAPE (SandboxMilestone, milestone_slots);

static const SandboxSlot staff_slots[] = {
  { "id", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxStaff, id), NULL },
  { "name", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxStaff, name), NULL },
  { "email", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxStaff, email), NULL },
  { "phone", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxStaff, phone), NULL },
  { "gone", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxStaff, gone), NULL },
};

static const SandboxShape staff_shape = SHAPE (SandboxStaff, staff_slots);

static const SandboxSlot category_slots[] = {
  { "id", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxCategory, id), NULL },
  { "name", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxCategory, name), NULL },
  { "gone", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxCategory, gone), NULL },
};

static const SandboxShape category_shape = SHAPE (SandboxCategory, category_slots);

static const SandboxSlot template_slots[] = {
  { "id", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxTemplate, id), NULL },
  { "name", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxTemplate, name), NULL },
  { "gone", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxTemplate, gone), NULL },
  { "tasks", SANDBOX_SLOT_PARTS, G_STRUCT_OFFSET (SandboxTemplate, tasks), &sandbox_template_task_shape },
  { "milestones", SANDBOX_SLOT_PARTS, G_STRUCT_OFFSET (SandboxTemplate, milestones),
    &sandbox_template_milestone_shape },
};

static const SandboxShape template_shape = SHAPE (SandboxTemplate, template_slots);

static const SandboxSlot client_contact_slots[] = {
  { "id", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxClientContact, id), NULL },
  { "name", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClientContact, name), NULL },
  { "salutation", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClientContact, salutation), NULL },
  { "addressee", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClientContact, addressee), NULL },
  { "mobile", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClientContact, mobile), NULL },
  { "email", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClientContact, email), NULL },
  { "phone", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClientContact, phone), NULL },
  { "deleted", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxClientContact, deleted), NULL },
};

static const SandboxShape client_contact_shape = SHAPE (SandboxClientContact, client_contact_slots);

static const SandboxSlot client_slots[] = {
  { "id", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxClient, id), NULL },
  { "number", SANDBOX_SLOT_NUMBER, G_STRUCT_OFFSET (SandboxClient, number), NULL },
  { "name", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, name), NULL },
  { "account_manager", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxClient, account_manager), NULL },
  { "job_manager", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxClient, job_manager), NULL },
  { "billing_client", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxClient, billing_client), NULL },
  { "prospect", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxClient, prospect), NULL },
  { "archived", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxClient, archived), NULL },
  { "deleted", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxClient, deleted), NULL },
  { "by_api", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxClient, by_api), NULL },
  { "modified", SANDBOX_SLOT_NUMBER, G_STRUCT_OFFSET (SandboxClient, modified_ms), NULL },
  { "tax_writes", SANDBOX_SLOT_NUMBER, G_STRUCT_OFFSET (SandboxClient, tax_writes), NULL },
  { "links", SANDBOX_SLOT_PARTS, G_STRUCT_OFFSET (SandboxClient, links), &sandbox_contact_link_shape },
  { "notes", SANDBOX_SLOT_PARTS, G_STRUCT_OFFSET (SandboxClient, notes), &sandbox_job_note_shape },
  { "values", SANDBOX_SLOT_PARTS, G_STRUCT_OFFSET (SandboxClient, values), &sandbox_custom_value_shape },
  { "Title", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_TITLE]), NULL },
  { "Gender", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_GENDER]), NULL },
  { "FirstName", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_FIRST_NAME]), NULL },
  { "MiddleName", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_MIDDLE_NAME]),
    NULL },
  { "LastName", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_LAST_NAME]), NULL },
  { "OtherName", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_OTHER_NAME]), NULL },
  { "Email", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_EMAIL]), NULL },
  { "DateOfBirth", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_DATE_OF_BIRTH]),
    NULL },
  { "Address", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_ADDRESS]), NULL },
  { "City", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_CITY]), NULL },
  { "Region", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_REGION]), NULL },
  { "PostCode", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_POST_CODE]), NULL },
  { "Country", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_COUNTRY]), NULL },
  { "PostalAddress", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_POSTAL_ADDRESS]),
    NULL },
  { "PostalCity", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_POSTAL_CITY]),
    NULL },
  { "PostalRegion", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_POSTAL_REGION]),
    NULL },
  { "PostalPostCode", SANDBOX_SLOT_TEXT,
    G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_POSTAL_POST_CODE]), NULL },
  { "PostalCountry", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_POSTAL_COUNTRY]),
    NULL },
  { "Phone", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_PHONE]), NULL },
  { "Fax", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_FAX]), NULL },
  { "Website", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_WEBSITE]), NULL },
  { "ReferralSource", SANDBOX_SLOT_TEXT,
    G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_REFERRAL_SOURCE]), NULL },
  { "ExportCode", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_EXPORT_CODE]),
    NULL },
  { "Industry", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_INDUSTRY]), NULL },
  { "TaxNumber", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_TAX_NUMBER]), NULL },
  { "CompanyNumber", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_COMPANY_NUMBER]),
    NULL },
  { "BusinessNumber", SANDBOX_SLOT_TEXT,
    G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_BUSINESS_NUMBER]), NULL },
  { "BranchNumber", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_BRANCH_NUMBER]),
    NULL },
  { "BusinessStructure", SANDBOX_SLOT_TEXT,
    G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_BUSINESS_STRUCTURE]), NULL },
  { "BalanceMonth", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_BALANCE_MONTH]),
    NULL },
  { "PrepareGST", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_PREPARE_GST]),
    NULL },
  { "GSTRegistered", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_GST_REGISTERED]),
    NULL },
  { "GSTPeriod", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_GST_PERIOD]), NULL },
  { "GSTBasis", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_GST_BASIS]), NULL },
  { "ProvisionalTaxBasis", SANDBOX_SLOT_TEXT,
    G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_PROVISIONAL_TAX_BASIS]), NULL },
  { "ProvisionalTaxRatio", SANDBOX_SLOT_TEXT,
    G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_PROVISIONAL_TAX_RATIO]), NULL },
  { "SignedTaxAuthority", SANDBOX_SLOT_TEXT,
    G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_SIGNED_TAX_AUTHORITY]), NULL },
  { "TaxAgent", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_TAX_AGENT]), NULL },
  { "AgencyStatus", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_AGENCY_STATUS]),
    NULL },
  { "ReturnType", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_RETURN_TYPE]),
    NULL },
  { "PrepareActivityStatement", SANDBOX_SLOT_TEXT,
    G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_PREPARE_ACTIVITY_STATEMENT]), NULL },
  { "PrepareTaxReturn", SANDBOX_SLOT_TEXT,
    G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_PREPARE_TAX_RETURN]), NULL },
  { "BankAccountName", SANDBOX_SLOT_TEXT,
    G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_BANK_ACCOUNT_NAME]), NULL },
  { "BankAccountNumber", SANDBOX_SLOT_TEXT,
    G_STRUCT_OFFSET (SandboxClient, text[SANDBOX_CLIENT_BANK_ACCOUNT_NUMBER]), NULL },
};

static const SandboxShape client_shape = SHAPE (SandboxClient, client_slots);

static const SandboxSlot group_slots[] = {
  { "id", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxGroup, id), NULL },
  { "name", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxGroup, name), NULL },
  { "taxable", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxGroup, taxable), NULL },
  { "gone", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxGroup, gone), NULL },
  { "members", SANDBOX_SLOT_PARTS, G_STRUCT_OFFSET (SandboxGroup, members), &sandbox_member_shape },
};

static const SandboxShape group_shape = SHAPE (SandboxGroup, group_slots);

static const SandboxSlot job_slots[] = {
  { "id", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxJob, id), NULL },
  { "number", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxJob, number), NULL },
  { "name", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxJob, name), NULL },
  { "description", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxJob, description), NULL },
  { "order_number", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxJob, order_number), NULL },
  { "state", SANDBOX_SLOT_TEXT, G_STRUCT_OFFSET (SandboxJob, state), NULL },
  { "client", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxJob, client), NULL },
  { "contact", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxJob, contact), NULL },
  { "category", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxJob, category), NULL },
  { "manager", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxJob, manager), NULL },
  { "partner", SANDBOX_SLOT_ID, G_STRUCT_OFFSET (SandboxJob, partner), NULL },
  { "budget", SANDBOX_SLOT_NUMBER, G_STRUCT_OFFSET (SandboxJob, budget), NULL },
  { "created", SANDBOX_SLOT_DAY, G_STRUCT_OFFSET (SandboxJob, created_day), NULL },
  { "start", SANDBOX_SLOT_DAY, G_STRUCT_OFFSET (SandboxJob, start_day), NULL },
  { "due", SANDBOX_SLOT_DAY, G_STRUCT_OFFSET (SandboxJob, due_day), NULL },
  { "completed", SANDBOX_SLOT_DAY, G_STRUCT_OFFSET (SandboxJob, completed_day), NULL },
  { "deleted", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxJob, deleted), NULL },
  { "by_api", SANDBOX_SLOT_FLAG, G_STRUCT_OFFSET (SandboxJob, by_api), NULL },
  { "assigned", SANDBOX_SLOT_PARTS, G_STRUCT_OFFSET (SandboxJob, assigned), &sandbox_assignment_shape },
  { "tasks", SANDBOX_SLOT_PARTS, G_STRUCT_OFFSET (SandboxJob, tasks), &sandbox_task_shape },
  { "milestones", SANDBOX_SLOT_PARTS, G_STRUCT_OFFSET (SandboxJob, milestones), &sandbox_milestone_shape },
  { "notes", SANDBOX_SLOT_PARTS, G_STRUCT_OFFSET (SandboxJob, notes), &sandbox_job_note_shape },
};

static const SandboxShape job_shape = SHAPE (SandboxJob, job_slots);

/* In the order in which they are loaded. */
const SandboxPracticeKind sandbox_practice_kinds[SANDBOX_PRACTICE_LISTS] = {
  [SANDBOX_PRACTICE_STAFF] = { "staff", &staff_shape },
  [SANDBOX_PRACTICE_CATEGORIES] = { "categories", &category_shape },
  [SANDBOX_PRACTICE_TEMPLATES] = { "templates", &template_shape },
  [SANDBOX_PRACTICE_CONTACTS] = { "contacts", &client_contact_shape },
  [SANDBOX_PRACTICE_CLIENTS] = { "clients", &client_shape },
  [SANDBOX_PRACTICE_GROUPS] = { "groups", &group_shape },
  [SANDBOX_PRACTICE_JOBS] = { "jobs", &job_shape },
};

/* The names are XPM's own at first (xpm 7.3). */
const SandboxJobState sandbox_job_states[] = {
  { "PLANNED", "Planned", FALSE },    { "INPROGRESS", "In Progress", FALSE }, { "ONHOLD", "On Hold", FALSE },
  { "COMPLETED", "Completed", TRUE }, { "CANCELLED", "Cancelled", TRUE },     { NULL, NULL, FALSE },
};

const SandboxJobState *
sandbox_job_state (const char *code)
{
  for (guint i = 0; code != NULL && sandbox_job_states[i].code != NULL; i++)
    if (g_ascii_strcasecmp (sandbox_job_states[i].code, code) == 0)
      return &sandbox_job_states[i];
  return NULL;
}

const SandboxBaseTask sandbox_base_tasks[] = {
  { "Collect records", "Ask for what is missing", FALSE },
  { "Reconcile bank", "", TRUE },
  { "Prepare accounts", "Draft the financial statements", TRUE },
  { "Review", "By a second pair of eyes", TRUE },
  { "Prepare tax return", "", TRUE },
  { "File", "", FALSE },
  { "Run payroll", "", TRUE },
  { "Meet the client", "", TRUE },
};

const guint sandbox_n_base_tasks = G_N_ELEMENTS (sandbox_base_tasks);

const SandboxFieldDefinition sandbox_field_definitions[] = {
  { "Portal address", "Value Link", "Text" }, { "Engagement signed", "Date", "Date" },
  { "Staff count", "Number", "Number" },      { "Hourly rate", "Decimal", "Decimal" },
  { "Newsletter", "Boolean", "Boolean" },     { "Risk", "Dropdown List", "Text" },
};

const guint sandbox_n_field_definitions = G_N_ELEMENTS (sandbox_field_definitions);
