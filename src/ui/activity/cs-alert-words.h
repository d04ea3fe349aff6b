/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-alert.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* What needs a person, in words made of its code and parameters. (transfer full), "" for nothing to say */
char *cs_alert_words_title (const CsAlert *alert);
char *cs_alert_words_what (const CsAlert *alert, CsSession *session);

/* The one button that settles it, or leads there. */
typedef struct
{
  const char *label;  /* (nullable): none */
  const char *action; /* for the id of the row that it is about; "alert.seen" for the alert's own */
} CsAlertButton;
CsAlertButton cs_alert_words_button (const CsAlert *alert);

G_END_DECLS
