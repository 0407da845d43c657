/// The look of the controller: one column, big letters and controls, light and dark.
enum ControllerStyle {
  static let css = """
    :root { color-scheme: light dark; --ink: #1b1f23; --soft: #50575e; --paper: #fff; --line: #c9d0d6;
      --act: #0b4f8a; --act-ink: #fff; --bad: #8f1414; --bad-tint: #fdecec; --warn: #6b4500;
      --warn-tint: #fff5df; --good: #1f6b3a; --good-tint: #e7f4ea; }
    @media (prefers-color-scheme: dark) { :root { --ink: #eceff2; --soft: #b3bcc4; --paper: #14181c;
      --line: #434c55; --act: #8cc4ff; --act-ink: #0b1a29; --bad: #ffb3ad; --bad-tint: #3c1a1a;
      --warn: #ffd78a; --warn-tint: #33290f; --good: #8fd6a5; --good-tint: #17301f; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 1.1875rem/1.5 system-ui, sans-serif; }
    header, main { max-width: 34rem; margin: 0 auto; padding: .75rem 1rem; }
    header { display: flex; justify-content: space-between; gap: 1rem; border-bottom: 1px solid var(--line); }
    header p { margin: 0; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: .5rem 0; }
    h2 { font-size: 1.25rem; margin: 0 0 .25rem; }
    p { margin: 0 0 .6rem; overflow-wrap: anywhere; }
    section { border-bottom: 1px solid var(--line); padding: 1rem 0; }
    .lead { font-size: 1.4rem; font-weight: 600; line-height: 1.3; }
    .bad { color: var(--bad); } .soft, small { color: var(--soft); font-size: 1rem; }
    .note { border-left: .5rem solid var(--line); padding: .75rem 1rem; margin: .75rem 0; }
    .note b { display: block; font-size: 1.25rem; } .note b + b { font-size: inherit; }
    .note.bad { border-color: var(--bad); background: var(--bad-tint); }
    .note.warn { border-color: var(--warn); background: var(--warn-tint); }
    .note.good { border-color: var(--good); background: var(--good-tint); }
    .alarms { list-style: none; margin: 0; padding: 0; }
    .alarms li { border-left: .5rem solid var(--bad); background: var(--bad-tint); padding: .75rem 1rem; margin: 0 0 .5rem; }
    .alarms b { display: block; color: var(--bad); }
    a { color: var(--act); }
    .button, button { display: block; width: 100%; min-height: 3.5rem; padding: .9rem 1rem; border-radius: .5rem;
      border: 2px solid var(--act); background: var(--act); color: var(--act-ink); font: inherit;
      font-weight: 700; text-align: center; text-decoration: none; cursor: pointer; margin: .5rem 0; }
    .button.plain { background: transparent; color: var(--act); }
    :focus-visible { outline: 3px solid var(--act); outline-offset: 3px; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem; }
    """
}
