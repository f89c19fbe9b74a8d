#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "CSpawn.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

extern char **environ;

void cs_release_memory(void) {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

void cs_return_large_blocks(size_t count) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, count > INT_MAX ? INT_MAX : (int)count);
#else
  (void)count;
#endif
}

char *const *cs_environment(void) { return environ; }

// Makes every descriptor from `first` on close at exec.
static void close_at_exec_from(int first) {
#if defined(SYS_close_range)
  if (syscall(SYS_close_range, first, ~0U, 4 /* CLOSE_RANGE_CLOEXEC */) == 0) return;
#endif
  int limit = (int)sysconf(_SC_OPEN_MAX);
  for (int each = first; each < limit; each++) fcntl(each, F_SETFD, FD_CLOEXEC);
}

static void close_from(int first) {
#if defined(SYS_close_range)
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
#endif
  int limit = (int)sysconf(_SC_OPEN_MAX);
  for (int each = first; each < limit; each++) close(each);
}

static volatile sig_atomic_t kill_is_wanted = 0;

static void on_signal(int number) {
  if (number == SIGUSR1) kill_is_wanted = 1;
}

static void react_to(int number) {
  struct sigaction action = {0};
  action.sa_handler = on_signal;
  sigfillset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

// Ends as the child ended, so that whoever waits for the keeper learns how.
static void end_like(int status) {
  if (WIFEXITED(status)) _exit(WEXITSTATUS(status));
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  sigset_t all;
  sigfillset(&all);
  signal(WTERMSIG(status), SIG_DFL);
  kill(getpid(), WTERMSIG(status));
  sigprocmask(SIG_UNBLOCK, &all, NULL);
  _exit(128 + WTERMSIG(status));
}

// The keeper's life: waits for the end of the child or of the program, whichever comes first.
static void keep(pid_t child, int life) {
  dup2(life, 0);
  close_from(1);
#if defined(__linux__)
  prctl(PR_SET_NAME, "keeper");
#endif
  react_to(SIGCHLD);
  react_to(SIGUSR1);
  // Only while it waits does a signal reach the keeper, so none is missed; politeness to the group never does.
  sigset_t waiting;
  sigfillset(&waiting);
  sigdelset(&waiting, SIGCHLD);
  sigdelset(&waiting, SIGUSR1);
  for (;;) {
    int status;
    if (waitpid(child, &status, WNOHANG) == child) end_like(status);
    if (kill_is_wanted) kill(child, SIGKILL);
    fd_set life_set;
    FD_ZERO(&life_set);
    FD_SET(0, &life_set);
    if (pselect(1, &life_set, NULL, NULL, NULL, &waiting) > 0) kill(0, SIGKILL);
  }
}

// Puts three descriptors on 0, 1 and 2, whatever numbers they have.
static int place_standard_descriptors(const cs_start *start) {
  int wanted[3] = {start->input, start->output, start->error};
  for (int each = 0; each < 3; each++) {
    wanted[each] = fcntl(wanted[each], F_DUPFD, 3);
    if (wanted[each] < 0) return errno;
  }
  for (int each = 0; each < 3; each++) {
    if (dup2(wanted[each], each) < 0) return errno;
  }
  return 0;
}

static void report_failure(int report, int code) {
  while (write(report, &code, sizeof code) < 0 && errno == EINTR) {}
  _exit(127);
}

// Becomes the program that was asked for, or reports why not.
static void become(const cs_start *start, int report) {
  for (int each = 1; each < NSIG; each++) signal(each, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  int code = place_standard_descriptors(start);
  if (code == 0 && start->directory && chdir(start->directory) != 0) code = errno;
  if (code != 0) report_failure(report, code);
  close_at_exec_from(3);
  execve(start->path, start->argv, start->environment);
  report_failure(report, errno);
}

// Runs in the new process, with every signal blocked, and never returns.
static void begin(const cs_start *start, int report) {
  if (start->foreground) {
#if defined(__linux__)
    // It is started by the thread that lives as long as the program.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    become(start, report);
  }
  setsid();
  if (start->life < 0) become(start, report);
  pid_t child = fork();
  if (child < 0) report_failure(report, errno);
  if (child > 0) keep(child, start->life);
#if defined(__linux__)
  // Should the keeper be killed, the child goes too. The keeper has one thread, so this cannot fire too early.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  become(start, report);
}

int cs_spawn(const cs_start *start, int *pid) {
  int report[2];
  int code = cs_pipe(report);
  if (code != 0) return code;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t child = fork();
  if (child == 0) begin(start, report[1]);
  int failure = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(report[1]);
  if (child < 0) {
    close(report[0]);
    return failure;
  }
  fcntl(report[0], F_SETFL, 0);
  ssize_t count;
  while ((count = read(report[0], &code, sizeof code)) < 0 && errno == EINTR) {}
  close(report[0]);
  if (count == (ssize_t)sizeof code) {
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    return code;
  }
  *pid = child;
  return 0;
}

int cs_pipe(int ends[2]) {
  int low[2];
  if (pipe(low) != 0) return errno;
  int code = 0;
  for (int each = 0; each < 2; each++) {
    ends[each] = fcntl(low[each], F_DUPFD_CLOEXEC, 3);
    if (ends[each] < 0) code = errno;
    close(low[each]);
  }
  if (code != 0) {
    for (int each = 0; each < 2; each++) {
      if (ends[each] >= 0) close(ends[each]);
    }
    return code;
  }
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return 0;
}

int cs_file_of_bytes(const void *bytes, size_t count) {
#if defined(__linux__)
  int file = memfd_create("input", MFD_CLOEXEC);
#else
  char name[] = "/tmp/todotop-input-XXXXXX";
  int file = mkstemp(name);
  if (file >= 0) {
    unlink(name);
    fcntl(file, F_SETFD, FD_CLOEXEC);
  }
#endif
  if (file < 0) return -1;
  for (size_t done = 0; done < count;) {
    ssize_t written = write(file, (const char *)bytes + done, count - done);
    if (written < 0 && errno != EINTR) {
      int code = errno;
      close(file);
      errno = code;
      return -1;
    }
    if (written > 0) done += (size_t)written;
  }
  lseek(file, 0, SEEK_SET);
  return file;
}
