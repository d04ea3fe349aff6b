/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into the program under test: ends it by SIGKILL at its n-th write to a file, flush to the disk,
 * or send to the network. COUNTERSIGN_KILL is KIND:N:WHEN, such as "send:3:after"; COUNTERSIGN_COUNT names a
 * file that is told at the end how many calls of each kind there were. */
/* Both names of the call are wrapped, so neither may stand for the other. */
#undef _FILE_OFFSET_BITS
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum
{
  KIND_WRITE,
  KIND_FLUSH,
  KIND_SEND,
  N_KINDS
} Kind;

static const char *const names[N_KINDS] = { "write", "flush", "send" };
static int counts[N_KINDS];

static int
is_file (int fd)
{
  struct stat status;

  return fstat (fd, &status) == 0 && S_ISREG (status.st_mode);
}

static int
is_network (int fd)
{
  struct sockaddr_storage address = { 0 };
  socklen_t size = sizeof address;

  return getsockname (fd, (struct sockaddr *)&address, &size) == 0
         && (address.ss_family == AF_INET || address.ss_family == AF_INET6);
}

static void
die_if (Kind kind, int number, const char *when)
{
  const char *order = getenv ("COUNTERSIGN_KILL");
  char mine[64];

  snprintf (mine, sizeof mine, "%s:%d:%s", names[kind], number, when);
  if (order != NULL && strcmp (order, mine) == 0)
    kill (getpid (), SIGKILL);
}

static int
begin (Kind kind)
{
  int number = __atomic_add_fetch (&counts[kind], 1, __ATOMIC_SEQ_CST);

  die_if (kind, number, "before");
  return number;
}

#define NEXT(name) ((__typeof__ (&(name)))dlsym (RTLD_NEXT, #name))
#define WRAP(kind, test, call)                                                                               \
  int is_counted = test;                                                                                     \
  int number = is_counted ? begin (kind) : 0;                                                                \
  __typeof__ (call) answer = call;                                                                           \
  if (is_counted)                                                                                            \
    die_if (kind, number, "after");                                                                          \
  return answer

ssize_t
write (int fd, const void *data, size_t size)
{
  WRAP (KIND_WRITE, is_file (fd), NEXT (write) (fd, data, size));
}

ssize_t
pwrite (int fd, const void *data, size_t size, off_t offset)
{
  WRAP (KIND_WRITE, is_file (fd), NEXT (pwrite) (fd, data, size, offset));
}

ssize_t
pwrite64 (int fd, const void *data, size_t size, off64_t offset)
{
  WRAP (KIND_WRITE, is_file (fd), NEXT (pwrite64) (fd, data, size, offset));
}

int
fsync (int fd)
{
  WRAP (KIND_FLUSH, is_file (fd), NEXT (fsync) (fd));
}

int
fdatasync (int fd)
{
  WRAP (KIND_FLUSH, is_file (fd), NEXT (fdatasync) (fd));
}

ssize_t
send (int fd, const void *data, size_t size, int flags)
{
  WRAP (KIND_SEND, is_network (fd), NEXT (send) (fd, data, size, flags));
}

ssize_t
sendmsg (int fd, const struct msghdr *message, int flags)
{
  WRAP (KIND_SEND, is_network (fd), NEXT (sendmsg) (fd, message, flags));
}

__attribute__ ((destructor)) static void
tell (void)
{
  const char *path = getenv ("COUNTERSIGN_COUNT");
  FILE *file = path != NULL ? fopen (path, "w") : NULL;

  if (file == NULL)
    return;
  fprintf (file, "%d %d %d\n", counts[KIND_WRITE], counts[KIND_FLUSH], counts[KIND_SEND]);
  fclose (file);
}
