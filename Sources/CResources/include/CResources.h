#ifndef CR_RESOURCES_H
#define CR_RESOURCES_H
#endif
