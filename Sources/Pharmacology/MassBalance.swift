/// Where all drug is at the end, ug; what was given less what is found must be nothing.
public struct MassBalance: Equatable, Sendable {
  public var fluid = 0.0
  public var tissue = 0.0
  /// Cisterna and cranial space.
  public var cranial = 0.0
  /// Blood and the rest of the body.
  public var blood = 0.0
  public var gut = 0.0
  public var eliminated = 0.0
  /// What of oral doses never reached blood.
  public var presystemic = 0.0
  public var infused = 0.0
  public var oral = 0.0
  /// What was in the canal at the start.
  public var initial = 0.0

  public init() {}

  /// All that was given.
  public var given: Double { infused + oral + initial }

  /// All that is found.
  public var found: Double {
    fluid + tissue + cranial + blood + gut + eliminated + presystemic
  }

  /// The difference as a share of what was given; 0 where nothing was given nor found.
  public var relativeError: Double {
    if given == 0 { return found == 0 ? 0 : .infinity }
    return (found - given).magnitude / given
  }

  /// The most that a run may miss.
  public static let tolerance = 1e-9
}
