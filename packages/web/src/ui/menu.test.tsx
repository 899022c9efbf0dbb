import { fireEvent, render, screen } from "@solidjs/testing-library";
import { expect, test, vi } from "vitest";
import { EarlyButton } from "./early-button.tsx";
import { lazyPart } from "./lazy-part.tsx";
import { LoadedMenu } from "./loaded-menu.tsx";
import type { MenuProps } from "./menu-props.ts";

const onSelect = vi.fn();
const FRUIT: MenuProps = {
  label: "Fruit",
  trigger: "…",
  triggerClass: "",
  entries: [{ label: "Eat", onSelect }],
};
const button = () => screen.getByRole("button", { name: "Fruit" });

test("a press before the list has been loaded opens it, and the focus comes back to the button", async () => {
  // A separate instance: another test may have loaded the part of `Menu`.
  const Menu = lazyPart(() => Promise.resolve({ LoadedMenu }), "LoadedMenu", EarlyButton);
  const use = { pressed: false, focused: false };
  render(() => <Menu {...FRUIT} early={use} />);
  const early = button();
  early.focus();
  fireEvent.click(early);
  expect(screen.queryByRole("menu")).toBeNull();
  const menu = await screen.findByRole("menu");
  expect(early.isConnected).toBe(false);
  fireEvent.keyDown(menu, { key: "Escape" });
  await vi.waitFor(() => expect(document.activeElement).toBe(button()));
  expect(screen.queryByRole("menu")).toBeNull();
});

test("the focus that the early button had is the loaded button's", () => {
  render(() => <LoadedMenu {...FRUIT} early={{ pressed: false, focused: true }} />);
  expect(document.activeElement).toBe(button());
  expect(screen.queryByRole("menu")).toBeNull();
});

test("the chosen entry says so, and another one can be chosen", async () => {
  const entries = ["Apple", "Pear"].map((label, place) => ({
    label,
    chosen: place === 0,
    onSelect,
  }));
  render(() => (
    <LoadedMenu {...FRUIT} entries={entries} early={{ pressed: true, focused: false }} />
  ));
  const item = (name: string) => screen.getByRole("menuitemradio", { name });
  await screen.findByRole("menu");
  expect(item("Apple").getAttribute("aria-checked")).toBe("true");
  expect(item("Pear").getAttribute("aria-checked")).toBe("false");
  item("Pear").focus();
  fireEvent.keyDown(item("Pear"), { key: "Enter" });
  expect(onSelect).toHaveBeenCalledOnce();
});
