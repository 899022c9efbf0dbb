import { createSignal } from "solid-js";
import type { Api, RouterOutputs } from "../api/client.ts";

type Hindrance = RouterOutputs["instances"]["prepareChecks"]["hindrance"];

/** Whether the panel can check a configuration by the schema of its image, beyond its syntax. */
export function createConfigChecks(api: Api, id: string) {
  const [asking, setAsking] = createSignal(false);
  const [hindrance, setHindrance] = createSignal<Hindrance>(null);
  const [schema, setSchema] = createSignal<string | null>(null);
  const [answers, setAnswers] = createSignal(0);

  async function ask() {
    if (asking()) return;
    setAsking(true);
    try {
      const checks = await api.trpc.instances.prepareChecks.query({ id });
      setHindrance(checks.hindrance);
      setSchema(checks.schema);
    } catch {
      // A panel that does not answer says so elsewhere, and nothing about the image.
      setHindrance(null);
    } finally {
      setAsking(false);
    }
  }

  return {
    /** The image is asked for its schema, which takes up to half a minute the first time. */
    asking,
    /** What keeps the panel from checking more than the syntax. */
    hindrance,
    /** The key of the schema, by which the panel serves it; null while there is none. */
    schema,
    /** Counts the texts that the panel has checked. */
    answers,
    noteAnswer: () => setAnswers((count) => count + 1),
    ask,
  };
}
