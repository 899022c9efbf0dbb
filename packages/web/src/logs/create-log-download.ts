import type { LogLine } from "@claw/core/log-cursor";
import { createSignal, onCleanup } from "solid-js";
import type { Api } from "../api/client.ts";
import { readOlderLines } from "./read-older-lines.ts";

const PAGE = 5000;

interface Options {
  /** Receives the whole log; tests replace it. */
  save: (file: Blob, name: string) => void;
  onError: (error: unknown) => void;
}

/** The whole log of an instance as a text file, read page by page from its end. */
export function createLogDownload(api: Api, id: string, options: Options) {
  const [lines, setLines] = createSignal<number>();
  let current: AbortController | undefined;

  const cancel = () => {
    current?.abort();
    current = undefined;
    setLines(undefined);
  };
  const start = async (): Promise<void> => {
    if (current) return;
    const mine = new AbortController();
    current = mine;
    setLines(0);
    try {
      const pages: Blob[] = [];
      let known: readonly LogLine[] = [];
      let complete = false;
      while (!complete) {
        const page = await readOlderLines(api, { id, known, limit: PAGE, signal: mine.signal });
        if (mine.signal.aborted) return;
        // As a Blob, the browser may keep it on disk.
        pages.unshift(new Blob(page.lines.map((line) => `${line.ts} ${line.text}\n`)));
        setLines((count = 0) => count + page.lines.length);
        complete = page.complete || page.lines.length === 0;
        known = page.lines;
      }
      options.save(new Blob(pages, { type: "text/plain;charset=utf-8" }), fileName(id, new Date()));
    } catch (error) {
      if (!mine.signal.aborted) options.onError(error);
    } finally {
      if (current === mine) cancel();
    }
  };
  onCleanup(cancel);
  return { lines, start, cancel };
}

function fileName(id: string, now: Date): string {
  return `${id}-${now.toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-")}.txt`;
}
