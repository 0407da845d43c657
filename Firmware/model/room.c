/* Where the numbers of a run stand. */
enum { INPUT = 65536, OUTPUT = 262144 };
static double room[4096];
static double input[INPUT];
static double output[OUTPUT];

double *model_room(void) { return room; }

double *prediction_input(void) { return input; }
double *prediction_output(void) { return output; }
int prediction_input_room(void) { return INPUT; }
int prediction_output_room(void) { return OUTPUT; }
