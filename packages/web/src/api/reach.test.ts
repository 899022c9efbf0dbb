import { afterEach, expect, test, vi } from "vitest";
import { type Probe, reach } from "./reach.ts";

const probe: Probe = {
  url: "https://claw-probe.internal:8000/.claw/probe/k",
  plainUrl: "http://claw-probe.internal:8000/.claw/probe/k",
  socketUrl: "wss://claw-probe.internal:8000/.claw/probe/k",
  proof: "p",
};
const arrived = { proof: "p", host: "claw-probe.internal:8000", scheme: "https" };

afterEach(() => vi.unstubAllGlobals());

/** A network in which these addresses answer; a WebSocket opens, or fails. */
function network(answers: Record<string, string>, isSocketOpened = true): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    const body = answers[url];
    if (body === undefined) throw new TypeError("Failed to fetch");
    return new Response(body);
  });
  vi.stubGlobal(
    "WebSocket",
    class extends EventTarget {
      constructor(url: string) {
        super();
        asked.push(url);
        queueMicrotask(() => this.dispatchEvent(new Event(isSocketOpened ? "open" : "error")));
      }
      close(): void {}
    },
  );
  return asked;
}

test.each([
  true,
  false,
])("the panel says how a request has arrived; a WebSocket: %s", async (is) => {
  const asked = network({ [probe.url]: JSON.stringify(arrived) }, is);
  expect(await reach(probe)).toEqual({
    ...{ kind: "reached", host: arrived.host, isHttps: true, hasSocket: is },
  });
  expect(asked).toEqual([probe.url, probe.socketUrl]);
});

test("what arrives without TLS, or says nothing of it, is not taken for secure", async () => {
  for (const scheme of ["http", null]) {
    network({ [probe.url]: JSON.stringify({ ...arrived, scheme }) });
    expect(await reach(probe)).toMatchObject({ kind: "reached", isHttps: false });
  }
});

test.each([
  ["another panel", JSON.stringify({ ...arrived, proof: "other" })],
  ["a page", "<!doctype html>"],
  ["something else", JSON.stringify({ proof: "p", host: 1, scheme: "https" })],
  ["nothing", "null"],
])("%s is not the panel", async (_, body) => {
  network({ [probe.url]: body });
  expect(await reach({ ...probe, plainUrl: null })).toEqual({ kind: "unreached" });
});

test("where the panel answers without TLS alone, the browser does not trust its certificate", async () => {
  const asked = network({ [probe.plainUrl ?? ""]: JSON.stringify({ ...arrived, scheme: null }) });
  expect(await reach(probe)).toEqual({ kind: "untrusted" });
  expect(asked).toEqual([probe.url, probe.plainUrl]);
});

test("a page that came over HTTPS does not ask without TLS, which its browser would refuse", async () => {
  const asked = network({ [probe.plainUrl ?? ""]: JSON.stringify(arrived) });
  vi.stubGlobal("location", { protocol: "https:" });
  expect(await reach(probe)).toEqual({ kind: "unreached" });
  expect(asked).toEqual([probe.url]);
});
