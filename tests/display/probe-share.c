/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probe-share.h"

#include <errno.h>
#include <link.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unwind.h>

#define EVERY_NS (200 * 1000)
#define DEPTH_MAX 200
#define PLACES_MAX 200

typedef enum
{
  WHOSE_NOBODY,
  WHOSE_OWN,
  WHOSE_TOOLKIT,
} Whose;

typedef struct
{
  guintptr start;
  guintptr end;
  Whose whose;
} Place;

static const char *TOOLKIT[]
    = { "libgtk-4",    "libadwaita-1",  "libpango",   "libcairo",    "libpixman",     "libharfbuzz",
        "libfreetype", "libfontconfig", "libfribidi", "libgraphene", "libgdk_pixbuf", "librsvg",
        "libatspi",    "libX",          "libxcb",     "libwayland",  "libxkbcommon" };

static Place places[PLACES_MAX];
static guint n_places;
static pthread_t main_thread;
static int is_busy;
static gint64 counted_us; /* up to when the main thread's time has been given to somebody */
static ProbeShare share;

static gint64
now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* --- whose code is where --- */

static Whose
find_owner (const char *file)
{
  const char *name = strrchr (file, '/');

  /* The program itself has no name in the list of what is loaded. */
  if (*file == '\0')
    return WHOSE_OWN;
  name = name != NULL ? name + 1 : file;
  for (guint i = 0; i < G_N_ELEMENTS (TOOLKIT); i++)
    if (g_str_has_prefix (name, TOOLKIT[i]))
      return WHOSE_TOOLKIT;
  return WHOSE_NOBODY;
}

static int
add_places (struct dl_phdr_info *info, size_t size, void *data)
{
  Whose whose = find_owner (info->dlpi_name);

  for (guint i = 0; i < info->dlpi_phnum && whose != WHOSE_NOBODY; i++)
    {
      const ElfW (Phdr) *part = &info->dlpi_phdr[i];
      guintptr start = info->dlpi_addr + part->p_vaddr;

      if (part->p_type == PT_LOAD && (part->p_flags & PF_X) != 0 && n_places < PLACES_MAX)
        places[n_places++] = (Place){ start, start + part->p_memsz, whose };
    }
  return 0;
}

static Whose
whose_is (guintptr address)
{
  for (guint i = 0; i < n_places; i++)
    if (address >= places[i].start && address < places[i].end)
      return places[i].whose;
  return WHOSE_NOBODY;
}

/* --- asking --- */

typedef struct
{
  Whose whose;
  guint depth;
  gboolean is_below; /* past the signal's own functions, at what it interrupted */
} Walk;

static _Unwind_Reason_Code
look (struct _Unwind_Context *context, void *data)
{
  Walk *walk = data;
  int is_interrupted = 0;
  guintptr address = _Unwind_GetIPInfo (context, &is_interrupted);

  walk->is_below |= is_interrupted != 0;
  walk->whose = walk->is_below ? whose_is (address) : WHOSE_NOBODY;
  return walk->whose != WHOSE_NOBODY || ++walk->depth > DEPTH_MAX ? _URC_END_OF_STACK : _URC_NO_REASON;
}

/* On the main thread, wherever it is just then; one that waits for the disk answers only afterwards, and all
 * of that time is whose who waited. To find who called needs no lock (glibc 2.35 and later), so this may come
 * in at any place. */
static void
on_asked (int signal_number)
{
  int kept = errno;
  Walk walk = { WHOSE_NOBODY, 0, FALSE };
  gint64 until_us = now_us (), took_us = until_us - counted_us;

  if (__atomic_load_n (&is_busy, __ATOMIC_RELAXED))
    {
      _Unwind_Backtrace (look, &walk);
      *(walk.whose == WHOSE_OWN       ? &share.own_us
        : walk.whose == WHOSE_TOOLKIT ? &share.toolkit_us
                                      : &share.other_us)
          += took_us;
    }
  counted_us = until_us;
  errno = kept;
}

static gpointer
ask (gpointer data)
{
  const struct timespec pause = { 0, EVERY_NS };

  for (;;)
    {
      nanosleep (&pause, NULL);
      if (__atomic_load_n (&is_busy, __ATOMIC_RELAXED))
        pthread_kill (main_thread, SIGPROF);
    }
  return NULL;
}

void
probe_share_begin (void)
{
  struct sigaction action = { .sa_handler = on_asked, .sa_flags = SA_RESTART };

  if (n_places > 0)
    return;
  dl_iterate_phdr (add_places, NULL);
  main_thread = pthread_self ();
  counted_us = now_us ();
  if (sigaction (SIGPROF, &action, NULL) == 0)
    g_thread_unref (g_thread_new ("probe-share", ask, NULL));
}

void
probe_share_set_busy (gboolean busy)
{
  if (busy)
    counted_us = now_us ();
  __atomic_store_n (&is_busy, busy, __ATOMIC_RELAXED);
}

ProbeShare
probe_share_take (void)
{
  ProbeShare taken;
  sigset_t asked, before;

  sigemptyset (&asked);
  sigaddset (&asked, SIGPROF);
  pthread_sigmask (SIG_BLOCK, &asked, &before);
  taken = share;
  memset (&share, 0, sizeof share);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  return taken;
}
