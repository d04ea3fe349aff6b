/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-organisation-zone.h"

#include "cs-store-connections.h"
#include "cs-store-ledger.h"

static gpointer
read_zone (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, error);
  g_autoptr (CsLedgerOrganisation) organisation
      = connection != NULL ? cs_store_get_organisation (store, &connection->id, error) : NULL;

  return organisation != NULL ? g_strdup (organisation->time_zone) : NULL;
}

/** cs_organisation_zone_read: Returns: (transfer full): of the ledger's word for the organisation's zone */
DexFuture *
cs_organisation_zone_read (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_session_read (session, read_zone, NULL, NULL, g_free);
}
