#ifndef CM_SHIM_H
#define CM_SHIM_H
// The functions that start a daemon and ask about it are variadic, and some constants are macros: Swift imports
// neither, so each needed form is a small function here.
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#ifdef __APPLE__
#include <CommonCrypto/CommonDigest.h>
#else
#include <gnutls/gnutls.h>
// After gnutls.h, which it needs.
#include <gnutls/crypto.h>
#endif

// A daemon on the loopback address that runs only inside cm_run, on the caller's thread.
static inline struct MHD_Daemon *cm_start(
    uint16_t port, unsigned int connection_limit, size_t connection_memory, unsigned int timeout_seconds,
    MHD_AccessHandlerCallback handler, MHD_RequestCompletedCallback completed, void *context) {
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  unsigned int flags = MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE;
#ifdef __linux__
  flags |= MHD_USE_EPOLL;
#endif
  return MHD_start_daemon(
      flags, port, NULL, NULL, handler, context, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
      MHD_OPTION_NOTIFY_COMPLETED, completed, context, MHD_OPTION_CONNECTION_LIMIT, connection_limit,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory, MHD_OPTION_CONNECTION_TIMEOUT, timeout_seconds, MHD_OPTION_END);
}

// The port a daemon listens on, which the system chose where 0 was asked for.
static inline uint16_t cm_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info == NULL ? 0 : info->port;
}

// Serves what is ready, waiting at most so many milliseconds.
static inline enum MHD_Result cm_run(struct MHD_Daemon *daemon, int32_t milliseconds) {
  return MHD_run_wait(daemon, milliseconds);
}

// Breaks a connection whose client does not read; the library then notices and cleans up.
static inline void cm_break(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  if (info != NULL) shutdown(info->connect_fd, SHUT_RDWR);
}

// Gives back a connection that speaks another protocol than HTTP, which closes it.
static inline void cm_close_upgraded(struct MHD_UpgradeResponseHandle *handle) {
  MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE);
}

// Reads from a socket without waiting: the number of bytes, 0 for none at present, -1 at the end.
static inline ssize_t cm_receive(int descriptor, void *buffer, size_t size) {
  ssize_t count = recv(descriptor, buffer, size, MSG_DONTWAIT);
  if (count > 0) return count;
  return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) ? 0 : -1;
}

// Writes to a socket without waiting: the number of bytes, 0 for none at present, -1 for a broken connection.
static inline ssize_t cm_send(int descriptor, const void *bytes, size_t size) {
#ifdef __APPLE__
  int flags = MSG_DONTWAIT;
#else
  int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
#endif
  ssize_t count = send(descriptor, bytes, size, flags);
  if (count >= 0) return count;
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -1;
}

// The SHA-1 of some bytes, 20 bytes long: what the WebSocket handshake is made of. The library that computes it is
// one that libmicrohttpd brings along.
static inline int cm_sha1(const void *bytes, size_t size, uint8_t *digest) {
#ifdef __APPLE__
  return CC_SHA1(bytes, (CC_LONG)size, digest) != NULL;
#else
  return gnutls_hash_fast(GNUTLS_DIG_SHA1, bytes, size, digest) == 0;
#endif
}

static inline uint64_t cm_size_unknown(void) { return MHD_SIZE_UNKNOWN; }
static inline ssize_t cm_end_of_stream(void) { return MHD_CONTENT_READER_END_OF_STREAM; }
static inline ssize_t cm_end_with_error(void) { return MHD_CONTENT_READER_END_WITH_ERROR; }
#endif
