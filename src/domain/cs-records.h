/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Plain records, passed between the rooms, one aggregate a file. Strings are owned by the record and never
 * NULL once read from the store ("" when empty) unless said otherwise. Each has _new (zeroed, with empty
 * strings and with dates not set) and _free, and those that are edited have _copy. */
#include "cs-alert.h"
#include "cs-catch-up.h"
#include "cs-client.h"
#include "cs-invoice-origin.h"
#include "cs-invoice-view.h"
#include "cs-job-check.h"
#include "cs-job-plan.h"
#include "cs-ledger-note.h"
#include "cs-ledger-records.h"
#include "cs-match.h"
#include "cs-plan.h"
#include "cs-proposal.h"
#include "cs-schedule.h"
#include "cs-work-merge.h"
#include "cs-work-records.h"
