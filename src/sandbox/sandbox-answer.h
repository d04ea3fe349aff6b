/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-faults.h"

/* A reply on its way out through the socket, and what a fault does to it there. */

void sandbox_answer_send (SandboxWorld *world,
                          SoupServerMessage *message,
                          SandboxReply *reply,
                          SandboxFault fault,
                          int seconds);
