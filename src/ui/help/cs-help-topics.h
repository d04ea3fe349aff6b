/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the help says: a topic for each task that a person can do. All text is untranslated here; whoever
 * shows it translates it. */
typedef enum
{
  CS_HELP_TEXT,    /* a paragraph */
  CS_HELP_HEADING, /* of what follows */
  CS_HELP_STEP,    /* numbered, from 1 after each heading */
  CS_HELP_POINT,   /* one of several, in no order */
} CsHelpKind;

typedef struct
{
  CsHelpKind kind;
  const char *text;
} CsHelpBlock;

typedef struct
{
  const char *name; /* never shown, never changed: what leads to it */
  const char *title;
  const CsHelpBlock *blocks;
  gsize n_blocks;
  const char *go_label;  /* (nullable): of a button that leads there, with its mnemonic */
  const char *go_action; /* (nullable): a detailed action of the window */
} CsHelpTopic;

const CsHelpTopic *cs_help_topics_list (gsize *n_topics);
const CsHelpTopic *cs_help_topics_find (const char *name);
/* What is likely wanted by somebody who looks at @subject: the name of a page, or the type of a dialog. */
const CsHelpTopic *cs_help_topics_for (const char *subject);

G_END_DECLS
