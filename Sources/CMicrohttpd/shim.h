#ifndef CM_SHIM_H
#define CM_SHIM_H
#include <microhttpd.h>
#endif
