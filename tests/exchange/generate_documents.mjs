// Documents that json-schema-faker makes from a schema on standard input: one per line, seeds 1, 2, 3 ...
//
// The library leaves out every optional field of a `oneOf` branch. So each document is drawn from the schema
// with some of its optional fields made required: every document is still one of the schema as it was.
import { readFileSync } from "node:fs";
import { generate } from "json-schema-faker";

const SHARE_OF_OPTIONAL_FIELDS = 0.5;
const schema = JSON.parse(readFileSync(0, "utf8"));
const howMany = Number(process.argv[2]);

function numbersFrom(seed) {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function withMoreRequired(node, random) {
  if (Array.isArray(node)) return node.map((part) => withMoreRequired(part, random));
  if (node === null || typeof node !== "object") return node;
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, part]) => [key, withMoreRequired(part, random)]),
  );
  if (node.properties && !node.properties.type?.enum?.length) {
    const chosen = Object.keys(node.properties).filter(() => random() < SHARE_OF_OPTIONAL_FIELDS);
    copy.required = [...new Set([...(node.required ?? []), ...chosen])];
  }
  return copy;
}

for (let seed = 1; seed <= howMany; seed += 1) {
  const random = numbersFrom(seed);
  console.log(JSON.stringify(await generate(withMoreRequired(schema, random), { seed })));
}
