/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A sheet, in points (1/72 inch). */
typedef struct
{
  double width;
  double height;
  double margin; /* on each side */
} CsPaper;

CsPaper cs_paper_for_locale (const char *locale);

G_END_DECLS
