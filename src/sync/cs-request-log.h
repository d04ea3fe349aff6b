/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-database.h"
#include "cs-http.h"

G_BEGIN_DECLS

/* Writes down each call to the outside, in batches, so that a fast reading does not wait for the disk. It is
 * a log: what can't be written is let go, and a killed program loses its last second of it. */
typedef struct _CsRequestLog CsRequestLog;

/* @written: called on this thread after each batch. @writer and @data are good until the log is closed. */
CsRequestLog *cs_request_log_new (CsDatabase *writer, void (*written) (gpointer data), gpointer data);
CsRequestLog *cs_request_log_ref (CsRequestLog *log);
void cs_request_log_unref (CsRequestLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsRequestLog, cs_request_log_unref)

/* For which row of the journal calls are made from now on: pushes go one at a time. NULL: for none. */
void cs_request_log_set_operation (CsRequestLog *log, const CsUuid *journal_id);
void cs_request_log_add (CsRequestLog *log, const CsHttpRecord *record);
/* Gives the last batch to the writer, whose jobs run in order; nothing is taken after it. */
void cs_request_log_close (CsRequestLog *log);

G_END_DECLS
