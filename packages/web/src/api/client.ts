import type { AppRouter, RouterInputs, RouterOutputs } from "@claw/api";
import { LONG_QUERIES } from "@claw/core/long-queries";
import {
  createTRPCClient,
  createWSClient,
  httpLink,
  splitLink,
  type TRPCClient,
  wsLink,
} from "@trpc/client";
import { askAgain } from "./ask-again.ts";
import {
  type ConnectionSource,
  createConnectionSource,
  reachesPanel,
} from "./connection-source.ts";
import { fetchBehindProxy } from "./proxy-limit.ts";
import { type Probe, type Reach, reach } from "./reach.ts";
import { createReadSchema, type ReadSchema } from "./read-schema.ts";
import { noticeSessionEnd } from "./session-end.ts";
import { createUpload, type Upload } from "./upload.ts";

export type { AppRouter, RouterInputs, RouterOutputs };

export type Instance = RouterOutputs["instances"]["list"][number];
export type InstanceStatus = Instance["status"];
type Pairing = RouterOutputs["instances"]["pairing"];
export type DeviceRequest = Pairing["pending"][number];
export type PairedDevice = Pairing["paired"][number];
export type Job = RouterOutputs["jobs"]["list"][number];
export type SignedIn = RouterOutputs["auth"]["login"];
export type OneTimeLink = RouterOutputs["users"]["resetLink"];
export type Invited = RouterOutputs["users"]["invite"];
export type LinkHolder = RouterOutputs["auth"]["readLink"];
export type Backup = RouterOutputs["backups"]["list"][number];
export type RestorePlan = RouterOutputs["backups"]["plan"];
export type Snapshot = RouterOutputs["backups"]["snapshots"][number];
export type PolicyState = RouterOutputs["backups"]["policy"];
export type BackupPolicy = PolicyState["policy"];
export type TemplateSummary = RouterOutputs["templates"]["list"][number];
export type Template = RouterOutputs["templates"]["get"];
export type Condition = RouterOutputs["conditions"]["list"][number];
export type SystemStatus = RouterOutputs["system"]["status"];
export type NetworkStatus = RouterOutputs["network"]["status"];
export type NetworkProbe = NonNullable<RouterOutputs["network"]["probe"]>;

/** Everything that the page needs of the panel; tests replace it. */
export interface Api {
  trpc: TRPCClient<AppRouter>;
  connection: ConnectionSource;
  /** Closes the connection and ends its calls. */
  close(): void;
  /** Uploads an archive, of another panel or downloaded before. */
  upload: Upload;
  /** Reads the schema of a configuration. */
  readSchema: ReadSchema;
  /** Asks under the name of no instance whether such names lead to this panel. */
  reach(probe: Probe): Promise<Reach>;
}

const RETRY_LIMIT_MS = 5000;

export interface ApiSession {
  /** Null without a session. */
  token: () => string | null;
  /** Called when the panel no longer accepts the token. */
  onEnd: () => void;
}

/**
 * The panel's API. Subscriptions share one WebSocket, because six streams over HTTP/1.1 would block
 * the whole page; queries and mutations go over HTTP and fail independently.
 */
export function createApi(origin: string, session: ApiSession): Api {
  const { token, onEnd } = session;
  const socket = createWSClient({
    url: `${origin.replace(/^http/, "ws")}/trpc`,
    // Without a session there is nothing to subscribe to.
    lazy: { enabled: token() === null, closeMs: 0 },
    connectionParams: () => {
      const value = token();
      return value === null ? null : { token: value };
    },
    retryDelayMs: (attempt) => Math.min(250 * 2 ** attempt, RETRY_LIMIT_MS),
    keepAlive: { enabled: true, intervalMs: 5000, pongTimeoutMs: 3000 },
  });
  const http = {
    url: `${origin}/trpc`,
    fetch: fetchBehindProxy,
    headers: () => {
      const value = token();
      return value === null ? {} : { authorization: `Bearer ${value}` };
    },
  };
  const trpc = createTRPCClient<AppRouter>({
    links: [
      noticeSessionEnd(onEnd),
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: wsLink({ client: socket }),
        false: [
          askAgain(),
          splitLink({
            condition: ({ path }) => LONG_QUERIES.has(path),
            true: httpLink({ ...http, methodOverride: "POST" }),
            false: httpLink(http),
          }),
        ],
      }),
    ],
  });
  const state = socket.connectionState;
  const connection = createConnectionSource(
    {
      isUp: () => state.get().state === "pending",
      subscribe(listener) {
        const subscription = state.subscribe({ next: listener });
        return () => subscription.unsubscribe();
      },
    },
    () => reachesPanel(origin),
  );
  return {
    trpc,
    connection,
    upload: createUpload(origin, token),
    readSchema: createReadSchema(origin, token),
    reach,
    close: () => void socket.close(),
  };
}
