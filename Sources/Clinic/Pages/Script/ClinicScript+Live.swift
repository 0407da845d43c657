/// Parts that renew themselves without taking anything from whoever uses them, and the clock.
extension ClinicScript {
  static let live = #"""
    "use strict";
    // Parts that show what changes: the page is read again and those that differ are replaced.
    (function () {
      var topics = document.body.dataset.topics;
      if (!topics || !window.EventSource || !window.DOMParser) { return; }
      var running = false, again = false, timer = 0, touched = Date.now();
      ["keydown", "pointerdown", "pointermove", "scroll"].forEach(function (name) {
        addEventListener(name, function () { touched = Date.now(); }, { passive: true });
      });
      function tell(id, text, before) {
        if (document.getElementById(id)) { return; }
        var note = document.createElement("div");
        note.id = id;
        note.className = "note warn";
        note.setAttribute("role", "status");
        note.textContent = text;
        before.before(note);
      }
      function top() { return document.getElementById("main").firstChild; }
      // A screen that nobody looks at must not keep its session; then it says that it has stopped.
      function rests() {
        if (Date.now() - touched < 25 * 60000) { return false; }
        tell("rests", "NOT RENEWED: nobody has touched this page for 25 min. Load it again.", top());
        return true;
      }
      function isTyped(form) {
        return Array.prototype.some.call(form.elements, function (item) {
          if (item.type === "hidden" || item.tagName === "BUTTON") { return false; }
          if (item.type === "checkbox") { return item.checked !== item.defaultChecked; }
          if (item.tagName === "SELECT") {
            // Without a chosen option the first one stands there.
            var chosen = Array.prototype.findIndex.call(item.options, function (one) {
              return one.defaultSelected;
            });
            return item.selectedIndex !== Math.max(0, chosen);
          }
          return item.value !== item.defaultValue;
        });
      }
      // Whoever types in a part, or has marked a text of it, keeps it as it is.
      function isInUse(part) {
        if (Array.prototype.some.call(part.querySelectorAll("form"), isTyped)) { return true; }
        var focus = document.activeElement, marked = window.getSelection();
        if (part.contains(focus) && focus.closest("form") && focus.tagName !== "BUTTON") { return true; }
        return marked && !marked.isCollapsed && part.contains(marked.anchorNode);
      }
      function sign(item) {
        return item.tagName + " " + (item.id || item.getAttribute("href")
          || item.getAttribute("aria-label") || item.textContent.trim());
      }
      function replace(old, part) {
        var focus = old.contains(document.activeElement) ? sign(document.activeElement) : null;
        var open = {};
        old.querySelectorAll("details[open] > summary").forEach(function (item) {
          open[item.textContent] = true;
        });
        old.innerHTML = part.innerHTML;
        old.querySelectorAll("details > summary").forEach(function (item) {
          if (open[item.textContent]) { item.parentNode.open = true; }
        });
        if (!focus) { return; }
        var same = Array.prototype.find.call(
          old.querySelectorAll("a, button, summary, [tabindex]"),
          function (item) { return sign(item) === focus; }
        );
        // Where it is gone the reader stays at this part, and is not sent to the top of the page.
        if (!same) { old.tabIndex = -1; same = old; }
        same.focus({ preventScroll: true });
      }
      function show(text) {
        var fresh = new DOMParser().parseFromString(text, "text/html");
        document.querySelectorAll("[data-live]").forEach(function (old) {
          var part = fresh.getElementById(old.id);
          if (!part || part.innerHTML === old.innerHTML) { return; }
          if (isInUse(old)) {
            tell("changed-" + old.id, "CHANGED: something new was recorded. What you typed stays here; "
              + "load the page again to see what is new.", old);
            return;
          }
          replace(old, part);
        });
        var clock = document.getElementById("clock"), now = fresh.getElementById("clock");
        if (clock && now) {
          clock.textContent = now.textContent;
          clock.dataset.now = now.dataset.now;
          clock.dataset.speed = now.dataset.speed;
          document.getElementById("clock-words").textContent =
            fresh.getElementById("clock-words").textContent;
        }
      }
      function renew() {
        if (rests()) { return; }
        if (running) { again = true; return; }
        running = true;
        fetch(document.body.dataset.page || location.href, {
          headers: { accept: "text/html", "x-renewal": "1" }, credentials: "same-origin", cache: "no-store"
        })
          .then(function (answer) {
            if (answer.redirected && new URL(answer.url).pathname === "/sign-in") {
              tell("ended", "SIGNED OUT: your session has ended. What you have typed is given back to you "
                + "once you send it and sign in again.", top());
            }
            if (!answer.ok || answer.redirected) { throw new Error("not this page"); }
            return answer.text();
          })
          .then(show)
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

    """#
}
