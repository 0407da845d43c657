import Clinic
import Foundation

/// The page that shows how to sign in, with the one-time codes of this half minute.
///
/// Only a demonstration has it: there the second factor protects nobody and is there to be tried.
struct DemoCodes: Sendable {
  let founded: DemoFounded

  init(_ founded: DemoFounded) { self.founded = founded }

  var route: Route {
    Route(
      .get,
      "/demonstration",
      "How to sign in to the demonstration.",
      tag: "Demonstration",
      face: .page,
      access: .public
    ) { call throws(WebError) in
      WebResponse(html: html(at: call.now))
    }
  }

  private func html(at now: Int64) -> String {
    let step = OneTimeCode.step(at: now)
    let left = (OneTimeCode.stepMilliseconds - now % OneTimeCode.stepMilliseconds) / 1_000
    let rows = founded.people.map { person in
      let code = OneTimeCode.code(person.codeSecret, step: step)
      let cells = [person.password, code, person.passphrase ?? "signs nothing"]
        .map { "<td><code>\(HTML.escaped($0))</code></td>" }.joined()
      return "<tr><th scope=\"row\">\(HTML.escaped(person.name))</th>"
        + "<td>\(HTML.escaped(person.fullName)), \(person.role)</td>\(cells)</tr>"
    }
    return PlainPages.page(
      title: "Signing in to the demonstration",
      """
      <h1>Signing in to the demonstration</h1>
      <p>Everyone here is invented, and so these are no secrets. In a clinic the one-time code is in an
      authenticator on each person's phone, and nobody but they know the passphrase of their signer.</p>
      <div class="card"><table class="stack">
      <caption>The codes hold for \(left) s more, and each once. Load the page again for fresh ones.</caption>
      <thead><tr><th scope="col">Name</th><th scope="col">Who</th><th scope="col">Password</th>
      <th scope="col">One-time code</th><th scope="col">Passphrase of the signer</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      <p><a class="button" href="/">To the clinic</a></p>
      """
    )
  }
}
