/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"
#include "cs-shape-check.h"

G_BEGIN_DECLS

/* What shapes an invoice, for a person. (transfer full) unless said otherwise. @world: names what has an id.
 */
char *cs_shape_words_terms (CsTerms terms);            /* "20 days after the invoice date" */
const char *cs_shape_words_level (CsShapeLevel level); /* (transfer none): "from the client", "" for nobody */
char *cs_shape_words_theme (const char *theme_id, const CsShapeWorld *world);
char *cs_shape_words_tracking (const char *tracking, const CsShapeWorld *world); /* "North, Audit"; "" */
char *cs_shape_words_violation (CsOutcome outcome, const char *parameter);
char *cs_shape_words_split (CsPlanSplit split); /* "" where it is not one of several */
/* What a preview says of an invoice beside date, due date, status and total; "" when that is nothing. */
char *cs_shape_words_invoice (const CsPlannedInvoice *invoice, const CsShapeWorld *world);

G_END_DECLS
