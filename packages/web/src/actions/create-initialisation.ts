import type { Provider, ProviderChoice } from "@claw/core/provider";
import { createMemo, createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import { useApi } from "../api/api-context.tsx";
import type { Job } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { isUnfinished } from "../live/create-job-feed.ts";
import { useLive } from "../live/live-context.tsx";

export type Choice = ProviderChoice | "none";

interface Fields {
  choice: Choice;
  apiKey: string;
  baseUrl: string;
  modelId: string;
}

export type ProviderField = "apiKey" | "baseUrl" | "modelId";
type Needs = Partial<Record<ProviderField, "must" | "may">>;

/** Required and optional fields of a provider, besides its name. */
const NEEDS: Partial<Record<Choice, Needs>> = {
  none: {},
  "custom-api-key": { baseUrl: "must", modelId: "must", apiKey: "may" },
  ollama: { baseUrl: "may", modelId: "may" },
};
const KEY_ONLY: Needs = { apiKey: "must" };

/** The form of an initialisation, and the job that it starts. */
export function createInitialisation(id: string) {
  const api = useApi();
  const live = useLive();
  const [fields, setFields] = createStore<Fields>({
    choice: "none",
    apiKey: "",
    baseUrl: "",
    modelId: "",
  });
  const [submitted, setSubmitted] = createSignal(false);
  const [jobId, setJobId] = createSignal<string>();
  const [asking, setAsking] = createSignal(false);
  const [error, setError] = createSignal<unknown>();

  const need = (field: ProviderField) => (NEEDS[fields.choice] ?? KEY_ONLY)[field];
  const problem = (field: ProviderField): string | undefined => {
    const value = fields[field].trim();
    if (need(field) === "must" && value === "") return t("init.required");
    if (field === "baseUrl" && need(field) && value !== "" && !/^https?:\/\/\S+$/.test(value))
      return t("init.baseUrl.wrong");
    return undefined;
  };
  const job = createMemo((): Job | undefined => {
    const begun = jobId();
    return begun === undefined
      ? live.jobs.unfinished().find((one) => one.kind === "init" && one.instanceId === id)
      : live.jobs.get(begun);
  });

  const provider = (): Provider | undefined => {
    if (fields.choice === "none") return undefined;
    const given = (field: ProviderField) =>
      need(field) && fields[field].trim() ? { [field]: fields[field].trim() } : {};
    return { choice: fields.choice, ...given("apiKey"), ...given("baseUrl"), ...given("modelId") };
  };
  const begin = async () => {
    setSubmitted(true);
    if (problem("apiKey") || problem("baseUrl") || problem("modelId")) return;
    setAsking(true);
    setError(undefined);
    try {
      const chosen = provider();
      const begun = await api.trpc.instances.init.mutate(
        chosen ? { id, provider: chosen } : { id },
      );
      setJobId(begun.id);
      setFields("apiKey", "");
    } catch (thrown) {
      setError(thrown);
    } finally {
      setAsking(false);
    }
  };
  return {
    fields,
    set: (field: ProviderField, value: string) => setFields(field, value),
    choose: (choice: Choice) => setFields("choice", choice),
    need,
    problem: (field: ProviderField) => (submitted() ? problem(field) : undefined),
    begin,
    asking,
    error,
    job,
    running: () => {
      const current = job();
      return current !== undefined && isUnfinished(current);
    },
    /** Returns to the form after a failure. */
    again: () => setJobId(undefined),
  };
}

export type Initialisation = ReturnType<typeof createInitialisation>;
