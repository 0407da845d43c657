/// Who may ask a program that serves one person on their own machine.
///
/// Whoever else reaches the port (a page on the web that has its name point here, another user of the
/// machine) lacks the token in the address, and a page of another origin the one in the forms.
package struct PageEntry: Sendable {
  /// As refusals name it: `signer`.
  let program: String
  let port: Int
  /// In every address: nobody can guess it.
  package let token: String
  /// In every form, so that no other page can send one.
  package let formToken: String

  /// What a body may hold at most: an order and a receipt take a few kilobytes.
  package static let bodyMax = 64 * 1024

  package init(program: String, port: Int, token: String, formToken: String) {
    (self.program, self.port, self.token, self.formToken) = (program, port, token, formToken)
  }

  /// Why a request is not answered; nothing where it is.
  package func refusal(of request: PageRequest) -> (status: Int, line: String)? {
    let hosts = ["127.0.0.1:\(port)", "localhost:\(port)"]
    guard let host = request.host, hosts.contains(host) else {
      return (421, "This is not the address of the \(program).")
    }
    let prefix = "/\(token)"
    let rest = request.path.dropFirst(prefix.count)
    guard Self.isSame(String(request.path.prefix(prefix.count)), prefix),
      rest.isEmpty || rest.hasPrefix("/")
    else { return (404, "Open the address that the \(program) printed when it was started.") }
    guard request.method == .post else {
      return request.method == .get ? nil : (405, "Only pages and forms.")
    }
    guard request.body.count <= Self.bodyMax else { return (413, "That is too large.") }
    if let origin = request.origin {
      guard hosts.contains(where: { "http://\($0)" == origin }) else {
        return (403, "A form of another page.")
      }
    } else if let site = request.site, site != "same-origin" {
      return (403, "A form of another page.")
    }
    return nil
  }

  /// Whether a form is of one of the program's own pages.
  package func isOwn(_ form: PageForm) -> Bool { Self.isSame(form["csrf"] ?? "", formToken) }

  /// Compares without telling by time how much is right.
  static func isSame(_ one: String, _ other: String) -> Bool {
    let (one, other) = (Array(one.utf8), Array(other.utf8))
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
