import http from "node:http";
import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 100;
const ANSWER_WITHIN_MS = 1_000;
const UP_WITHIN_MS = 180_000;

/** Asks again and again, as one does by hand, until the address answers with 200. */
export async function untilAnswering(url: string): Promise<void> {
  const giveUpAt = performance.now() + UP_WITHIN_MS;
  while (!(await answers(url))) {
    if (performance.now() > giveUpAt) throw new Error(`${url} does not answer`);
    await delay(POLL_MS);
  }
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const request = http.get(url, { agent: false, signal }, (response) => {
      resolve(response.statusCode === 200);
      response.destroy();
    });
    request.on("error", () => resolve(false));
  });
}
