/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The benchmark's word on whose a frame was (issue "Invoice review": our own share beside GTK's) is worth
 * what this finds: work of the program alone is the program's, also where the C library does it, and painting
 * is the toolkit's. */
#include "probe-share.h"

#include <cairo.h>
#include <signal.h>
#include <string.h>

#define WORK_US (200 * 1000)
#define SIDE 400
#define TIMES 5

typedef void (*Work) (void);

static void
work_alone (void)
{
  static char bytes[64 * 1024];

  memset (bytes, bytes[0] + 1, sizeof bytes);
}

static void
paint (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE, SIDE);
  cairo_t *cairo = cairo_create (surface);

  cairo_set_source_rgba (cairo, 0.2, 0.4, 0.6, 0.5);
  cairo_arc (cairo, SIDE / 2, SIDE / 2, SIDE / 2, 0, 6);
  cairo_fill (cairo);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
}

static ProbeShare
measure (Work work)
{
  gint64 until = g_get_monotonic_time () + WORK_US;

  probe_share_begin ();
  (void)probe_share_take ();
  probe_share_set_busy (TRUE);
  while (g_get_monotonic_time () < until)
    work ();
  probe_share_set_busy (FALSE);
  return probe_share_take ();
}

static void
test_own (void)
{
  ProbeShare share = measure (work_alone);

  g_assert_cmpint (share.own_us, >, 0);
  g_assert_cmpint (share.own_us, >, TIMES * share.toolkit_us);
}

static void
test_toolkit (void)
{
  ProbeShare share = measure (paint);

  g_assert_cmpint (share.toolkit_us, >, 0);
  g_assert_cmpint (share.toolkit_us, >, TIMES * share.own_us);
}

/* The answer comes late where the thread could not be interrupted, as while it waits for the disk: nothing of
 * that time is lost. */
static void
work_uninterrupted (void)
{
  gint64 until = g_get_monotonic_time () + WORK_US / 2;
  sigset_t asked, before;

  sigemptyset (&asked);
  sigaddset (&asked, SIGPROF);
  pthread_sigmask (SIG_BLOCK, &asked, &before);
  while (g_get_monotonic_time () < until)
    work_alone ();
  pthread_sigmask (SIG_SETMASK, &before, NULL);
}

static void
test_late (void)
{
  g_assert_cmpint (measure (work_uninterrupted).own_us, >=, WORK_US / 2);
}

/* What is waited for is nobody's. */
static void
test_waiting (void)
{
  ProbeShare share;

  probe_share_begin ();
  (void)probe_share_take ();
  g_usleep (WORK_US);
  share = probe_share_take ();
  g_assert_cmpint (share.own_us + share.toolkit_us + share.other_us, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/share/own", test_own);
  g_test_add_func ("/probe/share/toolkit", test_toolkit);
  g_test_add_func ("/probe/share/late", test_late);
  g_test_add_func ("/probe/share/waiting", test_waiting);
  return g_test_run ();
}
