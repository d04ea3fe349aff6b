/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-record.h"
#include "cs-session.h"

G_BEGIN_DECLS

typedef enum
{
  CS_LIST_LOADING, /* never read yet */
  CS_LIST_READY,
  CS_LIST_FAILED, /* the last read failed; what was read before is still here */
} CsListState;

/* Where the rows come from. */
typedef struct
{
  guint changes;                       /* of CsChange: what asks for a new read */
  CsStoreFunc read;                    /* on the reader thread: answers a GPtrArray of plain records */
  CsRecord *(*wrap) (gpointer record); /* (transfer full) @record: makes a row of it */
} CsRecordSource;

/* A GListModel of CsRecord that reads itself again when the session says so, and tells only what is
 * different: an item that is still there keeps its object, its selection and its place on screen. Property
 * "state". */
#define CS_TYPE_RECORD_LIST (cs_record_list_get_type ())
G_DECLARE_FINAL_TYPE (CsRecordList, cs_record_list, CS, RECORD_LIST, GObject)

CsRecordList *cs_record_list_new (CsSession *session, const CsRecordSource *source); /* @source is static */
CsListState cs_record_list_get_state (CsRecordList *self);
const char *cs_record_list_get_problem (CsRecordList *self); /* why it failed, "" */
void cs_record_list_reload (CsRecordList *self);
void cs_record_list_take (CsRecordList *self, GPtrArray *fresh);   /* of CsRecord; (transfer full) */
gpointer cs_record_list_find (CsRecordList *self, const char *id); /* (transfer none) (nullable) */

G_END_DECLS
