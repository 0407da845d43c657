// Runs the model as wasm, times it, and compares it with the host's values.
import { readFileSync } from "node:fs";

const [program, host, cells] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const imports = {};
const module = await WebAssembly.compile(readFileSync(program));
for (const { module: name, name: item } of WebAssembly.Module.imports(module)) {
  throw new Error(`the module asks for ${name}.${item}`);
}
const { exports: model } = await WebAssembly.instantiate(module, imports);
const room = 4096;
const place = model.model_room();
let best = Infinity, first = 0, count = 0;
for (let turn = 0; turn < 5; turn++) {
  const start = performance.now();
  count = model.model_run(cells, place, room);
  const took = performance.now() - start;
  if (turn === 0) first = took;
  best = Math.min(best, took);
}
const values = new Float64Array(model.memory.buffer, place, count);
const expected = readFileSync(host, "utf8").trim().split("\n").map(Number);
let worst = 0, greatest = 0, bits = 0;
// The last value is the balance's error, a rest of rounding on either side.
for (let index = 0; index < count - 1; index++) greatest = Math.max(greatest, Math.abs(expected[index]));
for (let index = 0; index < count - 1; index++) {
  worst = Math.max(worst, Math.abs(values[index] - expected[index]) / greatest);
  if (values[index] === expected[index]) bits++;
}
const balance = values[count - 1];
console.log(
  `wasm: ${cells} cells, 7 d: first ${first.toFixed(1)} ms, best ${best.toFixed(1)} ms; ` +
    `${count - 1} values, ${bits} of them bit for bit the host's, worst difference ${worst.toExponential(1)} ` +
    `of the greatest; mass to ${balance.toExponential(1)}`,
);
if (count !== expected.length || !(worst <= 1e-12) || !(balance <= 1e-9)) {
  console.error("wasm and host differ, or mass is lost");
  process.exit(1);
}
// Told and not held: a machine with other work to do is slower, and that is no fault.
if (first > 100) console.log(`slower than the 100 ms that are aimed at: ${first.toFixed(1)} ms`);
