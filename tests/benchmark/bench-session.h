/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../sync/sandbox-fixture.h"

G_BEGIN_DECLS

/* What a real session is timed with: seconds, and MiB. */
double bench_read_wall (void);
double bench_read_processor (void);
double bench_read_peak (void); /* the most that this process ever held */

/* Without an end to its patience. Takes @future, which goes well. */
void bench_settle (DexFuture *future);
void bench_wait_for_stage (CsConnect *connect, CsConnectStage stage);

G_END_DECLS
