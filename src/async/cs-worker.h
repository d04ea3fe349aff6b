/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Work off the main thread, and its way back. Every promise of ours is settled on the thread that awaits it:
 * libdex 0.10 makes a fiber runnable twice when one thread drops it while another settles what it waits for,
 * and then frees it under itself. */

/* Runs on a worker; answers a future that is settled already. */
typedef DexFuture *(*CsWorkerFunc) (gpointer data);
DexFuture *
cs_run_on_worker (CsWorkerFunc func, gpointer data, GDestroyNotify free_data) G_GNUC_WARN_UNUSED_RESULT;

/* For a thread that answers many times: what is posted from anywhere is settled in the main context that was
 * the thread's own when the mailbox was made. */
typedef struct _CsMailbox CsMailbox;
CsMailbox *cs_mailbox_new (void);
void cs_mailbox_post (CsMailbox *mailbox, DexPromise *promise, DexFuture *outcome);
void cs_mailbox_free (CsMailbox *mailbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsMailbox, cs_mailbox_free)

G_END_DECLS
