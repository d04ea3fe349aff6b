/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-world.h"

#include "sandbox-demo.h"
#include "sandbox-faults.h"
#include "sandbox-identity.h"
#include "sandbox-limits.h"
#include "sandbox-practice-demo.h"
#include "sandbox-replays.h"

/* Two under one login, as a practice with a branch has them. */
static GPtrArray *
make_practices (const char *scope)
{
  static const char *const names[] = { "Kauri & Co Accountants (Demo)", "Kauri & Co – Bay branch (Demo)" };
  GPtrArray *practices = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_practice_free);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = sandbox_make_id (scope, "practice", names[i]);

      g_ptr_array_add (practices, sandbox_practice_new (id, names[i], 900001 + 50000 * (gint64)i));
    }
  return practices;
}

/* Without a size the practice is as the profile is: the demo's, or without clients. */
SandboxWorld *
sandbox_world_new (const char *profile, const char *practice_size, guint seed)
{
  SandboxWorld *self = g_new0 (SandboxWorld, 1);
  const SandboxSettings *settings[] = { &sandbox_settings_nz, &sandbox_settings_au };
  g_autofree char *scope = g_strdup_printf ("sandbox/%u", seed);

  self->profile = g_strdup (profile);
  self->seed = seed;
  self->organisations = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_organisation_free);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *id = sandbox_make_id (scope, "organisation", settings[i]->country);

      g_ptr_array_add (self->organisations, sandbox_organisation_new (settings[i], id));
    }
  self->practice_size = g_strdup (practice_size != NULL           ? practice_size
                                  : g_str_equal (profile, "demo") ? "demo"
                                                                  : "empty");
  self->practices = make_practices (scope);
  self->identity = sandbox_identity_new ();
  self->limits = sandbox_limits_new ();
  self->replays = sandbox_replays_new ();
  self->faults = sandbox_faults_new ();
  sandbox_assumptions_reset (self->assumptions);
  g_queue_init (&self->log);
  return self;
}

static void
log_entry_free (gpointer data)
{
  SandboxLogEntry *entry = data;

  g_free (entry->method);
  g_free (entry->path);
  g_free (entry->idempotency_key);
  g_free (entry);
}

void
sandbox_world_free (SandboxWorld *self)
{
  g_queue_clear_full (&self->log, log_entry_free);
  sandbox_faults_free (self->faults);
  sandbox_replays_free (self->replays);
  sandbox_limits_free (self->limits);
  sandbox_identity_free (self->identity);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  g_ptr_array_unref (self->practices);
  g_ptr_array_unref (self->organisations);
  g_free (self->practice_size);
  g_free (self->profile);
  g_free (self);
}

SandboxOrganisation *
sandbox_world_organisation (SandboxWorld *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->organisations->len; i++)
    {
      SandboxOrganisation *organisation = self->organisations->pdata[i];

      if (g_ascii_strcasecmp (organisation->id, id) == 0)
        return organisation;
    }
  return NULL;
}

SandboxPractice *
sandbox_world_practice (SandboxWorld *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->practices->len; i++)
    {
      SandboxPractice *practice = self->practices->pdata[i];

      if (g_ascii_strcasecmp (practice->id, id) == 0)
        return practice;
    }
  return NULL;
}

gboolean
sandbox_world_fill (SandboxWorld *self, GError **error)
{
  return sandbox_demo_fill (self->organisations, self->profile, self->seed, self->today, error)
         && sandbox_practice_demo_fill (self->practices, self->practice_size, self->seed, self->today, error);
}

/* What may be shown to anybody on this machine: never a header's value but the key, never a body. */
void
sandbox_world_log (SandboxWorld *self,
                   const char *method,
                   const char *path,
                   const char *idempotency_key,
                   guint status)
{
  SandboxLogEntry *entry = g_new0 (SandboxLogEntry, 1);

  entry->at_ms = sandbox_clock_now_ms (&self->clock);
  entry->method = g_strdup (method);
  entry->path = g_strdup (path);
  entry->idempotency_key = g_strdup (idempotency_key);
  entry->status = status;
  g_queue_push_tail (&self->log, entry);
  self->requests++;
  if (self->log.length > SANDBOX_LOG_MAX)
    log_entry_free (g_queue_pop_head (&self->log));
}
