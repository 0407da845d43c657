/// All routes, checked against each other.
public struct RouteTable: Sendable {
  public let routes: [Route]
  /// By how many parts their paths have.
  private let bySize: [Int: [Route]]

  /// - Parameter routes: of all parts of the server.
  /// - Throws: where one contradicts itself or another: found when the server starts.
  public init(_ routes: [Route]) throws(RouteTableError) {
    for (index, route) in routes.enumerated() {
      if let fault = route.fault { throw RouteTableError(description: fault) }
      for other in routes[..<index]
      where other.method == route.method && other.template.overlaps(route.template) {
        throw RouteTableError(description: "\(route.name) and \(other.name) are of the same paths")
      }
    }
    self.routes = routes
    bySize = Dictionary(grouping: routes) { $0.template.parts.count }
  }

  enum Match: Sendable {
    case route(Route, [String: String])
    /// The path is there, for these methods.
    case otherMethod([WebRequest.Method])
    case none
  }

  func match(_ request: WebRequest) -> Match {
    guard request.path.hasPrefix("/"), request.path.utf8.count <= 2_000 else { return .none }
    let path = RouteTemplate.split(request.path)
    var others: [WebRequest.Method] = []
    for route in bySize[path.count] ?? [] {
      guard let values = route.template.values(in: path) else { continue }
      if route.method == request.method { return .route(route, values) }
      others.append(route.method)
    }
    return others.isEmpty ? .none : .otherMethod(others)
  }
}

/// Routes that contradict themselves or each other.
public struct RouteTableError: Error, Equatable, Sendable, CustomStringConvertible {
  public let description: String
}
