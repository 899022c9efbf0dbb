import type { InstanceId } from "@claw/core/instance";
import type { ContainerEngine } from "../../engine/engine.ts";
import type { StatusBoard } from "./status-board.ts";

const LINES = 20;
/** Every viewer receives these lines, so a line must not hold a whole dump. */
const CHARACTERS = 1_000;

interface Options {
  engine: Pick<ContainerEngine, "logs">;
  board: Pick<StatusBoard, "find" | "observedOf" | "setLines">;
  signal: AbortSignal;
}

const shortened = (text: string) =>
  text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)}…` : text;

/** The last lines of instances in error, which the board shows with it. */
export function createFailureLines({ engine, board, signal }: Options) {
  /** Instances that ended since their last lines were read. */
  const ended = new Set<InstanceId>();
  return {
    noteEnd: (id: InstanceId) => void ended.add(id),

    /** Whether the lines have to be read: first, and again after each end. */
    areWanted(id: InstanceId): boolean {
      const view = board.find(id);
      if (view?.status !== "error" || board.observedOf(id) === null) return false;
      return !view.statusDetail?.lines.length || ended.has(id);
    },

    async read(id: InstanceId): Promise<void> {
      ended.delete(id);
      const lines: string[] = [];
      for await (const batch of engine.logs(id, { tail: LINES, follow: false, signal }))
        lines.push(...batch.map((line) => shortened(line.text)));
      board.setLines(id, lines.slice(-LINES));
    },
  };
}
