import { isLoopbackAddress } from "@claw/core/loopback-address";
import type { ProviderField } from "@claw/core/provider-needs";
import type { ProviderOffer } from "@claw/core/provider-offer";
import { createMemo, Match, Show, Switch } from "solid-js";
import { FailureNotice } from "../api/failure-notice.tsx";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { PickField } from "../ui/pick-field.tsx";
import type { PickOption } from "../ui/pick-list.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { TextField } from "../ui/text-field.tsx";
import { type Initialisation, NONE } from "./create-initialisation.ts";
import { KnownOffersLine } from "./known-offers-line.tsx";

const BASE_URL_EXAMPLE = "https://api.example.com/v1";

/** Names of providers that most colleagues use, Chinese ones first; others have the image's. */
const NAMES: ReadonlyMap<string, PlainKey> = new Map<string, PlainKey>([
  ["deepseek-api-key", "provider.deepseek"],
  ["moonshot-api-key-cn", "provider.moonshotCn"],
  ["qwen-standard-api-key-cn", "provider.qwenStandardCn"],
  ["qwen-api-key-cn", "provider.qwenCn"],
  ["zai-cn", "provider.zaiStandardCn"],
  ["zai-coding-cn", "provider.zaiCn"],
  ["minimax-cn-api", "provider.minimaxCn"],
  ["volcengine-api-key", "provider.volcengine"],
  ["qianfan-api-key", "provider.qianfan"],
  ["custom-api-key", "provider.custom"],
  ["ollama", "provider.ollama"],
  ["openai-api-key", "provider.openai"],
  ["apiKey", "provider.anthropic"],
  ["gemini-api-key", "provider.gemini"],
  ["mistral-api-key", "provider.mistral"],
  ["moonshot-api-key", "provider.moonshot"],
  ["qwen-standard-api-key", "provider.qwenStandard"],
  ["qwen-api-key", "provider.qwen"],
  ["zai-api-key", "provider.zai"],
  ["minimax-global-api", "provider.minimax"],
]);
const NAMED = [...NAMES.keys()];

/** Named ones first; last those that the image cannot set up. */
function placeOf({ choice, plugin }: ProviderOffer): number {
  const at = NAMED.indexOf(choice);
  return (plugin === "missing" ? 1_000 : 0) + (at < 0 ? NAMED.length : at);
}

function nameOf({ choice, label }: ProviderOffer): string {
  const named = NAMES.get(choice);
  return named ? t(named) : label;
}

function optionOf(offer: ProviderOffer): PickOption {
  const option = { value: offer.choice, label: nameOf(offer) };
  if (offer.plugin === "built-in") return option;
  const hint = offer.plugin === "download" ? "init.plugin.download" : "init.plugin.missing";
  return { ...option, hint: t(hint) };
}

export function InitForm(props: { init: Initialisation }) {
  const options = createMemo((): PickOption[] => {
    const offers = [...(props.init.offered.data()?.offers ?? [])];
    const sorted = offers.sort(
      (a, b) => placeOf(a) - placeOf(b) || nameOf(a).localeCompare(nameOf(b)),
    );
    return [{ value: NONE, label: t("provider.none") }, ...sorted.map(optionOf)];
  });
  return (
    <>
      <Switch
        fallback={
          <p role="status" class="flex items-center gap-2 text-sm text-text-2">
            <Spinner class="text-busy" />
            {t("init.asking")}
          </p>
        }
      >
        <Match when={props.init.offered.data()}>
          <PickField
            label={t("init.provider")}
            value={props.init.fields.choice}
            onChange={props.init.choose}
            options={options()}
          />
          <KnownOffersLine init={props.init} />
        </Match>
        <Match when={props.init.offered.error()}>
          {(error) => (
            <FailureNotice
              error={error()}
              retrying={props.init.offered.fetching()}
              onRetry={() => void props.init.offered.refetch()}
            />
          )}
        </Match>
      </Switch>
      <PluginNote init={props.init} />
      <Field
        init={props.init}
        field="baseUrl"
        label={t("init.baseUrl")}
        placeholder={BASE_URL_EXAMPLE}
        hint={isLoopbackAddress(props.init.fields.baseUrl) ? t("init.baseUrl.loopback") : undefined}
      />
      <Field
        init={props.init}
        field="modelId"
        label={t("init.modelId")}
        suggestions={props.init.offer()?.models ?? []}
        hint={props.init.need("modelId") === "may" ? t("init.modelId.hint") : undefined}
      />
      <Field
        init={props.init}
        field="apiKey"
        label={t("init.apiKey")}
        hint={t("init.apiKey.hint")}
        secret
      />
    </>
  );
}

/** Names the plugin that OpenClaw installs for the chosen provider, or the way out where it cannot. */
function PluginNote(props: { init: Initialisation }) {
  const offer = (plugin: ProviderOffer["plugin"]) => {
    const chosen = props.init.offer();
    return chosen?.plugin === plugin ? chosen : undefined;
  };
  return (
    <Switch>
      <Match when={offer("download")}>
        <p class="text-sm text-text-2">{t("init.plugin.download.text")}</p>
      </Match>
      <Match when={offer("missing")}>
        {(chosen) => (
          <Notice
            tone="warning"
            title={t("init.plugin.missing.title", { name: nameOf(chosen()) })}
            actions={
              <Button small onClick={props.init.useAddress}>
                {t("init.plugin.missing.instead")}
              </Button>
            }
          >
            {t("init.plugin.missing.text")}
          </Notice>
        )}
      </Match>
    </Switch>
  );
}

function Field(props: {
  init: Initialisation;
  field: ProviderField;
  label: string;
  hint?: string | undefined;
  placeholder?: string;
  suggestions?: readonly string[];
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
        hint={props.hint}
        placeholder={props.placeholder ?? ""}
        suggestions={props.suggestions ?? []}
        required={!optional()}
        mono
      />
    </Show>
  );
}
