import OrderText
import PumpLink
import Signer

/// The pages of the controller: a request in, an answer out.
struct ControllerPage: Sendable {
  let desk: ControllerDesk
  let entry: PageEntry
  let name: String
  /// Where nobody has chosen another.
  let language: ControllerLanguage

  func answer(_ request: PageRequest) async -> PageResponse {
    if let refusal = entry.refusal(of: request) {
      return PageResponse(
        refusal.status,
        html: "<!doctype html><title>–</title><p>\(refusal.line)</p>"
      )
    }
    let query = PageForm(urlEncoded: request.query.utf8)
    let form =
      request.method == .post ? PageForm(request.body, contentType: request.contentType) : query
    let language = (form?["lang"]).flatMap(ControllerLanguage.init) ?? language
    let view = ControllerView(entry: entry, name: name, language: language)
    let path = request.path.dropFirst(entry.token.utf8.count + 1)
    switch (request.method, path) {
    case (.get, "/style.css"):
      var response = PageResponse(200, html: ControllerStyle.css)
      response.contentType = "text/css; charset=utf-8"
      return response
    case (.get, "/"), (.get, ""):
      return PageResponse(200, html: view.home(await desk.look()))
    case (.get, "/dose"): return PageResponse(200, html: view.sure(.dose))
    case (.get, "/stop-dose"): return PageResponse(200, html: view.sure(.stopDose))
    case (.get, "/stop-change"):
      guard let hash = query["change"], Hex.bytes32(hash) != nil else { break }
      return PageResponse(200, html: view.sure(.stopChange(hash)))
    case (.post, _):
      guard let form, entry.isOwn(form), let answer = await act(path, form) else { break }
      return PageResponse(
        200,
        html: view.answered(answer, await desk.look())
      )
    default: break
    }
    return PageResponse(404, html: view.nothing)
  }

  private func act(_ path: Substring, _ form: PageForm) async -> ControllerAnswer? {
    switch path {
    case "/dose": return await desk.request(.patientDose)
    case "/stop-dose": return await desk.request(.cancelBolus)
    case "/stop-change":
      guard let hash = form["change"].flatMap(Hex.bytes32) else { return nil }
      return await desk.request(.cancelPending(hash))
    case "/again": return await desk.bringAgain()
    default: return nil
    }
  }
}
