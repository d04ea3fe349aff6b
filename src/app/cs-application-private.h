/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-application.h"
#include "cs-demo.h"
#include "cs-desk-bus.h"
#include "cs-notice.h"
#include "cs-registry.h"
#include "cs-session.h"
#include "cs-session-ahead.h"
#include "cs-window.h"

G_BEGIN_DECLS

/* Which practice to open. */
typedef enum
{
  CS_OPEN_LAST,
  CS_OPEN_DEMO,
  CS_OPEN_NEW,
} CsOpenKind;

struct _CsApplication
{
  AdwApplication parent_instance;

  /* Options */
  gboolean is_demo;
  gboolean is_version;
  char *data_folder;
  char *sandbox;
  char *now;
  int width;
  int height;

  CsClock *clock;
  CsWindow *window;
  CsPracticeEntry *entry; /* of what is open, or was tried last */
  CsDemo *demo;
  char *demo_address;       /* (nullable): where the practice knows it */
  gboolean is_demo_offered; /* to be started again, where it can be pressed */
  CsSession *session;
  CsDeskBus *bus;   /* (nullable): the session for the other programs of this desk */
  CsNotice *notice; /* (nullable): tells who looks elsewhere */
  const char
      *wanted; /* (nullable): the window's action that the desktop asked for, until a practice is open */

  CsOpenKind kind;
  char *new_name;
  DexFuture *found;      /* (nullable): the practice that was opened last, looked for while GTK begins */
  CsSessionAhead *ahead; /* (nullable): and its files, until the first session is opened */
  DexFuture *opening;
  DexFuture *closing;
  gboolean is_closing;
  guint patience_timer; /* until the window is shown although nothing is open */
  guint slow_timer;
  guint late_timer;
  DexFutureCallback and_then; /* what comes after closing */
  gboolean was_warned;        /* that an edit would be lost */
};

/* Shows the window, whatever there is on it by now; the second as a source's callback. */
void cs_application_present (CsApplication *self);
gboolean cs_application_present_idle (gpointer self);
/* cs-application-practice.c */
void cs_application_show_opening (CsApplication *self);
void cs_application_open (CsApplication *self, CsOpenKind kind, const char *new_name);
void cs_application_close (CsApplication *self, DexFutureCallback and_then);
void cs_application_quit (CsApplication *self);
/* Does what the desktop asked for, if it asked and the practice is open. */
void cs_application_do_wanted (CsApplication *self);
void cs_application_throw_away_demo (CsApplication *self);
/* The demo's sandbox was offered to be started again: it is being started, or nobody needs it any more. */
void cs_application_end_offer (CsApplication *self);

G_END_DECLS
