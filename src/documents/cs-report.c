/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-report.h"

#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

/* All in points. */
#define TITLE_HEIGHT 24.0
#define ABOUT_HEIGHT 26.0 /* two lines */
#define HEADING_HEIGHT 18.0
#define ROW_HEIGHT 14.0
#define FOOT_HEIGHT 22.0
#define COLUMN_GAP 6.0

#define TITLE_FONT "Sans Bold 14"
#define SMALL_FONT "Sans 8"
#define BOLD_FONT "Sans Bold 8"

typedef struct
{
  char *title;
  double x;
  double width;
  gboolean is_number;
} Column;

struct _CsReport
{
  CsPaper paper;
  char *title;
  char *about;
  char *footnote;
  Column *columns;
  guint n_columns;
};

/* Shares out the width between the margins. */
static void
place_columns (CsReport *report, const CsReportHead *head)
{
  double room = report->paper.width - 2 * report->paper.margin - COLUMN_GAP * (head->n_columns - 1);
  double all = 0;
  double x = report->paper.margin;

  for (guint i = 0; i < head->n_columns; i++)
    all += head->columns[i].width;
  for (guint i = 0; i < head->n_columns; i++)
    {
      double width = room * head->columns[i].width / all;

      report->columns[i]
          = (Column){ g_strdup (head->columns[i].title), x, width, head->columns[i].is_number };
      x += width + COLUMN_GAP;
    }
}

/**
 * cs_report_new:
 * @head: what stands around the rows; at least three columns
 * @paper: the sheet
 *
 * Returns: (transfer full): a report
 */
CsReport *
cs_report_new (const CsReportHead *head, CsPaper paper)
{
  CsReport *report = NULL;

  g_return_val_if_fail (head != NULL && head->n_columns >= 3, NULL);

  report = g_new0 (CsReport, 1);
  report->paper = paper;
  report->title = g_strdup (head->title);
  report->about = g_strdup (head->about);
  report->footnote = g_strdup (head->footnote);
  report->columns = g_new0 (Column, head->n_columns);
  report->n_columns = head->n_columns;
  place_columns (report, head);
  return report;
}

/** cs_report_free: @report: (transfer full) (nullable): a report */
void
cs_report_free (CsReport *report)
{
  if (report == NULL)
    return;
  for (guint i = 0; i < report->n_columns; i++)
    g_free (report->columns[i].title);
  g_free (report->columns);
  g_free (report->title);
  g_free (report->about);
  g_free (report->footnote);
  g_free (report);
}

/** cs_report_get_paper: Returns: the sheet */
CsPaper
cs_report_get_paper (const CsReport *report)
{
  g_return_val_if_fail (report != NULL, (CsPaper){ 0 });

  return report->paper;
}

/** cs_report_get_title: Returns: (transfer none): the title */
const char *
cs_report_get_title (const CsReport *report)
{
  g_return_val_if_fail (report != NULL, "");

  return report->title;
}

/* The first page begins with what it is all about. */
static double
get_top (const CsReport *report, guint page)
{
  return report->paper.margin + (page == 0 ? TITLE_HEIGHT + ABOUT_HEIGHT : 0);
}

/** cs_report_get_capacity: Returns: how many rows the page of this number holds; the first is 0 */
guint
cs_report_get_capacity (const CsReport *report, guint page)
{
  double room;

  g_return_val_if_fail (report != NULL, 0);

  room = report->paper.height - report->paper.margin - FOOT_HEIGHT - get_top (report, page) - HEADING_HEIGHT;
  return (guint)MAX (room / ROW_HEIGHT, 1);
}

/** cs_report_get_first_row: Returns: which row the page of this number begins with */
guint
cs_report_get_first_row (const CsReport *report, guint page)
{
  g_return_val_if_fail (report != NULL, 0);

  return page == 0 ? 0 : cs_report_get_capacity (report, 0) + (page - 1) * cs_report_get_capacity (report, 1);
}

/** cs_report_count_pages: Returns: how many pages @n_rows take; a report without any has one */
guint
cs_report_count_pages (const CsReport *report, guint n_rows)
{
  guint first;
  guint other;

  g_return_val_if_fail (report != NULL, 0);

  first = cs_report_get_capacity (report, 0);
  other = cs_report_get_capacity (report, 1);
  return n_rows <= first ? 1 : 1 + (n_rows - first + other - 1) / other;
}

typedef struct
{
  const char *text;
  const char *font;
  double x;
  double y;
  double width;
  PangoAlignment alignment;
  guint lines_max;
} Words;

static void
draw_words (PangoLayout *layout, cairo_t *cairo, const Words *words)
{
  PangoFontDescription *font = pango_font_description_from_string (words->font);
  g_autofree char *valid = g_utf8_make_valid (words->text, -1);

  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int)(words->width * PANGO_SCALE));
  pango_layout_set_height (layout, -(int)words->lines_max);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_single_paragraph_mode (layout, words->lines_max == 1);
  pango_layout_set_alignment (layout, words->alignment);
  pango_layout_set_text (layout, valid, -1);
  cairo_move_to (cairo, words->x, words->y);
  pango_cairo_show_layout (cairo, layout);
}

static void
draw_rule (const CsReport *report, cairo_t *cairo, double y, double thickness)
{
  cairo_set_line_width (cairo, thickness);
  cairo_move_to (cairo, report->paper.margin, y);
  cairo_line_to (cairo, report->paper.width - report->paper.margin, y);
  cairo_stroke (cairo);
}

static void
draw_cells (const CsReport *report,
            PangoLayout *layout,
            cairo_t *cairo,
            GStrv cells,
            const char *font,
            double y)
{
  for (guint i = 0; i < report->n_columns && cells[i] != NULL; i++)
    {
      const Column *column = &report->columns[i];
      Words words = { cells[i], font,          column->x,
                      y,        column->width, column->is_number ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT,
                      1 };

      if (*cells[i] != '\0')
        draw_words (layout, cairo, &words);
    }
}

static void
draw_sum (const CsReport *report, PangoLayout *layout, cairo_t *cairo, GStrv cells, double y)
{
  double room = report->paper.width - 2 * report->paper.margin;
  Words label = { cells[0], BOLD_FONT, report->paper.margin, y, room / 2 - COLUMN_GAP, PANGO_ALIGN_LEFT, 1 };
  Words value = { cells[1] != NULL ? cells[1] : "",
                  BOLD_FONT,
                  report->paper.margin + room / 2,
                  y,
                  room / 2,
                  PANGO_ALIGN_RIGHT,
                  1 };

  draw_words (layout, cairo, &label);
  draw_words (layout, cairo, &value);
}

static void
draw_head (const CsReport *report, PangoLayout *layout, cairo_t *cairo, guint page)
{
  double top = get_top (report, page);
  double room = report->paper.width - 2 * report->paper.margin;
  Words title
      = { report->title, TITLE_FONT, report->paper.margin, report->paper.margin, room, PANGO_ALIGN_LEFT, 1 };
  Words about
      = { report->about,    SMALL_FONT, report->paper.margin, report->paper.margin + TITLE_HEIGHT, room,
          PANGO_ALIGN_LEFT, 2 };
  g_auto (GStrv) names = g_new0 (char *, report->n_columns + 1);

  for (guint i = 0; i < report->n_columns; i++)
    names[i] = g_strdup (report->columns[i].title);
  if (page == 0)
    {
      draw_words (layout, cairo, &title);
      draw_words (layout, cairo, &about);
    }
  draw_cells (report, layout, cairo, names, BOLD_FONT, top);
  draw_rule (report, cairo, top + HEADING_HEIGHT - 4, 0.75);
}

static void
draw_foot (const CsReport *report, PangoLayout *layout, cairo_t *cairo, guint page, guint n_pages)
{
  double y = report->paper.height - report->paper.margin - FOOT_HEIGHT / 2;
  double room = report->paper.width - 2 * report->paper.margin;
  /* Translators: of a printed page: its number, and of how many it is one. */
  g_autofree char *number = n_pages > 0 ? g_strdup_printf (_ ("Page %1$'u of %2$'u"), page + 1, n_pages)
                                        /* Translators: %u is the number of a printed page. */
                                        : g_strdup_printf (_ ("Page %'u"), page + 1);
  Words note = { report->footnote, SMALL_FONT, report->paper.margin, y, room * 0.75, PANGO_ALIGN_LEFT, 1 };
  Words count
      = { number, SMALL_FONT, report->paper.margin + room * 0.75, y, room * 0.25, PANGO_ALIGN_RIGHT, 1 };

  draw_words (layout, cairo, &note);
  draw_words (layout, cairo, &count);
}

/* Amounts under one another, digit by digit. */
static PangoLayout *
create_layout (cairo_t *cairo)
{
  PangoLayout *layout = pango_cairo_create_layout (cairo);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

/**
 * cs_report_draw_page:
 * @report: a report
 * @cairo: in points, with the sheet's corner at 0, 0
 * @rows: (element-type GStrv): the rows of this page, no more than its capacity; a row of two cells is a
 * sum's words and its value, one of none a gap
 * @page: its number, from 0
 * @n_pages: of how many it is one; 0 while that is not known
 *
 * Draws one page, black on white.
 */
void
cs_report_draw_page (CsReport *report, cairo_t *cairo, const GPtrArray *rows, guint page, guint n_pages)
{
  g_autoptr (PangoLayout) layout = NULL;
  double y;

  g_return_if_fail (report != NULL && cairo != NULL && rows != NULL);
  g_return_if_fail (rows->len <= cs_report_get_capacity (report, page));

  layout = create_layout (cairo);
  cairo_set_source_rgb (cairo, 0, 0, 0);
  draw_head (report, layout, cairo, page);
  y = get_top (report, page) + HEADING_HEIGHT;
  for (guint i = 0; i < rows->len; i++, y += ROW_HEIGHT)
    {
      GStrv cells = rows->pdata[i];
      guint n_cells = g_strv_length (cells);

      if (n_cells == report->n_columns)
        draw_cells (report, layout, cairo, cells, SMALL_FONT, y);
      else if (n_cells > 0)
        draw_sum (report, layout, cairo, cells, y);
    }
  draw_foot (report, layout, cairo, page, n_pages);
}
