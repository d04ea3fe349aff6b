/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-work-records.h"
#include "cs-work.h"

G_BEGIN_DECLS

/* Which client is which there: seen, linked, linked anew, and what both sides changed. */

typedef struct
{
  CsWorkField field;
  char *ours;
  char *theirs;
} CsWorkDifference;

typedef struct
{
  char *remote_id;        /* "": not linked */
  CsWorkClient *client;   /* (nullable): as last read; NULL: not linked, or not known there (any more) */
  GPtrArray *differences; /* of CsWorkDifference: a person decides [K-1] */
  char *promotion;        /* "", "waiting", "done", "not-kept", "not-reported", "refused", "seen" [K-13] */
  char *message;          /* the remote's words on that */
  char *refusal;          /* why what was changed here was not taken there, "" */
} CsWorkView;
void cs_work_view_free (CsWorkView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkView, cs_work_view_free)

/* Each needs a connection, past or present. */
DexFuture *
cs_work_read_view (CsWork *work, const CsUuid *client_id) G_GNUC_WARN_UNUSED_RESULT; /* CsWorkView */
/* At most fifty; of a unique id or a number that was never read the remote is asked. */
DexFuture *cs_work_search (CsWork *work,
                           const char *text,
                           const char *near_name) G_GNUC_WARN_UNUSED_RESULT; /* array of CsWorkClient */
/* Of a number that was not found so: all others there, one by one. */
typedef void (*CsWorkLooked) (guint n_looked, guint n_all, gpointer object);
DexFuture *cs_work_look_through (CsWork *work, const char *number, CsWorkLooked looked, gpointer object)
    G_GNUC_WARN_UNUSED_RESULT;                 /* array of CsWorkClient */
char *cs_work_parse_number (const char *text); /* (nullable): of an address, or alone */
DexFuture *cs_work_learn_numbers (CsWork *work,
                                  const GPtrArray *clients) G_GNUC_WARN_UNUSED_RESULT; /* guint as a record */
/* Resolves to what it was linked to before, "": linking to that undoes it, as does "". */
DexFuture *cs_work_link_client (CsWork *work,
                                const CsUuid *client_id,
                                const char *remote_id) G_GNUC_WARN_UNUSED_RESULT; /* string as a record */
DexFuture *cs_work_settle (CsWork *work, const CsUuid *client_id, CsWorkField field, gboolean takes_theirs)
    G_GNUC_WARN_UNUSED_RESULT;
/* A lead that was accepted: looked at by a person, or to be tried again. */
DexFuture *
cs_work_settle_promotion (CsWork *work, const CsUuid *client_id, gboolean again) G_GNUC_WARN_UNUSED_RESULT;
/* K-2: one of those that are only there, and all of them. */
DexFuture *cs_work_add_client (CsWork *work, const char *remote_id) G_GNUC_WARN_UNUSED_RESULT; /* CsClient */
DexFuture *
cs_work_list_new (CsWork *work) G_GNUC_WARN_UNUSED_RESULT; /* GPtrArray of CsWorkEntry as a record */

G_END_DECLS
