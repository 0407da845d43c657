/* The patient model by SUNDIALS CVODE, written from docs/model.md alone: BDF with a banded Jacobian.
   The neighbour that `make bench-model` measures beside the program's own solver.

   cvode CELLS DAYS OFFSET RTOL [REPEATS]

   Baclofen, four boluses a day: the k-th at 1 + 6 k h + OFFSET * (7 k mod 11), output each hour. Unknowns: fluid, tissue and
   effect of each cell side by side, then cisterna, cranial space, blood and the rest of the body. Blood
   touches every cell; the banded Newton matrix leaves those few small terms out, and the iteration
   makes up for them. Prints CPU seconds, steps, and the fluid at 26 cm each hour. */
#include <cvode/cvode.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <sundials/sundials_types.h>
#include <sunlinsol/sunlinsol_band.h>
#include <sunmatrix/sunmatrix_band.h>
#include <time.h>

enum { CELLS_MAX = 4096 };

static int n;
static double volume[CELLS_MAX], tissue[CELLS_MAX], conductance[CELLS_MAX + 1], below[CELLS_MAX + 1];
static double dx;
static const double L = 60, spinal = 97.3, perimeter = 5.74, Dlow = 30, Dhigh = 600, Dexp = 2.5;
static const double Qprod = 21, Qspinal = 2, Vcis = 30, Vcran = 150, Kmix = 30;
static const double ke = 0.25, hT = 0.15, Kp = 1, kt = 0.3, Kcp = 0.12, Ktp = 0.12, CLcran = 10;
static const double Vc = 21300, Vp = 22400, CL = 8000, Qp = 9000, ke0 = 0.5;
static const double tip = 26, spread = 0.5, loaded = 1000;
static double flow;

static const double areaX[] = {0, 4, 10, 18, 22, 30, 40, 48, 54, 60};
static const double areaY[] = {0.8, 1.8, 2.2, 2.3, 1.9, 1.3, 1.2, 1.4, 1.7, 2.2};
static const double tissueX[] = {0, 10, 17, 19, 24, 30, 42, 50, 58, 60};
static const double tissueY[] = {0.05, 0.2, 0.35, 0.45, 0.65, 0.42, 0.42, 0.75, 0.65, 0.65};

static double at(const double *x, const double *y, double p) {
  for (int k = 1; k < 10; k++)
    if (p <= x[k]) return y[k - 1] + (p - x[k - 1]) / (x[k] - x[k - 1]) * (y[k] - y[k - 1]);
  return y[9];
}

static double integral(const double *x, const double *y, double from, double to) {
  double sum = 0, place = from;
  for (int k = 0; k < 10; k++)
    if (x[k] > from && x[k] < to) {
      sum += (x[k] - place) * at(x, y, (x[k] + place) / 2);
      place = x[k];
    }
  return sum + (to - place) * at(x, y, (to + place) / 2);
}

static double normal(double z) { return erfc(-z / sqrt(2)) / 2; }

static void prepare(void) {
  dx = L / n;
  const double scale = spinal / integral(areaX, areaY, 0, L);
  const double low = normal(-tip / spread), whole = normal((L - tip) / spread) - low;
  for (int i = 0; i <= n; i++) {
    const double p = i * L / n, D = Dlow + (Dhigh - Dlow) * pow(p / L, Dexp);
    below[i] = i == 0 ? 0 : i == n ? 1 : (normal((p - tip) / spread) - low) / whole;
    conductance[i] = i == 0 ? 0 : (i == n ? 2 : 1) * scale * at(areaX, areaY, p) * D / dx;
    if (i == n) break;
    volume[i] = scale * integral(areaX, areaY, p, (i + 1) * L / n);
    tissue[i] = integral(tissueX, tissueY, p, (i + 1) * L / n);
  }
}

static double through(int face) { return -Qspinal * face / n + flow * below[face]; }

static int rates(realtype t, N_Vector state, N_Vector change, void *data) {
  (void)t, (void)data;
  const double *y = N_VGetArrayPointer(state);
  double *d = N_VGetArrayPointer(change);
  const double cisterna = y[3 * n], cranial = y[3 * n + 1], p = y[3 * n + 2], p2 = y[3 * n + 3];
  double toBlood = 0, entering = 0;
  for (int i = 0; i < n; i++) {
    const double c = y[3 * i], m = y[3 * i + 1], above = i + 1 < n ? y[3 * i + 3] : cisterna;
    const double q = through(i + 1), g = conductance[i + 1];
    const double leaving = i + 1 < n ? q * (c + above) / 2 - g * (above - c) : q * above - g * (above - c);
    const double exchange = hT * perimeter * dx * (c - m / Kp);
    const double lost = ke * volume[i] * (c - Kcp * p) + Qspinal * dx / L * c;
    const double gone = kt * tissue[i] * (m - Ktp * p);
    d[3 * i] = (entering - leaving - lost - exchange +
                flow * loaded * (below[i + 1] - below[i])) / volume[i];
    d[3 * i + 1] = (exchange - gone) / tissue[i];
    d[3 * i + 2] = ke0 * (m - y[3 * i + 2]);
    toBlood += lost + gone;
    entering = leaving;
  }
  const double Qc = Qprod + through(n), cleared = CLcran * (cranial - Kcp * p);
  d[3 * n] = (entering - Qc * cisterna + Kmix * (cranial - cisterna)) / Vcis;
  d[3 * n + 1] = (Qc * cisterna - Qc * cranial + Kmix * (cisterna - cranial) - cleared) / Vcran;
  d[3 * n + 2] = (toBlood + Qc * cranial + cleared - CL * p - Qp * (p - p2)) / Vc;
  d[3 * n + 3] = Qp * (p - p2) / Vp;
  return 0;
}

static int jacobian(realtype t, N_Vector state, N_Vector change, SUNMatrix J, void *data, N_Vector a,
                    N_Vector b, N_Vector c) {
  (void)t, (void)state, (void)change, (void)data, (void)a, (void)b, (void)c;
#define J_(row, column) SM_ELEMENT_B(J, row, column)
  const double exchange = hT * perimeter * dx;
  for (int i = 0; i < n; i++) {
    const int r = 3 * i, up = r + 3;
    const double q = through(i + 1), g = conductance[i + 1], V = volume[i];
    const double fromBelow = i + 1 < n ? q / 2 + g : g, fromAbove = i + 1 < n ? g - q / 2 : g - q;
    J_(r, r) += -fromBelow / V - ke - Qspinal * dx / L / V - exchange / V;
    J_(r, up) += fromAbove / V;
    const double next = i + 1 < n ? volume[i + 1] : Vcis;
    J_(up, r) += fromBelow / next;
    J_(up, up) += -fromAbove / next;
    J_(r, r + 1) += exchange / Kp / V;
    J_(r + 1, r) += exchange / tissue[i];
    J_(r + 1, r + 1) += -exchange / Kp / tissue[i] - kt;
    J_(r + 2, r + 1) += ke0;
    J_(r + 2, r + 2) += -ke0;
  }
  const double Qc = Qprod + through(n);
  const int z = 3 * n;
  J_(z, z) += -(Qc + Kmix) / Vcis;
  J_(z, z + 1) += Kmix / Vcis;
  J_(z + 1, z) += (Qc + Kmix) / Vcran;
  J_(z + 1, z + 1) += -(Qc + Kmix + CLcran) / Vcran;
  J_(z + 1, z + 2) += CLcran * Kcp / Vcran;
  J_(z + 2, z + 1) += (Qc + CLcran) / Vc;
  double back = CLcran * Kcp;
  for (int i = 0; i < n; i++) back += ke * Kcp * volume[i] + kt * Ktp * tissue[i];
  J_(z + 2, z + 2) += -(CL + Qp + back) / Vc;
  J_(z + 2, z + 3) += Qp / Vc;
  J_(z + 3, z + 2) += Qp / Vp;
  J_(z + 3, z + 3) += -Qp / Vp;
  return 0;
}

static double reading(const double *y) {
  const int first = (int)floor(tip / dx - 0.5) - 1;
  double sum = 0;
  for (int i = 0; i < 4; i++) {
    double weight = 1;
    for (int j = 0; j < 4; j++)
      if (j != i) weight *= (tip / dx - first - j - 0.5) / (i - j);
    sum += weight * y[3 * (first + i)];
  }
  return sum;
}

static double begin(int k, double offset) { return 1 + 6.0 * k + offset * (k * 7 % 11); }

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

int main(int count, char **words) {
  if (count < 5) return 2;
  n = atoi(words[1]);
  const int days = atoi(words[2]), repeats = count > 5 ? atoi(words[5]) : 1;
  const double offset = atof(words[3]), tolerance = atof(words[4]), end = 24.0 * days;
  prepare();
  double best = 1e30;
  static double shown[100000], cuts[100000];
  long steps = 0;
  for (int turn = 0; turn < repeats; turn++) {
    int cut = 0;
    for (int hour = 1; hour <= 24 * days; hour++) cuts[cut++] = hour;
    for (int k = 0; k < 4 * days; k++) {
      cuts[cut++] = begin(k, offset);
      cuts[cut++] = begin(k, offset) + 0.1;
    }
    qsort(cuts, cut, sizeof *cuts, compare);
    SUNContext context;
    SUNContext_Create(NULL, &context);
    const int size = 3 * n + 4;
    N_Vector y = N_VNew_Serial(size, context);
    N_VConst(0, y);
    const struct { clock_t at; } start = {clock()};
    void *solver = CVodeCreate(CV_BDF, context);
    flow = 0.002;
    CVodeInit(solver, rates, 0, y);
    CVodeSStolerances(solver, tolerance, tolerance * 1e-6);
    CVodeSetMaxNumSteps(solver, 10000000);
    SUNMatrix J = SUNBandMatrix(size, 3, 3, context);
    SUNLinearSolver linear = SUNLinSol_Band(y, J, context);
    CVodeSetLinearSolver(solver, linear, J);
    CVodeSetJacFn(solver, jacobian);
    double time = 0;
    int outputs = 0;
    steps = 0;
    for (int k = 0; k < cut; k++) {
      if (cuts[k] <= time + 1e-9 || cuts[k] > end + 1e-9) {
        if (cuts[k] > time) time = cuts[k];
      } else {
        double reached;
        CVodeSetStopTime(solver, cuts[k]);
        if (CVode(solver, cuts[k], y, &reached, CV_NORMAL) < 0) return 1;
        time = cuts[k];
      }
      if (fabs(time - round(time)) < 1e-9 && (int)round(time) == outputs + 1)
        shown[outputs++] = reading(N_VGetArrayPointer(y));
      const int last = time < 1 ? 0 : (int)floor((time - 1 + 1e-9) / 6);
      const double since = time + 1e-9 - begin(last, offset);
      const double now = since >= 0 && since < 0.1 - 1e-6 ? 1.002 : 0.002;
      if (now != flow) {
        long part;
        CVodeGetNumSteps(solver, &part);
        steps += part;
        flow = now;
        CVodeReInit(solver, time, y);
      }
    }
    long part;
    CVodeGetNumSteps(solver, &part);
    steps += part;
    const double seconds = (double)(clock() - start.at) / CLOCKS_PER_SEC;
    if (seconds < best) best = seconds;
    CVodeFree(&solver);
    SUNLinSolFree(linear);
    SUNMatDestroy(J);
    N_VDestroy(y);
    SUNContext_Free(&context);
  }
  printf("seconds %.6f\nsteps %ld\n", best, steps);
  for (int k = 0; k < 24 * days; k++) printf("%.17g\n", shown[k]);
  return 0;
}
