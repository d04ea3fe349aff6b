/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* When things go by themselves, and what only a person can settle. */
/* clang-format off: SQL is laid out as SQL. */

/* The rows that a person may have to look at: those of the one ledger, and those that wait for one. Of a
 * contact's row the client is its subject, of an invoice's its proposal's. The indices are named, as the
 * causes are read again whenever a row moves, also when a thousand are on their way. */
#define LEDGER "(SELECT id FROM connection ORDER BY state = 'disconnected', connected_ms DESC, id LIMIT 1)"
#define ROW_COLUMNS                                                                                          \
  "j.id, j.kind, j.created_ms, j.title, j.number, j.state, j.attempts, j.outcome_code, j.outcome_message,"   \
  " j.amount_minor, j.currency, j.is_seen,"                                                                  \
  " iif (j.kind = 'contact.create', j.subject_id, p.client_id) AS client_id"
#define OF_THE_LEDGER                                                                                        \
  " LEFT JOIN proposal p ON p.id = j.proposal_id"                                                            \
  " WHERE (j.connection_id IS NULL OR j.connection_id = " LEDGER ")"

/* The oldest of a group stands for it: SQLite takes bare columns from the row that has the minimum. */
#define OLDEST "min (printf ('%020d', created_ms) || kind || number || hex (id))"
#define WORDS_OF_GROUP                                                                                       \
  "'outcome', outcome_code, 'message', outcome_message, 'client', title, 'number', number,"                  \
  " 'count', CAST (count (*) AS TEXT),"                                                                      \
  " 'amount', iif (count (DISTINCT currency) = 1 AND currency <> '', CAST (sum (amount_minor) AS TEXT), "    \
  "''),"                                                                                                     \
  " 'currency', iif (count (DISTINCT currency) = 1, currency, '')"
#define N_UNFINISHED                                                                                         \
  "(SELECT CAST (count (*) AS TEXT) FROM alert_row WHERE state NOT IN ('done', 'cancelled'))"

#define ROW_VIEWS                                                                                            \
  "CREATE VIEW alert_row AS SELECT " ROW_COLUMNS " FROM journal j" OF_THE_LEDGER ";"                         \
  "CREATE VIEW alert_blocked AS SELECT " ROW_COLUMNS                                                         \
  " FROM journal j INDEXED BY journal_state" OF_THE_LEDGER                                                   \
  "  AND j.state NOT IN ('done', 'cancelled') AND j.state = 'blocked';"                                      \
  "CREATE VIEW alert_tried AS SELECT " ROW_COLUMNS " FROM journal j INDEXED BY journal_state" OF_THE_LEDGER  \
  "  AND j.state NOT IN ('done', 'cancelled') AND j.state IN ('waiting', 'doubtful') AND j.attempts >= 10"   \
  "  AND j.outcome_code <> 'sign-in' AND (j.outcome_code <> 'busy'"                                          \
  "    OR NOT EXISTS (SELECT 1 FROM alert_condition WHERE code = 'day-limit'));"                             \
  "CREATE VIEW alert_changed AS SELECT " ROW_COLUMNS                                                         \
  " FROM journal j INDEXED BY journal_changed" OF_THE_LEDGER                                                 \
  "  AND j.outcome_code IN ('changed-by-ledger', 'linked-elsewhere') AND j.state = 'done' AND j.is_seen "    \
  "= 0;"

/* One row a cause. What concerns a client's contact is one cause for all that hangs on it; so are
 * refusals in the same words; the rest is a matter between a person and one row. */
#define CAUSE_VIEW                                                                                           \
  "CREATE VIEW alert_cause AS"                                                                               \
  " SELECT 'blocked' AS code, outcome_code || ':' || CASE"                                                   \
  "   WHEN outcome_code IN ('archived-contact', 'name-taken', 'dependency-cancelled')"                       \
  "     THEN ifnull (hex (client_id), hex (id))"                                                             \
  "   WHEN outcome_code IN ('', 'number-taken', 'different', 'found-by-reference') THEN hex (id)"            \
  "   ELSE outcome_message END AS cause,"                                                                    \
  "   'journal' AS subject_kind, id AS subject_id, json_object (" WORDS_OF_GROUP ") AS parameters,"          \
  "   " OLDEST " AS oldest FROM alert_blocked GROUP BY 2"                                                    \
  " UNION ALL SELECT 'retries', outcome_code, 'journal', id, json_object (" WORDS_OF_GROUP ","               \
  "   'attempts', CAST (attempts AS TEXT),"                                                                  \
  "   'doubtful', CAST (sum (state = 'doubtful') AS TEXT)), " OLDEST                                         \
  " FROM alert_tried GROUP BY outcome_code"                                                                  \
  " UNION ALL SELECT 'changed', hex (id), 'journal', id, json_object (" WORDS_OF_GROUP "), " OLDEST          \
  "   FROM alert_changed GROUP BY id"                                                                        \
  " UNION ALL SELECT 'sign-in', hex (id), 'connection', id,"                                                 \
  "   json_object ('organisation', tenant_name, 'count', " N_UNFINISHED SIGN_IN_SYSTEM "), ''"               \
  "   FROM connection WHERE state = 'sign-in-needed' AND " SIGN_IN_OF                                        \
  " UNION ALL SELECT 'keyring', '', '', NULL,"                                                               \
  "   json_object ('since_ms', CAST (since_ms AS TEXT), 'count', " N_UNFINISHED "), ''"                      \
  "   FROM alert_condition WHERE code = 'keyring'"                                                           \
  " UNION ALL SELECT 'day-limit', '', '', NULL,"                                                             \
  "   json_object ('until_ms', CAST (until_ms AS TEXT), 'count', " N_UNFINISHED "), ''"                      \
  "   FROM alert_condition WHERE code = 'day-limit'"                                                         \
  "   AND EXISTS (SELECT 1 FROM alert_row WHERE state NOT IN ('done', 'cancelled')"                          \
  "     AND state IN ('queued', 'waiting', 'doubtful'))"                                                     \
  " UNION ALL SELECT 'catch-up', '', '', NULL,"                                                              \
  "   json_object ('count', CAST (count (*) AS TEXT),"                                                       \
  "     'first', date (min (date) * 86400, 'unixepoch'), 'last', date (max (date) * 86400, 'unixepoch'),"    \
  "     'clients', CAST (count (DISTINCT client_id) AS TEXT),"                                               \
  "     'client', iif (count (DISTINCT client_id) = 1, ifnull (client_name, ''), '')), ''"                   \
  "   FROM alert_missed HAVING count (*) > 0"                                                                \
  " UNION ALL SELECT 'restored', '', '', NULL, json_object ('count', " N_UNFINISHED "), ''"                  \
  "   FROM practice WHERE restored_epoch > 0"                                                                \
  "   AND EXISTS (SELECT 1 FROM alert_row WHERE state NOT IN ('done', 'cancelled'));"

/* Practice managers came later: the step as it was released knows one kind of connection. */
#define SIGN_IN_SYSTEM ""
#define SIGN_IN_OF "id = " LEDGER
const char cs_practice_migration_schedule[]
    = "CREATE TABLE schedule ("
      "  practice_id BLOB NOT NULL PRIMARY KEY REFERENCES practice (id),"
      "  push_when TEXT NOT NULL CHECK (push_when IN ('immediately', 'hourly', 'daily', 'by-hand')),"
      "  push_at INTEGER NOT NULL CHECK (push_at BETWEEN 0 AND 1439),"
      "  pull_at INTEGER NOT NULL CHECK (pull_at BETWEEN 0 AND 1439),"
      "  pushed_ms INTEGER NOT NULL,"
      "  pulled_ms INTEGER NOT NULL"
      ") STRICT, WITHOUT ROWID;"

      /* push_asked: a person said that it goes now, whatever the schedule says.
       * is_seen: a person saw that the ledger made something else of it. */
      "ALTER TABLE journal ADD COLUMN push_asked INTEGER NOT NULL DEFAULT 0 CHECK (push_asked IN (0, 1));"
      "ALTER TABLE journal ADD COLUMN is_seen INTEGER NOT NULL DEFAULT 0 CHECK (is_seen IN (0, 1));"
      "CREATE INDEX journal_state ON journal (state, attempts) WHERE state NOT IN ('done', 'cancelled');"
      "CREATE INDEX journal_changed ON journal (created_ms)"
      "  WHERE outcome_code IN ('changed-by-ledger', 'linked-elsewhere');"

      /* billed_on, billed_due: where a person billed it under another date than its own, which stays, as the
       * plan is told by it. skipped_ms: when a person said that it isn't billed; 0: not so. */
      "ALTER TABLE planned_invoice ADD COLUMN billed_on INTEGER;"
      "ALTER TABLE planned_invoice ADD COLUMN billed_due INTEGER;"
      "ALTER TABLE planned_invoice ADD COLUMN skipped_ms INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE planned_invoice ADD COLUMN skip_reason TEXT NOT NULL DEFAULT '';"

      /* An open alert is there exactly while its cause is: see alert_cause. Settled ones stay for a while. */
      "CREATE TABLE alert ("
      "  rid INTEGER PRIMARY KEY,"
      "  id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),"
      "  code TEXT NOT NULL,"
      "  cause TEXT NOT NULL,"
      "  subject_kind TEXT NOT NULL,"
      "  subject_id BLOB,"
      "  parameters TEXT NOT NULL,"
      "  raised_ms INTEGER NOT NULL,"
      "  settled_ms INTEGER NOT NULL DEFAULT 0"
      ") STRICT;"
      "CREATE UNIQUE INDEX alert_open ON alert (code, cause) WHERE settled_ms = 0;"
      "CREATE INDEX alert_settled ON alert (settled_ms) WHERE settled_ms > 0;"

      /* What the file cannot know by itself, as whoever runs the practice found it. */
      "CREATE TABLE alert_condition ("
      "  code TEXT NOT NULL PRIMARY KEY CHECK (code IN ('keyring', 'day-limit')),"
      "  since_ms INTEGER NOT NULL,"
      "  until_ms INTEGER NOT NULL"
      ") STRICT, WITHOUT ROWID;"

    ROW_VIEWS
      "CREATE VIEW alert_missed AS SELECT i.date, p.client_id, c.name AS client_name FROM planned_invoice i"
      "  JOIN proposal p ON p.id = i.proposal_id LEFT JOIN client c ON c.id = p.client_id"
      "  WHERE i.journal_id IS NULL AND i.skipped_ms = 0 AND p.state = 'active'"
      "  AND i.date < (SELECT last_due_day FROM practice);"

    CAUSE_VIEW

      /* Whatever a cause is made of marks that causes are to be looked at before the transaction ends, so
       * that no way into these tables can forget it. */
      "CREATE TABLE alert_look (id INTEGER PRIMARY KEY CHECK (id = 1), is_due INTEGER NOT NULL"
      "  CHECK (is_due IN (0, 1))) STRICT;"
      "INSERT INTO alert_look (id, is_due) VALUES (1, 1);"
#define LOOK " BEGIN UPDATE alert_look SET is_due = 1 WHERE is_due = 0; END;"
      "CREATE TRIGGER alert_look_1 AFTER INSERT ON journal" LOOK
      "CREATE TRIGGER alert_look_2 AFTER DELETE ON journal" LOOK
      "CREATE TRIGGER alert_look_3 AFTER UPDATE OF state, attempts, outcome_code, outcome_message,"
      "  connection_id, proposal_id, number, is_seen ON journal" LOOK
      "CREATE TRIGGER alert_look_4 AFTER INSERT ON connection" LOOK
      "CREATE TRIGGER alert_look_5 AFTER UPDATE OF state, connected_ms ON connection" LOOK
      "CREATE TRIGGER alert_look_6 AFTER UPDATE OF restored_epoch, last_due_day ON practice" LOOK
      "CREATE TRIGGER alert_look_7 AFTER INSERT ON planned_invoice" LOOK
      "CREATE TRIGGER alert_look_8 AFTER DELETE ON planned_invoice" LOOK
      "CREATE TRIGGER alert_look_9 AFTER UPDATE OF journal_id, skipped_ms ON planned_invoice" LOOK
      "CREATE TRIGGER alert_look_10 AFTER UPDATE OF state ON proposal" LOOK
      "CREATE TRIGGER alert_look_11 AFTER INSERT ON alert_condition" LOOK
      "CREATE TRIGGER alert_look_12 AFTER DELETE ON alert_condition" LOOK
      "CREATE TRIGGER alert_look_13 AFTER UPDATE ON alert_condition" LOOK;
#undef LOOK

/* The same once there is a practice manager beside the ledger, whose sign-in may be lost, too; and what a
 * person has to settle between the two.
 * run: of the full read that saw the client last; what one did not see is gone there.
 * work_conflict: both sides changed a field, and say different things; a person decides [K-1].
 * work_promotion: a lead was accepted for the first time: what became of it there [X-07, K-13]. */
#undef LEDGER
#undef SIGN_IN_SYSTEM
#undef SIGN_IN_OF
#define LEDGER                                                                                               \
  "(SELECT id FROM connection WHERE system <> 'xpm'"                                                         \
  " ORDER BY state = 'disconnected', connected_ms DESC, id LIMIT 1)"
#define SIGN_IN_SYSTEM ", 'system', system"
#define SIGN_IN_OF "(system = 'xpm' OR id = " LEDGER ")"
const char cs_practice_migration_beside[]
    = "ALTER TABLE work_client ADD COLUMN run INTEGER NOT NULL DEFAULT 0;"
      "CREATE TABLE work_conflict ("
      "  client_id BLOB NOT NULL REFERENCES client (id),"
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  remote_id TEXT NOT NULL,"
      "  field TEXT NOT NULL," /* a word of cs_work_field_to_string() */
      "  ours TEXT NOT NULL,"
      "  theirs TEXT NOT NULL,"
      "  PRIMARY KEY (client_id, connection_id, field)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE TABLE work_promotion ("
      "  client_id BLOB NOT NULL PRIMARY KEY REFERENCES client (id),"
      "  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'not-kept', 'not-reported', 'refused', "
      "'seen')),"
      "  message TEXT NOT NULL,"
      "  since_ms INTEGER NOT NULL"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX work_promotion_waiting ON work_promotion (since_ms) WHERE state = 'waiting';"
      "DROP VIEW alert_source;"
      "DROP VIEW alert_cause;"
      "DROP VIEW alert_changed;"
      "DROP VIEW alert_tried;"
      "DROP VIEW alert_blocked;"
      "DROP VIEW alert_row;" ROW_VIEWS CAUSE_VIEW
      "CREATE VIEW alert_source AS SELECT code, cause, subject_kind, subject_id, parameters, oldest"
      "  FROM alert_cause"
      " UNION ALL SELECT 'audit', '', '', NULL, json_object ('message', words), '' FROM audit_break"
      " UNION ALL SELECT 'promotion', hex (w.client_id), 'client', w.client_id,"
      "   json_object ('client', c.name, 'outcome', w.state, 'message', w.message), ''"
      "   FROM work_promotion w JOIN client c ON c.id = w.client_id"
      "   WHERE w.state IN ('not-kept', 'not-reported', 'refused')"
      " UNION ALL SELECT 'conflict', hex (w.client_id), 'client', w.client_id,"
      "   json_object ('client', c.name, 'count', CAST (count (*) AS TEXT)), ''"
      "   FROM work_conflict w JOIN client c ON c.id = w.client_id GROUP BY w.client_id;"
#define LOOK " BEGIN UPDATE alert_look SET is_due = 1 WHERE is_due = 0; END;"
      "CREATE TRIGGER alert_look_17 AFTER INSERT ON work_promotion" LOOK
      "CREATE TRIGGER alert_look_18 AFTER UPDATE ON work_promotion" LOOK
      "CREATE TRIGGER alert_look_19 AFTER DELETE ON work_promotion" LOOK
      "CREATE TRIGGER alert_look_20 AFTER INSERT ON work_conflict" LOOK
      "CREATE TRIGGER alert_look_21 AFTER UPDATE ON work_conflict" LOOK
      "CREATE TRIGGER alert_look_22 AFTER DELETE ON work_conflict" LOOK;
#undef LOOK
/* clang-format on */
