/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The steps of the practice's schema, one file each, for cs-migrations.c alone. */
extern const char cs_practice_migration_settlements[];
extern const char cs_practice_migration_schedule[];
extern const char cs_practice_migration_shape[];
extern const char cs_practice_migration_requests[];
extern const char cs_practice_migration_pull[];
extern const char cs_practice_migration_review[];
extern const char cs_practice_migration_audit[];
extern const char cs_practice_migration_work[];
extern const char cs_practice_migration_sums[];
extern const char cs_practice_migration_delta[];
extern const char cs_practice_migration_beside[];
extern const char cs_practice_migration_sets[];
extern const char cs_practice_migration_jobs[];
extern const char cs_practice_migration_asked[];
extern const char cs_practice_migration_plans[];
extern const char cs_practice_migration_lean[];
extern const char cs_practice_migration_found[];
extern const char cs_practice_migration_changes[];
extern const char cs_practice_migration_kinds[];
extern const char cs_practice_migration_chosen[];
extern const char cs_practice_migration_kept[];
extern const char cs_practice_migration_held_back[];
extern const char cs_practice_migration_signing_in[];
