/// The pages that stand without any of the clinic's content: signing in, and refusals.
public enum PlainPages {
  /// A whole page around a body of safe HTML.
  public static func page(title: String, _ body: String) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(HTML.escaped(title)) – Cisterna</title>
    <link rel="stylesheet" href="/static/clinic.css">
    </head>
    <body>
    <main>
    \(body)
    </main>
    </body>
    </html>

    """
  }

  static func failure(_ error: WebError) -> String {
    var body = "<h1>\(HTML.escaped(error.message))</h1>\n<dl>\n"
    for (name, value) in [
      ("Where", error.field), ("Given", error.given), ("Expected", error.expected),
      ("What to do", error.todo),
    ] {
      if let value { body += "<dt>\(name)</dt><dd>\(HTML.escaped(value))</dd>\n" }
    }
    body += "</dl>\n<p><a href=\"/\">To the start</a></p>"
    return page(title: error.message, body)
  }

  static func signIn(next: String?, fault: WebError?) -> String {
    let notice = fault.map {
      "<p role=\"alert\">\(HTML.escaped($0.message)) \(HTML.escaped($0.todo ?? ""))</p>\n"
    }
    return page(
      title: "Sign in",
      """
      <h1>Sign in</h1>
      \(notice ?? "")<form method="post" action="/sign-in">
      <input type="hidden" name="next" value="\(HTML.escaped(next ?? "/"))">
      <p><label for="name">Name</label>
      <input id="name" name="name" autocomplete="username" autocapitalize="none" required></p>
      <p><label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password"
       required></p>
      <p><label for="code">Code of the authenticator</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required></p>
      <p><button>Sign in</button></p>
      </form>
      """
    )
  }
}
