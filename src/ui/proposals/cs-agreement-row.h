/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-pill.h"
#include "cs-records.h"

G_BEGIN_DECLS

/* A row of what an accepted proposal writes, which stays while that goes its way and only says something
 * else: the words have its whole width, so that they can be read on a phone, and the buttons stand below. */
#define CS_TYPE_AGREEMENT_ROW (cs_agreement_row_get_type ())
G_DECLARE_FINAL_TYPE (CsAgreementRow, cs_agreement_row, CS, AGREEMENT_ROW, AdwPreferencesRow)

CsAgreementRow *cs_agreement_row_new (const CsUuid *id);
const CsUuid *cs_agreement_row_get_id (CsAgreementRow *self); /* whose row it is */
void
cs_agreement_row_set_head (CsAgreementRow *self, const char *title, const char *amount, const char *about);
void
cs_agreement_row_set_outcome (CsAgreementRow *self, const char *outcome, gboolean is_bad, const char *advice);
void cs_agreement_row_set_pill (CsAgreementRow *self, CsPill pill);

/* Its buttons, from the first on: those that are there already stay. */
void cs_agreement_row_start_buttons (CsAgreementRow *self);
void cs_agreement_row_add_button (CsAgreementRow *self,
                                  const char *label,
                                  const char *spoken,
                                  const char *detailed_action);
void cs_agreement_row_end_buttons (CsAgreementRow *self); /* those of before that are left go */

G_END_DECLS
