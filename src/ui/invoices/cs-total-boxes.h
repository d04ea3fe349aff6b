/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-invoice-sums.h"

G_BEGIN_DECLS

/* "Total unpaid" and "Total paid" [V-05], two buttons that list what they come to [V-06]: they activate
 * "invoices.show" with the name of a view. */
#define CS_TYPE_TOTAL_BOXES (cs_total_boxes_get_type ())
G_DECLARE_FINAL_TYPE (CsTotalBoxes, cs_total_boxes, CS, TOTAL_BOXES, AdwBin)

void cs_total_boxes_set (CsTotalBoxes *self, const CsInvoiceSums *sums);

G_END_DECLS
