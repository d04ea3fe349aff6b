/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-connection.h"
#include "cs-store.h"
#include "cs-work-match.h"
#include "cs-work-merge.h"

G_BEGIN_DECLS

/* What is known of a practice manager, and how clients travel between it and us. */
#define CS_WORK_SYSTEM "xpm"

/* The practice manager that is connected, or was last; NULL without error: none ever was. */
CsConnection *cs_store_get_work_connection (CsStore *store, GError **error);

gboolean cs_store_get_work_settings (CsStore *store, CsWorkSettings *settings, GError **error);
gboolean cs_store_save_work_settings (CsStore *store, const CsWorkSettings *settings, GError **error);
/* K-3, X-08: with a practice manager connected, clients come from there. */
gboolean cs_store_may_import_from_ledger (CsStore *store, gboolean *may, GError **error);

gboolean cs_store_write_work_clients (CsStore *store,
                                      const CsUuid *connection_id,
                                      const GPtrArray *clients,
                                      gint64 run, /* of a full read; 0: of changes */
                                      GError **error);
/* The end of a read that went well: only now does the cursor move, and does what a full one did not see go.
 */
#define CS_WORK_CURSOR "work-clients"
gboolean cs_store_finish_work_clients (CsStore *store,
                                       const CsUuid *connection_id,
                                       gint64 run,
                                       gint64 clock_ms,
                                       GError **error);
/* Of CsWorkClient, by name, neither archived nor deleted; their contacts are not kept. */
GPtrArray *cs_store_list_work_clients (CsStore *store,
                                       const CsUuid *connection_id,
                                       const char *after_name,
                                       const char *after_id,
                                       guint limit,
                                       GError **error);
gboolean cs_store_count_work_clients (CsStore *store, const CsUuid *connection_id, guint *n, GError **error);
CsWorkClient *
cs_store_get_work_client (CsStore *store, const CsUuid *connection_id, const char *remote_id, GError **error);
CsWorkClient *
cs_store_find_work_client (CsStore *store, const CsUuid *connection_id, const char *web_id, GError **error);

/* The short lists, by name: "staff", "templates", "categories", "groups", "states". */
gboolean cs_store_write_work_list (CsStore *store,
                                   const CsUuid *connection_id,
                                   const char *list,
                                   const GPtrArray *entries, /* (nullable): the key may not list it */
                                   GError **error);
GPtrArray *cs_store_list_work_entries (CsStore *store,
                                       const CsUuid *connection_id,
                                       const char *list,
                                       gboolean *may_not_list,
                                       GError **error);

/* links, or links anew; the snapshot of the former link is kept, so that linking back is its undo. */
gboolean cs_store_link_work_client (CsStore *store,
                                    const CsUuid *client_id,
                                    const CsUuid *connection_id,
                                    const char *remote_id,
                                    const char *how,
                                    char **former, /* (out) (nullable): what it was linked to, "" */
                                    GError **error);
char *
cs_store_get_work_link (CsStore *store, const CsUuid *client_id, const CsUuid *connection_id, GError **error);
/* How many clients are linked there [U-23]. */
gboolean
cs_store_count_work_links (CsStore *store, const CsUuid *connection_id, guint *links, GError **error);
CsWorkFields *cs_store_get_work_base (CsStore *store,
                                      const CsUuid *client_id,
                                      const CsUuid *connection_id,
                                      const char *remote_id,
                                      GError **error);
gboolean cs_store_save_work_base (CsStore *store,
                                  const CsUuid *client_id,
                                  const CsUuid *connection_id,
                                  const char *remote_id,
                                  const CsWorkFields *fields,
                                  GError **error);

/* After each read (cs-store-work-take.c). */
typedef struct
{
  guint n_linked;
  guint n_created;
  guint n_taken;     /* clients that were changed here */
  guint n_conflicts; /* clients that both sides changed */
} CsWorkTaken;
gboolean
cs_store_take_work_clients (CsStore *store, const CsUuid *connection_id, CsWorkTaken *taken, GError **error);
CsClient *
cs_store_add_work_client (CsStore *store, const CsUuid *connection_id, const char *remote_id, GError **error);
gboolean
cs_store_count_new_work_clients (CsStore *store, const CsUuid *connection_id, guint *n, GError **error);

typedef struct
{
  CsUuid client_id;
  char *remote_id;
  CsWorkFields *base; /* (nullable) */
  CsWorkFields *ours;
  gboolean is_active;
} CsWorkGift;
void cs_work_gift_free (CsWorkGift *gift);
GPtrArray *cs_store_list_work_gifts (CsStore *store, const CsUuid *connection_id, GError **error);

/* What a person settles (cs-store-work-settle.c). */
typedef struct
{
  CsWorkField field;
  char *remote_id;
  char *ours;
  char *theirs;
} CsWorkConflict;
void cs_work_conflict_free (CsWorkConflict *conflict);
GPtrArray *cs_store_list_work_conflicts (CsStore *store,
                                         const CsUuid *client_id,
                                         const CsUuid *connection_id,
                                         GError **error);
gboolean cs_store_settle_work_conflict (CsStore *store,
                                        const CsUuid *client_id,
                                        const CsUuid *connection_id,
                                        CsWorkField field,
                                        gboolean takes_theirs,
                                        GError **error);

typedef struct
{
  CsUuid client_id;
  char *remote_id;
} CsWorkPromotion;
void cs_work_promotion_free (CsWorkPromotion *promotion);
GPtrArray *
cs_store_list_work_promotions (CsStore *store, const CsUuid *connection_id, gint64 now_ms, GError **error);
gboolean cs_store_finish_work_promotion (CsStore *store,
                                         const CsUuid *client_id,
                                         const char *outcome,
                                         const char *message,
                                         GError **error);

/* Of CsWorkEntry, by name: those that are only there; what a person may pick from [K-2]. */
GPtrArray *cs_store_list_new_work_clients (CsStore *store, const CsUuid *connection_id, GError **error);
gboolean
cs_store_add_new_work_clients (CsStore *store, const CsUuid *connection_id, guint *n, GError **error);
gboolean cs_store_add_some_work_clients (CsStore *store,
                                         const CsUuid *connection_id,
                                         const GPtrArray *remote_ids, /* of char * */
                                         guint *n,
                                         GError **error);
gboolean cs_store_leave_work_client (CsStore *store,
                                     const CsUuid *connection_id,
                                     const char *remote_id,
                                     gboolean is_left_out,
                                     GError **error);

/* Who may be the same on both sides (cs-store-work-match.c) [K-3, K-4]. */
GPtrArray *cs_store_list_work_matches (CsStore *store,
                                       const CsUuid *connection_id,
                                       const char *name,
                                       const char *email,
                                       GError **error);
GPtrArray *cs_store_review_new_work_clients (CsStore *store, const CsUuid *connection_id, GError **error);

/* What was changed here and not taken there (cs-store-work-refusal.c). */
gboolean cs_store_keep_work_refusal (CsStore *store,
                                     const CsUuid *client_id,
                                     const CsUuid *connection_id,
                                     const CsWorkFields *ours,
                                     const char *message,
                                     GError **error);
gboolean cs_store_forget_work_refusal (CsStore *store,
                                       const CsUuid *client_id,
                                       const CsUuid *connection_id,
                                       GError **error);
/* (transfer full): the words, "": it was not refused. */
char *cs_store_get_work_refusal (CsStore *store,
                                 const CsUuid *client_id,
                                 const CsUuid *connection_id,
                                 GError **error);

/* Of CsWorkClient, at most @limit, by name: with that in their names, or that id or number. */
GPtrArray *cs_store_search_work_clients (CsStore *store,
                                         const CsUuid *connection_id,
                                         const char *text,
                                         guint limit,
                                         GError **error);
/* Of char *: whose numbers were never read, and that are called about the same. */
GPtrArray *cs_store_list_unnumbered_work_clients (CsStore *store,
                                                  const CsUuid *connection_id,
                                                  const char *near_name,
                                                  guint limit,
                                                  GError **error);
gboolean cs_store_unlink_work_client (CsStore *store,
                                      const CsUuid *client_id,
                                      const CsUuid *connection_id,
                                      GError **error);
/* Of CsWorkPromotion's states: "" where none was ever wanted. */
gboolean cs_store_get_work_promotion (CsStore *store,
                                      const CsUuid *client_id,
                                      char **outcome,
                                      char **message,
                                      GError **error);

G_END_DECLS
