/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-store-connections.h"

G_BEGIN_DECLS

/* The mirror of the ledger. A page and its cursor are one transaction. */
gboolean cs_store_save_contacts (CsStore *store,
                                 const CsUuid *connection_id,
                                 GPtrArray *contacts,
                                 const CsCursor *cursor,
                                 GError **error);
gboolean cs_store_save_invoices (CsStore *store,
                                 const CsUuid *connection_id,
                                 GPtrArray *invoices,
                                 const CsCursor *cursor,
                                 GError **error);
/* Whole small lists replace what was there. */
gboolean
cs_store_save_accounts (CsStore *store, const CsUuid *connection_id, GPtrArray *accounts, GError **error);
gboolean
cs_store_save_tax_rates (CsStore *store, const CsUuid *connection_id, GPtrArray *rates, GError **error);
gboolean
cs_store_save_tracking (CsStore *store, const CsUuid *connection_id, GPtrArray *categories, GError **error);
gboolean cs_store_save_branding_themes (CsStore *store,
                                        const CsUuid *connection_id,
                                        GPtrArray *themes,
                                        GError **error);
gboolean cs_store_save_items (CsStore *store, const CsUuid *connection_id, GPtrArray *items, GError **error);
gboolean cs_store_save_organisation (CsStore *store,
                                     const CsUuid *connection_id,
                                     const CsLedgerOrganisation *organisation,
                                     GError **error);
gboolean cs_store_mark_synced (CsStore *store, const CsUuid *connection_id, gint64 synced_ms, GError **error);

/* Payments and credits. @kind: the cursor's, "payments", "credit-notes", "prepayments" or "overpayments". */
gboolean cs_store_save_settlements (CsStore *store,
                                    const CsUuid *connection_id,
                                    const char *kind,
                                    GPtrArray *settlements,
                                    const CsCursor *cursor,
                                    GError **error);
/* What they changed on invoices whose copy here does not have it yet: remote ids, to be read and saved. */
GPtrArray *
cs_store_list_stale_invoices (CsStore *store, const CsUuid *connection_id, guint limit, GError **error);
gboolean cs_store_save_followed_invoices (CsStore *store,
                                          const CsUuid *connection_id,
                                          const char *const *asked,
                                          GPtrArray *invoices,
                                          GError **error);
GPtrArray *cs_store_list_settlements_of_contact (CsStore *store,
                                                 const CsUuid *connection_id,
                                                 const char *remote_contact_id,
                                                 GError **error); /* of CsLedgerSettlement, newest first */

GPtrArray *cs_store_list_contacts (CsStore *store,
                                   const CsUuid *connection_id,
                                   GError **error); /* of CsLedgerContact: active, by name */
CsLedgerContact *
cs_store_get_contact (CsStore *store, const CsUuid *connection_id, const char *remote_id, GError **error);
GPtrArray *cs_store_list_accounts (CsStore *store, const CsUuid *connection_id, GError **error);
GPtrArray *cs_store_list_tax_rates (CsStore *store, const CsUuid *connection_id, GError **error);
GPtrArray *cs_store_list_tracking (CsStore *store, const CsUuid *connection_id, GError **error);
GPtrArray *cs_store_list_branding_themes (CsStore *store, const CsUuid *connection_id, GError **error);
GPtrArray *cs_store_list_items (CsStore *store, const CsUuid *connection_id, GError **error);
CsLedgerOrganisation *cs_store_get_organisation (CsStore *store, const CsUuid *connection_id, GError **error);

/* Of CsLedgerInvoice without lines and payments, sales only, newest first (date, then number, descending). */
GPtrArray *cs_store_list_invoices (CsStore *store, const CsUuid *connection_id, GError **error);
GPtrArray *cs_store_list_invoices_of_contact (CsStore *store,
                                              const CsUuid *connection_id,
                                              const char *remote_contact_id,
                                              GError **error);
CsLedgerInvoice *cs_store_get_invoice (CsStore *store,
                                       const CsUuid *connection_id,
                                       const char *remote_id,
                                       GError **error); /* whole */

G_END_DECLS
