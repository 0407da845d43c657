/* What compilers call and no library is there to give: copying, filling, 64-bit division. Kept as
   simple as can be. There is no allocator: a program that needs one does not link. */
#include <stddef.h>
#include <stdint.h>

/* By words where both stand on words, then the rest byte by byte. */
void *memcpy(void *to, const void *from, size_t count) {
  unsigned char *target = to;
  const unsigned char *source = from;
  if ((((uintptr_t)target | (uintptr_t)source) & 3) == 0) {
    uint32_t *words = to;
    const uint32_t *given = from;
    for (; count >= 4; count -= 4) *words++ = *given++;
    target = (unsigned char *)words;
    source = (const unsigned char *)given;
  }
  while (count-- > 0) *target++ = *source++;
  return to;
}

void *memmove(void *to, const void *from, size_t count) {
  unsigned char *target = to;
  const unsigned char *source = from;
  if (target < source) {
    for (size_t index = 0; index < count; index++) target[index] = source[index];
  } else {
    while (count-- > 0) target[count] = source[count];
  }
  return to;
}

void *memset(void *to, int byte, size_t count) {
  unsigned char *target = to;
  for (size_t index = 0; index < count; index++) target[index] = (unsigned char)byte;
  return to;
}

int memcmp(const void *one, const void *other, size_t count) {
  const unsigned char *left = one, *right = other;
  for (size_t index = 0; index < count; index++) {
    if (left[index] != right[index]) return left[index] < right[index] ? -1 : 1;
  }
  return 0;
}

#ifdef __arm__
/* The names of the run-time ABI for the Arm architecture. */
void __aeabi_memcpy(void *to, const void *from, size_t count) { memcpy(to, from, count); }
void __aeabi_memcpy4(void *to, const void *from, size_t count) { memcpy(to, from, count); }
void __aeabi_memcpy8(void *to, const void *from, size_t count) { memcpy(to, from, count); }
void __aeabi_memmove(void *to, const void *from, size_t count) { memmove(to, from, count); }
void __aeabi_memmove4(void *to, const void *from, size_t count) { memmove(to, from, count); }
void __aeabi_memmove8(void *to, const void *from, size_t count) { memmove(to, from, count); }
void __aeabi_memset(void *to, size_t count, int byte) { memset(to, byte, count); }
void __aeabi_memset4(void *to, size_t count, int byte) { memset(to, byte, count); }
void __aeabi_memset8(void *to, size_t count, int byte) { memset(to, byte, count); }
void __aeabi_memclr(void *to, size_t count) { memset(to, 0, count); }
void __aeabi_memclr4(void *to, size_t count) { memset(to, 0, count); }
void __aeabi_memclr8(void *to, size_t count) { memset(to, 0, count); }

/* Shifts that the compiler does not write out, by 0 to 63. */
uint64_t __aeabi_llsl(uint64_t value, int by) {
  const uint32_t low = (uint32_t)value, high = (uint32_t)(value >> 32);
  if (by == 0) return value;
  if (by >= 32) return (uint64_t)(low << (by - 32)) << 32;
  return (uint64_t)(high << by | low >> (32 - by)) << 32 | low << by;
}

uint64_t __aeabi_llsr(uint64_t value, int by) {
  const uint32_t low = (uint32_t)value, high = (uint32_t)(value >> 32);
  if (by == 0) return value;
  if (by >= 32) return high >> (by - 32);
  return (uint64_t)(high >> by) << 32 | (low >> by | high << (32 - by));
}

/* Long division, bit by bit. */
uint64_t gate_divide(uint64_t numerator, uint64_t denominator, uint64_t *rest) {
  uint64_t quotient = 0, left = 0;
  for (int bit = 63; bit >= 0; bit--) {
    const uint64_t carry = left >> 63;
    left = left << 1 | (numerator >> 63);
    numerator <<= 1;
    quotient <<= 1;
    if (carry || left >= denominator) {
      left -= denominator;
      quotient |= 1;
    }
  }
  *rest = left;
  return quotient;
}

int64_t gate_divide_signed(int64_t numerator, int64_t denominator, int64_t *rest) {
  uint64_t left;
  const uint64_t quotient =
      gate_divide(numerator < 0 ? 0 - (uint64_t)numerator : (uint64_t)numerator,
                  denominator < 0 ? 0 - (uint64_t)denominator : (uint64_t)denominator, &left);
  *rest = (int64_t)(numerator < 0 ? 0 - left : left);
  return (int64_t)((numerator < 0) != (denominator < 0) ? 0 - quotient : quotient);
}

/* The ABI wants the quotient in r0 and r1 and the rest in r2 and r3. */
#define DIVISION(name, divide)                                              \
  __attribute__((naked)) void name(void) {                                  \
    __asm__("push {r4, lr}\n sub sp, #16\n add r4, sp, #8\n str r4, [sp]\n" \
            "bl " #divide "\n ldrd r2, r3, [sp, #8]\n add sp, #16\n"        \
            "pop {r4, pc}");                                                \
  }
DIVISION(__aeabi_uldivmod, gate_divide)
DIVISION(__aeabi_ldivmod, gate_divide_signed)
#endif

#ifdef __wasm__
/* A product of 128 bits, by which the compiler sees an overflow of 64. */
__int128 __multi3(__int128 one, __int128 other) {
  const uint64_t a = (uint64_t)one, b = (uint64_t)other, mask = 0xFFFFFFFF;
  const uint64_t low = (a & mask) * (b & mask);
  const uint64_t middle = (a >> 32) * (b & mask) + (low >> 32);
  const uint64_t cross = (a & mask) * (b >> 32) + (middle & mask);
  const uint64_t high = (a >> 32) * (b >> 32) + (middle >> 32) + (cross >> 32) +
                        (uint64_t)(one >> 64) * b + a * (uint64_t)(other >> 64);
  return (__int128)((unsigned __int128)high << 64 | cross << 32 | (low & mask));
}
#endif
