import type { IncomingMessage, ServerResponse } from "node:http";

const WORKER = 'addEventListener("fetch", (event) => event.respondWith(new Response("owned")));';

/** Headers that a hostile container could send with a page, by path. */
const HEADERS: Record<string, Record<string, string>> = {
  "/worker.js": { "content-type": "text/javascript", "service-worker-allowed": "/" },
  "/clear": { "clear-site-data": '"cookies", "storage"' },
  "/plant": { "set-cookie": "planted=1; Path=/" },
};

/** Its icon is in it: browsers ask for one later, when a test may no longer expect a request. */
const PAGE = '<!doctype html><title>hostile</title><link rel="icon" href="data:,">';

/** Answers as a container that is after the panel and the other instances. */
export function hostileAnswer({ url = "/" }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/html", ...HEADERS[url] });
  if (url === "/stream") response.write("begun");
  else response.end(url === "/worker.js" ? WORKER : PAGE);
}
