/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-match.h"
#include "cs-records.h"
#include "cs-work-records.h"

G_BEGIN_DECLS

/* Whom a proposal can be for: a client, or a contact of the ledger that is no client yet [C-02]. */
typedef struct
{
  CsUuid client_id; /* none: a contact that picking it makes a client of */
  char *remote_id;  /* of the contact; "" where the client is not linked */
  char *name;
  char *email;
  char *unique_id; /* tells two of one name apart: our number, or the start of Xero's id */
  gboolean shares_name;
  CsSource source;
} CsContactChoice;

CsContactChoice *cs_contact_choice_new_from_client (const CsClient *client);
CsContactChoice *cs_contact_choice_new_from_contact (const CsLedgerContact *contact);
CsContactChoice *cs_contact_choice_new_from_work (const CsWorkEntry *entry);
void cs_contact_choice_free (CsContactChoice *choice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsContactChoice, cs_contact_choice_free)
/* How far it may be somebody of that name and e-mail (K-4). */
CsMatch cs_contact_choice_match (const CsContactChoice *choice, const char *name, const char *email);
/* Marks those (of CsContactChoice) whose name another has, too. */
void cs_contact_choices_mark_shared_names (GPtrArray *choices);

G_END_DECLS
