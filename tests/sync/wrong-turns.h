/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-fixture.h"

#include "cs-alert.h"
#include "cs-work.h"

G_BEGIN_DECLS

/* What the tests of connecting share: a wizard without a window, and a browser that does what it is told. */
typedef struct
{
  SandboxFixture *fixture;
  CsSession *session;
  CsConnect *connect;
  char *redirect; /* what the browser comes back with in place of Xero's page: "error=invalid_scope"; NULL: it
                     goes there */
  char *address;  /* as the wizard gave it out */
  CsAlertCode expected;
  gboolean is_told;
  gboolean has_news; /* since alerts were read */
} Turn;

Turn *turn_new (void);
Turn *turn_new_unpaced (void); /* for who makes more than 60 calls in a minute */
Turn *turn_new_real (void);
void turn_free (Turn *turn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Turn, turn_free)
void turn_connect_to (Turn *turn, CsConnectTo to); /* a wizard anew, for that */
void turn_reopen (Turn *turn);                     /* the practice, closed and opened again */
void turn_start (Turn *turn);
void turn_wait (Turn *turn, CsConnectStage stage); /* fails when it ends elsewhere */
void turn_wait_problem (Turn *turn, CsConnectProblem problem);
void turn_connect (Turn *turn, guint index); /* from the start to the end */
void turn_come_back (Turn *turn, const char *query);
guint turn_count_kept (void); /* grants in the keyring */
/* As a window hears of it, which reads when it is told of a change, and never otherwise. */
void turn_expect_alert (Turn *turn, CsAlertCode code);
void turn_wait_for_alert (Turn *turn);

/* Of Practice Manager. */
Turn *turn_new_for_work (void); /* not connected yet */
CsWork *turn_get_work (Turn *turn);
void turn_pull_work (Turn *turn);
GPtrArray *turn_list_work (Turn *turn); /* (transfer full): of CsWorkClient: who is known there */
CsClient *
turn_pick_from_work (Turn *turn, const char *json, char **remote_id); /* entered there, and a lead here */

G_END_DECLS
