/** Mounts a door's screen: language and colour scheme first, so that nothing flickers. */

import { mount, type Component } from "svelte";
import { theme } from "./theme.svelte";
import { speech } from "./words/index.svelte";

export function start<Props extends Record<string, unknown>>(
  screen: Component<Props>,
  props: Props,
  target: Element | null = document.getElementById("app"),
): void {
  if (!target) throw new Error("the page has no place for its screen");
  document.documentElement.lang = speech.language;
  theme.apply();
  const written = [...target.childNodes];
  target.replaceChildren();
  try {
    mount(screen, { target, props });
  } catch (error) {
    // What the server wrote is complete in itself; a screen that cannot start must not take it away.
    target.replaceChildren(...written);
    throw error;
  }
}
