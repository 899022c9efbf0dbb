import { expect, test } from "vitest";
import { isLoopbackAddress } from "./loopback-address.ts";
import { Reached, unreachedWords } from "./reachability.ts";

const words = (patch: object) =>
  unreachedWords(
    Reached.parse({
      ...{
        address: "https://llm.example/v1",
        host: "llm.example",
        phase: "port",
        code: null,
        seconds: 5.02,
      },
      ...patch,
    }),
  );

test.each([
  [
    { phase: "name", code: "ENOTFOUND" },
    "The name llm.example is not known there (ENOTFOUND). Check the address and this machine's name server.",
  ],
  [
    { code: "ECONNREFUSED" },
    "Nothing accepts connections at llm.example. Check the address, that the server runs, and the firewall.",
  ],
  [{}, "There is no connection to llm.example (nothing came within 5 seconds)."],
  [{ code: "EHOSTUNREACH" }, "There is no connection to llm.example (EHOSTUNREACH)."],
  [
    {
      ...{ phase: "tls", code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
      message:
        "self-signed certificate; if the root CA is installed locally, try running Node.js with --use-system-ca",
    },
    "llm.example was reached, but its certificate or TLS was not accepted (self-signed certificate).",
  ],
  [
    { phase: "answer", seconds: 10 },
    "llm.example accepts connections, but does not answer a request to https://llm.example/v1 (nothing came within 10 seconds).",
  ],
])("%o is told in words", (patch, said) => {
  expect(words(patch)).toContain(said);
});

test("an address that means the instance itself is told apart", () => {
  const said = words({
    address: "http://127.0.0.1:11434",
    host: "127.0.0.1:11434",
    code: "ECONNREFUSED",
  });
  expect(said).toContain("Nothing accepts connections at 127.0.0.1:11434.");
  expect(said).toContain("127.0.0.1 is the instance itself");
});

test.each([
  ["http://localhost:11434", true],
  ["http://127.0.1.1/v1", true],
  ["http://[::1]:8000", true],
  ["https://LOCALHOST?x", true],
  ["https://localhost.example", false],
  ["https://llm.example/localhost", false],
  ["http://192.168.1.9", false],
  ["localhost", false],
  ["", false],
])("%s leads back to whoever asks: %s", (address, isLoopback) => {
  expect(isLoopbackAddress(address)).toBe(isLoopback);
});
