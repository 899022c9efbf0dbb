/** Where a page asks, under the name of no instance, whether such names lead to its panel. */
export interface Probe {
  url: string;
  /** The same without TLS, where the panel answers that too. */
  plainUrl: string | null;
  socketUrl: string;
  proof: string;
}

export type Reach =
  /** The panel has answered. `host` and `isHttps`: how the request has arrived there. */
  | { kind: "reached"; host: string; isHttps: boolean; hasSocket: boolean }
  /** It answers without TLS alone: this browser does not accept the certificate. */
  | { kind: "untrusted" }
  | { kind: "unreached" };

const WITHIN_MS = 10_000;

export async function reach(probe: Probe): Promise<Reach> {
  const arrived = await ask(probe.url, probe.proof);
  if (arrived)
    return { kind: "reached", ...arrived, hasSocket: await opensSocket(probe.socketUrl) };
  // A page that came over HTTPS may ask nothing without TLS.
  const canAskPlainly = probe.plainUrl !== null && location.protocol === "http:";
  const plainly = canAskPlainly ? await ask(probe.plainUrl ?? "", probe.proof) : null;
  return { kind: plainly ? "untrusted" : "unreached" };
}

/** How a request has arrived at the panel; null: another server has answered, or none. */
async function ask(url: string, proof: string): Promise<Arrived | null> {
  try {
    const response = await fetch(url, {
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    return arrivedBy(await response.json(), proof);
  } catch {
    // Browsers tell no page why: the name, the connection, the certificate, or the answer.
    return null;
  }
}

interface Arrived {
  host: string;
  isHttps: boolean;
}

function arrivedBy(answer: unknown, proof: string): Arrived | null {
  if (typeof answer !== "object" || answer === null) return null;
  if (!("proof" in answer && "host" in answer && "scheme" in answer)) return null;
  if (answer.proof !== proof || typeof answer.host !== "string") return null;
  return { host: answer.host, isHttps: answer.scheme === "https" };
}

function opensSocket(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const end = (isOpen: boolean) => {
      clearTimeout(timer);
      socket.close();
      resolve(isOpen);
    };
    const timer = setTimeout(() => end(false), WITHIN_MS);
    socket.addEventListener("open", () => end(true));
    socket.addEventListener("error", () => end(false));
  });
}
