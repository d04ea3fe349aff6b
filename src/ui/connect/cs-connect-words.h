/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-connect.h"

G_BEGIN_DECLS

typedef enum
{
  CS_CONNECT_SHOW_TEXT = 1 << 0,      /* the error's own words, or what is missing, add something */
  CS_CONNECT_SHOW_REDIRECTS = 1 << 1, /* the addresses to register help */
} CsConnectExtras;

/* Beside Cancel and Back, which are on every page. */
typedef enum
{
  CS_CONNECT_RETRY = 1 << 0,
  CS_CONNECT_CHOOSE_AGAIN = 1 << 1,  /* where the login's organisations are still known */
  CS_CONNECT_SOMEBODY_ELSE = 1 << 2, /* what trying again means there */
  CS_CONNECT_READ_AGAIN = 1 << 3,
} CsConnectButtons;

/* What a wrong turn of connecting reads like: what happened, why, and what to do. */
typedef struct
{
  CsConnectProblem problem;
  const char *icon_name;
  const char *title;
  const char *advice;
  CsConnectExtras extras;
  CsConnectButtons buttons;
} CsConnectWords;

CsConnectWords cs_connect_words_for (CsConnectProblem problem);
/* "4:59 left" in words; "" once it is over. (transfer full) */
char *cs_connect_words_time_left (gint64 deadline_ms, gint64 now_ms);
/* NULL when @client_id may be one, else what is wrong with it. */
const char *cs_connect_words_check_client_id (const char *client_id);

G_END_DECLS
