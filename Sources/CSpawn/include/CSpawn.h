#ifndef CS_SPAWN_H
#define CS_SPAWN_H
// Starting one child: Swift cannot call fork, and between fork and exec only C without a runtime is safe.
#include <stddef.h>

// What the child gets. All descriptors stay the caller's; the child sees input, output and error as 0, 1 and 2 and
// nothing else.
typedef struct cs_start {
  const char *path;
  char *const *argv;
  char *const *environment;
  const char *directory; // NULL: the caller's
  int input, output, error;
  int life; // Read end of a pipe whose end of file means that the caller is gone; -1: the child may outlive it.
  int foreground; // Not 0: it stays in the caller's session and group, has its terminal, and ends with it (on Linux).
} cs_start;

// Starts a child in a session and process group of its own. Returns 0 or the error code of what failed, exec included.
//
// With a life pipe a second small process, the keeper, leads the group and is the child's parent; its process ID is the
// one that is given. At the end of the pipe it kills the whole group, itself included: children and their children end
// with the caller whatever ends it, kill -9 too, on every system, and independent of the thread that started them
// (which PR_SET_PDEATHSIG is not). Otherwise it ends exactly as the child ends. Signals to the group reach the child and
// leave the keeper alone; SIGUSR1 to the keeper kills the child.
int cs_spawn(const cs_start *start, int *pid);

// A pipe whose ends are close-on-exec and not 0, 1 or 2; the read end does not block. Returns 0 or an error code.
int cs_pipe(int ends[2]);

// A nameless file that holds the bytes, read from its beginning. Returns its descriptor, or -1 with errno set.
int cs_file_of_bytes(const void *bytes, size_t count);

// Gives free memory back to the system, where the allocator can.
void cs_release_memory(void);

// From now on blocks of so many bytes go back to the system as soon as they are free, where the allocator can.
void cs_return_large_blocks(size_t count);

// The environment of this process.
char *const *cs_environment(void);
#endif
