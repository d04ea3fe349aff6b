/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching, whom a proposal can be for, and what Xero would refuse of a contact. */
#include "cs-contact-item.h"
#include "cs-contact-rules.h"
#include "cs-words.h"

static CsContactChoice *
make_choice (const char *remote_id, const char *name, const char *email)
{
  g_autoptr (CsLedgerContact) contact = cs_ledger_contact_new ();

  g_set_str (&contact->remote_id, remote_id);
  g_set_str (&contact->name, name);
  g_set_str (&contact->email, email);
  return cs_contact_choice_new_from_contact (contact);
}

static void
test_words (void)
{
  const char *texts[] = { "Huia Caf\xc3\xa9 Ltd", "INV-0231" };

  g_assert_true (cs_words_match (NULL, texts, 2));
  g_assert_true (cs_words_match ("", texts, 2));
  g_assert_true (cs_words_match ("cafe", texts, 2));
  g_assert_true (cs_words_match ("CAF\xc3\x89 hu", texts, 2));
  g_assert_true (cs_words_match ("0231 huia", texts, 2));
  g_assert_false (cs_words_match ("cafe 0232", texts, 2));
  g_assert_false (cs_words_match ("LtdINV", texts, 2)); /* a word does not run over two texts */
}

/* X-16: two of one name show what tells them apart. */
static void
test_shared_names (void)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_contact_choice_free);

  g_ptr_array_add (choices, make_choice ("0a1b2c3d-0000", "Kauri Plumbing", "a@example.org"));
  g_ptr_array_add (choices, make_choice ("ffeeddcc-0000", "kauri  plumbing", ""));
  g_ptr_array_add (choices, make_choice ("99999999-0000", "Harbour Caf\xc3\xa9", ""));
  cs_contact_choices_mark_shared_names (choices);
  g_assert_true (((CsContactChoice *)choices->pdata[0])->shares_name);
  g_assert_true (((CsContactChoice *)choices->pdata[1])->shares_name);
  g_assert_false (((CsContactChoice *)choices->pdata[2])->shares_name);
  g_assert_cmpstr (((CsContactChoice *)choices->pdata[0])->unique_id, ==, "0a1b2c3d");
}

/* C-02: found by name and by e-mail; a name is text, whatever is in it. */
static void
test_search (void)
{
  g_autoptr (CsRecord) item = cs_contact_item_new (make_choice ("1", "<a href=x>R&D", "mia@example.org"));

  g_assert_true (cs_contact_item_matches (CS_CONTACT_ITEM (item), "r&d"));
  g_assert_true (cs_contact_item_matches (CS_CONTACT_ITEM (item), "mia@"));
  g_assert_false (cs_contact_item_matches (CS_CONTACT_ITEM (item), "kauri"));
}

static void
test_rules (void)
{
  g_autofree char *long_name = g_strnfill (256, 'x');
  g_autofree char *tidy = cs_contact_rules_tidy_name ("  Kauri   Plumbing ");

  g_assert_cmpstr (tidy, ==, "Kauri Plumbing");
  g_assert_null (cs_contact_rules_check_name ("Kauri Plumbing & Sons"));
  g_assert_nonnull (cs_contact_rules_check_name ("   "));
  g_assert_nonnull (cs_contact_rules_check_name ("a < b"));
  g_assert_nonnull (cs_contact_rules_check_name (long_name));
  g_assert_null (cs_contact_rules_check_name (long_name + 1));
  g_assert_null (cs_contact_rules_check_email (""));
  g_assert_null (cs_contact_rules_check_email ("mia@example.org"));
  g_assert_nonnull (cs_contact_rules_check_email ("mia"));
  g_assert_nonnull (cs_contact_rules_check_email ("@example.org"));
  g_assert_nonnull (cs_contact_rules_check_email ("mia@example"));
  g_assert_nonnull (cs_contact_rules_check_email ("mia@@example.org"));
  g_assert_nonnull (cs_contact_rules_check_email ("mia o@example.org"));
  g_assert_null (cs_contact_rules_check_phone ("+64 9 123 4567"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/choices/words", test_words);
  g_test_add_func ("/model/choices/shared-names", test_shared_names);
  g_test_add_func ("/model/choices/search", test_search);
  g_test_add_func ("/model/choices/rules", test_rules);
  return g_test_run ();
}
