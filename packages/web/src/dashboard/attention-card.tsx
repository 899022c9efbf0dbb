import { A } from "@solidjs/router";
import { For, type JSX, Show } from "solid-js";
import { BackupAttention } from "../backups/backup-attention.tsx";
import { formatBytes, formatMemory } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { AttentionItem } from "../ui/attention-item.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/icon.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { BrokenInstance } from "./broken-instance.tsx";
import { type Attention, createAttention } from "./create-attention.ts";
import { ImageStep } from "./image-step.tsx";

/** More would push everything else off the page; the list of instances has them all. */
const MOST_BROKEN = 5;

export function AttentionCard() {
  const attention = createAttention();
  return (
    <Card title={t("attention.title")}>
      <Show when={attention.known()} fallback={<Skeleton class="h-5 w-56" />}>
        <Show when={attention.count() > 0} fallback={<AllIsWell />}>
          <ul aria-label={t("attention.title")} class="flex flex-col divide-y">
            <Machine attention={attention} />
            <For each={attention.broken().slice(0, MOST_BROKEN)}>
              {(instance) => <BrokenInstance instance={instance} />}
            </For>
            <Show when={attention.broken().length - MOST_BROKEN > 0}>
              <li class="pt-3">
                <A
                  href={paths.instancesThatAre("error")}
                  class="inline-flex items-center gap-1 text-sm text-text-2 underline-offset-3 hover:underline"
                >
                  {t("attention.more", { count: attention.broken().length - MOST_BROKEN })}
                  <Icon name="chevronRight" />
                </A>
              </li>
            </Show>
            <Show when={attention.backups()}>
              {(concern) => <BackupAttention concern={concern()} />}
            </Show>
            <Show when={attention.orphans() > 0}>
              <AttentionItem
                tone="warning"
                title={t("attention.orphans", { count: attention.orphans() })}
                text={t("attention.orphans.text")}
                actions={<SystemLink />}
              />
            </Show>
          </ul>
        </Show>
      </Show>
    </Card>
  );
}

/** Conditions that affect all instances: the engine, the image, the disk. */
function Machine(props: { attention: Attention }): JSX.Element {
  const live = useLive();
  return (
    <>
      <Show when={props.attention.engineAway()}>
        <AttentionItem
          tone="error"
          title={t("attention.engine")}
          text={t("banner.engine.text")}
          actions={
            <Button small busy={live.system.fetching()} onClick={() => void live.system.refetch()}>
              {t("action.checkAgain")}
            </Button>
          }
        />
      </Show>
      <Show when={props.attention.image()}>
        {(image) => (
          <AttentionItem
            tone="error"
            title={t("attention.image", { image: image() })}
            text={t("attention.image.text")}
            actions={<ImageStep />}
          />
        )}
      </Show>
      <Show when={props.attention.disk()}>
        {(host) => (
          <AttentionItem
            tone="warning"
            title={t("attention.disk", {
              free: formatBytes(host().diskFree),
              total: formatBytes(host().diskTotal),
            })}
            text={t("attention.disk.text")}
            actions={<SystemLink />}
          />
        )}
      </Show>
      <Show when={props.attention.memory()}>
        {(host) => (
          <AttentionItem
            tone="warning"
            title={t("attention.memory", {
              free: formatMemory(host().memoryFree),
              total: formatMemory(host().memoryTotal),
            })}
            text={t("attention.memory.text")}
            actions={<SystemLink />}
          />
        )}
      </Show>
    </>
  );
}

function SystemLink() {
  return (
    <A href={paths.system} class={buttonClass("plain", true)}>
      {t("dashboard.system")}
    </A>
  );
}

function AllIsWell() {
  return (
    <p class="flex items-center gap-2">
      <Icon name="check" class="text-running" />
      <span class="font-medium">{t("attention.none")}</span>
      <span class="text-text-2">{t("attention.none.text")}</span>
    </p>
  );
}
