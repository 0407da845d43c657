/// The script of the worker in which the model runs, away from whoever types.
enum ModelWorker {
  static let javaScript = #"""
    "use strict";
    // Runs the patient model. A job: its number, runs, and perhaps a population of one of them. Answers with
    // each run's rows first, then with the population's band, unless another job has come meanwhile.
    var model = null, waiting = null, latest = 0;

    fetch("/static/model.wasm").then(function (answer) {
      if (!answer.ok) { throw new Error("the model does not come: " + answer.status); }
      return answer.arrayBuffer();
    }).then(function (bytes) {
      return WebAssembly.instantiate(bytes, {});
    }).then(function (made) {
      model = made.instance.exports;
      if (waiting) { work(waiting); }
    }).catch(function (fault) {
      postMessage({ job: latest, fault: String(fault.message || fault) });
    });

    // A run's numbers in the order of Firmware/model/Prediction.swift.
    function numbers(run) {
      var all = [
        run.cells, run.drug, run.patient, run.seed, run.tip, run.deadVolume, run.initial, run.end, run.every,
        run.window[0], run.window[1], run.flow.length, run.reservoir.length, run.oral.length,
        run.places.length
      ];
      [run.flow, run.reservoir, run.oral].forEach(function (rows) {
        rows.forEach(function (row) { row.forEach(function (value) { all.push(value); }); });
      });
      return all.concat(run.places);
    }

    // By row: the effect site, ug/mL, the effect, 0 to 1, plasma, ug/mL, and the fluid at each place.
    function rows(run) {
      var all = numbers(run);
      if (all.length > model.prediction_input_room()) { throw new Error("too many changes of the rate"); }
      new Float64Array(model.memory.buffer, model.prediction_input(), all.length).set(all);
      var count = model.prediction_run(model.prediction_input(), all.length,
        model.prediction_output(), model.prediction_output_room());
      if (count === 0) { throw new Error("too many times and places"); }
      if (count < 0) { throw new Error("input " + -count + " is not what it must be"); }
      var values = new Float64Array(model.memory.buffer, model.prediction_output(), count).slice();
      if (!(values[count - 1] <= 1e-9)) { throw new Error("drug is lost in the model: nothing is shown"); }
      return values.subarray(0, count - 1);
    }

    function share(sorted, part) {
      var at = part * (sorted.length - 1), low = Math.floor(at), high = Math.min(low + 1, sorted.length - 1);
      return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }
    function bounds(all) {
      var low = [], high = [];
      for (var at = 0; at < all[0].length; at += 1) {
        var column = Float64Array.from(all, function (one) { return one[at]; }).sort();
        low.push(share(column, 0.05));
        high.push(share(column, 0.95));
      }
      return { low: low, high: high };
    }

    // One patient at a time, so that a job that comes meanwhile is taken up at once.
    function populate(job) {
      var own = job.population, run = job.runs[own.of], columns = 3 + run.places.length;
      var sites = [], spines = [], effects = [];
      function next() {
        if (job.number !== latest) { return; }
        if (sites.length === own.patients) {
          postMessage({ job: job.number, band: {
            site: bounds(sites), spine: bounds(spines), effect: bounds(effects), patients: own.patients
          } });
          return;
        }
        var values, count;
        try {
          values = rows(Object.assign({}, run, { patient: sites.length, seed: own.seed, cells: own.cells }));
        } catch (fault) {
          postMessage({ job: job.number, fault: String(fault.message) });
          return;
        }
        count = values.length / columns;
        var site = [], effect = [], spine = new Array(run.places.length).fill(0);
        for (var row = 0; row < count; row += 1) {
          site.push(values[row * columns]);
          effect.push(values[row * columns + 1]);
          if (row < count - own.last) { continue; }
          for (var place = 0; place < spine.length; place += 1) {
            spine[place] += values[row * columns + 3 + place] / own.last;
          }
        }
        sites.push(site);
        effects.push(effect);
        spines.push(spine);
        setTimeout(next, 0);
      }
      setTimeout(next, own.after);
    }

    function work(job) {
      var start = performance.now(), all;
      try {
        all = job.runs.map(rows);
      } catch (fault) {
        postMessage({ job: job.number, fault: String(fault.message) });
        return;
      }
      postMessage({ job: job.number, rows: all, took: performance.now() - start });
      if (job.population) { populate(job); }
    }

    onmessage = function (event) {
      latest = event.data.number;
      waiting = event.data;
      if (model) { work(waiting); }
    };

    """#
}
