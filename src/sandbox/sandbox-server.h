/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-state.h"

/* Sockets: requests in, replies out, state to disk before a change is answered, and the faults that need a
 * socket. */

typedef struct _SandboxServer SandboxServer;

SandboxServer *sandbox_server_new (SandboxWorld *world, SandboxState *state);
void sandbox_server_free (SandboxServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxServer, sandbox_server_free)
gboolean sandbox_server_listen (SandboxServer *self, guint port, GError **error);
guint sandbox_server_get_port (SandboxServer *self);
