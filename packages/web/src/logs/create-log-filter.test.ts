import { createRoot, createSignal } from "solid-js";
import { expect, test } from "vitest";
import { createLogFilter } from "./create-log-filter.ts";
import { LogRing } from "./log-ring.ts";

const line = (text: string, stream: "stdout" | "stderr" = "stdout") => ({
  ts: "2026-11-22T08:00:00.000000000Z",
  stream,
  text,
});

test("shows lines from a level on, also those that come, above and below", () => {
  const ring = new LogRing(100);
  const [version, setVersion] = createSignal(0);
  const changed = () => setVersion((previous) => previous + 1);
  createRoot((dispose) => {
    const filter = createLogFilter({ ring, version }, 100);
    const texts = () => {
      filter.version();
      return Array.from({ length: filter.ring.length }, (_, at) => {
        const entry = filter.ring.at(at);
        return entry?.kind === "line" ? entry.text : "skipped";
      });
    };
    ring.push([{ lines: [line("plain"), line("WARN a"), line("trace", "stderr")], skipped: 0 }]);
    changed();
    expect(filter.ring).toBe(ring);
    filter.setLevel("warn");
    expect(texts()).toEqual(["WARN a", "trace"]);
    ring.prepend([line("INFO older"), line("ERROR older")]);
    ring.push([{ lines: [line("DEBUG b"), line("ERROR c")], skipped: 7 }]);
    changed();
    expect(texts()).toEqual(["ERROR older", "WARN a", "trace", "skipped", "ERROR c"]);
    filter.setLevel("all");
    expect(texts()).toHaveLength(8);
    dispose();
  });
});
