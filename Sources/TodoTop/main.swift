#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// A closed pipe or a file that may not grow is an error of a write, not the end of the program.
signal(SIGPIPE, SIG_IGN)
signal(SIGXFSZ, SIG_IGN)

exit(run(Array(CommandLine.arguments.dropFirst())))
