import type { Provider } from "@claw/core/provider";
import { CUSTOM, needsOf, type ProviderField } from "@claw/core/provider-needs";
import { createEffect, createMemo, createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import { useApi } from "../api/api-context.tsx";
import type { Job } from "../api/client.ts";
import { createQuery } from "../api/create-query.ts";
import { t } from "../i18n/i18n.ts";
import { isUnfinished } from "../live/create-job-feed.ts";
import { useLive } from "../live/live-context.tsx";

/** The choice to set up no provider. */
export const NONE = "none";

interface Fields {
  choice: string;
  apiKey: string;
  baseUrl: string;
  modelId: string;
}

/** The form of an initialisation, and the job that it starts. */
export function createInitialisation(id: string) {
  const api = useApi();
  const live = useLive();
  const [fields, setFields] = createStore<Fields>({
    choice: NONE,
    apiKey: "",
    baseUrl: "",
    modelId: "",
  });
  const [submitted, setSubmitted] = createSignal(false);
  const [jobId, setJobId] = createSignal<string>();
  const [asking, setAsking] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  const offered = createQuery((signal) => api.trpc.instances.providers.query({ id }, { signal }));
  const offer = createMemo(() =>
    offered.data()?.offers.find(({ choice }) => choice === fields.choice),
  );

  const need = (field: ProviderField) =>
    fields.choice === NONE ? undefined : needsOf(fields.choice)[field];
  const problem = (field: ProviderField): string | undefined => {
    const value = fields[field].trim();
    if (need(field) === "must" && value === "") return t("init.required");
    if (field === "baseUrl" && need(field) && value !== "" && !/^https?:\/\/\S+$/.test(value))
      return t("init.baseUrl.wrong");
    return undefined;
  };
  // One that somebody began elsewhere, or before a reload, is followed to its end, too.
  createEffect(() => {
    const other = live.jobs
      .unfinished()
      .find((one) => one.kind === "init" && one.instanceId === id);
    if (other && jobId() === undefined) setJobId(other.id);
  });
  const job = createMemo((): Job | undefined => {
    const followed = jobId();
    return followed === undefined ? undefined : live.jobs.get(followed);
  });

  const provider = (): Provider | undefined => {
    if (fields.choice === NONE) return undefined;
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
    } catch (thrown) {
      setError(thrown);
    } finally {
      setAsking(false);
    }
  };
  return {
    fields,
    set: (field: ProviderField, value: string) => setFields(field, value),
    /** What was entered for another provider, its key above all, is not for this one. */
    choose: (choice: string) => {
      if (choice === fields.choice) return;
      setSubmitted(false);
      setFields({ choice, apiKey: "", baseUrl: "", modelId: "" });
    },
    /** What the instance's image offers; asking one that is new takes a few seconds. */
    offered,
    /** The chosen one. */
    offer,
    /**
     * Reaches the chosen provider without its plugin, with the same key; of several regions the user
     * chooses one.
     */
    useAddress: () => {
      const [baseUrl = "", ...others] = offer()?.addresses ?? [];
      const isSure = others.length === 0;
      setFields({ choice: CUSTOM, baseUrl: isSure ? baseUrl : "", modelId: "" });
    },
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
    /** Also when nobody could ask the provider. */
    isDone: () => ["succeeded", "partial"].includes(job()?.status ?? ""),
    /** Returns to the form after a failure, with all that was entered. */
    again: () => setJobId(undefined),
  };
}

export type Initialisation = ReturnType<typeof createInitialisation>;
