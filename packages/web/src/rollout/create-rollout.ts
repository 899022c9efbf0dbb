import { DomainError } from "@claw/core/errors";
import { parseJson5Object } from "@claw/core/json5-edit";
import { createMemo, createSignal } from "solid-js";
import type { Api, Instance, RouterOutputs } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import type { ConfigPatch } from "../bulk/batch.ts";

type Preview = RouterOutputs["configRollouts"]["preview"];
export type PreviewItem = Preview["instances"][number];

const FIRST = "{\n  \n}\n";

/** The change of many configurations, as it is written and then previewed. */
export function createRollout(api: Api, instances: readonly Instance[]) {
  const ids = instances.map(({ id }) => id);
  const [text, setText] = createSignal(FIRST);
  const [preview, setPreview] = createSignal<Preview>();
  /** The change of the preview. */
  const [patch, setPatch] = createSignal<ConfigPatch>({});
  const typed = createMemo(() => patchOf(text()));
  const look = createCall(async (wanted: ConfigPatch) => {
    const answer = await api.trpc.configRollouts.preview.query({ ids, patch: wanted });
    setPatch(() => wanted);
    setPreview(answer);
  });
  const items = () => preview()?.instances ?? [];
  return {
    text,
    setText,
    /** Whether the text is a change. */
    isReady: () => typed() !== null,
    look: async () => {
      const wanted = typed();
      if (wanted) await look.run(wanted);
    },
    looking: look.busy,
    error: look.error,
    preview,
    patch,
    back: () => setPreview(undefined),
    changed: createMemo(() => items().filter(({ changed }) => changed)),
    refused: createMemo(() => items().filter(({ valid }) => !valid)),
    same: createMemo(() => items().filter(({ changed, valid }) => valid && !changed)),
    /** The two texts of one instance, for which the preview may have lacked the room. */
    textsOf: async ({ id, before, after }: PreviewItem, signal: AbortSignal) => {
      if (before !== null && after !== null) return { before, after };
      const input = { ids: [id], patch: patch() };
      const alone = await api.trpc.configRollouts.preview.query(input, { signal });
      const [item] = alone.instances;
      return { before: item?.before ?? "", after: item?.after ?? "" };
    },
  };
}

export type RolloutState = ReturnType<typeof createRollout>;

/** Null when the text is no JSON5, or changes nothing. */
function patchOf(text: string): ConfigPatch | null {
  try {
    const parsed = parseJson5Object(text);
    return Object.keys(parsed).length > 0 && isJson(parsed) ? parsed : null;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** JSON5 has numbers that JSON would turn into null, which removes a key. */
function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return value === null || typeof value !== "object" || Object.values(value).every(isJson);
}
