import fc from "fast-check";
import { expect, test } from "vitest";
import { DomainError } from "./errors.ts";
import { allocatePort, LAST_PORT } from "./port-allocation.ts";

const base = fc.integer({ min: 1024, max: LAST_PORT });

test("the first port is the base port, and a gap is filled first", () => {
  expect(allocatePort(18789, new Set())).toBe(18789);
  expect(allocatePort(18789, new Set([18789, 18790, 18792]))).toBe(18791);
  expect(allocatePort(18789, new Set([1, 18788]))).toBe(18789);
});

test("is free, at or above the base, and every lower one is taken", () => {
  const offsets = fc.uniqueArray(fc.integer({ min: -3, max: 30 }));
  fc.assert(
    fc.property(fc.integer({ min: 1024, max: LAST_PORT - 100 }), offsets, (first, taken) => {
      const ports = new Set(taken.map((offset) => first + offset));
      const port = allocatePort(first, ports);
      expect(port).toBeGreaterThanOrEqual(first);
      expect(ports.has(port)).toBe(false);
      for (let lower = first; lower < port; lower++) expect(ports.has(lower)).toBe(true);
    }),
  );
});

test("as many instances as wanted get as many ports, without a gap", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1024, max: LAST_PORT - 50 }), (first) => {
      const taken = new Set<number>();
      for (let i = 0; i < 50; i++) taken.add(allocatePort(first, taken));
      expect([...taken]).toEqual(Array.from({ length: 50 }, (_, i) => first + i));
    }),
  );
});

test("the last port of all can be had, and after it there is none", () => {
  fc.assert(
    fc.property(base, (first) => {
      const allButLast = new Set<number>();
      for (let port = first; port < LAST_PORT; port++) allButLast.add(port);
      expect(allocatePort(first, allButLast)).toBe(LAST_PORT);
      const all = new Set(allButLast).add(LAST_PORT);
      expect(() => allocatePort(first, all)).toThrow(
        expect.objectContaining({
          constructor: DomainError,
          reason: "PORTS_EXHAUSTED",
          message: expect.stringContaining(`between ${first} and 65535`),
        }),
      );
    }),
    { numRuns: 10 },
  );
});
