/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* Groups of clients, and the people behind clients. Whom clients name as their contact person is known from
 * the first: one person a name, whatever its case. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_sets[]
    = "CREATE TABLE client_set ("
      "  id BLOB NOT NULL PRIMARY KEY CHECK (length (id) = 16),"
      "  kind TEXT NOT NULL CHECK (kind IN ('group', 'person')),"
      "  name TEXT NOT NULL CHECK (name <> ''),"
      "  email TEXT NOT NULL,"
      "  phone TEXT NOT NULL,"
      "  updated_ms INTEGER NOT NULL,"
      "  revision INTEGER NOT NULL"
      ") STRICT, WITHOUT ROWID;"
      "CREATE UNIQUE INDEX client_set_name ON client_set (kind, name COLLATE NOCASE);"
      "CREATE TABLE client_set_member ("
      "  set_id BLOB NOT NULL REFERENCES client_set (id) ON DELETE CASCADE,"
      "  client_id BLOB NOT NULL REFERENCES client (id) ON DELETE CASCADE,"
      "  PRIMARY KEY (set_id, client_id)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX client_set_member_client ON client_set_member (client_id);"
      "INSERT INTO client_set"
      " SELECT randomblob (16), 'person', contact_name, '', '', max (updated_ms), 1 FROM client"
      "  WHERE contact_name <> '' GROUP BY contact_name COLLATE NOCASE;"
      "INSERT INTO client_set_member"
      " SELECT s.id, c.id FROM client c JOIN client_set s ON s.name = c.contact_name COLLATE NOCASE;";
/* clang-format on */
