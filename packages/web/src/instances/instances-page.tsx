import { createMemo, createSignal, Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { useCreate } from "../creation/create-context.tsx";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Page } from "../ui/page.tsx";
import { createInstanceList } from "./create-instance-list.ts";
import { createSelection } from "./create-selection.ts";
import { createUsageSource } from "./create-usage-source.ts";
import { InstanceTable } from "./instance-table.tsx";
import { InstanceToolbar } from "./instance-toolbar.tsx";
import { SelectionBar } from "./selection-bar.tsx";

const DeleteDialog = lazyPart(() => import("../actions/delete-dialog.tsx"), "DeleteDialog");

export function InstancesPage() {
  const live = useLive();
  const create = useCreate();
  const may = useMay();
  const list = createInstanceList(live.instances.list, createUsageSource);
  const selection = createSelection(createMemo(() => list.visible().map((one) => one.id)));
  const chosen = createMemo(() => list.visible().filter((one) => selection.has(one.id)));
  const [deleting, setDeleting] = createSignal<Instance>();
  const isEmpty = () => live.instances.loaded() && live.instances.list().length === 0;

  const createButtons = () => (
    <Show when={may("createInstances")}>
      <Button onClick={create.many}>{t("many.open")}</Button>
      <Button variant="primary" icon="plus" onPointerEnter={create.prepare} onClick={create.one}>
        {t("instances.create")}
      </Button>
    </Show>
  );
  return (
    <Page title={t("nav.instances")} actions={<Show when={!isEmpty()}>{createButtons()}</Show>}>
      <Show
        when={!isEmpty()}
        fallback={
          <EmptyState
            drawing
            title={t("instances.empty")}
            text={t("instances.empty.text")}
            action={createButtons()}
          />
        }
      >
        <InstanceToolbar list={list} />
        <Show
          when={!live.instances.loaded() || list.visible().length > 0}
          fallback={
            <EmptyState
              title={t("instances.noMatch")}
              action={<Button onClick={list.clear}>{t("instances.clearFilter")}</Button>}
            />
          }
        >
          <InstanceTable
            instances={list.visible()}
            list={list}
            selection={selection}
            loading={!live.instances.loaded()}
            onDelete={setDeleting}
          />
        </Show>
        <SelectionBar chosen={chosen()} onAll={selection.markAll} onClear={selection.clear} />
      </Show>
      <Show when={deleting()}>
        {(instance) => (
          <DeleteDialog instance={instance()} onClose={() => setDeleting(undefined)} />
        )}
      </Show>
    </Page>
  );
}
