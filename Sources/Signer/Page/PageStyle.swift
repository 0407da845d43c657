/// The look of the pages: one column, system type, light and dark, also on a phone.
enum PageStyle {
  static let css = """
    :root { color-scheme: light dark; --ink: #1b1f23; --soft: #50575e; --paper: #fff; --tint: #f3f5f7;
      --line: #c9d0d6; --stop: #8f1414; --stop-tint: #fdecec; --care: #6b4500; --care-tint: #fff5df;
      --act: #0b4f8a; --act-ink: #fff; }
    @media (prefers-color-scheme: dark) { :root { --ink: #eceff2; --soft: #b3bcc4; --paper: #14181c;
      --tint: #1e242a; --line: #434c55; --stop: #ffb3ad; --stop-tint: #3c1a1a; --care: #ffd78a;
      --care-tint: #33290f; --act: #8cc4ff; --act-ink: #0b1a29; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 1.0625rem/1.5 system-ui, sans-serif; }
    header, main { max-width: 56rem; margin: 0 auto; padding: 1rem; }
    header { border-bottom: 1px solid var(--line); }
    header p { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
    header strong { color: var(--ink); }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: .75rem 0; }
    h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
    .lead { font-size: 1.25rem; margin: 0 0 1rem; }
    .lead strong { display: block; font-size: 2.5rem; line-height: 1.1; }
    .lead span { display: block; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem; }
    :focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
    ul.findings { list-style: none; margin: 1rem 0; padding: 0; }
    ul.findings li { padding: .75rem 1rem; margin: 0 0 .5rem; border: 1px solid var(--line);
      border-left-width: .5rem; background: var(--tint); overflow-wrap: anywhere; }
    ul.findings b { display: block; letter-spacing: .03em; }
    ul.findings .danger, ul.findings .refused { border-color: var(--stop); background: var(--stop-tint); }
    ul.findings .danger b, ul.findings .refused b { color: var(--stop); }
    ul.findings .caution { border-color: var(--care); background: var(--care-tint); }
    ul.findings .caution b { color: var(--care); }
    ul.findings small { color: var(--soft); }
    table { border-collapse: collapse; width: 100%; }
    caption { text-align: left; color: var(--soft); padding: 0 0 .25rem; }
    th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0;
      border-top: 1px solid var(--line); }
    thead th { border-top: 0; color: var(--soft); font-weight: 600; }
    tbody th { font-weight: 600; }
    .figure { font-variant-numeric: tabular-nums; white-space: nowrap; }
    .ordered { font-weight: 700; }
    .words { display: block; font-weight: 400; white-space: normal; color: var(--soft); }
    .large { color: var(--stop); font-weight: 700; }
    .fields { margin: 0 0 1.5rem; }
    .fields caption { color: var(--ink); font-weight: 700; }
    .fields th { font-weight: 400; color: var(--soft); width: 42%; }
    .fields td { overflow-wrap: anywhere; }
    .note { color: var(--soft); }
    .hash { font-family: ui-monospace, monospace; font-size: .9375rem; overflow-wrap: anywhere; }
    form.sign, form.open, .fault, .done { border: 1px solid var(--line); background: var(--tint);
      padding: 1rem; margin: 1rem 0; }
    .fault { border-color: var(--stop); background: var(--stop-tint); }
    .fault b { color: var(--stop); }
    label { display: block; font-weight: 600; margin: 1rem 0 .25rem; }
    label small, .hint { font-weight: 400; color: var(--soft); }
    input, textarea { font: inherit; color: inherit; background: var(--paper); width: 100%;
      padding: .625rem; border: 1px solid var(--soft); border-radius: .25rem; }
    textarea { font-family: ui-monospace, monospace; font-size: .875rem; min-height: 4.5rem; }
    fieldset { border: 0; margin: 0; padding: 0; }
    legend { font-size: 1.125rem; font-weight: 700; padding: .5rem 0 0; }
    button { font: inherit; font-weight: 700; margin-top: 1rem; padding: .75rem 1.5rem; border: 0;
      border-radius: .25rem; background: var(--act); color: var(--act-ink); cursor: pointer; }
    a { color: var(--act); }
    details { margin: 1rem 0; }
    summary { cursor: pointer; font-weight: 600; padding: .5rem 0; }
    @media (max-width: 40rem) {
      .totals thead { position: absolute; left: -99rem; }
      .totals tr { display: block; border-top: 1px solid var(--line); padding: .5rem 0; }
      .totals th, .totals td { display: block; border: 0; padding: .125rem 0; }
      .totals td::before { content: attr(data-label) ": "; color: var(--soft); font-weight: 400; }
      .fields th, .fields td { display: block; width: auto; padding-right: 0; }
      .fields td { border: 0; padding-top: 0; }
      button { width: 100%; }
    }
    """
}
