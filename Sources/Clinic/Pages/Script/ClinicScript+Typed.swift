/// What was typed outlives a session that ends, is taken once, and a fault is where the reader goes on.
extension ClinicScript {
  static let typed = #"""
    // What was typed is never lost: not where the session has ended, and not twice where somebody goes back.
    (function () {
      var store = window.sessionStorage, body = document.body;
      var account = body.dataset.account || "", place = "cisterna.typed", page = "cisterna.page";
      function read(name) {
        try { return JSON.parse(store.getItem(name)); } catch (fault) { return null; }
      }
      function write(name, value) {
        try { store.setItem(name, JSON.stringify(value)); } catch (fault) { return; }
      }
      function note(word, text, before) {
        var box = document.createElement("div");
        box.className = "note warn";
        box.setAttribute("role", "status");
        box.tabIndex = -1;
        var bold = document.createElement("b");
        bold.textContent = word;
        box.append(bold, " " + text);
        before.before(box);
        return box;
      }
      function same(kept) {
        return Array.prototype.filter.call(document.forms, function (form) {
          return form.getAttribute("action") === kept.action;
        })[kept.index];
      }

      // Back from the next page: what was taken stands in its form no more, so that it is not sent again.
      function emptied() {
        var taken = read("cisterna.taken") || [];
        taken.forEach(function (kept) {
          var form = same(kept);
          if (!form || kept.page !== body.dataset.page) { return; }
          form.reset();
          note("TAKEN ALREADY", "What stood in this form was taken at " + kept.time
            + ". It is as fresh as on a new page.", form);
        });
      }

      function giveBack(kept) {
        var form = same(kept), words = kept.isEnded
          ? "Your session had ended and nothing was recorded. " : "It was refused. ";
        if (!form) {
          var list = kept.fields.filter(function (field) { return field.value; }).map(function (field) {
            return field.name + ": " + field.value;
          }).join("; ");
          note("GIVEN BACK", words + "This is what you had typed: " + list,
            document.getElementById("main").firstChild).focus();
          return;
        }
        kept.fields.forEach(function (field) {
          var item = form.elements[field.name];
          if (!item || item.type === "hidden") { return; }
          if (item.type === "checkbox") { item.checked = true; } else { item.value = field.value; }
          item.dispatchEvent(new Event("input", { bubbles: true }));
          for (var fold = item.closest("details"); fold; fold = fold.parentNode.closest("details")) {
            fold.open = true;
          }
        });
        note("GIVEN BACK", words + "This is what you had typed: look at it, and send it again.", form)
          .focus();
      }

      var kept = read(place);
      if (account && body.dataset.page) { store.setItem(page, body.dataset.page); }
      if (kept && !account) {
        // The page to sign in, or a refusal without the form: what was typed waits.
        kept.isLost = true;
        if (location.pathname === "/sign-in") { kept.isEnded = true; }
        write(place, kept);
        if (!kept.isEnded) {
          var link = document.createElement("a");
          link.className = "button plain";
          link.href = kept.page;
          link.textContent = "Back to what you typed";
          var actions = document.querySelector(".actions");
          if (actions) { actions.prepend(link); }
        }
      } else if (kept) {
        var isOwn = kept.account === account && kept.isLost && kept.page;
        if (isOwn && kept.page !== body.dataset.page && document.referrer.indexOf("/sign-in") > 0) {
          location.replace(kept.page);
          return;
        }
        store.removeItem(place);
        if (isOwn) {
          giveBack(kept);
        } else if (!kept.isLost && !kept.isLook && !document.getElementById("fault")) {
          var taken = read("cisterna.taken") || [];
          write("cisterna.taken", taken.concat([kept]).slice(-20).map(function (one) {
            return { action: one.action, index: one.index, page: one.page, time: one.time };
          }));
        }
      }
      var way = performance.getEntriesByType("navigation")[0];
      addEventListener("pageshow", function (event) {
        if (event.persisted) { location.reload(); return; }
        // Only now: before it browsers put back what was typed here.
        if (account && way && way.type === "back_forward") { setTimeout(emptied, 0); }
      });

      // A form that was sent is not sent twice; the server would take it once anyway.
      document.addEventListener("submit", function (event) {
        var form = event.target;
        if (form.method === "get") { return; }
        if (form.dataset.sent) { event.preventDefault(); return; }
        form.dataset.sent = "yes";
        setTimeout(function () { delete form.dataset.sent; }, 10000);
        var action = form.getAttribute("action");
        if (!account || action === "/clock") { return; }
        if (action === "/sign-out") { store.clear(); return; }
        var fields = [];
        Array.prototype.forEach.call(form.elements, function (item) {
          var isOff = item.type === "password" || item.type === "checkbox" && !item.checked;
          if (!item.name || item.tagName === "BUTTON" || isOff) { return; }
          if (["csrf", "key", "version", "shown"].indexOf(item.name) >= 0) { return; }
          fields.push({ name: item.name, value: item.value });
        });
        var alike = Array.prototype.filter.call(document.forms, function (one) {
          return one.getAttribute("action") === action;
        });
        write(place, {
          account: account, action: action, index: alike.indexOf(form), page: store.getItem(page),
          isLook: form.dataset.look !== undefined, time: new Date().toTimeString().slice(0, 5),
          fields: fields
        });
      });
    })();

    // The fault of a form is where the reader goes on.
    (function () {
      var fault = document.getElementById("fault");
      if (fault) { fault.focus(); }
    })();

    """#
}
