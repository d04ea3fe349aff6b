/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-errors.h"

/* Contacts, to read (sandbox-contacts.c) and to write (sandbox-contacts-write.c); xero-accounting 8. */

void sandbox_contacts_serve (const SandboxCall *call);
void sandbox_contacts_write (const SandboxCall *call);

void sandbox_contact_write_members (const SandboxCall *call, gconstpointer contact, SandboxJson *json);
void sandbox_contact_read_members (SandboxContact *contact, yyjson_val *element, SandboxOutcome *outcome);
SandboxContact *sandbox_contact_save (const SandboxCall *call,
                                      SandboxContact *existing,
                                      yyjson_val *element,
                                      SandboxOutcome *outcome);
