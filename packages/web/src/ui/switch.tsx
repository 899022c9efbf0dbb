import { Switch as Kobalte } from "@kobalte/core/switch";

export function Switch(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <Kobalte
      checked={props.checked}
      onChange={props.onChange}
      disabled={props.disabled ?? false}
      class="flex items-center gap-2"
    >
      <Kobalte.Input class="peer" />
      <Kobalte.Control class="flex h-5 w-9 items-center rounded-full border border-line-2 bg-sunken px-0.5 transition-colors duration-150 peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus data-[checked]:border-transparent data-[checked]:bg-running">
        <Kobalte.Thumb class="size-3.5 rounded-full bg-text-3 transition-transform duration-150 data-[checked]:translate-x-4 data-[checked]:bg-surface" />
      </Kobalte.Control>
      <Kobalte.Label class="select-none">{props.label}</Kobalte.Label>
    </Kobalte>
  );
}
