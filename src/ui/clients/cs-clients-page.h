/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-client-set.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* The clients, by name, and one with its proposals and invoices. */
#define CS_TYPE_CLIENTS_PAGE (cs_clients_page_get_type ())
G_DECLARE_FINAL_TYPE (CsClientsPage, cs_clients_page, CS, CLIENTS_PAGE, AdwBin)

GtkWidget *cs_clients_page_new (CsSession *session);
void cs_clients_page_show (CsClientsPage *self, const CsUuid *id);
void cs_clients_page_create (CsClientsPage *self); /* asks for a new client */
void cs_clients_page_show_set (CsClientsPage *self, CsClientSetKind kind, const CsUuid *id);
void cs_clients_page_create_set (CsClientsPage *self, CsClientSetKind kind);
void cs_clients_page_create_one (CsClientsPage *self); /* of what is listed */
void cs_clients_page_focus_search (CsClientsPage *self);

G_END_DECLS
