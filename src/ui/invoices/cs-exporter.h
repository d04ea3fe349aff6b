/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-list-export.h"

G_BEGIN_DECLS

/* A list as CSV, as PDF or on paper: the actions "export.csv", "export.pdf" and "export.print" of
 * a widget, and the menu of them. */
#define CS_TYPE_EXPORTER (cs_exporter_get_type ())
G_DECLARE_FINAL_TYPE (CsExporter, cs_exporter, CS, EXPORTER, GObject)

/* @make: of what is shown, or chosen, at that moment; @data is alive as long as @widget. The answer is owned
 * by @widget.
 */
typedef CsListExport *(*CsExportMake) (gpointer data); /* (transfer full) */
CsExporter *cs_exporter_attach (GtkWidget *widget, CsExportMake make, gpointer data);
GMenuModel *cs_exporter_get_menu (CsExporter *self); /* (transfer none) */

G_END_DECLS
