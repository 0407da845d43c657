/* Where the values of a run go. */
static double room[4096];

double *model_room(void) { return room; }
