/// The page of the model: what is chosen there is run in the browser and drawn.
extension ClinicScript {
  static let model = #"""
    // The model's own page.
    document.querySelectorAll("[data-model]").forEach(function (place) {
      var form = document.querySelector("form[action='/model']");
      if (!form || !window.Worker || !window.WebAssembly) { return; }
      var drugs = JSON.parse(place.dataset.model), levels = JSON.parse(place.dataset.levels);
      var part = patientModel.element, hours = 72, times = [], marks = [], timer = 0;
      for (var hour = 0; hour <= hours; hour += 1) { times.push(hour); }
      for (var mark = 0; mark <= hours; mark += 6) { marks.push([mark, String(mark)]); }

      place.textContent = "";
      var words = part(place, "p"), heard = part(place, "p", "unseen"), area = part(place, "div");
      heard.setAttribute("role", "status");
      function section(title, rows) {
        part(area, "h3", "", title);
        if (rows) { section.key = patientModel.legend(area, rows); }
        return patientModel.svg(area);
      }
      var canal = section("Fluid along the spine, over time"), canalWords = part(area, "p", "hint");
      var courses = section("Fluid at four levels", [
        ["now", "at the tip"], ["before", "L3/4"], ["third", "T4"], ["fourth", "C3"]
      ]);
      var ways = [["now", "intrathecal"], ["before", "by mouth"], ["band", "intrathecal: nine in ten virtual patients"]];
      var site = section("At the effect site", ways), siteKey = section.key;
      var effect = section("Effect", ways), effectKey = section.key;
      var plasma = section("Plasma", ways.slice(0, 2)), plasmaKey = section.key;

      function number(name) {
        var text = form.elements[name].value.trim();
        return /^\d+(\.\d+)?$/.test(text) && Number(text) <= 1e6 ? Number(text) : null;
      }
      function level(name) {
        return levels.find(function (one) { return one[0] === name; });
      }
      // What the pump gives: 0.48 mL a day, or the whole in 0.1 mL at a time.
      function given(dose, pattern) {
        if (pattern === "steady") { return { flow: [[0, hours, 0.02]], strength: dose / 0.48 }; }
        var flow = [], time = 0, starts = pattern === "once" ? [0] : [];
        for (var at = 0; pattern === "four" && at < hours; at += 6) { starts.push(at); }
        starts.forEach(function (start) {
          if (start > time) { flow.push([time, start, 0]); }
          flow.push([start, start + 0.1, 1]);
          time = start + 0.1;
        });
        flow.push([time, hours, 0]);
        return { flow: flow, strength: dose / (pattern === "four" ? 4 : 1) / 0.1 };
      }
      function chosen() {
        var dose = number("dose"), tip = level(form.elements.tip.value), drug = drugs[form.elements.drug.value];
        if (dose === null || !tip || !drug) { return null; }
        if (form.elements["dose.unit"].value === "mg/d") { dose *= 1000; }
        return {
          name: form.elements.drug.value, drug: drug, tip: tip, dose: dose,
          pattern: form.elements.pattern.value, oral: drug.isOral ? number("oral") : null
        };
      }
      function draw() {
        var what = chosen();
        if (!what) {
          area.hidden = true;
          words.textContent = "A dose is a number such as 400 or 0.5.";
          return;
        }
        var own = given(what.dose, what.pattern);
        var pump = patientModel.run(what.drug.index, what.tip[1], hours), runs = [pump];
        pump.flow = own.flow;
        pump.reservoir = [[0, own.strength]];
        if (what.oral) {
          var mouth = patientModel.run(what.drug.index, what.tip[1], hours);
          for (var at = 0; at < hours; at += 8) { mouth.oral.push([at, what.oral * 1000]); }
          runs.push(mouth);
        }
        patientModel.ask({
          runs: runs, population: { of: 0, patients: 60, seed: 7, cells: 120, last: 24, after: 150 }
        }, function (answer) {
          if (answer.fault) {
            area.hidden = true;
            words.textContent = "The model does not run here: " + answer.fault + ".";
            return;
          }
          if (answer.rows) { what.rows = answer.rows; } else { what.band = answer.band; }
          paint(what);
        });
      }
      function lines(svg, what, told) {
        var all = told.series.concat(told.band ? [told.band.high] : []);
        var most = all.reduce(function (top, one) { return Math.max.apply(null, one.concat(top)); }, 0);
        var own = told.unit || patientModel.unit(most);
        patientModel.lines(svg, {
          label: told.label, name: told.name, unit: own.name, times: own.times,
          x: { from: 0, to: hours, marks: marks, name: "h from the beginning" },
          band: told.band && { x: times, low: told.band.low, high: told.band.high },
          lines: told.series.map(function (one, index) {
            return { kind: told.kinds[index], part: told.kinds[index], x: times, y: one };
          })
        });
      }
      function paint(what) {
        var pump = what.rows[0], mouth = what.rows[1], band = what.band;
        function both(which) {
          return [patientModel.column(pump, which)].concat(mouth ? [patientModel.column(mouth, which)] : []);
        }
        function at(place) { return patientModel.column(pump, 3 + Math.round(place)); }
        function last(series) { return patientModel.mean(series, 24); }
        area.hidden = false;
        [siteKey, effectKey].forEach(function (key) {
          key.children[1].hidden = !mouth;
          key.children[2].hidden = !band;
        });
        plasmaKey.children[1].hidden = !mouth;
        var sites = both(0), effects = both(1), bloods = both(2);
        var told = "Mean of the third day: " + patientModel.said(last(sites[0])) + " at the effect site (cord from "
          + patientModel.cord(what.tip[1]).name + "), " + patientModel.said(last(at(what.tip[1]))) + " in the fluid at the tip, "
          + patientModel.said(last(at(58.5))) + " at C1, " + patientModel.said(last(bloods[0]))
          + " in plasma; effect " + Math.round(100 * last(effects[0])) + " %.";
        if (mouth) {
          told += " By mouth: " + patientModel.said(last(sites[1])) + " at the effect site, "
            + patientModel.said(last(bloods[1])) + " in plasma; effect " + Math.round(100 * last(effects[1])) + " %.";
        }
        if (band) {
          told += " Nine in ten of " + band.patients + " virtual patients have between "
            + patientModel.said(last(band.site.low)) + " and " + patientModel.said(last(band.site.high))
            + " at the effect site.";
          heard.textContent = told;
        }
        words.textContent = told;
        canalWords.textContent = patientModel.canal(canal, {
          label: "The fluid along the spine over " + hours + " h, tip at " + what.tip[0] + ". " + told,
          values: patientModel.places.map(function (place) { return at(place); }), hours: times, levels: levels,
          marks: marks, tip: what.tip[1], tipName: what.tip[0], name: "h from the beginning"
        });
        lines(courses, what, {
          label: "Fluid at the tip, L3/4, T4 and C3 over " + hours + " h. " + told, name: "fluid",
          series: [at(what.tip[1]), at(11), at(39.5), at(54)], kinds: ["now", "before", "third", "fourth"]
        });
        lines(site, what, {
          label: "The effect site over " + hours + " h, intrathecal" + (mouth ? " and by mouth. " : ". ") + told,
          name: "effect site", series: sites, kinds: ["now", "before"], band: band && band.site
        });
        lines(effect, what, {
          label: "The effect over " + hours + " h. " + told, name: "effect",
          unit: { name: "%", times: 100 }, series: effects, kinds: ["now", "before"], band: band && band.effect
        });
        lines(plasma, what, {
          label: "Plasma over " + hours + " h. " + told, name: "plasma", series: bloods, kinds: ["now", "before"]
        });
        place.dataset.site = last(sites[0]);
        place.dataset.band = band ? "yes" : "no";
      }
      ["input", "change"].forEach(function (name) {
        form.addEventListener(name, function () {
          clearTimeout(timer);
          timer = setTimeout(draw, 60);
        });
      });
      addEventListener("resize", function () {
        clearTimeout(timer);
        timer = setTimeout(draw, 200);
      });
      draw();
    });

    """#
}
