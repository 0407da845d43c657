/// The one script: what it does a person can do without it, by loading the page again or by typing.
enum ClinicScript {
  static let javaScript = #"""
    "use strict";
    // Parts that show what changes: the page is read again and those that differ are replaced.
    (function () {
      var topics = document.body.dataset.topics;
      if (!topics || !window.EventSource || !window.DOMParser) { return; }
      var running = false, again = false, timer = 0, touched = Date.now();
      ["keydown", "pointerdown", "pointermove", "scroll"].forEach(function (name) {
        addEventListener(name, function () { touched = Date.now(); }, { passive: true });
      });
      // A screen that nobody looks at must not keep its session; then it says that it has stopped.
      function rests() {
        if (Date.now() - touched < 25 * 60000) { return false; }
        if (!document.getElementById("rests")) {
          var note = document.createElement("div");
          note.id = "rests";
          note.className = "note warn";
          note.setAttribute("role", "status");
          note.textContent = "NOT RENEWED: nobody has touched this page for 25 min. Load it again.";
          document.getElementById("main").prepend(note);
        }
        return true;
      }
      function renew() {
        if (rests()) { return; }
        if (running) { again = true; return; }
        running = true;
        fetch(location.href, {
          headers: { accept: "text/html", "x-renewal": "1" }, credentials: "same-origin", cache: "no-store"
        })
          .then(function (answer) {
            if (!answer.ok || answer.redirected) { throw new Error("not this page"); }
            return answer.text();
          })
          .then(function (text) {
            var fresh = new DOMParser().parseFromString(text, "text/html");
            document.querySelectorAll("[data-live]").forEach(function (old) {
              var part = fresh.getElementById(old.id);
              if (!part || part.innerHTML === old.innerHTML) { return; }
              // Whoever types in it, or reads with the keyboard there, is not thrown out.
              if (old.querySelector("form") && old.contains(document.activeElement)) { return; }
              var focus = old.contains(document.activeElement)
                ? document.activeElement.getAttribute("href") : null;
              var open = {};
              old.querySelectorAll("details[open] > summary").forEach(function (item) {
                open[item.textContent] = true;
              });
              old.innerHTML = part.innerHTML;
              old.querySelectorAll("details > summary").forEach(function (item) {
                if (open[item.textContent]) { item.parentNode.open = true; }
              });
              if (focus) {
                old.querySelectorAll("a").forEach(function (link) {
                  if (link.getAttribute("href") === focus) { link.focus(); }
                });
              }
            });
            var clock = document.getElementById("clock"), now = fresh.getElementById("clock");
            if (clock && now) {
              clock.textContent = now.textContent;
              clock.dataset.now = now.dataset.now;
              clock.dataset.speed = now.dataset.speed;
            }
          })
          .catch(function () {})
          .then(function () {
            running = false;
            if (again) { again = false; soon(); }
          });
      }
      function soon() {
        if (timer) { return; }
        timer = setTimeout(function () { timer = 0; renew(); }, 400);
      }
      var source = new EventSource("/events?topics=" + encodeURIComponent(topics));
      // The server names events by their topics, and those below them; both are listened for.
      topics.split(",").forEach(function (topic) {
        ["", "/orders", "/status", "/alarms", "/refill", "/record"].forEach(function (rest) {
          source.addEventListener(topic + rest, soon);
        });
      });
      source.onmessage = soon;
      // Ages on the page go on by themselves.
      setInterval(function () { if (!document.hidden) { soon(); } }, 60000);
    })();

    // The demonstration's clock goes on between two readings.
    (function () {
      var clock = document.getElementById("clock");
      if (!clock) { return; }
      var days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
      var months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
      var shown = clock.dataset.now, from = Date.now();
      function two(number) { return (number < 10 ? "0" : "") + number; }
      setInterval(function () {
        if (clock.dataset.now !== shown) { shown = clock.dataset.now; from = Date.now(); }
        var now = new Date(Number(shown) + (Date.now() - from) * Number(clock.dataset.speed));
        clock.textContent = days[now.getUTCDay()] + " " + now.getUTCDate() + " "
          + months[now.getUTCMonth()] + " " + now.getUTCFullYear() + ", "
          + two(now.getUTCHours()) + ":" + two(now.getUTCMinutes());
      }, 1000);
    })();

    // The fault of a form is where the reader goes on.
    (function () {
      var fault = document.getElementById("fault");
      if (fault) { fault.focus(); }
    })();

    // A form that was sent is not sent twice; the server would take it once anyway.
    document.addEventListener("submit", function (event) {
      var form = event.target;
      if (form.method === "get") { return; }
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      setTimeout(function () { delete form.dataset.sent; }, 10000);
    });

    // Steps of a day as bars that can be dragged; the fields beside them stay the truth.
    (function () {
      var rows = document.querySelector("[data-steps]");
      if (!rows) { return; }
      var space = "http://www.w3.org/2000/svg";
      var box = document.createElementNS(space, "svg");
      box.setAttribute("viewBox", "0 0 640 160");
      box.setAttribute("class", "drag");
      box.setAttribute("aria-hidden", "true");
      rows.parentNode.insertBefore(box, rows);
      var held = null;
      function steps() {
        return Array.prototype.map.call(rows.querySelectorAll(".step"), function (row) {
          var at = row.querySelectorAll("input")[0], rate = row.querySelectorAll("input")[1];
          var parts = at.value.split(":");
          return {
            at: at, rate: rate, minute: parts.length > 1 ? Number(parts[0]) * 60 + Number(parts[1]) : null,
            value: rate.value === "" ? null : Number(rate.value)
          };
        }).filter(function (step) { return step.minute !== null && step.value !== null && isFinite(step.value); })
          .sort(function (one, two) { return one.minute - two.minute; });
      }
      var top = 1;
      function draw() {
        var all = steps();
        if (!held) {
          top = Math.max.apply(null, all.map(function (step) { return step.value; }).concat([1e-9])) * 1.3;
        }
        while (box.firstChild) { box.removeChild(box.firstChild); }
        all.forEach(function (step, index) {
          var end = index + 1 < all.length ? all[index + 1].minute : 1440;
          var bar = document.createElementNS(space, "rect");
          var height = 150 * step.value / top;
          bar.setAttribute("x", step.minute * 640 / 1440);
          bar.setAttribute("width", Math.max(2, (end - step.minute) * 640 / 1440 - 2));
          bar.setAttribute("y", 158 - height);
          bar.setAttribute("height", Math.max(2, height));
          bar.setAttribute("class", "bar-step");
          bar.addEventListener("pointerdown", function (event) {
            held = step;
            box.setPointerCapture(event.pointerId);
            event.preventDefault();
          });
          box.appendChild(bar);
        });
      }
      box.addEventListener("pointermove", function (event) {
        if (!held) { return; }
        var area = box.getBoundingClientRect();
        var share = 1 - (event.clientY - area.top) / area.height;
        var value = Math.max(0, share * 160 / 150 * top);
        var digits = top >= 50 ? 0 : top >= 5 ? 1 : 3;
        held.rate.value = value.toFixed(digits);
        draw();
      });
      ["pointerup", "pointercancel"].forEach(function (name) {
        box.addEventListener(name, function () { held = null; draw(); });
      });
      rows.addEventListener("input", draw);
      draw();
    })();

    """#
}
