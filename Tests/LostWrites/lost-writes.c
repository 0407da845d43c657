/* Stands between a process and its disk, by LD_PRELOAD: for the ledger's tests of power cuts.
 *
 * Every change of a file under a folder is noted in a log, with the bytes from before, and so is
 * every sync. Killed, the process leaves the log; the test takes from the files what was never
 * synced, as a power cut would. A sync only notes that it was asked for: what is durable is what
 * the log says, so the tests need no disk that loses writes. Files ending in -shm are memory.
 *
 * CUT_FOLDER            the files of this folder are watched
 * CUT_LOG               the log, a file elsewhere
 * CUT_DEAF_AFTER=n      after n syncs a sync is answered and does nothing: a disk that lies
 * CUT_SYNC_FAILS_AT=n   the nth sync fails, and only that
 * CUT_ROOM=n            after n bytes written the disk refuses, with CUT_ERROR (28, no space)
 * CUT_REFUSE=path       while that file exists every write is refused with the error number in it
 * CUT_READ_ONLY=1       nothing can be opened for writing
 * CUT_AT=n              the process is killed after its nth write of a file ending in .sqlite
 *
 * A record: eight numbers of 8 bytes in the machine's order (kind, file, offset, size of the file
 * before, bytes before, bytes after, 0, 0), then these bytes. Kinds: 1 a name (in the bytes after),
 * 2 made, 3 written, 4 cut to `offset`, 5 synced, 6 the folder synced, 7 removed. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NAMED = 1, MADE, WRITTEN, CUT, SYNCED, FOLDER_SYNCED, REMOVED };
enum { FILES = 64, DESCRIPTORS = 4096 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int log_file = -1;
static long cut_at = -1, deaf_after = -1, fails_at = -1, room = -1, syncs, error_of_room = ENOSPC;
static int read_only;
static const char *refuse;
static char names[FILES][512];
static int file_count;
static int file_of[DESCRIPTORS]; /* index into names, plus 1 */

static long number(const char *name, long otherwise) {
  const char *text = getenv(name);
  return text ? atol(text) : otherwise;
}

__attribute__((constructor)) static void begin(void) {
  folder = getenv("CUT_FOLDER");
  const char *path = getenv("CUT_LOG");
  if (!folder || !path) return;
  log_file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  deaf_after = number("CUT_DEAF_AFTER", -1);
  fails_at = number("CUT_SYNC_FAILS_AT", -1);
  room = number("CUT_ROOM", -1);
  error_of_room = number("CUT_ERROR", ENOSPC);
  read_only = number("CUT_READ_ONLY", 0);
  cut_at = number("CUT_AT", -1);
  refuse = getenv("CUT_REFUSE");
}

/* The error that the disk gives now; 0 where it takes what is written. */
static int refusal(void) {
  if (!refuse) return 0;
  int file = syscall(SYS_openat, AT_FDCWD, refuse, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[8] = {0};
  ssize_t count = syscall(SYS_read, file, text, sizeof text - 1);
  syscall(SYS_close, file);
  return count > 0 ? atoi(text) : ENOSPC;
}

static void note(int64_t kind, int64_t file, int64_t offset, int64_t size, const void *before,
                 size_t before_count, const void *after, size_t after_count) {
  int64_t head[8] = {kind, file, offset, size, (int64_t)before_count, (int64_t)after_count, 0, 0};
  struct iovec parts[3] = {
    {head, sizeof head}, {(void *)before, before_count}, {(void *)after, after_count}};
  ssize_t all = sizeof head + before_count + after_count;
  if (syscall(SYS_writev, log_file, parts, 3) != all) abort(); /* no test without its log */
}

/* The index of a watched file, plus 1; the name is noted the first time. */
static int watch(const char *path) {
  size_t length = strlen(path);
  if (log_file < 0 || strncmp(path, folder, strlen(folder)) != 0) return 0;
  if (length >= 4 && strcmp(path + length - 4, "-shm") == 0) return 0;
  for (int i = 0; i < file_count; i++)
    if (strcmp(names[i], path) == 0) return i + 1;
  if (file_count == FILES || length >= sizeof names[0]) abort();
  strcpy(names[file_count++], path);
  note(NAMED, file_count, 0, 0, NULL, 0, path, length);
  return file_count;
}

static int watched(int descriptor) {
  return descriptor >= 0 && descriptor < DESCRIPTORS ? file_of[descriptor] : 0;
}

static int64_t size_of(int descriptor) {
  struct stat information;
  return fstat(descriptor, &information) == 0 ? information.st_size : 0;
}

static int open_noted(int at, const char *path, int flags, mode_t mode) {
  struct stat information;
  pthread_mutex_lock(&lock);
  int is_folder = stat(path, &information) == 0 && S_ISDIR(information.st_mode);
  int file = is_folder ? 0 : watch(path);
  if (file && read_only && (flags & O_ACCMODE) != O_RDONLY) {
    pthread_mutex_unlock(&lock);
    errno = EACCES;
    return -1;
  }
  int is_new = file && (flags & O_CREAT) && stat(path, &information) != 0;
  int descriptor = syscall(SYS_openat, at, path, flags, mode);
  int error = errno;
  if (descriptor >= 0 && descriptor < DESCRIPTORS) {
    file_of[descriptor] = file;
    if (is_new) note(MADE, file, 0, 0, NULL, 0, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return descriptor;
}

#define MODE_OF(flags)                                                                            \
  mode_t mode = 0;                                                                                \
  if ((flags) & O_CREAT) {                                                                        \
    va_list rest;                                                                                 \
    va_start(rest, flags);                                                                        \
    mode = va_arg(rest, mode_t);                                                                  \
    va_end(rest);                                                                                 \
  }

int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_noted(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_noted(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int close(int descriptor) {
  pthread_mutex_lock(&lock);
  if (descriptor >= 0 && descriptor < DESCRIPTORS) file_of[descriptor] = 0;
  int result = syscall(SYS_close, descriptor);
  pthread_mutex_unlock(&lock);
  return result;
}

/* The bytes from before are in the log before the file changes. */
static ssize_t write_noted(int file, int descriptor, const void *bytes, size_t count,
                           int64_t offset) {
  pthread_mutex_lock(&lock);
  if (room >= 0 && (long)count > room) {
    pthread_mutex_unlock(&lock);
    errno = error_of_room;
    return -1;
  }
  int error = refusal();
  if (error) {
    pthread_mutex_unlock(&lock);
    errno = error;
    return -1;
  }
  char *before = malloc(count ? count : 1);
  if (!before) abort();
  ssize_t had = syscall(SYS_pread64, descriptor, before, count, offset);
  note(WRITTEN, file, offset, size_of(descriptor), before, had > 0 ? had : 0, bytes, count);
  free(before);
  ssize_t result = syscall(SYS_pwrite64, descriptor, bytes, count, offset);
  if (room >= 0 && result > 0) room -= result;
  const char *end = strrchr(names[file - 1], '.');
  if (cut_at >= 0 && end && strcmp(end, ".sqlite") == 0 && --cut_at <= 0) kill(getpid(), SIGKILL);
  pthread_mutex_unlock(&lock);
  return result;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  int file = watched(descriptor);
  if (file) return write_noted(file, descriptor, bytes, count, offset);
  return syscall(SYS_pwrite64, descriptor, bytes, count, offset);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  return pwrite64(descriptor, bytes, count, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  int file = watched(descriptor);
  if (!file) return syscall(SYS_write, descriptor, bytes, count);
  off_t offset = lseek(descriptor, 0, SEEK_CUR);
  ssize_t result = write_noted(file, descriptor, bytes, count, offset);
  if (result > 0) lseek(descriptor, offset + result, SEEK_SET);
  return result;
}

int ftruncate64(int descriptor, off64_t length) {
  int file = watched(descriptor);
  if (!file) return syscall(SYS_ftruncate, descriptor, length);
  pthread_mutex_lock(&lock);
  int64_t size = size_of(descriptor);
  size_t lost = size > length ? size - length : 0;
  char *before = malloc(lost ? lost : 1);
  if (!before || syscall(SYS_pread64, descriptor, before, lost, length) != (ssize_t)lost) abort();
  note(CUT, file, length, size, before, lost, NULL, 0);
  free(before);
  int result = syscall(SYS_ftruncate, descriptor, length);
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

static int sync_noted(int descriptor) {
  struct stat information;
  int file = watched(descriptor);
  int is_folder = !file && fstat(descriptor, &information) == 0 && S_ISDIR(information.st_mode);
  if (log_file < 0 || !(file || is_folder)) return syscall(SYS_fsync, descriptor);
  pthread_mutex_lock(&lock);
  usleep(150); /* so that some are killed in the middle of it */
  int is_failed = 0;
  if (file) {
    syncs++;
    is_failed = syncs == fails_at;
  }
  int is_deaf = deaf_after >= 0 && syncs > deaf_after;
  if (!is_failed && !is_deaf) note(file ? SYNCED : FOLDER_SYNCED, file, 0, 0, NULL, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  if (is_failed) errno = EIO;
  return is_failed ? -1 : 0;
}

int fsync(int descriptor) { return sync_noted(descriptor); }

int fdatasync(int descriptor) { return sync_noted(descriptor); }

int unlink(const char *path) {
  pthread_mutex_lock(&lock);
  int result = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  int error = errno;
  int file = result == 0 ? watch(path) : 0;
  if (file) {
    note(REMOVED, file, 0, 0, NULL, 0, NULL, 0);
    names[file - 1][0] = 0; /* what is made there next is another file */
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}
