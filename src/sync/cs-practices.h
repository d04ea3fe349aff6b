/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-future.h"
#include "cs-registry.h"
#include "cs-session-ahead.h"

G_BEGIN_DECLS

/* The registry, asked in a thread so that the window never waits for the disk. */
DexFuture *cs_practices_list (const char *data_folder,
                              const CsClock *clock) G_GNUC_WARN_UNUSED_RESULT; /* array of CsPracticeEntry */
DexFuture *
cs_practices_find_last (const char *data_folder,
                        const CsClock *clock,
                        CsSessionAhead *ahead) G_GNUC_WARN_UNUSED_RESULT; /* CsPracticeEntry, NULL: none */
DexFuture *cs_practices_find_demo (const char *data_folder,
                                   const CsClock *clock,
                                   const char *name) G_GNUC_WARN_UNUSED_RESULT; /* made if needed */
DexFuture *cs_practices_create (const char *data_folder,
                                const CsClock *clock,
                                const char *name) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_practices_mark_opened (const char *data_folder,
                                     const CsClock *clock,
                                     const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_practices_rename (const char *data_folder,
                                const CsClock *clock,
                                const CsUuid *id,
                                const char *name) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_practices_remove (const char *data_folder,
                                const CsClock *clock,
                                const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
