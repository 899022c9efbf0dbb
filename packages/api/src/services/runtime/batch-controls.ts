import { createChangeFeed } from "./change-feed.ts";

/** Pauses and resumes one running batch. */
export interface BatchControl extends Disposable {
  pause(): void;
  resume(): void;
  readonly isPaused: boolean;
  /** Resolves with true as soon as the batch is not paused, and with false when `signal` aborts. */
  pass(signal: AbortSignal): Promise<boolean>;
}

/** The running batches, by job id. */
export interface BatchControls {
  /** `onChange` is called after each pause and resumption; disposing ends the control. */
  open(jobId: string, onChange: () => void): BatchControl;
  find(jobId: string): BatchControl | undefined;
}

export function createBatchControls(): BatchControls {
  const open = new Map<string, BatchControl>();
  return {
    find: (jobId) => open.get(jobId),
    open(jobId, onChange) {
      let isPaused = false;
      const feed = createChangeFeed<null>();
      const turn = (paused: boolean) => {
        if (isPaused === paused) return;
        isPaused = paused;
        feed.notify(null);
        onChange();
      };
      const control: BatchControl = {
        pause: () => turn(true),
        resume: () => turn(false),
        get isPaused() {
          return isPaused;
        },
        async pass(signal) {
          if (!isPaused) return !signal.aborted;
          for await (const _ of feed.subscribe(signal)) if (!isPaused) return true;
          return false;
        },
        [Symbol.dispose]: () => void open.delete(jobId),
      };
      open.set(jobId, control);
      return control;
    },
  };
}
