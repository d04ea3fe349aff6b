/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-future.h"
#include "cs-remote-error.h"

G_BEGIN_DECLS

/* The desktop's keyring as libsecret reaches it: one item per practice and grant. Writes of this process are
 * made one at a time in the order in which they were asked for, and wait for those of another where the
 * keyring is a file. A call that nobody waits for any more is not made if its turn hasn't come, else it ends
 * by itself. */
DexFuture *
cs_keyring_look_up (const char *practice_id,
                    const char *grant_id) G_GNUC_WARN_UNUSED_RESULT; /* a SecretValue, boxed; NULL: none */
/* Neither unlocks nor asks anybody. */
DexFuture *cs_keyring_is_locked (const char *practice_id, const char *grant_id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_keyring_store (const char *practice_id,
                             const char *grant_id,
                             const char *label,
                             const char *value) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves FALSE, and writes nothing, where the item is not @expected (NULL: not there) any more. */
DexFuture *cs_keyring_replace (const char *practice_id,
                               const char *grant_id,
                               const char *label,
                               const char *expected,
                               const char *value) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_keyring_clear (const char *practice_id, const char *grant_id) G_GNUC_WARN_UNUSED_RESULT;

GError *cs_keyring_error_locked (void);
GError *cs_keyring_error_absent (const char *words);

G_END_DECLS
