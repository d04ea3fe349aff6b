/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-connect-choice.h"

struct _CsConnectChoice
{
  AdwPreferencesGroup parent_instance;
  GtkCheckButton *none; /* never shown: with it a single one is a radio button, too */
  GPtrArray *rows;      /* unowned: they belong to the group */
  guint chosen;
};

G_DEFINE_FINAL_TYPE (CsConnectChoice, cs_connect_choice, ADW_TYPE_PREFERENCES_GROUP)

static void
on_toggled (CsConnectChoice *self, GtkCheckButton *check)
{
  if (gtk_check_button_get_active (check))
    self->chosen = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "index"));
}

/* Practice Manager does not tell what a practice is called (xpm.md 2.3); its id tells two of them apart. */
static char *
make_title (const CsConnectTenant *tenant, guint index)
{
  if (*tenant->name != '\0')
    return g_strdup (tenant->name);
  /* Translators: %u is 1, 2 and so on: practices without a name. */
  return g_strdup_printf (_ ("Practice %u of Practice Manager"), index + 1);
}

/* The countries that Xero has an edition for; of another one its code is shown. */
static const struct
{
  const char *code;
  const char *name;
} countries[] = {
  { "AU", N_ ("Australia") },     { "CA", N_ ("Canada") },       { "GB", N_ ("United Kingdom") },
  { "HK", N_ ("Hong Kong") },     { "IE", N_ ("Ireland") },      { "MY", N_ ("Malaysia") },
  { "NZ", N_ ("New Zealand") },   { "PH", N_ ("Philippines") },  { "SG", N_ ("Singapore") },
  { "US", N_ ("United States") }, { "ZA", N_ ("South Africa") },
};

static const char *
name_country (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    if (g_ascii_strcasecmp (countries[i].code, code) == 0)
      return _ (countries[i].name);
  return code;
}

static char *
describe (const CsConnectTenant *tenant)
{
  if (tenant->country_code == NULL || *tenant->country_code == '\0')
    return g_strdup (tenant->currency);
  if (tenant->currency == NULL || *tenant->currency == '\0')
    return g_strdup (name_country (tenant->country_code));
  /* Translators: a country and the code of a currency, as in "New Zealand, NZD". */
  return g_strdup_printf (_ ("%s, %s"), name_country (tenant->country_code), tenant->currency);
}

static char *
make_subtitle (const CsConnectTenant *tenant)
{
  g_autofree char *description = describe (tenant);
  const char *lines[4] = { NULL };
  gsize n = 0;

  if (*tenant->name == '\0')
    lines[n++] = tenant->tenant_id;
  if (description != NULL && *description != '\0')
    lines[n++] = description;
  if (tenant->was_connected)
    lines[n++] = _ ("This practice was connected to it before");
  return g_strjoinv ("\n", (char **)lines);
}

static void
add_row (CsConnectChoice *self, const CsConnectTenant *tenant, guint index)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = make_title (tenant, index);
  g_autofree char *subtitle = make_subtitle (tenant);

  /* First, since the title is read at once; a name is text, never markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->none);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (check), "index", GUINT_TO_POINTER (index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  if (index == 0 || tenant->was_connected)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
}

static void
cs_connect_choice_finalize (GObject *object)
{
  CsConnectChoice *self = CS_CONNECT_CHOICE (object);

  g_ptr_array_unref (self->rows);
  g_clear_object (&self->none);
  G_OBJECT_CLASS (cs_connect_choice_parent_class)->finalize (object);
}

static void
cs_connect_choice_class_init (CsConnectChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_connect_choice_finalize;
}

static void
cs_connect_choice_init (CsConnectChoice *self)
{
  self->rows = g_ptr_array_new ();
  self->none = g_object_ref_sink (GTK_CHECK_BUTTON (gtk_check_button_new ()));
}

/** cs_connect_choice_fill: shows what @connect, in CHOOSING, found; the one that was connected before is
 * chosen, else the first */
void
cs_connect_choice_fill (CsConnectChoice *self, CsConnect *connect)
{
  GPtrArray *tenants;

  g_return_if_fail (CS_IS_CONNECT_CHOICE (self) && CS_IS_CONNECT (connect));

  tenants = cs_connect_get_tenants (connect);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self),
                                   cs_connect_get_to (connect) == CS_CONNECT_TO_WORK ? _ ("Practices")
                                                                                     : _ ("Organisations"));
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < tenants->len; i++)
    add_row (self, g_ptr_array_index (tenants, i), i);
}

/** cs_connect_choice_get_chosen: Returns: the index of the one that is chosen */
guint
cs_connect_choice_get_chosen (CsConnectChoice *self)
{
  g_return_val_if_fail (CS_IS_CONNECT_CHOICE (self), 0);

  return self->chosen;
}
