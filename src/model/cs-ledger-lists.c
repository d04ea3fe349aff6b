/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-ledger-lists.h"
#include "cs-follow-up.h"
#include "cs-store-ledger.h"

typedef struct
{
  GPtrArray *accounts;
  GPtrArray *tax_rates;
  GPtrArray *tracking;
  GPtrArray *themes;
} Lists;

struct _CsLedgerLists
{
  GObject parent_instance;
  CsSession *session;
  Lists *lists;
  gboolean is_loaded;
  gboolean is_stale;
  DexFuture *reading;
};

G_DEFINE_FINAL_TYPE (CsLedgerLists, cs_ledger_lists, G_TYPE_OBJECT)

static guint changed_signal;

static Lists *
lists_new (void)
{
  Lists *lists = g_new0 (Lists, 1);

  lists->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_account_free);
  lists->tax_rates = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_tax_rate_free);
  lists->tracking = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_tracking_category_free);
  lists->themes = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_branding_theme_free);
  return lists;
}

static void
lists_free (gpointer data)
{
  Lists *lists = data;

  g_clear_pointer (&lists->accounts, g_ptr_array_unref);
  g_clear_pointer (&lists->tax_rates, g_ptr_array_unref);
  g_clear_pointer (&lists->tracking, g_ptr_array_unref);
  g_clear_pointer (&lists->themes, g_ptr_array_unref);
  g_free (lists);
}

static int
compare_accounts (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(const CsLedgerAccount *const *)a)->code, (*(const CsLedgerAccount *const *)b)->code);
}

static int
compare_tax_rates (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(const CsLedgerTaxRate *const *)a)->name,
                         (*(const CsLedgerTaxRate *const *)b)->name);
}

static gboolean
read_accounts (CsStore *store, const CsUuid *connection_id, Lists *lists, GError **error)
{
  g_autoptr (GPtrArray) accounts = cs_store_list_accounts (store, connection_id, error);

  while (accounts != NULL && accounts->len > 0)
    {
      CsLedgerAccount *account = g_ptr_array_steal_index_fast (accounts, accounts->len - 1);

      if (account->is_active && *account->code != '\0' && g_str_equal (account->class_name, "REVENUE"))
        g_ptr_array_add (lists->accounts, account);
      else
        cs_ledger_account_free (account);
    }
  g_ptr_array_sort (lists->accounts, compare_accounts);
  return accounts != NULL;
}

static gboolean
read_tax_rates (CsStore *store, const CsUuid *connection_id, Lists *lists, GError **error)
{
  g_autoptr (GPtrArray) rates = cs_store_list_tax_rates (store, connection_id, error);

  while (rates != NULL && rates->len > 0)
    {
      CsLedgerTaxRate *rate = g_ptr_array_steal_index_fast (rates, rates->len - 1);

      if (rate->is_active && rate->applies_to_revenue)
        g_ptr_array_add (lists->tax_rates, rate);
      else
        cs_ledger_tax_rate_free (rate);
    }
  g_ptr_array_sort (lists->tax_rates, compare_tax_rates);
  return rates != NULL;
}

static int
compare_categories (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(const CsLedgerTrackingCategory *const *)a)->name,
                         (*(const CsLedgerTrackingCategory *const *)b)->name);
}

static int
compare_themes (gconstpointer a, gconstpointer b)
{
  const CsLedgerBrandingTheme *x = *(const CsLedgerBrandingTheme *const *)a;
  const CsLedgerBrandingTheme *y = *(const CsLedgerBrandingTheme *const *)b;

  return x->sort_order != y->sort_order ? x->sort_order - y->sort_order : g_utf8_collate (x->name, y->name);
}

static gboolean
read_tracking (CsStore *store, const CsUuid *connection_id, Lists *lists, GError **error)
{
  g_autoptr (GPtrArray) categories = cs_store_list_tracking (store, connection_id, error);

  while (categories != NULL && categories->len > 0)
    {
      CsLedgerTrackingCategory *category = g_ptr_array_steal_index_fast (categories, categories->len - 1);

      if (category->is_active)
        g_ptr_array_add (lists->tracking, category);
      else
        cs_ledger_tracking_category_free (category);
    }
  g_ptr_array_sort (lists->tracking, compare_categories);
  return categories != NULL;
}

static gboolean
read_themes (CsStore *store, const CsUuid *connection_id, Lists *lists, GError **error)
{
  g_autoptr (GPtrArray) themes = cs_store_list_branding_themes (store, connection_id, error);

  if (themes == NULL)
    return FALSE;
  g_ptr_array_sort (themes, compare_themes);
  g_clear_pointer (&lists->themes, g_ptr_array_unref);
  lists->themes = g_steal_pointer (&themes);
  return TRUE;
}

static gpointer
read_lists (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, &failure);
  Lists *lists;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  lists = lists_new ();
  if (connection == NULL
      || (read_accounts (store, &connection->id, lists, error)
          && read_tax_rates (store, &connection->id, lists, error)
          && read_tracking (store, &connection->id, lists, error)
          && read_themes (store, &connection->id, lists, error)))
    return lists;
  lists_free (lists);
  return NULL;
}

static void load (CsLedgerLists *self);

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsLedgerLists *self = object;
  g_autoptr (GError) error = NULL;
  Lists *lists = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (lists == NULL)
    {
      /* The last lists are kept: choosing from them is better than from none. */
      if (error != NULL && !cs_error_is_cancelled (error))
        g_message ("Accounts and tax rates were not read: %s", error->message);
      return;
    }
  g_clear_pointer (&self->lists, lists_free);
  self->lists = lists;
  self->is_loaded = TRUE;
  g_signal_emit (self, changed_signal, 0);
  if (self->is_stale)
    load (self);
}

static void
load (CsLedgerLists *self)
{
  self->is_stale = self->reading != NULL;
  if (self->reading == NULL)
    self->reading = cs_follow_up (cs_session_read (self->session, read_lists, NULL, NULL, lists_free), self,
                                  read_cb, NULL, NULL);
}

static void
session_changed_cb (CsLedgerLists *self, guint changes)
{
  if ((changes & (CS_CHANGE_LEDGER | CS_CHANGE_CONNECTION)) != 0)
    load (self);
}

static void
cs_ledger_lists_dispose (GObject *object)
{
  CsLedgerLists *self = CS_LEDGER_LISTS (object);

  dex_clear (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_ledger_lists_parent_class)->dispose (object);
}

static void
cs_ledger_lists_finalize (GObject *object)
{
  g_clear_pointer (&CS_LEDGER_LISTS (object)->lists, lists_free);
  G_OBJECT_CLASS (cs_ledger_lists_parent_class)->finalize (object);
}

static void
cs_ledger_lists_class_init (CsLedgerListsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = cs_ledger_lists_dispose;
  object_class->finalize = cs_ledger_lists_finalize;
  changed_signal = g_signal_new ("changed", CS_TYPE_LEDGER_LISTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
cs_ledger_lists_init (CsLedgerLists *self)
{
  self->lists = lists_new ();
}

/** cs_ledger_lists_new: Returns: (transfer full): lists that read themselves, at first and after every pull
 */
CsLedgerLists *
cs_ledger_lists_new (CsSession *session)
{
  CsLedgerLists *self = g_object_new (CS_TYPE_LEDGER_LISTS, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/** cs_ledger_lists_get_accounts: Returns: (transfer none): valid until "changed" */
GPtrArray *
cs_ledger_lists_get_accounts (CsLedgerLists *self)
{
  g_return_val_if_fail (CS_IS_LEDGER_LISTS (self), NULL);

  return self->lists->accounts;
}

/** cs_ledger_lists_get_tax_rates: Returns: (transfer none): valid until "changed" */
GPtrArray *
cs_ledger_lists_get_tax_rates (CsLedgerLists *self)
{
  g_return_val_if_fail (CS_IS_LEDGER_LISTS (self), NULL);

  return self->lists->tax_rates;
}

/** cs_ledger_lists_get_tracking: Returns: (transfer none): valid until "changed" */
GPtrArray *
cs_ledger_lists_get_tracking (CsLedgerLists *self)
{
  g_return_val_if_fail (CS_IS_LEDGER_LISTS (self), NULL);

  return self->lists->tracking;
}

/** cs_ledger_lists_get_themes: Returns: (transfer none): valid until "changed" */
GPtrArray *
cs_ledger_lists_get_themes (CsLedgerLists *self)
{
  g_return_val_if_fail (CS_IS_LEDGER_LISTS (self), NULL);

  return self->lists->themes;
}

/** cs_ledger_lists_find_account: Returns: (transfer none) (nullable): the account of this code */
const CsLedgerAccount *
cs_ledger_lists_find_account (CsLedgerLists *self, const char *code)
{
  GPtrArray *accounts = cs_ledger_lists_get_accounts (self);

  for (guint i = 0; i < accounts->len; i++)
    if (g_strcmp0 (((CsLedgerAccount *)accounts->pdata[i])->code, code) == 0)
      return accounts->pdata[i];
  return NULL;
}

/** cs_ledger_lists_find_tax_rate: Returns: (transfer none) (nullable): the rate of this type */
const CsLedgerTaxRate *
cs_ledger_lists_find_tax_rate (CsLedgerLists *self, const char *tax_type)
{
  GPtrArray *rates = cs_ledger_lists_get_tax_rates (self);

  for (guint i = 0; i < rates->len; i++)
    if (g_strcmp0 (((CsLedgerTaxRate *)rates->pdata[i])->tax_type, tax_type) == 0)
      return rates->pdata[i];
  return NULL;
}
