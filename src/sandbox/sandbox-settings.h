/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* The lists that shape a document: Organisation, Accounts, TaxRates, themes, tracking, items (xero-accounting
 * 11). */

void sandbox_settings_organisation (const SandboxCall *call);
void sandbox_settings_accounts (const SandboxCall *call);
void sandbox_settings_tax_rates (const SandboxCall *call);
void sandbox_settings_themes (const SandboxCall *call);
void sandbox_settings_tracking (const SandboxCall *call);
void sandbox_settings_items (const SandboxCall *call);
void sandbox_settings_currencies (const SandboxCall *call);
void sandbox_settings_repeating (const SandboxCall *call);

char *sandbox_settings_default_theme (SandboxOrganisation *organisation);
gboolean sandbox_settings_has_theme (SandboxOrganisation *organisation, const char *id);
gboolean
sandbox_settings_write_tracking (SandboxOrganisation *organisation, yyjson_val *sent, SandboxJson *json);
