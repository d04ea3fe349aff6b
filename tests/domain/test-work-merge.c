/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-match.h"
#include "cs-work-merge.h"
#include "cs-work-records.h"

#include <string.h>

static CsWorkOutcome
merge_name (const char *base,
            const char *ours,
            const char *theirs,
            CsWorkSync direction,
            CsWorkLevel level,
            char **here,
            char **there)
{
  g_autoptr (CsWorkFields) before = cs_work_fields_new ();
  g_autoptr (CsWorkFields) us = cs_work_fields_new ();
  g_autoptr (CsWorkFields) them = cs_work_fields_new ();
  g_autoptr (CsWorkMerge) merge = NULL;

  before->values[CS_WORK_FIELD_PHONE] = g_strdup (base);
  us->values[CS_WORK_FIELD_PHONE] = g_strdup (ours);
  them->values[CS_WORK_FIELD_PHONE] = g_strdup (theirs);
  merge = cs_work_merge (base != NULL ? before : NULL, us, them, direction, level);
  *here = g_strdup (merge->here->values[CS_WORK_FIELD_PHONE]);
  *there = g_strdup (merge->there->values[CS_WORK_FIELD_PHONE]);
  return merge->outcomes[CS_WORK_FIELD_PHONE];
}

/* K-1, X-03, X-04, by hand. */
static void
test_directions (void)
{
  static const struct
  {
    const char *base, *ours, *theirs;
    CsWorkSync direction;
    CsWorkLevel level;
    CsWorkOutcome outcome;
    const char *here, *there;
  } cases[] = {
    { "1", "1", "1", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_SAME, "1", "1" },
    { "1", "2", "1", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_GIVE, "2", "2" },
    { "1", "1", "2", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_TAKE, "2", "2" },
    { "1", "2", "2", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_SAME, "2", "2" },
    { "1", "2", "3", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_CONFLICT, "2", "3" },
    { "1", "", "1", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_GIVE, "", "" },
    { "1", "", "2", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_CONFLICT, "", "2" },
    { NULL, "", "2", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_TAKE, "2", "2" },
    { NULL, "1", "2", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_CONFLICT, "1", "2" },
    { "1", "2", "3", CS_WORK_SYNC_FROM, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_TAKE, "3", "3" },
    { "1", "2", "1", CS_WORK_SYNC_FROM, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_APART, "2", "1" },
    { "1", "2", "3", CS_WORK_SYNC_TO, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_GIVE, "2", "2" },
    { "1", "1", "3", CS_WORK_SYNC_TO, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_APART, "1", "3" },
    { "1", "2", "3", CS_WORK_SYNC_OFF, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_APART, "2", "3" },
    { "1", "2", "3", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_NAME, CS_WORK_OUTCOME_SAME, "2", "3" },
    { "1", "2", "3", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_NOTHING, CS_WORK_OUTCOME_SAME, "2", "3" },
    /* Layout is no edit. */
    { "a\nb", "a \n  b\n", "c", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_TAKE, "c", "c" },
    /* What one side does not hold stays as it is. */
    { "1", NULL, "3", CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_SAME, NULL, "3" },
    { "1", "3", NULL, CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING, CS_WORK_OUTCOME_SAME, "3", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *here = NULL;
      g_autofree char *there = NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint ((int)merge_name (cases[i].base, cases[i].ours, cases[i].theirs, cases[i].direction,
                                        cases[i].level, &here, &there),
                       ==, (int)cases[i].outcome);
      g_assert_cmpstr (here, ==, cases[i].here);
      g_assert_cmpstr (there, ==, cases[i].there);
    }
}

static char *
draw_value (GRand *random)
{
  static const char *const values[] = { "", "a", "b", " a ", "c" };

  return g_rand_int_range (random, 0, 8) == 0
             ? NULL
             : g_strdup (values[g_rand_int_range (random, 0, G_N_ELEMENTS (values))]);
}

static CsWorkFields *
draw_fields (GRand *random, const CsWorkFields *like)
{
  CsWorkFields *fields = cs_work_fields_new ();

  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    fields->values[i]
        = like != NULL && g_rand_boolean (random) ? g_strdup (like->values[i]) : draw_value (random);
  return fields;
}

static void
assert_equal_fields (const CsWorkFields *a, const CsWorkFields *b)
{
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    g_assert_cmpint (a->values[i] == NULL, ==, b->values[i] == NULL);
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    g_assert_true (cs_work_value_equal (a->values[i], b->values[i]));
}

/* One field of one random triple, by what the words of K-1 mean. */
static void
assert_field (const CsWorkFields *base,
              const CsWorkFields *ours,
              const CsWorkFields *theirs,
              const CsWorkMerge *merge,
              gsize i)
{
  gboolean changed_here = !cs_work_value_equal (base->values[i], ours->values[i]);
  gboolean changed_there = !cs_work_value_equal (base->values[i], theirs->values[i]);
  gboolean differ = !cs_work_value_equal (ours->values[i], theirs->values[i]);
  gboolean is_held = ours->values[i] != NULL && theirs->values[i] != NULL;
  gboolean is_wiped_name = i == CS_WORK_FIELD_NAME
                           && cs_work_value_equal (changed_here ? ours->values[i] : theirs->values[i], "");

  g_assert_cmpint (merge->outcomes[i] == CS_WORK_OUTCOME_CONFLICT, ==,
                   is_held && changed_here && changed_there && differ);
  if (!is_held || is_wiped_name)
    return;
  /* A one-sided edit is never lost: it is on both sides afterwards. */
  if (changed_here && !changed_there)
    {
      g_assert_true (cs_work_value_equal (merge->here->values[i], ours->values[i]));
      g_assert_true (cs_work_value_equal (merge->there->values[i], ours->values[i]));
    }
  if (changed_there && !changed_here)
    {
      g_assert_true (cs_work_value_equal (merge->here->values[i], theirs->values[i]));
      g_assert_true (cs_work_value_equal (merge->there->values[i], theirs->values[i]));
    }
  /* A conflict changes nothing on either side, and is still one the next time. */
  if (merge->outcomes[i] == CS_WORK_OUTCOME_CONFLICT)
    {
      g_assert_cmpstr (merge->here->values[i], ==, ours->values[i]);
      g_assert_cmpstr (merge->there->values[i], ==, theirs->values[i]);
    }
}

/* K-1, X-03: the two-way merge commutes, loses no edit, and once it was written there is nothing left to do.
 */
static void
test_properties (void)
{
  for (guint seed = 0; seed < 3000; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (CsWorkFields) base = draw_fields (random, NULL);
      g_autoptr (CsWorkFields) ours = draw_fields (random, base);
      g_autoptr (CsWorkFields) theirs = draw_fields (random, base);
      g_autoptr (CsWorkMerge) merge
          = cs_work_merge (base, ours, theirs, CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING);
      g_autoptr (CsWorkMerge) mirrored
          = cs_work_merge (base, theirs, ours, CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING);
      g_autoptr (CsWorkMerge) again = cs_work_merge (merge->base, merge->here, merge->there,
                                                     CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING);

      for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
        assert_field (base, ours, theirs, merge, i);
      assert_equal_fields (merge->here, mirrored->there);
      assert_equal_fields (merge->there, mirrored->here);
      g_assert_cmpuint (merge->n_conflicts, ==, mirrored->n_conflicts);
      g_assert_cmpuint (merge->n_given, ==, mirrored->n_taken);
      g_assert_cmpuint (again->n_given + again->n_taken, ==, 0);
      g_assert_cmpuint (again->n_conflicts, ==, merge->n_conflicts);
    }
}

static void
test_resolve (void)
{
  for (int take = 0; take <= 1; take++)
    {
      g_autoptr (CsWorkFields) base = cs_work_fields_new ();
      g_autoptr (CsWorkFields) ours = cs_work_fields_new ();
      g_autoptr (CsWorkFields) theirs = cs_work_fields_new ();
      g_autoptr (CsWorkMerge) merge = NULL;
      const char *chosen = take ? "theirs" : "ours";

      base->values[CS_WORK_FIELD_EMAIL] = g_strdup ("base");
      ours->values[CS_WORK_FIELD_EMAIL] = g_strdup ("ours");
      theirs->values[CS_WORK_FIELD_EMAIL] = g_strdup ("theirs");
      merge = cs_work_merge (base, ours, theirs, CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING);
      g_assert_cmpstr (merge->base->values[CS_WORK_FIELD_EMAIL], ==, "base");
      cs_work_merge_resolve (merge, CS_WORK_FIELD_EMAIL, take);
      g_assert_cmpuint (merge->n_conflicts, ==, 0);
      g_assert_cmpstr (merge->here->values[CS_WORK_FIELD_EMAIL], ==, chosen);
      g_assert_cmpstr (merge->there->values[CS_WORK_FIELD_EMAIL], ==, chosen);
      g_assert_cmpstr (merge->base->values[CS_WORK_FIELD_EMAIL], ==, chosen);
    }
}

/* A client never loses its name to an empty one. */
static void
test_name_is_never_wiped (void)
{
  g_autoptr (CsWorkFields) base = cs_work_fields_new ();
  g_autoptr (CsWorkFields) ours = NULL;
  g_autoptr (CsWorkFields) theirs = cs_work_fields_new ();
  g_autoptr (CsWorkMerge) merge = NULL;

  base->values[CS_WORK_FIELD_NAME] = g_strdup ("Kauri");
  ours = cs_work_fields_copy (base);
  theirs->values[CS_WORK_FIELD_NAME] = g_strdup (" ");
  merge = cs_work_merge (base, ours, theirs, CS_WORK_SYNC_BOTH, CS_WORK_LEVEL_EVERYTHING);
  g_assert_cmpstr (merge->here->values[CS_WORK_FIELD_NAME], ==, "Kauri");
  g_assert_cmpint ((int)merge->outcomes[CS_WORK_FIELD_NAME], ==, CS_WORK_OUTCOME_APART);
}

/* X-10, K-14: there is no field for it. */
static void
test_no_tax_number (void)
{
  for (gsize i = 0; i < CS_WORK_N_FIELDS; i++)
    {
      const char *word = cs_work_field_to_string ((CsWorkField)i);
      CsWorkField field;

      g_assert_null (strstr (word, "tax"));
      g_assert_null (strstr (word, "number"));
      g_assert_null (strstr (word, "bank"));
      g_assert_null (strstr (word, "birth"));
      g_assert_true (cs_work_field_parse (word, &field, NULL));
      g_assert_cmpuint (field, ==, i);
    }
}

static void
test_words (void)
{
  g_autoptr (GError) error = NULL;
  CsWorkSync sync;
  CsWorkLevel level;
  CsWorkImport import;
  CsWorkField field;

  for (int i = CS_WORK_SYNC_OFF; i <= CS_WORK_SYNC_BOTH; i++)
    g_assert_true (cs_work_sync_parse (cs_work_sync_to_string ((CsWorkSync)i), &sync, NULL)
                   && (int)sync == i);
  for (int i = CS_WORK_LEVEL_NOTHING; i <= CS_WORK_LEVEL_EVERYTHING; i++)
    g_assert_true (cs_work_level_parse (cs_work_level_to_string ((CsWorkLevel)i), &level, NULL)
                   && (int)level == i);
  for (int i = CS_WORK_IMPORT_PICK; i <= CS_WORK_IMPORT_ASK; i++)
    g_assert_true (cs_work_import_parse (cs_work_import_to_string ((CsWorkImport)i), &import, NULL)
                   && (int)import == i);
  g_assert_false (cs_work_sync_parse ("x", &sync, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_false (cs_work_level_parse (NULL, &level, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_false (cs_work_import_parse ("", &import, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_false (cs_work_field_parse ("tax-number", &field, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX);
}

static void
test_client (void)
{
  g_autoptr (CsClient) client = cs_client_new ();
  g_autoptr (CsWorkFields) fields = NULL;

  g_set_str (&client->name, "Kauri");
  g_set_str (&client->email, "office@kauri.example");
  fields = cs_work_fields_of_client (client);
  g_assert_cmpstr (fields->values[CS_WORK_FIELD_NAME], ==, "Kauri");
  g_assert_null (fields->values[CS_WORK_FIELD_CITY]);
  g_assert_false (cs_work_fields_to_client (fields, client));
  g_set_str (&fields->values[CS_WORK_FIELD_PHONE], "+64 4");
  g_assert_true (cs_work_fields_to_client (fields, client));
  g_assert_cmpstr (client->phone, ==, "+64 4");
}

/* K-4, X-16: the same ladder as for a ledger's contacts. */
static void
test_ladder (void)
{
  g_assert_cmpint (cs_match_record ("Kauri", "a@b", "u1", "u1", "Other", ""), ==, CS_MATCH_STORED_ID);
  g_assert_cmpint (cs_match_record ("Kauri", "a@b", "", "u1", "Kauri", "A@B"), ==, CS_MATCH_EMAIL_AND_NAME);
  g_assert_cmpint (cs_match_record ("Kauri", "a@b", "u2", "u1", "Kauri", "A@B"), ==, CS_MATCH_NAME);
  g_assert_cmpint (cs_match_record ("Kauri Ltd", "", "", "u1", "kauri limited", ""), ==,
                   CS_MATCH_SIMILAR_NAME);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/work-merge/directions (K-1, X-03, X-04)", test_directions);
  g_test_add_func ("/work-merge/properties (K-1, X-03)", test_properties);
  g_test_add_func ("/work-merge/resolve", test_resolve);
  g_test_add_func ("/work-merge/a name is never wiped", test_name_is_never_wiped);
  g_test_add_func ("/work-merge/no tax number (X-10, K-14)", test_no_tax_number);
  g_test_add_func ("/work-merge/words", test_words);
  g_test_add_func ("/work-merge/client", test_client);
  g_test_add_func ("/work-merge/ladder (K-4)", test_ladder);
  return g_test_run ();
}
