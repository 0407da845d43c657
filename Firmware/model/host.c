/* Prints what the model gives on the host, each value in full: the default case, or, as `prediction`,
   the cases on standard input, one a line. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int32_t model_run(int32_t cells, double *values, int32_t room);
int32_t prediction_run(const double *input, int32_t count, double *output, int32_t room);

static void print(const double *values, int32_t count, char end) {
  for (int32_t index = 0; index < count; index++) printf("%.17g%c", values[index], end);
}

static int predict(void) {
  static double input[65536], output[262144];
  char *line = NULL;
  size_t room = 0;
  while (getline(&line, &room, stdin) > 0) {
    if (*line == '#' || *line == '\n') continue;
    int32_t count = 0;
    char *from = line, *to;
    for (double value = strtod(from, &to); to != from && count < 65536; value = strtod(from, &to)) {
      input[count++] = value;
      from = to;
    }
    const int32_t found = prediction_run(input, count, output, 262144);
    printf("%d ", found);
    print(output, found, ' ');
    printf("\n");
  }
  free(line);
  return 0;
}

int main(int count, char **words) {
  static double values[4096];
  if (count > 1 && strcmp(words[1], "prediction") == 0) return predict();
  const int32_t found = model_run(count > 1 ? atoi(words[1]) : 480, values, 4096);
  print(values, found, '\n');
  return 0;
}
