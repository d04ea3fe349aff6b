/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-client.h"

/* What the tests of Practice Manager add to the smallest client: XML, read by libxml2 on this side, too. */

#define PRACTICE_SCOPES "openid profile email offline_access practicemanager"
#define PRACTICE_GRANULAR                                                                                    \
  "openid profile email offline_access practicemanager.client practicemanager.job "                          \
  "practicemanager.staff.read"
#define PRACTICE "/practicemanager/3.1/"

Sandbox *practice_start (const char *size);
Sandbox *practice_start_signed_in (const char *size);
Answer *practice_send (Sandbox *sandbox, const char *method, const char *path, const char *body);
Answer *practice_get (Sandbox *sandbox, const char *format, ...) G_GNUC_PRINTF (2, 3);
Answer *practice_post (Sandbox *sandbox, const char *path, const char *format, ...) G_GNUC_PRINTF (3, 4);
Answer *practice_put (Sandbox *sandbox, const char *path, const char *format, ...) G_GNUC_PRINTF (3, 4);
Answer *practice_control (Sandbox *sandbox, const char *body, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* The string of an XPath expression, such as "count(//Client)"; NULL: the body is not well-formed. */
char *answer_xml (Answer *answer, const char *expression);
void assert_xml (Answer *answer, const char *expression, const char *expected);
void assert_ok (Answer *answer);
void assert_practice_error (Answer *answer, guint status, const char *description);

/* Each asserts that it went well. */
char *practice_make_client (Sandbox *sandbox, const char *name);
char *practice_make_job (Sandbox *sandbox, const char *client, const char *more);
char *practice_staff (Sandbox *sandbox, guint index);
char *practice_template (Sandbox *sandbox, const char *name);
