/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

/* Goes up when a member changes its meaning, so that an old agreement is read as it was written. */
#define AGREEMENT_FORMAT 2

static void
add_date (CsJsonBuilder *builder, const char *name, CsDate date)
{
  g_autofree char *text = cs_date_to_string (date);

  cs_json_builder_set_string (builder, name, text);
}

static void
add_money (CsJsonBuilder *builder, const char *name, CsMoney money)
{
  cs_json_builder_name (builder, name);
  cs_json_builder_money (builder, money);
}

static void
add_client (CsJsonBuilder *builder, const CsClient *client)
{
  g_autofree char *id = cs_uuid_to_string (&client->id);

  cs_json_builder_name (builder, "client");
  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "id", id);
  cs_json_builder_set_string (builder, "number", client->number);
  cs_json_builder_set_string (builder, "name", client->name);
  cs_json_builder_set_string (builder, "contact_name", client->contact_name);
  cs_json_builder_set_string (builder, "email", client->email);
  cs_json_builder_end_object (builder);
}

/* What counted on the day of the acceptance, resolved, so that the agreement stands alone. */
static void
add_shape (CsJsonBuilder *builder, const CsResolvedShape *shape)
{
  g_autofree char *terms = cs_terms_to_string (shape->terms);

  cs_json_builder_name (builder, "shape");
  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "terms", terms);
  cs_json_builder_set_string (builder, "status", shape->authorise ? CS_SHAPE_AUTHORISED : CS_SHAPE_DRAFT);
  cs_json_builder_set_string (builder, "grouping", shape->is_alone ? CS_SHAPE_ALONE : CS_SHAPE_TOGETHER);
  cs_json_builder_set_string (builder, "theme", shape->theme_id);
  cs_json_builder_set_string (builder, "series", shape->series);
  cs_json_builder_set_string (builder, "tracking", shape->tracking);
  cs_json_builder_end_object (builder);
}

static void
add_line (CsJsonBuilder *builder, const CsProposal *proposal, const CsProposalLine *line)
{
  g_autoptr (CsResolvedShape) shape = cs_proposal_resolve_line (proposal, line);
  g_autofree char *id = cs_uuid_to_string (&line->id);
  g_autofree char *billing = cs_billing_rule_to_string (&line->billing);

  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "id", id);
  cs_json_builder_set_string (builder, "description", line->description);
  cs_json_builder_set_decimal (builder, "quantity", line->quantity);
  cs_json_builder_set_decimal (builder, "unit_price", line->unit_price);
  cs_json_builder_set_string (builder, "account_code", shape->account_code);
  cs_json_builder_set_string (builder, "tax_type", line->tax_type);
  cs_json_builder_set_decimal (builder, "tax_rate", line->tax_rate);
  cs_json_builder_set_string (builder, "billing", billing);
  add_shape (builder, shape);
  cs_json_builder_end_object (builder);
}

/* "months", or "months/3" where it is every third. */
static char *
name_rhythm (CsBillingRhythm rhythm)
{
  static const char *const names[] = { "once", "days", "weeks", "months", "years" };

  return rhythm.every == 1 ? g_strdup (names[rhythm.unit])
                           : g_strdup_printf ("%s/%u", names[rhythm.unit], rhythm.every);
}

/* For one period of the lines of each rhythm that there is. */
static gboolean
add_totals (CsJsonBuilder *builder, const CsProposal *proposal, GError **error)
{
  g_autoptr (GArray) rhythms = cs_proposal_list_rhythms (proposal);

  cs_json_builder_name (builder, "totals");
  cs_json_builder_begin_object (builder);
  for (guint i = 0; i < rhythms->len; i++)
    {
      CsBillingRhythm rhythm = g_array_index (rhythms, CsBillingRhythm, i);
      g_autofree char *name = name_rhythm (rhythm);
      CsTotals totals;

      if (!cs_proposal_compute_totals (proposal, rhythm, &totals, error))
        return FALSE;
      cs_json_builder_name (builder, name);
      cs_json_builder_begin_object (builder);
      add_money (builder, "subtotal", totals.subtotal);
      add_money (builder, "tax", totals.tax);
      add_money (builder, "total", totals.total);
      cs_json_builder_end_object (builder);
    }
  cs_json_builder_end_object (builder);
  return TRUE;
}

static void
add_acceptance (CsJsonBuilder *builder, const CsAcceptance *acceptance)
{
  g_autofree char *accepted_at = cs_instant_to_string (acceptance->accepted_ms);

  cs_json_builder_name (builder, "acceptance");
  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "signatory", acceptance->signatory);
  cs_json_builder_set_string (builder, "capacity", acceptance->capacity);
  cs_json_builder_set_string (builder, "method", cs_acceptance_method_to_string (acceptance->method));
  cs_json_builder_set_string (builder, "note", acceptance->note);
  cs_json_builder_set_string (builder, "accepted_at", accepted_at);
  add_date (builder, "accepted_on", acceptance->accepted_on);
  cs_json_builder_set_string (builder, "actor", acceptance->actor);
  cs_json_builder_end_object (builder);
}

/* Design.md section 3: on acceptance a proposal is frozen as canonical JSON. All that was agreed is in it, so
 * that it stands alone. */
GBytes *
cs_agreement_build (const CsProposal *proposal,
                    const CsClient *client,
                    const CsAcceptance *acceptance,
                    GError **error)
{
  g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
  g_autofree char *id = cs_uuid_to_string (&proposal->id);

  cs_json_builder_begin_object (builder);
  cs_json_builder_set_integer (builder, "format", AGREEMENT_FORMAT);
  cs_json_builder_set_string (builder, "proposal_id", id);
  cs_json_builder_set_string (builder, "number", proposal->number);
  cs_json_builder_set_string (builder, "title", proposal->title);
  cs_json_builder_set_string (builder, "currency", proposal->currency.code);
  cs_json_builder_set_string (builder, "tax_mode", cs_tax_mode_to_string (proposal->tax_mode));
  add_date (builder, "start", proposal->start);
  cs_json_builder_set_integer (builder, "designated_day", proposal->designated_day);
  cs_json_builder_set_integer (builder, "revision", proposal->revision);
  add_client (builder, client);
  cs_json_builder_name (builder, "lines");
  cs_json_builder_begin_array (builder);
  for (guint i = 0; i < proposal->lines->len; i++)
    add_line (builder, proposal, g_ptr_array_index (proposal->lines, i));
  cs_json_builder_end_array (builder);
  if (!add_totals (builder, proposal, error))
    return NULL;
  add_acceptance (builder, acceptance);
  cs_json_builder_end_object (builder);
  return cs_json_canonical_end (builder, error);
}
