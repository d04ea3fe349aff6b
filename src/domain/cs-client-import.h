/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-client.h"

G_BEGIN_DECLS

/* What a row of a list of clients would do here [C-06, U-29]. In the order in which a person wants to see
 * them: what can't be done, what is for them to say, what will be done, and what there is no need of. */
typedef enum
{
  CS_IMPORT_WRONG,    /* it can't be a client as it stands */
  CS_IMPORT_DOUBTFUL, /* somebody here may be the same: a person says */
  CS_IMPORT_UPDATE,   /* somebody here, with something new */
  CS_IMPORT_NEW,
  CS_IMPORT_REPEATED, /* a row before it is the same client */
  CS_IMPORT_SAME,     /* somebody here, with nothing new */
  CS_IMPORT_N,
} CsImportKind;

typedef struct
{
  guint line; /* of the file */
  CsImportKind kind;
  CsClient *client;    /* as it would be saved: with the id of who is here already, or as a new one */
  CsClient *before;    /* (nullable): who is here, or may be */
  const char *problem; /* WRONG: what to change in the file; else "" */
  guint same_as; /* REPEATED, or DOUBTFUL where that is in the file, too: the line of the first; else 0 */
} CsImportRow;

/* A list of clients held against those that are here. */
typedef struct _CsClientImport CsClientImport;

CsClientImport *cs_client_import_new (GStrv heading, GPtrArray *clients, GError **error);
void cs_client_import_free (CsClientImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsClientImport, cs_client_import_free)
void cs_client_import_add (CsClientImport *self, guint line, GStrv cells);
GPtrArray *cs_client_import_dup_rows (CsClientImport *self); /* of CsImportRow */

void cs_import_row_free (CsImportRow *row);
gboolean cs_import_kind_is_offered (CsImportKind kind); /* whether a person may have it imported */

G_END_DECLS
