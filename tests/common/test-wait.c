/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-wait.h"

#include "cs-future.h"

/* Only what fails waits so long: a machine that does many things at once is no failure. */
#define WAIT_SECONDS 120
#define TICK_MS 20

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* A promise that another thread keeps does not wake the main loop by itself: so it wakes now and then. */
gboolean
test_wait_until (TestCondition condition, gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  guint timer = g_timeout_add (TICK_MS, wake_cb, NULL);

  while (!condition (data) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  return condition (data);
}

gboolean
test_is_settled (gpointer future)
{
  return !dex_future_is_pending (future);
}

static const GValue *
settle (DexFuture *future, GError **error)
{
  g_assert_true (test_wait_until (test_is_settled, future));
  return dex_future_get_value (future, error);
}

gboolean
test_await (DexFuture *future, GError **error)
{
  gboolean is_good = settle (future, error) != NULL;

  dex_unref (future);
  return is_good;
}

gpointer
test_await_record (DexFuture *future, GError **error)
{
  const GValue *value = settle (future, error);
  gpointer record = value != NULL ? cs_box_steal (g_value_get_boxed (value)) : NULL;

  dex_unref (future);
  return record;
}

gpointer
test_await_object (DexFuture *future, GError **error)
{
  const GValue *value = settle (future, error);
  gpointer object = value != NULL ? g_value_dup_object (value) : NULL;

  dex_unref (future);
  return object;
}
