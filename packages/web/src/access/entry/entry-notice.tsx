import { Icon } from "../../ui/icon.tsx";

/** Why this page appears, or what was just done. */
export function EntryNotice(props: { title: string; text: string }) {
  return (
    <div role="status" class="flex gap-2.5 rounded-md bg-busy-tint px-3 py-2.5">
      <Icon name="info" class="mt-0.5 text-busy" />
      <div class="min-w-0 flex-1">
        <p class="font-medium">{props.title}</p>
        <p class="text-sm text-text-2">{props.text}</p>
      </div>
    </div>
  );
}
