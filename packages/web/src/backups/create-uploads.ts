import { createEffect, onCleanup } from "solid-js";
import { createStore } from "solid-js/store";
import type { Api } from "../api/client.ts";
import { keepSubscribed } from "../api/keep-subscribed.ts";
import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";

/** A file being uploaded; it leaves the list when the panel has it. */
export interface UploadState {
  key: number;
  name: string;
  size: number;
  /** Sending comes first, then the panel's verification. */
  step: "sending" | "checking";
  /** Done of `size` in this step. */
  bytes: number;
  /** Start of this step in milliseconds since the epoch. */
  since: number;
  /** The failure; undefined while it is running. */
  error: unknown;
}

/** Concurrent uploads. They end when the page is closed; the browser warns before that. */
export function createUploads(api: Api) {
  const [state, setState] = createStore<{ all: UploadState[] }>({ all: [] });
  const controllers = new Map<number, AbortController>();
  let last = 0;

  const drop = (key: number) => {
    controllers.delete(key);
    setState("all", (all) => all.filter((one) => one.key !== key));
  };
  const change = (key: number, patch: Partial<UploadState>) =>
    setState("all", (one) => one.key === key, patch);

  const sent = (key: number, bytes: number) =>
    setState(
      "all",
      (one) => one.key === key && one.step === "sending",
      ({ size }) => (bytes < size ? { bytes } : checkingFromNow()),
    );
  const checked = (key: number, bytes: number) =>
    setState(
      "all",
      (one) => one.key === key,
      ({ step }) => ({ ...(step === "sending" && checkingFromNow()), bytes }),
    );

  const begin = async (file: File): Promise<void> => {
    last += 1;
    const key = last;
    const controller = new AbortController();
    controllers.set(key, controller);
    const { name, size } = file;
    const begun = { bytes: 0, since: Date.now(), error: undefined };
    setState("all", (all) => [...all, { key, name, size, step: "sending", ...begun }]);
    const upload = randomKey();
    const unwatch = keepSubscribed((handlers) =>
      api.trpc.backups.watchUpload.subscribe(
        { key: upload },
        { ...handlers, onData: ({ bytes }) => checked(key, bytes) },
      ),
    );
    try {
      const { isNew } = await api.upload(file, {
        key: upload,
        signal: controller.signal,
        onProgress: (bytes) => sent(key, bytes),
      });
      drop(key);
      showToast({
        kind: "success",
        title: isNew ? t("upload.done", { name }) : t("upload.known", { name }),
      });
    } catch (error) {
      if (controller.signal.aborted) drop(key);
      else change(key, { error });
    } finally {
      unwatch();
    }
  };

  createEffect(() => {
    if (!state.all.some((one) => one.error === undefined)) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    onCleanup(() => window.removeEventListener("beforeunload", warn));
  });
  return {
    all: (): readonly UploadState[] => state.all,
    begin: (file: File) => void begin(file),
    /** Cancels an upload, or dismisses a failed one. */
    cancel: (key: number) => {
      controllers.get(key)?.abort();
      drop(key);
    },
  };
}

const checkingFromNow = () => ({ step: "checking" as const, bytes: 0, since: Date.now() });

/** A unique id; `crypto.randomUUID` is missing on pages without TLS. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export type Uploads = ReturnType<typeof createUploads>;
