import { LONG_QUERIES } from "@claw/core/long-queries";
import {
  createTRPCClient,
  createWSClient,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  wsLink,
} from "@trpc/client";
import { EventSource } from "eventsource";
import type { AppRouter } from "./trpc/root.ts";

export interface ClawClientOptions {
  /** Address of the panel, e.g. `http://127.0.0.1:8000`. */
  url: string;
  /** Session or API token. */
  token?: string;
  /** Transport of subscriptions; both resume after a disconnect. */
  subscriptions?: "ws" | "sse";
}

export type ClawClient = TRPCClient<AppRouter>;

/**
 * The typed client for other Node tools (Node 22 or newer). Its WebSocket opens with the first
 * subscription and closes a second after the last one ends.
 */
export function createClawClient(options: ClawClientOptions): ClawClient {
  const endpoint = new URL("/trpc", options.url).href;
  const headers = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  const socket =
    options.subscriptions === "sse"
      ? null
      : createWSClient({
          url: endpoint.replace(/^http/, "ws"),
          lazy: { enabled: true, closeMs: 1_000 },
          ...(options.token === undefined ? {} : { connectionParams: { token: options.token } }),
        });
  const events = {
    url: endpoint,
    EventSource,
    eventSourceOptions: () => ({
      fetch: (input: string | URL | Request, init?: RequestInit) =>
        fetch(input, { ...init, headers: { ...init?.headers, ...headers } }),
    }),
  };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: socket ? wsLink({ client: socket }) : httpSubscriptionLink(events),
        false: splitLink({
          condition: ({ path }) => LONG_QUERIES.has(path),
          true: httpLink({ url: endpoint, headers, methodOverride: "POST" }),
          false: httpLink({ url: endpoint, headers }),
        }),
      }),
    ],
  });
}
