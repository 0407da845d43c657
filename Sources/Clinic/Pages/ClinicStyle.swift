/// The one style sheet: light and dark, wide and narrow, and print.
///
/// Nothing important is told by color alone: each tag has its word, each change its figure.
enum ClinicStyle {
  static let css = #"""
    :root {
      color-scheme: light dark;
      --paper: #f6f5f1; --card: #ffffff; --ink: #1c2430; --soft: #55606e; --line: #d9d8d0;
      --accent: #0b5c6b; --accent-ink: #ffffff; --accent-soft: #e2f0f2;
      --bad: #a51d24; --bad-soft: #fdecec; --warn: #8a5300; --warn-soft: #fdf3dd;
      --good: #1f6b3a; --good-soft: #e7f4ea; --focus: #1c5fd0;
      --radius: 10px; --gap: 1rem;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #11161c; --card: #1a2129; --ink: #e8ebef; --soft: #a7b1bd; --line: #37424e;
        --accent: #6fc3d1; --accent-ink: #0c1a1d; --accent-soft: #16323a;
        --bad: #ff9a95; --bad-soft: #3b1b1e; --warn: #f1c36d; --warn-soft: #37290f;
        --good: #8fd6a5; --good-soft: #17301f; --focus: #8db4ff;
      }
    }
    * { box-sizing: border-box; }
    html { font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
    body { margin: 0; background: var(--paper); color: var(--ink); }
    h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
    h2 { font-size: 1.15rem; margin: 0 0 .5rem; }
    h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
    p { margin: 0 0 .6rem; }
    a { color: var(--accent); }
    small, .soft { color: var(--soft); font-size: .875rem; }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
    /* A date has parts of its own inside, so that the field itself is never the one with the focus. */
    input[type=date]:focus-within, input[type=datetime-local]:focus-within { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
    .skip { position: absolute; left: -999px; }
    .skip:focus { left: .5rem; top: .5rem; background: var(--card); padding: .5rem 1rem; z-index: 9; }
    .figure, td.figure { font-variant-numeric: tabular-nums; white-space: nowrap; }

    /* Frame */
    header.top { background: var(--card); border-bottom: 1px solid var(--line); }
    .bar { max-width: 78rem; margin: 0 auto; padding: .5rem 1rem; display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; }
    .brand { font-weight: 700; color: var(--ink); text-decoration: none; display: flex; gap: .5rem; align-items: center; }
    .brand svg { width: 1.5rem; height: 1.5rem; }
    nav.main { display: flex; flex-wrap: wrap; gap: .25rem; }
    nav.main a { padding: .4rem .7rem; border-radius: 6px; text-decoration: none; color: var(--ink); }
    nav.main a:hover { background: var(--accent-soft); }
    nav.main a[aria-current] { background: var(--accent); color: var(--accent-ink); }
    .who { margin-left: auto; display: flex; gap: .75rem; align-items: center; font-size: .9rem; }
    .clock { background: var(--accent-soft); border-bottom: 1px solid var(--line); font-size: .9rem; }
    .clock .bar { padding-block: .3rem; }
    .clock form { display: flex; gap: .25rem; margin: 0; }
    .clock button { padding: .25rem .6rem; min-height: 2rem; }
    main { max-width: 78rem; margin: 0 auto; padding: 1.25rem 1rem 4rem; }
    footer { max-width: 78rem; margin: 0 auto; padding: 1rem; color: var(--soft); font-size: .875rem; border-top: 1px solid var(--line); }

    /* Pieces */
    .card { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); padding: 1rem; margin-bottom: var(--gap); }
    .grid { display: grid; gap: var(--gap); grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); align-items: start; }
    .grid > .card { margin: 0; }
    .wide { grid-column: 1 / -1; }
    .tag { display: inline-block; font-size: .8rem; font-weight: 600; padding: .1rem .5rem; border-radius: 999px; border: 1px solid currentColor; white-space: nowrap; }
    .bad { color: var(--bad); } .warn { color: var(--warn); } .good { color: var(--good); }
    .note { border-left: 5px solid var(--line); background: var(--card); padding: .6rem .9rem; border-radius: 6px; margin: 0 0 .75rem; }
    .note.bad { border-color: var(--bad); background: var(--bad-soft); color: var(--ink); }
    .note.warn { border-color: var(--warn); background: var(--warn-soft); color: var(--ink); }
    .note.good { border-color: var(--good); background: var(--good-soft); color: var(--ink); }
    .note b:first-child { letter-spacing: .02em; }
    .note.bad b:first-child { color: var(--bad); } .note.warn b:first-child { color: var(--warn); } .note.good b:first-child { color: var(--good); }
    .facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; }
    .facts dt { color: var(--soft); } .facts dd { margin: 0; }
    .big { font-size: 1.9rem; font-weight: 650; line-height: 1.1; font-variant-numeric: tabular-nums; }
    .big small { font-size: 1rem; font-weight: 400; }

    table { border-collapse: collapse; width: 100%; }
    caption { text-align: left; color: var(--soft); font-size: .875rem; padding-bottom: .3rem; }
    th, td { text-align: left; padding: .45rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
    thead th { font-size: .85rem; color: var(--soft); font-weight: 600; }
    tbody th { font-weight: 500; }
    td.right, th.right { text-align: right; }
    tr.changed td, tr.changed th { background: var(--warn-soft); }

    /* The list of what needs someone */
    ol.work { list-style: none; margin: 0; padding: 0; }
    ol.work li { display: grid; grid-template-columns: 8.5rem minmax(10rem, 15rem) 1fr auto; gap: .25rem 1rem; align-items: baseline; padding: .65rem .75rem; border-bottom: 1px solid var(--line); border-left: 5px solid var(--line); }
    ol.work li.bad { border-left-color: var(--bad); color: inherit; } ol.work li.warn { border-left-color: var(--warn); color: inherit; }
    ol.work li.bad .tag { color: var(--bad); } ol.work li.warn .tag { color: var(--warn); }
    ol.work .tag { justify-self: start; }
    ol.work .when { text-align: right; white-space: nowrap; }

    /* Forms */
    label, legend { font-weight: 600; display: block; margin: .6rem 0 .2rem; }
    label small { font-weight: 400; }
    fieldset { border: 1px solid var(--line); border-radius: var(--radius); margin: 0 0 1rem; padding: .25rem 1rem 1rem; }
    input, select, textarea { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 6px; padding: .45rem .6rem; min-height: 2.6rem; width: 100%; max-width: 26rem; }
    textarea { min-height: 5rem; max-width: 40rem; }
    input[type=checkbox], input[type=radio] { width: 1.25rem; height: 1.25rem; min-height: 0; vertical-align: -.2rem; margin-right: .5rem; accent-color: var(--accent); }
    .unit { display: flex; gap: .5rem; max-width: 26rem; } .unit input { flex: 1; } .unit select { width: auto; flex: none; }
    input[aria-invalid=true] { border: 2px solid var(--bad); }
    .fault { color: var(--bad); font-weight: 600; margin: .2rem 0; }
    button, .button { font: inherit; font-weight: 600; padding: .55rem 1.1rem; min-height: 2.6rem; border-radius: 6px; border: 1px solid var(--accent); background: var(--accent); color: var(--accent-ink); cursor: pointer; text-decoration: none; display: inline-block; }
    button.plain, .button.plain { background: transparent; color: var(--accent); }
    button[aria-pressed=true] { background: var(--accent); color: var(--accent-ink); }
    .actions { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin-top: .8rem; }

    /* Steps of a guided act */
    ol.steps { list-style: none; counter-reset: step; display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; margin: 0 0 1rem; }
    ol.steps li { counter-increment: step; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: 999px; font-size: .875rem; background: var(--card); color: var(--soft); }
    ol.steps li::before { content: counter(step) "  "; font-weight: 700; }
    ol.steps li.done::before { content: "✓  "; color: var(--good); }
    ol.steps li[aria-current] { border-color: var(--accent); color: var(--ink); font-weight: 700; background: var(--accent-soft); }

    /* Pictures */
    figure { margin: 0; } figure svg { width: 100%; height: auto; display: block; }
    figcaption { color: var(--soft); font-size: .875rem; margin: .3rem 0 .6rem; }
    svg text { fill: var(--ink); font: 12px system-ui, sans-serif; } svg .soft { fill: var(--soft); font-size: 12px; }
    svg .axis { stroke: var(--line); } svg .now { stroke: var(--accent); stroke-width: 2.5; fill: none; }
    svg .before { stroke: var(--soft); stroke-width: 2; stroke-dasharray: 5 4; fill: none; }
    svg .dot { fill: var(--accent); stroke: var(--card); stroke-width: 2; }
    svg .fill { fill: var(--accent-soft); stroke: none; } svg .limit { stroke: var(--bad); stroke-dasharray: 2 3; }

    /* Pages */
    .card.flush { padding: 0; overflow: hidden; } .card.flush ol.work li:last-child { border-bottom: 0; }
    .card.narrow { max-width: 30rem; margin: 2rem auto; }
    nav.sub { display: flex; flex-wrap: wrap; gap: .25rem 1rem; border-bottom: 1px solid var(--line); margin: .25rem 0 1rem; }
    nav.sub a { padding: .4rem .1rem; text-decoration: none; border-bottom: 3px solid transparent; color: var(--ink); }
    nav.sub a[aria-current] { border-bottom-color: var(--accent); font-weight: 600; }
    .grid { margin-bottom: var(--gap); }
    .scroll { overflow-x: auto; margin-bottom: .6rem; }
    .stale { color: var(--soft); font-style: italic; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .hint { color: var(--soft); font-size: .875rem; margin: .2rem 0 0; }
    .field { margin-bottom: .6rem; }
    .unit { align-items: center; } .unit .of { color: var(--soft); flex: none; }
    .search { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: flex-end; margin-bottom: var(--gap); }
    .search .field { flex: 1 1 14rem; max-width: 26rem; } .card .search { display: block; }
    details { margin: .4rem 0; } summary { cursor: pointer; font-weight: 600; padding: .35rem 0; color: var(--accent); }
    pre.working { white-space: pre-wrap; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; font: .85rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; margin: 0 0 .6rem; }
    code { font: .85em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
    .facts dd { overflow-wrap: anywhere; }
    .note, .note small, .hint, .fault, dd, h1, .working, summary { overflow-wrap: anywhere; }
    td, th { overflow-wrap: break-word; }
    td details { margin: 0; } td summary { padding: 0; }
    .check { display: flex; align-items: flex-start; } .check input { flex: none; margin-top: .15rem; }
    .facts + .note, h1 + .note, table + .note { margin-top: .75rem; }
    .note ul { margin: .3rem 0; padding-left: 1.2rem; }
    .column > .card:last-child { margin-bottom: 0; }
    .dayrows { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0 2rem; }
    .step { display: grid; grid-template-columns: 5.5rem 1fr; gap: 0 .75rem; align-items: end; }
    fieldset { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 0 1.25rem; }
    fieldset > details, fieldset > p { grid-column: 1 / -1; }
    figure svg { max-width: 54rem; }
    .day { grid-column: 1 / -1; margin-top: .4rem; }
    svg.drag { display: block; width: 100%; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; user-select: none; }
    svg .bar-step { fill: var(--accent-soft); stroke: var(--accent); stroke-width: 1.5; cursor: ns-resize; }
    svg .grip { fill: var(--accent); stroke: transparent; stroke-width: 26; pointer-events: all; cursor: ns-resize; }
    svg .grip.edge { fill: var(--card); cursor: ew-resize; filter: drop-shadow(0 0 1.5px var(--ink)); }
    svg .grip:focus-visible { outline: 3px solid var(--focus); outline-offset: -8px; }

    .plot { margin: .4rem 0 .8rem; } .plot svg { display: block; width: 100%; max-width: none; }
    svg .band { fill: var(--accent-soft); stroke: var(--accent); stroke-width: .75; stroke-opacity: .6; } svg .heat { fill: var(--accent); }
    svg .cut { stroke: var(--card); stroke-width: 1.5; stroke-dasharray: 4 4; fill: none; } svg .mark { stroke: var(--ink); stroke-dasharray: 1 3; fill: none; } svg .tip { font-weight: 600; paint-order: stroke; stroke: var(--card); stroke-width: 3px; }
    svg .third { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 1.5 3; fill: none; } svg .fourth { stroke: var(--warn); stroke-width: 2; stroke-dasharray: 9 3 2 3; fill: none; }
    .legend { display: flex; flex-wrap: wrap; gap: 0 1.2rem; font-size: .875rem; margin: 0; } .legend span[hidden] { display: none; }
    .key { display: inline-block; width: 1.8rem; height: 0; vertical-align: .25rem; border-top: 2.5px solid var(--accent); }
    .key.before { border-top: 2px dashed var(--soft); } .key.band { height: .7rem; vertical-align: -.05rem; background: var(--accent-soft); border: 1px solid var(--accent); }
    .key.third { border-top: 2px dotted var(--ink); } .key.fourth { border-top: 2px dashed var(--warn); }
    .share { display: flex; gap: .75rem; align-items: center; max-width: 26rem; } .share input { padding: 0; accent-color: var(--accent); } .share output { flex: none; min-width: 3.5rem; text-align: right; font-weight: 600; }

    @media (max-width: 46rem) {
      html { font-size: 17px; }
      ol.work li { grid-template-columns: 1fr auto; }
      ol.work li .when { grid-column: 2; grid-row: 1; }
      ol.work li a, ol.work li .what { grid-column: 1 / -1; }
      .bar { padding-inline: .75rem; gap: .25rem .6rem; }
      .clock small { font-size: .8rem; }
      .facts { grid-template-columns: minmax(0, 8.5rem) 1fr; }
      figure svg text, figure svg text.soft { font-size: 18px; }
      .who { font-size: .8rem; flex: 1; min-width: 0; justify-content: flex-end; }
      .who span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .who form { flex: none; }
      nav.main { order: 3; width: 100%; gap: .1rem; }
      nav.main a { white-space: nowrap; padding: .3rem .5rem; font-size: .95rem; }
      .who button { min-height: 2.2rem; padding: .25rem .6rem; }
      table.stack thead { position: absolute; left: -999px; }
      table.stack tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; }
      table.stack th, table.stack td { display: flex; justify-content: space-between; gap: .15rem 1rem; border: 0; padding: .15rem .3rem; text-align: right; white-space: normal; }
      table.stack tbody th { text-align: left; font-size: 1.05rem; align-items: baseline; flex-wrap: wrap; }
      table.stack td > span { min-width: 0; }
      table.stack td::before { content: attr(data-label); color: var(--soft); text-align: left; flex: none; max-width: 45%; overflow-wrap: normal; }
    }
    @media print {
      header.top, .clock, footer, .actions, nav { display: none; }
      body, .card { background: #fff; color: #000; } .card { border: 0; padding: 0; }
    }
    """#
}
