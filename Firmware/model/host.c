/* Prints what the model gives on the host, each value in full. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int32_t model_run(int32_t cells, double *values, int32_t room);

int main(int count, char **words) {
  static double values[4096];
  const int32_t found = model_run(count > 1 ? atoi(words[1]) : 480, values, 4096);
  for (int32_t index = 0; index < found; index++) printf("%.17g\n", values[index]);
  return 0;
}
