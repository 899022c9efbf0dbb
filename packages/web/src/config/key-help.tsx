import type { KeyFacts } from "@claw/core/config-schema/key-facts";
import { For, type JSX, Show } from "solid-js";
import { render } from "solid-js/web";
import { t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import type { KeyNotes } from "./key-notes.ts";
import { kindWords, shownValue } from "./key-words.ts";
import { MANAGED_WHY } from "./managed-words.ts";

/** As CodeMirror takes parts of the page. */
export function renderNotes(notes: KeyNotes): { dom: HTMLElement; destroy: () => void } {
  const dom = document.createElement("div");
  return { dom, destroy: render(() => <KeyHelp {...notes} />, dom) };
}

/** What a key is for, in OpenClaw's words, and what the panel knows of it. */
function KeyHelp(props: KeyNotes) {
  return (
    <div class="flex max-w-[min(28rem,90vw)] flex-col gap-1.5 p-2.5 font-sans text-sm">
      <div>
        <Show when={props.facts?.title}>
          {(title) => (
            <p lang="en" class="font-medium">
              {title()}
            </p>
          )}
        </Show>
        <p class="font-mono text-xs wrap-anywhere text-text-2">{props.path.join(".")}</p>
      </div>
      <Show when={props.facts?.description}>
        {(description) => (
          <p lang="en" class="max-h-40 overflow-y-auto text-text-2">
            {description()}
          </p>
        )}
      </Show>
      <Show when={props.facts}>{(facts) => <Values facts={facts()} />}</Show>
      <p class="text-text-2">{t(EFFECT[props.effect ?? "differs"])}</p>
      <Show when={props.managed}>
        {(why) => (
          <p class="flex items-start gap-1.5">
            <Icon name="lock" class="mt-0.5 text-text-2" />
            {t(MANAGED_WHY[why()])}
          </p>
        )}
      </Show>
      <Show when={props.page}>
        {(page) => (
          <a href={page()} target="_blank" rel="noreferrer" class="self-start underline">
            {t("help.page")}
          </a>
        )}
      </Show>
    </div>
  );
}

const EFFECT = { hot: "help.hot", restart: "help.restart", differs: "help.differs" } as const;

function Values(props: { facts: KeyFacts }) {
  const isList = () => props.facts.values.length > 0 || props.facts.kinds.length > 0;
  return (
    <Show when={isList()}>
      <dl class="grid grid-cols-[auto_1fr] gap-x-2 text-text-2">
        <Row name={t("help.values")}>
          <For each={props.facts.values}>
            {(value) => <code class="mr-1.5 wrap-anywhere text-text">{shownValue(value)}</code>}
          </For>
          {kindWords(props.facts.kinds)}
        </Row>
        <Show when={props.facts.default !== undefined}>
          <Row name={t("help.default")}>
            <code class="wrap-anywhere text-text">{shownValue(props.facts.default)}</code>
          </Row>
        </Show>
      </dl>
    </Show>
  );
}

function Row(props: { name: string; children: JSX.Element }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}
