import { renderHook } from "@solidjs/testing-library";
import { createSignal, type ParentProps } from "solid-js";
import { afterEach, expect, test, vi } from "vitest";
import { ApiProvider } from "../../api/api-context.tsx";
import type { Instance } from "../../api/client.ts";
import { LiveProvider } from "../../live/live-context.tsx";
import { createFakeApi, type FakeApi, panelError, STATUS } from "../../testing/fake-api.ts";
import { anInstance } from "../../testing/fixtures.ts";
import { createStarting } from "./create-starting.ts";

const BEFORE = "2026-11-22T08:00:00.000Z";
const START = "2026-11-22T09:00:00.000Z";
const AFTER = "2026-11-22T09:00:05.000Z";
const URL = "http://panel.example/open/anna/anna-0123456789";

afterEach(() => vi.useRealTimers());

function scene(first: Partial<Instance>, answers: FakeApi["answers"] = {}) {
  const fake = createFakeApi({
    "system.status": () => STATUS,
    "instances.open": () => ({ url: URL, expiresAt: null }),
    ...answers,
  });
  const wrapper = (props: ParentProps) => (
    <ApiProvider api={fake.api}>
      <LiveProvider>{props.children}</LiveProvider>
    </ApiProvider>
  );
  const [since, setSince] = createSignal<string>();
  const goTo = vi.fn();
  const { result } = renderHook(() => createStarting("anna", since, goTo), { wrapper });
  const push = (patch: Partial<Instance>) => {
    const instance = anInstance({ id: "anna", ...patch });
    fake.push("instances.watch", { type: "changed", instance });
  };
  const instances = [anInstance({ id: "anna", ...first })];
  fake.push("instances.watch", { type: "snapshot", instances });
  return { fake, goTo, page: result, push, setSince, is: () => result.state().is };
}

test("what was before the start means nothing, and the instance opens once it runs", async () => {
  const { goTo, is, push, setSince } = scene({ status: "stopped", updatedAt: BEFORE });
  expect(is()).toBe("starting");
  setSince(START);
  expect(is()).toBe("starting");
  push({ status: "starting", updatedAt: START });
  expect(is()).toBe("starting");
  push({ status: "running", updatedAt: AFTER });
  expect(is()).toBe("opening");
  await vi.waitFor(() => expect(goTo).toHaveBeenCalledExactlyOnceWith(URL));
});

test("an error from before is none of this start, and one after it is", () => {
  const { is, push, setSince } = scene({ status: "error", updatedAt: BEFORE });
  setSince(START);
  expect(is()).toBe("starting");
  push({ status: "error", updatedAt: AFTER });
  expect(is()).toBe("failed");
});

test("one that was stopped meanwhile is started again, and waited for anew", async () => {
  const started = "2026-11-22T10:00:00.000Z";
  const { is, page, push, setSince } = scene(
    { status: "stopped", updatedAt: AFTER },
    { "instances.start": () => anInstance({ id: "anna", updatedAt: started }) },
  );
  setSince(START);
  expect(is()).toBe("stopped");
  await page.starting.run(undefined);
  expect(is()).toBe("starting");
  push({ status: "stopped", updatedAt: started });
  expect(is()).toBe("stopped");
});

test("a start that is never confirmed is not waited for without end", () => {
  vi.useFakeTimers();
  const { is } = scene({ status: "stopped", updatedAt: BEFORE });
  vi.advanceTimersByTime(14_000);
  expect(is()).toBe("starting");
  vi.advanceTimersByTime(2_000);
  expect(is()).toBe("stopped");
});

test("an instance that is not there is gone, once the panel has said which there are", () => {
  const { fake, is } = scene({ status: "starting" });
  fake.push("instances.watch", { type: "removed", id: "anna" });
  expect(is()).toBe("gone");
});

test("one that runs and does not open says why", async () => {
  const { page } = scene(
    { status: "running" },
    {
      "instances.open": () => {
        throw panelError("GATEWAY_SILENT", "It does not answer.");
      },
    },
  );
  await vi.waitFor(() => expect(page.opening.error()).toBeDefined());
});
