/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-future.h"

G_BEGIN_DECLS

/* libsecret's keyring in a file, where there is one: in a Flatpak, or where SECRET_BACKEND says so. It is
 * written as a whole, by each process from what that one remembers of it. So writers take turns, and whoever
 * reads looks whether another has written since. Elsewhere each of these does nothing. */
gboolean cs_keyring_is_file (void);

typedef struct _CsKeyringLock CsKeyringLock;
void cs_keyring_lock_free (CsKeyringLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsKeyringLock, cs_keyring_lock_free)

CsKeyringLock *cs_keyring_file_lock (GError **error); /* in a fiber; (nullable): none is needed */
void cs_keyring_file_refresh (void);                  /* before each use */
void cs_keyring_file_written (gboolean is_done);      /* after each write, locked */

G_END_DECLS
