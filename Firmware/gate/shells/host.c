/* Runs the control loop on the host and prints its trace. */
#include <inttypes.h>
#include <stdio.h>

int32_t gate_begin(void);
void gate_run_day(void);
int32_t gate_figure(int32_t index);
uint64_t gate_hash(void);

int main(void) {
  const int32_t days = gate_begin();
  for (int32_t day = 1; day <= days; day++) {
    gate_run_day();
    printf("day %" PRId32 " commands %" PRId32 " events %" PRId32 " strokes %" PRId32
           " missing %" PRId32 " hash %016" PRIx64 "\n",
           day, gate_figure(0), gate_figure(1), gate_figure(2), gate_figure(3), gate_hash());
  }
  return days == 0;
}
