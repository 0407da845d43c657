/// The frame and the pieces of pages as Mustache templates; what has two braces is escaped.
enum PageTemplates {
  static let all =
    [
      ("frame", frame), ("card", card), ("note", note), ("facts", facts), ("table", table),
      ("work", work), ("figure", figure), ("steps", steps), ("details", details), ("live", live),
      ("form", form), ("field", field), ("search", search),
    ] + MyFrame.templates

  static let frame = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}} – Cisterna</title>
    <link rel="stylesheet" href="/static/clinic.css">
    <script src="/static/clinic.js" defer></script>
    </head>
    <body{{#topics}} data-topics="{{topics}}"{{/topics}}{{#account}} data-account="{{account}}"\
    {{/account}}{{#page}} data-page="{{page}}"{{/page}}>
    <a class="skip" href="#main">To the content</a>
    <header class="top"><div class="bar">
    <a class="brand" href="/"><svg viewBox="0 0 24 24" aria-hidden="true">\
    <path d="M12 2 C8 8 5 11 5 15 a7 7 0 0 0 14 0 C19 11 16 8 12 2Z" fill="none" \
    stroke="currentColor" stroke-width="2"/>\
    <path d="M6 15 h12" stroke="currentColor" stroke-width="2"/></svg>Cisterna</a>
    {{#visitor}}
    <nav class="main" aria-label="Main">{{#places}}<a href="{{to}}"{{#isHere}} \
    aria-current="page"{{/isHere}}>{{name}}</a>{{/places}}</nav>
    <div class="who"><span>{{name}}, {{roles}}</span>\
    <form method="post" action="/sign-out"><input type="hidden" name="csrf" value="{{csrf}}">\
    <button class="plain">Sign out</button></form></div>
    {{/visitor}}
    </div></header>
    {{#clock}}
    <div class="clock" role="region" aria-label="Simulated time"><div class="bar">
    <strong>Demonstration</strong><span>It is <b class="figure" id="clock" \
    data-now="{{milliseconds}}" data-speed="{{speed}}">{{time}}</b> here</span>
    {{#mayTurn}}<form method="post" action="/clock">\
    <input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="back" \
    value="{{back}}">{{#speeds}}<button class="plain" name="speed" value="{{value}}"\
    {{#isOn}} aria-pressed="true"{{/isOn}}>{{name}}</button>{{/speeds}}</form>{{/mayTurn}}
    <small id="clock-words">{{words}}</small></div></div>
    {{/clock}}
    <main id="main" tabindex="-1">
    {{{content}}}
    </main>
    <footer>Cisterna is not a cleared medical device. {{#clock}}All patients here are invented. \
    {{/clock}}Times are UTC.</footer>
    </body>
    </html>

    """

  static let card = """
    <section class="card{{#class}} {{class}}{{/class}}"{{#id}} id="{{id}}"{{/id}}\
    {{#title}} aria-labelledby="{{titleID}}"{{/title}}>
    {{#title}}<h2 id="{{titleID}}">{{title}}</h2>{{/title}}
    {{{content}}}
    </section>

    """

  static let note = """
    <div class="note {{tone}}"{{#isAlert}} role="alert" tabindex="-1" id="fault"{{/isAlert}}>\
    <b>{{word}}</b> {{{text}}}</div>

    """

  static let facts = """
    <dl class="facts">
    {{#rows}}<dt>{{name}}</dt><dd>{{{value}}}</dd>
    {{/rows}}</dl>

    """

  static let table = """
    <div class="scroll" tabindex="0" role="region" aria-label="{{caption}} (table)">\
    <table class="stack"><caption{{#isCaptionHidden}} class="unseen"{{/isCaptionHidden}}>{{caption}}\
    </caption><thead><tr>{{#heads}}<th scope="col"{{#isRight}} class="right"{{/isRight}}>{{name}}\
    </th>{{/heads}}</tr></thead>
    <tbody>{{#rows}}<tr{{#isChanged}} class="changed"{{/isChanged}}>{{#cells}}{{#isHead}}\
    <th scope="row">{{{value}}}</th>{{/isHead}}{{^isHead}}<td data-label="{{label}}"\
    {{#isRight}} class="right figure"{{/isRight}}><span>{{{value}}}</span></td>{{/isHead}}{{/cells}}</tr>
    {{/rows}}</tbody></table></div>

    """

  static let work = """
    <ol class="work">
    {{#items}}<li class="{{tone}}"><span class="tag">{{word}}</span>\
    <a href="{{to}}">{{name}}</a><span class="what">{{{what}}}</span>\
    <span class="when">{{when}}</span></li>
    {{/items}}</ol>

    """

  static let figure = """
    <figure>{{{picture}}}<figcaption>{{{caption}}}</figcaption></figure>

    """

  static let steps = """
    <nav aria-label="{{name}}"><ol class="steps">{{#items}}<li{{#isDone}} class="done"{{/isDone}}\
    {{#isHere}} aria-current="step"{{/isHere}}>{{name}}{{#isDone}}<span class="unseen"> (done)\
    </span>{{/isDone}}</li>{{/items}}</ol></nav>

    """

  static let details = """
    <details{{#isOpen}} open{{/isOpen}}{{#mode}} data-mode="{{mode}}"{{/mode}}><summary>{{title}}</summary>
    {{{content}}}
    </details>

    """

  /// A part that the script renews when its topic has changed.
  static let live = """
    <div id="{{id}}" data-live="{{topic}}">
    {{{content}}}
    </div>

    """

  static let form = """
    <form method="post" action="{{action}}"{{#isLook}} data-look{{/isLook}}\
    {{#label}} aria-label="{{label}}"{{/label}}>
    {{#hidden}}<input type="hidden" name="{{name}}" value="{{value}}">{{/hidden}}
    {{{content}}}
    <div class="actions">{{#buttons}}<button{{#isPlain}} class="plain"{{/isPlain}}{{#name}} \
    name="{{name}}" value="{{value}}"{{/name}}{{#action}} formaction="{{action}}"{{/action}}>\
    {{text}}</button>{{/buttons}}{{{also}}}</div>
    </form>

    """

  static let search = """
    <form method="get" action="{{action}}" role="search" class="search">
    {{{content}}}
    <div class="actions"><button>{{text}}</button>{{{also}}}</div>
    </form>

    """

  static let field = """
    <div class="field">
    {{^isCheck}}<label for="{{id}}">{{label}}{{#isOptional}} <small>(may be left out)</small>\
    {{/isOptional}}</label>{{/isCheck}}
    {{#fault}}<p class="fault" id="{{id}}-fault">{{fault}}</p>{{/fault}}
    {{#input}}<div class="unit"><input id="{{id}}" name="{{name}}" type="{{type}}" \
    value="{{value}}"{{#mode}} inputmode="{{mode}}"{{/mode}}{{#complete}} \
    autocomplete="{{complete}}"{{/complete}}{{#isRequired}} required{{/isRequired}}\
    {{#described}} aria-describedby="{{described}}"{{/described}}{{#fault}} aria-invalid="true"\
    {{/fault}}{{#list}} list="{{list}}"{{/list}}>{{#unit}}<span class="of">{{unit}}</span>{{/unit}}\
    {{#units}}<select name="{{unitName}}" aria-label="Unit of {{label}}">{{#items}}\
    <option{{#isOn}} selected{{/isOn}}>{{value}}</option>{{/items}}</select>{{/units}}</div>\
    {{/input}}
    {{#area}}<textarea id="{{id}}" name="{{name}}"{{#isRequired}} required{{/isRequired}}\
    {{#described}} aria-describedby="{{described}}"{{/described}}{{#fault}} aria-invalid="true"\
    {{/fault}}>{{value}}</textarea>{{/area}}
    {{#choice}}<select id="{{id}}" name="{{name}}"{{#isRequired}} required{{/isRequired}}{{#described}} aria-describedby="{{described}}"\
    {{/described}}{{#fault}} aria-invalid="true"{{/fault}}>{{#options}}<option value="{{value}}"\
    {{#isOn}} selected{{/isOn}}>{{name}}</option>{{/options}}</select>{{/choice}}
    {{#isCheck}}<label class="check" for="{{id}}"><input id="{{id}}" name="{{name}}" type="checkbox" value="yes"\
    {{#isOn}} checked{{/isOn}}{{#described}} aria-describedby="{{described}}"{{/described}}>\
    <span>{{label}}</span></label>{{/isCheck}}
    {{#hint}}<p class="hint" id="{{id}}-hint">{{hint}}</p>{{/hint}}
    </div>

    """
}
