"""Every page of the clinic, at a desktop's width and a phone's, light and dark: axe finds nothing,
nothing is cut off, and Tab reaches all that can be worked with. CISTERNA_PICTURES=FOLDER keeps a picture of each.
"""

import base64

import stages
from browser import *

PICTURES = os.environ.get("CISTERNA_PICTURES")
OMAR = "/patients/haddad-omar"
# By who sees them. What is not of its own address is made by `made` below.
PAGES = {
    "ada": ["/", "/patients", OMAR, f"{OMAR}/program", f"{OMAR}/orders", f"{OMAR}/refill",
            f"{OMAR}/refill/sheet", f"{OMAR}/pump", f"{OMAR}/routes", f"{OMAR}/details", f"{OMAR}/new-order",
            *[f"{OMAR}/new-order/{kind}" for kind in (
                "safeRate", "suspend", "resume", "mri", "clinicianBolus", "limits", "envelope",
                "catheter", "clearOverDelivery", "setClock")],
            "/patients/jensen-ida", "/patients/jensen-ida/details", "/patients/okafor-daniel",
            "/patients/okafor-daniel/program", "/patients/okafor-daniel/routes",
            "/patients/sato-emi/refill", "/adopt", "/enroll", "/arrive", "/alarms", "/planner", "/costs", "/model",
            "/formulary", "/formulary/baclofen", "/settings"],
    "max": ["/settings", "/audit"],
}
# Those of which a picture in the dark is kept too.
DARK = {"/", OMAR, f"{OMAR}/routes", f"{OMAR}/program", "/model", "program-compared", "pathway-complications"}


# A picture with at most 64 colors, written in the browser itself.
SHRINK = """async text => {
  const image = new Image();
  image.src = "data:image/png;base64," + text;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const data = pen.getImageData(0, 0, image.width, image.height).data, counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const color = data[at] << 16 | data[at + 1] << 8 | data[at + 2];
    counts.set(color, (counts.get(color) || 0) + 1);
  }
  const all = [...counts].sort((one, two) => two[1] - one[1]).map(one => one[0]);
  const apart = (one, two) => Math.abs((one >> 16) - (two >> 16))
    + Math.abs((one >> 8 & 255) - (two >> 8 & 255)) + Math.abs((one & 255) - (two & 255));
  const palette = [];
  for (const wide of [24, 10, 4, 1]) {
    for (const color of all) {
      if (palette.length < 64 && palette.every(one => apart(one, color) >= wide)) palette.push(color);
    }
  }
  const nearest = new Map();
  for (const color of all) {
    let best = 0;
    palette.forEach((one, index) => { if (apart(one, color) < apart(palette[best], color)) best = index; });
    nearest.set(color, best);
  }
  const rows = new Uint8Array((image.width + 1) * image.height);
  for (let at = 0, to = 0; at < data.length; at += 4, to += 1) {
    if (to % (image.width + 1) === 0) to += 1;
    rows[to] = nearest.get(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
  }
  const packed = new Uint8Array(await new Response(
    new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer());
  const table = new Uint32Array(256).map((_, index) => {
    for (let bit = 0; bit < 8; bit += 1) index = index & 1 ? 0xEDB88320 ^ index >>> 1 : index >>> 1;
    return index;
  });
  const chunk = (name, content) => {
    const bytes = new Uint8Array(12 + content.length), view = new DataView(bytes.buffer);
    view.setUint32(0, content.length);
    bytes.set([...name].map(letter => letter.charCodeAt(0)), 4);
    bytes.set(content, 8);
    let check = 0xFFFFFFFF;
    for (let at = 4; at < bytes.length - 4; at += 1) check = table[(check ^ bytes[at]) & 255] ^ check >>> 8;
    view.setUint32(bytes.length - 4, (check ^ 0xFFFFFFFF) >>> 0);
    return bytes;
  };
  const head = new Uint8Array(13), view = new DataView(head.buffer);
  view.setUint32(0, image.width);
  view.setUint32(4, image.height);
  head.set([8, 3, 0, 0, 0], 8);
  const colors = new Uint8Array(palette.flatMap(one => [one >> 16, one >> 8 & 255, one & 255]));
  const parts = [new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head),
    chunk("PLTE", colors), chunk("IDAT", packed), chunk("IEND", new Uint8Array(0))];
  const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
  let letters = "";
  for (const byte of whole) letters += String.fromCharCode(byte);
  return btoa(letters);
}"""


def keep(desk, page, name, width, scheme, is_whole=True):
    """A picture of the page as it stands."""
    if not PICTURES or scheme == "dark" and name not in DARK or name.endswith("-unfolded"):
        return
    taken = base64.b64encode(page.screenshot(full_page=is_whole)).decode()
    small = base64.b64decode(desk.darkroom.evaluate(SHRINK, taken))
    name = name.strip("/").replace("/", "-") or "today"
    dark = "-dark" if scheme == "dark" else ""
    with open(f"{PICTURES}/{name}-{width}{dark}.png", "wb") as file:
        file.write(small)


class Look:
    def __init__(self, desk, width, scheme):
        self.desk, self.width, self.scheme = desk, width, scheme
        self.count = self.reached = self.axed = 0

    def at(self, page, name):
        where = f"{name} at {self.width}, {self.scheme}"
        for kind in ("model", "prediction"):
            if page.locator(f"[data-{kind}]").count():
                page.wait_for_selector(f"[data-{kind}][data-band=yes], [data-{kind}][data-band=none]")
        wide = page.evaluate("document.documentElement.scrollWidth")
        must(wide <= self.width, f"{where} is {wide} wide")
        cut = page.evaluate("""() => [...document.querySelectorAll("button, .button, .tag, td, th, dd, h1, h2")]
            .filter(item => item.checkVisibility() && !item.closest(".unseen, .scroll")
              && item.scrollWidth > item.clientWidth + 2 && getComputedStyle(item).display !== "inline")
            .map(item => item.textContent.trim().slice(0, 40))""")
        must(not cut, f"{where}: cut off: {cut}")
        self.axed += axe(page, where)
        keep(self.desk, page, name, self.width, self.scheme)
        if self.scheme == "light":
            self.reached += Keys(page).walk(where)
        self.count += 1


def made(look, page, address):
    """The pages that answer a form: a comparison, a refusal at its field, questions, an order's words."""
    page.goto(f"{address}{OMAR}/program")
    page.fill("[name=rate]", "600")
    page.get_by_role("button", name="Compare with what is in force").click()
    page.get_by_role("button", name="Draft the order").wait_for()
    look.at(page, "program-compared")
    if (look.width, look.scheme) == (1280, "light"):
        keep(look.desk, page, "readme", 1280, "light", is_whole=False)
    page.goto(f"{address}{OMAR}/program")
    page.fill("[name=rate]", "4,12")
    page.get_by_role("button", name="Compare with what is in force").click()
    page.locator("#fault").wait_for()
    look.at(page, "program-refused")
    page.goto(f"{address}{OMAR}/new-order/clinicianBolus")
    page.fill("[name=volume]", "20")
    page.fill("[name=over]", "5")
    page.fill("[name=reason]", "a picture")
    page.get_by_role("button", name="See what it does").click()
    page.get_by_role("button", name="Draft the order").wait_for()
    look.at(page, "order-said")
    page.goto(f"{address}/planner/flow")
    page.get_by_role("button", name="Work it out").click()
    page.get_by_text("Working, to check by hand").wait_for()
    look.at(page, "planner-flow-answer")
    page.goto(f"{address}/no-such-page")
    look.at(page, "refusal")


def main():
    with Desk(20200, 20320, 20310) as desk:
        desk.darkroom = desk.page()
        people = {name: desk.clinic.person(name).sign_in() for name in PAGES}
        ada = people["ada"]
        for name in ("haddad-omar", "sato-emi"):
            wait(f"the pump of {name} is heard", lambda: live(ada, name), 60)
        less = {"do": "program", "program": haddad("391 ug/d")}
        hash, word = order(ada, "haddad-omar", less, "remote", "a step down")
        must(word == "applied", f"an order to look at: {word}")
        go(ada, 2.2)
        wait("an alarm to look at", lambda: ada.get("/api/v1/patients/sato-emi/record/alarms"), 60)
        PAGES["ada"].append(f"{OMAR}/orders/{hash}")
        ada.write("/api/v1/patients/sato-emi/refill",
                  {"planned": {"drugs": [{"name": "hydromorphone", "concentration": "1.2 mg/mL"}]},
                   "plannedVolume": "20 mL", "hasSymptoms": False, "confirmed": True},
                  version(ada, "sato-emi"))
        names = {f"{OMAR}/orders/{hash}": "order-applied"}
        found = stages.everyone(ada)
        places = [(patient, stage) for stage, patient in found.items()] + [
            ("jensen-ida", place) for place in ("visits", "outcomes", "complications", "scans", "end")]
        for patient, place in places:
            path = f"/patients/{patient}/pathway/{place}"
            PAGES["ada"].append(path)
            names[path] = f"pathway-{place}"
        planners = desk.signed_in(ada)
        planners.goto(f"{desk.address}/planner")
        PAGES["ada"] += [link.get_attribute("href") for link in
                         planners.locator("main a[href^='/planner/']").all()]
        stranger = desk.page()
        stranger.goto(f"{desk.address}/sign-in")
        for width, scheme in ((1280, "light"), (390, "light"), (1280, "dark"), (390, "dark")):
            look = Look(desk, width, scheme)
            page = desk.page(width, scheme)
            page.goto(f"{desk.address}/sign-in")
            look.at(page, "sign-in")
            for person, paths in PAGES.items():
                page = desk.signed_in(people[person], width=width, scheme=scheme)
                for path in paths:
                    answer = page.goto(desk.address + path)
                    must(answer.status == 200, f"{path}: {answer.status}")
                    name = names.get(path, path)
                    look.at(page, f"{path}-{person}" if person != "ada" and path in PAGES["ada"] else name)
                    if "/pathway/" in path:
                        page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")
                        look.at(page, f"{name}-unfolded")
                if person == "ada":
                    made(look, page, desk.address)
            say(f"{width}, {scheme}: {look.count} pages, axe looked at {look.axed}, "
                f"Tab reached {look.reached} things")


main()
