import type { Reason } from "@claw/core/errors";
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { Api, ApiSession, AppRouter, RouterOutputs } from "../api/client.ts";
import type { Reach } from "../api/reach.ts";
import { noticeSessionEnd } from "../api/session-end.ts";
import type { Uploaded, UploadOptions } from "../api/upload.ts";

type Answer = (input: never) => unknown;

interface Stream {
  path: string;
  input: unknown;
  next: (data: unknown, id?: string) => void;
  fail: (error: unknown) => void;
}

interface FakeUpload extends UploadOptions {
  file: File;
  resolve: (uploaded: Uploaded) => void;
  reject: (error: unknown) => void;
}

/**
 * The real client over a link that answers queries and mutations from `answers`, by path;
 * subscriptions are answered manually through `push`.
 */
export function createFakeApi(answers: Record<string, Answer> = {}) {
  const streams = new Set<Stream>();
  const calls: { path: string; input: unknown }[] = [];
  const listeners = new Set<(up: boolean) => void>();
  let up = true;

  const link: TRPCLink<AppRouter> = () => (options) =>
    observable((observer) => {
      const { path, input, type } = options.op;
      if (type === "subscription") {
        const stream: Stream = {
          path,
          input,
          next: (data, id) =>
            observer.next({ result: { type: "data", data, ...(id ? { id } : {}) } }),
          fail: (error) => observer.error(TRPCClientError.from(error as Error)),
        };
        streams.add(stream);
        return () => streams.delete(stream);
      }
      calls.push({ path, input });
      const answer = answers[path];
      if (!answer) {
        observer.error(TRPCClientError.from(new Error(`The fake has no answer for ${path}.`)));
        return;
      }
      void Promise.resolve()
        .then(() => answer(input as never))
        .then((data) => {
          observer.next({ result: { type: "data", data } });
          observer.complete();
        })
        .catch((error: unknown) =>
          observer.error(
            error instanceof TRPCClientError ? error : TRPCClientError.from(error as Error),
          ),
        );
    });

  /** Tokens of the open connections. */
  const open = new Set<string | null>();
  const connectAs = ({ token, onEnd }: ApiSession): Api => {
    open.add(token());
    return {
      ...api,
      trpc: createTRPCClient<AppRouter>({ links: [noticeSessionEnd(onEnd), link] }),
      close: () => void open.delete(token()),
    };
  };
  const uploads: FakeUpload[] = [];
  const api: Api = {
    upload: (file, options) =>
      new Promise((resolve, reject) => {
        uploads.push({ file, ...options, resolve, reject });
        options.signal.addEventListener("abort", () => reject(options.signal.reason));
      }),
    // Answered like a call, by this name.
    reach: async (probe) => {
      const answer = answers.reach;
      if (!answer) throw new Error("The fake has no answer for reach.");
      return answer(probe as never) as Reach;
    },
    readSchema: async (key) => {
      const answer = answers.readSchema;
      if (!answer) throw new Error("The fake has no answer for readSchema.");
      return answer(key as never);
    },
    trpc: createTRPCClient<AppRouter>({ links: [link] }),
    close: () => {},
    connection: {
      reaches: async () => false,
      subscribe(listener) {
        listeners.add(listener);
        listener(up);
        return () => listeners.delete(listener);
      },
    },
  };
  const of = (path: string) => [...streams].filter((stream) => stream.path === path);
  return {
    api,
    connectAs,
    open,
    /** Pending calls, to be answered manually. */
    uploads,
    calls,
    answers,
    /** Sends a copy of `data`, as the wire does, to the subscribers of `path`. */
    push: (path: string, data: unknown, id?: string) => {
      for (const stream of of(path)) stream.next(structuredClone(data), id);
    },
    fail: (path: string, error: unknown) => {
      for (const stream of of(path)) stream.fail(error);
    },
    /** Inputs of the open subscriptions to `path`. */
    subscribed: (path: string) => of(path).map((stream) => stream.input),
    connect: (next: boolean) => {
      up = next;
      for (const listener of listeners) listener(next);
    },
  };
}

export type FakeApi = ReturnType<typeof createFakeApi>;

/** An error as the panel sends it. */
export function panelError(
  reason: Reason,
  message: string,
  issues: readonly object[] = [],
  retryAfterSeconds?: number,
) {
  const data = { code: "CONFLICT", httpStatus: 409, reason, issues, retryAfterSeconds };
  return TRPCClientError.from({ error: { message, code: -32000, data } });
}

export const STATUS: RouterOutputs["system"]["status"] = {
  version: "0.1.0",
  home: "/srv/claw",
  engine: { kind: "docker", reachable: true, version: "27.0.0", error: null },
  image: { ref: "openclaw:local", present: true, id: "sha256:0011223344556677", size: 824_000_000 },
  host: {
    cpus: 4,
    loadAverage: 1.5,
    memoryTotal: 24_000_000_000,
    memoryFree: 12_000_000_000,
    diskTotal: 500_000_000_000,
    diskFree: 250_000_000_000,
  },
  instances: { total: 0, running: 0, stopped: 0, error: 0 },
  composeFile: { fault: null },
  orphans: [],
  allowUnsafeTemplates: false,
  isDiskShort: false,
};
