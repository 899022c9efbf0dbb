import type { Page } from "playwright-core";
import { see } from "./see.ts";
import type { Language } from "./words.ts";

/** OpenClaw's own words for the state of its connection. */
const WORDS = {
  zh: { connected: "已连接到 ", tokenNeeded: "此 Gateway 需要令牌" },
  en: { connected: "Connected to ", tokenNeeded: "This Gateway needs its token" },
};

/** A gateway that has just come up refuses connections for some seconds, and the page tries again. */
const CONNECT_MS = 60_000;

/**
 * Waits until OpenClaw's Control UI says that its WebSocket to the gateway is connected: it then
 * shows its settings instead of the form that asks for a token, and names the gateway on them.
 */
export async function seeConnected(
  page: Page,
  { language, port, timeout = CONNECT_MS }: { language: Language; port: number; timeout?: number },
): Promise<void> {
  await page.getByRole("link", { name: "Gateway", exact: true }).click({ timeout });
  await see(page.getByText(`${WORDS[language].connected}127.0.0.1:${port}`), timeout);
}

/** Waits until the Control UI asks for a token, because the one that it was given is not right. */
export const seeTokenNeeded = (page: Page, language: Language) =>
  see(page.getByRole("heading", { name: WORDS[language].tokenNeeded }), CONNECT_MS);
