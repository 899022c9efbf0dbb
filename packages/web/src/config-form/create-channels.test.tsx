import { renderHook } from "@solidjs/testing-library";
import { createSignal, type ParentProps } from "solid-js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiProvider } from "../api/api-context.tsx";
import { createFakeApi } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { createChannels } from "./create-channels.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("channels are read again while the instance runs, and when it starts or stops", async () => {
  const fake = createFakeApi({
    "instances.channels": () => ({ channels: [], hindrance: null, warnings: [] }),
  });
  const wrapper = (props: ParentProps) => (
    <ApiProvider api={fake.api}>{props.children}</ApiProvider>
  );
  const [instance, setInstance] = createSignal(anInstance({ status: "stopped" }));
  renderHook(() => createChannels(instance), { wrapper });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fake.calls).toHaveLength(1);
  setInstance(anInstance({ status: "running" }));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(fake.calls).toHaveLength(4);
  setInstance(anInstance({ status: "stopped" }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fake.calls).toHaveLength(5);
});
