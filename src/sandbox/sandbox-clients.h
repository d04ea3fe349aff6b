/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-practice-call.h"

/* Clients on their way out. */

void sandbox_client_write (const SandboxWorld *world,
                           const SandboxPractice *practice,
                           const SandboxClient *client,
                           gboolean detailed,
                           SandboxXml *xml);
void sandbox_client_answer (const SandboxPracticeCall *call, const SandboxClient *client);
void sandbox_client_contact_members (const SandboxClientContact *contact, SandboxXml *xml);
void sandbox_client_modified (const SandboxPracticeCall *call, SandboxClient *client);
void sandbox_clients_parts_modified (const SandboxPracticeCall *call, SandboxClient *client);
SandboxClient *sandbox_client_named (const SandboxPracticeCall *call, const char *id);

/* A page by its token (xpm 5.2). */
typedef struct
{
  guint size;
  guint first; /* index of the record to go on with */
  guint next;  /* the same of the next page; 0: there is none */
} SandboxPracticePage;

gboolean sandbox_practice_page_read (const SandboxPracticeCall *call, SandboxPracticePage *page);
void sandbox_practice_page_write (const SandboxPracticeCall *call,
                                  const SandboxPracticePage *page,
                                  const char *method,
                                  SandboxXml *xml);
