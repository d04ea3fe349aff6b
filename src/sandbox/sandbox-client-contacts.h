/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-practice-call.h"

/* The people at clients (xpm 5.5). */

gboolean sandbox_client_contact_take (const SandboxPracticeCall *call,
                                      const xmlNode *node,
                                      SandboxClientContact *contact);
void sandbox_client_contact_connect (SandboxClient *client,
                                     const SandboxClientContact *contact,
                                     const xmlNode *node);
