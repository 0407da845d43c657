/// The patient model beside the form of a program: before and after, as one types.
extension ClinicScript {
  static let prediction = #"""
    // What the model predicts of a program, beside the one in force. The server says what flows; the model runs here.
    document.querySelectorAll("[data-prediction]").forEach(function (place) {
      var form = document.querySelector("form[data-look][action='" + place.dataset.prediction + "']");
      if (!form || !window.Worker || !window.WebAssembly) { return; }
      var levels = JSON.parse(place.dataset.levels), part = patientModel.element;
      var known = null, knownPercent = 0, percent = 0, base = null, own = false, asked = 0, timer = 0;
      var before = null, shown = null, band = null, drug = 0;

      place.textContent = "";
      var label = part(place, "label", "", "Dose, as a share of what was typed");
      label.htmlFor = "prediction-share";
      var row = part(place, "div", "share"), slider = part(row, "input"), figure = part(row, "output", "figure", "0 %");
      slider.type = "range";
      slider.id = "prediction-share";
      slider.min = -50;
      slider.max = 50;
      slider.step = 1;
      slider.value = 0;
      var hint = part(place, "p", "hint"), choice = part(place, "div", "field");
      hint.id = "prediction-hint";
      slider.setAttribute("aria-describedby", hint.id);
      var notes = part(place, "div"), words = part(place, "p"), heardWords = part(place, "p", "unseen");
      heardWords.setAttribute("role", "status");
      var area = part(place, "div"), key = patientModel.legend(area, [
        ["before", "in force, going on"], ["now", "new"], ["band", "new: nine in ten virtual patients"]
      ]);
      var overTime = patientModel.svg(area), alongSpine = patientModel.svg(area);
      area.hidden = true;

      function field(name) { return form.elements[name]; }
      function names() {
        var mode = field("mode").value, all = [];
        if (mode === "constant") { return ["rate"]; }
        if (mode === "periodic") { return ["periodic.dose", "periodic.background"]; }
        if (mode !== "daily") { return []; }
        for (var index = 0; field("step." + index + ".rate"); index += 1) { all.push("step." + index + ".rate"); }
        return all;
      }
      function values() {
        return names().map(function (name) { return { name: name, text: field(name).value.trim() }; })
          .filter(function (one) { return /^\d+(\.\d+)?$/.test(one.text); });
      }
      function isText() {
        var text = field("text");
        return Boolean(text) && text.value !== text.defaultValue;
      }
      function setSlider() {
        var isOff = isText() || !values().length;
        slider.disabled = isOff;
        hint.textContent = isOff
          ? "There is no dose in a field of this way of giving that could be moved."
          : "Moves the rates or boluses in the form, by 1 % of what was typed. Nothing is ordered by it.";
        figure.textContent = (percent > 0 ? "+" : "") + percent + " %";
        slider.setAttribute("aria-valuetext", figure.textContent + values().map(function (one) {
          return ", " + one.text;
        }).join(""));
      }
      function note(kind, word, text) {
        var box = part(notes, "div", "note " + kind);
        part(box, "b", "", word);
        box.append(" " + text);
      }

      // What flows with the change, of all the time that is shown: the program in force until then.
      function flow(isAfter) {
        var history = known.history_h, all = [];
        if (!isAfter) { return known.before; }
        known.before.forEach(function (one) {
          if (one[0] < history) { all.push([one[0], Math.min(one[1], history), one[2]]); }
        });
        var share = (100 + percent) / (100 + knownPercent);
        known.after.forEach(function (one) {
          all.push([one[0] + history, one[1] + history, one[2] * share]);
        });
        // A boundary is one number on both sides.
        for (var index = 1; index < all.length; index += 1) { all[index][0] = all[index - 1][1]; }
        return all;
      }
      function run(isAfter) {
        var one = known.drugs[drug];
        var made = patientModel.run(one.index, known.tip.place_cm, known.history_h + known.future_h);
        made.flow = flow(isAfter);
        made.deadVolume = known.deadVolume_mL;
        made.reservoir = isAfter && one.after_ug_per_mL !== one.before_ug_per_mL
          ? [[0, one.before_ug_per_mL], [known.history_h, one.after_ug_per_mL]] : [[0, one.before_ug_per_mL]];
        return made;
      }
      function draw() {
        if (!known || !known.drugs.length || !known.before || !known.after) { return; }
        var runs = [run(true)], keep = before;
        if (!keep) { runs.push(run(false)); }
        patientModel.ask({
          runs: runs, population: { of: 0, patients: 60, seed: 7, cells: 120, last: 24, after: 150 }
        }, function (answer) {
          if (answer.fault) {
            none("The model does not run here: " + answer.fault + ".");
            return;
          }
          if (answer.rows) {
            before = keep || side(answer.rows[1]);
            shown = side(answer.rows[0]);
            shown.percent = percent;
            band = null;
          } else {
            band = answer.band;
          }
          paint(Boolean(answer.band));
        });
      }
      function side(rows) {
        return {
          site: patientModel.column(rows, 0), effect: patientModel.column(rows, 1),
          plasma: patientModel.column(rows, 2), spine: patientModel.spine(rows, 24)
        };
      }
      function change(one, other) {
        if (!(one > 0)) { return ""; }
        var share = Math.round((other / one - 1) * 1000) / 10;
        return " (" + (share > 0 ? "+" : "") + share + " %)";
      }
      // When nine tenths of the change of the effect site are there, h after it.
      function settled() {
        var history = known.history_h, from = before.site[history];
        var whole = patientModel.mean(shown.site, 24) - patientModel.mean(before.site, 24);
        if (Math.abs(whole) < 0.01 * from) { return ""; }
        for (var hour = history; hour < shown.site.length; hour += 1) {
          if ((shown.site[hour] - before.site[hour]) / whole >= 0.9) {
            return " Nine tenths of the change are there after " + (hour - history) + " h.";
          }
        }
        return "";
      }
      function paint(isWhole) {
        var history = known.history_h, hours = [], from = history - 24;
        for (var hour = from; hour < shown.site.length; hour += 1) { hours.push((hour - history) / 24); }
        function part(series) { return series.slice(from); }
        function most(one, other, over) {
          return Math.max.apply(null, one.concat(other, over || []));
        }
        var name = known.drugs[drug].name, tip = known.tip;
        var means = [patientModel.mean(before.site, 24), patientModel.mean(shown.site, 24)];
        var at = Math.round(tip.place_cm), days = Math.round(known.future_h / 24);
        var told = "Predicted for " + name + " after " + days + " days, mean of the last day: at the effect site (cord from "
          + patientModel.cord(tip.place_cm).name + ") " + patientModel.said(means[0]) + " in force, " + patientModel.said(means[1]) + " new"
          + change(means[0], means[1]) + "; in the fluid at the tip " + patientModel.said(before.spine[at])
          + " and " + patientModel.said(shown.spine[at]) + "; in plasma "
          + patientModel.said(patientModel.mean(before.plasma, 24)) + " and "
          + patientModel.said(patientModel.mean(shown.plasma, 24)) + "." + settled();
        if (band) {
          told += " Nine in ten of " + band.patients + " virtual patients have between "
            + patientModel.said(patientModel.mean(band.site.low, 24)) + " and "
            + patientModel.said(patientModel.mean(band.site.high, 24)) + " at the effect site, new.";
        }
        area.hidden = false;
        key.lastChild.hidden = !band;
        words.textContent = told;
        // Once things rest: a slider that is moved is not read out at each step.
        if (isWhole) { heardWords.textContent = told; }
        var marks = [];
        for (var day = -1; day <= days; day += 1) { marks.push([day, String(day)]); }
        var own = patientModel.unit(most(part(before.site), part(shown.site), band && part(band.site.high)));
        patientModel.lines(overTime, {
          label: "Level of " + name + " at the effect site over " + days + " days. " + told,
          name: "effect site", unit: own.name, times: own.times,
          x: { from: -1, to: days, marks: marks, name: "days from the change" }, places: [[0, "change"]],
          band: band && { x: hours, low: part(band.site.low), high: part(band.site.high) },
          lines: [
            { kind: "before", part: "before", x: hours, y: part(before.site) },
            { kind: "now", part: "after", x: hours, y: part(shown.site) }
          ]
        });
        own = patientModel.unit(most(before.spine, shown.spine, band && band.spine.high));
        patientModel.lines(alongSpine, {
          label: "Level of " + name + " in the fluid along the spine, mean of the last day. Tip at " + tip.level + ". " + told,
          name: "fluid, last day", unit: own.name, times: own.times,
          x: {
            from: 0, to: 60, name: "level, from the sacrum to the head",
            marks: levels.map(function (level) { return [level[1], level[0]]; })
          },
          places: [[tip.place_cm, "tip " + tip.level]],
          band: band && { x: patientModel.places, low: band.spine.low, high: band.spine.high },
          lines: [
            { kind: "before", part: "before", x: patientModel.places, y: before.spine },
            { kind: "now", part: "after", x: patientModel.places, y: shown.spine }
          ]
        });
        place.dataset.means = means.join(" ");
        place.dataset.tip = [before.spine[at], shown.spine[at]].join(" ");
        place.dataset.percent = shown.percent;
        place.dataset.band = band ? "yes" : "no";
      }

      // No picture stands there that is not of what is typed.
      function none(text) {
        area.hidden = true;
        words.textContent = heardWords.textContent = text;
        place.dataset.band = "none";
      }
      function choose() {
        choice.textContent = "";
        if (!known || known.drugs.length < 2) { return; }
        var name = part(choice, "label", "", "Show"), list = part(choice, "select");
        list.id = "prediction-drug";
        name.htmlFor = list.id;
        known.drugs.forEach(function (one, index) {
          var option = part(list, "option", "", one.name);
          option.value = index;
          option.selected = index === drug;
        });
        list.addEventListener("change", function () {
          drug = Number(list.value);
          before = null;
          draw();
        });
      }
      function heard(answer, askedPercent) {
        notes.textContent = "";
        if (answer.fault) {
          note("warn", "NOT PREDICTED", answer.fault);
          none("");
          return;
        }
        var isOther = !known || JSON.stringify(known.drugs) !== JSON.stringify(answer.drugs);
        known = answer;
        knownPercent = askedPercent;
        before = null;
        if (isOther) {
          // Of a mixture first the drug that the doses are of.
          var main = field("of");
          drug = Math.max(0, known.drugs.findIndex(function (one) { return main && one.name === main.value; }));
          choose();
        }
        answer.refused.forEach(function (text) { note("bad", "REFUSED", text); });
        answer.warnings.forEach(function (text) { note("warn", "CAUTION", text); });
        answer.noModelFor.forEach(function (text) {
          note("warn", "NO MODEL", "for " + text + ": nothing is predicted of it.");
        });
        answer.assumed.forEach(function (text) { note("warn", "NOT KNOWN", text); });
        if (answer.before && answer.after && answer.drugs.length) { draw(); return; }
        none(answer.after || !answer.drugs.length
          ? "Nothing is predicted." : "Nothing is predicted of a program that the pump refuses.");
      }
      // The server is asked once typing rests: what the pump makes of it, and what its limits say.
      function ask(wait) {
        clearTimeout(timer);
        asked += 1;
        var mine = asked;
        timer = setTimeout(function () {
          var sent = percent;
          fetch(place.dataset.prediction + "/prediction", {
            method: "POST", credentials: "same-origin", body: new URLSearchParams(new FormData(form))
          }).then(function (answer) {
            var isAnswer = (answer.headers.get("content-type") || "").indexOf("json") > 0;
            return isAnswer ? answer.json() : { fault: "The server did not answer; load the page again." };
          }).catch(function () {
            return { fault: "The server cannot be reached: what is shown is of before." };
          }).then(function (answer) {
            if (mine === asked) { heard(answer, sent); }
          });
        }, wait);
      }

      slider.addEventListener("input", function () {
        if (!base) { base = values(); }
        percent = Number(slider.value);
        own = true;
        base.forEach(function (one) {
          var item = field(one.name);
          item.value = String(Number((Number(one.text) * (100 + percent) / 100).toPrecision(4)));
          item.dispatchEvent(new Event("input", { bubbles: true }));
        });
        own = false;
        setSlider();
        draw();
        ask(250);
      });
      // What is typed is the whole again.
      function typed() {
        if (own) { return; }
        base = null;
        percent = 0;
        knownPercent = 0;
        slider.value = 0;
        setSlider();
        ask(250);
      }
      form.addEventListener("input", typed);
      form.addEventListener("change", typed);
      addEventListener("resize", function () { if (shown && known && before) { paint(false); } });
      setSlider();
      ask(0);
    });

    """#
}
