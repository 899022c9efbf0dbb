import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isObject } from "../is-object.ts";
import { anyObject, anySeed, drawFrom, textOf, writeDocument } from "../json5.fixture.ts";
import { parseJson5Object } from "../json5-edit.ts";
import { commentsBetween, skipBlank, tokenEnd } from "../json5-tokens.ts";
import { valueAt } from "../openclaw-config.ts";
import type { FormField } from "./describe-forms.ts";
import { agentsIn, fieldsOfAgent, shownOf, withFieldValue, withoutPlace } from "./form-values.ts";

const field = (path: string, more: Partial<FormField> = {}): FormField => ({
  ...{ path: path.split("."), kind: "text", isRequired: false, choices: [] },
  ...{ within: null, help: null, default: null },
  ...more,
});
const MODEL = field("agents.defaults.model", { within: "primary" });
const TOKEN = field("channels.telegram.botToken", { kind: "secret", isRequired: true });
const ENABLED = field("channels.telegram.enabled", { kind: "switch" });

const TEXT = `{
  // 模型
  agents: {
    defaults: { model: { primary: "deepseek/chat", fallbacks: [] } },
    entries: { main: {}, "sales-1": { identity: { name: 'Anna' } } },
  },
  channels: {
    telegram: {
      enabled: true, // on
      botToken: "1:abc", // of Anna's bot
    },
  },
}
`;

describe("a form shows", () => {
  const shown = (each: FormField, text = TEXT) => shownOf(each, parseJson5Object(text));

  test("texts and switches as they are, and of a secret only that it is there", () => {
    expect(shown(MODEL)).toEqual({ kind: "text", text: "deepseek/chat" });
    expect(shown(MODEL, '{agents: {defaults: {model: "a/b"}}}')).toEqual({
      ...{ kind: "text", text: "a/b" },
    });
    expect(shown(ENABLED)).toEqual({ kind: "switch", isOn: true });
    expect(shown(TOKEN)).toEqual({ kind: "set" });
    expect(shown(TOKEN, "{}")).toEqual({ kind: "absent" });
    expect(shown(TOKEN, '{channels: {telegram: {botToken: {source: "env"}}}}')).toEqual({
      kind: "set",
    });
  });

  test("no value that it could not hold", () => {
    expect(shown(MODEL, "{agents: {defaults: {model: [1]}}}")).toEqual({ kind: "other" });
    expect(shown(ENABLED, '{channels: {telegram: {enabled: "${ON}"}}}')).toEqual({ kind: "other" });
  });

  test("the fields of each agent; of the first where none is named", () => {
    expect(agentsIn(parseJson5Object(TEXT))).toEqual(["main", "sales-1"]);
    expect(agentsIn({})).toEqual(["main"]);
    expect(agentsIn({ agents: { entries: {} } })).toEqual(["main"]);
    const [name] = fieldsOfAgent([field("agents.entries.*.identity.name")], "sales-1");
    expect(name?.path.join(".")).toBe("agents.entries.sales-1.identity.name");
  });
});

describe("a form changes", () => {
  test("the value in its place, also within an object", () => {
    expect(withFieldValue(TEXT, MODEL, "a/b")).toBe(TEXT.replace("deepseek/chat", "a/b"));
    expect(withFieldValue(TEXT, ENABLED, false)).toBe(TEXT.replace("true", "false"));
  });

  test("nothing where the value is the same, or none is removed", () => {
    expect(withFieldValue(TEXT, MODEL, "deepseek/chat")).toBe(TEXT);
    expect(withFieldValue(TEXT, field("logging.level"), "")).toBe(TEXT);
    expect(withFieldValue(TEXT, field("logging.level"), null)).toBe(TEXT);
  });

  test("what is emptied away, and a new one to the others", () => {
    expect(withFieldValue(TEXT, TOKEN, "")).toBe(
      TEXT.replace('      botToken: "1:abc", // of Anna\'s bot\n', "       // of Anna's bot\n"),
    );
    expect(withFieldValue(TEXT, field("logging.level"), "debug")).toBe(
      TEXT.replace(/\}\n$/, '  logging: {\n    level: "debug",\n  },\n}\n'),
    );
  });
});

describe("a value that is taken back leaves nothing of it", () => {
  const there = (stored: string) => withFieldValue(stored, TOKEN, "1");
  const back = (stored: string, text = there(stored)) => withFieldValue(text, TOKEN, "", stored);

  test.each([
    "{}",
    '{"logging": {"level": "info"}}\n',
    '{\n  "logging": {\n    "level": "info"\n  }\n}\n',
    "{\r\n  channels: {}, // none yet\r\n}\r\n",
    "{\n  channels: { slack: { botToken: '2' } }\n}",
    "{\n  channels: {\n    telegram: {\n      enabled: false\n    }\n  }\n}",
  ])("of %j", (stored) => {
    expect(there(stored)).not.toBe(stored);
    expect(back(stored)).toBe(stored);
  });

  test("but what the file has, what somebody wrote beside it, and comments", () => {
    const before = "{ channels: { telegram: {} } }";
    expect(back(before)).toBe(before);
    const beside = withFieldValue(there("{}"), ENABLED, false);
    expect(parseJson5Object(back("{}", beside))).toEqual({
      channels: { telegram: { enabled: false } },
    });
    const commented = '{ channels: { telegram: { /* mine */ botToken: "1" } } }';
    expect(back("{}", commented)).toBe("{ channels: { telegram: { /* mine */  } } }");
    expect(back("{", "{ a: 1, channels: { telegram: { botToken: '1' } } }")).toBe("{ a: 1,  }");
  });

  test("a channel as a whole", () => {
    expect(withoutPlace(TEXT, ["channels", "telegram"], TEXT)).toBe(
      TEXT.replace(/ {4}telegram: \{[^}]*\},\n/, ""),
    );
    expect(withoutPlace(there("{}"), ["channels", "telegram"], "{}")).toBe("{}");
  });
});

const PATHS = [
  ...[
    "gateway.auth.token",
    "gateway",
    "logging.level",
    "channels.telegram.botToken",
    "__proto__.a",
  ],
  ...["agents.entries.main.identity.name", "token", "controlUi.allowedOrigins"],
];
const anyEdit = fc.record({
  path: fc.constantFrom(...PATHS),
  value: fc.oneof(fc.boolean(), fc.string({ unit: "binary", maxLength: 6 }), fc.constant(null)),
});

/** Names, values, signs and comments, in their order. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const blanks = (from: number, to: number) =>
    commentsBetween(text, from, to).map((one) => text.slice(one.from, one.to));
  let at = skipBlank(text, 0);
  tokens.push(...blanks(0, at));
  while (at < text.length) {
    const end = tokenEnd(text, at);
    tokens.push(text.slice(at, end));
    at = skipBlank(text, end);
    tokens.push(...blanks(end, at));
  }
  return tokens;
}

/** The lengths of what two texts share at their beginnings and ends. */
function sharedEnds(a: string, b: string): [number, number] {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [start, end];
}

const commentsOf = (text: string) => tokensOf(text).filter((token) => /^\/[/*]/.test(token));

function withValueAt(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  const members = isObject(value) ? Object.entries(value) : [];
  const member = withValueAt(valueAt(value, [key]), rest, to);
  return Object.fromEntries([...members.filter(([name]) => name !== key), [key, member]]);
}

function without(value: unknown, [key = "", ...rest]: readonly string[]): unknown {
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  const members = Object.entries(value);
  return rest.length === 0
    ? Object.fromEntries(members.filter(([name]) => name !== key))
    : Object.fromEntries(
        members.map(([name, member]) => [name, name === key ? without(member, rest) : member]),
      );
}

/** Something that is no object stands on the way, or one stands at the end of it. */
function hasOtherOnTheWay(object: unknown, keys: readonly string[]): boolean {
  return keys.some((_, depth) => {
    const value = valueAt(object, keys.slice(0, depth + 1));
    if (depth === keys.length - 1) return typeof value === "object";
    return value !== undefined && !isObject(value);
  });
}

test("1,000 random edits: the value is there, all others are as before, and so is every comment", () => {
  fc.assert(
    fc.property(anySeed, anyObject, anyEdit, (seed, object, { path, value }) => {
      const before = textOf(writeDocument(drawFrom(seed), object));
      const after = withFieldValue(before, field(path), value);
      const keys = path.split(".");
      const isRemoval = value === null || value === "";
      expect(parseJson5Object(after)).toEqual(
        isRemoval ? without(object, keys) : withValueAt(object, keys, value),
      );
      // What is removed or replaced goes with the comments in it.
      if (isRemoval || hasOtherOnTheWay(object, keys)) return;
      expect(commentsOf(after)).toEqual(commentsOf(before));
    }),
    { numRuns: 1000 },
  );
});

test("1,000 random edits of a value that is there change its bytes alone", () => {
  fc.assert(
    fc.property(anySeed, anyObject, fc.string({ maxLength: 8 }), (seed, object, value) => {
      const draw = drawFrom(seed);
      const token = "a-token-that-is-nowhere-else";
      const pieces = writeDocument(draw, {
        ...object,
        channels: { telegram: { botToken: token } },
      });
      const before = textOf(pieces);
      const next = `new-${value}`;
      const after = withFieldValue(before, TOKEN, next);
      const [start, end] = sharedEnds(before, after);
      const { length } = JSON.stringify(next);
      expect(after.length - start - end).toBeLessThanOrEqual(length);
      expect(tokensOf(after).filter((one) => one === JSON.stringify(next))).toHaveLength(1);
      expect(tokensOf(after)).toHaveLength(tokensOf(before).length);
    }),
    { numRuns: 1000 },
  );
});
