/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory for what is made together and let go together: the records of a page. A record that lies in one
 * holds it (cs_arena_ref), and what it points to is never freed by itself. */
typedef struct _CsArena CsArena;

CsArena *cs_arena_new (void);
CsArena *cs_arena_ref (CsArena *arena);
void cs_arena_unref (CsArena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsArena, cs_arena_unref)

gpointer cs_arena_alloc0 (CsArena *arena, gsize size);
char *cs_arena_dup_text (CsArena *arena, const char *text, gsize size);

#define cs_arena_new_array(arena, Type, n) ((Type *)cs_arena_alloc0 ((arena), sizeof (Type) * (n)))

G_END_DECLS
