/// The pages as Mustache templates; every value in them is escaped.
enum PageTemplates {
  static let frame = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}} – Cisterna signer</title>
    <link rel="stylesheet" href="{{base}}/style.css">
    </head>
    <body>
    <a class="skip" href="#main">To the content</a>
    <header><p>Cisterna signer: <strong>{{name}}</strong>, {{role}}. Your key {{key}}, on this computer \
    alone.</p></header>
    <main id="main">
    {{$content}}{{/content}}
    </main>
    </body>
    </html>
    """

  static let fault = """
    {{#fault}}
    <div class="fault" role="alert"><b>NOT SIGNED</b> {{fault}}</div>
    {{/fault}}
    """

  static let open = """
    {{<frame}}{{$content}}
    <h1>Open an order</h1>
    {{#fault}}
    <div class="fault" role="alert"><b>NOT OPENED</b> {{fault}}</div>
    {{/fault}}
    <p>You will see what its bytes say before anything is signed. Nothing leaves this computer.</p>
    <form class="open" method="post" action="{{base}}/show" enctype="multipart/form-data">
    <input type="hidden" name="csrf" value="{{csrf}}">
    <fieldset>
    <legend>The order</legend>
    <label for="orderFile">A file <small>(.order)</small></label>
    <input type="file" id="orderFile" name="orderFile" accept=".order">
    <label for="order">or its text <small>(base64url)</small></label>
    <textarea id="order" name="order" autocomplete="off" spellcheck="false"></textarea>
    </fieldset>
    <fieldset>
    <legend>What is in force</legend>
    <p class="hint">The last receipt of the pump. Without it you will not see what changes.</p>
    <label for="receiptFile">A file <small>(.receipt)</small></label>
    <input type="file" id="receiptFile" name="receiptFile" accept=".receipt">
    <label for="receipt">or its text <small>(base64url)</small></label>
    <textarea id="receipt" name="receipt" autocomplete="off" spellcheck="false"></textarea>
    </fieldset>
    <button type="submit">Show what it says</button>
    </form>
    <h2>Pumps that this signer knows</h2>
    <ul>{{#pumps}}<li class="hash">{{.}}</li>{{/pumps}}</ul>
    {{^pumps}}<p>None: start the signer with --pump to check receipts.</p>{{/pumps}}
    {{/content}}{{/frame}}
    """

  static let statement = """
    {{<frame}}{{$content}}
    {{>fault}}
    <h1>{{headline}}</h1>
    {{#lead}}
    <p class="lead">{{title}}: <strong>{{after}}</strong> <span>{{words}}</span>
    <span>{{beside}}</span></p>
    {{/lead}}
    <ul class="findings" aria-label="Findings">
    {{#findings}}
    <li class="{{kind}}"><b>{{weight}}</b> {{text}}{{#source}} <small>Source: {{source}}</small>{{/source}}</li>
    {{/findings}}
    {{^findings}}<li><b>NOTHING FOUND</b> No limit is crossed, and nothing changes by much.</li>{{/findings}}
    </ul>
    {{^hasForce}}
    <form class="open" method="post" action="{{base}}/show" enctype="multipart/form-data">
    <input type="hidden" name="csrf" value="{{csrf}}">
    <input type="hidden" name="order" value="{{order}}">
    <label for="receiptFile">Add the pump's last receipt <small>(.receipt)</small></label>
    <input type="file" id="receiptFile" name="receiptFile" accept=".receipt" required>
    <button type="submit">Show it beside what is in force</button>
    </form>
    {{/hasForce}}
    {{#hasTotals}}
    <h2>What it delivers</h2>
    <table class="totals">
    <caption>{{#asOf}}In force is what the pump itself has signed, {{asOf}}.{{/asOf}}\
    {{^asOf}}No receipt: what is in force is not known here.{{/asOf}}</caption>
    <thead><tr><th scope="col">Figure</th><th scope="col">In force</th><th scope="col">Ordered</th>\
    <th scope="col">Change</th></tr></thead>
    <tbody>
    {{#totals}}
    <tr><th scope="row">{{title}}</th><td class="figure" data-label="In force">{{before}}</td>\
    <td class="figure ordered" data-label="Ordered">{{after}}{{#words}}<span class="words">{{words}}</span>\
    {{/words}}</td><td data-label="Change"{{#large}} class="large"{{/large}}>{{change}}\
    {{#large}} – LARGE{{/large}}</td></tr>
    {{/totals}}
    </tbody>
    </table>
    {{/hasTotals}}
    <h2>Every field of the bytes</h2>
    {{#sections}}{{>fields}}{{/sections}}
    <h2>From a distance</h2>
    <ul>{{#remote}}<li>{{.}}</li>{{/remote}}</ul>
    {{#hasForce}}<details><summary>All that the pump's receipt says</summary>{{#force}}{{>fields}}{{/force}}\
    </details>{{/hasForce}}
    <h2>Sign</h2>
    {{#standing}}
    <p>{{standing}}</p>
    <form class="sign" method="post" action="{{base}}/sign">
    <input type="hidden" name="csrf" value="{{csrf}}">
    <input type="hidden" name="order" value="{{order}}">
    <input type="hidden" name="receipt" value="{{receipt}}">
    <p>You sign the order with the hash <span class="hash">{{hash}}</span></p>
    {{#question}}
    <p class="hint" id="why">The findings above ask for a second look.</p>
    <label for="figure">{{question}}</label>
    <input id="figure" name="figure" required autocomplete="off" spellcheck="false" aria-describedby="why">
    {{/question}}
    <label for="passphrase">Passphrase of {{name}}</label>
    <input type="password" id="passphrase" name="passphrase" required autocomplete="off">
    <button type="submit">Sign these bytes</button>
    </form>
    {{/standing}}
    {{^standing}}<div class="fault"><b>YOU CANNOT SIGN THIS</b> {{cannot}}</div>{{/standing}}
    <p><a href="{{base}}/">Leave it unsigned and open another order</a></p>
    {{/content}}{{/frame}}
    """

  static let request = """
    {{<frame}}{{$content}}
    {{>fault}}
    <h1>{{headline}}</h1>
    <p>A request is a small act. It is valid for two minutes of pump time, and the pump alone says what came of it.</p>
    <h2>Every field of the bytes</h2>
    {{#sections}}{{>fields}}{{/sections}}
    <h2>Sign</h2>
    {{#standing}}
    <p>{{standing}}</p>
    <form class="sign" method="post" action="{{base}}/sign">
    <input type="hidden" name="csrf" value="{{csrf}}">
    <input type="hidden" name="order" value="{{order}}">
    <p>You sign the request with the hash <span class="hash">{{hash}}</span></p>
    <label for="passphrase">Passphrase of {{name}}</label>
    <input type="password" id="passphrase" name="passphrase" required autocomplete="off">
    <button type="submit">Sign these bytes</button>
    </form>
    {{/standing}}
    {{^standing}}<div class="fault"><b>YOU CANNOT SIGN THIS</b> {{cannot}}</div>{{/standing}}
    <p><a href="{{base}}/">Leave it unsigned and open an order</a></p>
    {{/content}}{{/frame}}
    """

  static let fields = """
    <table class="fields">
    <caption>{{title}}</caption>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{title}}</th><td>{{value}}{{#note}} <span class="note">({{note}})</span>{{/note}}</td></tr>
    {{/rows}}
    </tbody>
    </table>
    """

  static let signed = """
    {{<frame}}{{$content}}
    <h1>Signed</h1>
    <div class="done" role="status">
    <p><b>{{headline}}</b></p>
    <p>Signatures on it: {{count}}. {{standing}}</p>
    <p>Hash <span class="hash">{{hash}}</span></p>
    {{#clinic}}
    <form method="post" action="{{action}}">
    <input type="hidden" name="order" value="{{order}}">
    <button type="submit">Give it back to the clinic</button> <small>{{origin}}</small>
    </form>
    {{/clinic}}
    <form method="post" action="{{base}}/file">
    <input type="hidden" name="csrf" value="{{csrf}}">
    <input type="hidden" name="order" value="{{order}}">
    <button type="submit">Save the signed order</button>
    </form>
    <label for="text">or take its text <small>(base64url)</small></label>
    <textarea id="text" readonly>{{order}}</textarea>
    </div>
    <p>It changes nothing yet: the pump says by its receipt whether it was applied.</p>
    <p><a href="{{base}}/">Open another order</a></p>
    {{/content}}{{/frame}}
    """

  static let failure = """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>Cisterna signer</title></head>
    <body><h1>Not here</h1><p>{{line}}</p></body></html>
    """
}
