import { A } from "@solidjs/router";
import { createMemo, For, Show } from "solid-js";
import type { Condition } from "../api/client.ts";
import { locale, t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/icon.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { BrokenInstance, type Fault } from "./broken-instance.tsx";
import { ConditionItem } from "./condition-item.tsx";

/** More would push everything else off the page; the list of instances has them all. */
const MOST_BROKEN = 5;
/** Shown before conditions of single instances. */
const OF_THE_MACHINE: ReadonlySet<Condition["code"]> = new Set([
  "ENGINE_UNREACHABLE",
  "IMAGE_MISSING",
  "DISK_FULL",
  "DISK_NEARLY_FULL",
  "MEMORY_NEARLY_FULL",
]);

const isFault = (one: Condition): one is Fault =>
  one.code === "INSTANCE_ERROR" || one.code === "START_OWED";

export function AttentionCard() {
  const { conditions } = useLive();
  const wrong = createMemo(() => conditions.list().filter((one) => one.severity !== "notice"));
  const faults = createMemo(() => {
    const collator = new Intl.Collator(locale(), { numeric: true });
    return wrong()
      .filter(isFault)
      .sort((a, b) => collator.compare(a.subject.name, b.subject.name));
  });
  const others = (ofTheMachine: boolean) =>
    wrong().filter((one) => !isFault(one) && OF_THE_MACHINE.has(one.code) === ofTheMachine);
  const hidden = () => faults().slice(MOST_BROKEN);
  /** An instance that is owed a start may be starting: the filter by error would leave it out. */
  const wayToHidden = () =>
    hidden().some(({ code }) => code === "START_OWED")
      ? paths.instances
      : paths.instancesThatAre("error");
  const notices = () => conditions.list().length - wrong().length;
  return (
    <Card title={t("attention.title")}>
      <Show when={conditions.loaded()} fallback={<Skeleton class="h-5 w-56" />}>
        <Show when={wrong().length > 0} fallback={<AllIsWell />}>
          <ul aria-label={t("attention.title")} class="flex flex-col divide-y">
            <For each={others(true)}>{(condition) => <ConditionItem condition={condition} />}</For>
            <For each={faults().slice(0, MOST_BROKEN)}>
              {(condition) => <BrokenInstance condition={condition} />}
            </For>
            <Show when={hidden().length > 0}>
              <li class="pt-3">
                <A
                  href={wayToHidden()}
                  class="inline-flex items-center gap-1 text-sm text-text-2 underline-offset-3 hover:underline"
                >
                  {t("attention.more", { count: hidden().length })}
                  <Icon name="chevronRight" />
                </A>
              </li>
            </Show>
            <For each={others(false)}>{(condition) => <ConditionItem condition={condition} />}</For>
          </ul>
        </Show>
        <Show when={notices() > 0}>
          <p class="mt-3 text-sm text-text-2">{t("attention.pending", { count: notices() })}</p>
        </Show>
      </Show>
    </Card>
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
