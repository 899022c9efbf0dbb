/** A proxy refused the request for its size; the panel has not seen it. */
export class ProxyLimit extends Error {
  override name = "ProxyLimit";

  constructor() {
    super("A proxy refused what was sent for its size.");
  }
}

/** The panel always answers JSON, even to what is too large for itself. */
export function isProxyLimit(status: number, type: string | null): boolean {
  return status === 413 && !(type ?? "").startsWith("application/json");
}

interface Sent extends Omit<RequestInit, "signal"> {
  signal?: AbortSignal | null | undefined;
}

/** Rejects with `ProxyLimit` when a proxy answers in the panel's place. */
export async function fetchBehindProxy(url: RequestInfo | URL, sent: Sent = {}): Promise<Response> {
  const response = await fetch(url, { ...sent, signal: sent.signal ?? null });
  if (isProxyLimit(response.status, response.headers.get("content-type"))) throw new ProxyLimit();
  return response;
}
