import { expect, test } from "vitest";
import { formatJson5 } from "./format-json5.ts";

test("keeps comments, blank lines, the quotes of keys and what the values are", async () => {
  const text = `// first
{ 'a':1,  b:[1,
 2], // behind

  /* within */ c: {d: +1, e: Infinity,}, "f": 'it"s',}
// last`;
  expect(await formatJson5(text)).toBe(`// first
{
  "a": 1,
  b: [1, 2], // behind

  /* within */ c: { d: +1, e: Infinity },
  "f": "it\\"s",
}
// last
`);
});

test("leaves JSON as JSON", async () => {
  expect(await formatJson5('{"a":{\n"b":1},"c":[]}')).toBe(
    '{\n  "a": {\n    "b": 1\n  },\n  "c": []\n}\n',
  );
});
