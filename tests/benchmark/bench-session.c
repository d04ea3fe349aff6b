/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-session.h"

#include <sys/resource.h>

double
bench_read_wall (void)
{
  return (double)g_get_monotonic_time () / G_USEC_PER_SEC;
}

double
bench_read_processor (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

double
bench_read_peak (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double)usage.ru_maxrss / 1024;
}

void
bench_settle (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (test_await (future, &error));
  g_assert_no_error (error);
}

void
bench_wait_for_stage (CsConnect *connect, CsConnectStage stage)
{
  while (cs_connect_get_stage (connect) != stage)
    {
      g_assert_cmpint (cs_connect_get_stage (connect), !=, CS_CONNECT_FAILED);
      g_main_context_iteration (NULL, TRUE);
    }
}
