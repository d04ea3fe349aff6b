/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-overview.h"
#include "cs-ageing-bar.h"
#include "cs-chart.h"
#include "cs-format.h"
#include "cs-month-chart.h"
#include "cs-share-bar.h"
#include "cs-table.h"

#include <glib/gi18n-lib.h>

#define SPACE 6
#define TABLE_HEIGHT_MAX 420
/* Pixels below which all of it would leave the list the room of a row or two. */
#define SMALL_WIDTH 480

struct _CsInvoiceOverview
{
  AdwBin parent_instance;
  CsAgeingBar *bar;
  CsMonthChart *chart;
  GtkWidget *controls;
  GtkDropDown *currencies; /* (nullable): until there are several */
  GtkRevealer *revealer;
  GtkWidget *title;
  GtkToggleButton *title_button; /* in its place where there is little room */
  GtkWidget *contacts_button;
  GtkWidget *chart_button;
  GtkMenuButton *table_button;
  GArray *ages;   /* of CsInvoiceAges */
  GArray *months; /* of CsInvoiceMonth */
  CsDate today;
  gboolean is_telling;
  gboolean is_small;
  guint resized_source;
};

G_DEFINE_FINAL_TYPE (CsInvoiceOverview, cs_invoice_overview, ADW_TYPE_BIN)

static guint age_chosen_signal;

static const CsInvoiceAges *
get_ages (CsInvoiceOverview *self)
{
  guint at = self->currencies != NULL ? gtk_drop_down_get_selected (self->currencies) : 0;

  return at < self->ages->len ? &g_array_index (self->ages, CsInvoiceAges, at) : NULL;
}

static GArray *
get_months (CsInvoiceOverview *self)
{
  const CsInvoiceAges *ages = get_ages (self);

  return ages != NULL ? cs_chart_fill_months (self->months, ages->currency, self->today, CS_CHART_MONTHS)
                      : g_array_new (FALSE, FALSE, sizeof (CsInvoiceMonth));
}

static void
show (CsInvoiceOverview *self)
{
  g_autoptr (GArray) months = get_months (self);

  if (self->is_telling)
    return;
  cs_ageing_bar_set (self->bar, get_ages (self));
  if (months->len > 0)
    cs_month_chart_set (self->chart, months);
}

/* --- as a table --- */

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
make_ages_table (CsInvoiceOverview *self)
{
  const char *headings[] = { _ ("Overdue"), _ ("Invoices"), _ ("Owed"), NULL };
  GtkWidget *table = cs_table_new (headings);
  const CsInvoiceAges *ages = get_ages (self);

  for (int ageing = CS_AGEING_CURRENT; ages != NULL && ageing < CS_AGEING_N; ageing++)
    {
      g_autofree char *n = g_strdup_printf ("%'u", ages->n[ageing]);
      g_autofree char *amount = cs_format_money (ages->balance[ageing]);

      cs_table_add_row (table, FALSE, cs_ageing_words ((CsAgeing)ageing), n, amount, NULL);
    }
  if (ages != NULL)
    {
      g_autofree char *n = g_strdup_printf ("%'u", ages->n[CS_AGEING_ANY]);
      g_autofree char *amount = cs_format_money_with_currency (ages->balance[CS_AGEING_ANY]);

      cs_table_add_row (table, TRUE, _ ("All"), n, amount, NULL);
    }
  cs_table_align_numbers (table);
  return table;
}

static GtkWidget *
make_months_table (CsInvoiceOverview *self)
{
  const char *headings[] = { _ ("Month"), _ ("Billed"), _ ("Received"), NULL };
  GtkWidget *table = cs_table_new (headings);
  g_autoptr (GArray) months = get_months (self);

  for (guint i = months->len; i > 0; i--)
    {
      const CsInvoiceMonth *month = &g_array_index (months, CsInvoiceMonth, i - 1);
      g_autofree char *name = cs_month_words (month->month);
      g_autofree char *billed = cs_format_money (month->billed);
      g_autofree char *received = cs_format_money (month->received);

      cs_table_add_row (table, FALSE, name, billed, received, NULL);
    }
  cs_table_align_numbers (table);
  return table;
}

static void
make_tables_cb (GtkMenuButton *button, gpointer data)
{
  CsInvoiceOverview *self = data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2 * SPACE);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_box_append (GTK_BOX (box), make_heading (_ ("Owed by age")));
  gtk_box_append (GTK_BOX (box), make_ages_table (self));
  gtk_box_append (GTK_BOX (box), make_heading (_ ("Billed and received by month")));
  gtk_box_append (GTK_BOX (box), make_months_table (self));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  /* As wide as it needs, so that no amount is cut short. */
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), TABLE_HEIGHT_MAX);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The pictures as tables"), -1);
  gtk_menu_button_set_popover (button, popover);
}

/* --- the widget --- */

/* Where there is little room the list has it, until somebody asks for the picture. */
static void
show_parts (CsInvoiceOverview *self)
{
  gboolean is_open = !self->is_small || gtk_toggle_button_get_active (self->title_button);

  gtk_widget_set_visible (self->title, !self->is_small);
  gtk_widget_set_visible (GTK_WIDGET (self->title_button), self->is_small);
  if (self->currencies != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->currencies), is_open && self->ages->len > 1);
  gtk_widget_set_visible (self->chart_button, is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->table_button), is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), is_open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->title_button), GTK_ACCESSIBLE_STATE_EXPANDED, is_open,
                               -1);
}

static GtkWidget *
make_title_button (CsInvoiceOverview *self)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _ ("Owed by age"));
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "pan-down-symbolic");
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "toggled", G_CALLBACK (show_parts), self, G_CONNECT_SWAPPED);
  self->title_button = GTK_TOGGLE_BUTTON (button);
  return button;
}

static void
age_chosen_cb (CsInvoiceOverview *self, int ageing)
{
  g_signal_emit (self, age_chosen_signal, 0, ageing);
}

static GtkWidget *
make_key (guint part, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACE);
  GtkWidget *swatch = NULL;
  GtkWidget *label = gtk_label_new (text);

  if (part == 0)
    {
      /* As the columns of the chart: outlined. */
      swatch = g_object_new (ADW_TYPE_BIN, "width-request", 12, "height-request", 12, "valign",
                             GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (swatch, "outlined-swatch");
    }
  else
    swatch = cs_share_bar_new_swatch (1, 2);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
make_chart (CsInvoiceOverview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE);
  GtkWidget *keys = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3 * SPACE);
  GtkWidget *chart = cs_month_chart_new ();

  self->chart = CS_MONTH_CHART (chart);
  gtk_box_append (GTK_BOX (keys), make_key (0, _ ("Billed")));
  gtk_box_append (GTK_BOX (keys), make_key (1, _ ("Received")));
  gtk_box_append (GTK_BOX (box), keys);
  gtk_box_append (GTK_BOX (box), chart);
  return box;
}

static GtkWidget *
make_head (CsInvoiceOverview *self)
{
  /* Wrapped twice: the controls go below the title first, and below each other where even they don't fit. */
  GtkWidget *head = adw_wrap_box_new ();
  GtkWidget *controls = adw_wrap_box_new ();
  GtkWidget *contacts = gtk_toggle_button_new_with_mnemonic (_ ("_By contact"));
  GtkWidget *chart = gtk_toggle_button_new_with_mnemonic (_ ("_Months"));
  GtkWidget *table = gtk_menu_button_new ();

  self->controls = controls;
  self->title = make_heading (_ ("Owed by age"));
  self->contacts_button = contacts;
  self->chart_button = chart;
  self->table_button = GTK_MENU_BUTTON (table);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (contacts), "invoices.debtors");
  gtk_widget_set_tooltip_text (contacts, _ ("Who owes what, since when"));
  gtk_widget_add_css_class (contacts, "flat");
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (head), SPACE);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (controls), SPACE);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (head), ADW_JUSTIFY_SPREAD);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (head), TRUE);
  gtk_widget_set_tooltip_text (chart, _ ("Billed and received by month"));
  gtk_menu_button_set_label (self->table_button, _ ("_Table"));
  gtk_menu_button_set_use_underline (self->table_button, TRUE);
  gtk_widget_set_tooltip_text (table, _ ("Show as table"));
  gtk_menu_button_set_create_popup_func (self->table_button, make_tables_cb, self, NULL);
  gtk_widget_add_css_class (chart, "flat");
  gtk_widget_add_css_class (table, "flat");
  g_object_bind_property (chart, "active", self->revealer, "reveal-child", G_BINDING_SYNC_CREATE);
  adw_wrap_box_append (ADW_WRAP_BOX (controls), contacts);
  adw_wrap_box_append (ADW_WRAP_BOX (controls), chart);
  adw_wrap_box_append (ADW_WRAP_BOX (controls), table);
  adw_wrap_box_append (ADW_WRAP_BOX (head), self->title);
  adw_wrap_box_append (ADW_WRAP_BOX (head), make_title_button (self));
  adw_wrap_box_append (ADW_WRAP_BOX (head), controls);
  return head;
}

/* Most practices bill in one currency, and do without the forty widgets that choose another. */
static void
add_currencies (CsInvoiceOverview *self)
{
  GtkWidget *currencies = gtk_drop_down_new (NULL, NULL);

  self->currencies = GTK_DROP_DOWN (currencies);
  gtk_accessible_update_property (GTK_ACCESSIBLE (currencies), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Currency"),
                                  -1);
  gtk_widget_add_css_class (currencies, "flat");
  g_signal_connect_object (currencies, "notify::selected", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  adw_wrap_box_prepend (ADW_WRAP_BOX (self->controls), currencies);
}

static gboolean
resized_cb (gpointer data)
{
  CsInvoiceOverview *self = data;

  self->resized_source = 0;
  self->is_small = gtk_widget_get_width (GTK_WIDGET (self)) < SMALL_WIDTH;
  show_parts (self);
  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
cs_invoice_overview_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cs_invoice_overview_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

/* What is shown cannot change while it is laid out. */
static void
cs_invoice_overview_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsInvoiceOverview *self = CS_INVOICE_OVERVIEW (widget);

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
  if ((width < SMALL_WIDTH) != self->is_small && self->resized_source == 0)
    self->resized_source = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, resized_cb, self, NULL);
}

static void
cs_invoice_overview_dispose (GObject *object)
{
  g_clear_handle_id (&CS_INVOICE_OVERVIEW (object)->resized_source, g_source_remove);
  G_OBJECT_CLASS (cs_invoice_overview_parent_class)->dispose (object);
}

static void
cs_invoice_overview_finalize (GObject *object)
{
  CsInvoiceOverview *self = CS_INVOICE_OVERVIEW (object);

  g_array_unref (self->ages);
  g_array_unref (self->months);
  G_OBJECT_CLASS (cs_invoice_overview_parent_class)->finalize (object);
}

static void
cs_invoice_overview_class_init (CsInvoiceOverviewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = cs_invoice_overview_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_invoice_overview_finalize;
  GTK_WIDGET_CLASS (class)->get_request_mode = cs_invoice_overview_get_request_mode;
  GTK_WIDGET_CLASS (class)->measure = cs_invoice_overview_measure;
  GTK_WIDGET_CLASS (class)->size_allocate = cs_invoice_overview_size_allocate;
  age_chosen_signal = g_signal_new ("age-chosen", CS_TYPE_INVOICE_OVERVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
cs_invoice_overview_init (CsInvoiceOverview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE);
  GtkWidget *bar = cs_ageing_bar_new ();
  GtkWidget *revealer = gtk_revealer_new ();

  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL); /* ours says how wide it is */
  self->ages = g_array_new (FALSE, FALSE, sizeof (CsInvoiceAges));
  self->months = g_array_new (FALSE, FALSE, sizeof (CsInvoiceMonth));
  self->bar = CS_AGEING_BAR (bar);
  self->revealer = GTK_REVEALER (revealer);
  gtk_revealer_set_child (self->revealer, make_chart (self));
  gtk_widget_add_css_class (box, "overview");
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), revealer);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (bar, "chosen", G_CALLBACK (age_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  show_parts (self);
}

/** cs_invoice_overview_new: Returns: (transfer floating): an overview of nothing, which is hidden */
GtkWidget *
cs_invoice_overview_new (void)
{
  return g_object_new (CS_TYPE_INVOICE_OVERVIEW, NULL);
}

/* The one that was chosen stays; else the practice's own comes first. */
static void
show_currencies (CsInvoiceOverview *self, CsCurrency base)
{
  g_autoptr (GtkStringList) codes = gtk_string_list_new (NULL);
  GtkStringObject *before
      = self->currencies != NULL ? gtk_drop_down_get_selected_item (self->currencies) : NULL;
  g_autofree char *kept = g_strdup (before != NULL ? gtk_string_object_get_string (before) : base.code);
  guint at = 0;

  if (self->currencies == NULL && self->ages->len > 1)
    add_currencies (self);
  if (self->currencies == NULL)
    {
      show_parts (self);
      return;
    }

  for (guint i = 0; i < self->ages->len; i++)
    {
      const char *code = g_array_index (self->ages, CsInvoiceAges, i).currency.code;

      gtk_string_list_append (codes, code);
      if (g_str_equal (code, kept))
        at = i;
    }
  self->is_telling = TRUE;
  gtk_drop_down_set_model (self->currencies, G_LIST_MODEL (codes));
  gtk_drop_down_set_selected (self->currencies, at);
  self->is_telling = FALSE;
  show_parts (self);
}

/** cs_invoice_overview_set: shows what @sums has to say of each currency in turn. */
void
cs_invoice_overview_set (CsInvoiceOverview *self, const CsInvoiceSums *sums, CsCurrency base, CsDate today)
{
  g_return_if_fail (CS_IS_INVOICE_OVERVIEW (self) && sums != NULL);

  g_array_set_size (self->ages, 0);
  g_array_append_vals (self->ages, sums->ages->data, sums->ages->len);
  g_array_set_size (self->months, 0);
  g_array_append_vals (self->months, sums->months->data, sums->months->len);
  self->today = today;
  gtk_widget_set_visible (GTK_WIDGET (self), self->ages->len > 0);
  show_currencies (self, base);
  show (self);
}

/** cs_invoice_overview_set_chosen: shows which age the list is of. */
void
cs_invoice_overview_set_chosen (CsInvoiceOverview *self, CsAgeing ageing)
{
  g_return_if_fail (CS_IS_INVOICE_OVERVIEW (self));

  cs_ageing_bar_set_chosen (self->bar, ageing);
  if (ageing != CS_AGEING_ANY)
    gtk_toggle_button_set_active (self->title_button, TRUE);
}

/** cs_invoice_overview_set_has_contacts: whether it is of several, who can be told apart. */
void
cs_invoice_overview_set_has_contacts (CsInvoiceOverview *self, gboolean has_contacts)
{
  g_return_if_fail (CS_IS_INVOICE_OVERVIEW (self));

  gtk_widget_set_visible (self->contacts_button, has_contacts);
}
