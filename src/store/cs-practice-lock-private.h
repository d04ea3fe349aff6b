/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-practice-lock.h"

G_BEGIN_DECLS

/* What the lock's file says, beside the database and not in it: so it does not go back in time when the
 * database is restored from a backup. */
typedef struct
{
  gint64 epoch;   /* of the last holder */
  gint64 claimed; /* the last epoch under which a store was claimed */
  gint64 sent;    /* how many rows were ever frozen to be sent */
  gint64 pid;     /* of the last holder */
} CsLockNotes;

gboolean cs_lock_notes_read (int fd, CsLockNotes *notes, GError **error);
gboolean cs_lock_notes_write (int fd, const CsLockNotes *notes, GError **error);
int cs_practice_lock_get_fd (const CsPracticeLock *lock);
/* The lock's file was lost and made anew, but the practice knows a later epoch: go on above that. */
gboolean cs_practice_lock_raise (CsPracticeLock *lock, gint64 above, GError **error);

G_END_DECLS
