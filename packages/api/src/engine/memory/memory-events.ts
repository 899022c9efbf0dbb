import { EventEmitter, on } from "node:events";
import type { InstanceId } from "@claw/core/instance";
import type { EngineEvent } from "../engine.ts";

/** The event stream of an engine in memory. */
export class MemoryEvents {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  changed(id: InstanceId, exitCode?: number): void {
    this.#emit({ type: "changed", id, ...(exitCode === undefined ? {} : { exitCode }) });
  }

  /** The streams break, and reopen because the engine answers. */
  reopen(): void {
    this.#emit({ type: "connected" });
  }

  /** The streams break; whether the engine answers is for their readers to find out. */
  interrupt(): void {
    this.#emitter.emit("event", null);
  }

  /** `check` throws while the engine does not answer. */
  async *read(signal: AbortSignal, check: () => void): AsyncGenerator<EngineEvent> {
    if (signal.aborted) return;
    check();
    const queue = on(this.#emitter, "event", { signal });
    try {
      yield { type: "connected" };
      for await (const [emitted] of queue) {
        const event: EngineEvent | null = emitted;
        if (event === null) check();
        else yield event;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #emit(event: EngineEvent): void {
    this.#emitter.emit("event", event);
  }
}
