/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-shape.h"

#include "sandbox-records.h"

#include <string.h>

#define MEMBER(record, slot, type) (*(type *)((char *)(record) + (slot)->offset))
#define CONST_MEMBER(record, slot, type) (*(type const *)((const char *)(record) + (slot)->offset))

static const char *
id_of (gconstpointer record, const SandboxSlot *slot)
{
  return (const char *)record + slot->offset;
}

gpointer
sandbox_shape_new (const SandboxShape *shape)
{
  gpointer record = g_malloc0 (shape->size);

  for (guint i = 0; i < shape->n_slots; i++)
    {
      const SandboxSlot *slot = &shape->slots[i];

      if (slot->kind == SANDBOX_SLOT_DAY)
        MEMBER (record, slot, int) = SANDBOX_NO_DAY;
      else if (slot->kind == SANDBOX_SLOT_PARTS)
        MEMBER (record, slot, GPtrArray *) = g_ptr_array_new ();
    }
  return record;
}

void
sandbox_shape_free (const SandboxShape *shape, gpointer record)
{
  for (guint i = 0; i < shape->n_slots; i++)
    {
      const SandboxSlot *slot = &shape->slots[i];

      if (slot->kind == SANDBOX_SLOT_TEXT)
        g_free (MEMBER (record, slot, char *));
      else if (slot->kind == SANDBOX_SLOT_PARTS)
        {
          GPtrArray *parts = MEMBER (record, slot, GPtrArray *);

          for (guint j = 0; j < parts->len; j++)
            sandbox_shape_free (slot->part, parts->pdata[j]);
          g_ptr_array_unref (parts);
        }
    }
  g_free (record);
}

gpointer
sandbox_shape_add_part (const SandboxShape *shape, GPtrArray *parts)
{
  gpointer part = sandbox_shape_new (shape);

  g_ptr_array_add (parts, part);
  return part;
}

gpointer
sandbox_shape_copy (const SandboxShape *shape, gconstpointer record)
{
  gpointer copy = g_memdup2 (record, shape->size);

  for (guint i = 0; i < shape->n_slots; i++)
    {
      const SandboxSlot *slot = &shape->slots[i];

      if (slot->kind == SANDBOX_SLOT_TEXT)
        MEMBER (copy, slot, char *) = g_strdup (CONST_MEMBER (record, slot, char *));
      else if (slot->kind == SANDBOX_SLOT_PARTS)
        {
          const GPtrArray *parts = CONST_MEMBER (record, slot, GPtrArray *);

          MEMBER (copy, slot, GPtrArray *) = g_ptr_array_new ();
          for (guint j = 0; j < parts->len; j++)
            g_ptr_array_add (MEMBER (copy, slot, GPtrArray *),
                             sandbox_shape_copy (slot->part, parts->pdata[j]));
        }
    }
  return copy;
}

/* The slots change places; what the shape does not name stays where it is. */
void
sandbox_shape_swap (const SandboxShape *shape, gpointer kept, gpointer changed)
{
  static const gsize sizes[] = {
    [SANDBOX_SLOT_ID] = SANDBOX_ID_SIZE,     [SANDBOX_SLOT_TEXT] = sizeof (char *),
    [SANDBOX_SLOT_NUMBER] = sizeof (gint64), [SANDBOX_SLOT_DAY] = sizeof (int),
    [SANDBOX_SLOT_FLAG] = sizeof (gboolean), [SANDBOX_SLOT_PARTS] = sizeof (GPtrArray *),
  };
  char held[SANDBOX_ID_SIZE];

  for (guint i = 0; i < shape->n_slots; i++)
    {
      gsize size = sizes[shape->slots[i].kind];
      char *one = (char *)kept + shape->slots[i].offset;
      char *other = (char *)changed + shape->slots[i].offset;

      memcpy (held, one, size);
      memcpy (one, other, size);
      memcpy (other, held, size);
    }
}

static void
save_parts (const SandboxSlot *slot, const GPtrArray *parts, SandboxJson *json)
{
  sandbox_json_open (json, slot->name, '[');
  for (guint i = 0; i < parts->len; i++)
    sandbox_shape_save (slot->part, parts->pdata[i], json);
  sandbox_json_close (json, ']');
}

static void
save_slot (const SandboxSlot *slot, gconstpointer record, SandboxJson *json)
{
  switch (slot->kind)
    {
    case SANDBOX_SLOT_ID:
      if (*id_of (record, slot) != '\0')
        sandbox_json_string (json, slot->name, id_of (record, slot));
      break;
    case SANDBOX_SLOT_TEXT:
      sandbox_json_string (json, slot->name, CONST_MEMBER (record, slot, char *));
      break;
    case SANDBOX_SLOT_NUMBER:
      sandbox_json_integer (json, slot->name, CONST_MEMBER (record, slot, gint64));
      break;
    case SANDBOX_SLOT_DAY:
      if (CONST_MEMBER (record, slot, int) != SANDBOX_NO_DAY)
        sandbox_json_integer (json, slot->name, CONST_MEMBER (record, slot, int));
      break;
    case SANDBOX_SLOT_FLAG:
      if (CONST_MEMBER (record, slot, gboolean))
        sandbox_json_bool (json, slot->name, TRUE);
      break;
    case SANDBOX_SLOT_PARTS:
    default:
      save_parts (slot, CONST_MEMBER (record, slot, GPtrArray *), json);
      break;
    }
}

void
sandbox_shape_save (const SandboxShape *shape, gconstpointer record, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  for (guint i = 0; i < shape->n_slots; i++)
    save_slot (&shape->slots[i], record, json);
  sandbox_json_close (json, '}');
}

/* Into a new record. */
void
sandbox_shape_load (const SandboxShape *shape, gpointer record, yyjson_val *element)
{
  for (guint i = 0; i < shape->n_slots; i++)
    {
      const SandboxSlot *slot = &shape->slots[i];
      const char *text = sandbox_json_get_text (element, slot->name);
      size_t j, n;
      yyjson_val *part;

      if (slot->kind == SANDBOX_SLOT_ID && text != NULL)
        sandbox_id_copy ((char *)record + slot->offset, text);
      else if (slot->kind == SANDBOX_SLOT_TEXT)
        MEMBER (record, slot, char *) = g_strdup (text);
      else if (slot->kind == SANDBOX_SLOT_NUMBER)
        MEMBER (record, slot, gint64) = sandbox_json_get_integer (element, slot->name, 0);
      else if (slot->kind == SANDBOX_SLOT_DAY)
        MEMBER (record, slot, int) = (int)sandbox_json_get_integer (element, slot->name, SANDBOX_NO_DAY);
      else if (slot->kind == SANDBOX_SLOT_FLAG)
        MEMBER (record, slot, gboolean) = sandbox_json_get_bool (element, slot->name);
      else if (slot->kind == SANDBOX_SLOT_PARTS)
        yyjson_arr_foreach (sandbox_json_get (element, slot->name), j, n, part) sandbox_shape_load (
            slot->part, sandbox_shape_add_part (slot->part, MEMBER (record, slot, GPtrArray *)), part);
    }
}
