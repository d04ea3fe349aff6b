/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the accessibility bus does not tell of a window: where each widget is, what is cut off, where the
 * focus goes, how long the main thread let nobody else have a turn, what each frame took, and how many cells
 * were made and filled. A GIO module, so that it comes into
 * whatever program is started with GIO_EXTRA_MODULES naming its folder, and no program under test carries any
 * of it. Asked by probe.py on the session bus, under a name with the process in it. How often the main loop
 * had something to do stands in memory that tree.py shares, so that a window which did nothing need not be
 * asked. */
#include "probe-plant.h"
#include "probe-share.h"

#include <adwaita.h>
#include <execinfo.h>
#include <gio/gio.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define WIDGETS_MAX 20000
#define FOCUSED_MAX 1000
#define FRAMES_MAX 20000
#define NOT_YET_MS 5
#define STACK_MAX 64

static const char INTERFACE[]
    = "<node><interface name='io.github.countersign.Probe'>"
      "<method name='Widgets'><arg type='a(ttssiiiiiiu)' direction='out'/></method>"
      "<method name='Focused'><arg type='a(tsiiii)' direction='out'/></method>"
      "<method name='Stall'><arg type='x' direction='out'/></method>"
      "<method name='Frame'><arg type='x' direction='out'/><arg type='x' direction='out'/></method>"
      "<method name='Processor'><arg type='x' direction='out'/><arg type='x' direction='out'/></method>"
      "<method name='MainThread'><arg type='x' direction='out'/></method>"
      "<method name='Frames'><arg type='a(xxxx)' direction='out'/></method>"
      "<method name='Cells'><arg type='u' direction='out'/><arg type='u' direction='out'/></method>"
      "<method name='Width'><arg type='i' direction='out'/></method>"
      "<method name='Set'><arg type='s' direction='in'/><arg type='i' direction='in'/></method>"
      "<method name='Resize'><arg type='i' direction='in'/><arg type='i' direction='in'/></method>"
      "<method name='Plant'><arg type='s' direction='in'/></method>"
      "</interface></node>";

enum
{
  FLAG_FOCUSABLE = 1,
  FLAG_ELLIPSIZED = 2,
  FLAG_ROOT = 4,
  FLAG_SENSITIVE = 8,
  FLAG_KEPT_OUT = 16, /* of the focus, by what holds it */
};

typedef struct
{
  GPollFunc poll;
  guint64 *turns;       /* (nullable): shared, see share_turns() */
  gint64 woke_us;       /* when the main loop last came back from waiting; 0: not yet */
  gint64 stall_us;      /* the longest time since then in which it did not wait again */
  gint64 window_us;     /* of the monotonic clock: when the first frame was drawn; 0: not yet */
  gint64 frame_us;      /* when the first one with a useful page was */
  gint64 window_cpu_us; /* what all threads had taken of the processor by then */
  gint64 frame_cpu_us;
  GArray *focused;   /* of Place: where the focus went, oldest first */
  GArray *frames;    /* of Frame: what each took, oldest first */
  gint64 paint_us;   /* when the frame that is being made was begun */
  gint64 counted_us; /* up to when what callbacks take has been counted */
  gint64 other_us;   /* what they took since the last frame */
  guint n_built;     /* cells and rows of lists */
  guint n_bound;
} Probe;

/* Of the main thread, for one frame. */
typedef struct
{
  gint64 callbacks_us; /* since the frame before: the program's callbacks, and what they had GTK do at once */
  gint64 drawing_us; /* from before-paint to after-paint: GTK's layout and drawing, and what of the program it
                        calls */
  ProbeShare share;  /* of both; nothing unless asked for */
} Frame;

typedef struct
{
  guint64 id;
  char type[64];
  graphene_rect_t bounds;
} Place;

static Probe probe;

/* --- how long nobody had a turn --- */

static void
end_turn (void)
{
  gint64 now_us = g_get_monotonic_time ();

  if (probe.woke_us == 0)
    return;
  probe.stall_us = MAX (probe.stall_us, now_us - probe.woke_us);
  probe.other_us += now_us - probe.counted_us;
}

static int
timed_poll (GPollFD *fds, guint n_fds, int timeout_ms)
{
  int n_ready;

  end_turn ();
  probe_share_set_busy (FALSE);
  n_ready = probe.poll (fds, n_fds, timeout_ms);
  if (probe.turns != NULL)
    __atomic_add_fetch (probe.turns, 1, __ATOMIC_SEQ_CST);
  probe.woke_us = probe.counted_us = g_get_monotonic_time ();
  probe_share_set_busy (TRUE);
  return n_ready;
}

/* A file without a name, which whoever drives the program finds among its open ones. All that the main thread
 * does it does between two such counts: while the number stands, so does the window. */
static void
share_turns (void)
{
  int descriptor = memfd_create ("countersign-turns", MFD_CLOEXEC);
  void *shared;

  if (descriptor < 0 || ftruncate (descriptor, sizeof *probe.turns) != 0)
    return;
  shared = mmap (NULL, sizeof *probe.turns, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (shared != MAP_FAILED)
    probe.turns = shared;
}

/* --- where everything is --- */

static graphene_rect_t
place_of (GtkWidget *widget)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT_ZERO;
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root == NULL || !gtk_widget_compute_bounds (widget, GTK_WIDGET (root), &bounds))
    return *graphene_rect_zero ();
  return bounds;
}

/* What the widget itself shows; its children say theirs. */
static const char *
text_of (GtkWidget *widget)
{
  const char *text = NULL;

  if (GTK_IS_LABEL (widget))
    text = gtk_label_get_text (GTK_LABEL (widget));
  else if (GTK_IS_INSCRIPTION (widget))
    text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  else if (GTK_IS_TEXT (widget))
    text = gtk_editable_get_text (GTK_EDITABLE (widget));
  return text != NULL ? text : "";
}

static gboolean
is_ellipsized (GtkWidget *widget)
{
  int natural = 0;

  if (GTK_IS_LABEL (widget))
    return pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));
  if (!GTK_IS_INSCRIPTION (widget))
    return FALSE;
  if (*text_of (widget) != '\0')
    {
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text_of (widget));

      pango_layout_get_pixel_size (layout, &natural, NULL);
    }
  return natural > gtk_widget_get_width (widget);
}

/* How much further than its place a scroller's content goes sideways, in pixels. */
static int
get_excess (GtkWidget *widget)
{
  GtkAdjustment *across;

  if (!GTK_IS_SCROLLED_WINDOW (widget))
    return 0;
  across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (widget));
  return (int)(gtk_adjustment_get_upper (across) - gtk_adjustment_get_page_size (across));
}

static void
add_widget (GVariantBuilder *builder, GtkWidget *widget)
{
  graphene_rect_t bounds = place_of (widget);
  guint flags = 0;
  int minimum = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (gtk_widget_get_focusable (widget))
    flags |= FLAG_FOCUSABLE;
  if (gtk_widget_is_sensitive (widget))
    flags |= FLAG_SENSITIVE;
  for (GtkWidget *holder = widget; holder != NULL; holder = gtk_widget_get_parent (holder))
    if (!gtk_widget_get_can_focus (holder))
      flags |= FLAG_KEPT_OUT;
  if (is_ellipsized (widget))
    flags |= FLAG_ELLIPSIZED;
  if (GTK_IS_ROOT (widget))
    flags |= FLAG_ROOT;
  g_variant_builder_add (builder, "(ttssiiiiiiu)", (guint64)GPOINTER_TO_SIZE (widget),
                         (guint64)GPOINTER_TO_SIZE (gtk_widget_get_parent (widget)),
                         G_OBJECT_TYPE_NAME (widget), text_of (widget), (int)bounds.origin.x,
                         (int)bounds.origin.y, (int)bounds.size.width, (int)bounds.size.height, minimum,
                         get_excess (widget), flags);
}

static void
add_tree (GVariantBuilder *builder, GtkWidget *widget, guint *count)
{
  if (!gtk_widget_get_mapped (widget) || ++*count > WIDGETS_MAX)
    return;
  add_widget (builder, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_tree (builder, child, count);
}

static GVariant *
list_widgets (void)
{
  GVariantBuilder builder;
  GListModel *windows = gtk_window_get_toplevels ();
  guint count = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("(a(ttssiiiiiiu))"));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(ttssiiiiiiu)"));
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      add_tree (&builder, window, &count);
    }
  g_variant_builder_close (&builder);
  return g_variant_builder_end (&builder);
}

/* --- where the focus goes --- */

static void
on_focus (GtkWindow *window, GParamSpec *pspec, gpointer data)
{
  GtkWidget *widget = gtk_window_get_focus (window);
  Place place = { .id = GPOINTER_TO_SIZE (widget) };

  if (widget == NULL || probe.focused->len >= FOCUSED_MAX)
    return;
  place.bounds = place_of (widget);
  g_strlcpy (place.type, G_OBJECT_TYPE_NAME (widget), sizeof place.type);
  g_array_append_val (probe.focused, place);
}

static GVariant *
take_focused (void)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("(a(tsiiii))"));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(tsiiii)"));
  for (guint i = 0; i < probe.focused->len; i++)
    {
      const Place *place = &g_array_index (probe.focused, Place, i);

      g_variant_builder_add (&builder, "(tsiiii)", place->id, place->type, (int)place->bounds.origin.x,
                             (int)place->bounds.origin.y, (int)place->bounds.size.width,
                             (int)place->bounds.size.height);
    }
  g_variant_builder_close (&builder);
  g_array_set_size (probe.focused, 0);
  return g_variant_builder_end (&builder);
}

/* --- the first frame --- */

static gboolean
has_rows (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  /* A page with something on it: rows of a list, or text to edit. The rows of a GtkColumnView are in a
   * GtkListView of its own; its header alone is none. */
  if ((GTK_IS_LIST_VIEW (widget) || GTK_IS_TEXT_VIEW (widget)) && gtk_widget_get_height (widget) > 0)
    return GTK_IS_TEXT_VIEW (widget) || gtk_widget_get_first_child (widget) != NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_rows (child))
      return TRUE;
  return FALSE;
}

/* @clock: of all threads, or of the one that asks. */
static gint64
get_cpu_us (clockid_t clock)
{
  struct timespec taken;

  clock_gettime (clock, &taken);
  return (gint64)taken.tv_sec * G_USEC_PER_SEC + taken.tv_nsec / 1000;
}

static void
on_before_paint (GdkFrameClock *clock, GtkWidget *window)
{
  gint64 now_us = g_get_monotonic_time ();

  probe.other_us += probe.counted_us != 0 ? now_us - probe.counted_us : 0;
  probe.paint_us = now_us;
}

static void
on_after_paint (GdkFrameClock *clock, GtkWidget *window)
{
  Frame frame = { probe.other_us, g_get_monotonic_time () - probe.paint_us, probe_share_take () };

  if (probe.paint_us != 0 && probe.frames->len < FRAMES_MAX)
    g_array_append_val (probe.frames, frame);
  probe.paint_us = probe.other_us = 0;
  probe.counted_us = g_get_monotonic_time ();
  if (probe.window_us == 0)
    {
      probe.window_us = probe.counted_us;
      probe.window_cpu_us = get_cpu_us (CLOCK_PROCESS_CPUTIME_ID);
    }
  if (probe.frame_us == 0 && has_rows (window))
    {
      probe.frame_us = g_get_monotonic_time ();
      probe.frame_cpu_us = get_cpu_us (CLOCK_PROCESS_CPUTIME_ID);
    }
}

static void
on_realize (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect_object (clock, "before-paint", G_CALLBACK (on_before_paint), window, 0);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_after_paint), window, 0);
}

static void
watch_window (GtkWindow *window)
{
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    on_realize (GTK_WIDGET (window));
  else
    g_signal_connect (window, "realize", G_CALLBACK (on_realize), NULL);
}

static void
on_windows (GListModel *windows, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      watch_window (window);
    }
}

/* --- what frames and lists cost --- */

static GVariant *
take_frames (void)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("(a(xxxx))"));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(xxxx)"));
  for (guint i = 0; i < probe.frames->len; i++)
    {
      const Frame *frame = &g_array_index (probe.frames, Frame, i);

      g_variant_builder_add (&builder, "(xxxx)", frame->callbacks_us, frame->drawing_us, frame->share.own_us,
                             frame->share.toolkit_us);
    }
  g_variant_builder_close (&builder);
  g_array_set_size (probe.frames, 0);
  return g_variant_builder_end (&builder);
}

static GVariant *
take_cells (void)
{
  GVariant *cells = g_variant_new ("(uu)", probe.n_built, probe.n_bound);

  probe.n_built = probe.n_bound = 0;
  return cells;
}

static gboolean
count (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer counter)
{
  ++*(guint *)counter;
  return TRUE;
}

/* Each cell of a table and each row of a list is made by such a factory, and filled by it. */
static void
count_cells (void)
{
  g_type_class_unref (g_type_class_ref (GTK_TYPE_SIGNAL_LIST_ITEM_FACTORY));
  g_signal_add_emission_hook (g_signal_lookup ("setup", GTK_TYPE_SIGNAL_LIST_ITEM_FACTORY), 0, count,
                              &probe.n_built, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("bind", GTK_TYPE_SIGNAL_LIST_ITEM_FACTORY), 0, count,
                              &probe.n_bound, NULL);
}

/* --- what is changed --- */

/* Both at once: what the X server says of the first would come in over the second. */
static void
resize (GVariant *parameters)
{
  g_autoptr (GtkWindow) window = g_list_model_get_item (gtk_window_get_toplevels (), 0);
  int width, height;

  g_variant_get (parameters, "(ii)", &width, &height);
  gtk_window_set_default_size (window, width, height);
}

/* What it has by now: the window manager has a say. */
static int
get_width (void)
{
  g_autoptr (GtkWidget) window = g_list_model_get_item (gtk_window_get_toplevels (), 0);

  return window != NULL ? gtk_widget_get_width (window) : 0;
}

static void
set (const char *name, int value)
{
  GtkSettings *settings = gtk_settings_get_default ();

  if (g_str_equal (name, "text-percent"))
    g_object_set (settings, "gtk-xft-dpi", 96 * 1024 / 100 * value, NULL);
  else if (g_str_equal (name, "animations"))
    g_object_set (settings, "gtk-enable-animations", value != 0, NULL);
  else if (g_str_equal (name, "mirrored"))
    gtk_widget_set_default_direction (value ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  else if (g_str_equal (name, "share"))
    probe_share_begin ();
  else if (g_str_equal (name, "dark"))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        value ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

/* --- being asked --- */

static GVariant *
answer (const char *method, GVariant *parameters)
{
  GVariant *reply = NULL;
  const char *name;
  int value = 0;

  if (g_str_equal (method, "Widgets"))
    return list_widgets ();
  if (g_str_equal (method, "Focused"))
    return take_focused ();
  if (g_str_equal (method, "Frame"))
    return g_variant_new ("(xx)", probe.window_us, probe.frame_us);
  if (g_str_equal (method, "Processor"))
    return g_variant_new ("(xx)", probe.window_cpu_us, probe.frame_cpu_us);
  if (g_str_equal (method, "MainThread"))
    return g_variant_new ("(x)", get_cpu_us (CLOCK_THREAD_CPUTIME_ID));
  if (g_str_equal (method, "Frames"))
    return take_frames ();
  if (g_str_equal (method, "Cells"))
    return take_cells ();
  if (g_str_equal (method, "Stall"))
    {
      reply = g_variant_new ("(x)", probe.stall_us);
      probe.stall_us = 0;
      return reply;
    }
  if (g_str_equal (method, "Width"))
    return g_variant_new ("(i)", get_width ());
  if (g_str_equal (method, "Resize"))
    resize (parameters);
  if (g_str_equal (method, "Set"))
    {
      g_variant_get (parameters, "(&si)", &name, &value);
      set (name, value);
    }
  return NULL;
}

/* What the probe itself takes is no stall of the program's. */
static gboolean
answer_idle (gpointer data)
{
  g_autoptr (GDBusMethodInvocation) invocation = data;
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  GVariant *parameters = g_dbus_method_invocation_get_parameters (invocation);

  if (g_str_equal (method, "Plant"))
    {
      const char *fault;

      g_variant_get (parameters, "(&s)", &fault);
      probe_plant (fault);
      g_dbus_method_invocation_return_value (g_steal_pointer (&invocation), NULL);
      return G_SOURCE_REMOVE;
    }
  end_turn ();
  probe_share_set_busy (FALSE);
  g_dbus_method_invocation_return_value (invocation, answer (method, parameters));
  g_steal_pointer (&invocation);
  probe.woke_us = probe.counted_us = g_get_monotonic_time ();
  probe_share_set_busy (TRUE);
  return G_SOURCE_REMOVE;
}

/* After what is laid out and drawn, so that the answer is of a window that stands still. */
static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  g_idle_add_full (G_PRIORITY_LOW + 50, answer_idle, invocation, NULL);
}

static const GDBusInterfaceVTable VTABLE = { on_call, NULL, NULL, { 0 } };

static void
on_bus (GDBusConnection *bus, const char *name, gpointer data)
{
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (INTERFACE, NULL);

  g_dbus_connection_register_object (bus, "/probe", node->interfaces[0], &VTABLE, NULL, NULL, NULL);
}

/* In the program's own main loop, once it has a display. */
static gboolean
begin (gpointer data)
{
  g_autofree char *name = g_strdup_printf ("io.github.countersign.Probe.P%d", (int)getpid ());
  GListModel *windows;

  if (gdk_display_get_default () == NULL)
    {
      g_timeout_add (NOT_YET_MS, begin, NULL);
      return G_SOURCE_REMOVE;
    }
  count_cells ();
  windows = gtk_window_get_toplevels ();
  g_signal_connect (windows, "items-changed", G_CALLBACK (on_windows), NULL);
  on_windows (windows, 0, 0, g_list_model_get_n_items (windows));
  g_bus_own_name (G_BUS_TYPE_SESSION, name, G_BUS_NAME_OWNER_FLAGS_NONE, on_bus, NULL, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* Where a complaint comes from: one that is not seen again has to be understood from the log alone. */
static void
on_complaint (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  void *stack[STACK_MAX];

  g_log_default_handler (domain, level, message, data);
  if (level & G_LOG_LEVEL_CRITICAL)
    backtrace_symbols_fd (stack, backtrace (stack, STACK_MAX), STDERR_FILENO);
}

G_MODULE_EXPORT void
g_io_module_load (GIOModule *module)
{
  /* What the program starts is not looked at. */
  g_unsetenv ("GIO_EXTRA_MODULES");
  g_type_module_use (G_TYPE_MODULE (module));
  probe.focused = g_array_new (FALSE, FALSE, sizeof (Place));
  probe.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  share_turns ();
  probe.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, timed_poll);
  g_log_set_default_handler (on_complaint, NULL);
  g_idle_add_full (G_PRIORITY_HIGH, begin, NULL, NULL);
}

G_MODULE_EXPORT void
g_io_module_unload (GIOModule *module)
{
}

G_MODULE_EXPORT char **
g_io_module_query (void)
{
  return NULL;
}
