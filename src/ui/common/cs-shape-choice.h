/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-shape.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A combo row whose choices stand for the values of a field. Between begin and end the choices are added to
 * the labels that both are given. */
typedef struct
{
  AdwComboRow *row;
  GPtrArray *values; /* of char *; (nullable) elements: inherited */
} CsShapeChoice;

void cs_shape_choice_make (CsShapeChoice *choice, const char *title);
void cs_shape_choice_clear (CsShapeChoice *choice);
const char *cs_shape_choice_get (const CsShapeChoice *choice); /* (nullable): inherited */
void cs_shape_choice_begin (CsShapeChoice *choice,
                            GtkStringList *labels,
                            gboolean may_inherit,
                            CsShapeLevel source,
                            const char *inherited);
void cs_shape_choice_add (CsShapeChoice *choice, GtkStringList *labels, const char *value, const char *label);
void cs_shape_choice_end (CsShapeChoice *choice, GtkStringList *labels, const char *value, const char *gone);

/* How to name what is chosen but is none of the choices. */
char *cs_shape_choice_name_gone_code (const char *code, gboolean is_read);
const char *cs_shape_choice_name_gone (gboolean is_read);

G_END_DECLS
