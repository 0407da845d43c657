/// A large value in one place on the heap.
///
/// Handing it on hands on a reference, and what changes it changes it there. It is copied only where
/// two hold it, so it stays a value.
struct Placed<Value> {
  private final class Place {
    var value: Value
    init(_ value: Value) { self.value = value }
  }

  private var place: Place

  init(_ value: Value) { place = Place(value) }

  var value: Value {
    _read { yield place.value }
    _modify {
      if !isKnownUniquelyReferenced(&place) { place = Place(place.value) }
      yield &place.value
    }
  }
}
