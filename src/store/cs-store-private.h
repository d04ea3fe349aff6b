/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-job.h"
#include "cs-json.h"
#include "cs-outcome.h"
#include "cs-sql.h"
#include "cs-store-alerts.h"
#include "cs-store-audit.h"
#include "cs-store-catch-up.h"
#include "cs-store-clients.h"
#include "cs-work-records.h"
#include "cs-store-journal.h"
#include "cs-store-ledger.h"
#include "cs-store-proposals.h"
#include "cs-shape-check.h"
#include "cs-store-schedule.h"
#include "cs-store-settings.h"
#include "cs-store-shape.h"

G_BEGIN_DECLS

/* What the files of this room share. Functions named _load_ read and _write_ write inside the caller's
 * transaction; the public ones open one. */
struct _CsStore
{
  CsSql *sql;
  const CsClock *clock;
  CsStoreRandom random;
  gpointer random_data;
  char *actor;
  int lock_fd;             /* the practice lock's file, once claimed; else -1 */
  gint64 claimed_epoch;    /* the one that it was claimed under; 0: it was not */
  guint n_journal_changes; /* rows of the journal that got another state or were seen, since it was opened */
};

extern const CsSqlSchema cs_practice_schema;
extern const CsSqlSchema cs_registry_schema;

/* Always FALSE: "return cs_store_refuse (…)". @words were translated already. */
gboolean cs_store_refuse (GError **error, CsStoreError code, const char *words);
gint64 cs_store_now_ms (CsStore *store);
/* In a transaction: that nobody claimed the file since this store did. */
gboolean cs_store_check_claim (CsStore *store, GError **error);
gboolean cs_store_refuse_old_epoch (GError **error); /* always FALSE */
gboolean cs_store_ensure_practice (CsStore *store, GError **error);

/* The one ledger: the tenant that is connected, else the one that was last. A practice manager is none. */
#define CS_SQL_LEDGER                                                                                        \
  "(SELECT id FROM connection WHERE system <> 'xpm'"                                                         \
  " ORDER BY state = 'disconnected', connected_ms DESC, id LIMIT 1)"
gboolean cs_store_load_ledger_id (CsStore *store, CsUuid *connection_id, GError **error); /* none: none yet */

/* Audit rows: details are built as an object. */
CsJsonBuilder *cs_audit_details_new (void);
gboolean cs_store_write_audit (CsStore *store,
                               const char *action,
                               const char *subject,
                               CsJsonBuilder *details, /* (nullable): ended here */
                               GError **error);
gboolean cs_store_write_audit_id (CsStore *store,
                                  const char *action,
                                  const CsUuid *subject,
                                  CsJsonBuilder *details,
                                  GError **error);
GBytes *cs_json_canonical_end (CsJsonBuilder *builder, GError **error);

CsSettings *cs_store_load_settings (CsStore *store, GError **error);
GTimeZone *cs_store_load_zone (CsStore *store, GError **error); /* the practice's */
gboolean cs_store_write_settings (CsStore *store, const CsSettings *settings, GError **error);
/* Of a series; "": the practice's. */
gboolean
cs_store_take_number (CsStore *store, const char *prefix, char **number, gint64 *serial, GError **error);
gboolean cs_store_give_back_number (CsStore *store,
                                    const char *prefix,
                                    const char *number,
                                    gint64 serial,
                                    gboolean *was_given_back,
                                    GError **error);
/* "client_next" and "proposal_next" of the practice. */
gboolean cs_store_take_client_serial (CsStore *store, gint64 *serial, GError **error);
gboolean cs_store_take_proposal_serial (CsStore *store, gint64 *serial, GError **error);

/* @connection_id: whose link is filled in; NULL: the ledger's. */
CsClient *
cs_store_load_client (CsStore *store, const CsUuid *id, const CsUuid *connection_id, GError **error);
gboolean
cs_store_write_new_client (CsStore *store, CsClient *client, GError **error); /* fills in id, number, times */
/* The person that @client names from now on, and no more the one that it named @before. */
gboolean
cs_store_write_contact_person (CsStore *store, const CsClient *client, const char *before, GError **error);
gboolean cs_store_check_client_name (const CsClient *client, GError **error);
gboolean cs_store_write_client_state (CsStore *store, const CsUuid *id, CsClientState state, GError **error);

#define CS_LINK_CLIENT "client"
#define CS_LINK_INVOICE "invoice"
gboolean cs_store_load_link (CsStore *store,
                             const char *kind,
                             const CsUuid *local_id,
                             const CsUuid *connection_id,
                             char **remote_id, /* "" when there is none */
                             GError **error);
gboolean cs_store_load_linked (CsStore *store,
                               const char *kind,
                               const CsUuid *connection_id,
                               const char *remote_id,
                               CsUuid *local_id, /* none when nothing is linked to it */
                               GError **error);
gboolean cs_store_write_link (CsStore *store,
                              const char *kind,
                              const CsUuid *local_id,
                              const CsUuid *connection_id,
                              const char *remote_id,
                              const char *how,
                              GError **error);

#define CS_LINKED_AT_ACCEPTANCE "acceptance"
/* With what follows: the contact need not be made, and what waited for it goes on. */
gboolean cs_store_write_client_link (CsStore *store,
                                     const CsUuid *client_id,
                                     const CsUuid *connection_id,
                                     const char *remote_contact_id,
                                     const char *how,
                                     GError **error);
gboolean cs_store_write_link_at_acceptance (CsStore *store,
                                            const CsClient *client,
                                            const CsUuid *connection_id, /* none: nothing is linked */
                                            GError **error);

/* What shapes an invoice. */
const char *cs_store_terms_kind_to_string (CsTermsKind kind);
CsTermsKind cs_store_parse_terms_kind (const char *text);
void cs_store_add_shape (CsJsonBuilder *builder, const CsShape *shape);
char *cs_store_build_shape (const CsShape *shape);
CsShape *cs_store_parse_shape (const char *text, GError **error);
gboolean cs_store_refuse_changed_shape (GError **error); /* FALSE, STALE */
gboolean cs_store_load_inherited (CsStore *store, CsProposal *proposal, GError **error);
CsShapeFacts *cs_store_load_shape_facts (CsStore *store, GError **error);
gboolean cs_store_write_shape_checked (CsStore *store,
                                       const CsJournalEntry *entry,
                                       gboolean *was_blocked, /* then it is not sent */
                                       GError **error);
gboolean cs_store_write_shapes_mended (CsStore *store, GError **error);
gboolean cs_store_write_replanned (CsStore *store,
                                   const CsUuid *client_id, /* NULL: of all */
                                   GError **error);
gboolean cs_store_write_jobs_left_out (CsStore *store,
                                       const CsProposal *proposal,
                                       const CsProposalLine *line,
                                       GError **error);
/* What is due today of a proposal, as a person just decided: held for as long as an acceptance is. */
gboolean cs_store_write_due_held (CsStore *store, const CsUuid *proposal_id, GError **error);
gboolean cs_store_write_proposal_replanned (CsStore *store, const CsUuid *proposal_id, GError **error);
gboolean cs_store_concerns_one (const GError *failure);
gboolean cs_store_write_topped_up (CsStore *store, const CsUuid *proposal_id, CsDate horizon, GError **error);

CsProposal *cs_store_load_proposal (CsStore *store, const CsUuid *id, GError **error);
gboolean cs_store_load_lines (CsStore *store, CsProposal *proposal, gboolean of_engagement, GError **error);
gboolean cs_store_load_billing_changes (CsStore *store, CsProposal *proposal, GError **error);
gboolean cs_store_load_acceptance (CsStore *store, CsProposal *proposal, GError **error);
gboolean cs_store_write_lines (CsStore *store, const CsProposal *proposal, GError **error);
gboolean cs_store_write_engagement (CsStore *store, const CsProposal *proposal, GError **error);
gboolean
cs_store_write_proposal_state (CsStore *store, const CsUuid *id, CsProposalState state, GError **error);
/* The frozen agreement's canonical JSON. */
GBytes *cs_agreement_build (const CsProposal *proposal,
                            const CsClient *client,
                            const CsAcceptance *acceptance,
                            GError **error);

/* Writes those of the plan that are not there yet. */
gboolean cs_store_write_plan (CsStore *store,
                              const CsProposal *proposal,
                              CsDate accepted_on,
                              CsDate until,
                              GError **error);
CsPlannedInvoice *cs_store_load_planned (CsStore *store, const CsUuid *id, GError **error);
CsPlannedInvoice *cs_store_load_planned_seen (CsStore *store, const CsPlannedSeen *seen, GError **error);
/* Gives it its number and journals it, with what it waits for; nothing when that was done before. */
gboolean cs_store_write_release (CsStore *store,
                                 const CsUuid *planned_id,
                                 gint64 hold_until_ms,
                                 gboolean *was_released,
                                 GError **error);

/* After a restore, until a pull went well. */
gboolean cs_store_load_restored (CsStore *store, gboolean *is_restored, GError **error);
gboolean cs_store_write_restored (CsStore *store, gint64 epoch, GError **error);
gboolean cs_store_write_pulled (CsStore *store, const CsUuid *connection_id, GError **error);
gboolean cs_store_write_found_by_reference (CsStore *store,
                                            const CsJournalEntry *entry,
                                            gboolean *was_found, /* then it is blocked */
                                            GError **error);

/* From now on, and before each commit: an open alert for each cause, and no other. */
gboolean cs_store_write_kept (CsStore *store, GError **error);
gboolean cs_store_write_alerts (CsStore *store, GError **error);
gboolean cs_store_watch_alerts (CsStore *store, GError **error);
/* A pull ended: what the ledger had changed may be as we sent it by now. */
gboolean cs_store_write_changes_mended (CsStore *store, const CsUuid *connection_id, GError **error);

/* Of CsUuid: what active proposals bill up to @today and nobody released or skipped. @by_itself: what goes
 * without a person, or what waits for one. */
GArray *cs_store_load_open (CsStore *store, CsDate today, gboolean by_itself, GError **error);
gboolean cs_store_write_released (CsStore *store,
                                  const CsUuid *planned_id,
                                  gint64 hold_until_ms,
                                  gboolean *was_released,
                                  GError **error);

CsJournalEntry *cs_store_load_journal (CsStore *store, const CsUuid *id, GError **error);
/* The row, if it is still as the caller saw it; else STATE. */
CsJournalEntry *
cs_store_load_expected (CsStore *store, const CsUuid *id, CsJournalState expected, GError **error);
/* A change with what follows from it; @entry is as it was loaded. */
gboolean cs_store_write_journal_change (CsStore *store,
                                        const CsJournalEntry *entry,
                                        const CsJournalChange *change,
                                        GError **error);
gboolean cs_store_load_is_linked (CsStore *store,
                                  const CsUuid *connection_id,
                                  const char *remote_id,
                                  gboolean *is_linked,
                                  GError **error);
gboolean cs_store_load_contact_of_row (CsStore *store,
                                       const CsJournalEntry *entry,
                                       char **contact_id, /* "" when there is none */
                                       GError **error);
gboolean cs_store_load_found_kind (CsStore *store,
                                   const CsJournalEntry *entry,
                                   const CsPlannedInvoice *planned,
                                   const CsLedgerInvoice *invoice,
                                   CsFoundKind *kind,
                                   GError **error);
gboolean cs_store_load_number_found (CsStore *store,
                                     const CsJournalEntry *entry,
                                     const CsPlannedInvoice *planned,
                                     CsFoundKind *kind,
                                     char **found_id, /* "": the mirror has none of its number */
                                     GError **error);
gboolean cs_store_write_moved_mended (CsStore *store, const CsUuid *connection_id, GError **error);
gboolean cs_store_write_stranded (CsStore *store, const CsUuid *id, GError **error);
gboolean cs_store_write_freed (CsStore *store, const CsUuid *id, GError **error);
gboolean cs_store_write_wanted_again (CsStore *store, const CsUuid *id, GError **error);
gboolean cs_store_write_revived (CsStore *store,
                                 const CsUuid *id,
                                 CsJournalState state, /* held or queued */
                                 const CsUuid *proposal_id,
                                 gint64 hold_until_ms,
                                 GError **error);
gboolean cs_store_write_unassigned (CsStore *store, const CsUuid *connection_id, GError **error);
/* A client was linked by a person: what would have made its contact is not needed any more. */
gboolean cs_store_write_contact_known (CsStore *store,
                                       const CsUuid *client_id,
                                       const CsUuid *connection_id,
                                       const char *remote_id,
                                       GError **error);
gboolean cs_store_write_contact_row (CsStore *store,
                                     const CsClient *client,
                                     const CsUuid *proposal_id,
                                     const CsUuid *connection_id,
                                     gint64 hold_until_ms,
                                     CsUuid *journal_id, /* none: the client is linked */
                                     GError **error);

/* The key of a mirrored record: from its connection and the remote's own id. */
gboolean cs_store_count_owed (CsStore *store,
                              const CsUuid *connection_id,
                              const char *contact_id,
                              CsDate first,
                              CsDate last,
                              guint *n,
                              GError **error);
CsUuid cs_store_get_mirror_id (const char *kind, const CsUuid *connection_id, const char *remote_id);
gboolean cs_store_write_contact (CsStore *store,
                                 const CsUuid *connection_id,
                                 const CsLedgerContact *contact,
                                 GError **error);
/* Where it was merged into another: its client goes with it. */
gboolean cs_store_write_link_followed (CsStore *store,
                                       const CsUuid *connection_id,
                                       const CsLedgerContact *contact,
                                       GError **error);
gboolean cs_store_write_invoice (CsStore *store,
                                 const CsUuid *connection_id,
                                 const CsLedgerInvoice *invoice,
                                 GError **error);
/* A record of these columns. */
/* Of ledger_invoice AS invoice. */
#define CS_INVOICE_COLUMNS                                                                                   \
  "remote_id, is_sales, number, reference, contact_id, contact_name, date, due, status, tax_mode, currency," \
  " subtotal_minor, tax_minor, total_minor, paid_minor, credited_minor, balance_minor, updated_ms,"          \
  " (SELECT gone.noticed_ms FROM ledger_gone AS gone WHERE gone.id = invoice.id)"
CsLedgerInvoice *cs_store_read_invoice (CsSqlStatement *row, GError **error);
gboolean cs_store_prune_changes (CsStore *store, GError **error);
gboolean cs_store_write_stale_invoice (CsStore *store,
                                       const CsUuid *connection_id,
                                       const char *remote_id,
                                       gint64 changed_ms,
                                       GError **error);
gboolean cs_store_load_has_stale (CsStore *store, gboolean *has_stale, GError **error);
gboolean cs_store_write_fresh_invoice (CsStore *store, const CsUuid *id, gint64 known_ms, GError **error);
gboolean cs_store_write_cursor (CsStore *store,
                                const CsUuid *connection_id,
                                const char *kind,
                                const CsCursor *cursor,
                                GError **error);
CsLedgerContact *
cs_store_load_contact (CsStore *store, const CsUuid *connection_id, const char *remote_id, GError **error);
GBytes *cs_ledger_details_build (const CsLedgerInvoice *invoice);
gboolean cs_ledger_details_parse (GBytes *bytes, CsLedgerInvoice *invoice, GError **error);

/* Of a practice manager's clients: what is selected, and read of that. */
#define CS_SQL_WORK_CLIENT                                                                                   \
  "SELECT remote_id, web_id, fields, prospect, is_archived, is_deleted FROM work_client"
CsWorkClient *cs_store_read_work_client (CsSqlStatement *row, GError **error);

/* cs-store-work-settle.c: in the transaction of a client's first acceptance, and of its undoing. */
gboolean
cs_store_write_promotion (CsStore *store, const CsUuid *client_id, gint64 hold_until_ms, GError **error);
gboolean cs_store_write_promotion_undone (CsStore *store, const CsUuid *client_id, GError **error);

/* In a transaction, as the functions without "write" that are to be had outside of one. */
gboolean cs_store_write_client (CsStore *store, CsClient *client, GError **error);
gboolean cs_store_write_work_link (CsStore *store,
                                   const CsUuid *client_id,
                                   const CsUuid *connection_id,
                                   const char *remote_id,
                                   const char *how,
                                   char **former, /* (out) (nullable) */
                                   GError **error);
gboolean cs_store_write_work_base (CsStore *store,
                                   const CsUuid *client_id,
                                   const CsUuid *connection_id,
                                   const char *remote_id,
                                   const CsWorkFields *fields,
                                   GError **error);

/* Whether just that was refused there. */
gboolean cs_store_load_is_refused (CsStore *store,
                                   const CsUuid *client_id,
                                   const CsUuid *connection_id,
                                   const CsWorkFields *ours,
                                   gboolean *is_refused,
                                   GError **error);
/* How many that are only there wait for a word, where the practice wants to be asked [K-2]. */
gboolean cs_store_write_only_there (CsStore *store, const CsUuid *connection_id, GError **error);
gboolean cs_store_write_work_refusal_gone (CsStore *store,
                                           const CsUuid *client_id,
                                           const CsUuid *connection_id,
                                           GError **error);
char *cs_store_build_work_fields (const CsWorkFields *fields, GError **error);

/* Jobs. A rule or a list of texts as it is kept. */
char *cs_store_build_job_rule (const CsJobRule *rule); /* (nullable) @rule */
gboolean cs_store_parse_job_rule (const char *text, CsJobRule **rule, GError **error);
char *cs_store_build_texts (const GPtrArray *texts);
/* The one practice manager: that is connected, else the one that was last. */
#define CS_STORE_WORK_CONNECTION                                                                             \
  "(SELECT id FROM connection WHERE system = 'xpm' ORDER BY state = 'disconnected', connected_ms DESC, id "  \
  "LIMIT 1)"

gboolean cs_store_parse_texts (const char *text, GPtrArray *texts, GError **error);
GHashTable *cs_store_load_services (CsStore *store, GError **error); /* casefolded name -> CsWorkService */
gboolean cs_store_write_job_plan (CsStore *store,
                                  const CsProposal *proposal,
                                  CsDate accepted_on,
                                  CsDate until,
                                  guint *n_planned, /* (out) (optional) */
                                  GError **error);
CsPlannedJob *cs_store_load_job_anew (CsStore *store, const CsPlannedJob *job, GError **error);
gboolean cs_store_write_jobs_forgotten (CsStore *store, const CsUuid *proposal_id, GError **error);

G_END_DECLS
