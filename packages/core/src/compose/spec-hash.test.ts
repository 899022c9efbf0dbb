import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InstanceSpec } from "../instance.ts";
import { anyHome, anySpec, sha256, specOf, template } from "./compose.fixture.ts";
import { renderCompose } from "./render.ts";
import { specHash } from "./spec-hash.ts";

const context = { home: "/srv/claw", template, sha256 };

/** A changed value for every field of a spec, and whether it changes the container. */
const CHANGES = {
  id: ["lisi", true],
  uid: ["1".repeat(32), false],
  name: ["李四", false],
  label: ["zhangsan-1111111111", false],
  ingress: [{ header: "x-claw-user-1", password: "p", proven: true }, true],
  ingressFault: ["refused", false],
  port: [18790, true],
  subnet: ["10.213.0.8/29", true],
  image: ["openclaw:next", true],
  publishHost: ["0.0.0.0", true],
  timezone: ["UTC", true],
  owner: ["u1", false],
  group: ["销售", false],
  tags: [["vip"], false],
  webhookPaths: [["/wecom"], false],
  template: ["t1", false],
  user: [null, true],
  ownership: ["o1", false],
  desired: ["stopped", false],
  phase: ["creating", false],
  createdAt: ["2026-11-23T00:00:00.000Z", false],
  updatedAt: ["2026-11-23T00:00:00.000Z", false],
} satisfies { [Field in keyof InstanceSpec]: [InstanceSpec[Field], boolean] };

const fields = Object.entries(CHANGES).map(([field, [value, shapes]]) => ({
  field,
  value,
  shapes,
}));

/** The rendered file with every fingerprint replaced by the same text. */
const shapeOf = (spec: InstanceSpec) =>
  renderCompose({ ...context, specs: [spec], sha256: () => "x" });

describe("specHash", () => {
  test.each(fields)("of another $field: is another one: $shapes", ({ field, value, shapes }) => {
    const changed = specOf({ [field]: value });
    expect(specHash(changed, context) !== specHash(specOf(), context)).toBe(shapes);
  });

  test.each(fields)("follows what the template makes of $field", ({ field, value }) => {
    const changed = specOf({ [field]: value });
    const rendersAnew = shapeOf(changed) !== shapeOf(specOf());
    expect(specHash(changed, context) !== specHash(specOf(), context)).toBe(rendersAnew);
  });

  test("changes with the home and with the template", () => {
    const hash = specHash(specOf(), context);
    expect(specHash(specOf(), { ...context, home: "/srv/other" })).not.toBe(hash);
    expect(specHash(specOf(), { ...context, template: `${template}\n` })).not.toBe(hash);
  });

  test("is equal for two instances exactly when the file says the same of them", () => {
    fc.assert(
      fc.property(anySpec, anySpec, fc.boolean(), (one, other, alike) => {
        const twin = alike ? { ...one, name: other.name, phase: other.phase } : other;
        const equal = specHash(one, context) === specHash(twin, context);
        expect(equal).toBe(shapeOf(one) === shapeOf(twin));
      }),
    );
  });

  test("does not depend on the order of a spec's fields", () => {
    const reversed = Object.fromEntries(
      Object.entries(specOf()).reverse(),
    ) as unknown as InstanceSpec;
    expect(specHash(reversed, context)).toBe(specHash(specOf(), context));
  });

  test("does not let a part of one field pass for a part of the next", () => {
    fc.assert(
      fc.property(fc.string(), anyHome, (text, home) => {
        const moved = specHash(specOf({ image: `${text}",` }), { ...context, home });
        expect(moved).not.toBe(specHash(specOf({ image: text }), { ...context, home }));
      }),
    );
  });
});
