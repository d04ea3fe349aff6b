/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-remote-error.h"

/** cs_remote_error_quark: the domain of #CsRemoteError (design.md section 5). */
G_DEFINE_QUARK (cs - remote - error - quark, cs_remote_error)
