/* Start of a Cortex-M4 without an operating system: vectors, cleared memory, a painted stack, and
   the trace over semihosting. */
#include <stdint.h>

int32_t gate_begin(void);
void gate_run_day(void);
int32_t gate_figure(int32_t index);
uint64_t gate_hash(void);

extern uint32_t arm_bss_begin[], arm_bss_end[], arm_stack_bottom[], arm_stack_top[];

enum { SYS_WRITE0 = 0x04, SYS_EXIT = 0x18, EXIT_FINE = 0x20026, EXIT_FAULT = 0x20023 };
static const uint32_t paint = 0xC157E12A;

static void semihost(uint32_t call, uint32_t argument) {
  register uint32_t r0 __asm__("r0") = call;
  register uint32_t r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

static void print(const char *text) { semihost(SYS_WRITE0, (uint32_t)text); }

static void print_number(const char *label, uint32_t value) {
  char digits[11];
  char *place = digits + 10;
  *place = 0;
  do {
    *--place = (char)('0' + value % 10);
    value /= 10;
  } while (value > 0);
  print(label);
  print(place);
}

static void print_hash(uint64_t hash) {
  char digits[17];
  for (int index = 0; index < 16; index++) {
    digits[index] = "0123456789abcdef"[(hash >> (60 - 4 * index)) & 15];
  }
  digits[16] = 0;
  print(" hash ");
  print(digits);
  print("\n");
}

static void run(void) {
  const int32_t days = gate_begin();
  for (int32_t day = 1; day <= days; day++) {
    gate_run_day();
    print_number("day ", (uint32_t)day);
    print_number(" commands ", (uint32_t)gate_figure(0));
    print_number(" events ", (uint32_t)gate_figure(1));
    print_number(" strokes ", (uint32_t)gate_figure(2));
    print_number(" missing ", (uint32_t)gate_figure(3));
    print_hash(gate_hash());
  }
  const uint32_t *deepest = arm_stack_bottom;
  while (*deepest == paint) deepest++;
  print_number("stack ", (uint32_t)((uintptr_t)arm_stack_top - (uintptr_t)deepest));
  print("\n");
  semihost(SYS_EXIT, days > 0 ? EXIT_FINE : EXIT_FAULT);
}

void arm_reset(void) {
  for (uint32_t *word = arm_bss_begin; word < arm_bss_end; word++) *word = 0;
  /* Up to a little below this frame. */
  uint32_t *here = __builtin_frame_address(0);
  for (uint32_t *word = arm_stack_bottom; word < here - 64; word++) *word = paint;
  run();
  for (;;) {
  }
}

/* A Swift trap, or anything else that must not happen. */
static void fault(void) {
  print("fault\n");
  semihost(SYS_EXIT, EXIT_FAULT);
  for (;;) {
  }
}

__attribute__((section(".vectors"), used)) static const uintptr_t vectors[16] = {
    (uintptr_t)arm_stack_top, (uintptr_t)arm_reset, (uintptr_t)fault, (uintptr_t)fault,
    (uintptr_t)fault,         (uintptr_t)fault,     (uintptr_t)fault,
};
