// Runs the control loop as wasm and prints its trace. The module imports nothing.
import { readFileSync } from "node:fs";

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
const gate = instance.exports;
const days = gate.gate_begin();
for (let day = 1; day <= days; day++) {
  gate.gate_run_day();
  const [commands, events, strokes, missing] = [0, 1, 2, 3].map(gate.gate_figure);
  const hash = BigInt.asUintN(64, gate.gate_hash()).toString(16).padStart(16, "0");
  console.log(
    `day ${day} commands ${commands} events ${events} strokes ${strokes}` +
      ` missing ${missing} hash ${hash}`,
  );
}
process.exitCode = days > 0 ? 0 : 1;
