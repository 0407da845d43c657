// Runs the cases of prediction.txt as wasm, and compares each value with the host's.
import { readFileSync } from "node:fs";

const [program, cases, host] = process.argv.slice(2);
const module = await WebAssembly.compile(readFileSync(program));
for (const { module: name, name: item } of WebAssembly.Module.imports(module)) {
  throw new Error(`the module asks for ${name}.${item}`);
}
const { exports: model } = await WebAssembly.instantiate(module, {});
const numbers = line => line.trim().split(/\s+/).map(Number);
const lines = name => readFileSync(name, "utf8").split("\n").filter(line => line && !line.startsWith("#"));
const wanted = lines(host).map(numbers);
let worst = 0, bits = 0, all = 0, refused = [], fault = 0;
lines(cases).map(numbers).forEach((input, index) => {
  new Float64Array(model.memory.buffer, model.prediction_input(), input.length).set(input);
  const count = model.prediction_run(
    model.prediction_input(), input.length, model.prediction_output(), model.prediction_output_room());
  const [expected, ...values] = wanted[index];
  if (count !== expected) throw new Error(`case ${index + 1}: ${count} as wasm, ${expected} on the host`);
  if (count <= 0) {
    refused.push(-count);
    return;
  }
  const found = new Float64Array(model.memory.buffer, model.prediction_output(), count);
  const greatest = values.slice(0, -1).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // The last value is the balance's error, a rest of rounding on either side.
  for (let at = 0; at < count - 1; at++) {
    if (!Number.isFinite(found[at])) fault++;
    worst = Math.max(worst, greatest ? Math.abs(found[at] - values[at]) / greatest : Math.abs(found[at]));
    if (found[at] === values[at]) bits++;
    all++;
  }
  if (!(found[count - 1] <= 1e-9)) fault++;
});
console.log(`predictions: ${wanted.length} cases, ${all} values, ${bits} of them bit for bit the host's, worst difference ` +
  `${worst.toExponential(1)} of the greatest; refused at inputs ${refused.join(", ")}`);
if (wanted.length !== lines(cases).length || !all || !(worst <= 1e-12) || fault || refused.join() !== "5,19,19") {
  console.error("wasm and host differ, mass is lost, or a wrong input is taken");
  process.exit(1);
}
