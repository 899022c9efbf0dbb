import { type Accessor, createSignal } from "solid-js";

/** Step of Page Up and Page Down. */
const PAGE = 8;

/** Keyboard navigation from a search field through the options below it (aria-activedescendant). */
export function createActiveOption<Option>(
  options: Accessor<readonly Option[]>,
  list: { idOf: (option: Option) => string; onChoose: (option: Option) => void },
) {
  const [chosen, setChosen] = createSignal(0);
  const at = () => Math.min(chosen(), options().length - 1);
  const active = (): Option | undefined => options()[at()];

  const move = (to: number) => {
    const count = options().length;
    if (count === 0) return;
    setChosen((to + count) % count);
    const option = active();
    if (option !== undefined)
      document.getElementById(list.idOf(option))?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method is composing, such as for Chinese.
    if (event.isComposing) return;
    const last = options().length - 1;
    const keys: Record<string, (() => void) | undefined> = {
      ArrowDown: () => move(at() + 1),
      ArrowUp: () => move(at() - 1),
      PageDown: () => move(Math.min(last, at() + PAGE)),
      PageUp: () => move(Math.max(0, at() - PAGE)),
      Enter: () => {
        const option = active();
        if (option !== undefined) list.onChoose(option);
      },
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return {
    active,
    activeId: (): string | undefined => {
      const option = active();
      return option === undefined ? undefined : list.idOf(option);
    },
    point: (option: Option) => setChosen(options().indexOf(option)),
    reset: () => setChosen(0),
    onKeyDown,
  };
}
