/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-practice-entry.h"
#include "cs-store.h"

G_BEGIN_DECLS

typedef struct _CsRegistry CsRegistry;
CsRegistry *cs_registry_open (const char *data_folder, const CsClock *clock, GError **error);
void cs_registry_close (CsRegistry *registry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsRegistry, cs_registry_close)
GPtrArray *
cs_registry_list (CsRegistry *registry, GError **error); /* of CsPracticeEntry, last opened first */
CsPracticeEntry *cs_registry_add (CsRegistry *registry, const char *name, gboolean is_demo, GError **error);
gboolean cs_registry_mark_opened (CsRegistry *registry, const CsUuid *id, GError **error);
gboolean cs_registry_rename (CsRegistry *registry, const CsUuid *id, const char *name, GError **error);
/* Removes the entry and, for a demo only, its folder. A real practice's folder is never deleted. */
gboolean cs_registry_remove (CsRegistry *registry, const CsUuid *id, GError **error);

G_END_DECLS
