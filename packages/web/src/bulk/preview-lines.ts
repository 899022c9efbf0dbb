import { InstanceId, InstanceName, isDeviceId } from "@claw/core/instance";
import { proposeId } from "../naming/propose-id.ts";
import type { BatchItem } from "./batch.ts";
import { type IsUser, type PastedLine, parseLines } from "./parse-lines.ts";

/** More at once would be a mistake rather than intended. */
export const MOST_LINES = 200;

export type LineProblem =
  | { code: "columns" | "name" | "id" | "device" | "noId" | "exists" | "tooMany" | "owner" }
  | { code: "username" | "userTaken" }
  | { code: "duplicate" | "sameUser"; line: number };

export interface PreviewLine {
  number: number;
  id: string;
  name: string;
  owner?: string;
  /** The id was derived from the name. */
  proposed: boolean;
  /** Repeats an earlier invitation, whose link it replaces. */
  again?: boolean;
  problem: LineProblem | null;
}

/**
 * The instances that the pasted lines describe, with the errors of each line. `users` are the
 * possible owners; without it, lines have no owner.
 */
export async function previewLines(
  text: string,
  existing: ReadonlySet<string>,
  users?: ReadonlySet<string>,
): Promise<PreviewLine[]> {
  const isUser = users && ((word: string) => users.has(word));
  const lines = await readLines(text, { existing, isUser });
  return lines.map((line) => ({ ...line, problem: line.problem ?? ownerProblem(line, users) }));
}

interface LineRules {
  /** Ids that no line may have. */
  existing: ReadonlySet<string>;
  /** Further ids that are proposed to no line. */
  avoided?: Iterable<string>;
  /** As in `parseLines`. */
  isUser?: IsUser | undefined;
}

/** The pasted lines with an id each, and the errors of everything except the owner. */
export async function readLines(
  text: string,
  { existing, avoided = [], isUser }: LineRules,
): Promise<PreviewLine[]> {
  const lines = parseLines(text, isUser);
  const given = lines.flatMap((line) => line.id ?? []);
  // A proposed id gives way to every chosen one.
  const taken = new Set([...existing, ...avoided, ...given]);
  const firstOf = new Map<string, number>();
  const preview: PreviewLine[] = [];
  for (const [index, line] of lines.entries()) {
    const id = line.id ?? (await proposeId(line.name, taken));
    const proposed = line.id === undefined;
    taken.add(id);
    const first = firstOf.get(id);
    if (first === undefined) firstOf.set(id, line.number);
    const problem =
      index >= MOST_LINES ? ({ code: "tooMany" } as const) : problemOf(line, id, existing, first);
    const owner = line.owner === undefined ? {} : { owner: line.owner };
    preview.push({ number: line.number, id, name: line.name, ...owner, proposed, problem });
  }
  return preview;
}

function problemOf(
  line: PastedLine,
  id: string,
  existing: ReadonlySet<string>,
  first: number | undefined,
): LineProblem | null {
  if (line.surplus) return { code: "columns" };
  if (!InstanceName.safeParse(line.name).success) return { code: "name" };
  if (id === "") return { code: "noId" };
  if (!InstanceId.safeParse(id).success) return { code: "id" };
  if (isDeviceId(id)) return { code: "device" };
  if (existing.has(id)) return { code: "exists" };
  return first === undefined ? null : { code: "duplicate", line: first };
}

function ownerProblem(line: PreviewLine, users?: ReadonlySet<string>): LineProblem | null {
  return line.owner === undefined || users?.has(line.owner) ? null : { code: "owner" };
}

export function itemsOf(preview: readonly PreviewLine[]): BatchItem[] {
  return preview
    .filter((line) => line.problem === null)
    .map(({ id, name, owner }) => ({
      id,
      name: name.trim(),
      ...(owner === undefined ? {} : { owner }),
    }));
}
