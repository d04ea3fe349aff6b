/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *test_folder_new (void);               /* (transfer full): an empty folder of the test's own */
void test_folder_remove (const char *path); /* and all that is in it, but nothing that a link leads to */

G_END_DECLS
