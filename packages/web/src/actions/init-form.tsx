import { keysOf } from "@claw/core/keys-of";
import type { ProviderChoice } from "@claw/core/provider";
import { Show } from "solid-js";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Select, type SelectOption } from "../ui/select.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { Choice, Initialisation, ProviderField } from "./create-initialisation.ts";

const BASE_URL_EXAMPLE = "https://api.example.com/v1";

/** Names of the providers, Chinese ones first: most colleagues use these. */
const PROVIDERS: Record<ProviderChoice, PlainKey> = {
  "deepseek-api-key": "provider.deepseek",
  "moonshot-api-key-cn": "provider.moonshotCn",
  "qwen-api-key-cn": "provider.qwenCn",
  "zai-coding-cn": "provider.zaiCn",
  "minimax-cn-api": "provider.minimaxCn",
  "volcengine-api-key": "provider.volcengine",
  "qianfan-api-key": "provider.qianfan",
  "custom-api-key": "provider.custom",
  ollama: "provider.ollama",
  "openai-api-key": "provider.openai",
  apiKey: "provider.anthropic",
  "gemini-api-key": "provider.gemini",
  "mistral-api-key": "provider.mistral",
  "moonshot-api-key": "provider.moonshot",
  "qwen-api-key": "provider.qwen",
  "zai-api-key": "provider.zai",
  "minimax-global-api": "provider.minimax",
};

export function InitForm(props: { init: Initialisation }) {
  const options = (): SelectOption<Choice>[] => [
    { value: "none", label: t("provider.none") },
    ...keysOf(PROVIDERS).map((value) => ({ value, label: t(PROVIDERS[value]) })),
  ];
  return (
    <>
      <Select
        label={t("init.provider")}
        value={props.init.fields.choice}
        onChange={props.init.choose}
        options={options()}
      />
      <Field
        init={props.init}
        field="baseUrl"
        label={t("init.baseUrl")}
        placeholder={BASE_URL_EXAMPLE}
      />
      <Field init={props.init} field="modelId" label={t("init.modelId")} />
      <Field init={props.init} field="apiKey" label={t("init.apiKey")} secret />
    </>
  );
}

function Field(props: {
  init: Initialisation;
  field: ProviderField;
  label: string;
  placeholder?: string;
  secret?: boolean;
}) {
  const optional = () => props.init.need(props.field) === "may";
  return (
    <Show when={props.init.need(props.field)}>
      <TextField
        label={optional() ? t("init.optional", { label: props.label }) : props.label}
        value={props.init.fields[props.field]}
        onInput={(value) => props.init.set(props.field, value)}
        error={props.init.problem(props.field)}
        type={props.secret ? "password" : "text"}
        hint={props.secret ? t("init.apiKey.hint") : undefined}
        placeholder={props.placeholder ?? ""}
        required={!optional()}
        mono
      />
    </Show>
  );
}
