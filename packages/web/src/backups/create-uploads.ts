import { createEffect, onCleanup } from "solid-js";
import { createStore } from "solid-js/store";
import type { Api } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";

/** A file on its way to the panel; it leaves the list when the panel has it. */
export interface UploadState {
  key: number;
  name: string;
  size: number;
  bytes: number;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Why it did not work; undefined while it goes on. */
  error: unknown;
}

/** Uploads, any number at once. They end when the page is closed, of which the browser warns. */
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

  const begin = async (file: File): Promise<void> => {
    last += 1;
    const key = last;
    const controller = new AbortController();
    controllers.set(key, controller);
    const { name, size } = file;
    const upload = { key, name, size, bytes: 0, startedAt: Date.now(), error: undefined };
    setState("all", (all) => [...all, upload]);
    try {
      const { isNew } = await api.upload(file, {
        signal: controller.signal,
        onProgress: (bytes) => change(key, { bytes }),
      });
      drop(key);
      showToast({
        kind: "success",
        title: isNew ? t("upload.done", { name }) : t("upload.known", { name }),
      });
    } catch (error) {
      if (controller.signal.aborted) drop(key);
      else change(key, { error });
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
    /** Ends an upload, or takes one away that failed. */
    cancel: (key: number) => {
      controllers.get(key)?.abort();
      drop(key);
    },
  };
}

export type Uploads = ReturnType<typeof createUploads>;
