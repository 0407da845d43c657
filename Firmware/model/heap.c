/* What the model needs of a C library as wasm: memory, and no more. A heap that only grows, with the
   blocks given back kept by size: a run asks for the same sizes again and again. */
#include <stddef.h>
#include <stdint.h>

extern unsigned char __heap_base;
static uintptr_t end;

/* Before each block: its class of size. A class is a power of two. */
enum { CLASSES = 32, HEAD = 64 };
static void *waiting[CLASSES];

static unsigned class_of(size_t size) {
  unsigned found = 6;
  while (((size_t)1 << found) < size) found++;
  return found;
}

static void *take(size_t alignment, size_t size) {
  (void)alignment;
  const unsigned kind = class_of(size);
  if (waiting[kind]) {
    void *block = waiting[kind];
    waiting[kind] = *(void **)block;
    return block;
  }
  if (end == 0) end = (uintptr_t)&__heap_base;
  const uintptr_t start = (end + HEAD + 63) & ~(uintptr_t)63;
  const uintptr_t past = start + ((size_t)1 << kind);
  const uintptr_t held = (uintptr_t)__builtin_wasm_memory_size(0) << 16;
  if (past > held) {
    const size_t pages = (past - held + 65535) >> 16;
    if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) __builtin_trap();
  }
  *(unsigned *)(start - HEAD) = kind;
  end = past;
  return (void *)start;
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  *block = take(alignment, size ? size : 1);
  return 0;
}

void *malloc(size_t size) { return take(16, size ? size : 1); }

void free(void *block) {
  if (!block) return;
  const unsigned kind = *(unsigned *)((uintptr_t)block - HEAD);
  *(void **)block = waiting[kind];
  waiting[kind] = block;
}
