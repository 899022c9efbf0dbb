import { renderHook } from "@solidjs/testing-library";
import type { ParentProps } from "solid-js";
import { expect, test } from "vitest";
import { ApiProvider } from "../api/api-context.tsx";
import { LiveProvider } from "../live/live-context.tsx";
import { createFakeApi, panelError, STATUS } from "../testing/fake-api.ts";
import { aJob } from "../testing/fixtures.ts";
import { createInitialisation } from "./create-initialisation.ts";

function setUp(init: () => unknown = () => aJob({ id: "job-9", kind: "init" })) {
  const fake = createFakeApi({ "system.status": () => STATUS, "instances.init": init });
  const wrapper = (props: ParentProps) => (
    <ApiProvider api={fake.api}>
      <LiveProvider>{props.children}</LiveProvider>
    </ApiProvider>
  );
  const { result } = renderHook(() => createInitialisation("zhangsan"), { wrapper });
  const sent = () => fake.calls.filter((call) => call.path === "instances.init");
  return { fake, init: result, sent };
}

test("asks for what the provider needs, and sends only that", async () => {
  const { init, sent } = setUp();
  init.choose("deepseek-api-key");
  expect([init.need("apiKey"), init.need("baseUrl")]).toEqual(["must", undefined]);
  await init.begin();
  expect([init.problem("apiKey"), sent()]).toEqual(["Required", []]);
  init.set("apiKey", " sk-1 ");
  init.set("baseUrl", "left over from another choice");
  await init.begin();
  expect(sent()[0]?.input).toEqual({
    id: "zhangsan",
    provider: { choice: "deepseek-api-key", apiKey: "sk-1" },
  });
  expect(init.fields.apiKey).toBe("");
});

test("a custom provider needs an address and a model, and may go without a key", async () => {
  const { init, sent } = setUp();
  init.choose("custom-api-key");
  init.set("baseUrl", "example.com");
  init.set("modelId", "m");
  await init.begin();
  expect(init.problem("baseUrl")).toMatch(/must begin with http/);
  init.set("baseUrl", "https://example.com/v1");
  await init.begin();
  expect(sent()[0]?.input).toEqual({
    id: "zhangsan",
    provider: { choice: "custom-api-key", baseUrl: "https://example.com/v1", modelId: "m" },
  });
});

test("a refusal is kept to be shown; a running job of this instance is taken up", async () => {
  const { init, fake } = setUp(() => {
    throw panelError("BUSY", "busy");
  });
  await init.begin();
  expect(init.error()).toBeDefined();
  const job = aJob({ id: "job-1", kind: "init", instanceId: "zhangsan" });
  fake.push("jobs.watch", { type: "changed", job });
  expect(init.job()?.id).toBe("job-1");
});
