/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* What is to go wrong, and how often: orders given through the control interface. */

typedef enum
{
  SANDBOX_FAULT_NONE,
  SANDBOX_FAULT_DELAY, /* the work is done at once, the answer comes later */
  SANDBOX_FAULT_429,
  SANDBOX_FAULT_500,
  SANDBOX_FAULT_503,
  SANDBOX_FAULT_CUT_BEFORE, /* nothing is done, the socket is cut */
  SANDBOX_FAULT_CUT_AFTER,  /* the work is done and saved, then the socket is cut without an answer */
  SANDBOX_FAULT_HALF_BODY,
  SANDBOX_FAULT_WRONG_JSON,
  SANDBOX_FAULT_HANG_AFTER, /* the work is done and saved, then there is silence until the client goes */
  SANDBOX_FAULT_UNAUTHORISED,
  SANDBOX_FAULT_EXPIRED_TOKEN,
  SANDBOX_FAULT_REVOKED_TOKEN,
  SANDBOX_FAULT_LOST_PRIVILEGE,
  SANDBOX_FAULT_LOST_SCOPE,
  SANDBOX_FAULT_UNAVAILABLE,
  SANDBOX_FAULT_ORGANISATION_OFFLINE,
  SANDBOX_FAULT_CLOCK_SKEW,      /* Date and DateTimeUTC are `seconds` off */
  SANDBOX_FAULT_WRONG_TYPE,      /* somebody else's page: 200 and HTML */
  SANDBOX_FAULT_SLOW_BODY,       /* the true body, over `seconds` */
  SANDBOX_FAULT_HUGE_BODY,       /* `seconds` megabytes; 64 unless said */
  SANDBOX_FAULT_ERROR_IN_200,    /* of Practice Manager: Status ERROR in an answer of 200 */
  SANDBOX_FAULT_CONFLICT,        /* of Practice Manager: 409 */
  SANDBOX_FAULT_CORRECTED_AFTER, /* as cut after, and somebody corrects the invoice's tax by `seconds` cents
                                  */
  SANDBOX_FAULTS
} SandboxFault;

SandboxFaults *sandbox_faults_new (void);
void sandbox_faults_free (SandboxFaults *self);
void sandbox_faults_clear (SandboxFaults *self);
gboolean sandbox_faults_order (SandboxFaults *self,
                               const char *method,
                               const char *path,
                               const char *kind,
                               guint count,
                               int seconds,
                               GError **error);
SandboxFault sandbox_faults_take (SandboxFaults *self, const char *method, const char *path, int *seconds);
gboolean sandbox_fault_is_before_work (SandboxFault fault);
void sandbox_fault_reply (SandboxFault fault, const char *path, int seconds, SandboxReply *reply);
