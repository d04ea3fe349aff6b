/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"
#include "fuzz.h"

/* Every answer of Practice Manager's that is read: whatever the records in it are, each decoder takes them.
 */

static void
read_record (const CsXmlElement *element)
{
  g_autoptr (GError) client_error = NULL;
  g_autoptr (GError) job_error = NULL;
  g_autoptr (CsWorkClient) client = cs_xpm_decode_client (element, &client_error);
  g_autoptr (CsWorkJob) job = cs_xpm_decode_job (element, &job_error);
  g_autoptr (CsWorkContact) contact = cs_xpm_decode_contact (element);
  g_autoptr (CsWorkEntry) entry = cs_xpm_decode_entry (element);

  fuzz_assert_told (client, client_error);
  fuzz_assert_told (job, job_error);
}

static void
read_all (const CsXmlElement *parent)
{
  CsXmlIterator iterator;
  const CsXmlElement *child;

  cs_xml_iterator_init (&iterator, parent, NULL);
  while ((child = cs_xml_iterator_next (&iterator)) != NULL)
    {
      read_record (child);
      read_all (child);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (CsXmlDocument) document = cs_xml_document_parse (body, &error);
  const CsXmlElement *root;

  fuzz_assert_told (document, error);
  if (document == NULL)
    return 0;
  root = cs_xml_document_get_root (document);
  g_assert_true (cs_xpm_check_envelope (root, FALSE, &refusal) == (refusal == NULL));
  read_all (root);
  return 0;
}
