/// The day of a program as a picture that is dragged by mouse, finger or keys.
extension ClinicScript {
  static let day = #"""
    // The day of a program as a picture that can be dragged; the fields beside it stay the truth.
    document.querySelectorAll("[data-day]").forEach(function (place) {
      var form = place.closest("form"), space = "http://www.w3.org/2000/svg";
      var density = Number(place.dataset.day); // ng/mL of the drug that doses are of; 0 where there is none
      var mode = form.elements.mode, left = 46, right = 12, height = 190, foot = 26, head = 12;
      var svg = document.createElementNS(space, "svg"), words = document.createElement("p");
      svg.setAttribute("class", "drag");
      svg.setAttribute("role", "group");
      svg.setAttribute("aria-label", "The day: rates and times can be dragged, or moved by the arrow keys");
      words.className = "hint";
      place.append(svg, words);
      var top = 1, step = 1, unit = "", held = null, used = {};

      function field(name) { return form.elements[name]; }
      function unitOf(name) {
        var choice = field(name + ".unit");
        if (choice) { return choice.value; }
        var text = field(name).parentNode.querySelector(".of");
        return text ? text.textContent : "";
      }
      function number(text) { return /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null; }
      // nL/d that one of a unit comes to; exact where it is a whole number.
      function flow(unit) {
        if (unit === "mL/d") { return 1e6; }
        var nanograms = unit === "ug/d" ? 1e3 : unit === "mg/d" ? 1e6 : 0;
        return density && nanograms ? nanograms * 1e6 / density : null;
      }
      function minute(text) {
        var parts = /^\s*(\d{1,2}):(\d{2})\s*$/.exec(text);
        if (!parts || parts[1] > 23 || parts[2] > 59) { return null; }
        return Number(parts[1]) * 60 + Number(parts[2]);
      }
      function clock(minute) {
        return ("0" + Math.floor(minute / 60)).slice(-2) + ":" + ("0" + minute % 60).slice(-2);
      }
      function names() {
        if (mode.value === "constant") { return [{ rate: "rate", at: null }]; }
        if (mode.value !== "daily") { return []; }
        var all = [];
        for (var index = 0; field("step." + index + ".rate"); index += 1) {
          all.push({ rate: "step." + index + ".rate", at: "step." + index + ".at" });
        }
        return all;
      }
      // Rows that can be read, in the order of the day; the others are left to whoever types them.
      function steps(isBefore) {
        function text(name) { return isBefore ? field(name).defaultValue : field(name).value; }
        return names().map(function (row) {
          var value = number(text(row.rate)), own = flow(unitOf(row.rate)), first = flow(unit);
          return {
            row: row, minute: row.at ? minute(text(row.at)) : 0,
            value: value === null || !own || !first ? null : value * own / first
          };
        }).filter(function (one) { return one.minute !== null && one.value !== null; })
          .sort(function (one, two) { return one.minute - two.minute; });
      }
      // 1, 2 or 5 times a power of ten, and a whole number of the pump's own nL/d where that is possible.
      function choose() {
        var size = Math.pow(10, Math.floor(Math.log10(top / 200))), all = [];
        [1, 2, 5, 10, 20, 50].forEach(function (times) {
          if (times * size >= top / 200) { all.push(Number((times * size).toPrecision(6))); }
        });
        step = all.find(function (one) { return isExact(one); }) || all[0];
      }
      function isExact(value) {
        var volume = value * flow(unit);
        return Math.abs(volume - Math.round(volume)) < 1e-9 * Math.max(1, volume);
      }
      function text(value) {
        var digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return String(Number((Math.round(value / step) * step).toFixed(digits)));
      }
      function x(minute) { return left + (width() - left - right) * minute / 1440; }
      function y(value) { return height - foot - (height - foot - head) * value / top; }
      function width() { return Math.max(260, place.clientWidth); }
      function part(id, tag, values) {
        var item = svg.querySelector("[data-part='" + id + "']");
        if (!item) {
          item = document.createElementNS(space, tag);
          item.dataset.part = id;
          svg.append(item);
        }
        used[id] = true;
        Object.keys(values).forEach(function (name) { item.setAttribute(name, values[name]); });
        return item;
      }
      function write(id, tag, values, content) { part(id, tag, values).textContent = content; }
      function line(points) {
        return points.map(function (one, index) {
          var end = index + 1 < points.length ? points[index + 1].minute : 1440;
          return (index ? "L" : "M") + x(one.minute) + " " + y(one.value)
            + "L" + x(end) + " " + y(one.value);
        }).join("");
      }
      // The rate before the first time of the day is the last one's.
      function whole(all) {
        if (!all.length || all[0].minute === 0) { return all; }
        return [{ minute: 0, value: all[all.length - 1].value, isBorrowed: true }].concat(all);
      }
      function slider(id, values) {
        return part(id, "circle", Object.assign({ r: 9, tabindex: 0, role: "slider" }, values));
      }

      function draw() {
        var rows = names();
        place.hidden = !rows.length;
        if (!rows.length) { return; }
        unit = unitOf(rows[0].rate);
        var all = steps(false), before = whole(steps(true)), limit = null;
        if (!held) {
          top = Math.max.apply(null, all.concat(before).map(function (one) { return one.value; })
            .concat([0])) * 1.3 || 1;
          choose();
        }
        used = {};
        svg.setAttribute("viewBox", "0 0 " + width() + " " + height);
        svg.setAttribute("height", height);
        [0, 6, 12, 18, 24].forEach(function (hour) {
          part("tick" + hour, "path", {
            "class": "axis", d: "M" + x(hour * 60) + " " + head + "V" + (height - foot)
          });
          write("hour" + hour, "text", {
            x: x(hour * 60), y: height - 6, "text-anchor": hour === 24 ? "end" : "middle", "class": "soft"
          }, ("0" + hour).slice(-2));
        });
        [0, 0.5, 1].forEach(function (share) {
          var value = Number(text(top * share / 1.3));
          part("level" + share, "path", {
            "class": "axis", d: "M" + left + " " + y(value) + "H" + (width() - right)
          });
          write("value" + share, "text", {
            x: left - 6, y: y(value) + 4, "text-anchor": "end", "class": "soft"
          }, value);
        });
        part("before", "path", { "class": "before", d: line(before) });
        var shown = whole(all);
        shown.forEach(function (one, index) {
          var end = index + 1 < shown.length ? shown[index + 1].minute : 1440;
          var bar = part("bar" + index, "rect", {
            "class": one.isBorrowed ? "fill" : "bar-step", x: x(one.minute), y: y(one.value),
            width: Math.max(1, x(end) - x(one.minute)), height: Math.max(1, y(0) - y(one.value))
          });
          bar.dataset.row = one.isBorrowed ? "" : one.row.rate;
        });
        var ceiling = field("limits.maxRate") && number(field("limits.maxRate").value);
        if (ceiling && flow(unitOf("limits.maxRate"))) {
          limit = ceiling * flow(unitOf("limits.maxRate")) / flow(unit);
        }
        if (limit !== null && limit <= top) {
          part("limit", "path", {
            "class": "limit", d: "M" + left + " " + y(limit) + "H" + (width() - right)
          });
        }
        all.forEach(function (one, index) {
          var end = index + 1 < all.length ? all[index + 1].minute : 1440;
          slider("rate:" + one.row.rate, {
            "class": "grip", cx: (x(one.minute) + x(end)) / 2, cy: y(one.value),
            "aria-orientation": "vertical", "aria-valuemin": 0,
            "aria-valuemax": Math.max(top, one.value),
            "aria-valuenow": one.value,
            "aria-valuetext": Number(one.value.toPrecision(8)) + " " + unit,
            "aria-label": one.row.at ? "Rate from " + clock(one.minute) : "Rate all day"
          });
          if (!one.row.at) { return; }
          slider("time:" + one.row.at, {
            "class": "grip edge", cx: x(one.minute), cy: y(0),
            "aria-orientation": "horizontal", "aria-valuemin": index ? all[index - 1].minute + 1 : 0,
            "aria-valuemax": end - 1, "aria-valuenow": one.minute, "aria-valuetext": clock(one.minute),
            "aria-label": "Beginning of step " + (index + 1)
          });
        });
        svg.querySelectorAll("[data-part]").forEach(function (item) {
          if (!used[item.dataset.part]) { item.remove(); }
        });
        words.textContent = "Drag a point, or move it by the arrow keys: by " + step + " " + unit
          + (isExact(step)
            ? " (" + Math.round(step * flow(unit)) + " nL/d, exact)" : ", which the pump rounds")
          + (mode.value === "daily" ? ", times by 15 min" : "") + ". Dashed: as the page was opened.";
      }
      function setRate(name, value) {
        var own = flow(unitOf(name)), first = flow(unit);
        var rounded = Number(text(Math.max(0, value)));
        field(name).value = String(Number((rounded * first / own).toPrecision(12)));
        field(name).dispatchEvent(new Event("input", { bubbles: true }));
      }
      function setTime(name, value) {
        var all = steps(false), index = all.findIndex(function (one) { return one.row.at === name; });
        var first = index > 0 ? all[index - 1].minute + 1 : 0;
        var last = (index + 1 < all.length ? all[index + 1].minute : 1440) - 1;
        field(name).value = clock(Math.min(last, Math.max(first, Math.round(value))));
        field(name).dispatchEvent(new Event("input", { bubbles: true }));
      }
      function about(item) {
        var parts = (item.dataset.part || "").split(":");
        if (parts.length === 2) { return { kind: parts[0], name: parts[1] }; }
        return item.dataset.row ? { kind: "rate", name: item.dataset.row } : null;
      }
      function current(what) {
        return steps(false).find(function (one) {
          return (what.kind === "rate" ? one.row.rate : one.row.at) === what.name;
        });
      }
      svg.addEventListener("pointerdown", function (event) {
        var what = about(event.target);
        // A finger on a bar scrolls the page; it drags the points.
        if (!what || event.target.dataset.row && event.pointerType !== "mouse") { return; }
        held = what;
        svg.setPointerCapture(event.pointerId);
        if (event.target.focus) { event.target.focus({ preventScroll: true }); }
        event.preventDefault();
      });
      // Else the browser takes a finger on a point for one that scrolls the page.
      svg.addEventListener("touchstart", function (event) {
        if (event.target.getAttribute("role") === "slider") { event.preventDefault(); }
      }, { passive: false });
      svg.addEventListener("pointermove", function (event) {
        if (!held) { return; }
        var area = svg.getBoundingClientRect();
        if (held.kind === "rate") {
          var up = (event.clientY - area.top) * height / area.height;
          setRate(held.name, (height - foot - up) / (height - foot - head) * top);
        } else {
          var along = (event.clientX - area.left) * width() / area.width;
          setTime(held.name, Math.round((along - left) / (width() - left - right) * 96) * 15);
        }
      });
      ["pointerup", "pointercancel"].forEach(function (name) {
        svg.addEventListener(name, function () { held = null; draw(); });
      });
      svg.addEventListener("keydown", function (event) {
        var what = about(event.target), one = what && current(what);
        var keys = {
          ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10
        };
        var times = keys[event.key];
        if (!one || !times || event.ctrlKey || event.metaKey || event.altKey) { return; }
        event.preventDefault();
        if (what.kind === "time") {
          setTime(what.name, one.minute + (Math.abs(times) > 1 ? 60 * Math.sign(times) : 15 * times));
          return;
        }
        // From between two of its steps the next one in that direction.
        var places = one.value / step;
        var next = times > 0 ? Math.floor(places + 1e-6) + times : Math.ceil(places - 1e-6) + times;
        setRate(what.name, next * step);
      });
      form.addEventListener("input", draw);
      mode.addEventListener("change", function () {
        form.querySelectorAll("details[data-mode]").forEach(function (fold) {
          if (fold.dataset.mode === mode.value) { fold.open = true; }
        });
        var first = field("step.0.rate");
        if (mode.value === "daily" && first && !first.value && !field("step.0.at").value) {
          field("step.0.at").value = "00:00";
          first.value = field("rate").value;
          field("step.0.rate.unit").value = unitOf("rate");
        }
        draw();
      });
      addEventListener("resize", draw);
      draw();
    });

    """#
}
