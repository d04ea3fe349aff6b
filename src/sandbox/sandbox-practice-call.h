/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"
#include "sandbox-practice.h"
#include "sandbox-xml.h"

/* A call of Practice Manager that has passed the door (sandbox-practice-door.c), and how it is answered: in
 * XML, with most errors inside HTTP 200 (xpm 1.2). */

#define SANDBOX_PRACTICE_PREFIX "/practicemanager/"
#define SANDBOX_PRACTICE_VERSION "3.1/"

typedef struct
{
  SandboxWorld *world;
  SandboxPractice *practice;
  const SandboxRequest *request;
  SandboxReply *reply;
  const char *scopes;     /* granted */
  const char *api_method; /* of the envelope */
  const char *identifier; /* what the route's * stands for, decoded, or NULL */
  const xmlNode *root;    /* of the body, or NULL */
} SandboxPracticeCall;

typedef void (*SandboxPracticeHandler) (const SandboxPracticeCall *call);

void sandbox_practice_door (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
gboolean sandbox_is_practice_path (const char *path);

gboolean sandbox_practice_assumes (const SandboxPracticeCall *call, SandboxAssumption assumption);
gint64 sandbox_practice_now_ms (const SandboxPracticeCall *call);
int sandbox_practice_today (const SandboxPracticeCall *call);

/* Answers: open, write, send; or an error, in HTTP 200 unless said. */
void sandbox_practice_open (const SandboxPracticeCall *call, SandboxXml *xml);
void sandbox_practice_send (const SandboxPracticeCall *call, SandboxXml *xml);
void sandbox_practice_ok (const SandboxPracticeCall *call);
void sandbox_practice_error (const SandboxPracticeCall *call, const char *description);
void
sandbox_practice_refuse (SandboxReply *reply, guint status, const char *api_method, const char *description);
void sandbox_practice_changed (const SandboxPracticeCall *call, SandboxPracticeList list, gpointer record);

/* A list that is written while it goes out: `write` for each record that `keep` lets pass. A record that
 * changes meanwhile goes out as it is when its turn comes. */
typedef struct _SandboxPracticeStream SandboxPracticeStream;
typedef gboolean (*SandboxStreamKeep) (const SandboxPracticeStream *stream, gconstpointer record);
typedef void (*SandboxStreamWrite) (const SandboxPracticeStream *stream,
                                    gconstpointer record,
                                    SandboxXml *xml);

struct _SandboxPracticeStream
{
  SandboxWorld *world;
  SandboxPractice *practice;
  GPtrArray *records; /* lent */
  const char *element;
  SandboxStreamKeep keep; /* NULL: all of them */
  SandboxStreamWrite write;
  gboolean detailed;
  gint64 from; /* what `keep` and `write` make of it */
  gint64 to;
  char *text;
  guint next;
  gboolean opened;
  char *head;
};

void sandbox_practice_stream (const SandboxPracticeCall *call, SandboxPracticeStream *stream);

/* What came in. */
char *sandbox_practice_body_id (const SandboxPracticeCall *call, const char *name);
gboolean sandbox_practice_read_day (const char *text, int *day);
