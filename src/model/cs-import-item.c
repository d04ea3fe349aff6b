/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-import-item.h"

#include <glib/gi18n-lib.h>

struct _CsImportItem
{
  GObject parent_instance;
  CsImportRow *row;
  gboolean is_chosen;
};

G_DEFINE_FINAL_TYPE (CsImportItem, cs_import_item, G_TYPE_OBJECT)

enum
{
  PROP_IS_CHOSEN = 1,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

static void
cs_import_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_IS_CHOSEN)
    g_value_set_boolean (value, cs_import_item_get_is_chosen (CS_IMPORT_ITEM (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cs_import_item_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_IS_CHOSEN)
    cs_import_item_set_is_chosen (CS_IMPORT_ITEM (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cs_import_item_finalize (GObject *object)
{
  cs_import_row_free (CS_IMPORT_ITEM (object)->row);
  G_OBJECT_CLASS (cs_import_item_parent_class)->finalize (object);
}

static void
cs_import_item_class_init (CsImportItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = cs_import_item_get_property;
  object_class->set_property = cs_import_item_set_property;
  object_class->finalize = cs_import_item_finalize;
  properties[PROP_IS_CHOSEN] = g_param_spec_boolean (
      "is-chosen", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
cs_import_item_init (CsImportItem *self)
{
}

/** cs_import_item_new: Returns: (transfer full): an item of @row (transfer full), chosen where nothing is
 * left for a person to say */
CsImportItem *
cs_import_item_new (CsImportRow *row)
{
  CsImportItem *self;

  g_return_val_if_fail (row != NULL, NULL);

  self = g_object_new (CS_TYPE_IMPORT_ITEM, NULL);
  self->row = row;
  self->is_chosen = row->kind == CS_IMPORT_NEW || row->kind == CS_IMPORT_UPDATE;
  return self;
}

/** cs_import_item_get: Returns: (transfer none): the row */
const CsImportRow *
cs_import_item_get (CsImportItem *self)
{
  g_return_val_if_fail (CS_IS_IMPORT_ITEM (self), NULL);

  return self->row;
}

/** cs_import_item_get_is_chosen: Returns: whether it will be imported */
gboolean
cs_import_item_get_is_chosen (CsImportItem *self)
{
  g_return_val_if_fail (CS_IS_IMPORT_ITEM (self), FALSE);

  return self->is_chosen;
}

/** cs_import_item_set_is_chosen: whether to import it; what can't be isn't chosen, whatever is asked */
void
cs_import_item_set_is_chosen (CsImportItem *self, gboolean is_chosen)
{
  g_return_if_fail (CS_IS_IMPORT_ITEM (self));

  is_chosen = is_chosen && cs_import_kind_is_offered (self->row->kind);
  if (self->is_chosen == is_chosen)
    return;
  self->is_chosen = is_chosen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_CHOSEN]);
}

/** cs_import_item_dup_title: Returns: (transfer full): whom the row is about */
char *
cs_import_item_dup_title (CsImportItem *self)
{
  g_return_val_if_fail (CS_IS_IMPORT_ITEM (self), NULL);

  /* Translators: %u is a line of a file. */
  return *self->row->client->name != '\0' ? g_strdup (self->row->client->name)
                                          : g_strdup_printf (_ ("Line %u"), self->row->line);
}

static void
add_change (GStrvBuilder *changes, const char *what, const char *before, const char *after)
{
  if (g_str_equal (before, after))
    return;
  /* Translators: what of a client changes, as it was, and as it will be: "E-mail: a@x.nz → b@x.nz". */
  g_strv_builder_take (changes, *before != '\0' ? g_strdup_printf (_ ("%s: %s → %s"), what, before, after)
                                                : g_strdup_printf (_ ("%s: %s"), what, after));
}

static char *
describe_changes (const CsImportRow *row)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) changes = NULL;

  if (row->before->state == CS_CLIENT_ARCHIVED)
    g_strv_builder_add (builder, _ ("Back from the archive"));
  add_change (builder, _ ("Name"), row->before->name, row->client->name);
  add_change (builder, _ ("Contact person"), row->before->contact_name, row->client->contact_name);
  add_change (builder, _ ("E-mail"), row->before->email, row->client->email);
  add_change (builder, _ ("Phone"), row->before->phone, row->client->phone);
  changes = g_strv_builder_end (builder);
  return g_strjoinv (" · ", changes);
}

static char *
describe_client (const CsClient *client)
{
  const char *parts[] = { client->contact_name, client->email, client->phone };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) told = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (builder, parts[i]);
  told = g_strv_builder_end (builder);
  return *told != NULL ? g_strjoinv (" · ", told) : g_strdup (_ ("No e-mail"));
}

static char *
describe_doubt (const CsImportRow *row)
{
  g_autofree char *told = describe_client (row->client);
  g_autofree char *here = describe_client (row->before);

  if (row->same_as > 0)
    /* Translators: the address and so on in the file; the line of it that may be the same, and what that
     * says. */
    return g_strdup_printf (_ ("%s. Line %u is %s (%s)"), told, row->same_as, row->before->name, here);
  /* Translators: the address and so on in the file; then whom it may be: name, number, address and so on. */
  return g_strdup_printf (_ ("%s. Here is %s (%s, %s)"), told, row->before->name, row->before->number, here);
}

/** cs_import_item_describe: Returns: (transfer full): what it would do, or why it does nothing */
char *
cs_import_item_describe (CsImportItem *self)
{
  const CsImportRow *row;

  g_return_val_if_fail (CS_IS_IMPORT_ITEM (self), NULL);

  row = self->row;
  switch (row->kind)
    {
    case CS_IMPORT_WRONG:
      if (*row->client->name == '\0')
        return g_strdup (row->problem); /* its title is the line */
      /* Translators: a line of a file, and what is wrong with it. */
      return g_strdup_printf (_ ("Line %u: %s"), row->line, row->problem);
    case CS_IMPORT_DOUBTFUL:
      return describe_doubt (row);
    case CS_IMPORT_UPDATE:
      return describe_changes (row);
    case CS_IMPORT_REPEATED:
      return g_strdup_printf (_ ("Line %u is the same client as line %u"), row->line, row->same_as);
    case CS_IMPORT_NEW:
    case CS_IMPORT_SAME:
    case CS_IMPORT_N:
    default:
      return describe_client (row->client);
    }
}
