import { expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { createProbes, PROBE_MS } from "./probes.ts";

const PANEL = "https://panel.internal:8000";

test("a page of the panel that has the key gets the answer, as often as it asks", () => {
  const probes = createProbes(new FakeHost());
  const { key, proof } = probes.begin(PANEL);
  expect([probes.proofFor(key, PANEL), probes.proofFor(key, PANEL)]).toEqual([proof, proof]);
  expect(proof).not.toBe(key);
});

test("nobody else gets it: without the key, or on another page", () => {
  const probes = createProbes(new FakeHost());
  const { key, proof } = probes.begin(PANEL);
  const others = [undefined, "null", "https://panel.internal", "https://claw-anna-1.internal:8000"];
  for (const origin of others) expect(probes.proofFor(key, origin)).toBeNull();
  for (const guess of ["", proof, "0".repeat(32)]) expect(probes.proofFor(guess, PANEL)).toBeNull();
});

test("for a minute, and not a moment longer", () => {
  const host = new FakeHost();
  const probes = createProbes(host);
  const { key, proof } = probes.begin(PANEL);
  host.advance(PROBE_MS - 5_000);
  expect(probes.proofFor(key, PANEL)).toBe(proof);
  host.advance(5_000);
  expect(probes.proofFor(key, PANEL)).toBeNull();
});

test("their number is bounded: the oldest goes first", () => {
  const probes = createProbes(new FakeHost());
  const begun = Array.from({ length: 101 }, () => probes.begin(PANEL));
  expect(probes.proofFor(begun[0]?.key ?? "", PANEL)).toBeNull();
  expect(probes.proofFor(begun[1]?.key ?? "", PANEL)).toBe(begun[1]?.proof);
  expect(probes.proofFor(begun[100]?.key ?? "", PANEL)).toBe(begun[100]?.proof);
});
