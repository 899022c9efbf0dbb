import type { ProviderOffer } from "@claw/core/provider-offer";
import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { aJob, anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

function anOffer(choice: string, patch: Partial<ProviderOffer> = {}): ProviderOffer {
  return {
    ...{ choice, label: choice, provider: choice, keyVariable: "KEY" },
    ...{ plugin: "built-in", addresses: [], models: [] },
    ...patch,
  };
}

const OFFERS = [
  anOffer("custom-api-key"),
  anOffer("zebra-key", { label: "Zebra API key" }),
  anOffer("apiKey", { models: ["claude-opus-5"] }),
  anOffer("deepseek-api-key", { plugin: "missing", addresses: ["https://api.deepseek.com"] }),
  anOffer("groq-api-key", { label: "Groq API key", plugin: "download" }),
];

async function open(answers = {}) {
  const app = renderApp({
    path: "/instances/zhangsan",
    instances: [anInstance()],
    answers: {
      "instances.providers": () => ({ isFromImage: true, hindrance: null, offers: OFFERS }),
      ...answers,
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Initialise" }));
  const dialog = await screen.findByRole("dialog", { name: "Initialise 张三" });
  const choose = async (name: RegExp) => {
    fireEvent.click(await within(dialog).findByRole("button", { name: /^Model provider/ }));
    fireEvent.click(await screen.findByRole("option", { name }));
  };
  return { ...app, dialog, choose };
}

test("offers what the image does, named ones first and what it cannot install last", async () => {
  const { dialog } = await open();
  fireEvent.click(await within(dialog).findByRole("button", { name: /^Model provider/ }));
  const options = await screen.findAllByRole("option");
  expect(options.map(({ textContent }) => textContent?.trim())).toEqual([
    "None for now",
    "Other, OpenAI-compatible",
    "Anthropic",
    "Groq API key downloads a plugin",
    "Zebra API key",
    "DeepSeek not in the image",
  ]);
});

test("suggests the image's models, and says what an empty field means", async () => {
  const { dialog, choose } = await open();
  await choose(/^Anthropic/);
  const model = within(dialog).getByLabelText<HTMLInputElement>("Model ID (optional)");
  expect(within(dialog).getByText(/default model/)).toBeTruthy();
  const list = document.getElementById(model.getAttribute("list") ?? "");
  expect([...(list?.children ?? [])].map((each) => each.getAttribute("value"))).toEqual([
    "claude-opus-5",
  ]);
});

test("says what is downloaded first, and the way out where that is impossible", async () => {
  const { dialog, choose } = await open();
  await choose(/^Groq/);
  expect(within(dialog).getByText(/downloads a plugin for it from npm first/)).toBeTruthy();
  await choose(/^DeepSeek/);
  const notice = within(dialog).getByRole("alert");
  expect(notice.textContent).toContain("cannot install the plugin of DeepSeek");
  fireEvent.click(within(notice).getByRole("button", { name: "Use its address" }));
  expect(within(dialog).getByLabelText<HTMLInputElement>("Base URL").value).toBe(
    "https://api.deepseek.com",
  );
  expect(within(dialog).queryByRole("alert")).toBeNull();
});

test("warns of an address that means the instance itself", async () => {
  const { dialog, choose } = await open();
  await choose(/^Other/);
  const address = within(dialog).getByLabelText<HTMLInputElement>("Base URL");
  fireEvent.input(address, { target: { value: "http://localhost:11434/v1" } });
  expect(within(dialog).getByText(/localhost is the instance itself/)).toBeTruthy();
  fireEvent.input(address, { target: { value: "http://10.0.0.5:11434/v1" } });
  expect(within(dialog).queryByText(/localhost is the instance itself/)).toBeNull();
});

test("an image that is asked for the first time takes a moment, which is told", async () => {
  const answer = Promise.withResolvers<unknown>();
  const { dialog } = await open({ "instances.providers": () => answer.promise });
  expect(within(dialog).getByRole("status").textContent).toContain("Asking the image");
  answer.resolve({ isFromImage: true, hindrance: null, offers: OFFERS });
  expect(await within(dialog).findByRole("button", { name: /^Model provider/ })).toBeTruthy();
});

test("an image that could not be asked is told with the reason, and asked again", async () => {
  const message = "The command node did not end within 60 seconds, and was ended.";
  const hindrance = { reason: "COMMAND_FAILED", message };
  let answer: object = { isFromImage: false, hindrance, offers: OFFERS };
  const { dialog } = await open({ "instances.providers": () => answer });
  const line = await within(dialog).findByText(/^The image did not say which providers it offers/);
  expect(line.textContent).toContain(message);
  answer = { isFromImage: true, hindrance: null, offers: OFFERS };
  fireEvent.click(within(dialog).getByRole("button", { name: "Try again" }));
  await expect.poll(() => within(dialog).queryByText(/^The image did not say/)).toBeNull();
  expect(within(dialog).getByRole("button", { name: /^Model provider/ })).toBeTruthy();
});

test("what nobody could prove ends as partly done, with what that means", async () => {
  const { dialog, fake } = await open();
  const job = aJob({ id: "job-9", kind: "init", instanceId: "zhangsan" });
  fake.answers["instances.init"] = () => job;
  fireEvent.click(within(dialog).getByRole("button", { name: "Initialise" }));
  await expect.poll(() => fake.calls.some(({ path }) => path === "instances.init")).toBe(true);
  fake.push("jobs.watch", {
    type: "changed",
    job: {
      ...{ ...job, status: "partial", progress: 1 },
      result: { provider: "apiKey", answered: null, url: "http://127.0.0.1:18789/" },
    },
  });
  expect(await within(dialog).findByText(/^Set up, but not proven/)).toBeTruthy();
  expect(within(dialog).getByRole("button", { name: "Open" })).toBeTruthy();
});
