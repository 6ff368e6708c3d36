// Documents that json-schema-faker makes from a schema on standard input: one per line, seeds 1, 2, 3 ...
import { readFileSync } from "node:fs";
import { generate } from "json-schema-faker";

const schema = JSON.parse(readFileSync(0, "utf8"));
const howMany = Number(process.argv[2]);
for (let seed = 1; seed <= howMany; seed += 1) {
  console.log(JSON.stringify(await generate(schema, { seed, optionalsProbability: 0.6 })));
}
