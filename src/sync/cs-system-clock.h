/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"

G_BEGIN_DECLS

/* The computer's clock, which a demo may have stand at another day. */
CsClock *cs_system_clock_new (gint64 offset_ms);
void cs_system_clock_free (CsClock *clock);

G_END_DECLS
