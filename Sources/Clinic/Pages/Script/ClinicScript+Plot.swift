/// What the pages of the model share: the worker that runs it, and pictures of lines and of the canal.
extension ClinicScript {
  static let plot = #"""
    // The patient model in a worker, and its pictures.
    var patientModel = (function () {
      var space = "http://www.w3.org/2000/svg", worker = null, number = 0, take = null;
      var places = [];
      for (var place = 0; place <= 60; place += 1) { places.push(place); }

      // The last job asked for is the one that is answered.
      function ask(job, answered) {
        take = answered;
        number += 1;
        job.number = number;
        if (!worker) {
          worker = new Worker("/static/model.js");
          worker.onmessage = function (event) { if (event.data.job === number) { take(event.data); } };
          worker.onerror = function () { take({ job: number, fault: "the model's script does not run" }); };
        }
        worker.postMessage(job);
      }
      // Where the effect is looked at: at the cord of the legs, or of the arms where the tip lies above T4.
      function cord(tip) {
        return tip < 39.5 ? { window: [18, 30], name: "L1/2 to T8" } : { window: [43.5, 54], name: "T2 to C3" };
      }
      function run(drug, tip, end) {
        return {
          cells: 240, drug: drug, patient: -1, seed: 0, tip: tip, deadVolume: 0, initial: -1, end: end, every: 1,
          window: cord(tip).window, flow: [], reservoir: [[0, 0]], oral: [], places: places
        };
      }
      // A column of the answer: 0 the effect site, 1 the effect, 2 plasma, 3 and on the fluid at each place.
      function column(rows, which) {
        var all = [];
        for (var at = which; at < rows.length; at += 3 + places.length) { all.push(rows[at]); }
        return all;
      }
      // The fluid at each place, as a mean of the last so many hours.
      function spine(rows, last) {
        return places.map(function (_, place) { return mean(column(rows, 3 + place), last); });
      }
      function mean(values, last) {
        var part = values.slice(-last);
        return part.reduce(function (sum, value) { return sum + value; }, 0) / part.length;
      }

      function unit(top) {
        return top >= 0.1 ? { name: "ug/mL", times: 1 } : { name: "ng/mL", times: 1000 };
      }
      function number3(value) { return String(Number(value.toPrecision(3))); }
      function said(value) {
        var own = unit(value);
        return number3(value * own.times) + " " + own.name;
      }
      function scale(top) {
        var size = Math.pow(10, Math.floor(Math.log10(top > 0 ? top : 1)) - 1), step = size;
        [1, 2, 5, 10, 20, 50].some(function (times) {
          step = times * size;
          return (top > 0 ? top : 1) / step <= 5;
        });
        var marks = [], count = Math.ceil((top > 0 ? top : 1) / step - 1e-9);
        for (var index = 0; index <= count; index += 1) { marks.push(Number((index * step).toPrecision(6))); }
        return marks;
      }
      function safe(text) {
        return String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
      }
      function words(x, y, anchor, kind, text) {
        return "<text x='" + x.toFixed(1) + "' y='" + y.toFixed(1) + "' text-anchor='" + anchor + "' class='"
          + kind + "'>" + safe(text) + "</text>";
      }
      function rule(x1, y1, x2, y2, kind) {
        return "<path class='" + kind + "' d='M" + x1.toFixed(1) + " " + y1.toFixed(1) + "L" + x2.toFixed(1)
          + " " + y2.toFixed(1) + "'/>";
      }
      function picture(svg, height, label) {
        var width = Math.max(260, svg.parentNode.clientWidth);
        svg.setAttribute("viewBox", "0 0 " + width + " " + height);
        svg.setAttribute("height", height);
        svg.setAttribute("aria-label", label);
        return width;
      }
      // Marks of which no two stand in each other's way.
      function apart(marks, x, least) {
        var last = -Infinity;
        return marks.filter(function (mark) {
          if (x(mark[0]) - last < least) { return false; }
          last = x(mark[0]);
          return true;
        });
      }

      // told: label, unit, x {from, to, marks, name}, lines [{kind, x, y}], band {x, low, high}, places [[at, name]].
      function lines(svg, told) {
        var height = 236, left = 52, right = 12, head = 26, foot = 44;
        var width = picture(svg, height, told.label), top = 0;
        told.lines.forEach(function (line) { top = Math.max.apply(null, line.y.concat(top)); });
        if (told.band) { top = Math.max.apply(null, told.band.high.concat(top)); }
        top *= told.times;
        var marks = scale(top), high = marks[marks.length - 1];
        function x(value) { return left + (width - left - right) * (value - told.x.from) / (told.x.to - told.x.from); }
        function y(value) { return height - foot - (height - foot - head) * value * told.times / high; }
        function path(xs, ys) {
          return xs.map(function (at, index) {
            return x(at).toFixed(1) + " " + y(ys[index]).toFixed(1);
          }).join("L");
        }
        var text = marks.map(function (mark) {
          var up = y(mark / told.times);
          return rule(left, up, width - right, up, "axis") + words(left - 6, up + 4, "end", "soft", number3(mark));
        }).join("");
        apart(told.x.marks, x, 34).forEach(function (mark) {
          text += rule(x(mark[0]), height - foot, x(mark[0]), height - foot + 4, "axis")
            + words(x(mark[0]), height - foot + 17, "middle", "soft", mark[1]);
        });
        text += words(2, 13, "start", "soft", told.name + ", " + told.unit)
          + words(width - right, height - 8, "end", "soft", told.x.name);
        if (told.band) {
          text += "<path class='band' data-part='band' d='M" + path(told.band.x, told.band.high) + "L"
            + path(told.band.x.slice().reverse(), told.band.low.slice().reverse()) + "Z'/>";
        }
        (told.places || []).forEach(function (mark) {
          text += rule(x(mark[0]), head, x(mark[0]), height - foot, "mark")
            + words(x(mark[0]) + 4, head + 10, "start", "soft", mark[1]);
        });
        told.lines.forEach(function (line) {
          text += "<path class='" + line.kind + "' data-part='" + line.part + "' d='M" + path(line.x, line.y) + "'/>";
        });
        svg.innerHTML = text;
      }

      // The fluid by place and time: the darker, the more; steps of a quarter of the logarithm of two.
      function canal(svg, told) {
        var height = 300, left = 52, right = 12, head = 26, foot = 44;
        var width = picture(svg, height, told.label), most = 0;
        told.values.forEach(function (one) { most = Math.max.apply(null, one.concat(most)); });
        var steps = 16, paths = new Array(steps + 1).fill("");
        var wide = (width - left - right) / (told.hours.length - 1), tall = (height - foot - head) / 60;
        function x(hour) { return left + (width - left - right) * hour / told.hours[told.hours.length - 1]; }
        function y(place) { return height - foot - tall * place; }
        told.values.forEach(function (series, place) {
          if (place === 60) { return; }
          series.forEach(function (value, index) {
            if (index + 1 === series.length || !(value > 0) || !most) { return; }
            var step = Math.round(steps + 2 * Math.log2(value / most));
            if (step < 1) { return; }
            paths[step] += "M" + (left + index * wide).toFixed(1) + " " + y(place + 1).toFixed(1) + "h"
              + (wide + 0.3).toFixed(1) + "v" + (tall + 0.3).toFixed(1) + "h-" + (wide + 0.3).toFixed(1) + "z";
          });
        });
        var text = paths.map(function (path, step) {
          return path ? "<path class='heat' fill-opacity='" + (step / steps).toFixed(3) + "' d='" + path + "'/>" : "";
        }).join("");
        var last = Infinity;
        told.levels.forEach(function (level) {
          if (last - y(level[1]) < 15) { return; }
          last = y(level[1]);
          text += rule(left - 4, last, left, last, "axis") + words(left - 8, last + 4, "end", "soft", level[0]);
        });
        apart(told.marks, x, 34).forEach(function (mark) {
          text += rule(x(mark[0]), height - foot, x(mark[0]), height - foot + 4, "axis")
            + words(x(mark[0]), height - foot + 17, "middle", "soft", mark[1]);
        });
        text += rule(left, y(told.tip), width - right, y(told.tip), "cut")
          + words(width - right - 4, y(told.tip) - 4, "end", "tip", "tip " + told.tipName)
          + words(2, 13, "start", "soft", "level")
          + words(width - right, height - 8, "end", "soft", told.name);
        svg.innerHTML = text;
        return "The strongest shade is " + said(most) + "; half of it is two shades weaker.";
      }

      function svg(parent) {
        var box = document.createElement("div"), item = document.createElementNS(space, "svg");
        box.className = "plot";
        item.setAttribute("role", "img");
        box.append(item);
        parent.append(box);
        return item;
      }
      function element(parent, tag, kind, text) {
        var item = document.createElement(tag);
        if (kind) { item.className = kind; }
        if (text) { item.textContent = text; }
        parent.append(item);
        return item;
      }
      function legend(parent, rows) {
        var list = element(parent, "p", "legend");
        rows.forEach(function (row) {
          var one = element(list, "span");
          element(one, "i", "key " + row[0]);
          one.append(" " + row[1]);
        });
        return list;
      }
      return {
        ask: ask, run: run, cord: cord, column: column, spine: spine, mean: mean, unit: unit, said: said, number: number3,
        lines: lines, canal: canal, svg: svg, element: element, legend: legend, places: places
      };
    })();

    """#
}
