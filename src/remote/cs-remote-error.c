/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-remote-error.h"

/** cs_remote_error_quark: the domain of #CsRemoteError (design.md section 5). */
/* By hand: clang-format takes the name in G_DEFINE_QUARK for a subtraction. */
GQuark
cs_remote_error_quark (void)
{
  return g_quark_from_static_string ("cs-remote-error-quark");
}
