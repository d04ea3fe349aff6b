/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-connect.h"

G_BEGIN_DECLS

/* What a wrong turn of connecting reads like: what happened, and what to do. */
typedef struct
{
  const char *icon_name;
  const char *title;
  const char *advice;
  gboolean show_redirects; /* the addresses to register help */
  gboolean show_words;     /* the error's own words add something */
} CsConnectWords;

CsConnectWords cs_connect_words_for (CsConnectProblem problem);
/* "4:59 left" in words; "" once it is over. (transfer full) */
char *cs_connect_words_time_left (gint64 deadline_ms, gint64 now_ms);
/* NULL when @client_id may be one, else what is wrong with it. */
const char *cs_connect_words_check_client_id (const char *client_id);

G_END_DECLS
