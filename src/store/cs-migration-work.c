/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What a practice manager says, as far as it may be kept: allow-listed fields, no tax number [X-10, K-14].
 * work_base: what a client and its record there held when they last agreed; it stays when the client is
 * linked elsewhere, so that undoing that finds it again. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_work[]
    = "CREATE TABLE work_settings ("
      "  id INTEGER PRIMARY KEY CHECK (id = 1),"
      "  direction TEXT NOT NULL CHECK (direction IN ('off', 'from', 'to', 'both')),"
      "  level TEXT NOT NULL CHECK (level IN ('nothing', 'name', 'everything')),"
      "  import TEXT NOT NULL CHECK (import IN ('pick', 'leads', 'ask')),"
      "  allows_ledger_import INTEGER NOT NULL CHECK (allows_ledger_import IN (0, 1))"
      ") STRICT;"
      "CREATE TABLE work_client ("
      "  rid INTEGER PRIMARY KEY,"
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  remote_id TEXT NOT NULL CHECK (remote_id <> ''),"
      "  web_id TEXT NOT NULL,"
      "  name TEXT NOT NULL,"
      "  email TEXT NOT NULL,"
      "  fields TEXT NOT NULL," /* canonical JSON, by the words of cs_work_field_to_string() */
      "  prospect INTEGER NOT NULL CHECK (prospect IN (0, 1, 2))," /* as in CsTristate */
      "  is_archived INTEGER NOT NULL CHECK (is_archived IN (0, 1)),"
      "  is_deleted INTEGER NOT NULL CHECK (is_deleted IN (0, 1)),"
      "  UNIQUE (connection_id, remote_id)"
      ") STRICT;"
      "CREATE INDEX work_client_name ON work_client (connection_id, name COLLATE NOCASE, remote_id)"
      "  WHERE is_archived = 0 AND is_deleted = 0;"
      "CREATE INDEX work_client_web ON work_client (connection_id, web_id) WHERE web_id <> '';"
      "CREATE TABLE work_list ("
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  list TEXT NOT NULL CHECK (list IN ('staff', 'templates', 'categories', 'groups', 'states')),"
      "  may_not_list INTEGER NOT NULL CHECK (may_not_list IN (0, 1)),"
      "  read_ms INTEGER NOT NULL,"
      "  PRIMARY KEY (connection_id, list)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE TABLE work_entry ("
      "  connection_id BLOB NOT NULL,"
      "  list TEXT NOT NULL,"
      "  remote_id TEXT NOT NULL CHECK (remote_id <> ''),"
      "  position INTEGER NOT NULL,"
      "  name TEXT NOT NULL,"
      "  email TEXT NOT NULL,"
      "  PRIMARY KEY (connection_id, list, remote_id),"
      "  FOREIGN KEY (connection_id, list) REFERENCES work_list (connection_id, list)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE TABLE work_base ("
      "  client_id BLOB NOT NULL REFERENCES client (id),"
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  remote_id TEXT NOT NULL CHECK (remote_id <> ''),"
      "  fields TEXT NOT NULL,"
      "  PRIMARY KEY (client_id, connection_id, remote_id)"
      ") STRICT, WITHOUT ROWID;";
/* clang-format on */
