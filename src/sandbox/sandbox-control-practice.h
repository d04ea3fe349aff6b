/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-control.h"

/* /sandbox/practice/…: what tests ask, and what people do on Practice Manager's own screens. */

SandboxPractice *sandbox_control_choose_practice (SandboxWorld *world, const char *id, SandboxReply *reply);
void sandbox_control_practice_read (SandboxWorld *world,
                                    const SandboxRequest *request,
                                    const char *rest,
                                    SandboxReply *reply);
void sandbox_control_practice (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply);

/* sandbox-control-people.c; FALSE: there is no such call, or nothing of that name. */
gboolean sandbox_control_people (SandboxWorld *world,
                                 SandboxPractice *practice,
                                 char **parts,
                                 yyjson_val *root,
                                 SandboxReply *reply);
