import type { Page } from "playwright-core";
import { see } from "./see.ts";
import type { Language } from "./words.ts";

/** OpenClaw's own words for the state of its connection. */
const WORDS = {
  zh: { connected: "已连接到 " },
  en: { connected: "Connected to " },
};

/** A gateway that has just come up refuses connections for some seconds, and the page tries again. */
const CONNECT_MS = 60_000;

/**
 * Waits until OpenClaw's Control UI says that its WebSocket to the gateway is connected: it then
 * shows its settings instead of the form that asks for a token, and names the gateway on them.
 */
export async function seeConnected(
  page: Page,
  { language, host, timeout = CONNECT_MS }: { language: Language; host: string; timeout?: number },
): Promise<void> {
  await page.getByRole("link", { name: "Gateway", exact: true }).click({ timeout });
  await see(page.getByText(`${WORDS[language].connected}${host}`), timeout);
}
