/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Lists of clients from a spreadsheet and for one: the menu of the page of clients, and what it asks. */
#define CS_TYPE_CLIENT_EXCHANGE (cs_client_exchange_get_type ())
G_DECLARE_FINAL_TYPE (CsClientExchange, cs_client_exchange, CS, CLIENT_EXCHANGE, GObject)

CsClientExchange *
cs_client_exchange_new (CsSession *session, GtkWidget *page); /* borrows @page, which owns it */
GtkWidget *cs_client_exchange_make_button (void); /* its items are the page's actions "clients.*" */
void cs_client_exchange_import (CsClientExchange *self);
void cs_client_exchange_undo (CsClientExchange *self); /* what was imported last */
void cs_client_exchange_export (CsClientExchange *self);

G_END_DECLS
