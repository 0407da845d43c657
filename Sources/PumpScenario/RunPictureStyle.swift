extension RunPicture {
  /// Colors for a light and for a dark page, and larger letters on a narrow one.
  static let style = """
    svg{color-scheme:light dark;width:100%;height:auto;\
    --bg:#fff;--ink:#18212b;--soft:#55616e;--grid:#dfe4e9;--shade:#98a4b1;\
    --rate:#0b6e8f;--demand:#8a5a00;--fluid:#6a4fa3;--dose:#a4491c;--limit:#b3261e;\
    --high:#b3261e;--medium:#8a6100;\
    font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;\
    font-variant-numeric:tabular-nums}
    @media (prefers-color-scheme:dark){svg{--bg:#12171d;--ink:#e7ecf1;--soft:#a3afbb;\
    --grid:#29323b;--shade:#6b7784;--rate:#54b9dc;--demand:#e0b15a;--fluid:#b49be8;\
    --dose:#ee9a6c;--limit:#ff8a80;--high:#ff8a80;--medium:#f0c35e}}
    text{fill:var(--ink);font-size:13px;paint-order:stroke;stroke:var(--bg);stroke-width:3px;\
    stroke-linejoin:round}
    .bg{fill:var(--bg)}
    .h1{font-size:22px;font-weight:650}
    .sub,.tick,.unit{fill:var(--soft)}
    .h,.ghost{font-size:14px;font-weight:650}
    .ghost{visibility:hidden}
    .mid{text-anchor:middle}.end{text-anchor:end}
    .grid{stroke:var(--grid);stroke-width:1;fill:none}
    .base{stroke:var(--shade);stroke-width:1;fill:none}
    .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
    .rate{stroke:var(--rate)}.delivered{stroke:var(--rate)}.fluid{stroke:var(--fluid)}
    .dose{stroke:var(--dose)}
    .demand{stroke:var(--demand);stroke-dasharray:6 4;stroke-width:1.5}
    .area{opacity:.12;stroke:none}
    .area.rate{fill:var(--rate)}.area.fluid{fill:var(--fluid)}.area.dose{fill:var(--dose)}
    .bound{fill:none;stroke:var(--limit);stroke-width:1.5;stroke-dasharray:2 4;\
    stroke-linecap:round}
    .t-rate{fill:var(--rate);font-weight:600}.t-fluid{fill:var(--fluid);font-weight:600}
    .t-dose{fill:var(--dose);font-weight:600}.t-limit{fill:var(--limit)}
    .t-demand{fill:var(--demand);font-weight:600}
    .halt{fill:var(--shade);fill-opacity:.42}
    .safe{fill:url(#hatch)}.off{fill:url(#cross)}.bridge{fill:url(#back)}.prime{fill:url(#dots)}
    .run{fill:var(--rate);fill-opacity:.16}
    .edge{stroke:var(--shade);stroke-width:1}
    .ink{stroke:var(--soft);stroke-width:1.4;fill:none}
    .mark{fill:var(--soft);stroke:none}.hollow{fill:var(--bg);stroke:var(--soft);stroke-width:1.5}
    .high{fill:var(--high);stroke:none}.medium{fill:var(--bg);stroke:var(--medium);\
    stroke-width:2}
    .span{fill:none;stroke-width:4}.span-high{stroke:var(--high)}.span-medium{\
    stroke:var(--medium)}.acked{stroke-width:1.5;stroke-dasharray:5 3}
    .bang{fill:var(--bg);stroke:none;font-size:10px;font-weight:800;text-anchor:middle}
    @media (max-width:640px){text{font-size:23px;stroke-width:5px}.h1{font-size:30px}\
    .h,.ghost{font-size:24px}.minor{display:none}.bang{font-size:10px}\
    .sub{font-size:20px}}
    """

  /// The hatchings, told apart by their direction.
  static let patterns = """
    <defs>
    <pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(45)"><path d="M0 0V8" stroke="var(--shade)" stroke-width="3"/>\
    </pattern>
    <pattern id="back" width="7" height="7" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(-45)"><path d="M0 0V7" stroke="var(--rate)" stroke-width="2"/>\
    </pattern>
    <pattern id="cross" width="7" height="7" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(45)"><path d="M0 0V7M0 0H7" stroke="var(--shade)" \
    stroke-width="2.4"/></pattern>
    <pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse">\
    <circle cx="3" cy="3" r="1.6" fill="var(--rate)"/></pattern>
    </defs>

    """
}
