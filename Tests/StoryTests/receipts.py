"""What a pump signs, read and checked by code of its own after docs/protocol.md and RFC 8032."""

import hashlib
import struct


def must(truth, words):
    if not truth:
        raise AssertionError(words)


# Ed25519, RFC 8032, section 5.1: verification alone.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _point(octets):
    y = int.from_bytes(octets, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return (P - x if x & 1 != sign else x, y, 1, (P - x if x & 1 != sign else x) * y % P)


def _add(a, b):
    p, q = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    r, s = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = q - p, s - r, s + r, q + p
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = _add(result, point)
        point, number = _add(point, point), number >> 1
    return result


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def genuine(key, message, signature):
    """Whether a signature is this key's."""
    a, r, s = _point(key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = _times(s, BASE), _add(r, _times(k, a))
    return not ((left[0] * right[2] - right[0] * left[2]) % P
                or (left[1] * right[2] - right[1] * left[2]) % P)


class Receipt:
    """A pump's signed word on an order (docs/protocol.md, Receipt)."""

    OUTCOMES = {1: "applied", 2: "pending", 3: "refused", 4: "superseded", 5: "cancelled"}

    def __init__(self, octets, pump, key):
        must(octets[:16] == b"cisterna.recpt.1", "a receipt begins with its label")
        signed, signer, signature = octets[:-80], octets[-80:-64], octets[-64:]
        must(signer == hashlib.sha256(key).digest()[:16], "a receipt names the pump's key")
        must(genuine(key, signed, signature), "a receipt is signed by the pump's key of the bedside")
        must(signed[16:32] == pump, "a receipt is of this pump")
        self.about, self.order = signed[32], signed[33:65].hex()
        self.sequence, outcome = struct.unpack_from("<QB", signed, 65)
        self.outcome = self.OUTCOMES[outcome]
        self.time, self.local, self.until = struct.unpack_from("<qqq", signed, 92)
        self.in_force, self.last = signed[116:148].hex(), struct.unpack_from("<Q", signed, 148)[0]
        self.planned, self.doses, self.mean, self.highest, self.safe = struct.unpack_from(
            "<5q", signed, 188)
        place, amounts = 228, []
        for _ in range(2):
            count = signed[place]
            amounts.append([struct.unpack_from("<Iq", signed, place + 1 + 12 * drug)
                            for drug in range(count)])
            place += 1 + 12 * count
        self.mixture, self.daily = amounts
        must(place == len(signed), "a receipt has no byte more")
