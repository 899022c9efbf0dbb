import { createSignal, type ParentProps, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";

/** Accepts files dropped anywhere on its content. */
export function DropZone(props: ParentProps<{ onFiles: (files: File[]) => void }>) {
  // The enter event of a child precedes the leave event of its parent.
  const [depth, setDepth] = createSignal(0);
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  return (
    <section
      aria-label={t("backups.all")}
      class="relative flex flex-col gap-4"
      onDragEnter={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setDepth(depth() + 1);
      }}
      onDragOver={(event) => {
        if (holdsFiles(event)) event.preventDefault();
      }}
      onDragLeave={() => setDepth(Math.max(0, depth() - 1))}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setDepth(0);
        props.onFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      {props.children}
      <Show when={depth() > 0}>
        <div class="pointer-events-none absolute -inset-2 z-30 flex animate-fade items-center justify-center gap-2 rounded-lg border-2 border-dashed border-focus bg-canvas/85 text-lg font-medium">
          <Icon name="upload" />
          {t("upload.drop")}
        </div>
      </Show>
    </section>
  );
}
