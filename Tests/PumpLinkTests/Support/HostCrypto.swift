import Crypto
import PumpLink

struct Placeholder {}
