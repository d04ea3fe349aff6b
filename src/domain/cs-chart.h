/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-sums.h"

G_BEGIN_DECLS

/* What a drawing of amounts needs to know, in whole numbers: how long, how high, which months. */

/* Shares out @length (pixels) by @parts (minor units, those below zero count as none): the shares come to
 * @length exactly unless there is nothing, and what is something has one pixel at least. */
void cs_chart_share (const gint64 *parts, guint n_parts, guint length, guint *shares);
gint64 cs_chart_ceiling (gint64 most); /* the next of 1, 2, 5, 10, 20 …, not below @most */
guint cs_chart_height (gint64 value, gint64 ceiling, guint length);

#define CS_CHART_MONTHS 12
/* Of CsInvoiceMonth: @n months in order, the last of them that of @today; months of which @months has nothing
 * in
 * @currency are zero. */
GArray *cs_chart_fill_months (const GArray *months, CsCurrency currency, CsDate today, guint n);

G_END_DECLS
