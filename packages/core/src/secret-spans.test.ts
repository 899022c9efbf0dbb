import fc from "fast-check";
import { expect, test } from "vitest";
import { anyObject, anySeed, drawFrom, textOf, writeDocument } from "./json5.fixture.ts";
import { joined, secretSpans } from "./secret-spans.ts";

const secretsIn = (text: string) =>
  secretSpans(text).spans.map(({ from, to }) => text.slice(from, to));

test.each([
  ["{gateway: {auth: {mode: 'local', token: 'a'}}}", ["'a'"]],
  [String.raw`{token: "a\u003d"}`, [String.raw`"a\u003d"`]],
  [String.raw`{token: "a\/\x41\'"}`, [String.raw`"a\/\x41\'"`]],
  [String.raw`{"\u0074oken": "a"}`, ['"a"']],
  ['{token: "one\\\ntwo"}', ['"one\\\ntwo"']],
  ['{apiKeys: ["a", "b"], ids: ["c"]}', ['"a"', '"b"']],
  ['{args: ["--api-key", "a", "--token=b", "c"]}', ['"a"', '"--token=b"']],
  ['{url: "https://u:p@h.example", home: "https://h.example"}', ['"https://u:p@h.example"']],
  ['{authorization: "a", cookie: "b", passwd: "c"}', ['"a"', '"b"', '"c"']],
  ["{token: {source: 'env', id: 'TOKEN'}}", []],
  ["{token: ''}", []],
  ["", []],
])("the secrets of %s are %j", (text, secrets) => expect(secretsIn(text)).toEqual(secrets));

test.each([
  ["{\n // botToken: 'a b', x\n}", ["'a b'"]],
  ["// password: hunter2\n{}", ["hunter2"]],
  ["/* token: a */{}", ["a"]],
  ["{ // see https://u:p@h.example\n}", ["https://u:p@h.example"]],
  ["{mode /* token: a */ : /* token: b */ 1}", ["a", "b"]],
  ["// Note: the password=a\n{}", ["a"]],
  ["// a limit of tokens, maxTokens: 5\n{}", []],
])("the secrets of the comments of %s are %j", (text, secrets) =>
  expect(secretsIn(text)).toEqual(secrets));

test.each([
  ['{mode: "local,\n token: "a"}', ['"a"']],
  ['{a: {}}}, b: {token: "a"}}', ['"a"']],
  ['{a: [1}, token: "a"}', ['"a"']],
  ['{mode: "local, token: "a"}', ['"a"']],
  ['{token: "a', ['"a']],
  [String.raw`{"\x": {token: "a"}}`, ['"a"']],
  ['{a: /, token: "a"}', ['"a"']],
  ['{a: 1 token: "a"}', ['"a"']],
  ['{/* token: "a"}', ['"a"']],
  ["{token: }", []],
])("of %s, which is broken, the secrets are %j", (text, secrets) => {
  expect(secretsIn(text)).toEqual(secrets);
  expect(secretSpans(text).isBroken).toBe(true);
});

test("no valid text is taken for a broken one", () => {
  fc.assert(
    fc.property(anyObject, anySeed, (value, seed) => {
      const text = textOf(writeDocument(drawFrom(seed), value));
      expect(secretSpans(text).isBroken).toBe(false);
    }),
  );
});

test("ranges that overlap become one", () => {
  expect(
    joined([
      { from: 5, to: 9 },
      { from: 0, to: 2 },
      { from: 1, to: 3 },
      { from: 3, to: 4 },
    ]),
  ).toEqual([
    { from: 0, to: 3 },
    { from: 3, to: 4 },
    { from: 5, to: 9 },
  ]);
});
