/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"
#include "cs-store-private.h"

/* Steps are only ever added, at the end; one that was released is never edited.
 *
 * Ids are 16 bytes; *_ms are milliseconds since 1970 in UTC; dates are days since 1970; quantities, unit
 * prices and percentages are ten-thousandths; amounts are minor units of the row's currency. */

/* "CSPR" and "CSRG" */
#define PRACTICE_APPLICATION_ID 0x43535052u
#define REGISTRY_APPLICATION_ID 0x43535247u

/* clang-format off: SQL is laid out as SQL. */
static const char practice_1[]
    = "CREATE TABLE migration ("
      "  version INTEGER PRIMARY KEY,"
      "  name TEXT NOT NULL,"
      "  applied_ms INTEGER NOT NULL"
      ") STRICT;"

      /* One row. Where the file lay when it was last claimed, and how many rows were ever frozen to be sent,
       * tell a copied or restored file from the one that we know. */
      "CREATE TABLE practice ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
      "  created_ms INTEGER NOT NULL,"
      "  client_next INTEGER NOT NULL DEFAULT 1,"
      "  proposal_next INTEGER NOT NULL DEFAULT 1,"
      "  epoch INTEGER NOT NULL DEFAULT 0,"
      "  sent_count INTEGER NOT NULL DEFAULT 0,"
      "  device INTEGER NOT NULL DEFAULT 0,"
      "  inode INTEGER NOT NULL DEFAULT 0,"
      "  machine TEXT NOT NULL DEFAULT ''"
      ") STRICT, WITHOUT ROWID;"

      "CREATE TABLE settings ("
      "  practice_id BLOB NOT NULL PRIMARY KEY REFERENCES practice (id),"
      "  practice_name TEXT NOT NULL,"
      "  time_zone TEXT NOT NULL,"
      "  currency TEXT NOT NULL CHECK (length (currency) = 3),"
      "  tax_mode TEXT NOT NULL,"
      "  designated_day INTEGER NOT NULL CHECK (designated_day BETWEEN 1 AND 31),"
      "  due_days INTEGER NOT NULL CHECK (due_days BETWEEN 0 AND 3650),"
      "  authorise INTEGER NOT NULL CHECK (authorise IN (0, 1)),"
      "  number_prefix TEXT NOT NULL,"
      "  number_next INTEGER NOT NULL CHECK (number_next >= 1),"
      "  hold_seconds INTEGER NOT NULL CHECK (hold_seconds >= 0),"
      "  push_email INTEGER NOT NULL CHECK (push_email IN (0, 1)),"
      "  default_account_code TEXT NOT NULL,"
      "  default_tax_type TEXT NOT NULL,"
      "  actor TEXT NOT NULL,"
      "  client_id TEXT NOT NULL"
      ") STRICT, WITHOUT ROWID;"

      "CREATE TABLE connection ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
      "  grant_id BLOB CHECK (length (grant_id) = 16),"
      "  system TEXT NOT NULL CHECK (system <> ''),"
      "  tenant_id TEXT NOT NULL CHECK (tenant_id <> ''),"
      "  tenant_name TEXT NOT NULL,"
      "  short_code TEXT NOT NULL,"
      "  remote_id TEXT NOT NULL,"
      "  login_name TEXT NOT NULL,"
      "  client_id TEXT NOT NULL,"
      "  scopes TEXT NOT NULL,"
      "  currency TEXT NOT NULL,"
      "  state TEXT NOT NULL CHECK (state IN ('connected', 'sign-in-needed', 'disconnected')),"
      "  connected_ms INTEGER NOT NULL,"
      "  synced_ms INTEGER NOT NULL,"
      "  UNIQUE (system, tenant_id)"
      ") STRICT, WITHOUT ROWID;"

      "CREATE TABLE cursor ("
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  kind TEXT NOT NULL,"
      "  high_water_ms INTEGER NOT NULL,"
      "  page INTEGER NOT NULL,"
      "  PRIMARY KEY (connection_id, kind)"
      ") STRICT, WITHOUT ROWID;"

      "CREATE TABLE client ("
      "  rid INTEGER PRIMARY KEY,"
      "  id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),"
      "  number TEXT NOT NULL UNIQUE,"
      "  name TEXT NOT NULL CHECK (name <> ''),"
      "  contact_name TEXT NOT NULL,"
      "  email TEXT NOT NULL,"
      "  phone TEXT NOT NULL,"
      "  state TEXT NOT NULL CHECK (state IN ('lead', 'active', 'archived')),"
      "  source TEXT NOT NULL,"
      "  created_ms INTEGER NOT NULL,"
      "  updated_ms INTEGER NOT NULL,"
      "  revision INTEGER NOT NULL"
      ") STRICT;"
      "CREATE INDEX client_name ON client (name COLLATE NOCASE, number);"

      /* (client | invoice | later: service, member, job) <-> (connection, remote id) */
      "CREATE TABLE link ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
      "  kind TEXT NOT NULL,"
      "  local_id BLOB NOT NULL CHECK (length (local_id) = 16),"
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  remote_id TEXT NOT NULL CHECK (remote_id <> ''),"
      "  how TEXT NOT NULL,"
      "  linked_by TEXT NOT NULL,"
      "  linked_ms INTEGER NOT NULL,"
      "  UNIQUE (kind, local_id, connection_id),"
      "  UNIQUE (connection_id, remote_id, kind)"
      ") STRICT, WITHOUT ROWID;"

      "CREATE TABLE proposal ("
      "  rid INTEGER PRIMARY KEY,"
      "  id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),"
      "  number TEXT NOT NULL UNIQUE,"
      "  title TEXT NOT NULL,"
      "  client_id BLOB REFERENCES client (id),"
      "  state TEXT NOT NULL,"
      "  currency TEXT NOT NULL CHECK (length (currency) = 3),"
      "  tax_mode TEXT NOT NULL,"
      "  start INTEGER,"
      "  designated_day INTEGER NOT NULL CHECK (designated_day BETWEEN 1 AND 31),"
      "  due_days INTEGER NOT NULL CHECK (due_days BETWEEN 0 AND 3650),"
      "  authorise INTEGER NOT NULL CHECK (authorise IN (0, 1)),"
      "  planned_until INTEGER,"
      "  created_ms INTEGER NOT NULL,"
      "  updated_ms INTEGER NOT NULL,"
      "  revision INTEGER NOT NULL"
      ") STRICT;"
      "CREATE INDEX proposal_newest ON proposal (created_ms DESC, rid DESC);"
      "CREATE INDEX proposal_client ON proposal (client_id);"
      "CREATE INDEX proposal_planned ON proposal (planned_until) WHERE state = 'active';"

      "CREATE TABLE proposal_line ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
      "  proposal_id BLOB NOT NULL REFERENCES proposal (id) ON DELETE CASCADE,"
      "  position INTEGER NOT NULL,"
      "  description TEXT NOT NULL,"
      "  quantity INTEGER NOT NULL,"
      "  unit_price INTEGER NOT NULL,"
      "  account_code TEXT NOT NULL,"
      "  tax_type TEXT NOT NULL,"
      "  tax_rate INTEGER NOT NULL,"
      "  billing TEXT NOT NULL,"
      "  UNIQUE (proposal_id, position)"
      ") STRICT, WITHOUT ROWID;"

      /* What was agreed: never edited. */
      "CREATE TABLE agreement ("
      "  proposal_id BLOB NOT NULL PRIMARY KEY REFERENCES proposal (id),"
      "  canonical TEXT NOT NULL,"
      "  sha256 TEXT NOT NULL CHECK (length (sha256) = 64),"
      "  frozen_ms INTEGER NOT NULL"
      ") STRICT, WITHOUT ROWID;"
      "CREATE TRIGGER agreement_is_frozen BEFORE UPDATE ON agreement"
      " BEGIN SELECT RAISE (ABORT, 'an agreement is frozen'); END;"

      "CREATE TABLE acceptance ("
      "  proposal_id BLOB NOT NULL PRIMARY KEY REFERENCES proposal (id),"
      "  signatory TEXT NOT NULL,"
      "  capacity TEXT NOT NULL,"
      "  method TEXT NOT NULL,"
      "  note TEXT NOT NULL,"
      "  accepted_ms INTEGER NOT NULL,"
      "  accepted_on INTEGER NOT NULL,"
      "  actor TEXT NOT NULL,"
      "  agreement_sha256 TEXT NOT NULL CHECK (length (agreement_sha256) = 64),"
      "  hold_until_ms INTEGER NOT NULL,"
      "  state_before TEXT NOT NULL,"
      "  made_client_active INTEGER NOT NULL CHECK (made_client_active IN (0, 1))"
      ") STRICT, WITHOUT ROWID;"

      /* A service as agreed. It keeps the id of the proposal's line. */
      "CREATE TABLE engagement_line ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
      "  proposal_id BLOB NOT NULL REFERENCES proposal (id),"
      "  position INTEGER NOT NULL,"
      "  description TEXT NOT NULL,"
      "  quantity INTEGER NOT NULL,"
      "  unit_price INTEGER NOT NULL,"
      "  account_code TEXT NOT NULL,"
      "  tax_type TEXT NOT NULL,"
      "  tax_rate INTEGER NOT NULL,"
      "  billing TEXT NOT NULL,"
      "  UNIQUE (proposal_id, position)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE TRIGGER engagement_line_is_frozen BEFORE UPDATE ON engagement_line"
      " BEGIN SELECT RAISE (ABORT, 'an engagement line is frozen'); END;"

      /* One row an operation. An invoice is written once, whatever the ledger; a contact once a ledger. */
      "CREATE TABLE journal ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
      "  kind TEXT NOT NULL CHECK (kind IN ('contact.create', 'invoice.create')),"
      "  connection_id BLOB REFERENCES connection (id),"
      "  subject_id BLOB NOT NULL CHECK (length (subject_id) = 16),"
      "  proposal_id BLOB REFERENCES proposal (id),"
      "  title TEXT NOT NULL,"
      "  number TEXT NOT NULL,"
      "  state TEXT NOT NULL CHECK (state IN ('held', 'queued', 'sending', 'doubtful', 'waiting', 'blocked', "
      "'done',"
      "    'cancelled')),"
      "  generation INTEGER NOT NULL DEFAULT 0 CHECK (generation >= 0),"
      "  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),"
      "  created_ms INTEGER NOT NULL,"
      "  hold_until_ms INTEGER NOT NULL,"
      "  next_ms INTEGER NOT NULL DEFAULT 0,"
      "  sent_ms INTEGER NOT NULL DEFAULT 0,"
      "  finished_ms INTEGER NOT NULL DEFAULT 0,"
      "  epoch INTEGER NOT NULL DEFAULT 0,"
      "  probe_first INTEGER NOT NULL DEFAULT 0 CHECK (probe_first IN (0, 1)),"
      "  frozen BLOB,"
      "  frozen_sha256 TEXT NOT NULL DEFAULT '',"
      "  outcome_code TEXT NOT NULL DEFAULT '',"
      "  outcome_message TEXT NOT NULL DEFAULT '',"
      "  correlation_id TEXT NOT NULL DEFAULT '',"
      "  remote_id TEXT NOT NULL DEFAULT '',"
      "  amount_minor INTEGER NOT NULL DEFAULT 0,"
      "  currency TEXT NOT NULL DEFAULT '',"
      "  actor TEXT NOT NULL,"
      "  CHECK (state <> 'sending' OR (frozen IS NOT NULL AND connection_id IS NOT NULL)),"
      "  CHECK (state <> 'done' OR connection_id IS NOT NULL)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX journal_unfinished ON journal (created_ms, id) WHERE state NOT IN ('done', 'cancelled');"
      "CREATE INDEX journal_newest ON journal (created_ms DESC, id);"
      "CREATE INDEX journal_proposal ON journal (proposal_id);"
      "CREATE UNIQUE INDEX journal_contact ON journal (subject_id, connection_id) WHERE kind = "
      "'contact.create';"
      "CREATE UNIQUE INDEX journal_invoice ON journal (subject_id) WHERE kind = 'invoice.create';"
      "CREATE INDEX journal_remote ON journal (remote_id) WHERE remote_id <> '';"

      "CREATE TABLE journal_dependency ("
      "  journal_id BLOB NOT NULL REFERENCES journal (id) ON DELETE CASCADE,"
      "  waits_for BLOB NOT NULL REFERENCES journal (id),"
      "  PRIMARY KEY (journal_id, waits_for)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX journal_dependency_waits_for ON journal_dependency (waits_for);"

      "CREATE TABLE planned_invoice ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
      "  proposal_id BLOB NOT NULL REFERENCES proposal (id),"
      "  date INTEGER NOT NULL,"
      "  due INTEGER NOT NULL,"
      "  currency TEXT NOT NULL CHECK (length (currency) = 3),"
      "  tax_mode TEXT NOT NULL,"
      "  authorise INTEGER NOT NULL CHECK (authorise IN (0, 1)),"
      "  reference TEXT NOT NULL,"
      "  subtotal_minor INTEGER NOT NULL,"
      "  tax_minor INTEGER NOT NULL,"
      "  total_minor INTEGER NOT NULL,"
      "  journal_id BLOB UNIQUE REFERENCES journal (id),"
      "  number TEXT NOT NULL DEFAULT '',"
      "  number_serial INTEGER NOT NULL DEFAULT 0,"
      "  remote_invoice_id TEXT NOT NULL DEFAULT '',"
      "  UNIQUE (proposal_id, date)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX planned_invoice_open ON planned_invoice (date) WHERE journal_id IS NULL;"
      "CREATE UNIQUE INDEX planned_invoice_number ON planned_invoice (number COLLATE NOCASE) WHERE number <> "
      "'';"

      /* A period of an engagement line is billed once, whatever runs how often. */
      "CREATE TABLE planned_line ("
      "  planned_id BLOB NOT NULL REFERENCES planned_invoice (id) ON DELETE CASCADE,"
      "  position INTEGER NOT NULL,"
      "  line_id BLOB NOT NULL REFERENCES engagement_line (id),"
      "  period_index INTEGER NOT NULL,"
      "  period_start INTEGER NOT NULL,"
      "  period_end INTEGER NOT NULL,"
      "  description TEXT NOT NULL,"
      "  quantity INTEGER NOT NULL,"
      "  unit_price INTEGER NOT NULL,"
      "  account_code TEXT NOT NULL,"
      "  tax_type TEXT NOT NULL,"
      "  tax_rate INTEGER NOT NULL,"
      "  PRIMARY KEY (planned_id, position),"
      "  UNIQUE (line_id, period_start)"
      ") STRICT, WITHOUT ROWID;"

      /* Mirrors: keys are made from the connection and the remote's own id (cs_store_get_mirror_id). */
      "CREATE TABLE ledger_organisation ("
      "  connection_id BLOB NOT NULL PRIMARY KEY REFERENCES connection (id),"
      "  remote_id TEXT NOT NULL,"
      "  name TEXT NOT NULL,"
      "  short_code TEXT NOT NULL,"
      "  currency TEXT NOT NULL,"
      "  country_code TEXT NOT NULL,"
      "  time_zone TEXT NOT NULL,"
      "  default_tax_mode TEXT NOT NULL,"
      "  period_lock INTEGER,"
      "  year_lock INTEGER"
      ") STRICT, WITHOUT ROWID;"

      "CREATE TABLE ledger_account ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  remote_id TEXT NOT NULL,"
      "  code TEXT NOT NULL,"
      "  name TEXT NOT NULL,"
      "  type TEXT NOT NULL,"
      "  class_name TEXT NOT NULL,"
      "  tax_type TEXT NOT NULL,"
      "  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1))"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX ledger_account_code ON ledger_account (connection_id, code);"

      "CREATE TABLE ledger_tax_rate ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  tax_type TEXT NOT NULL,"
      "  name TEXT NOT NULL,"
      "  rate INTEGER NOT NULL,"
      "  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),"
      "  applies_to_revenue INTEGER NOT NULL CHECK (applies_to_revenue IN (0, 1))"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX ledger_tax_rate_name ON ledger_tax_rate (connection_id, name);"

      "CREATE TABLE ledger_contact ("
      "  rid INTEGER PRIMARY KEY,"
      "  id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),"
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  remote_id TEXT NOT NULL CHECK (remote_id <> ''),"
      "  name TEXT NOT NULL,"
      "  email TEXT NOT NULL,"
      "  contact_number TEXT NOT NULL,"
      "  is_archived INTEGER NOT NULL CHECK (is_archived IN (0, 1)),"
      "  merged_into TEXT NOT NULL,"
      "  updated_ms INTEGER NOT NULL"
      ") STRICT;"
      "CREATE INDEX ledger_contact_name ON ledger_contact (connection_id, name COLLATE NOCASE, remote_id)"
      "  WHERE is_archived = 0;"

      /* details, the last column, holds lines and payments as canonical JSON: a list never reads that far. */
      "CREATE TABLE ledger_invoice ("
      "  rid INTEGER PRIMARY KEY,"
      "  id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),"
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  remote_id TEXT NOT NULL CHECK (remote_id <> ''),"
      "  is_sales INTEGER NOT NULL CHECK (is_sales IN (0, 1)),"
      "  number TEXT NOT NULL,"
      "  reference TEXT NOT NULL,"
      "  contact_id TEXT NOT NULL,"
      "  contact_name TEXT NOT NULL,"
      "  date INTEGER,"
      "  due INTEGER,"
      "  status TEXT NOT NULL,"
      "  tax_mode TEXT NOT NULL,"
      "  currency TEXT NOT NULL CHECK (length (currency) = 3),"
      "  subtotal_minor INTEGER NOT NULL,"
      "  tax_minor INTEGER NOT NULL,"
      "  total_minor INTEGER NOT NULL,"
      "  paid_minor INTEGER NOT NULL,"
      "  credited_minor INTEGER NOT NULL,"
      "  balance_minor INTEGER NOT NULL,"
      "  updated_ms INTEGER NOT NULL,"
      "  details TEXT NOT NULL"
      ") STRICT;"
      "CREATE INDEX ledger_invoice_newest ON ledger_invoice (connection_id, date DESC, number DESC, "
      "remote_id)"
      "  WHERE is_sales = 1;"

      /* Append-only. */
      "CREATE TABLE audit ("
      "  sequence INTEGER PRIMARY KEY,"
      "  at_ms INTEGER NOT NULL,"
      "  actor TEXT NOT NULL,"
      "  action TEXT NOT NULL,"
      "  subject TEXT NOT NULL,"
      "  details TEXT NOT NULL,"
      "  previous_hash TEXT NOT NULL,"
      "  hash TEXT NOT NULL CHECK (length (hash) = 64)"
      ") STRICT;"
      "CREATE TRIGGER audit_is_never_edited BEFORE UPDATE ON audit"
      " BEGIN SELECT RAISE (ABORT, 'the audit chain is append-only'); END;"
      "CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit"
      " BEGIN SELECT RAISE (ABORT, 'the audit chain is append-only'); END;";

/* last_due_day: the last day on which somebody looked for what is due; none before the first look.
 * restored_epoch: the epoch in which the file was found to be restored or copied, until a pull has shown what
 * the ledger got meanwhile; else 0. restored_ms stays: when that was last found.
 * reference_decided: a person saw the invoice that the ledger has under our reference, and sends all the
 * same.
 */
static const char practice_2[] = "ALTER TABLE practice ADD COLUMN last_due_day INTEGER;"
                                 "ALTER TABLE practice ADD COLUMN restored_epoch INTEGER NOT NULL DEFAULT 0;"
                                 "ALTER TABLE practice ADD COLUMN restored_ms INTEGER NOT NULL DEFAULT 0;"
                                 "ALTER TABLE journal ADD COLUMN reference_decided INTEGER NOT NULL DEFAULT 0"
                                 "  CHECK (reference_decided IN (0, 1));"
                                 "CREATE INDEX ledger_invoice_contact ON ledger_invoice (connection_id, "
                                 "contact_id, date DESC, number DESC,"
                                 "  remote_id) WHERE is_sales = 1;";

static const char registry_1[] = "CREATE TABLE migration ("
                                 "  version INTEGER PRIMARY KEY,"
                                 "  name TEXT NOT NULL,"
                                 "  applied_ms INTEGER NOT NULL"
                                 ") STRICT;"

                                 "CREATE TABLE practice ("
                                 "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
                                 "  name TEXT NOT NULL CHECK (name <> ''),"
                                 "  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),"
                                 "  created_ms INTEGER NOT NULL,"
                                 "  opened_ms INTEGER NOT NULL DEFAULT 0"
                                 ") STRICT, WITHOUT ROWID;";
/* clang-format on */

static const CsSqlMigration practice_migrations[] = {
  { "first light", practice_1 },
  { "what was missed, and what a restore hides", practice_2 },
  { "settlements and short lists", cs_practice_migration_settlements },
  { "shape of invoices", cs_practice_migration_shape },
  { "schedule and alerts", cs_practice_migration_schedule },
  { "requests", cs_practice_migration_requests },
  { "full reads", cs_practice_migration_pull },
  { "pins and saved views", cs_practice_migration_review },
  { "breaks of the audit chain", cs_practice_migration_audit },
  { "practice manager", cs_practice_migration_work },
  { "sums and search of invoices", cs_practice_migration_sums },
  { "sums and search once a transaction", cs_practice_migration_delta },
  { "practice manager beside the ledger", cs_practice_migration_beside },
  { "groups and people", cs_practice_migration_sets },
  { "jobs", cs_practice_migration_jobs },
  { "what is asked about clients there", cs_practice_migration_asked },
  { "what cannot be planned", cs_practice_migration_plans },
  { "a lean mirror", cs_practice_migration_lean },
  { "what was found under a number", cs_practice_migration_found },
  { "what is said about billing", cs_practice_migration_changes },
  { "settlements by kind", cs_practice_migration_kinds },
  { "when the schedule was chosen", cs_practice_migration_chosen },
  { "what is kept back", cs_practice_migration_kept },
  { "jobs that are kept back", cs_practice_migration_held_back },
  { "sign-ins under way", cs_practice_migration_signing_in },
};

static const CsSqlMigration registry_migrations[] = {
  { "first light", registry_1 },
};

const CsSqlSchema cs_practice_schema
    = { PRACTICE_APPLICATION_ID, practice_migrations, G_N_ELEMENTS (practice_migrations) };

const CsSqlSchema cs_registry_schema
    = { REGISTRY_APPLICATION_ID, registry_migrations, G_N_ELEMENTS (registry_migrations) };
