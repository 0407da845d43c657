#ifndef ALLOCATION_COUNT_H
#define ALLOCATION_COUNT_H

#include <stdint.h>

/// How often memory was allocated in this process so far: malloc, calloc, realloc and aligned ones.
uint64_t allocation_count(void);

#endif
