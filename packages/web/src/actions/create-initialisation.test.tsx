import { KNOWN_OFFERS, type ProviderOffer } from "@claw/core/provider-offer";
import { renderHook } from "@solidjs/testing-library";
import type { ParentProps } from "solid-js";
import { expect, test, vi } from "vitest";
import { ApiProvider } from "../api/api-context.tsx";
import { LiveProvider } from "../live/live-context.tsx";
import { createFakeApi, panelError, STATUS } from "../testing/fake-api.ts";
import { aJob } from "../testing/fixtures.ts";
import { createInitialisation } from "./create-initialisation.ts";

const MISSING: ProviderOffer = {
  ...{ choice: "moonshot-api-key-cn", label: "Moonshot", provider: "moonshot" },
  ...{ keyVariable: "MOONSHOT_API_KEY", plugin: "missing", models: ["kimi-k3"] },
  addresses: ["https://api.moonshot.cn/v1"],
};

const REGIONS: ProviderOffer = {
  ...MISSING,
  ...{
    choice: "minimax-cn-api",
    addresses: ["https://api.minimax.io", "https://api.minimaxi.com"],
  },
};

function setUp(init: () => unknown = () => aJob({ id: "job-9", kind: "init" })) {
  const fake = createFakeApi({
    "system.status": () => STATUS,
    "instances.init": init,
    "instances.providers": () => ({
      isFromImage: true,
      hindrance: null,
      offers: [MISSING, REGIONS, ...KNOWN_OFFERS],
    }),
  });
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
});

test("after a failure the form has all that was entered, so that one mistake is all to correct", async () => {
  const { init, sent } = setUp();
  init.choose("custom-api-key");
  init.set("baseUrl", "https://example.com/v2");
  init.set("modelId", "m");
  init.set("apiKey", "sk-1");
  await init.begin();
  init.again();
  init.set("baseUrl", "https://example.com/v1");
  await init.begin();
  expect(sent()[1]?.input).toEqual({
    id: "zhangsan",
    provider: {
      ...{ choice: "custom-api-key", apiKey: "sk-1" },
      ...{ baseUrl: "https://example.com/v1", modelId: "m" },
    },
  });
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

test("a model can be chosen for any provider, and is forgotten with another", async () => {
  const { init, sent } = setUp();
  init.choose("deepseek-api-key");
  expect(init.need("modelId")).toBe("may");
  init.set("modelId", "deepseek-v4");
  init.choose("apiKey");
  expect(init.fields.modelId).toBe("");
  init.set("modelId", " claude-opus-5 ");
  init.set("apiKey", "sk-1");
  await init.begin();
  expect(sent()[0]?.input).toEqual({
    id: "zhangsan",
    provider: { choice: "apiKey", apiKey: "sk-1", modelId: "claude-opus-5" },
  });
});

test("after a failure, another provider gets nothing that was entered for the first", async () => {
  const { init, sent } = setUp();
  init.choose("custom-api-key");
  init.set("apiKey", "sk-of-the-first");
  init.set("baseUrl", "https://example.com/v1");
  init.set("modelId", "m");
  await init.begin();
  init.again();
  init.choose("custom-api-key");
  expect(init.fields.apiKey).toBe("sk-of-the-first");
  init.choose("deepseek-api-key");
  expect(init.fields).toMatchObject({ apiKey: "", baseUrl: "", modelId: "" });
  expect(init.problem("apiKey")).toBeUndefined();
  await init.begin();
  expect([init.problem("apiKey"), sent().length]).toEqual(["Required", 1]);
});

test("a provider whose plugin the image cannot install is reached by its address", async () => {
  const { init } = setUp();
  await vi.waitFor(() => expect(init.offered.data()).toBeDefined());
  init.choose(MISSING.choice);
  init.set("apiKey", "sk-1");
  expect(init.offer()).toMatchObject({ plugin: "missing", models: ["kimi-k3"] });
  init.useAddress();
  expect(init.fields).toMatchObject({
    choice: "custom-api-key",
    apiKey: "sk-1",
    baseUrl: "https://api.moonshot.cn/v1",
  });
  init.choose(REGIONS.choice);
  init.useAddress();
  expect(init.fields).toMatchObject({ choice: "custom-api-key", baseUrl: "" });
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

test("one that goes on when the dialog opens, as after a reload, is followed to its end", async () => {
  const { fake, init } = setUp();
  const job = aJob({ id: "job-7", kind: "init", instanceId: "zhangsan" });
  const push = (status: "running" | "failed") =>
    fake.push("jobs.watch", { type: "changed", job: { ...job, status } });
  await expect.poll(() => push("running") ?? init.running()).toBe(true);
  push("failed");
  expect(init.job()?.status).toBe("failed");
  init.again();
  expect(init.job()).toBeUndefined();
});
