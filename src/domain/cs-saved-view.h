/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-filter.h"

G_BEGIN_DECLS

/* A view of invoices that a person named. */
typedef struct
{
  CsUuid id; /* none: not saved yet */
  char *name;
  CsInvoiceFilter *filter; /* its scope is the place's, not the view's */
  char *columns;           /* which, in which order and how wide, as the list writes it; "": as they are */
} CsSavedView;

CsSavedView *cs_saved_view_new (void);
CsSavedView *cs_saved_view_copy (const CsSavedView *view);
void cs_saved_view_free (CsSavedView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSavedView, cs_saved_view_free)

G_END_DECLS
