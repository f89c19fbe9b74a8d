#ifndef CS_SPAWN_H
#define CS_SPAWN_H
#endif
