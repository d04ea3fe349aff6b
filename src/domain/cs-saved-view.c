/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-saved-view.h"

/** cs_saved_view_new: Returns: (transfer full): a view without a name: open invoices, newest first */
CsSavedView *
cs_saved_view_new (void)
{
  CsSavedView *view = g_new0 (CsSavedView, 1);

  view->name = g_strdup ("");
  view->filter = cs_invoice_filter_new ();
  view->columns = g_strdup ("");
  return view;
}

/** cs_saved_view_copy: Returns: (transfer full): the same again */
CsSavedView *
cs_saved_view_copy (const CsSavedView *view)
{
  CsSavedView *copy;

  g_return_val_if_fail (view != NULL, NULL);

  copy = g_new0 (CsSavedView, 1);
  copy->id = view->id;
  copy->name = g_strdup (view->name);
  copy->filter = cs_invoice_filter_copy (view->filter);
  copy->columns = g_strdup (view->columns);
  return copy;
}

/** cs_saved_view_free: @view: (nullable) (transfer full) */
void
cs_saved_view_free (CsSavedView *view)
{
  if (view == NULL)
    return;
  g_free (view->name);
  cs_invoice_filter_free (view->filter);
  g_free (view->columns);
  g_free (view);
}
